"""Questions about deeds that are done to all entries of a file: what is on its way, and what became of it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle.errors import Finding
from socle_web.accounts.permissions import Person, may
from socle_web.results import pulse
from socle_web.results.models import Entry, Errand, State, Upload
from socle_web.results.uploads import QUEUED, STILL

Deed, Stage = Errand.Deed, Errand.Stage
OPEN = (Stage.WAITING, Stage.DOING)
#: The entries a deed is about.
STATES: dict[str, tuple[str, ...]] = {
    Deed.SUBMIT: (State.DRAFT,), Deed.VERIFY: (State.SUBMITTED,), Deed.RETURN: (State.SUBMITTED, State.VERIFIED),
    Deed.PUBLISH: (State.VERIFIED,),
}
SHOWN = 10


def entries(errand: Errand) -> QuerySet[Entry]:
    """Those that are still as they were when it was asked for: nobody decides on what they have not seen."""
    unchanged = Q(changed_at__lte=errand.at) & (Q(submitted_at__isnull=True) | Q(submitted_at__lte=errand.at))
    return Entry.objects.filter(unchanged, upload=errand.upload_id, state__in=STATES[errand.deed])


def allowed(user: Person, states: dict[str, int], *, own: bool) -> dict[str, int]:
    """What this person may do to all entries of a file whose entries are in these states, and to how many."""
    found = {deed: sum(states.get(state, 0) for state in those) for deed, those in STATES.items() if may(user, deed)}
    return {str(deed): number for deed, number in found.items() if number and (own or deed != Deed.SUBMIT)}


def pulse_of(errand: Errand) -> str:
    return f"errand-{errand.pk}"


def heard_at(errand: Errand) -> datetime:
    """When somebody last worked on it."""
    beat = pulse.heard_of(pulse_of(errand))
    return max(errand.begun_at or errand.at, beat.at if beat else errand.at)


def has_died(errand: Errand) -> bool:
    """Whether nobody begins it, or whoever did it has not been heard of for a minute."""
    patience = QUEUED if errand.stage == Stage.WAITING else STILL
    return errand.stage in OPEN and heard_at(errand) < timezone.now() - patience


def dead() -> list[Errand]:
    """Those that somebody began and left."""
    return [errand for errand in Errand.objects.filter(stage=Stage.DOING) if has_died(errand)]


def on_its_way(upload: Upload) -> Errand | None:
    return Errand.objects.filter(upload=upload, stage__in=OPEN).first()


def share(errand: Errand) -> float:
    """How much of the work is behind, of 100."""
    beat = pulse.heard_of(pulse_of(errand))
    return round(100 * beat.share, 1) if beat else 0.0


def done(upload: Upload) -> list[tuple[str, Errand]]:
    """What was done to its entries, in words, the last first."""
    there = Errand.objects.filter(upload=upload, stage=Stage.DONE).defer("findings").order_by("-ended_at")[:SHOWN]
    return [(told(errand), errand) for errand in there]


def refused(upload: Upload, user: Person) -> Errand | None:
    """What this person asked for last, where it was refused or has stopped."""
    last = Errand.objects.filter(upload=upload, by=user.get_username()).first()
    if last is None or last.stage == Stage.DONE or (last.stage in OPEN and not has_died(last)):
        return None
    return last


def findings(errand: Errand) -> list[Finding]:
    return [Finding(*row) for row in errand.findings]


def told(errand: Errand) -> str:
    """What was done, in a sentence."""
    n = errand.total
    said = {
        Deed.SUBMIT: lambda: ngettext("%(n)s entry was submitted.", "%(n)s entries were submitted.", n),
        Deed.VERIFY: lambda: ngettext("%(n)s entry was verified.", "%(n)s entries were verified.", n),
        Deed.RETURN: lambda: ngettext("%(n)s entry was returned.", "%(n)s entries were returned.", n),
        Deed.PUBLISH: lambda: ngettext("%(n)s entry was published.", "%(n)s entries were published.", n),
    }
    return said[Deed(errand.deed)]() % {"n": number_format(n, force_grouping=True)}


def under_way(deed: str) -> str:
    """What is being done."""
    said = {
        Deed.SUBMIT: lambda: _("All entries are being submitted"), Deed.VERIFY: lambda: _("All entries are being verified"),
        Deed.RETURN: lambda: _("All entries are being returned"), Deed.PUBLISH: lambda: _("All entries are being published"),
    }
    return said[Deed(deed)]()
