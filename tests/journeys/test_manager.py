"""A manager downloads the annual report, and every file opens and says what the page says."""

from __future__ import annotations

import csv
import io
import json
import re
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser

HEADLINE = {"18,267,500", "41", "31"}


def numbers(text):
    return set(re.findall(r"\d[\d,]*", text))


def from_pdf(path):
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def from_docx(path):
    document = docx.Document(path)
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


def from_xlsx(path):
    book = openpyxl.load_workbook(path, read_only=True)
    return "\n".join(f"{cell:,}" if isinstance(cell, int) else str(cell)
                     for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def from_html(path):
    return re.sub(r"<[^>]*>", " ", path.read_text(encoding="utf-8"))


def from_json(path):
    tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
    people = next(row for row in tables["impacts"] if (row["kind"], row["branch"]) == ("all", "all"))
    changes = next(row for row in tables["changes_by_step"] if row["step"] == "all")
    return f"{people['persons']:,} {changes['changes']} {changes['countries']}"


def from_csv(path):
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        tables = {name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig")))) for name in archive.namelist()}
    people = next(row for row in tables["impacts.csv"] if (row["kind"], row["branch"]) == ("all", "all"))
    changes = next(row for row in tables["changes_by_step.csv"] if row["step"] == "all")
    return f"{int(people['persons']):,} {changes['changes']} {changes['countries']}"


READ = {"PDF": from_pdf, "DOCX": from_docx, "XLSX": from_xlsx, "HTML": from_html, "JSON": from_json, "CSV": from_csv}


def test_a_manager_takes_the_annual_report_away_in_every_format(visit, tmp_path):
    page = visit.page()
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Annual report").click()
    page.get_by_role("region", name="Second phase").get_by_role("link", name="2024").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Annual report 2024")
    key_figures = page.get_by_role("region", name="Key figures")
    for figure in HEADLINE:
        expect(key_figures.get_by_role("link", name=re.compile(f"^{figure} "))).to_be_visible()

    for name, read in READ.items():
        with page.expect_download() as getting:
            page.get_by_role("link", name=name, exact=True).click()
        path = tmp_path / getting.value.suggested_filename
        getting.value.save_as(path)
        assert path.name == f"report-2-2024.{'zip' if name == 'CSV' else name.lower()}"
        assert numbers(read(path)) >= HEADLINE, f"{name} lacks {HEADLINE - numbers(read(path))}"


def test_a_manager_reads_the_report_as_it_stood_on_a_day(visit, tmp_path):
    page = visit.page()
    page.goto("/report/2/")
    key_figures = page.get_by_role("region", name="Key figures")
    expect(key_figures).to_contain_text("55,527,500")
    page.get_by_label("As reported on").fill("2023-12-31")
    page.get_by_role("main").get_by_role("button", name="Show").click()
    expect(page.get_by_role("main")).to_contain_text("as reported on 31 December 2023")
    expect(key_figures).to_contain_text("37,260,000")
    expect(key_figures).to_contain_text("108")
    expect(key_figures).not_to_contain_text("55,527,500")

    with page.expect_download() as getting:
        page.get_by_role("link", name="JSON", exact=True).click()
    getting.value.save_as(tmp_path / "report.json")
    targets = json.loads((tmp_path / "report.json").read_text())["tables"]["targets"]
    assert next(row["total"] for row in targets if (row["indicator"], row["counts"]) == ("people", "persons")) == 37_260_000

    key_figures.get_by_role("link", name=re.compile("^37,260,000")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("37,260,000")


def test_the_report_says_what_the_sources_do_not(visit):
    page = visit.page()
    page.goto("/report/2/2024/")
    expect(page.get_by_role("main")).to_contain_text("not reported")
    page.goto("/reconciliation/")
    expect(page.get_by_role("main")).to_contain_text("Differs")
    expect(page.get_by_role("main")).to_contain_text("31,300,000")
