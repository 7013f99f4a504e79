"""The database has a place for every sheet and column of the exchange form, and for nothing that would be a stored total."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from socle import vocabulary
from socle.tables import PROGRAMME, Kind
from socle_web.places.models import Country
from socle_web.results.bridge.shape import shape
from socle_web.results.models import BY_SHEET, Stated

FLOORS = ("audit", "accounts", "places", "results", "desk", "api")
FIELD = {
    Kind.KEY: models.TextField, Kind.TEXT: models.TextField, Kind.PERIOD: models.DateField, Kind.CODE: models.CharField,
    Kind.CODES: models.TextField, Kind.COUNTRY: models.ForeignKey, Kind.REFERENCE: models.ForeignKey,
    Kind.COUNTRIES: models.ManyToManyField, Kind.REFERENCES: models.ManyToManyField, Kind.WHOLE: models.BigIntegerField,
    Kind.SHARE: models.FloatField, Kind.CURRENCY: models.CharField,
}


def test_there_is_a_model_for_every_sheet_in_the_order_of_the_form():
    assert set(BY_SHEET) == {sheet.name for sheet in PROGRAMME}
    assert all(model.sheet == name for name, model in BY_SHEET.items())


@pytest.mark.parametrize("sheet", list(PROGRAMME), ids=lambda sheet: sheet.name)
def test_every_column_has_a_place_of_its_kind(sheet):
    form = shape(sheet.name)
    placed = {kept.column.name for kept in form.kept} | {link.column.name for link in form.links}
    assert placed | ({sheet.key[0]} if len(sheet.key) == 1 else set()) == set(sheet.names)
    for kept in form.kept:
        field = form.model._meta.get_field(kept.names[0].removesuffix("_id"))
        expected = FIELD.get(kept.column.kind)
        assert expected is None or isinstance(field, expected), (kept.column.name, field)


@pytest.mark.parametrize("sheet", list(PROGRAMME), ids=lambda sheet: sheet.name)
def test_a_model_keeps_nothing_the_form_does_not_have(sheet):
    form = shape(sheet.name)
    own = {"id", "key", "origin", "entered_by", "verified_by", "identity"} | {name for kept in form.kept for name in kept.names}
    assert {field.column for field in form.model._meta.fields} <= own


def test_what_may_be_stated_twice_is_told_apart():
    assert {s.name for s in PROGRAMME if s.identity != s.key} == {
        name for name, model in BY_SHEET.items() if issubclass(model, Stated)}


def test_foreign_keys_point_down_the_floors():
    for model in apps.get_models():
        if model._meta.app_label not in FLOORS:
            continue
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model._meta.app_label in FLOORS:
                there = FLOORS.index(field.related_model._meta.app_label)
                assert there <= FLOORS.index(model._meta.app_label), field


def test_the_log_refers_to_nothing_by_key():
    assert not [f for f in apps.get_model("audit", "Event")._meta.get_fields() if f.is_relation]


@pytest.mark.django_db
def test_every_country_of_the_vocabulary_has_a_row():
    listed = [*vocabulary.COUNTRIES.values(), *vocabulary.made_up_countries()]
    assert dict(Country.objects.values_list("alpha3", "region")) == {c.alpha3: c.region or "" for c in listed}


@pytest.mark.django_db
def test_a_country_is_named_in_the_readers_language():
    chad = Country.objects.get(pk="TCD")
    with vocabulary.speaking("fr"):
        assert (chad.name, chad.region_name) == ("Tchad", "Afrique")


@pytest.mark.django_db
def test_the_triggers_are_there():
    question = {"sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
                "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        assert {name for (name,) in cursor.fetchall()} == {
            "an_event_is_never_changed", "an_event_is_never_deleted", "an_attachment_is_never_changed",
            "an_attachment_is_never_deleted", "an_observation_is_superseded_never_changed",
            "an_observation_is_never_removed", "a_correction_is_of_the_same_impact", "a_published_version_is_never_changed",
            "a_scenario_is_never_changed", "a_part_of_a_scenario_is_never_changed",
            "an_edition_is_never_changed", "a_released_value_is_never_changed", "a_line_of_an_edition_is_never_changed",
            "a_published_measure_is_never_changed", "a_published_measure_is_never_deleted",
            "a_locked_inquiry_is_never_changed", "a_locked_inquiry_is_never_opened_again", "a_locked_inquiry_is_never_deleted",
            "nothing_is_delivered_to_a_locked_inquiry", "a_delivery_is_taken_over_once_and_never_changed",
            "no_sheet_is_added_to_a_locked_inquiry", "a_sheet_is_never_changed", "no_sheet_of_a_locked_inquiry_is_deleted",
            "no_thread_is_opened_in_a_locked_inquiry", "no_thread_of_a_locked_inquiry_is_changed", "a_remark_is_never_changed"}
