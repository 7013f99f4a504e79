"""A scheme on its way: kept as it was typed, verified by somebody else, published under a number, never changed again."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.schemes import actions
from socle_web.schemes.actions.drafting import Typed
from socle_web.schemes.models import State, Version
from tests.people import person
from tests.unit.web_schemes.texts import BROKEN, GRANT, PENSION

pytestmark = pytest.mark.django_db


def draft(text=GRANT, by="owner", **how):
    return actions.enter(Typed(text, how.pop("cases", "")), country=how.pop("country", "KEN"), by=person(by), **how)


def published(text=GRANT, **how):
    version = draft(text, **how)
    actions.submit(version, by=person("owner"))
    actions.verify(version, by=person("verifier"))
    return actions.publish(version, by=person("manager"))


def test_a_draft_keeps_the_text_exactly_and_knows_what_it_is():
    version = draft()
    assert (version.text, version.key, version.state, version.number) == (GRANT, "test-child-grant", "draft", None)
    assert version.digest == "".join(f"{byte:02x}" for byte in __import__("hashlib").sha256(GRANT.encode()).digest())


def test_a_broken_file_is_kept_and_cannot_be_submitted():
    version = draft(BROKEN)
    with pytest.raises(actions.Incomplete) as refused:
        actions.submit(version, by=person("owner"))
    assert {finding.row for finding in refused.value.findings} == {4, 20, 27}
    assert Version.objects.get().state == State.DRAFT


def test_from_draft_to_published_four_eyes_see_it():
    version = published()
    assert (version.state, version.number, version.verified_by, version.published_by) == ("published", 1, "verifier", "manager")
    assert list(Event.objects.order_by("id").values_list("deed", flat=True)) == ["enter", "submit", "verify", "publish"]
    assert set(Event.objects.values_list("subject_kind", "subject_key")) == {("scheme", str(version.pk))}


def test_nobody_verifies_what_they_had_a_hand_in():
    manager = person("manager")
    version = actions.enter(Typed(GRANT), country="KEN", by=manager)
    actions.submit(version, by=person("owner"))
    with pytest.raises(Refused, match="yourself"):
        actions.verify(version, by=manager)


def test_four_eyes_on_a_scheme_in_the_database_too():
    version = draft()
    version.state, version.submitted_by, version.verified_by = State.VERIFIED, "owner", "owner"
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        version.save()


def test_a_colleague_who_saved_had_a_hand_in_it():
    version = draft()
    actions.save(version, Typed(GRANT + "\n"), saves=1, by=person("colleague"))
    version.refresh_from_db()
    assert version.hands == ("owner", "colleague")
    version.state, version.submitted_by, version.verified_by = State.VERIFIED, "owner", "colleague"
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_a_published_version_is_never_changed():
    version = published()
    for column, value in (("text", "x"), ("number", 9), ("digest", "y"), ("key", "z")):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Version.objects.filter(pk=version.pk).update(**{column: value})
    with pytest.raises(Refused):
        actions.save(version, Typed("x"), saves=version.saves, by=person("owner"))


def test_a_new_version_has_the_next_number_and_the_old_one_stays():
    first = published()
    second = actions.change(first, by=person("owner"))
    actions.save(second, Typed(GRANT.replace("1000", "1200")), saves=1, by=person("owner"))
    actions.submit(second, by=person("owner"))
    actions.verify(second, by=person("verifier"))
    assert actions.publish(second, by=person("manager")).number == 2
    assert [one.number for one in Version.objects.published().order_by("number")] == [1, 2]
    assert list(Version.objects.current()) == [second]


def test_a_file_has_one_open_version():
    draft()
    with pytest.raises(Refused, match="already being worked on"):
        draft(by="colleague")
    draft(PENSION)


def test_who_saves_over_another_save_is_shown_both():
    version = draft()
    actions.save(version, Typed(GRANT + "# theirs\n"), saves=1, by=person("colleague"))
    with pytest.raises(actions.Stale) as stale:
        actions.save(version, Typed(GRANT + "# mine\n"), saves=1, by=person("owner"))
    assert stale.value.mine.text.endswith("# mine\n")
    assert stale.value.version.text.endswith("# theirs\n")


def test_a_return_says_why_and_gives_it_back():
    version = draft()
    actions.submit(version, by=person("owner"))
    with pytest.raises(Refused, match="reason"):
        actions.send_back(version, by=person("verifier"), reason=" ")
    back = actions.send_back(version, by=person("verifier"), reason="Article 2 says six years.")
    assert (back.state, back.returned_by, back.returned_reason) == ("draft", "verifier", "Article 2 says six years.")


@pytest.mark.parametrize("who", ["stranger", "reader", "verifier", "administrator"])
def test_who_does_not_act_for_the_country_writes_nothing(who):
    with pytest.raises(Refused):
        draft(by=who)
    version = draft()
    with pytest.raises(Refused):
        actions.save(version, Typed("x"), saves=1, by=person(who))
    for deed in (actions.submit, actions.publish):
        with pytest.raises(Refused):
            deed(version, by=person(who))


def test_the_country_in_the_file_is_the_country_of_the_draft():
    version = draft(country="MWI", by="manager")
    with pytest.raises(actions.Incomplete, match="put right"):
        actions.submit(version, by=person("manager"))


def test_what_is_published_is_withdrawn_with_a_reason_by_who_publishes():
    version = published()
    with pytest.raises(Refused):
        actions.withdraw(version, by=person("owner"), reason="No")
    with pytest.raises(Refused, match="reason"):
        actions.withdraw(version, by=person("manager"))
    actions.withdraw(version, by=person("manager"), reason="The act was repealed.")
    assert not Version.objects.published().exists()


def test_a_text_beyond_all_bounds_is_refused():
    with pytest.raises(Refused, match="million bytes"):
        draft("x" * 1_000_001)
    with pytest.raises(Refused, match="not a text"):
        draft("a\x00b")


def test_a_catalogue_is_loaded_once():
    files = [actions.loading.Brought("a/scheme.toml", GRANT), actions.loading.Brought("b/scheme.toml", PENSION)]
    assert actions.load(files, by="a test", source="catalogue").new == ["KEN/test-child-grant@1", "KEN/test-pension@1"]
    again = actions.load(files, by="a test", source="catalogue")
    assert (again.new, len(again.unchanged)) == ([], 2)
    assert Event.objects.count() == 1
    assert all(version.imported for version in Version.objects.all())


def test_a_catalogue_with_an_error_is_not_loaded_at_all():
    files = [actions.loading.Brought("a/scheme.toml", GRANT), actions.loading.Brought("b/scheme.toml", BROKEN)]
    outcome = actions.load(files, by="a test", source="catalogue")
    assert outcome.refused
    assert not Version.objects.exists()
