"""Signing in: by address and password, with a second factor where the role asks for one; who guesses is locked out."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings as configured
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from socle_web.accounts import lock_out
from socle_web.accounts.queries import device_of
from socle_web.audit.models import Event
from socle_web.pages.urls import urlpatterns
from tests.unit.web_accounts.people import PASSWORD, a_person, sign_in, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits_are_remembered():
    cache.clear()


def deeds():
    return list(Event.objects.order_by("id").values_list("deed", flat=True))


def without_what_changes(answer):
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return re.sub(r"\w+@example.org", "", text)


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_one_signs_in_by_address_whatever_its_case():
    a_person()
    client, answer = sign_in("ADA@example.org")
    assert answer.headers["Location"] == "/desk/"
    assert client.get("/accounts/me/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/accounts/me/").status_code == 302
    assert deeds() == ["sign_in", "sign_out"]


def test_signing_in_leads_nowhere_else():
    a_person()
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        answer = Client().post(f"/accounts/login/?next={elsewhere}", {"login": "ada@example.org", "password": PASSWORD, "next": elsewhere})
        assert answer.headers["Location"] == "/desk/"


def test_a_session_from_before_signing_in_is_not_taken_over():
    a_person()
    client = Client()
    session = client.session
    session["planted"] = "by somebody"
    session.save()
    before = client.cookies[configured.SESSION_COOKIE_NAME].value
    client.post("/accounts/login/", {"login": "ada@example.org", "password": PASSWORD})
    after = client.cookies[configured.SESSION_COOKIE_NAME]
    assert after.value != before
    assert not import_module(configured.SESSION_ENGINE).SessionStore().exists(before)
    assert (after["httponly"], after["samesite"]) == (True, "Lax")


def test_signing_in_says_the_same_of_known_and_unknown_accounts():
    a_person()
    a_person("closed", is_active=False)
    pages = [sign_in(f"{name}@example.org", "wrong")[1] for name in ("ada", "closed", "nobody")]
    assert {page.status_code for page in pages} == {200}
    assert len({without_what_changes(page) for page in pages}) == 1


def test_asking_for_a_new_password_says_the_same_of_known_and_unknown_accounts():
    a_person()
    answers = [Client().post("/accounts/password/reset/", {"email": f"{name}@example.org"}) for name in ("ada", "nobody")]
    assert {answer.headers["Location"] for answer in answers} == {"/accounts/password/reset/done/"}
    assert len(mail.outbox) == 2, "a mail goes out in either case, so that the time tells nothing"
    assert ["/password/reset/key/" in message.body for message in mail.outbox] == [True, False]


def test_an_unknown_account_takes_as_long_as_a_known_one(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    a_person()

    def fastest(email):
        taken = []
        for _attempt in range(3):
            began = time.perf_counter()
            sign_in(email, "wrong")
            taken.append(time.perf_counter() - began)
        return min(taken)

    known, unknown = fastest("ada@example.org"), fastest("nobody@example.org")
    assert 0.5 < known / unknown < 2


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_ten_failures_lock_out_known_and_unknown_accounts_alike(name):
    a_person()
    email = f"{name}@example.org"
    answers = [sign_in(email, "wrong")[1].status_code for _attempt in range(10)]
    assert answers == [200] * 9 + [429]
    locked = sign_in(email)[1]
    assert locked.status_code == 429, "even with the right password"
    ends = AccessAttempt.objects.get().attempt_time + timedelta(minutes=30)
    assert f"{ends:%H:%M}" in locked.content.decode()
    assert "no-store" in locked.headers["Cache-Control"]
    assert deeds() == ["sign_in_failed", "locked_out"]
    assert Event.objects.get(deed="locked_out").subject_key == ("ada" if name == "ada" else "unknown")


def test_the_lock_is_of_one_place_and_ends_by_itself():
    a_person()
    for _attempt in range(10):
        sign_in("ada@example.org", "wrong")
    assert sign_in("ada@example.org", REMOTE_ADDR="192.0.2.7")[1].status_code == 302
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=31))
    cache.clear()
    assert sign_in("ada@example.org")[1].status_code == 302


def test_attempts_while_locked_out_do_not_lengthen_the_lock():
    a_person()
    for _attempt in range(10):
        sign_in("ada@example.org", "wrong")
    began = AccessAttempt.objects.get().attempt_time
    sign_in("ada@example.org", "wrong")
    assert AccessAttempt.objects.get().attempt_time == began


def test_signing_in_forgets_earlier_failures():
    a_person()
    for _attempt in range(9):
        sign_in("ada@example.org", "wrong")
    assert sign_in("ada@example.org")[1].status_code == 302
    assert not AccessAttempt.objects.exists()


def test_no_password_is_kept_of_a_failed_attempt():
    sign_in("ada@example.org", "my secret")
    assert "my secret" not in str(AccessAttempt.objects.values())


def test_who_tries_many_names_does_not_fill_the_log(monkeypatch):
    monkeypatch.setattr(lock_out, "LOGGED_AN_HOUR", 3)
    for number in range(6):
        sign_in(f"n{number}@example.org", "wrong")
    assert deeds() == ["sign_in_failed"] * 3


def test_behind_a_proxy_the_place_is_what_the_proxy_added(rf, settings):
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 192.0.2.7")
    assert lock_out.address_of(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert lock_out.address_of(request) == "192.0.2.7"


def test_forms_that_send_mail_or_try_passwords_are_limited():
    for address, sent in (("password/reset/", {"email": "x@example.org"}), ("login/", {"login": "x@example.org", "password": "x"})):
        answers = [Client().post(f"/accounts/{address}", sent | {name: f"n{number}@example.org" for name in sent if name != "password"})
                   for number in range(35)]
        assert answers[-1].status_code == 429 or "Too many" in answers[-1].content.decode()
        assert answers[0].status_code in {200, 302}
    assert len(mail.outbox) <= 10


def test_nobody_signs_up():
    page = Client().get("/accounts/signup/")
    assert "by invitation" in page.content.decode()
    answer = Client().post("/accounts/signup/", {"email": "me@example.org", "password1": PASSWORD})
    assert "by invitation" in answer.content.decode()


# Sessions


def test_one_sees_where_one_is_signed_in_and_ends_one_session():
    person = a_person()
    here, there = (sign_in(person.email, HTTP_USER_AGENT=name)[0] for name in ("here", "there"))
    page = here.get("/accounts/sessions/").content.decode()
    assert "here" in page
    assert "there" in page
    assert re.search(r">\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d UTC<", page), "written as everywhere"
    assert here.post(f"/accounts/sessions/{UserSession.objects.get(user_agent='there').pk}/end/").status_code == 302
    assert there.get("/accounts/me/").status_code == 302
    assert here.get("/accounts/me/").status_code == 200
    assert "end_session" in deeds()


@pytest.mark.parametrize(("said", "device"), [
    ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 Safari/537.36", "Chrome, Linux"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604.1", "Safari, iPhone"), ("curl/8", "curl/8"), ("", "?")])
def test_a_device_is_told_in_words(said, device):
    assert device_of(said) == device


def test_nobody_ends_the_session_of_somebody_else():
    theirs, _answer = sign_in(a_person("grace").email)
    mine, _answer = sign_in(a_person().email)
    other = UserSession.objects.get(user__username="grace")
    assert mine.post(f"/accounts/sessions/{other.pk}/end/").status_code == 404
    assert theirs.get("/accounts/me/").status_code == 200


def test_a_new_password_ends_every_other_session():
    person = a_person()
    here, there = sign_in(person.email)[0], sign_in(person.email)[0]
    new = {"oldpassword": PASSWORD, "password1": "another set of words", "password2": "another set of words"}
    assert here.post("/accounts/password/change/", new).status_code == 302
    assert here.get("/accounts/me/").status_code == 200
    assert there.get("/accounts/me/").status_code == 302
    assert "password_changed" in deeds()


def test_a_session_ends_after_eight_hours_and_work_renews_it():
    client, _answer = sign_in(a_person().email)
    assert client.cookies[configured.SESSION_COOKIE_NAME]["max-age"] == 8 * 3600
    session = client.session
    session["renewed"] = int(time.time()) - 3600
    session.save()
    client.get("/accounts/me/")
    assert client.session["renewed"] > time.time() - 60
    renewed = client.session["renewed"]
    client.get("/accounts/me/")
    assert client.session["renewed"] == renewed, "not written at every request"


def test_a_published_page_is_shared_among_visitors_and_kept_for_whoever_is_signed_in():
    client, _answer = sign_in(a_person().email)
    assert "private" in client.get("/glossary/").headers["Cache-Control"]
    visitor = Client().get("/glossary/")
    assert "public" in visitor.headers["Cache-Control"]
    assert not visitor.cookies


def test_a_password_is_reset_by_the_link_in_the_mail_once():
    person = a_person()
    Client().post("/accounts/password/reset/", {"email": person.email})
    link = re.search(r"https://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]
    client = Client()
    form = client.get(link).headers["Location"]
    new = "another set of words"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(person.email, new)[1].status_code == 302
    assert "was invalid" in Client().get(link, follow=True).content.decode()
    assert "password_reset" in deeds()


# The second factor


@pytest.fixture
def _required(settings):
    settings.SOCLE_MFA = "required"


ASKED = ["programme_manager", "administrator"]


@pytest.mark.usefixtures("_required")
@pytest.mark.parametrize("role", ASKED)
def test_whose_role_asks_for_a_second_factor_is_led_to_set_it_up(role):
    client, _answer = sign_in(a_person(role=role).email)
    for address in ("/accounts/me/", "/accounts/people/", "/accounts/sessions/"):
        assert client.get(address).headers["Location"] == "/accounts/2fa/totp/activate/", address
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    assert client.get("/glossary/").status_code == 200
    assert client.post("/accounts/logout/").headers["Location"] == "/"


def test_what_is_published_asks_nobody_for_a_second_factor():
    inside = [one.name for one in urlpatterns if not getattr(one.callback, "open_to_all", False)]
    assert inside == ["as-it-stood"]  # what is no longer published


@pytest.mark.usefixtures("_required")
@pytest.mark.parametrize("role", ["reader", "contributor", "focal_point", "verifier"])
def test_other_roles_may_work_without_one(role):
    client, _answer = sign_in(a_person(role=role).email)
    assert client.get("/accounts/me/").status_code == 200


@pytest.mark.django_db(transaction=True)  # the log is written when the second factor is there
@pytest.mark.usefixtures("_required")
def test_the_second_factor_is_set_up_and_then_asked_for():
    person = a_person(role="programme_manager")
    client, _answer = sign_in(person.email)
    page = client.get("/accounts/2fa/totp/activate/")
    assert "<svg" in page.content.decode()
    assert "data:image" not in page.content.decode(), "the policy refuses pictures in addresses"
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get("/accounts/2fa/recovery-codes/").content.decode().count("<code>") == 10
    assert client.get("/accounts/me/").status_code == 200
    assert sorted(deeds()) == ["mfa_added", "sign_in"]
    again, answer = sign_in(person.email)
    assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
    assert again.get("/accounts/me/").headers["Location"].startswith("/accounts/login/")
    assert again.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    code = RecoveryCodes(Authenticator.objects.get(user=person, type="recovery_codes")).get_unused_codes()[0]
    assert again.post("/accounts/2fa/authenticate/", {"code": code}).headers["Location"] == "/desk/"


@pytest.mark.usefixtures("_required")
def test_a_second_factor_cannot_be_guessed():
    person = a_person(role="programme_manager")
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    client, _answer = sign_in(person.email)
    pages = [client.post("/accounts/2fa/authenticate/", {"code": f"{number:06}"}).content.decode() for number in range(15)]
    assert "Too many" in pages[-1]


def test_without_being_asked_for_nobody_is_led_there(settings):
    settings.SOCLE_MFA = "optional"
    client, _answer = sign_in(a_person(role="administrator").email)
    assert client.get("/accounts/people/").status_code == 200


def test_one_may_set_up_a_second_factor_of_ones_own_will():
    client = sign_in(a_person().email)[0]
    assert client.get("/accounts/2fa/").status_code == 200
    assert signed_in(a_person("grace")).get("/accounts/2fa/").status_code == 200
