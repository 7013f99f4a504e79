"""After an evaluation: what was answered, what is done about it, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from socle_web.results.models import OPEN, Action, Entry, Evidence, Recommendation
from socle_web.results.queries import SETTLED, evidence_for


@dataclass(frozen=True, slots=True)
class Step:
    """An action. ``days`` late; 0 where it is not. ``missing`` are codes of ``wording.NOT_YET``."""

    action: Action
    evidence: Sequence[Evidence]
    missing: tuple[str, ...]
    days: int
    entry: Entry | None

    @property
    def is_settled(self) -> bool:
        return self.action.status in SETTLED


@dataclass(frozen=True, slots=True)
class Followed:
    """A recommendation, its response, and its actions."""

    recommendation: Recommendation
    steps: Sequence[Step]
    missing: tuple[str, ...]
    entry: Entry | None

    @property
    def is_followed(self) -> bool:
        return not self.missing and all(step.is_settled and not step.missing for step in self.steps)


@dataclass(frozen=True, slots=True)
class Loop:
    followed: Sequence[Followed]
    overdue: Sequence[Step]
    answered: int

    @property
    def complete(self) -> int:
        return sum(one.is_followed for one in self.followed)


def loop(*, on: date) -> Loop:
    """Every recommendation with what is missing, in five questions."""
    recommendations = list(Recommendation.objects.prefetch_related("actions").order_by("evaluation", "id"))
    alone = list(Action.objects.filter(recommendation=None))
    actions = [action for one in recommendations for action in one.actions.all()] + alone
    evidence = evidence_for(action.name_of_record for action in actions)
    working = {(entry.sheet, entry.key): entry
               for entry in Entry.objects.filter(sheet__in=("recommendations", "actions"), state__in=OPEN)}
    steps = {action.pk: _step(action, evidence.get(action.name_of_record, ()), working.get(("actions", action.key)), on=on)
             for action in actions}
    followed = [_followed(one, [steps[action.pk] for action in one.actions.all()], working.get(("recommendations", one.key)))
                for one in recommendations]
    late = sorted((step for step in steps.values() if step.days), key=lambda step: -step.days)
    return Loop(followed, late, sum(bool(one.recommendation.response or one.recommendation.response_text) for one in followed))


def _followed(one: Recommendation, steps: Sequence[Step], entry: Entry | None) -> Followed:
    missing = []
    if not one.response:
        missing.append("decision" if one.response_text else "response")
    elif one.response == "rejected" and not one.response_text:
        missing.append("reason")
    elif one.response != "rejected" and not steps:
        missing.append("action")
    return Followed(one, steps, tuple(missing), entry)


def _step(action: Action, evidence: Sequence[Evidence], entry: Entry | None, *, on: date) -> Step:
    return Step(action, evidence, tuple(_lacks(action, bool(evidence))), _late(action, on), entry)


def _lacks(action: Action, borne_out: bool) -> Iterable[str]:
    if not action.owner:
        yield "owner"
    if action.due_on is None and action.status not in SETTLED:
        yield "due_on"
    if not action.status:
        yield "status"
    if action.status == "done" and not borne_out:
        yield "evidence"


def _late(action: Action, on: date) -> int:
    if action.due_on is None or action.status in SETTLED:
        return 0
    return max((on - action.due_on).days, 0)
