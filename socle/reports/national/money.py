"""What benefits pay, whether it is enough, what the schemes spend, and from what they are financed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from socle.coverage import Adequacy, Receipt, Spending
from socle.reports import charts
from socle.reports.document import Block, Cell, Figure, Heading, Paragraph, Text
from socle.reports.national.subject import Subject, amount, millions, said, share, table, unknown, words
from socle.vocabulary import BRANCHES, EXPENDITURE_ITEMS, RECEIPT_ITEMS, number, percent, say

ALL, WITHOUT_HEALTH = "all", "without_medical_care"


def averages(subject: Subject) -> Iterator[Block]:
    rows = _adequacy(subject)
    if not rows:
        return
    yield Heading(1, Text(say("Benefits and their adequacy")))
    yield table(say("Benefits paid, {year}", year=subject.year),
                (say("Benefit"), say("Function"), say("Currency"), say("Average a month"), say("Minimum a month"),
                 say("Maximum a month"), say("Average a year")),
                [(words(subject.benefit_name(one.benefit)), words(BRANCHES[one.function].label()), words(one.currency),
                  *(amount(value) for value in (one.average_per_month, one.minimum_per_month, one.maximum_per_month,
                                                one.average_per_year))) for one in rows], figures=4,
                notes=(say("An average that is not stated is computed from the total and the recipients. A lump sum has no "
                           "month."),))
    compared = [one for one in rows if any(value is not None for value in _shares(one))]
    if compared:
        yield Paragraph((Text(say("The average benefit is compared with the poverty line, the minimum wage and the average wage "
                                  "of the "
                                  "same month.")),))
        yield table(say("Adequacy: the average benefit as a share, {year}", year=subject.year),
                    (say("Benefit"), say("Of the poverty line"), say("Of the minimum wage"), say("Of the average wage")),
                    [(words(subject.benefit_name(one.benefit)), *(share(value) for value in _shares(one))) for one in compared],
                    figures=3)


def spending(subject: Subject) -> Iterator[Block]:
    rows = [one for one in subject.report.spending if one.country == subject.country]
    now = [one for one in rows if one.year == subject.year]
    if not now:
        return
    yield Heading(1, Text(say("Expenditure")))
    total = _spent(now, ALL, ALL, ALL)
    currency = (total.currency if total else now[0].currency) or ""
    yield from _sentence(subject, now, total)
    items = [code for code in EXPENDITURE_ITEMS if any(one.item == code and one.scheme in subject.scheme_names for one in now)]
    listed = [key for key in subject.scheme_names if any(one.scheme == key for one in now)]
    yield table(say("Expenditure by scheme, millions of {currency}, {year}", currency=currency, year=subject.year),
                (say("Scheme"), *(EXPENDITURE_ITEMS[code].label() for code in items), say("Total"), say("Administration share")),
                [*(_line(subject.scheme_names[key], now, key, items) for key in listed),
                 _line(say("All schemes"), now, ALL, items)], figures=len(items) + 2, totals=(len(listed),),
                notes=(say("Transfers to other schemes are not in the total of all schemes."),) if "transfers" in items else ())
    functions = [code for code in BRANCHES if _spent(now, ALL, code, "benefits")]
    if functions:
        yield table(say("Benefits by function, {year}", year=subject.year),
                    (say("Function"), say("Millions of {currency}", currency=currency), say("Share of GDP"),
                     say("Share of government expenditure"), say("Per recipient a year")),
                    [_of_function(BRANCHES[code].label(), _spent(now, ALL, code, "benefits")) for code in functions], figures=4)
    yield from _over_the_years(subject, rows)


def receipts(subject: Subject) -> Iterator[Block]:
    now = [one for one in subject.report.receipts if one.country == subject.country and one.year == subject.year]
    if not now:
        return
    yield Heading(1, Text(say("Income")))
    items = [code for code in RECEIPT_ITEMS if any(one.item == code for one in now)]
    listed = [key for key in subject.scheme_names if any(one.scheme == key for one in now)]
    currency = next((one.currency for one in now if one.currency), "")

    def line(label: str, scheme: str) -> tuple[Cell, ...]:
        return (words(label), *(_money(_received(now, scheme, code)) for code in (*items, ALL)))

    yield table(say("Income by scheme, millions of {currency}, {year}", currency=currency, year=subject.year),
                (say("Scheme"), *(RECEIPT_ITEMS[code].label() for code in items), say("Total")),
                [*(line(subject.scheme_names[key], key) for key in listed), line(say("All schemes"), ALL)], figures=len(items) + 1,
                totals=(len(listed),))
    shares = [(code, _received(now, ALL, code)) for code in items]
    known = [(code, one) for code, one in shares if one is not None and one.share_of_receipts is not None]
    if known:
        yield table(say("Who finances social protection, {year}", year=subject.year),
                    (say("Source of income"), say("Share of income"),
                                                                                     say("Share of GDP")),
                    [(words(RECEIPT_ITEMS[code].label()), share(one.share_of_receipts), share(one.share_of_gdp)) for code,
                     one in known],
                    figures=2)


def _sentence(subject: Subject, now: Sequence[Spending], total: Spending | None) -> Iterator[Block]:
    if total is None or total.amount is None or total.share_of_gdp is None:
        return
    told = say("In {year} the schemes spent {amount} million {currency}, {share} of GDP.", year=subject.year,
               amount=number(total.amount / 1e6, decimals=1), currency=total.currency or "",
               share=percent(total.share_of_gdp, decimals=2))
    without = _spent(now, ALL, WITHOUT_HEALTH, ALL)
    if without is not None and without.share_of_gdp is not None:
        told += " " + say("Without health care it was {share} of GDP.", share=percent(without.share_of_gdp, decimals=2))
    if total.share_of_government is not None:
        told += " " + say("That is {share} of what the government spends.", share=percent(total.share_of_government, decimals=1))
    yield Paragraph((Text(told),))


def _over_the_years(subject: Subject, rows: Sequence[Spending]) -> Iterator[Block]:
    years = sorted({one.year for one in rows if one.year <= subject.year})[-10:]
    if len(years) < 2:
        return
    by_year = {year: _spent([one for one in rows if one.year == year], ALL, ALL, ALL) for year in years}
    curve = [None if (one := by_year[year]) is None or one.share_of_gdp is None else one.share_of_gdp for year in years]
    title = say("Expenditure as a share of GDP")
    if any(value is not None for value in curve):
        told = "; ".join(f"{year}: {percent(value, decimals=2) if value is not None else say('not available')}"
                         for year, value in zip(years, curve, strict=True))
        yield Figure(charts.lines(years, [charts.Curve(say("All schemes"), curve)], title=title,
                                  words=lambda value: percent(value, decimals=1)), title, told, 0.8)
    without = {year: _spent([one for one in rows if one.year == year], ALL, WITHOUT_HEALTH, ALL) for year in years}
    administration = {year: _spent([one for one in rows if one.year == year], ALL, ALL, "administration") for year in years}
    yield table(say("Expenditure over the years"), ("", *map(str, years)), [
        (words(say("Share of GDP")), *(_share(by_year[year], "share_of_gdp") for year in years)),
        (words(say("Share of GDP, without health care")), *(_share(without[year], "share_of_gdp") for year in years)),
        (words(say("Share of government expenditure")), *(_share(by_year[year], "share_of_government") for year in years)),
        (words(say("Administration share")), *(_share(administration[year], "administration_share") for year in years)),
    ], figures=len(years))


def _line(label: str, now: Sequence[Spending], scheme: str, items: Sequence[str]) -> tuple[Cell, ...]:
    total = _spent(now, scheme, ALL, ALL)
    return (words(label), *(_money(_spent(now, scheme, ALL, code)) for code in items), _money(total),
            _share(total, "administration_share"))


def _of_function(label: str, one: Spending | None) -> tuple[Cell, ...]:
    if one is None:
        return (words(label), unknown(), unknown(), unknown(), unknown())
    return (words(label), millions(one.amount), said("" if one.share_of_gdp is None else percent(one.share_of_gdp, decimals=2)),
            said("" if one.share_of_government is None else percent(one.share_of_government, decimals=2)),
            amount(one.per_recipient))


def _adequacy(subject: Subject) -> list[Adequacy]:
    return [one for one in subject.report.adequacy if one.country == subject.country and one.year == subject.year]


def _shares(one: Adequacy) -> tuple[float | None, float | None, float | None]:
    return one.share_of_poverty_line, one.share_of_minimum_wage, one.share_of_average_wage


def _spent(rows: Sequence[Spending], scheme: str, function: str, item: str) -> Spending | None:
    return next((one for one in rows if (one.scheme, one.function, one.item) == (scheme, function, item)), None)


def _received(rows: Sequence[Receipt], scheme: str, item: str) -> Receipt | None:
    return next((one for one in rows if (one.scheme, one.item) == (scheme, item)), None)


def _money(one: Spending | Receipt | None) -> Cell:
    return Cell(Text("–"), is_known=False) if one is None else millions(one.amount)


def _share(one: Any, name: str) -> Cell:
    value = None if one is None else getattr(one, name)
    return said("" if value is None else percent(value, decimals=2 if name == "share_of_gdp" else 1))
