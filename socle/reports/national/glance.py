"""The first page of a bulletin: the figures that are quoted, and what they say in two sentences."""

from __future__ import annotations

from collections.abc import Iterator

from socle.reports.document import Block, Heading, KeyFigure, KeyFigures, Paragraph, Text
from socle.reports.national.subject import Subject, counted, rate
from socle.vocabulary import COVERAGE_SERIES, number, percent, say

KEY_SERIES = ("SI_COV_BENFTS", "SI_COV_CHLD", "SI_COV_PENSN", "SI_COV_UEMP")


def glance(subject: Subject) -> Iterator[Block]:
    yield Heading(1, Text(say("Key figures")))
    told = _lead(subject)
    if told:
        yield Paragraph((Text(told),), "lead")
    figures = (*_rates(subject), *_money(subject))
    if figures:
        yield KeyFigures(figures)
    yield Paragraph((Text(say("Figures describe {year} unless another year is named. How each is counted is in the notes on "
                              "methods; "
                              "what is not available is said to be so.", year=subject.year)),), "note")


def _lead(subject: Subject) -> str:
    figures = subject.figures(year=subject.year, series="SI_COV_BENFTS", sex="total")
    value, persons = rate(figures), counted(figures, "numerator")
    if not value:
        return ""
    told = say("In {year}, {share} of the population of {country} ({persons} persons) received at least one social protection cash "
               "benefit or contributed to a scheme.", year=subject.year, share=value, country=subject.name, persons=persons)
    earlier = [year for year in subject.years if year < subject.year]
    before = rate(subject.figures(year=earlier[0], series="SI_COV_BENFTS", sex="total")) if earlier else ""
    if before:
        told += " " + say("In {year} it was {share}.", year=earlier[0], share=before)
    return told


def _rates(subject: Subject) -> Iterator[KeyFigure]:
    for series in KEY_SERIES:
        figures = subject.figures(year=subject.year, series=series, sex="total")
        value = rate(figures)
        if value:
            women, men = (rate(subject.figures(year=subject.year, series=series, sex=sex)) for sex in ("female", "male"))
            note = say("women {women}, men {men}", women=women, men=men) if women and men else ""
            yield KeyFigure(value, COVERAGE_SERIES[series].label(), note)
    contributors = rate(subject.figures(year=subject.year, series="active_contributors_labour_force", sex="total"))
    if contributors:
        yield KeyFigure(contributors, say("of the labour force actively contributes"))


def _money(subject: Subject) -> Iterator[KeyFigure]:
    total = next((one for one in subject.report.spending if one.country == subject.country and one.year == subject.year
                  and (one.scheme, one.function, one.item) == ("all", "all", "all")), None)
    if total is None or total.amount is None:
        return
    if total.share_of_gdp is not None:
        yield KeyFigure(percent(total.share_of_gdp, decimals=2), say("of GDP is spent on social protection"),
                        say("{amount} million {currency}", amount=number(total.amount / 1e6, decimals=1),
                            currency=total.currency or ""))
    else:
        yield KeyFigure(say("{amount} million {currency}", amount=number(total.amount / 1e6, decimals=1),
                            currency=total.currency or ""), say("spent on social protection"))
