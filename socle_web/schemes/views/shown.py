"""A scheme and a file as pages show them: what the law says in words, a text line by line with what is wrong beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from socle.entitlements import in_words
from socle.errors import Finding
from socle.schemes import Scheme
from socle.vocabulary import BRANCHES, GUARANTEES, Source, day
from socle_web.schemes import bridge, wording
from socle_web.schemes.models import Version


@dataclass(frozen=True)
class Entry:
    """One dated thing a scheme says."""

    what: str
    said: str
    since: str
    source: Source | None
    until: str = ""
    article: str = ""
    more: str = ""
    rule: str = ""  # the text of what is said in words
    who: str = ""


@dataclass(frozen=True)
class Sections:
    facts: Sequence[str]
    laws: Sequence[Entry]
    eligibility: Sequence[Entry]
    benefits: Sequence[Entry]
    contributions: Sequence[Entry]
    administration: Sequence[Entry]
    ramp: Sequence[Entry]
    assumptions: Sequence[Entry]
    reported: Sequence[Entry]
    missing: Sequence[Entry]


@dataclass(frozen=True)
class Line:
    """A line of a file with what is to be said of it."""

    number: int
    text: str
    findings: Sequence[Finding] = ()

    @property
    def is_wrong(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)


def sections(scheme: Scheme) -> Sections:
    """Everything the file says, dated and sourced, in its order."""
    branch = BRANCHES[scheme.branch].label() if scheme.branch in BRANCHES else scheme.branch
    guarantee = GUARANTEES[scheme.guarantee].label() if scheme.guarantee and scheme.guarantee in GUARANTEES else ""
    facts = (branch, guarantee, wording.contributory(scheme), wording.unit(scheme), scheme.institution)
    return Sections(
        facts=[fact for fact in facts if fact],
        laws=[Entry(law.title, "", _day(law.since), law.source, article=law.article) for law in scheme.laws],
        eligibility=[Entry(entry.part.replace("_", " "), in_words(entry.rule, currency=scheme.currency or ""), _day(entry.since),
                           entry.source, _day(entry.until), entry.article, rule=entry.rule.text) for entry in scheme.eligibility],
        benefits=[Entry(wording.tier(one.tier), wording.pays(one), _day(one.since), one.source, _day(one.until), one.article,
                        ", ".join((*wording.limits(one, scheme.currency or ""), wording.indexed(one.index))),
                        rule=wording.rules(one),
                        who=wording.who(one, one.currency or scheme.currency or "")) for one in scheme.benefits],
        contributions=[Entry(wording.payer(one), wording.paid(one), _day(one.since), one.source, _day(one.until), one.article,
                             rule=one.base.text if one.base is not None else "") for one in scheme.contributions],
        administration=[Entry("", wording.administered(one), _day(one.since), one.source) for one in scheme.administration],
        ramp=[Entry(str(one.year), wording.reached(one), "", one.source) for one in scheme.ramp],
        assumptions=[Entry(wording.fact(one.fact), wording.assumed(one), str(one.since or ""), one.source,
                           more=wording.of_whom(one)) for one in scheme.assumptions],
        reported=[Entry(str(one.year), wording.reported(one), "", one.source, more=one.note) for one in scheme.reported],
        missing=[Entry(one.key, one.note, "", one.source) for one in scheme.missing],
    )


def lines(text: str, findings: Sequence[Finding]) -> tuple[list[Line], list[Finding]]:
    """Every line of a text with its findings, and the findings that are of no line."""
    texts = text.splitlines() or [""]
    of_line: dict[int, list[Finding]] = {}
    elsewhere = []
    for finding in findings:
        if finding.row is not None and 1 <= finding.row <= len(texts):
            of_line.setdefault(finding.row, []).append(finding)
        else:
            elsewhere.append(finding)
    return [Line(place, line, of_line.get(place, ())) for place, line in enumerate(texts, start=1)], elsewhere


def cases_of(version: Version) -> bridge.TriedCases | None:
    return bridge.cases(version.text, version.cases) if version.cases.strip() else None


def _day(on: date | None) -> str:
    return day(on) if on else ""

