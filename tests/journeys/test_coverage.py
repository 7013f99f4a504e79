"""People at coverage: a country answers an inquiry, a reviewer reads it, the world sees it; somebody compares three countries."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from socle_web.coverage.models import Inquiry
from tests.journeys.browser import DESK, PHONE, fits
from tests.journeys.test_entering import signed, violations
from tests.unit.web_coverage import inquiries

pytestmark = pytest.mark.browser

SOURCE = "Pension register, December 2025"
RECIPIENTS = [{"benefit": "test-pension", "sex": sex, "persons": persons, "source": SOURCE, "status": "reported"}
              for sex, persons in (("total", 1_234_500), ("female", 700_000), ("male", 500_000))]
UNKNOWN = {"benefit": "test-child-grant", "sex": "total", "status": "not_available"}
OLDER = {"country": "KEN", "group": "older_persons", "sex": "total", "persons": 2_000_000, "source": "Census", "status": "reported"}
AVERAGE = {"benefit": "test-pension", "measure": "average", "amount": 2_000, "currency": "KES", "per": "month", "source": SOURCE,
           "status": "reported"}
MINIMUM = {**AVERAGE, "measure": "minimum", "amount": 1_500}
#: Two errors in a sheet, and in another a warning: women and men are not everybody.
WRONG = {"recipients": [*RECIPIENTS, UNKNOWN], "denominators": [OLDER],
         "amounts": [{**AVERAGE, "amount": "lots"}, {**MINIMUM, "benefit": "test-pensoin"}]}
MENDED = {**WRONG, "amounts": [AVERAGE, MINIMUM]}
ASKED = "/coverage/?edition=national&series=SI_COV_PENSN&year=latest&sex=total"


def filled(questionnaire, rows):
    """The workbook that was downloaded, with rows written below those that stand in it."""
    book = load_workbook(BytesIO(questionnaire))
    for name, listed in rows.items():
        header = [cell.value for cell in book[name][1]]
        for row in listed:
            book[name].append([({"year": 2025} | row).get(column) for column in header])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def downloaded(page, link):
    with page.expect_download() as downloading:
        page.click(link)
    return downloading.value.path().read_bytes()


def bring(page, content):
    page.click("text=Bring a file")
    page.set_input_files("#id_file", {"name": "inquiry-ken-2025.xlsx", "buffer": content,
                                      "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
    page.click("button:has-text('Bring it')")


def sound(page, scripts):
    """What is wrong with a page for who cannot see it, or holds it in a hand."""
    if not scripts:
        return
    wrong = violations(page)
    page.set_viewport_size(PHONE)
    assert fits(page), f"{page.url} has to be scrolled sideways"
    wrong += violations(page)
    page.set_viewport_size(DESK)
    assert not wrong, "\n".join(wrong)


def figures_of(page):
    """Country and figure of every row of the table beside the map."""
    return {row.locator("th a").inner_text(): row.locator("a.figure").inner_text()
            for row in page.locator("table:has(th:has-text('Region')) tbody tr").all() if row.locator("a.figure").count()}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_statistician_answers_a_reviewer_asks_once_and_validates_and_the_public_map_shows_the_new_figure(visit, scripts):
    inquiries.opened()
    public = visit.page(java_script_enabled=scripts)
    public.goto(ASKED)
    assert "Kenya" not in public.inner_text("main table >> nth=0")

    owner = signed(visit, "owner", java_script_enabled=scripts)
    owner.goto("/coverage/work/")
    sound(owner, scripts)
    owner.click("text=Kenya, 2025")
    inquiry = owner.url
    questionnaire = downloaded(owner, "text=The questionnaire (XLSX)")
    bring(owner, filled(questionnaire, WRONG))
    owner.wait_for_selector("text=2 errors, 1 warning.")
    told = owner.locator(".threads > li").all_inner_texts()
    assert len(told) == 3
    for place, value, remedy in ((("amounts", "row 2", "amount"), "lots", "Write digits"),
                                 (("amounts", "row 3", "benefit"), "test-pensoin", "Did you mean test-pension?"),
                                 (("recipients", "row 2", "persons"), "1234500", "Correct the figures")):
        found = [text for text in told if all(part in text for part in (*place, value, remedy))]
        assert len(found) == 1, (place, told)
    sound(owner, scripts)
    owner.click(".threads >> text=row 3")
    assert "test-pensoin" in owner.inner_text("tr:has(td.error) >> nth=1")
    sound(owner, scripts)
    owner.goto(inquiry)
    owner.click("button:has-text('Submit')")
    owner.wait_for_selector("text=2 errors have to be mended first.")

    bring(owner, filled(questionnaire, MENDED))
    owner.wait_for_selector("text=Brought, without an error. 1 warning wants an answer.")
    owner.click("button:has-text('Submit')")
    owner.wait_for_selector("text=1 warning or query is not answered.")
    owner.click(".threads summary")
    owner.fill(".threads textarea", "The register does not know the sex of 34,500 persons.")
    owner.click("button:has-text('It is right as it is, for this reason')")
    owner.wait_for_selector("text=Accepted, with your reason.")
    owner.click("button:has-text('Submit')")
    owner.wait_for_selector("text=Submitted. A reviewer reads it now.")
    assert owner.locator("button:has-text('Validate')").count() == 0

    verifier = signed(visit, "verifier", java_script_enabled=scripts)
    verifier.goto("/coverage/work/")
    verifier.click("text=Kenya, 2025")
    assert downloaded(verifier, "a[download]:has-text('Word')").startswith(b"PK"), "the bulletin, before it is published"
    verifier.click("table a:has-text('recipients')")
    verifier.click("text=Ask about row 2")
    verifier.fill("textarea", "Does the register count those who live abroad?")
    sound(verifier, scripts)
    verifier.click("main form button")
    verifier.wait_for_selector("text=Asked. The inquiry is the country's again")

    owner.goto(inquiry)
    assert "Does the register count those who live abroad?" in owner.inner_text(".threads")
    owner.click(".threads summary")
    owner.fill(".threads textarea", "No, only residents.")
    owner.click("button:has-text('Say it')")
    owner.wait_for_selector("text=Said.")
    owner.click("button:has-text('Submit')")
    owner.wait_for_selector("text=Submitted. A reviewer reads it now.")

    verifier.goto(inquiry)
    assert "No, only residents." in verifier.inner_text(".threads")
    verifier.click("button:has-text('Validate and lock')")
    verifier.wait_for_selector("text=Validated, and locked.")
    public.goto(ASKED)
    assert "Kenya" not in public.inner_text("main table >> nth=0"), "nothing is public before it is published"

    manager = signed(visit, "manager", java_script_enabled=scripts)
    manager.goto("/coverage/work/")
    manager.click("text=Kenya, 2025")
    manager.click("button:has-text('Publish its figures')")
    manager.wait_for_selector("text=Published: Kenya: Inquiry of 2025.")
    there = Inquiry.objects.get()
    assert (there.state, there.submitted_by, there.validated_by, there.published_by) == ("published", "owner", "verifier", "manager")

    public.goto(ASKED)
    assert public.locator("a[aria-label='Kenya: 61.7% in 2025']").count() == 1, "the tile of the map"
    assert "61.7%" in public.inner_text("tr:has(th:has-text('Kenya'))")
    sound(public, scripts)
    public.goto("/coverage/KEN/")
    assert "Inquiry of 2025" in public.inner_text("main")
    sound(public, scripts)
    assert downloaded(public, "a[download]:has-text('PDF')").startswith(b"%PDF")
    public.click("#groups ~ * a.figure:has-text('61.7%') >> nth=0")
    told = public.inner_text("main")
    for said in ("1,234,500", "2,000,000", "61.7%"):
        assert said in told, told
    row = public.inner_text("table:has(td:has-text('test-pension')) tbody tr >> nth=0")
    for cell in ("test-pension", "1234500", SOURCE):
        assert cell in row, "the cell of the inquiry, as it was brought"
    sound(public, scripts)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_reader_compares_three_countries_and_downloads_what_is_shown(visit, scripts):
    page = visit.page(java_script_enabled=scripts)
    page.goto("/coverage/compare/")
    page.select_option("#edition", "national")
    page.click("button:has-text('Compare')")
    page.select_option("#series", "SI_COV_PENSN")
    for code in ("XUT", "XWE", "XVA"):
        page.check(f"#c-{code}")
    page.click("button:has-text('Compare')")
    page.wait_for_selector("#over")
    table = page.locator("section[aria-labelledby=over] table")
    countries = [name.strip() for name in table.locator("thead th").all_inner_texts()[1:]]
    assert sorted(countries) == ["Utania", "Valmoria", "Welkara"], countries
    shown = {}
    for row in table.locator("tbody tr").all():
        year = int(row.locator("th").inner_text())
        for country, cell in zip(countries, row.locator("td").all_inner_texts(), strict=True):
            shown[country, year] = re.sub(r"\s*(– why\?|e$)", "", cell).strip()
    sound(page, scripts)
    told = list(csv.DictReader(StringIO(downloaded(page, "a[download]:has-text('table (CSV)')").decode())))
    written = {(row["country_name"], int(row["year"])): f"{float(row['value']):.1f}%" for row in told if row["series"] == "SI_COV_PENSN"}
    assert written
    assert written == shown


@pytest.mark.parametrize("who", ["owner", "manager"])
def test_every_page_of_a_round_is_accessible_and_fits_a_phone(visit, who):
    inquiry = inquiries.asked()
    inquiries.bring(inquiry, inquiries.as_zip({**inquiries.SHEETS, "recipients": inquiries.BROKEN, "people": [["x"], ["1"]]}))
    at = f"/coverage/work/inquiries/{inquiry.pk}/"
    addresses = ["/coverage/work/", f"/coverage/work/rounds/{inquiry.round_id}/", at, f"{at}?show=all", f"{at}sheets/recipients/",
                 f"{at}compare/", *([f"{at}bring/"] if who == "owner" else ["/coverage/work/rounds/new/"])]
    page, wrong = signed(visit, who), []
    for address in addresses:
        page.goto(address)
        for size, scheme in ((DESK, "light"), (PHONE, "dark")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            wrong += violations(page)
            if not fits(page):
                wrong.append(f"{address} has to be scrolled sideways")
    assert not wrong, "\n".join(wrong)
