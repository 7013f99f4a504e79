"""The statistical bulletin of a country: of an edition that is published, and of an inquiry on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from socle import reports
from socle.coverage import Figure, Report
from socle.reports import Document
from socle.tables import INQUIRY, Book, RawSheet, parse
from socle_web.coverage import edition_bridge, inquiry_bridge
from socle_web.coverage.edition_money import of_money
from socle_web.coverage.models.editions import Edition, Family, Line, Value
from socle_web.coverage.models.rounds import Inquiry, InquiryState

#: What is in money is worked out with an economy; the rest from the rows of the inquiry and from who lives there.
OF_MONEY = (Family.SPENDING, Family.ADEQUACY)

_STATES = (InquiryState.PREFILLED, InquiryState.WITHDRAWN)  # nothing was brought, or it no longer holds


def years_of(values: Sequence[Value]) -> list[int]:
    """The years of which a bulletin can be made, the latest first: those with a figure of coverage or of expenditure."""
    return sorted({one.year for one in values if one.value is not None and one.family != Family.ADEQUACY
                   and not one.series.startswith("receipts")}, reverse=True)


def has_bulletin(inquiry: Inquiry) -> bool:
    return inquiry.state not in _STATES


def of_edition(edition: Edition, *, year: int) -> Document | None:
    """The bulletin of a national edition, from the very rows its figures were counted from. None: it has none of that year."""
    values = list(edition.values.all())
    if not edition.is_national or edition.country_id is None or year not in years_of(values):
        return None
    book = book_of(edition)
    report = inquiry_bridge.report_on(book, country=edition.country_id)
    remarks: list[str] = []
    if edition_bridge.digest_of(edition_bridge.of_report(report)) != edition.digest:
        report, remarks = _as_published(report, values)
    return reports.bulletin(report, book, country=edition.country_id, year=year, remarks=[
        _("Edition: %(title)s, %(key)s.") % {"title": edition.title, "key": edition.key}, *remarks])


def of_inquiry(inquiry: Inquiry, *, year: int) -> Document | None:
    """The bulletin of what an inquiry says now. None: it says nothing of that year. Raises ``InputError`` where the figures
    cannot be worked out."""
    book = inquiry_bridge.book_of(inquiry).book
    report = inquiry_bridge.report_on(book, country=inquiry.country_id)
    if year not in years_of(edition_bridge.of_report(report)):
        return None
    remarks = [] if inquiry.state == InquiryState.PUBLISHED else [
        _("Draft: this inquiry is not published (%(state)s), and its figures may still change.") % {
            "state": inquiry.get_state_display()}]
    return reports.bulletin(report, book, country=inquiry.country_id, year=year, remarks=remarks)


def book_of(edition: Edition) -> Book:
    """The rows of an edition as the inquiry they were."""
    rows: dict[str, list[Line]] = {}
    for line in edition.lines.all():
        rows.setdefault(line.sheet, []).append(line)
    return parse(INQUIRY, [_sheet(name, lines) for name, lines in rows.items()]).book


def _sheet(name: str, lines: Sequence[Line]) -> RawSheet:
    columns = list(INQUIRY[name].names)
    return RawSheet(name, columns, [[line.cells.get(column, "") for column in columns] for line in lines],
                    [line.place for line in lines])


def _as_published(report: Report, values: Sequence[Value]) -> tuple[Report, list[str]]:
    """The figures as the edition says them, where today's population or economy would give others; and what a reader is told."""
    published = [one for one in values if one.family not in OF_MONEY]
    remarks = []
    if edition_bridge.digest_of(of_money(report)) != edition_bridge.digest_of(one for one in values if one.family in OF_MONEY):
        remarks.append(_("Expenditure and benefits are compared with what is known of the economy today; the edition may have said "
                         "otherwise, or nothing, of their shares."))
    if edition_bridge.digest_of(edition_bridge.of_figures(report.figures)) != edition_bridge.digest_of(published):
        report = replace(report, figures=tuple(map(_figure, published)))
    return report, remarks


def _figure(value: Value) -> Figure:
    def number(name: str) -> float | None:
        found = getattr(value, name)
        return None if found is None else float(found)

    told = {name: getattr(value, name) for name in ("series", "sex", "year", "bound", "age_group", "disability", "area", "family",
                                                    "status", "definition")}
    return Figure(country=value.country_id, numerator=number("numerator"), denominator=number("denominator"), value=number("value"),
                  records=tuple(value.records), **told)
