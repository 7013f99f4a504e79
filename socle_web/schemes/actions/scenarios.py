"""What was worked out in the studio is kept, shown to everybody, and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from secrets import token_urlsafe

from django.utils import timezone
from django.utils.translation import gettext as _

from socle_web.accounts.models import User
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.places.permissions import acting_for
from socle_web.schemes.models import Part, Scenario, State, Version
from socle_web.schemes.permissions import may_share, may_take_back, require, works

LONGEST_NAME = 200
LONGEST_NOTE = 2_000


def save_scenario(name: str, *, country: str, versions: Sequence[Version], parameters: Mapping[str, Sequence[str]], by: User,
                  note: str = "") -> Scenario:
    """Keep a scenario with the files as they are now. Only its author and their colleagues see it, until it is shared."""
    require(works(by), _("Your role does not keep scenarios."))
    require(bool(name.strip()), _("The scenario has no name."), code="no_name",
            remedy=_("Give it one that says what is different."))
    require(bool(versions), _("There is no scheme in it."), code="no_scheme", remedy=_("Choose a scheme."))
    with deed():
        scenario = Scenario.objects.create(
            key=token_urlsafe(12), name=name.strip()[:LONGEST_NAME], note=note.strip()[:LONGEST_NOTE], country_id=country,
            parameters={key: list(values) for key, values in parameters.items()}, author=by.username, at=timezone.now())
        Part.objects.bulk_create(Part(scenario=scenario, version=one, digest=one.digest, text=one.text) for one in versions)
        record("save_scenario", by=by.username, subject=subject(scenario), on_behalf_of=acting_for(by, [country]),
               summary={"name": scenario.name, "country": country, "files": [one.name_of_file for one in versions]})
    return scenario


def share_scenario(scenario: Scenario, *, by: User) -> Scenario:
    """Show a scenario to everybody, on the page of its country. It is never changed: another one is another scenario."""
    with deed():
        there = Scenario.objects.select_for_update().get(pk=scenario.pk)
        require(may_share(by, there), _("You cannot share this scenario."), code="not_yours")
        drafts = [part.version for part in there.parts.select_related("version") if part.version.state != State.PUBLISHED
                  or part.version.digest != part.digest]
        if drafts:
            raise Refused(_("It was worked out with a draft: %(files)s.") % {"files": ", ".join(map(str, drafts))},
                          code="of_a_draft", remedy=_("Publish the file, and save the scenario again."))
        there.shared_by, there.shared_at = by.username, timezone.now()
        there.save()
        record("share_scenario", by=by.username, subject=subject(there), summary={"name": there.name, "country": there.country_id},
               on_behalf_of=acting_for(by, [there.country_id]))
    return there


def take_back_scenario(scenario: Scenario, *, by: User, reason: str = "") -> Scenario:
    """Let nobody but its author see a scenario any more."""
    with deed():
        there = Scenario.objects.select_for_update().get(pk=scenario.pk)
        require(may_take_back(by, there), _("You cannot take this scenario back."), code="not_yours")
        there.withdrawn_by, there.withdrawn_at = by.username, timezone.now()
        there.save()
        record("take_back_scenario", by=by.username, subject=subject(there), reason=reason.strip()[:LONGEST_NOTE],
               summary={"name": there.name, "country": there.country_id}, on_behalf_of=acting_for(by, [there.country_id]))
    return there


def subject(scenario: Scenario) -> tuple[str, str]:
    return "scenario", str(scenario.pk)
