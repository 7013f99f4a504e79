"""Inquiries of tests: a small sound one of Kenya, and its files."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from types import SimpleNamespace

import xlsxwriter

from socle import coverage
from socle.coverage import Figure
from socle_web.coverage.actions import bringing, inquiries, rounds, threads
from tests.people import person

SHEETS = {
    "schemes": [["scheme", "country", "name", "kind", "functions"], ["pension", "KEN", "Pension", "categorical", "old_age"]],
    "benefits": [["benefit", "scheme", "function", "form", "payment", "means_tested", "contributory"],
                 ["old-age", "pension", "old_age", "cash", "periodic", "no", "no"]],
    "recipients": [["benefit", "year", "sex", "age_group", "disability", "area", "persons", "source", "status"],
                   ["old-age", "2025", "total", "", "", "", "1000", "A register", "reported"]],
    "denominators": [["country", "year", "group", "sex", "persons", "source", "status"],
                     ["KEN", "2025", "population", "total", "50000", "A census", "reported"],
                     ["KEN", "2025", "older_persons", "total", "4000", "A census", "reported"]],
}
BROKEN = [SHEETS["recipients"][0], ["old-age", "2025", "total", "", "", "", "many", "A register", "reported"],
          ["no-such", "2025", "total", "", "", "", "5", "A register", "reported"],
          ["old-age", "twenty", "total", "", "", "", "5", "A register", "reported"]]


def as_csv(rows) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def as_zip(sheets=None) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, rows in (SHEETS if sheets is None else sheets).items():
            archive.writestr(f"{name}.csv", as_csv(rows))
    return packed.getvalue()


def as_workbook(sheets=None) -> bytes:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        for name, rows in (SHEETS if sheets is None else sheets).items():
            page = book.add_worksheet(name)
            for place, row in enumerate(rows):
                page.write_row(place, 0, row)
    return packed.getvalue()


def opened(countries=("KEN",), year=2025, due_on=date(2026, 12, 31), title="Inquiry of 2025"):
    return rounds.open_inquiry_round(title, year=year, opens_on=date(2026, 1, 1), due_on=due_on, countries=countries, by=person("manager"))


def asked(country="KEN", **how):
    return opened((country,), **how).inquiries.get()


def bring(inquiry, content=None, *, name="inquiry.zip", by="owner", saves=None):
    inquiry.refresh_from_db()
    return bringing.bring_inquiry(inquiry, as_zip() if content is None else content, name=name, by=person(by),
                                  saves=inquiry.saves if saves is None else saves)


def answered(inquiry, by="owner"):
    """Something said about every warning and query."""
    for thread in inquiry.threads.filter(state="open").exclude(kind="error"):
        threads.say(thread, "It is so in the register.", by=person(by))


def submitted(inquiry=None, by="owner"):
    inquiry = inquiry or asked()
    bring(inquiry, by=by)
    answered(inquiry, by=by)
    return inquiries.submit_inquiry(inquiry, by=person(by))


def validated(inquiry=None):
    return inquiries.validate_inquiry(submitted(inquiry), by=person("verifier"))


def reporting(monkeypatch, country="KEN", year=2025):
    """A report with one figure, where what is tested is not how it is counted."""
    figure = Figure("SI_COV_PENSN", country, "total", year, 1000.0, 4000.0, 25.0, "exact", ("recipients:old-age",))
    report = SimpleNamespace(figures=(figure,), spending=(), adequacy=(), warnings=())
    monkeypatch.setattr(coverage, "report", lambda book, **how: report, raising=False)


def published(monkeypatch, inquiry=None):
    reporting(monkeypatch)
    return inquiries.publish_inquiry(validated(inquiry), by=person("manager"))
