"""Pages of schemes: every error beside its line, what was typed is kept, versions compared, nothing runs."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from socle_web.schemes import actions
from socle_web.schemes.actions.drafting import Typed
from socle_web.schemes.models import Version
from tests.people import person
from tests.schemes import bring
from tests.unit.web_schemes.texts import BROKEN, CASES, GRANT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


def signed(client, who="owner"):
    client.force_login(person(who), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def brought(client, **sent):
    return client.post("/schemes/work/new/", {"country": "KEN", "kind": "scheme", **sent})


def test_a_broken_file_shows_every_error_beside_its_line(client):
    answer = brought(signed(client), file=SimpleUploadedFile("scheme.toml", BROKEN.encode()))
    page = client.get(answer.headers["Location"]).content.decode()
    lines = re.findall(r'<li id="line-(\d+)" class="wrong"><code>(.*?)</code><p class="finding">(.*?)</p>', page, re.DOTALL)
    assert [(number, code) for number, code, _said in lines] == [
        ("4", "branch = &quot;famly&quot;"), ("20", "rule = &quot;aje &lt; 5&quot;"), ("27", "amount = &quot;much&quot;")]
    assert "Did you mean family?" in lines[0][2]
    assert re.findall(r'href="#line-(\d+)"', page) == ["4", "20", "27"]


def test_pasted_text_is_kept_as_it_was_typed_even_with_other_ends_of_lines(client):
    brought(signed(client), text=GRANT.replace("\n", "\r\n"), cases=CASES)
    version = Version.objects.get()
    assert (version.text, version.cases) == (GRANT, CASES)


def test_what_was_typed_is_there_again_when_it_is_refused(client):
    answer = brought(signed(client), text=GRANT, country="NPL")
    assert answer.status_code == 422
    assert "test-child-grant" in answer.content.decode()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00nonsense", b"x" * 1_000_001, b"", b"a\x00b"])
def test_a_file_that_is_no_text_is_refused_and_said_so(client, content):
    answer = brought(signed(client), file=SimpleUploadedFile("scheme.toml", content))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Version.objects.exists()


def test_two_people_who_edit_see_both_texts(client):
    version = actions.enter(Typed(GRANT), country="KEN", by=person("owner"))
    actions.save(version, Typed(GRANT.replace("1000", "1100")), saves=1, by=person("colleague"))
    answer = signed(client).post(f"/schemes/work/{version.pk}/edit/", {"saves": "1", "text": GRANT.replace("1000", "1200")})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<del>amount = 1100</del>" in page
    assert "<ins>amount = 1200</ins>" in page
    again = client.post(f"/schemes/work/{version.pk}/edit/", {"saves": re.search(r'name="saves" value="(\d+)"', page)[1],
                                                              "text": GRANT.replace("1000", "1200")})
    assert again.status_code == 302
    assert "amount = 1200" in Version.objects.get().text


def test_a_worked_case_that_does_not_hold_is_shown_and_stops_the_submission(client):
    version = actions.enter(Typed(GRANT, CASES.replace("amount = 1000", "amount = 900")), country="KEN", by=person("owner"))
    page = signed(client).get(f"/schemes/work/{version.pk}/").content.decode()
    assert "does not hold" in page
    client.post(f"/schemes/work/{version.pk}/do/", {"deed": "submit"})
    version.refresh_from_db()
    assert version.state == "draft"


def test_the_page_of_a_scheme_says_law_benefit_sources_cases_and_digest(client):
    bring()
    page = client.get("/schemes/KEN/test-child-grant/").content.decode()
    for said in ("An act of a test", "age &lt; 5", "KES 1,250 a month", "A test, page 3", "A child of three", "holds", "5% of the benefits paid",
                 Version.objects.get(key="test-child-grant", number=2).digest, "from the catalogue"):
        assert said in page, said


def test_the_page_says_a_rule_in_words_first_and_its_text_beside_it(client):
    bring()
    page = client.get("/schemes/KEN/test-child-grant/").content.decode()
    assert page.index("<p>Under 5.</p>") < page.index("<code>age &lt; 5</code>")


def test_versions_are_compared_by_meaning_and_by_line(client):
    bring()
    page = client.get("/schemes/KEN/test-child-grant/1/to/2/").content.decode()
    assert "<del>KES 1,000 a month" in page
    assert "<ins>KES 1,250 a month" in page
    assert "<del>amount = 1000</del>" in page


def test_a_file_is_downloaded_as_it_is(client):
    bring()
    answer = client.get("/schemes/KEN/test-child-grant/1/scheme.toml")
    assert answer.content.decode() == GRANT
    assert answer.headers["Content-Disposition"] == 'attachment; filename="test-child-grant.toml"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nothing_of_a_file_runs_in_a_page(client):
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    text = GRANT.replace("An act of a test", evil.replace('"', "'")).replace("A test, page 3", "A <b>test</b>")
    version = actions.enter(Typed(text, note=evil), country="KEN", by=person("owner"))
    page = signed(client).get(f"/schemes/work/{version.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>test" not in page


@pytest.mark.parametrize("who", ["owner", "colleague", "verifier", "manager"])
def test_those_who_act_for_the_country_see_the_draft(client, who):
    version = actions.enter(Typed(GRANT), country="KEN", by=person("owner"))
    assert signed(client, who).get(f"/schemes/work/{version.pk}/").status_code == 200
    assert str(version.pk) in client.get("/schemes/work/").content.decode()


def test_a_stranger_sees_nothing_of_a_draft(client):
    version = actions.enter(Typed(GRANT), country="KEN", by=person("owner"))
    signed(client, "stranger")
    for address in ("", "edit/", "file.toml"):
        assert client.get(f"/schemes/work/{version.pk}/{address}").status_code == 404
    assert "Child grant" not in client.get("/schemes/work/").content.decode()
    assert client.post(f"/schemes/work/{version.pk}/do/", {"deed": "submit"}).status_code == 404
