"""The register of policy measures: entered, verified by somebody else, published; found, counted and downloaded."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.coverage import measure_queries as queries
from socle_web.coverage.actions import measures as actions
from socle_web.coverage.models import Measure
from tests.measures import MEASURE
from tests.people import person

pytestmark = pytest.mark.django_db

CUT = replace(MEASURE, announced_on="2023", title="Retirement at 67", scheme_type="contributory", direction="contraction",
              kind="parametric", measure_type="raise_retirement_age")


def published(typed=MEASURE, by="owner"):
    measure = actions.enter_measure(typed, by=person(by))
    actions.verify_measure(measure, by=person("verifier"))
    return actions.publish_measure(measure, by=person("manager"))


def signed(client, who):
    client.force_login(person(who), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_measure_is_public_after_two_others_have_seen_it(client):
    measure = actions.enter_measure(MEASURE, by=person("owner"))
    assert client.get(f"/coverage/measures/{measure.pk}/").status_code == 404
    actions.verify_measure(measure, by=person("verifier"))
    assert client.get(f"/coverage/measures/{measure.pk}/").status_code == 404
    actions.publish_measure(measure, by=person("manager"))
    page = client.get(f"/coverage/measures/{measure.pk}/").content.decode()
    assert "A pension for all above 70" in page
    assert "A test, page 9" in page
    deeds = list(Event.objects.order_by("id").values_list("deed", flat=True))
    assert deeds[-3:] == ["enter_measure", "verify_measure", "publish_measure"]


def test_who_typed_a_measure_never_verifies_it():
    measure = actions.enter_measure(MEASURE, by=person("manager"))
    with pytest.raises(Refused, match="typed"):
        actions.verify_measure(measure, by=person("manager"))
    with pytest.raises(IntegrityError, match="four_eyes_on_a_measure"), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(state="verified", verified_by="manager")


def test_a_published_measure_is_never_changed_not_even_by_a_statement():
    measure = published()
    with pytest.raises(Refused):
        actions.save_measure(measure, CUT, saves=1, by=person("owner"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(title="Another title")
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).delete()


def test_what_is_withdrawn_leaves_the_register_and_says_why(client):
    measure = published()
    with pytest.raises(Refused, match="reason"):
        actions.withdraw_measure(measure, by=person("manager"), reason=" ")
    actions.withdraw_measure(measure, by=person("manager"), reason="Announced twice.")
    assert client.get(f"/coverage/measures/{measure.pk}/").status_code == 404
    assert "Announced twice." in signed(client, "owner").get(f"/coverage/work/measures/{measure.pk}/").content.decode()


def test_a_stranger_sees_nothing_of_what_is_on_its_way(client):
    measure = actions.enter_measure(MEASURE, by=person("owner"))
    for who, status in (("owner", 200), ("colleague", 200), ("verifier", 200), ("stranger", 404)):
        assert signed(client, who).get(f"/coverage/work/measures/{measure.pk}/").status_code == status, who
        assert (MEASURE.title in client.get("/coverage/work/measures/").content.decode()) == (status == 200), who
    assert signed(client, "reader").get(f"/coverage/work/measures/{measure.pk}/").status_code == 403
    assert signed(client, "stranger").post(f"/coverage/work/measures/{measure.pk}/do/", {"deed": "withdraw", "reason": "x"}).status_code == 404
    with pytest.raises(Refused, match="act for"):
        actions.enter_measure(MEASURE, by=person("stranger"))


def test_a_type_belongs_to_its_direction():
    with pytest.raises(Refused, match="direction"):
        actions.enter_measure(replace(MEASURE, direction="contraction"), by=person("owner"))
    measure = actions.enter_measure(MEASURE, by=person("owner"))
    with pytest.raises(IntegrityError, match="direction"), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(direction="contraction")


def test_two_who_save_the_same_measure_both_see_both(client):
    measure = actions.enter_measure(MEASURE, by=person("owner"))
    actions.save_measure(measure, replace(MEASURE, title="Theirs"), saves=1, by=person("colleague"))
    with pytest.raises(actions.StaleMeasure):
        actions.save_measure(measure, replace(MEASURE, title="Mine"), saves=1, by=person("owner"))
    answer = signed(client, "owner").post(f"/coverage/work/measures/{measure.pk}/edit/", {
        **{name: getattr(MEASURE, name) for name in actions.Announced.__dataclass_fields__}, "title": "Mine", "saves": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page


def test_measures_are_counted_by_any_dimension_and_by_two():
    published()
    published(CUT)
    published(replace(CUT, country="MWI", title="Benefits cut", measure_type="reduce_benefits"), by="focal")
    found = queries.found(queries.Asked())
    for by in queries.COUNTED_BY:
        assert queries.counted(found, by=by).total == 3, by
    table = queries.counted(found, by="country", beside="direction")
    assert [code for code, _ in table.across] == ["expansion", "contraction"]
    assert {row.value: row.counts for row in table.rows} == {"KEN": (1, 1), "MWI": (0, 1)}
    assert [row.value for row in queries.counted(found, by="year").rows] == ["2023", "2024"]
    assert queries.counted(queries.found(queries.Asked(words="retirement 67")), by="region").total == 1
    assert queries.counted(queries.found(queries.Asked(codes={"direction": "contraction"}, first=2024)), by="kind").total == 0


def test_the_page_asks_as_many_questions_for_two_measures_as_for_forty(client, django_assert_num_queries):
    published()
    published(CUT)

    def asked():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/coverage/measures/?by=country&beside=direction").status_code == 200
        return len(seen)
    few = asked()
    for n in range(38):
        published(replace(CUT, title=f"Measure {n}"))
    assert asked() == few


def test_the_file_that_is_downloaded_can_be_brought_back(client):
    published(replace(MEASURE, title="=1+1", summary="A comma, and a “quote”"))
    text = client.get("/coverage/measures/measures.csv").content.decode()
    row = next(csv.DictReader(io.StringIO(text)))
    assert row["title"] == "'=1+1"
    answer = signed(client, "owner").post("/coverage/work/measures/bring/", {"file": SimpleUploadedFile("measures.csv", text.encode())})
    assert answer.status_code == 302, answer.content.decode()
    again = Measure.objects.get(state="entered")
    assert (again.title, again.summary, again.entered_by) == ("=1+1", "A comma, and a “quote”", "owner")
    counts = client.get("/coverage/measures/counts.csv?by=country&beside=kind").content.decode()
    assert counts == "country,structural,measures\nKEN,1,1\n"


def test_a_broken_file_says_all_that_is_wrong_and_nothing_is_taken(client):
    text = ("measure,country,announced_on,title,scheme_type,component,function,direction,kind,measure_type,source\n"
            "m1,Nowhereland,2024,One,contributory,old_age,pensions,expansion,parametric,raise_benefits,A test\n"
            "m2,KEN,30/06/2024,Two,contributory,old_age,pensions,expansion,parametric,raise_benefits,A test\n"
            "m3,KEN,2024,Three,contributory,old_age,pensions,expansion,parametric,raise_retirement_age,A test\n"
            "m4,KEN,2024,,contributory,old_age,pensions,expansion,parametric,raise_benefits,\n")
    answer = signed(client, "owner").post("/coverage/work/measures/bring/", {"file": SimpleUploadedFile("measures.csv", text.encode())})
    page = answer.content.decode()
    assert answer.status_code == 422
    for part in ("row 2, column country", "row 3, column announced_on", "row 4, column measure_type", "row 5, column title",
                 "row 5, column source"):
        assert part in page, part
    assert not Measure.objects.exists()


def test_a_file_with_a_country_of_somebody_else_is_refused_whole(client):
    text = ("measure,country,announced_on,title,scheme_type,component,function,direction,kind,measure_type,source\n"
            "m1,KEN,2024,One,contributory,old_age,pensions,expansion,parametric,raise_benefits,A test\n"
            "m2,NPL,2024,Two,contributory,old_age,pensions,expansion,parametric,raise_benefits,A test\n")
    answer = signed(client, "owner").post("/coverage/work/measures/bring/", {"file": SimpleUploadedFile("m.csv", text.encode())})
    assert answer.status_code == 422
    assert not Measure.objects.exists()


@pytest.mark.parametrize("asked", ["by=nonsense", "first=abc", "first=2025&last=2020", "country=XXX", "page=99999", "q=" + "x" * 500])
def test_a_question_that_makes_no_sense_is_told_and_breaks_nothing(client, asked):
    assert client.get(f"/coverage/measures/?{asked}").status_code == 200


def test_an_address_that_would_run_is_refused(client):
    sent = {name: getattr(MEASURE, name) for name in actions.Announced.__dataclass_fields__} | {"url": "javascript:alert(1)"}
    assert signed(client, "owner").post("/coverage/work/measures/new/", sent).status_code == 422
    assert not Measure.objects.exists()


def test_the_register_says_what_it_is_counted_by_before_anybody_asks_and_that_it_is_empty(client):
    empty = client.get("/coverage/measures/").content.decode()
    assert "No measure is published yet." in empty
    assert 'id="found"' not in empty
    published()
    told = client.get("/coverage/measures/").content.decode()
    assert '<option value="direction" selected>' in told
    assert 'id="found"' in told
    assert "No published measure has all of these." in client.get("/coverage/measures/?q=nowhere").content.decode()
