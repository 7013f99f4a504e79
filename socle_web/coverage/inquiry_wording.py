"""An inquiry in words: what is to be done next, and what its questionnaire says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from socle.vocabulary import day
from socle_web.coverage.models.rounds import FILLED, Inquiry, InquiryState


def shows() -> list[tuple[str, str]]:
    """Which threads are listed."""
    return [("open", _("to be answered or mended")), ("accepted", _("accepted")), ("resolved", _("resolved")), ("all", _("all"))]


def what_next(inquiry: Inquiry, counts: Mapping[str, int], *, on: date) -> str:
    """What is to be done, and by whom."""
    if inquiry.round.is_closed and inquiry.state in FILLED:
        return _("The round was closed before this inquiry was submitted. It stays as it is.")
    if inquiry.state == InquiryState.PREFILLED:
        return _("Download the questionnaire, fill it in, and bring it back by %(day)s.") % {"day": day(inquiry.round.due_on)}
    if inquiry.state in FILLED:
        if counts.get("error"):
            return _("Mend the file where it is wrong (%(n)s errors), and bring it again.") % {"n": counts["error"]}
        if counts.get("query") or counts.get("warning"):
            return _("Answer the queries (%(queries)s) and warnings (%(warnings)s), or mend the file; then submit it.") % {
                "queries": counts.get("query", 0), "warnings": counts.get("warning", 0)}
        return _("Everything is answered: submit it by %(day)s.") % {"day": day(inquiry.round.due_on)}
    return {
        InquiryState.SUBMITTED.value: _("A reviewer who had no hand in it reads it, asks what is not clear, or validates it."),
        InquiryState.VALIDATED.value: _("It is locked. A programme manager publishes its figures."),
        InquiryState.PUBLISHED.value: _("Its figures are published. What is wrong is corrected by a later edition."),
        InquiryState.WITHDRAWN.value: _("It was withdrawn. A programme manager may ask the country again."),
    }[inquiry.state]


def explained(inquiry: Inquiry) -> list[str]:
    """The first sheet of a questionnaire."""
    before = inquiry.before
    return [
        _("Inquiry of %(country)s about %(year)s: %(title)s") % {
            "country": inquiry.country.name, "year": inquiry.round.year, "title": inquiry.round.title},
        *([inquiry.round.note] if inquiry.round.note else []),
        _("Fill in the sheets and bring the workbook back by %(day)s. Every finding is then shown with its place and remedy.") % {
            "day": day(inquiry.round.due_on)},
        *([_("What was validated about %(year)s is carried over: schemes and benefits as they were, the rows of figures without "
             "their figures.") % {"year": before.round.year}] if before is not None else []),
        _("A figure that is not known stays empty, with the status not_available. Write 0 only where nobody is counted."),
        _("Each figure has a source: the document, register or survey it comes from, with its date."),
        _("Each sheet is one kind of record. Point at the name of a column to read what it means; on a coloured ground: required."),
        _("The sheets may also be brought one by one, as CSV files with the name of the sheet. Sheets that are not brought stay."),
    ]
