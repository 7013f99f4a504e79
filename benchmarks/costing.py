"""The costing room, measured: ``python -m benchmarks.costing``.

A five-benefit floor for 133 made-up countries over 27 years and 1,000 draws: through the library, as the bare NumPy arithmetic,
and as what a person would otherwise write (a pandas table, plain loops: at a smaller size, scaled up and said so). The figures
must be equal. ``--write`` copies the table to docs.
"""

from __future__ import annotations

import argparse
import sys
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import published
from benchmarks.measuring import Measure, in_turn, seconds, table
from socle import costing
from socle.costing import Assumption
from socle.tables import Economy, Population, Series
from socle.vocabulary import Source

MOST = 2.0
YEARS = tuple(range(2024, 2051))
MADE_UP = Source("Made up")
FIVE = ("children", "maternity", "disability", "unemployed", "old-age")
ABOUT = """a five-benefit floor of
{countries} made-up countries, {years} years, {draws:,} draws on five assumptions. The run fails where the figures differ from the
bare arithmetic, and where a ratio passes what is promised."""
ASSUMPTIONS = (
    Assumption("benefit", 0.9, 1.1), Assumption("old-age.beneficiaries", 0.9, 1.15, distribution="triangular"),
    Assumption("administration", 0.02, 0.12), Assumption("gdp_growth", -0.01, 0.01), Assumption("children.benefit", 0.8, 1.5),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.costing", description=__doc__)
    parser.add_argument("--countries", type=int, default=133)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--write", action="store_true", help="copy the table to docs/reference/benchmarks.md")
    options = parser.parse_args()
    measures = measure(options.countries, options.draws)
    text = table(measures)
    print(text)
    if options.write:
        published.write("costing", ABOUT.format(countries=options.countries, years=len(YEARS), draws=options.draws), text)
    passed = [m for m in measures if not m.kept]
    for m in passed:
        print(f"{m.what}: ratio {m.ratio:.2f}, promised at most {m.most}", file=sys.stderr)
    return 1 if passed else 0


def measure(countries: int, draws: int) -> list[Measure]:
    package = five()
    places = [place(number) for number in range(countries)]
    cells = f"{countries * len(YEARS) * draws * len(FIVE):,} costs"
    began = perf_counter()
    floors = [costing.floor(package, people, money, years=YEARS) for people, money in places]
    costed = perf_counter() - began
    models = [costing.of_projection(one) for one in floors]
    drawn = [{one.name: costing.draw(one, draws=draws, seed=0, stream=floor.country) for one in ASSUMPTIONS} for floor in floors]
    ours_all = [costing.in_blocks(model, values, measure="share_of_gdp", draws=draws) for model,
                values in zip(models, drawn, strict=True)]
    bare_all = [bare(model, values) for model, values in zip(models, drawn, strict=True)]
    equal = max(float(np.abs(ours / other - 1).max()) for ours, other in zip(ours_all, bare_all, strict=True))
    if equal > 1e-12:
        raise SystemExit(f"the two do not give the same figures: {equal}")

    def blocks() -> None:
        for model, values in zip(models, drawn, strict=True):
            costing.in_blocks(model, values, measure="share_of_gdp", draws=draws)

    def arithmetic() -> None:
        for model, values in zip(models, drawn, strict=True):
            bare(model, values)

    def bands() -> None:
        for people, money in places:
            floor = costing.floor(package, people, money, years=YEARS)
            costing.uncertainty(costing.of_projection(floor), ASSUMPTIONS, measure="share_of_gdp", draws=draws,
                                stream=people.country)

    def bare_bands() -> None:
        for number, model in enumerate(models):
            generator = np.random.default_rng(number)
            values = {one.name: one.low + (one.high - one.low) * generator.random(draws) for one in ASSUMPTIONS}
            found = bare(model, values)
            found.mean(axis=0)
            np.quantile(found, costing.QUANTILES, axis=0)

    pairs = [("every draw costed, as a share of GDP", *in_turn(blocks, arithmetic), "the bare NumPy arithmetic"),
             ("floor, draws, mean and five quantiles, from population and economy", *in_turn(bands, bare_bands),
              "NumPy alone: random, multiply, np.quantile; costs given")]
    found = [Measure(what, cells, ours, other, against, MOST, "figures equal" if place == 0 else "")
             for place, (what, ours, other, against) in enumerate(pairs)]
    few = max(1, min(20, draws))
    pandas = seconds(lambda: with_pandas(models, drawn, few)) * draws / few
    loops = seconds(lambda: with_loops(models[0], drawn[0], few)) * draws / few * countries
    found += [
        Measure("every draw costed, as a share of GDP", cells, pairs[0][1], pandas,
                f"a pandas table, merged and grouped: {few} draws, scaled"),
        Measure("every draw costed, as a share of GDP", cells, pairs[0][1], loops,
                f"plain Python: {few} draws of one country, scaled"),
        Measure("the floor without draws", f"{countries} countries, {len(YEARS)} years", costed, None, "", None,
                f"{1000 * costed / countries:.2f} ms a country, with warnings and explanations"),
    ]
    return found


def bare(model: costing.Model, values: dict[str, Any]) -> Any:
    """The same arithmetic as one would write it by hand for these five assumptions, all draws of a country at once."""
    factors = np.repeat(values["benefit"][:, None], len(model.schemes), axis=1)
    factors[:, model.schemes.index("old-age")] *= values["old-age.beneficiaries"]
    factors[:, model.schemes.index("children")] *= values["children.benefit"]
    spending = factors @ model.spending
    gdp = model.gdp * (1.0 + values["gdp_growth"])[:, None] ** np.arange(len(model.years))
    return spending * (1.0 + values["administration"])[:, None] / gdp


def with_pandas(models: list[costing.Model], drawn: list[dict[str, Any]], draws: int) -> Any:
    """One long table of country, scheme and year; each draw a merge, a product and a sum by group."""
    costs = pd.DataFrame([(place, scheme, year, model.spending[row, column], model.gdp[column])
                          for place, model in enumerate(models) for row, scheme in enumerate(model.schemes)
                          for column, year in enumerate(model.years)], columns=["country", "scheme", "year", "spending", "gdp"])
    found = []
    for draw in range(draws):
        factors = pd.DataFrame([
            (place, scheme, values["benefit"][draw] * (values["old-age.beneficiaries"][draw] if scheme == "old-age" else 1.0)
             * (values["children.benefit"][draw] if scheme == "children"
                else 1.0), values["administration"][draw], values["gdp_growth"][draw])
            for place, values in enumerate(drawn) for scheme in models[place].schemes],
            columns=["country", "scheme", "factor", "administration", "growth"])
        one = costs.merge(factors, on=["country", "scheme"])
        one["total"] = one.spending * one.factor * (1 + one.administration) / (one.gdp * (1 + one.growth) ** (one.year - YEARS[0]))
        found.append(one.groupby(["country", "year"], sort=True)["total"].sum())
    return found


def with_loops(model: costing.Model, values: dict[str, Any], draws: int) -> list[list[float]]:
    """What a script without arrays does."""
    found = []
    for draw in range(draws):
        row = []
        for column, _ in enumerate(model.years):
            total = 0.0
            for place, scheme in enumerate(model.schemes):
                factor = values["benefit"][draw]
                if scheme == "old-age":
                    factor *= values["old-age.beneficiaries"][draw]
                if scheme == "children":
                    factor *= values["children.benefit"][draw]
                total += model.spending[place][column] * factor * (1 + values["administration"][draw])
            row.append(total / (model.gdp[column] * (1 + values["gdp_growth"][draw]) ** column))
        found.append(row)
    return found


def five() -> costing.Preset:
    """Five benefits of the made-up floor."""
    whole = costing.preset("floor-utania")
    return costing.Preset(whole.id, whole.names, whole.dated, whole.made_up, whole.administration, whole.administration_of,
                          tuple(one for one in whole.benefits if one.id in FIVE), whole.source)


def place(number: int) -> tuple[Population, Economy]:
    """A made-up country: invented people and money, other ones for each number."""
    generator = np.random.default_rng(number)
    persons = generator.uniform(1e3, 1e5) * np.exp(-np.arange(101) / generator.uniform(20, 60)) * np.ones((len(YEARS), 2, 1))
    code = f"C{number:03d}"
    growth, prices = generator.uniform(0.02, 0.08, 2)
    told = {"gdp": ("currency", {year: 1e10 * (1 + growth) ** (year - YEARS[0]) for year in YEARS}),
            "prices": ("growth", dict.fromkeys(YEARS, float(prices))), "wages": ("growth", dict.fromkeys(YEARS, float(prices))),
            "poverty_line": ("currency_per_month", dict.fromkeys(YEARS, 50.0)),
            "government_expenditure": ("share", dict.fromkeys(YEARS, 0.2))}
    series = {name: Series(name, unit, values, MADE_UP, prices_of=YEARS[0] if name == "poverty_line" else None)
              for name, (unit, values) in told.items()}
    return Population(code, YEARS, persons, MADE_UP), Economy(code, "XUD", series)


if __name__ == "__main__":
    raise SystemExit(main())
