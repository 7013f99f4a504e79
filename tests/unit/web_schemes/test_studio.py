"""The studio: what is asked is bounded, what is answered is the engine's, and every figure can be asked why."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache

from socle import costing, datasets, schemes
from socle_web.schemes import actions
from socle_web.schemes.actions.drafting import Typed
from socle_web.schemes.actions.loading import Brought
from socle_web.schemes.models import Version
from tests.people import person
from tests.schemes import bring
from tests.unit.web_schemes.texts import BROKEN, GRANT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(db):
    cache.clear()
    bring()


def grant(number=2):
    return Version.objects.get(key="test-child-grant", number=number)


def pension():
    return Version.objects.get(key="test-pension")


def asked(client, *versions, **levers):
    return client.get("/schemes/studio/", {"country": "KEN", "s": [one.pk for one in versions], "start": 2025, "end": 2030, **levers})


def total(response, year=2025):
    outcome = response.context["outcome"]
    return next(line for line in outcome.projection.lines if line.scheme == "test-child-grant").total[outcome.projection.years.index(year)]


def test_the_answer_is_the_engines(client):
    own = costing.project([schemes.parse(grant().text).required()], datasets.read_population(None, country="KEN"), None, years=range(2025, 2031),
                          options=costing.Options(base_year=2025))
    assert list(asked(client, grant()).context["outcome"].projection.lines[0].total) == list(own.lines[0].total)


def test_moving_an_amount_moves_the_cost(client):
    once, twice = (total(asked(client, grant(), **({f"{grant().pk}.amount.grant": amount}))) for amount in ("1250", "2500"))
    assert twice == pytest.approx(2 * once)


def test_moving_an_age_moves_who_is_meant(client):
    few, many = (asked(client, grant(), **{f"{grant().pk}.last": age}).context["outcome"].projection.lines[0].target[0] for age in ("4", "7"))
    people = datasets.read_population(None, country="KEN").year(2025)
    assert (few, many) == (pytest.approx(people[:, :5].sum()), pytest.approx(people[:, :8].sum()))


def test_coverage_take_up_and_administration_are_moved(client):
    whole = total(asked(client, grant(), administration="0"))
    assert total(asked(client, grant(), administration="0", **{f"{grant().pk}.cover": "25"})) == pytest.approx(whole / 4)
    assert total(asked(client, grant(), administration="0", take_up="50")) == pytest.approx(whole / 2)
    assert total(asked(client, grant(), administration="10", administration_of="benefits")) == pytest.approx(whole * 1.1)
    assert total(asked(client, grant(), administration="10", administration_of="none")) == pytest.approx(whole)


@pytest.mark.parametrize(("name", "value"), [
    ("start", "1800"), ("end", "9999"), ("take_up", "101"), ("take_up", "many"), ("administration", "-1"), ("take_up", "nan"),
    ("take_up", "1e999"), ("end", "2001")])
def test_what_is_beyond_the_bounds_is_told_and_not_counted(client, name, value):
    response = asked(client, grant(), **{name: value})
    assert response.status_code == 200
    assert response.context["asked"].problems
    assert 'role="alert"' in response.content.decode()


def test_more_than_sixty_years_are_not_shown(client):
    assert asked(client, grant(), start="2025", end="2100").context["asked"].end == 2034


def test_a_draft_is_costed_by_those_who_work_on_it_and_exists_for_nobody_else(client):
    draft = actions.enter(Typed(GRANT.replace("test-child-grant", "draft-grant")), country="KEN", by=person("owner"))
    assert asked(client, draft).context["asked"] is None
    client.force_login(person("stranger"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert asked(client, draft).context["asked"] is None
    client.force_login(person("colleague"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert asked(client, draft).context["outcome"] is not None


def test_a_broken_draft_is_told_not_costed(client):
    client.force_login(person("owner"), backend="allauth.account.auth_backends.AuthenticationBackend")
    draft = actions.enter(Typed(BROKEN.replace("test-child-grant", "broken-grant")), country="KEN", by=person("owner"))
    assert "has errors and cannot be costed" in asked(client, draft).content.decode()


def test_a_version_that_was_published_once_can_still_be_asked(client):
    assert asked(client, grant(1)).context["asked"].chosen[0].version.number == 1


def test_without_an_economy_a_share_of_gdp_cannot_be_said_and_the_page_says_why(client):
    response = asked(client, grant())
    assert any(finding.code == "economy_missing" for finding in response.context["outcome"].warnings)
    assert "cannot be said" in response.content.decode()
    assert "% of GDP" not in response.context["outcome"].together.columns


def test_a_year_opens_the_multiplication_with_its_sources(client):
    page = asked(client, grant()).content.decode()
    why = re.search(r'href="(/schemes/studio/why/[^"]+year=2027)"', page)[1].replace("&amp;", "&")
    answer = client.get(why)
    explained = answer.context["explained"]
    product = 1.0
    for factor in explained.factors:
        product *= factor.value
    assert product == pytest.approx(explained.spending, rel=1e-9)
    assert "A test, page 3" in answer.content.decode()
    assert "World Population Prospects" in answer.content.decode()


def test_why_of_what_was_not_asked_is_not_found(client):
    for query in ("", "?country=KEN", f"?country=KEN&s={grant().pk}", f"?country=KEN&s={grant().pk}&of=nothing&year=2027",
                  f"?country=KEN&s={grant().pk}&start=2025&end=2030&of=test-child-grant&year=1999"):
        assert client.get(f"/schemes/studio/why/{query}").status_code == 404


def test_nobody_asks_for_costings_without_end(client, monkeypatch):
    monkeypatch.setattr("socle_web.schemes.views.door.MOST", 3)
    answers = [asked(client, grant()).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_the_address_says_only_what_differs_from_the_files(client):
    response = asked(client, grant(), **{f"{grant().pk}.last": "4", "take_up": "80", "prices": "current"})
    assert response.context["address"] == f"country=KEN&s={grant().pk}&start=2025&end=2030&take_up=80"


def test_what_is_typed_is_escaped(client):
    page = asked(client, grant(), take_up='"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in page


def test_no_page_asks_the_database_more_often_for_more_schemes(client, django_assert_max_num_queries):
    actions.load([actions.loading.Brought(f"{n}/scheme.toml", GRANT.replace("test-child-grant", f"grant-{n}")) for n in range(30)],
                 by="a test", source="many")
    versions = list(Version.objects.current()[:5])
    for address, most in (("/schemes/", 12), ("/countries/KEN/", 60), ("/schemes/scenarios/", 12)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)
    with django_assert_max_num_queries(14):
        asked(client, *versions)



def published(text, key):
    """A scheme of Kenya with another id."""
    name = text.replace("test-child-grant", key).replace('"Child grant"', f'"{key}"')
    outcome = actions.load([Brought(f"{key}/scheme.toml", name)], by="a test", source="tests")
    assert not outcome.refused, outcome.findings
    return Version.objects.get(key=key)


def levers(response):
    return {lever.name.partition(".")[2]: lever for lever in response.context["asked"].chosen[0].levers}


def test_what_a_formula_gives_is_moved_as_a_whole(client):
    version = published(GRANT.replace("amount = 1000", 'formula = "min(1000, 1200)"'), "formula-grant")
    assert levers(asked(client, version))["level.grant"].of_file == 100
    once, less = (asked(client, version, **sent).context["outcome"].projection.lines[0].spending[0]
                  for sent in ({}, {f"{version.pk}.level.grant": "80"}))
    assert less == pytest.approx(0.8 * once)


def test_a_scheme_with_contributions_says_that_their_rates_move_nothing(client):
    paid = GRANT + """
[[contribution]]
payer = "worker"
from = 2020-01-01
rate = 0.03
source = "A test, page 12"
"""
    assert "move nothing here" in asked(client, published(paid, "paid-grant")).content.decode()
    assert "move nothing here" not in asked(client, grant()).content.decode()


def test_a_ramp_that_began_before_the_first_year_is_the_coverage_in_force(client):
    step = '\n[[ramp]]\nyear = {}\ncoverage = {}\nsource = "A test, page 13"\n'
    version = published(GRANT + step.format(2020, 0.2) + step.format(2024, 0.4) + step.format(2028, 0.6), "ramped-grant")
    lever = levers(asked(client, version))["cover"]
    assert (lever.of_file, lever.shown) == (40, "40")
    assert "In the file: 40" in asked(client, version).content.decode()


def test_a_register_that_took_over_from_a_ramp_is_not_shown_as_a_share(client):
    counted = GRANT + """
[[ramp]]
year = 2020
coverage = 0.4
source = "A test, page 13"

[[ramp]]
year = 2023
beneficiaries = 100000
source = "A test, page 14"
"""
    assert levers(asked(client, published(counted, "counted-grant")))["cover"].of_file is None


@pytest.mark.parametrize(("language", "told"), [("fr", "365/12 jours"), ("es", "365/12 días")])
def test_the_length_of_a_month_is_told_in_the_readers_language(client, language, told):
    page = client.get(f"/{language}/schemes/studio/", {"country": "KEN", "s": grant().pk, "start": 2025, "end": 2030}).content.decode()
    assert told in page
    assert "365/12 days" not in page
