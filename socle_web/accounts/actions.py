"""Deeds to accounts. ``by`` is the person who does it; who may is asked here too, and not only by the page."""

from __future__ import annotations

import re
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from socle_web.accounts.models import Client, Invitation, User
from socle_web.accounts.permissions import may
from socle_web.accounts.roles import ROLES
from socle_web.accounts.tokens import PREFIX, digest_of, make_token
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused

INVITED_FOR = timedelta(days=7)
FIRST_FOR = timedelta(hours=24)
SETTING_UP = "socle-web administrator"  # who invites the first administrator: the command


def invite(email: str, *, role: str, by: User) -> tuple[Invitation, str]:
    """Invite somebody, again if need be: an earlier link stops working. The second value is the token of the link."""
    _insist(by, "invite")
    _known_role(role)
    with deed():
        return _invite(email, role=role, by=by.username, lasts=INVITED_FOR)


def invite_first_administrator(email: str) -> tuple[Invitation, str]:
    """The one door that needs nobody signed in; it is shut as soon as there is an administrator."""
    with deed():
        if User.objects.filter(role="administrator", is_active=True).exists():
            raise Refused("There is an administrator already.", remedy="Ask them for an invitation.", code="not_the_first")
        Invitation.objects.filter(invited_by=SETTING_UP, accepted_at=None).delete()
        never_came = User.objects.filter(role="administrator", is_active=False, last_login=None)
        never_came.exclude(email__iexact=email).update(role="reader")
        return _invite(email, role="administrator", by=SETTING_UP, lasts=FIRST_FOR)


def accept_invitation(token: str, *, name: str, password: str) -> User:
    """Open the account the link is of. A link that is wrong, used, replaced or too old is refused in one and the same way."""
    with deed():
        invitation = open_invitation(token)
        user = invitation.user
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), code="password") from error
        user.first_name, user.last_name, user.is_active = name.strip(), "", True
        user.set_password(password)
        user.save()
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
        Authenticator.objects.filter(user=user).delete()  # who lost the telephone is invited again
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        record("accept_invitation", by=user.username, subject=("user", user.username), summary={"role": user.role})
    return user


def open_invitation(token: str) -> Invitation:
    """The invitation of a link that still works."""
    found = Invitation.objects.select_related("user").filter(digest=digest_of(token)).first()
    if found is None or not found.is_open:
        raise Refused(_("This link does not work: it was used, was replaced by a newer one, or is too old."),
                      remedy=_("Ask who invited you for a new one."), code="invitation")
    return found


def give_role(person: User, role: str, *, by: User, reason: str = "") -> None:
    _insist(by, "give_role")
    _known_role(role)
    with deed():
        person.refresh_from_db()
        _not_oneself(person, by)
        if person.is_client:
            raise Refused(_("A system is always a contributor."), code="client")
        if person.role == role:
            return
        if person.role == "administrator" and person.is_active:
            _another_administrator(person)
        before, person.role = person.role, role
        person.save(update_fields=["role"])
        record("give_role", by=by.username, subject=("user", person.username), before={"role": before}, after={"role": role},
               reason=reason)


def take_role(person: User, *, by: User, reason: str = "") -> None:
    """Nothing is left but what every reader may do."""
    give_role(person, "reader", by=by, reason=reason)


def deactivate(person: User, *, by: User, reason: str = "") -> None:
    """Close an account: its sessions end, its links and tokens stop working. What was done in its name stays."""
    _insist(by, "give_role")
    with deed():
        person.refresh_from_db()
        _not_oneself(person, by)
        if person.role == "administrator" and person.is_active:
            _another_administrator(person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        person.invitations.filter(accepted_at=None).delete()
        end_sessions(person)
        record("deactivate", by=by.username, subject=("user", person.username), before={"state": "active"},
               after={"state": "closed"}, reason=reason)


def end_sessions(person: User) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()


def give_token(name: str, *, by: User, may_write: bool = True) -> tuple[Client, str]:
    """Let another system in. The second value is its token, which nobody can see again."""
    _insist(by, "give_token")
    token, digest = make_token(PREFIX)
    with deed():
        user = User(username=_username(name), first_name=name.strip(), role="contributor", is_client=True)
        user.set_unusable_password()
        user.save()
        client = Client.objects.create(user=user, digest=digest, created_by=by.username, may_write=may_write)
        record("give_token", by=by.username, subject=("client", user.username), after={"name": user.name, "may_write": may_write})
    return client, token


def revoke_token(client: Client, *, by: User, reason: str = "") -> None:
    _insist(by, "give_token")
    with deed():
        client.refresh_from_db()
        if client.revoked_at is not None:
            return
        client.revoked_at = timezone.now()
        client.save(update_fields=["revoked_at"])
        User.objects.filter(pk=client.user_id).update(is_active=False)
        record("revoke_token", by=by.username, subject=("client", client.user.username), reason=reason)


def _invite(email: str, *, role: str, by: str, lasts: timedelta) -> tuple[Invitation, str]:
    email = email.strip()
    user = User.objects.filter(email__iexact=email).first()
    if user is not None and user.is_active:
        raise Refused(_("This person has an account already."), remedy=_("Change their role on their page."), code="has_account")
    if user is None:
        user = User(username=_username(email.partition("@")[0]), email=email, is_active=False)
        user.set_unusable_password()
    user.role = role
    user.save()
    user.invitations.filter(accepted_at=None).delete()
    token, digest = make_token()
    invitation = Invitation.objects.create(user=user, digest=digest, invited_by=by, expires_at=timezone.now() + lasts)
    record("invite", by=by, subject=("user", user.username), after={"role": role})
    return invitation, token


def _username(text: str) -> str:
    """A name for the log and for mentions, which is never given twice."""
    stem = re.sub(r"[^a-z0-9]+", ".", text.lower()).strip(".")[:40] or "person"
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    return next(name for name in (stem, *(f"{stem}.{number}" for number in range(2, len(taken) + 3))) if name not in taken)


def _insist(by: User, what: str) -> None:
    if not may(by, what):
        raise Refused(_("Your role does not allow this."), remedy=_("An administrator can do it."), code="not_your_role")


def _known_role(role: str) -> None:
    if role not in ROLES:
        raise Refused(_("There is no such role."), code="unknown_role")


def _not_oneself(person: User, by: User) -> None:
    if person.pk == by.pk:
        raise Refused(_("Nobody changes their own access."), remedy=_("Ask another administrator."), code="own_access")


def _another_administrator(person: User) -> None:
    if not User.objects.filter(role="administrator", is_active=True).exclude(pk=person.pk).exists():
        raise Refused(_("This is the only administrator."), remedy=_("Invite another one first."), code="last_administrator")
