"""The facts as they are given: every one that the vocabulary does not know, or cannot be, told at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches

from socle.entitlements.meaning import Reading, Value
from socle.entitlements.saying import value_in_words
from socle.errors import Finding, InputError
from socle.schemes import RESERVED, derived
from socle.vocabulary import FACTS, NamedFact, say

#: More members than any household has; a bound on the work that one question may ask for.
MOST_MEMBERS = 1_000
#: Mistakes beyond these are not told: a file of nothing else is not a file of facts.
MOST_FINDINGS = 500


def read_facts(facts: object, *, unit: str = "person", on: date, sheet: str | None = None) -> dict[str, object]:
    """The facts with their days as ``date``; what is null is not given. Raises ``InputError`` with everything that is wrong.

    ``facts`` is what a JSON object or a table of TOML holds: names of the vocabulary to numbers, truths, days (``"2024-02-28"``)
    and codes, and ``members``, a list of such objects. ``unit``: whose facts they are, of a person or a household. ``sheet``: the
    file they came from.
    """
    asked = _Asked(unit, on, sheet)
    found = asked.read(facts)
    if not asked.findings:
        asked.check_what_follows(found)
    if asked.findings:
        raise InputError(asked.findings[0].message, findings=asked.findings)
    return found


class _Asked:
    """One reading of facts, and what is wrong with them."""

    def __init__(self, unit: str, on: date, sheet: str | None) -> None:
        self.unit = unit
        self.on = on
        self.sheet = sheet
        self.findings: list[Finding] = []

    def read(self, facts: object) -> dict[str, object]:
        if not isinstance(facts, Mapping):
            self._tell("facts_object", None, facts, say("The facts are not an object of names and values."),
                       say("Write {example}.", example='{"age": 68, "resident": true}'))
            return {}
        found = self._of_one(facts, "", ("household", "country") if self.unit == "household"
                             else ("person", "household", "country"))
        if facts.get("members") is not None:
            found["members"] = self._members(facts["members"])
        return found

    def _members(self, members: object) -> list[dict[str, object]]:
        if not isinstance(members, list | tuple):
            self._tell("fact_type", "members", members, say("The members of a household are a list of objects."),
                       say("Write {example}.", example='"members": [{"age": 68}, {"age": 12}]'))
            return []
        if len(members) > MOST_MEMBERS:
            self._tell("fact_bounds", "members", len(members),
                       say("A household of {n} members is larger than any.", n=len(members)),
                       say("Give the members of one household."))
            return []
        found = []
        for number, member in enumerate(members, 1):
            if isinstance(member, Mapping):
                found.append(self._of_one(member, f"members[{number}].", ("person",)))
            else:
                self._tell("fact_type", f"members[{number}]", member,
                           say("A member of a household is an object of names and values."),
                           say("Write {example}.", example='"members": [{"age": 68}, {"age": 12}]'))
        return found

    def _of_one(self, facts: Mapping[object, object], path: str, whose: tuple[str, ...]) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, value in facts.items():
            if len(self.findings) >= MOST_FINDINGS:
                break
            key = f"{path}{_short(str(name))}"
            if name == "members" and not path:
                continue
            fact = FACTS.get(name) if isinstance(name, str) else None
            if fact is None:
                self._tell("fact_unknown", key, value, say("“{value}” is no fact that the vocabulary knows.", value=name),
                           _nearest(str(name)))
            elif fact.of not in whose:
                self._tell("fact_place", key, value, _whose(fact), say("Put it under a member.") if fact.of == "person"
                           else say("Put it beside the members, not under one of them."))
            elif value is not None:
                read = self._value(fact, key, value)
                if read is not None:
                    found[fact.name] = read
        return found

    def _value(self, fact: NamedFact, key: str, value: object) -> object:
        match fact.type:
            case "truth" if isinstance(value, bool):
                return value
            case "code" if isinstance(value, str) and value.strip():
                return self._code(fact, key, value)
            case "day" if isinstance(value, date) and not isinstance(value, datetime):
                return self._bounded(fact, key, value, 10_000 * value.year + 100 * value.month + value.day)
            case "day" if isinstance(value, str) and (day := _day(value)) is not None:
                return self._bounded(fact, key, day, 10_000 * day.year + 100 * day.month + day.day)
            case "number" if isinstance(value, int | float) and _is_figure(value):
                return self._bounded(fact, key, value, value)
        self._tell("fact_type", key, value, say("“{value}” is not what {fact} can be: {needed}.", value=_short(value), fact=key,
                                                needed=_needed(fact)), _write(fact))
        return None

    def _code(self, fact: NamedFact, key: str, value: str) -> str | None:
        if not fact.codes or value in fact.codes:
            return value
        near = get_close_matches(value.casefold(), fact.codes, n=2, cutoff=0.5)
        self._tell("fact_code", key, value, say("“{value}” is no code of {fact}.", value=_short(value), fact=fact.name),
                   say("Did you mean {near}?", near=", ".join(near)) if near
                   else say("Use one of: {codes}.", codes=", ".join(fact.codes)))
        return None

    def _bounded(self, fact: NamedFact, key: str, value: object, figure: float) -> object:
        if (fact.low is None or figure >= fact.low) and (fact.high is None or figure <= fact.high):
            return value
        self._tell("fact_bounds", key, value,
                   say("{fact} cannot be {value}: it lies between {low} and {high}.", fact=key, value=_short(value),
                                                  low=value_in_words(fact, fact.low), high=value_in_words(fact, fact.high)),
                   say("Correct the figure, or leave the fact out if it is not known."))
        return None

    # -- what follows from what is given

    def check_what_follows(self, facts: dict[str, object]) -> None:
        """A fact that is given must agree with what it follows from; what follows must be plausible."""
        home = Reading(facts, on=self.on)
        readings = [("", home), *((f"members[{n}].", member) for n, member in enumerate(home.members() or (), 1))]
        for path, reading in readings:
            for fact in FACTS.values():
                if fact.derived is not None and (fact.of == "person" or not path):
                    self._check_derived(fact, path, reading)

    def _check_derived(self, fact: NamedFact, path: str, reading: Reading) -> None:
        rule = derived(fact.name)
        follows = None if rule is None else reading.value(rule)
        if follows is None:
            return
        given = reading.facts.get(fact.name)
        if given is None:
            if isinstance(follows, float):
                self._check_plausible(fact, path, follows)
        elif _disagree(fact, given, follows):
            self._tell("fact_contradiction", path + fact.name, given,
                       say("{fact} is given as {given}, and on {day} it follows from the other facts that it is {follows}.",
                           fact=path + fact.name,
                           given=value_in_words(fact, given), day=self.on.isoformat(), follows=value_in_words(fact, follows)),
                       say("Give one of them only: {rule}.", rule=fact.derived))

    def _check_plausible(self, fact: NamedFact, path: str, follows: float) -> None:
        if (fact.low is not None and follows < fact.low) or (fact.high is not None and follows > fact.high):
            self._tell("fact_bounds", path + fact.name, value_in_words(fact, follows),
                       say("On {day} it follows from the other facts that {fact} is {value}, which cannot be.",
                           day=self.on.isoformat(),
                           fact=path + fact.name, value=value_in_words(fact, follows)),
                       say("Correct the facts, or the day asked for: {rule}.", rule=fact.derived))

    def _tell(self, code: str, key: str | None, value: object, message: str, remedy: str) -> None:
        self.findings.append(Finding("error", self.sheet, None, key, _short(value), code, message, remedy))


def _disagree(fact: NamedFact, given: object, follows: Value) -> bool:
    """Money of a household need not be the sum of what its members are known to have; completed years may be told with their
    months."""
    if isinstance(given, bool) or isinstance(follows, bool):
        return given is not follows
    if fact.unit == "currency_per_month" or not isinstance(given, int | float) or not isinstance(follows, int | float):
        return False
    return abs(given - follows) >= 1


def _is_figure(value: float) -> bool:
    """A number that is one: true and NaN are none; a whole number may be larger than a double."""
    return not isinstance(value, bool) and (isinstance(value, int) or math.isfinite(value))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _nearest(name: str) -> str:
    near = get_close_matches(name.casefold(), [*FACTS, "members"], n=3, cutoff=0.6)
    if near:
        return say("Did you mean {near}?", near=", ".join(near))
    if name in RESERVED:
        return say("It is a word of the rule language, not a fact.")
    return say("The facts that a rule may name are in docs/reference/facts.md.")


def _whose(fact: NamedFact) -> str:
    if fact.of == "person":
        return say("{fact} is a fact of a person, and the scheme is for households.", fact=fact.name)
    return say("{fact} is a fact of the whole household or of the country.", fact=fact.name)


def _needed(fact: NamedFact) -> str:
    return {"number": say("a number"), "truth": say("true or false"), "day": say("a day"), "code": say("a code")}[fact.type]


def _write(fact: NamedFact) -> str:
    if fact.type == "number":
        example = "0.4" if fact.unit == "share" else "68"
        return say("Write digits without quotes, such as {example}; leave it out if it is not known.", example=example)
    if fact.type == "truth":
        return say("Write true or false without quotes; leave it out if it is not known.")
    if fact.type == "day":
        return say("Write a day such as \"2024-02-28\"; leave it out if it is not known.")
    return say("Use one of: {codes}.", codes=", ".join(fact.codes)) if fact.codes else say("Write a code in quotes.")


def _short(value: object) -> str:
    """The value as JSON would write it, cut where it is long."""
    if isinstance(value, int) and abs(value) >= 10**40:
        return "…"
    text = str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)
    return text if len(text) <= 60 else text[:59] + "…"
