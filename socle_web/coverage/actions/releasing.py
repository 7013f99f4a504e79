"""Editions of figures: released from an inquiry, loaded from an international source, taken back. Each is one event of the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from socle.coverage import Figure
from socle.tables import Book, Values
from socle.vocabulary import COUNTRIES
from socle_web.audit.actions import deed, record
from socle_web.audit.refusals import Refused
from socle_web.coverage import edition_bridge as bridge
from socle_web.coverage.edition_money import Row
from socle_web.coverage.models.editions import Edition, EditionKind, Value
from socle_web.places.models import Country

LONGEST_REASON = 5_000
AT_ONCE = 500  # rows of one statement
NAMED = 20  # areas that the log names


class Report(Protocol):
    """What an inquiry reports, as far as an edition holds it."""

    @property
    def figures(self) -> Sequence[Figure]: ...
    @property
    def spending(self) -> Sequence[Row]: ...
    @property
    def adequacy(self) -> Sequence[Row]: ...


@dataclass(frozen=True)
class Announced:
    """What an edition says of itself. An empty ``key`` is made of the country or the title and the day."""

    title: str
    source: str
    released_on: date
    key: str = ""
    notice: str = ""


@dataclass(frozen=True)
class Loaded:
    """``elsewhere``: how many values the file has of each area that is no country; they are not in the edition.
    ``is_new`` is false where the same values are there under this key already: then nothing happened."""

    edition: Edition
    values: int
    elsewhere: dict[str, int] = field(default_factory=dict)
    is_new: bool = True


def release(report: Report, announced: Announced, *, country: str, book: Book, by: str) -> Edition:
    """Publish the figures of a country's inquiry as an edition of its own, with the rows they were counted from."""
    values = bridge.of_report(report)
    if any(one.country_id != country for one in values):
        raise Refused(_("The inquiry has figures of another country."), code="another_country",
                      remedy=_("Release the inquiry of each country for itself."))
    return _kept(values, announced, by=by, country=country, book=book).edition


def released(report: Report, *, country: str) -> Edition | None:
    """The public edition of a country that says these very figures, if there is one."""
    return Edition.objects.public().filter(country=country, digest=bridge.digest_of(bridge.of_report(report))).first()


def load(values: Values, announced: Announced, *, by: str, made_up: bool = False) -> Loaded:
    """Publish the values of an international source as an edition. What is there already under its key is not taken again."""
    if len(values.vintages) > 1:
        raise Refused(_("The file has figures of several editions: %(names)s.") % {"names": ", ".join(values.vintages)},
                      code="several_editions",
                      remedy=_("Load each edition by itself: what restates the past is never joined with it."))
    found, elsewhere = bridge.of_values(values)
    return _kept(found, announced, by=by, made_up=made_up, elsewhere=elsewhere)


def take_back(edition: Edition, *, by: str, reason: str) -> Edition:
    """An edition that should not have been released is no longer shown; it stays, and the log says why."""
    if not reason.strip():
        raise Refused(_("A reason is needed."), code="reason_needed", remedy=_("Say why the edition is taken back."))
    with deed():
        there = Edition.objects.select_for_update().get(pk=edition.pk)
        if there.withdrawn_by:
            raise Refused(_("This edition was taken back already."), code="taken_back")
        there.withdrawn_by, there.withdrawn_at, there.reason = by, timezone.now(), reason.strip()[:LONGEST_REASON]
        there.save(update_fields=["withdrawn_by", "withdrawn_at", "reason"])
        record("take_back_edition", by=by, subject=subject(there), reason=there.reason, summary={"digest": there.digest[:12]})
    return there


def _kept(values: list[Value], announced: Announced, *, by: str, country: str = "", book: Book | None = None, made_up: bool = False,
          elsewhere: dict[str, int] | None = None) -> Loaded:
    if not values:
        raise Refused(_("There is no figure to release."), code="no_figures",
                      remedy=_("See whether the file says anything about a country."))
    _refuse_what_is_said_twice(values)
    digest = bridge.digest_of(values)
    with deed():
        key, there = _place_of(announced, country, digest)
        if there is not None:
            return Loaded(there, there.values.count(), elsewhere or {}, is_new=False)
        _refuse_unknown({one.country_id for one in values})
        edition = Edition.objects.create(
            key=key, title=announced.title.strip()[:300], source=announced.source.strip(), notice=announced.notice.strip(),
            kind=EditionKind.NATIONAL if country else EditionKind.INTERNATIONAL, country_id=country or None,
            made_up=made_up or all(COUNTRIES[one].made_up for one in {one.country_id for one in values}),
            released_on=announced.released_on, loaded_by=by, loaded_at=timezone.now(), digest=digest)
        for one in values:
            one.edition = edition
        Value.objects.bulk_create(values, batch_size=AT_ONCE)
        if book is not None:
            lines = bridge.lines_of(book)
            for line in lines:
                line.edition = edition
            edition.lines.bulk_create(lines, batch_size=AT_ONCE)
        left_out = {"left_out": sum(elsewhere.values()), "areas": sorted(elsewhere)[:NAMED]} if elsewhere else {}
        record("release_edition", by=by, subject=subject(edition),
               summary={"title": edition.title, "values": len(values), "digest": digest, "source": edition.source[:300]} | left_out)
    return Loaded(edition, len(values), elsewhere or {})


def _place_of(announced: Announced, country: str, digest: str) -> tuple[str, Edition | None]:
    """The key of the edition to be, and the one that is there already with the same figures. A country that releases twice on a
    day has two editions; a key that was given is one edition for good."""
    if announced.key:
        key = slugify(announced.key)[:80]
        there = Edition.objects.filter(key=key).first()
        if there is not None and there.digest != digest:
            raise Refused(_("There is an edition %(key)s with other figures.") % {"key": key}, code="key_taken",
                          remedy=_("An edition never changes: give the new figures a key of their own."))
        return key, there
    first = slugify(f"{country or announced.title}-{announced.released_on}")[:70]
    taken = set(Edition.objects.filter(key__startswith=first).values_list("key", flat=True))
    return next(key for key in (first, *(f"{first}-{n}" for n in range(2, len(taken) + 3))) if key not in taken), None


def _refuse_what_is_said_twice(values: Iterable[Value]) -> None:
    counted = Counter(tuple(getattr(one, name) for name in bridge.IDENTITY) for one in values)
    twice = [identity for identity, times in counted.items() if times > 1]
    if twice:
        told = ", ".join("/".join(filter(None, map(str, one))) for one in twice[:5])
        raise Refused(_("%(n)s figures are said more than once: %(which)s.") % {"n": len(twice), "which": told}, code="said_twice",
                      remedy=_("An edition says a figure once: leave one of them, or load the dimensions that tell them apart."))


def _refuse_unknown(countries: set[str]) -> None:
    missing = sorted(countries - set(Country.objects.values_list("pk", flat=True)))
    if missing:
        raise Refused(_("There is no country %(codes)s.") % {"codes": ", ".join(missing)}, code="unknown_country",
                      remedy=_("Bring the database up to date: socle-web migrate."))


def subject(edition: Edition) -> tuple[str, str]:
    return "edition", edition.key
