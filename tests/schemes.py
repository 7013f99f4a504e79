"""Two schemes of Kenya, one in two versions, and a scenario of them that everybody sees: for whoever walks through every page."""

from __future__ import annotations

from django.utils import timezone

from socle_web.schemes import actions
from socle_web.schemes.actions.loading import Brought
from socle_web.schemes.models import Part, Scenario, Version
from tests.unit.web_schemes.texts import CASES, GRANT, PENSION

KEY = "a-scenario-of-tests"


def bring() -> None:
    """As from a catalogue; nothing twice."""
    for files in ([("grant", GRANT, CASES), ("pension", PENSION, "")], [("grant", GRANT.replace("1000", "1250"), CASES.replace("1000", "1250"))]):
        outcome = actions.load([Brought(f"{name}/scheme.toml", text, cases) for name, text, cases in files], by="a test", source="tests")
        assert not outcome.refused, outcome.findings
    if not Scenario.objects.filter(key=KEY).exists():
        version = Version.objects.get(key="test-child-grant", number=2)
        now = timezone.now()
        scenario = Scenario.objects.create(
            key=KEY, name="Child grant to age 8", country_id="KEN", author="a test", at=now, shared_by="a test", shared_at=now,
            parameters={"country": ["KEN"], "s": [str(version.pk)], f"{version.pk}.last": ["7"], "start": ["2025"], "end": ["2030"],
                        "economy": ["none"]})
        Part.objects.create(scenario=scenario, version=version, digest=version.digest, text=version.text)
