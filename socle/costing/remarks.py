"""What a reader of a costing must know: what was missing, carried on, implausible or mixed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from socle.costing.costed import Costed, Costing
from socle.costing.indexation import Money, needed
from socle.costing.options import Options
from socle.costing.projection import Line
from socle.costing.who import in_force, spans
from socle.entitlements import tier_called
from socle.errors import Finding
from socle.schemes import Scheme
from socle.tables import mixed_levels
from socle.vocabulary import EXTRAPOLATIONS, number, percent, say

Floats = npt.NDArray[np.float64]
#: A poverty line is stale after so many years, and implausible above this share of GDP per capita (methods.md, section 1).
STALE_YEARS, HIGHEST_LINE = 10, 0.60
#: A count above the target group by less than this share is rounding.
ROUNDING = 1e-6


def remarks(
    costed: Sequence[Costed], lines: Sequence[Line], money: Money, years: Sequence[int], options: Options, prices: Floats
) -> Iterator[Finding]:
    """Each thing once, the schemes' own first. ``options`` as they were asked for: what nobody chose is told."""
    for one, line in zip(costed, lines, strict=False):
        yield from _of_scheme(one, line, money, years, options)
        yield from _counted_more(one, money, years, options)
    yield from _of_economy(costed, money, years, prices, options)


def _warning(
    code: str, message: str, remedy: str, *, scheme: str | None = None, column: str | None = None, value: object = None
) -> Finding:
    return Finding("warning", scheme, None, column, None if value is None else str(value), code, message, remedy)


def _of_scheme(one: Costed, line: Line, money: Money, years: Sequence[int], options: Options) -> Iterator[Finding]:
    scheme = one.scheme
    for fact in sorted(one.facts):
        note = next((missing.note for missing in scheme.missing if _is(missing.key, fact)), "")
        yield _warning(
            "fact_missing",
            say("The scheme does not say {fact}; what hangs on it cannot be said. {note}", fact=fact, note=note).strip(),
            say("State it in the scheme file, or assume it under [assumptions]."),
            scheme=scheme.id,
            column=fact,
        )
    absent = [year for year, holds in zip(years, one.in_force, strict=True) if not holds]
    if absent:
        yield _warning(
            "not_in_force",
            say("The scheme is not in force in {years}: nobody is meant and nothing is paid.", years=_span(absent)),
            say("Cost other years, or add what is in force from then on."),
            scheme=scheme.id,
            column="from",
            value=absent[0],
        )
    yield from _of_part(one, years, options)
    yield from _of_earlier(one, options)
    told = scheme.administration or options.administration is not None or options.administration_of == "none"
    if not told:
        yield _warning(
            "administration_missing",
            say("The scheme does not say what its administration costs: none is counted."),
            say("State [administration], or choose the option administration=15% or administration_of=none."),
            scheme=scheme.id,
            column="administration",
        )
    if one.group.basis == "births" and money.population.births is None:
        yield _warning(
            "births_missing",
            say("The population file states no births: the persons of age 0 are taken."),
            say("Add the births of each year to the population file."),
            scheme=scheme.id,
            column="births",
        )
    if one.held:
        yield _warning(
            "earnings_held",
            say("Assumed earnings stay as they are: there is no series of wages to move them with."),
            say("Add wages to the economy file, or choose an indexation."),
            scheme=scheme.id,
            column="previous_earnings",
        )
    waits = [
        benefit.tier for benefit in scheme.benefits if benefit.waiting_days and benefit.months is None and benefit.per != "case"
    ]
    if waits:
        yield _warning(
            "waiting_not_counted",
            say("The waiting days of {tiers} are not counted: no duration is stated.", tiers=", ".join(waits)),
            say("State months, the duration of a case."),
            scheme=scheme.id,
            column="waiting_days",
        )
    if scheme.country != money.population.country:
        yield _warning(
            "other_country",
            say("The scheme is of {scheme}, the population of {country}.", scheme=scheme.country, country=money.population.country),
            say("Name the country's own population, unless you mean it."),
            scheme=scheme.id,
            value=scheme.country,
        )
    economy = money.economy
    if one.mixed:
        yield _warning(
            "currency_mismatch",
            say("The benefits of this scheme are in several currencies and cannot be added up."),
            say("Write them in one currency."),
            scheme=scheme.id,
            column="currency",
        )
    elif economy is not None and one.currency not in (None, economy.currency) and _unconverted(one, money, years):
        yield _warning(
            "currency_mismatch",
            say(
                "The scheme pays in {one}, the economy counts in {other}, and no exchange rate joins them.",
                one=one.currency,
                other=economy.currency,
            ),
            say("Add exchange_rate (for USD) to the economy file, or write the scheme in {other}.", other=economy.currency),
            scheme=scheme.id,
            column="currency",
            value=one.currency,
        )


def _of_part(one: Costed, years: Sequence[int], options: Options) -> Iterator[Finding]:
    """A law, or a part of it, that begins or ends within a year counts for all of it, or not at all, by 1 July: the first such
    year."""
    if options.law != "mid_year":
        return
    for year in years:
        laws = [one.scheme.on(day) for _, day in spans(one.scheme, year, "pro_rata")]
        wholly = len({in_force(one.scheme, law) for law in laws}) > 1
        partly = _not_in_all([_parts(law) for law in laws])
        if wholly or partly:
            yield _warning(
                "part_of_a_year",
                say("{scheme}: the law of {year} holds for a part of it, and is taken as on 1 July.", scheme=one.scheme.label(),
                    year=year)
                if wholly
                else say("{scheme}: {parts}: in force for a part of {year}, and taken as on 1 July.", scheme=one.scheme.label(),
                         parts=", ".join(partly), year=year),
                say("Choose the option law=pro_rata to count its days."),
                scheme=one.scheme.id,
                column="law",
                value=year,
            )
            return


def _parts(law: Scheme) -> dict[str, str]:
    """What a law is made of: by a name of its own, which a later entry of it keeps, and as it is called."""
    parts = {f"eligibility.{entry.part}": entry.part or say("Eligibility") for entry in law.eligibility}
    return parts | {f"benefit.{one.tier}": tier_called(one, currency=law.currency or "") for one in law.benefits}


def _not_in_all(laws: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """What some of the laws of a year have and some have not, as it is called."""
    return tuple(dict.fromkeys(called for law in laws for key, called in law.items() if any(key not in other for other in laws)))


def _of_earlier(one: Costed, options: Options) -> Iterator[Finding]:
    """Amounts that an index moves and whose law is older than the base year: they are taken as amounts of the base year, which is
    told unless somebody chose that year."""
    if options.base_year is not None:
        return
    moves = None if options.indexation is None else options.indexation != "none"
    found = dict.fromkeys(
        (tier_called(tier.benefit, currency=one.currency or ""), tier.benefit.since.year)
        for tiers in one.tiers
        for tier in tiers
        if tier.benefit.amount is not None
        and tier.benefit.since.year < one.base_year
        and (set(tier.benefit.index.weights) != {"none"} if moves is None else moves)
    )
    for name, year in found:
        yield _warning(
            "amount_of_an_earlier_year",
            say("The amount of {tier} is of {year}; it is taken as that of {base}.", tier=name, year=year, base=one.base_year),
            say("Choose the option base_year={year} to move it from there.", year=year),
            scheme=one.scheme.id,
            column="base_year",
            value=year,
        )


def _is(key: str, fact: str) -> bool:
    return key == fact or (key.split(".")[0], key.split(".")[-1]) == (fact.split(".")[0], fact.split(".")[-1])


def _unconverted(one: Costed, money: Money, years: Sequence[int]) -> bool:
    if money.economy is None or one.currency != "USD":
        return True
    return not np.isfinite(money.economy.path("exchange_rate", years)).all()


def _counted_more(one: Costed, money: Money, years: Sequence[int], options: Options) -> Iterator[Finding]:
    """A register, or what a source reports, above the people who are meant: said, never mended, and no reason is guessed."""
    counts = [(year, float(count)) for year, count in zip(years, one.counted, strict=True) if np.isfinite(count)]
    targets = dict(zip(years, one.target, strict=True))
    reported = [(told.year, told.count) for told in one.scheme.reported if told.year in money.population.years]
    for year, _ in reported:
        if year not in targets:
            targets[year] = Costing(one.scheme, Money(money.population), (year,), Options(law=options.law)).costed().target[0]
    first = next(((year, count) for year, count in counts if _exceeds(count, targets[year])), None)
    exceeding = [(year, count) for year, count in reported if _exceeds(count, targets[year])]
    for year, count in dict.fromkeys([*([first] if first else []), *exceeding]):
        yield _warning(
            "more_than_the_target_group",
            say(
                "{n} are counted in {year}, and the population has {target} who are meant.",
                n=number(round(count)),
                year=year,
                target=number(round(float(targets[year]))),
            ),
            say("Compare the register with the population; the figures are left as they are."),
            scheme=one.scheme.id,
            column=str(year),
            value=f"{count:g}",
        )


def _exceeds(count: float, target: float) -> bool:
    """Above what is known and not nobody: before a law begins nobody is meant, and a count is no contradiction."""
    return bool(np.isfinite(target) and target > 0 and count > target * (1 + ROUNDING))


def _of_economy(
    costed: Sequence[Costed], money: Money, years: Sequence[int], prices: Floats, options: Options
) -> Iterator[Finding]:
    economy = money.economy
    wanted = {"gdp", "government_expenditure", *(name for one in costed for name in one.series)}
    if not np.isfinite(prices).all():
        wanted.add("deflator")
    for name in sorted(wanted):
        series = None if economy is None else economy.series.get(name)
        if series is None:
            yield _warning(
                "economy_missing",
                say("There is no series {name}: what needs it cannot be said.", name=name),
                say("Add it to the economy file, with its source (--economy FILE)."),
                column=name,
            )
            continue
        absent = [year for year in years if year not in series.values and (name not in _CHANGES or year > years[0])]
        if absent:
            yield _warning(
                "economy_missing",
                say("The series {name} does not say {years}: what needs it cannot be said.", name=name, years=_span(absent)),
                say('Add the years, or ask that it is carried on: extrapolate = "hold", or the option extrapolate.'),
                column=name,
                value=absent[0],
            )
        elif series.unit == "share" and not np.isfinite(money.gdp(years)).all():
            continue  # told of gdp
    for name in sorted(_used(costed, options) if economy is not None else ()):
        series = economy.series.get(name) if economy is not None else None
        made = [] if series is None else sorted(year for year in years if year in series.extrapolated)
        if series is not None and made and series.method:
            yield _warning(
                "extrapolated",
                say(
                    "{name} is carried on from {last}: {method}.",
                    name=name,
                    last=series.last,
                    method=EXTRAPOLATIONS[series.method].label(),
                ),
                say("Replace it by a projection with a source where there is one."),
                column=name,
                value=_span(made),
            )
    if economy is not None:
        yield from _of_lines(costed, money, years)
        if mixed_levels(economy):
            yield _warning(
                "government_mixed",
                say("Revenue and expenditure are of two governments, central and general."),
                say("Take both from one table, of general government where there is one."),
                column="level",
            )
        told = economy.series.get("government_expenditure")
        if told is not None and told.level == "central":
            yield _warning(
                "central_government",
                say("Shares of government expenditure are of central government only."),
                say("Take general government where there is a figure."),
                column="government_expenditure",
            )
        if economy.country != money.population.country:
            yield _warning(
                "other_country",
                say(
                    "The economy is of {scheme}, the population of {country}.",
                    scheme=economy.country,
                    country=money.population.country,
                ),
                say("Name the country's own economy."),
                value=economy.country,
            )


def _used(costed: Sequence[Costed], options: Options) -> set[str]:
    """The series that the figures rest on."""
    names = {"gdp", "government_expenditure"} | ({"deflator"} if options.prices == "constant" else set())
    for one in costed:
        names |= {"exchange_rate"} if one.currency == "USD" else set()
        for benefit in one.scheme.benefits:
            weights = (
                {options.indexation: 1.0}
                if isinstance(options.indexation, str)
                else {str(kind): weight for kind, weight in benefit.index.weights.items()}
                if options.indexation is None
                else {}
            )
            names |= {*needed(weights), *({str(benefit.of)} if benefit.of else ())}
            names |= {"wages"} if benefit.of == "previous_earnings" else {"prices"} if benefit.of == "poverty_line" else set()
    return names


_CHANGES = ("prices", "wages", "deflator", "gdp_growth")


def _of_lines(costed: Sequence[Costed], money: Money, years: Sequence[int]) -> Iterator[Finding]:
    economy = money.economy
    line = None if economy is None else economy.series.get("poverty_line")
    if line is None or not any(benefit.of == "poverty_line" for one in costed for benefit in one.scheme.benefits):
        return
    of = line.prices_of or line.last
    if of is not None and years[0] - of > STALE_YEARS:
        yield _warning(
            "poverty_line_old",
            say("The poverty line is of {year}: {n} years before {first}.", year=of, n=years[0] - of, first=years[0]),
            say("Use a newer line where there is one, and say which."),
            column="poverty_line",
            value=of,
        )
    share = money.a_year("poverty_line", years) / money.gdp_per_capita(years)
    high = [(year, one) for year, one in zip(years, share, strict=True) if one > HIGHEST_LINE]
    if high:
        yield _warning(
            "poverty_line_high",
            say("The poverty line is {share} of GDP per capita in {year}.", share=percent(float(high[0][1])), year=high[0][0]),
            say("Check its unit (a day, a month, a year) and the prices it is in."),
            column="poverty_line",
            value=high[0][0],
        )


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
