"""Scenarios: kept with the files as they were, seen by colleagues, shared with everybody, never changed."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction

from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.schemes import actions
from socle_web.schemes.actions.drafting import Typed
from socle_web.schemes.actions.loading import Brought
from socle_web.schemes.models import Kind, Scenario, Version
from tests.people import person
from tests.schemes import KEY, bring
from tests.unit.web_schemes.texts import GRANT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(db):
    cache.clear()
    bring()


def signed(client, who):
    client.force_login(person(who), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def keep(client, name="Child grant to age 8", **levers):
    version = Version.objects.get(key="test-child-grant", number=2)
    sent = {"country": "KEN", "s": version.pk, "start": 2025, "end": 2030, f"{version.pk}.last": 7, **levers}
    response = client.post("/schemes/work/keep/?" + "&".join(f"{key}={value}" for key, value in sent.items()), {"name": name})
    assert response.status_code == 302, response.content.decode()
    return Scenario.objects.exclude(key=KEY).latest("id")


def test_a_scenario_is_kept_with_its_author_and_the_files_as_they_were(client):
    scenario = keep(signed(client, "owner"))
    (part,) = scenario.parts.all()
    assert (scenario.author, scenario.is_shared, part.text) == ("owner", False, GRANT.replace("1000", "1250"))
    assert scenario.parameters["start"] == ["2025"]
    assert scenario.parameters["economy"] == ["none"]
    page = client.get(f"/schemes/scenarios/{scenario.key}/")
    assert "Child grant to age 8" in page.content.decode()
    assert page.context["asked"].chosen[0].moved.last_age == 7
    assert Event.objects.latest("id").deed == "save_scenario"


def test_a_scenario_is_never_changed(client):
    scenario = keep(signed(client, "owner"))
    for change in ({"name": "Other"}, {"parameters": {}}, {"author": "colleague"}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Scenario.objects.filter(pk=scenario.pk).update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        scenario.parts.update(text="x")


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("colleague", 200), ("stranger", 404), ("reader", 404), ("administrator", 404),
                                             ("manager", 200)])
def test_what_is_not_shared_is_seen_by_colleagues_only(client, who, status):
    scenario = keep(signed(client, "owner"))
    signed(client, who)
    assert client.get(f"/schemes/scenarios/{scenario.key}/").status_code == status
    assert (scenario.name in client.get(f"/schemes/scenarios/?c={scenario.key}").content.decode().partition("Choose scenarios")[0]) == (status == 200)


def test_what_is_shared_stands_on_the_page_of_its_country(client):
    scenario = keep(signed(client, "owner"), name="A grant for more children")
    client.logout()
    before = client.get("/countries/KEN/")
    assert "A grant for more children" not in before.content.decode()
    actions.share_scenario(scenario, by=person("colleague"))
    assert client.get(f"/schemes/scenarios/{scenario.key}/").status_code == 200
    after = client.get("/countries/KEN/", headers={"if-none-match": before.headers["ETag"]})
    assert after.status_code == 200
    assert "A grant for more children" in after.content.decode()
    actions.take_back_scenario(scenario, by=person("owner"))
    assert "A grant for more children" not in client.get("/countries/KEN/").content.decode()
    assert client.get(f"/schemes/scenarios/{scenario.key}/").status_code == 404


def test_a_scenario_of_a_draft_is_kept_as_it_was_and_not_shared(client):
    owner = person("owner")
    draft = actions.enter(Typed(GRANT.replace("test-child-grant", "draft-grant")), country="KEN", by=owner)
    scenario = actions.save_scenario("Of a draft", country="KEN", versions=[draft], by=owner,
                                     parameters={"country": ["KEN"], "s": [str(draft.pk)], "start": ["2025"], "end": ["2030"]})
    actions.save(draft, Typed(draft.text.replace("1000", "9000")), saves=1, by=owner)
    page = signed(client, "owner").get(f"/schemes/scenarios/{scenario.key}/")
    assert page.context["asked"].chosen[0].scheme.benefits[0].amount == 1000
    with pytest.raises(Refused, match="draft"):
        actions.share_scenario(scenario, by=owner)


def test_five_scenarios_fit_side_by_side(client):
    signed(client, "owner")
    kept = [keep(client, f"To age {age}") for age in range(6)]
    answer = client.get("/schemes/scenarios/?" + "&".join(f"c={one.key}" for one in kept))
    compared = answer.context["compared"]
    assert [one.name for one in compared.scenarios] == [f"To age {age}" for age in range(5)]
    assert answer.context["too_many"]
    assert len(compared.drawings) == 2


def test_the_figures_are_a_workbook_and_a_document(client):
    scenario = keep(signed(client, "owner"))
    for address in (f"/schemes/scenarios/{scenario.key}/costing.{{}}", f"/schemes/scenarios/costing.{{}}?c={scenario.key}&c={KEY}",
                    "/schemes/studio/costing.{}?country=KEN&s=test-child-grant&start=2025&end=2030"):
        for form, begins in (("xlsx", b"PK"), ("docx", b"PK")):
            answer = client.get(address.format(form))
            assert (answer.status_code, answer.content[:2]) == (200, begins), address
            assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
        assert client.get(address.format("pdf2")).status_code == 404
    client.logout()
    assert client.get(f"/schemes/scenarios/{scenario.key}/costing.xlsx").status_code == 404


def test_nobody_without_a_role_keeps_or_shares(client):
    version = Version.objects.get(key="test-child-grant", number=2)
    with pytest.raises(Refused):
        actions.save_scenario("x", country="KEN", versions=[version], parameters={}, by=person("reader"))
    scenario = keep(signed(client, "stranger"))
    with pytest.raises(Refused):
        actions.share_scenario(scenario, by=person("stranger"))
    with pytest.raises(Refused, match="name"):
        actions.save_scenario(" ", country="KEN", versions=[version], parameters={}, by=person("owner"))


def test_a_scenario_whose_scheme_has_a_newer_version_says_so_and_keeps_its_figures(client):
    address = f"/schemes/scenarios/{KEY}/"
    before = client.get(address)
    assert "is published by now" not in before.content.decode()
    newer = Brought("grant/scheme.toml", GRANT.replace("1000", "1500"))
    assert not actions.load([newer], by="a test", source="tests").refused
    after = client.get(address)
    assert "Version 3 is published by now" in after.content.decode()
    assert 'href="/schemes/KEN/test-child-grant/2/to/3/"' in after.content.decode()
    assert list(after.context["outcome"].projection.lines[0].total) == list(before.context["outcome"].projection.lines[0].total)


def test_the_page_of_a_country_folds_out_its_economy_with_source_and_vintage(client):
    assert "The economy that is reckoned with" not in client.get("/countries/KEN/").content.decode()
    text = """country = "KEN"
currency = "KES"
source = "An office of a test, table 1"
vintage = "2025"

[gdp]
unit = "currency"
values = { 2023 = 15_000_000_000_000, 2024 = 16_000_000_000_000 }

[gdp_growth]
unit = "growth"
values = { 2024 = 0.052 }
"""
    outcome = actions.load([Brought("economy.toml", text, kind=Kind.ECONOMY, country="KEN")], by="a test", source="tests")
    assert not outcome.refused, outcome.findings
    page = client.get("/countries/KEN/").content.decode()
    for told in ("The economy that is reckoned with", "16,000,000,000,000", "(KES, 2024)", "5.20%", "An office of a test, table 1", "as of 2025"):
        assert told in page, told
