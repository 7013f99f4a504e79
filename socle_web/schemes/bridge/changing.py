"""What a dialogue argues about, changed in a scheme: ages, amounts, coverage. The file itself stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from socle import schemes
from socle.schemes import Assumption, Benefit, Eligibility, Ramp, Rule, Scheme
from socle.schemes import expressions as x
from socle.vocabulary import Source

LOWER = {">=": 0, ">": 1}  # what is added to the number to have the first completed age that is meant
UPPER = {"<=": 0, "<": -1}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Moved:
    """What is asked of one scheme; None: as the file says. ``amounts`` by tier: an amount in the scheme's currency, a share, or of
    what a formula gives the part that is paid (1: all of it)."""

    first_age: int | None = None
    last_age: int | None = None
    amounts: tuple[tuple[str, float], ...] = ()
    coverage: float | None = None      # share (0-1) of the target group in the first year
    full_in: int | None = None         # the year from which the whole target group is covered


def ages_of(scheme: Scheme) -> tuple[int | None, int | None]:
    """The first and the last completed age with which the rules compare ``age``; None where they name none, or several."""
    found = [bound for entry in scheme.eligibility for bound in _bounds(entry.rule.expression)]
    first, last = ({age for lower, age in found if lower is wanted} for wanted in (True, False))
    return (first.pop() if len(first) == 1 else None, last.pop() if len(last) == 1 else None)


def moved(scheme: Scheme, asked: Moved, *, first: int, last: int, by: Source) -> Scheme:
    """The scheme as it is asked about, for the years from ``first`` to ``last``; what is changed says that the studio did it."""
    eligibility, benefits, ramp, assumptions = scheme.eligibility, scheme.benefits, scheme.ramp, scheme.assumptions
    if asked.first_age is not None or asked.last_age is not None:
        eligibility = tuple(_of_ages(entry, asked, by) for entry in eligibility)
        assumptions = tuple(_carried(one, assumptions, asked, by) for one in assumptions)
    if asked.amounts:
        benefits = _of_amounts(benefits, dict(asked.amounts), date(first, 7, 1), by)
    if asked.coverage is not None:
        ramp = tuple(_ramp(asked.coverage, asked.full_in, first, last, by))
    return replace(scheme, eligibility=eligibility, benefits=benefits, ramp=ramp, assumptions=assumptions)


def set_ages(expression: x.Expression, first: int | None, last: int | None) -> x.Expression:
    """The rule with other ages in its comparisons of ``age``; None leaves them."""
    def of_age(found: Any) -> Any:
        bound = _bound(found)
        if bound is None:
            return found
        lower, wanted = bound[0], first if bound[0] else last
        if wanted is None:
            return found
        turned = isinstance(found.right, x.Fact)
        op = TURNED[found.op] if turned else found.op
        number = x.Number(float(wanted - (LOWER if lower else UPPER)[op]))
        return replace(found, left=number) if turned else replace(found, right=number)

    return _through(expression, of_age)  # type: ignore[no-any-return]


def _of_ages(entry: Eligibility, asked: Moved, by: Source) -> Eligibility:
    expression = set_ages(entry.rule.expression, asked.first_age, asked.last_age)
    if expression == entry.rule.expression:
        return entry
    return replace(entry, rule=Rule(schemes.written(expression), expression, entry.rule.line), source=by)


def _carried(one: Assumption, among: Sequence[Assumption], asked: Moved, by: Source) -> Assumption:
    """What is assumed of the youngest holds down to the age that is asked, and what of the oldest, up to it; its source says so."""
    same = [other.ages for other in among if (other.fact, other.sex) == (one.fact, one.sex)]
    first, last = one.ages
    if asked.first_age is not None and first == min(ages[0] for ages in same):
        first = min(first, asked.first_age)
    if asked.last_age is not None and last == max(ages[1] for ages in same):
        last = max(last, asked.last_age)
    if (first, last) == one.ages:
        return one
    source = by
    if one.source is not None:
        source = replace(one.source, place=", ".join(filter(None, (one.source.place, by.document))), verified=False)
    return replace(one, ages=(first, last), source=source)


def _of_amounts(benefits: tuple[Benefit, ...], amounts: Mapping[str, float], day: date, by: Source) -> tuple[Benefit, ...]:
    """A tier that is asked about pays the same from its beginning on: what the file says later of it does not count."""
    found: dict[str, Benefit] = {}
    for entry in benefits:
        if entry.tier in amounts and (entry.tier not in found or found[entry.tier].since < entry.since <= day):
            found[entry.tier] = entry
    asked = {tier: replace(entry, since=min(one.since for one in benefits if one.tier == tier), source=by,
                           **_paid(entry, amounts[tier]))
             for tier, entry in found.items()}
    kept = tuple(entry for entry in benefits if entry.tier not in asked)
    return (*kept, *asked.values())


def _paid(entry: Benefit, asked: float) -> dict[str, Any]:
    if entry.formula is not None:
        expression = x.Arithmetic("*", entry.formula.expression, x.Number(asked))
        return {"formula": Rule(schemes.written(expression), expression, entry.formula.line)}
    return {"share": asked} if entry.share is not None else {"amount": asked}


def _ramp(coverage: float, full_in: int | None, first: int, last: int, by: Source) -> Iterator[Ramp]:
    """In equal steps from the first year to the year in which everybody is covered; without one it stays."""
    years = 0 if full_in is None else max(0, full_in - first)
    yield Ramp(first, coverage if full_in is None or years else 1.0, by)
    for step in range(1, years + 1):
        if first + step <= last:
            yield Ramp(first + step, coverage + (1 - coverage) * step / years, by)


def _bounds(expression: x.Expression) -> Iterator[tuple[bool, int]]:
    for part in _parts(expression):
        bound = _bound(part)
        if bound is not None:
            yield bound


def _bound(part: Any) -> tuple[bool, int] | None:
    """Of ``age >= 65``: a lower bound, 65."""
    if not isinstance(part, x.Compare):
        return None
    sides = (part.left, part.right)
    if isinstance(sides[0], x.Fact) and sides[0].name == "age" and isinstance(sides[1], x.Number):
        op, number = str(part.op), sides[1].value
    elif isinstance(sides[1], x.Fact) and sides[1].name == "age" and isinstance(sides[0], x.Number):
        op, number = TURNED.get(part.op, ""), sides[0].value
    else:
        return None
    if op in LOWER:
        return True, int(number) + LOWER[op]
    return (False, int(number) + UPPER[op]) if op in UPPER else None


def _parts(expression: Any) -> Iterator[Any]:
    yield expression
    if is_dataclass(expression):
        for one in fields(expression):
            inner = getattr(expression, one.name)
            for part in inner if isinstance(inner, tuple) else (inner,):
                if is_dataclass(part):
                    yield from _parts(part)


def _through(expression: Any, change: Any) -> Any:
    """The tree with every part changed, from the leaves up."""
    if not is_dataclass(expression) or isinstance(expression, type):
        return expression
    new = {}
    for one in fields(expression):
        inner = getattr(expression, one.name)
        new[one.name] = tuple(_through(part, change) for part in inner) if isinstance(inner, tuple) else _through(inner, change)
    return change(replace(expression, **new))
