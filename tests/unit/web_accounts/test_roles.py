"""What each role may do, and where."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.accounts.roles import DEEDS, ROLES
from socle_web.places.models import Mandate
from socle_web.places.permissions import acts_for, countries_of

FACTS = {"enter", "submit", "withdraw", "import", "attach", "verify", "return", "adopt", "publish", "lock", "unlock"}
ACCESS = {"invite", "give_role", "give_mandate", "give_token"}


def person(role, name="person", **more):
    return User(username=name, role=role, **more)


def test_the_roles_stand_in_the_order_of_what_they_answer_for():
    assert list(ROLES) == ["reader", "contributor", "focal_point", "verifier", "programme_manager", "administrator"]
    assert all(code == role.code and role.says and role.may <= DEEDS for code, role in ROLES.items())


def test_a_reader_may_do_nothing():
    assert not any(may(person("reader"), deed) for deed in DEEDS)


def test_every_deed_is_somebodys():
    assert set().union(*(role.may for role in ROLES.values())) == DEEDS


def test_a_verifier_does_not_publish_and_types_nothing():
    assert not {"publish", "enter", "submit", "import"} & ROLES["verifier"].may


def test_who_gives_access_touches_no_record_and_who_touches_records_gives_no_access():
    assert not FACTS & ROLES["administrator"].may
    assert not any(ACCESS & role.may for code, role in ROLES.items() if code != "administrator")


def test_a_focal_point_does_what_a_contributor_does_and_more():
    assert ROLES["contributor"].may < ROLES["focal_point"].may


def test_an_account_that_was_closed_and_a_visitor_may_do_nothing():
    closed = person("programme_manager", is_active=False)
    assert not any(may(who, deed) for deed in DEEDS for who in (closed, AnonymousUser()))


def test_an_unknown_deed_is_a_defect():
    with pytest.raises(ValueError, match="fly"):
        may(person("reader"), "fly")


@pytest.mark.django_db
def test_the_owner_acts_for_the_country_and_the_stranger_does_not():
    owner, colleague, stranger = (User.objects.create(username=name, role="contributor") for name in ("owner", "colleague", "stranger"))
    for user, countries in ((owner, ("KHM", "TGO")), (colleague, ("KHM",)), (stranger, ("PER",))):
        for country in countries:
            Mandate.objects.create(user=user, country_id=country, given_by="admin")
    assert [acts_for(user, "KHM") for user in (owner, colleague, stranger)] == [True, True, False]
    assert [acts_for(user, "TGO") for user in (owner, colleague, stranger)] == [True, False, False]
    assert countries_of(owner) == {"KHM", "TGO"}
    assert not acts_for(owner, None)
    assert owner.has_perm("places.act_for", "KHM")
    assert not stranger.has_perm("places.act_for", "KHM")


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "countries"), [
    ("reader", set()), ("administrator", set()), ("verifier", None), ("programme_manager", None), ("focal_point", {"KHM"})])
def test_a_mandate_counts_for_roles_that_are_bound_to_countries(role, countries):
    user = User.objects.create(username="x", role=role)
    Mandate.objects.create(user=user, country_id="KHM", given_by="admin")
    assert countries_of(user) == countries
    user.is_active = False
    assert countries_of(user) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("values", [
    {"role": "king"}, {"is_superuser": True}, {"is_client": True, "role": "administrator"}], ids=str)
def test_the_database_refuses_who_is_above_the_roles(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="x", **values)


@pytest.mark.django_db
def test_one_address_has_one_account_whatever_its_case():
    User.objects.create(username="a", email="a@example.org")
    User.objects.create(username="c")
    User.objects.create(username="d")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="b", email="A@example.org")


@pytest.mark.django_db
def test_permissions_can_be_asked_of_the_person():
    assert User.objects.create(username="a", role="administrator").has_perm("audit.view_event")
    assert not User.objects.create(username="b", role="verifier").has_perm("audit.view_event")
