"""Editions: released whole or not at all, never changed, taken back with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.coverage import edition_bridge as bridge
from socle_web.coverage.actions import releasing
from socle_web.coverage.models import Edition, Line, Value
from tests.unit.web_coverage.editions import UN, Report, book, international, national, report

pytestmark = pytest.mark.django_db


def test_an_inquiry_is_released_with_the_rows_it_was_counted_from():
    edition = national()
    old = edition.values.get(series="SI_COV_PENSN")
    assert (old.value, old.numerator, old.denominator, old.year) == (Decimal("30"), 300, 1000, 2024)
    assert old.records == ["recipients:pension/2024/total/total/total/total", "denominators:XUT/2024/older_persons/total"]
    lines = {str(line): line.cells for line in edition.lines.all()}
    assert set(old.records) <= set(lines)
    assert lines[old.records[0]]["persons"] == "300"
    assert lines[old.records[0]]["reference_on"] == ""
    assert {(one.bound, one.value) for one in edition.values.filter(series="SI_COV_BENFTS")} == {("lower", 25), ("upper", 40)}


def test_a_release_is_one_event_that_says_the_digest():
    edition = national()
    event = Event.objects.get()
    assert (event.deed, event.subject_key, event.actor) == ("release_edition", edition.key, "tester")
    assert event.summary["digest"] == edition.digest
    assert event.summary["values"] == 3


def test_the_digest_is_of_the_figures_and_the_same_when_they_are_read_again():
    edition = national(value=100 / 3)
    assert bridge.digest_of(Value.objects.filter(edition=edition).order_by("-pk")) == edition.digest
    assert bridge.digest_of(bridge.of_report(report(100 / 3))) == edition.digest
    assert bridge.digest_of(bridge.of_report(report(33.3334))) != edition.digest


def test_an_edition_of_a_made_up_country_is_marked():
    assert national().made_up
    assert not national(country="KEN").made_up
    assert not international().made_up


def test_a_country_may_release_twice_on_a_day_and_each_edition_stays():
    first, second = national(), national(value=31.0)
    assert first.key == "xut-2025-03-01"
    assert second.key == "xut-2025-03-01-2"
    assert first.values.get(series="SI_COV_PENSN").value == 30


def test_figures_of_another_country_are_refused():
    with pytest.raises(Refused) as refused:
        releasing.release(report(country="XWE"), releasing.Announced("t", "s", date(2025, 1, 1)), country="XUT", book=book(), by="x")
    assert refused.value.code == "another_country"
    assert not Edition.objects.exists()


def test_a_figure_that_is_said_twice_is_refused_and_nothing_is_there():
    one = report().figures[0]
    twice = Report((one, replace(one, value=99.0)))
    with pytest.raises(Refused) as refused:
        releasing.release(twice, releasing.Announced("t", "s", date(2025, 1, 1)), country="XUT", book=book(), by="x")
    assert refused.value.code == "said_twice"
    assert "SI_COV_PENSN" in str(refused.value)
    assert not Edition.objects.exists()
    assert not Event.objects.exists()


def test_an_international_edition_keeps_digits_notes_and_what_is_missing():
    edition = international()
    kenya = edition.values.get(country="KEN", year=2015)
    assert (kenya.value, kenya.printed, kenya.nature) == (Decimal("10.5"), "10.50", "C")
    noted = edition.values.get(country="KEN", year=2020, sex="total", series="SI_COV_PENSN")
    assert noted.is_estimated
    assert noted.footnote == "A note."
    assert edition.values.get(country="ZWE").value == 0
    assert edition.values.get(country="MWI").value is None


def test_what_is_said_of_regions_is_not_in_the_edition_and_the_log_says_so():
    edition = international()
    assert edition.values.count() == 8
    assert Event.objects.get().summary["left_out"] == 1


def test_the_same_file_is_taken_once_and_other_figures_need_a_key_of_their_own():
    first = international()
    assert international() == first
    assert Event.objects.count() == 1
    with pytest.raises(Refused) as refused:
        international(text=UN.replace("84.0", "85.0"))
    assert refused.value.code == "key_taken"


def test_a_released_value_is_never_changed():
    edition = international()
    for change in ({"value": 1}, {"year": 1999}, {"nature": "G"}):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            Value.objects.filter(edition=edition).update(**change)
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(digest="x")
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        Line.objects.filter(edition=national()).update(cells={})


def test_an_edition_is_taken_back_with_a_reason_once():
    edition = international()
    with pytest.raises(Refused):
        releasing.take_back(edition, by="tester", reason=" ")
    releasing.take_back(edition, by="tester", reason="The wrong file.")
    assert not Edition.objects.public().exists()
    assert Value.objects.exists()
    assert Event.objects.filter(deed="take_back_edition", reason="The wrong file.").exists()
    with pytest.raises(Refused):
        releasing.take_back(edition, by="tester", reason="Again.")


def test_the_latest_national_edition_of_each_country_is_the_one_released_last():
    early, late = national(released_on=date(2024, 3, 1)), national(released_on=date(2025, 3, 1))
    other = national(country="KEN", released_on=date(2023, 1, 1))
    assert set(Edition.objects.latest_national()) == {late, other}
    releasing.take_back(late, by="tester", reason="Wrong.")
    assert set(Edition.objects.latest_national()) == {early, other}
