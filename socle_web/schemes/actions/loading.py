"""Schemes of a catalogue: published as they are, marked as imported, each once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from socle.errors import Finding
from socle_web.audit.actions import deed, record
from socle_web.places.models import Country
from socle_web.schemes import bridge
from socle_web.schemes.actions.workflow import next_number
from socle_web.schemes.models import Kind, State, Version


@dataclass(frozen=True)
class Brought:
    """A file of a catalogue, with the worked cases beside it."""

    name: str
    text: str
    cases: str = ""
    kind: str = Kind.SCHEME
    country: str = ""  # of an economy, which may not say it


@dataclass(frozen=True)
class Loaded:
    new: Sequence[str] = ()
    unchanged: Sequence[str] = ()
    findings: Sequence[Finding] = ()

    @property
    def refused(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)


def load(files: Iterable[Brought], *, by: str, source: str) -> Loaded:
    """All of them, or nothing if one has an error. A text that was published before under its name changes nothing."""
    new: list[Version] = []
    unchanged: list[str] = []
    findings: list[Finding] = []
    with deed():
        countries = set(Country.objects.values_list("pk", flat=True))
        for file in files:
            told = bridge.read(file.text, kind=file.kind, name=file.name)
            findings += told.findings
            country = told.country or file.country
            if told.key and country in countries and not any(finding.severity == "error" for finding in told.findings):
                _take(file, told, country, new, unchanged, by=by)
        if any(finding.severity == "error" for finding in findings):
            return Loaded(findings=findings)
        for version in new:
            version.number = next_number(version)
            version.save()
        if new:
            record("load", by=by, subject=("schemes", source),
                   summary={"new": [one.name_of_file for one in new], "unchanged": len(unchanged)})
    return Loaded([one.name_of_file for one in new], unchanged, findings)


def _take(file: Brought, told: bridge.Told, country: str, new: list[Version], unchanged: list[str], *, by: str) -> None:
    now, digest = timezone.now(), bridge.digest_of(file.text)
    there = Version.objects.filter(kind=file.kind, country=country, key=told.key, digest=digest, cases=file.cases,
                                   number__isnull=False).first()
    if there is not None:
        unchanged.append(there.name_of_file)
        return
    new.append(Version(
        kind=file.kind, country_id=country, key=told.key, names=dict(told.names), text=file.text, cases=file.cases, digest=digest,
        state=State.PUBLISHED, imported=True, typists=f";{by};", entered_by=by, entered_at=now, changed_by=by, changed_at=now,
        published_by=by, published_at=now))
