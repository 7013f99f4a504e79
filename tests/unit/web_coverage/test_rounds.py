"""An inquiry on its way: prefilled, brought whatever its errors, answered, submitted, validated by somebody else, published."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from socle.errors import Finding, InputError
from socle_web.audit.models import Event
from socle_web.audit.refusals import Refused
from socle_web.coverage import inquiry_bridge as bridge
from socle_web.coverage.actions import bringing, inquiries, reminding, rounds, threads
from socle_web.coverage.models import Delivery, Edition, Inquiry, InquiryReminder, Remark, Sheet, Thread
from tests.people import person
from tests.schemes import bring as bring_schemes
from tests.unit.web_coverage.inquiries import (
    BROKEN,
    SHEETS,
    answered,
    as_csv,
    as_workbook,
    as_zip,
    asked,
    bring,
    opened,
    published,
    submitted,
    validated,
)

pytestmark = pytest.mark.django_db
UTANIA = files("socle.datasets").joinpath("made_up/XUT/inquiry")


def codes(inquiry, **where):
    return sorted(inquiry.threads.filter(**where).values_list("code", flat=True))


# A round, and what its questionnaires say already


def test_a_round_asks_countries_and_says_so_in_the_log():
    there = opened(("KEN", "MWI"))
    assert [one.country_id for one in there.inquiries.all()] == ["KEN", "MWI"]
    assert {one.state for one in there.inquiries.all()} == {"prefilled"}
    event = Event.objects.get()
    assert (event.deed, event.subject_kind, event.actor) == ("open_inquiry_round", "inquiry_round", "manager")


@pytest.mark.parametrize(("how", "code"), [
    ({"title": " "}, "no_title"), ({"countries": ()}, "no_countries"), ({"countries": ("KEN", "QQQ")}, "unknown_country"),
    ({"due_on": date(2025, 1, 1)}, "no_time"), ({"year": 25}, "no_year")])
def test_a_round_that_makes_no_sense_is_refused(how, code):
    with pytest.raises(Refused) as refused:
        opened(**how)
    assert refused.value.code == code
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("who", ["owner", "verifier", "reader", "administrator", "focal"])
def test_only_who_plans_rounds_opens_one(who):
    with pytest.raises(Refused):
        rounds.open_inquiry_round("x", year=2025, opens_on=date(2026, 1, 1), due_on=date(2026, 2, 1), countries=["KEN"], by=person(who))


def test_a_questionnaire_of_a_country_nothing_is_known_of_has_its_schemes_and_its_population():
    bring_schemes()
    book = bridge.book_of(asked()).book
    assert sorted(book["schemes"]["scheme"]) == ["test-child-grant", "test-pension"]
    assert set(book["benefits"]["scheme"]) == {"test-child-grant", "test-pension"}
    persons = {(row["group"], row["sex"]): row["persons"] for row in book["denominators"].rows()}
    assert 50_000_000 < persons["population", "total"] < 70_000_000
    assert persons["population", "total"] == pytest.approx(persons["population", "female"] + persons["population", "male"], abs=2)
    assert set(book["denominators"]["status"]) == {"estimated"}
    assert all("Prospects" in source for source in book["denominators"]["source"])


def test_what_was_validated_last_time_is_carried_over_without_its_figures():
    first = validated()
    second = asked(year=2026, title="Inquiry of 2026")
    assert second.before == first
    book = bridge.book_of(second).book
    assert book["schemes"]["name"] == ["Pension"]
    assert [(row["benefit"], row["year"], row["sex"], row["persons"], row["source"]) for row in book["recipients"].rows()] == [
        ("old-age", 2026, "total", None, None)]


def test_what_was_not_validated_is_not_carried_over():
    submitted()
    assert asked(year=2026, title="Later").before is None


def test_a_country_is_asked_once_and_again_after_a_withdrawal_with_all_it_had_brought():
    inquiry = asked()
    with pytest.raises(Refused, match="asked already"):
        rounds.ask_country(inquiry.round, "KEN", by=person("manager"))
    bring(inquiry)
    inquiries.withdraw_inquiry(inquiry, by=person("owner"), reason="The wrong year")
    again = rounds.ask_country(inquiry.round, "KEN", by=person("manager"))
    assert bridge.book_of(again).book["recipients"]["persons"] == [1000]
    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.create(round=inquiry.round, country_id="KEN", digest="x", opened_by="x", opened_at=inquiry.opened_at)


def test_a_round_that_ends_before_all_are_validated_says_why_and_nothing_more_is_brought():
    inquiry = asked()
    with pytest.raises(Refused, match="reason"):
        rounds.close_inquiry_round(inquiry.round, by=person("manager"))
    rounds.close_inquiry_round(inquiry.round, by=person("manager"), reason="The congress is tomorrow")
    with pytest.raises(Refused) as refused:
        bring(inquiry)
    assert refused.value.code == "not_editable"
    assert Event.objects.get(deed="close_inquiry_round").summary == {"not_validated": ["KEN"]}


# A file that is brought


@pytest.mark.parametrize(("content", "name"), [(as_zip(), "inquiry.zip"), (as_workbook(), "inquiry.xlsx")])
def test_a_workbook_and_a_zipped_folder_say_the_same(content, name):
    inquiry = asked()
    taken = bring(inquiry, content, name=name)
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.saves, inquiry.hands, taken.errors) == ("draft", 2, ("owner",), 0)
    assert bridge.book_of(inquiry).book["recipients"]["persons"] == [1000]


def test_the_good_and_the_bad_rows_are_kept_and_every_error_has_its_place_and_remedy():
    inquiry = asked()
    bring(inquiry)
    bring(inquiry, as_csv(BROKEN), name="recipients.csv")
    assert bridge.sheets_now(inquiry)["recipients"].text == as_csv(BROKEN).decode()
    errors = inquiry.threads.filter(kind="error", sheet="recipients").order_by("row")
    assert [(one.row, one.column, one.value) for one in errors] == [(2, "persons", "many"), (3, "benefit", "no-such"), (4, "year", "twenty")]
    assert all(one.message and one.remedy for one in errors)


def test_sheets_that_are_not_in_the_file_stay():
    inquiry = asked()
    bring(inquiry)
    bring(inquiry, as_csv([*SHEETS["recipients"][:1], ["old-age", "2025", "total", "", "", "", "1100", "A register", "reported"]]), name="recipients.csv")
    book = bridge.book_of(inquiry).book
    assert (book["recipients"]["persons"], book["schemes"]["name"]) == ([1100], ["Pension"])


def test_a_finding_that_is_mended_is_resolved_and_one_that_comes_back_is_the_same_thread():
    inquiry = asked()
    bring(inquiry)
    bring(inquiry, as_csv(BROKEN), name="recipients.csv")
    said = inquiry.threads.get(value="many")
    bring(inquiry, as_csv(SHEETS["recipients"]), name="recipients.csv")
    said.refresh_from_db()
    assert said.state == "resolved"
    bring(inquiry, as_csv(BROKEN), name="recipients.csv")
    said.refresh_from_db()
    assert said.state == "open"


def test_a_thread_follows_its_row_when_a_row_is_put_before_it():
    inquiry = asked()
    bring(inquiry, as_csv([BROKEN[0], BROKEN[2]]), name="recipients.csv")
    said = inquiry.threads.get(value="no-such")
    bring(inquiry, as_csv([BROKEN[0], ["old-age", "2025", "female", "", "", "", "1", "", ""], BROKEN[2]]), name="recipients.csv")
    said.refresh_from_db()
    assert (said.row, said.state) == (3, "open")


def test_two_who_bring_at_once_find_both_kept_and_nothing_lost():
    inquiry = asked()
    bring(inquiry)
    with pytest.raises(bringing.Stale) as stale:
        bring(inquiry, as_csv(BROKEN), name="recipients.csv", by="colleague", saves=1)
    mine = stale.value.delivery
    assert (mine.save_number, [sheet.name for sheet in mine.sheets.all()]) == (None, ["recipients"])
    assert bridge.book_of(inquiry).book["recipients"]["persons"] == [1000]
    with pytest.raises(Refused):
        bringing.take_over(mine, saves=2, by=person("owner"))
    bringing.take_over(mine, saves=2, by=person("colleague"))
    inquiry.refresh_from_db()
    assert (inquiry.saves, inquiry.hands) == (3, ("owner", "colleague"))
    assert bridge.sheets_now(inquiry)["recipients"].text == as_csv(BROKEN).decode()


@pytest.mark.parametrize(("content", "name"), [
    (b"", "recipients.csv"), (b"x" * (bringing.LARGEST + 1), "recipients.csv"), (b"%PDF-1.4", "inquiry.pdf"),
    (as_csv(SHEETS["recipients"]), "people.csv"), (b"PK\x03\x04 broken", "inquiry.xlsx"),
    (as_zip({"people": SHEETS["recipients"]}), "inquiry.zip")])
def test_what_is_no_inquiry_is_refused_and_nothing_changes(content, name):
    inquiry = asked()
    with pytest.raises((Refused, InputError)):
        bring(inquiry, content, name=name)
    inquiry.refresh_from_db()
    assert (inquiry.saves, inquiry.deliveries.count()) == (1, 1)


def test_a_file_that_cannot_be_read_among_others_is_an_error_until_its_sheet_is_brought():
    inquiry = asked()
    import io
    import zipfile
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("schemes.csv", as_csv(SHEETS["schemes"]))
        archive.writestr("benefits.csv", as_csv(SHEETS["benefits"]))
        archive.writestr("recipients.csv", b"benefit,year\n\xff\xfe")
    bring(inquiry, packed.getvalue())
    assert codes(inquiry, sheet="recipients", kind="error")
    bring(inquiry, as_csv(SHEETS["schemes"]), name="schemes.csv")
    assert codes(inquiry, sheet="recipients", kind="error", state="open")
    bring(inquiry, as_csv(SHEETS["recipients"]), name="recipients.csv")
    assert not codes(inquiry, sheet="recipients", kind="error", state="open")


def test_what_no_database_keeps_does_not_break_anything():
    inquiry = asked()
    sheet = [SHEETS["schemes"][0], ["pension", "KEN", "=1+1", "categorical", "old_age"], ["b", "KEN", "a\u2028b", "categorical", "old_age"]]
    bring(inquiry, as_csv(sheet), name="C:\\files\\schemes.csv")
    assert inquiry.deliveries.last().name == "schemes.csv"
    assert bridge.workbook(inquiry, [], explained=["x"])[:2] == b"PK"


@pytest.mark.parametrize("who", ["stranger", "reader", "verifier", "administrator"])
def test_who_does_not_answer_for_the_country_brings_and_submits_nothing(who):
    inquiry = asked()
    with pytest.raises(Refused):
        bring(inquiry, by=who)
    bring(inquiry)
    with pytest.raises(Refused):
        inquiries.submit_inquiry(inquiry, by=person(who))


def test_the_questionnaire_is_read_back_as_it_was_sent():
    inquiry = asked()
    bring(inquiry)
    again = bridge.workbook(inquiry, [], explained=["Read me"])
    taken = bring(inquiry, again, name="questionnaire.xlsx")
    assert taken.errors == 0
    assert bridge.book_of(inquiry).book["recipients"]["persons"] == [1000]


def test_a_questionnaire_with_rows_that_cannot_be_read_holds_them_all_with_what_is_wrong_marked():
    inquiry = asked()
    bring(inquiry)
    bring(inquiry, as_csv(BROKEN), name="recipients.csv")
    found = [Finding("error", one.sheet, one.row, one.column, one.value, one.code, one.message, one.remedy) for one in inquiry.threads.all()]
    book = bridge.workbook(inquiry, found, explained=[])
    import io

    import openpyxl
    page = openpyxl.load_workbook(io.BytesIO(book))["recipients"]
    assert [page.cell(row, 7).value for row in (2, 3, 4)] == ["many", "5", "5"]
    assert page.cell(2, 7).comment.text


# What is said about findings


def warned(inquiry):
    """An inquiry with a warning, whatever the checks have to say: a sheet that is not in the form."""
    bring(inquiry, as_zip({**SHEETS, "people": [["x"], ["1"]]}))
    return inquiry.threads.get(code="unknown_sheet")


def test_an_inquiry_with_an_error_is_not_submitted():
    inquiry = asked()
    bring(inquiry)
    bring(inquiry, as_csv(BROKEN), name="recipients.csv")
    with pytest.raises(Refused) as refused:
        inquiries.submit_inquiry(inquiry, by=person("owner"))
    assert refused.value.code == "incomplete"


def test_a_questionnaire_that_nobody_filled_in_is_not_submitted():
    with pytest.raises(Refused) as refused:
        inquiries.submit_inquiry(asked(), by=person("owner"))
    assert refused.value.code == "nothing_brought"


def test_every_warning_is_answered_or_accepted_before_an_inquiry_is_submitted():
    inquiry = asked()
    said = warned(inquiry)
    with pytest.raises(Refused) as refused:
        inquiries.submit_inquiry(inquiry, by=person("owner"))
    assert refused.value.code == "not_answered"
    with pytest.raises(Refused):
        threads.accept(said, " ", by=person("owner"))
    accepted = threads.accept(said, "It is a note to ourselves", by=person("owner"))
    assert (accepted.state, accepted.reason, accepted.closed_by) == ("accepted", "It is a note to ourselves", "owner")
    answered(inquiry)
    assert inquiries.submit_inquiry(inquiry, by=person("owner")).state == "submitted"


def test_an_error_is_never_accepted():
    inquiry = asked()
    bring(inquiry, as_csv(BROKEN), name="recipients.csv")
    error = inquiry.threads.filter(kind="error").first()
    with pytest.raises(Refused) as refused:
        threads.accept(error, "We like it so", by=person("owner"))
    assert refused.value.code == "an_error"
    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.filter(pk=error.pk).update(state="accepted", reason="x", closed_by="owner")


def test_all_warnings_of_a_kind_in_a_sheet_are_accepted_at_once_for_one_reason():
    inquiry = asked()
    bring(inquiry)
    for kind, code, sheet, mark in (("warning", "jump", "recipients", "a"), ("warning", "jump", "recipients", "b"), ("warning", "jump", "amounts", "c"),
                                    ("warning", "gap", "recipients", "d"), ("error", "jump", "recipients", "e")):
        Thread.objects.create(inquiry=inquiry, kind=kind, code=code, sheet=sheet, mark=mark, message="x", opened_at=inquiry.opened_at)
    threads.accept(inquiry.threads.get(mark="a"), "The law changed.", by=person("owner"), alike=True)
    assert sorted(inquiry.threads.filter(state="accepted").values_list("mark", flat=True)) == ["a", "b"]
    event = Event.objects.get(deed="accept_finding")
    assert (event.reason, event.summary["findings"], Remark.objects.count()) == ("The law changed.", 2, 2)


def test_an_error_of_which_something_is_said_stays_open():
    inquiry = asked()
    bring(inquiry, as_csv(BROKEN), name="recipients.csv")
    threads.say(inquiry.threads.get(value="many"), "We know.", by=person("owner"))
    assert inquiry.threads.get(value="many").state == "open"


def test_an_accepted_warning_that_says_something_else_is_open_again():
    inquiry = asked()
    said = warned(inquiry)
    threads.accept(said, "It is a note to ourselves", by=person("owner"))
    bring(inquiry)
    said.refresh_from_db()
    assert said.state == "resolved"
    warned(inquiry)
    said.refresh_from_db()
    assert (said.state, said.remarks.count()) == ("open", 1)


def test_a_reviewer_asks_about_a_cell_and_the_country_answers():
    inquiry = submitted()
    threads.query_inquiry(inquiry, [threads.Question("Which register?", "recipients", 2, "persons")], by=person("verifier"))
    inquiry.refresh_from_db()
    said = inquiry.threads.get(kind="query")
    assert (inquiry.state, inquiry.queried_by, said.opened_by, said.row) == ("queried", "verifier", "verifier", 2)
    with pytest.raises(Refused):
        inquiries.submit_inquiry(inquiry, by=person("owner"))
    threads.say(said, "That of the pension fund.", by=person("owner"))
    said.refresh_from_db()
    assert said.state == "answered"
    assert inquiries.submit_inquiry(inquiry, by=person("owner")).state == "submitted"
    threads.settle(said, by=person("verifier"))
    assert inquiries.validate_inquiry(inquiry, by=person("verifier")).state == "validated"


def test_a_query_is_not_resolved_by_bringing_a_file_and_may_be_asked_again():
    inquiry = submitted()
    threads.query_inquiry(inquiry, [threads.Question("Which register?", "recipients", 2, "persons")], by=person("verifier"))
    bring(inquiry)
    said = inquiry.threads.get(kind="query")
    assert said.state == "open"
    threads.say(said, "Ours.", by=person("owner"))
    answered(inquiry)
    inquiries.submit_inquiry(inquiry, by=person("owner"))
    threads.ask_again(said, "Which of the two?", by=person("verifier"))
    said.refresh_from_db()
    inquiry.refresh_from_db()
    assert (said.state, inquiry.state) == ("open", "queried")
    assert list(said.remarks.values_list("by", "text")) == [("owner", "Ours."), ("verifier", "Which of the two?")]


@pytest.mark.parametrize("question", [
    threads.Question(""), threads.Question("Why?", "people"), threads.Question("Why?", "recipients", 2, "colour"),
    threads.Question("Why?", "", 2), threads.Question("Why?", "recipients", -1)])
def test_a_question_about_no_cell_is_refused(question):
    inquiry = submitted()
    with pytest.raises(Refused):
        threads.query_inquiry(inquiry, [question], by=person("verifier"))
    inquiry.refresh_from_db()
    assert inquiry.state == "submitted"


@pytest.mark.parametrize("who", ["owner", "colleague", "stranger", "reader", "administrator"])
def test_only_who_reviews_asks(who):
    inquiry = submitted()
    with pytest.raises(Refused):
        threads.query_inquiry(inquiry, [threads.Question("Why?")], by=person(who))


def test_a_remark_is_never_changed():
    inquiry = asked()
    threads.say(warned(inquiry), "So it is.", by=person("owner"))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Remark.objects.update(text="It was not")


# Four eyes, and what is locked


def test_who_had_a_hand_in_it_does_not_validate_it():
    inquiry = asked()
    bring(inquiry, by="manager")
    answered(inquiry, by="manager")
    inquiries.submit_inquiry(inquiry, by=person("owner"))
    with pytest.raises(Refused) as refused:
        inquiries.validate_inquiry(inquiry, by=person("manager"))
    assert refused.value.code == "four_eyes"


@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_the_database_refuses_it_too(who):
    inquiry = asked()
    bring(inquiry, by="colleague")
    bring(inquiry, by="owner")
    answered(inquiry)
    inquiry = inquiries.submit_inquiry(inquiry, by=person("owner"))
    inquiry.state, inquiry.validated_by = "validated", who
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        inquiry.save()


def test_who_opened_the_round_may_validate_what_others_brought():
    assert inquiries.validate_inquiry(submitted(), by=person("manager")).state == "validated"


@pytest.mark.parametrize(("columns", "why"), [
    ({"state": "validated"}, "nobody validated it"), ({"state": "published"}, "nobody published it"), ({"state": "withdrawn"}, "without a reason"),
    ({"digest": ""}, "without a digest")])
def test_a_step_that_nobody_took_is_refused_by_the_database(columns, why):
    inquiry = submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.filter(pk=inquiry.pk).update(**columns)


@pytest.mark.parametrize("columns", [
    {"digest": "y"}, {"typists": ";nobody;"}, {"state": "draft", "validated_by": ""}, {"validated_by": "second_verifier"}, {"saves": 9}])
def test_a_validated_inquiry_is_never_changed_in_the_database_either(columns):
    inquiry = validated()
    with pytest.raises(DatabaseError), transaction.atomic():
        Inquiry.objects.filter(pk=inquiry.pk).update(**columns)


def test_nothing_is_brought_or_said_or_opened_in_a_validated_inquiry():
    inquiry = submitted()
    delivery, thread = inquiry.deliveries.last(), Thread.objects.create(
        inquiry=inquiry, kind="warning", code="x", message="x", mark="m", opened_at=inquiry.opened_at, state="answered")
    inquiries.validate_inquiry(inquiry, by=person("verifier"))
    tried = [
        lambda: Delivery.objects.create(inquiry=inquiry, name="x", size=1, digest="x", over=1, by="x", at=inquiry.opened_at),
        lambda: Sheet.objects.create(delivery=delivery, name="recipients", text="x", numbers=[]),
        lambda: Sheet.objects.filter(delivery=delivery).delete(),
        lambda: Thread.objects.create(inquiry=inquiry, kind="warning", code="x", message="x", mark="n", opened_at=inquiry.opened_at),
        lambda: Thread.objects.filter(pk=thread.pk).update(state="open"),
        lambda: Inquiry.objects.filter(pk=inquiry.pk)._raw_delete("default"),
    ]
    for try_it in tried:
        with pytest.raises(DatabaseError), transaction.atomic():
            try_it()
    with pytest.raises(Refused):
        bring(inquiry)
    with pytest.raises(Refused):
        threads.say(thread, "Still", by=person("owner"))


def test_what_was_brought_is_never_changed():
    inquiry = asked()
    bring(inquiry)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Sheet.objects.update(text="x")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Delivery.objects.update(name="x")


# Published, withdrawn, reminded


def test_a_published_inquiry_is_an_edition_with_its_records(monkeypatch):
    inquiry = published(monkeypatch)
    edition = Edition.objects.get()
    assert (inquiry.state, inquiry.edition, edition.country_id) == ("published", edition, "KEN")
    value = edition.values.get()
    assert (value.series, float(value.value), value.records) == ("SI_COV_PENSN", 25.0, ["recipients:old-age"])
    deeds = list(Event.objects.filter(subject_kind="inquiry").order_by("id").values_list("deed", flat=True))
    assert [deed for deed in deeds if deed != "answer_finding"] == ["bring_inquiry", "submit_inquiry", "validate_inquiry", "publish_inquiry"]


def test_the_inquiry_of_utania_goes_all_the_way_to_its_published_series():
    inquiry = asked("XUT", year=2024)
    sheets = {path.stem: list(csv.reader(path.open(encoding="utf-8"))) for path in sorted(UTANIA.glob("*.csv"))}
    assert bring(inquiry, as_zip(sheets), by="manager").errors == 0
    answered(inquiry, by="manager")
    inquiries.submit_inquiry(inquiry, by=person("manager"))
    inquiries.validate_inquiry(inquiry, by=person("verifier"))
    edition = inquiries.publish_inquiry(inquiry, by=person("manager")).edition
    assert {"SI_COV_BENFTS", "SI_COV_PENSN", "SI_COV_CHLD"} <= set(edition.values.values_list("series", flat=True))
    assert edition.made_up
    assert edition.lines.filter(sheet="recipients").count() == len(sheets["recipients"]) - 1
    asked_again = bridge.book_of(asked("XUT", year=2025, title="Inquiry of 2025")).book
    assert len(asked_again["schemes"]) == len(sheets["schemes"]) - 1
    assert set(asked_again["recipients"]["persons"]) == {None}


@pytest.mark.parametrize("who", ["owner", "verifier", "stranger", "administrator"])
def test_only_who_publishes_publishes(who):
    inquiry = validated()
    with pytest.raises(Refused):
        inquiries.publish_inquiry(inquiry, by=person(who))


def test_a_published_inquiry_is_withdrawn_with_its_edition_by_who_publishes(monkeypatch):
    inquiry = published(monkeypatch)
    with pytest.raises(Refused):
        inquiries.withdraw_inquiry(inquiry, by=person("owner"), reason="No")
    with pytest.raises(Refused, match="reason"):
        inquiries.withdraw_inquiry(inquiry, by=person("manager"), reason=" ")
    inquiries.withdraw_inquiry(inquiry, by=person("manager"), reason="The register was of another year")
    assert Edition.objects.get().withdrawn_by == "manager"


def test_those_who_answer_for_a_late_country_are_written_to_once_a_day(mailoutbox):
    for name in ("owner", "colleague", "focal", "stranger", "reader"):
        person(name)
    inquiry = asked(due_on=date(2026, 2, 1))
    done = reminding.remind_inquiries([inquiry], on=date(2026, 3, 1), address=lambda one: f"https://example.org/{one.pk}", by=person("manager"))
    assert done.sent == {"KEN": 3}
    assert sorted(to for mail in mailoutbox for to in mail.to) == ["colleague@example.org", "focal@example.org", "owner@example.org"]
    assert f"https://example.org/{inquiry.pk}" in mailoutbox[0].body
    assert "It was due on 1 February 2026." in mailoutbox[0].body
    again = reminding.remind_inquiries([inquiry], on=date(2026, 3, 1), address=lambda one: "x", by=person("manager"))
    assert (again.sent, again.already, len(mailoutbox)) == ({}, ("KEN",), 3)
    reminding.remind_inquiries([inquiry], on=date(2026, 3, 2), address=lambda one: "x", by=person("manager"))
    assert (len(mailoutbox), InquiryReminder.objects.count()) == (6, 2)
    assert Event.objects.filter(deed="remind_inquiry").count() == 2


def test_a_mail_that_could_not_be_sent_is_tried_again(monkeypatch, mailoutbox):
    person("owner")
    inquiry = asked()

    def fails(*_given, **_how):
        raise OSError("no server")

    with monkeypatch.context() as without:
        without.setattr(reminding, "send_mail", fails)
        done = reminding.remind_inquiries([inquiry], on=date(2026, 3, 1), address=lambda one: "x", by=person("manager"))
    assert (done.failed, InquiryReminder.objects.count()) == (("KEN",), 0)
    assert reminding.remind_inquiries([inquiry], on=date(2026, 3, 1), address=lambda one: "x", by=person("manager")).sent == {"KEN": 1}


def test_nobody_is_reminded_of_what_was_submitted():
    with pytest.raises(Refused) as refused:
        reminding.remind_inquiries([submitted()], on=date(2026, 3, 1), address=lambda one: "x", by=person("manager"))
    assert refused.value.code == "nobody_waits"
