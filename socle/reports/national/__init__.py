"""A national statistical bulletin on social protection, from an inquiry and its report, in the language spoken now.

    paper = reports.bulletin(report, book, country="XUT", year=2025)
    reports.render(paper, "docx")                     html, docx or pdf, as bytes

Its chapters are those of national bulletins (contributory and non-contributory schemes, contributors and beneficiaries, benefits
and their adequacy, income and expenditure, coverage with the line for SDG 1.3.1); a chapter without figures is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socle import vocabulary
from socle.coverage import Report
from socle.errors import InputError
from socle.reports.document import Block, Document, Paragraph, Text
from socle.reports.national import annex, glance, money, people, reach
from socle.reports.national.subject import Subject
from socle.tables import Book
from socle.vocabulary import language, say

__all__ = ["bulletin"]

_CHAPTERS = (glance.glance, people.schemes, people.contributors, people.beneficiaries, money.averages, money.spending,
             money.receipts, reach.coverage, reach.beside, reach.legal, annex.methods, annex.quality)


def bulletin(report: Report, book: Book, *, country: str | None = None, year: int | None = None,
             remarks: Sequence[str] = ()) -> Document:
    """The bulletin of a country and a year (the only country there is; the latest year with figures). ``remarks``: what else a
    reader should know before the first chapter, such as that it is a draft. Raises ``InputError`` where the inquiry has several
    countries and none is named, or nothing of the one named."""
    countries = sorted({one.country for one in report.figures} | {one for one in book["schemes"]["country"] if one})
    if country is None and len(countries) != 1:
        raise InputError(say("The inquiry has several countries, or none."), where={"column": "country"},
                         remedy=say("Name one of: {codes}.", codes=", ".join(countries) or "-"))
    code = vocabulary.country(country).alpha3 if country else countries[0]
    years = sorted({one.year for one in report.figures if one.country == code and one.value is not None}
                   | {one.year for one in report.spending if one.country == code})
    if not years or (year is not None and year not in years):
        raise InputError(say("The inquiry has no figures of {country} in {year}.", country=code, year=year or say("any year")),
                         where={"column": "year", "value": year},
                         remedy=say("Name one of: {codes}.", codes=", ".join(map(str, years)) or "-"))
    subject = Subject(report, book, code, year or years[-1])
    return Document(
        language=language(), title=Text(say("Statistical bulletin on social protection")),
        subtitle=say("{country}, {year}", country=subject.name, year=subject.year),
        facts=tuple(_facts(subject)), notice=(Text(_notice(subject)),),
        blocks=(*(Paragraph((Text(one),), "note") for one in remarks), *_blocks(subject)),
        keywords=(subject.name, str(subject.year), say("social protection")))


def _blocks(subject: Subject) -> Iterator[Block]:
    for chapter in _CHAPTERS:
        yield from chapter(subject)


def _facts(subject: Subject) -> Iterator[tuple[str, Text]]:
    yield say("Country"), Text(subject.name)
    yield say("Year"), Text(str(subject.year))
    institutions = list(dict.fromkeys(row["institution"] for row in subject.schemes if row["institution"]))
    if institutions:
        yield say("Institutions"), Text("; ".join(institutions))


def _notice(subject: Subject) -> str:
    if vocabulary.country(subject.country).made_up:
        return say("A made-up country: every figure is invented, for training.")
    return say("Made from the answers to the Social Security Inquiry. Not an ILO publication.")
