"""The annual report as a document, in the language spoken now."""

from __future__ import annotations

from collections.abc import Iterator

from socle.reports.annual import annex, countries, glance, means, results
from socle.reports.annual.subject import Subject, country_name
from socle.reports.document import Block, Document, Text
from socle.results import Chain, Report
from socle.vocabulary import day, language, period, say

__all__ = ["document"]

_CHAPTERS = (
    glance.glance, glance.ambition, results.changes, results.people, countries.by_country, countries.by_theme, results.outputs,
    means.funding, means.ratifications, means.evaluation, means.staff, means.left_out, annex.warnings, annex.reconciliation,
    annex.rules, annex.sources,
)


def document(report: Report, chain: Chain, *, written_in: str = "en") -> Document:
    """The report as it is read: a title page, chapters, annexes; a chapter without records is not there.

    ``written_in`` is the language of the records' own words, marked where it is not the language spoken.
    """
    subject = Subject(report, chain, written_in)
    name = subject.programme.get("name")
    return Document(
        language=language(),
        title=subject.told(name) if name else Text(say("Results of the programme")),
        subtitle=_subtitle(report),
        facts=tuple(_facts(subject)),
        notice=annex.notice(subject),
        blocks=tuple(_blocks(subject)),
        keywords=tuple(filter(None, (name, subject.programme.get("owner")))),
    )


def _blocks(subject: Subject) -> Iterator[Block]:
    for chapter in _CHAPTERS:
        yield from chapter(subject)


def _subtitle(report: Report) -> str:
    if report.year is not None:
        return say("Annual report {year}", year=report.year)
    return say("Results report {period}", period=period(report.period))


def _facts(subject: Subject) -> Iterator[tuple[str, Text]]:
    report = subject.report
    if subject.programme.get("owner"):
        yield say("Programme of"), subject.told(subject.programme["owner"])
    if report.phase:
        yield say("Phase"), subject.told(subject.phase.get("title") or report.phase)
    yield say("Period"), Text(period(report.period))
    if report.country:
        yield say("Country"), Text(country_name(report.country))
    if report.partner:
        yield say("Partner"), subject.told(subject.partner_names.get(report.partner, report.partner))
    if report.as_of:
        yield say("As reported on"), Text(day(report.as_of))
