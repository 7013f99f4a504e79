"""What the pages of a country, a partner, an impact and an evaluation say."""

from __future__ import annotations

import re


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def section(page: str, name: str) -> str:
    return text(re.search(rf'<section aria-labelledby="{name}">.*?</section>', page, re.DOTALL)[0])


def test_a_country_says_what_changed_what_it_means_and_what_is_planned(read):
    page = read("/countries/KEN/")
    assert "2022 A law" in section(page, "changes")
    assert "A plan &lt;script&gt;" in page
    assert "A grant Legal coverage Old age 77 – why? persons (increase, 2024)" in section(page, "impacts")
    assert page.count('class="chart chart-history"') == 2
    planned = section(page, "planned")
    assert "A promise" in planned
    assert "2098 A grant Legal coverage Expected: 9,000" in planned
    assert "Expected: 700 – why?" in planned
    assert "Potential: 50 – why?" in planned
    assert "A project" in planned
    assert "C102 Ratified not reported" in section(page, "ratifications")
    assert "37,500" in section(page, "left-out")
    assert "Agency" in section(page, "partners")


def test_a_project_that_has_ended_is_not_running(read):
    page = read("/countries/NPL/")
    assert "Another" in section(page, "projects")
    assert 'id="planned"' not in page


def test_a_country_of_which_nothing_is_known_says_so(read):
    assert "Nothing is recorded for this country" in read("/countries/FRA/")


def test_a_partner_sees_what_its_money_contributed_to(read):
    page = read("/partners/A/")
    assert "USD 1,234,567.50" in section(page, "funding").replace("\xa0", " ")
    contributed = section(page, "contributed")
    assert "A law" in contributed
    assert "A project ( 40%" in contributed
    assert "A grant" in contributed


def test_a_partner_without_an_amount_has_not_paid_nothing(read):
    funding = section(read("/partners/B/"), "funding")
    assert "not reported Committed" in funding
    assert "Took part" in text(read("/partners/B/"))


def test_what_was_corrected_stays_with_the_reason(read):
    page = read("/impacts/I1/")
    assert "<s>99 – why? </s>" in re.sub(r"</?(a|span)[^>]*>", "", page).replace("why?", "why? ")
    assert "superseded counted twice" in text(page)


def test_an_impact_says_in_which_total_it_counts(read):
    assert "Counted in: Kenya , Second phase, 2021–2025 , legal coverage, old age – 4,398" in text(read("/impacts/I1/"))
    assert "Counted in:" not in read("/impacts/I3/")


def test_only_actions_with_a_due_date_can_be_overdue(read):
    page = read("/evaluation/")
    overdue = section(page, "overdue")
    assert "A late one" in overdue
    assert "An undated one" not in overdue
    assert "A done one" not in overdue
    assert "Management response: not reported" in text(page)


def test_the_team_is_headquarters_and_field_until_posts_have_countries(read):
    page = read("/team/")
    assert "duty countries are not reported" in page
    assert "Headquarters 27" in text(page)
    assert 'class="map"' not in page


def test_posts_with_a_country_are_on_a_map(read):
    from socle_web.results import actions
    from tests.spec import books

    actions.load(books.parsed(staff=[{"post": "KE", "place": "field", "country": "KEN", "posts": "3"}]), by="a tester", source="more")
    assert re.search(r'href="/countries/KEN/" aria-label="Kenya: 3 posts"', read("/team/"))


def test_the_map_names_every_country_and_what_is_known_of_it(read):
    page = read("/")
    assert re.search(r'href="/countries/KEN/" aria-label="Kenya: 1 change"', page)
    assert re.search(r'href="/countries/FRA/" aria-label="France"', page)
    assert len(re.findall(r'<a class="c\d+ r\d+', page)) > 230


def test_a_published_figure_stands_beside_the_computed_one(read):
    page = text(read("/reconciliation/"))
    assert "Equal: 1 – why? · Differs: 1 – why?" in page
    assert "5,000 – why? 4,398 – why? -602 – why? Differs" in page
