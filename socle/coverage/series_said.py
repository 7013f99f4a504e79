"""What each series counts against what, in words."""

from __future__ import annotations

from collections.abc import Sequence

from socle.vocabulary import BRANCHES, COVERAGE_GROUPS, LEGAL_ROUTES, say


def series_said(series: str, *, group: str = "") -> str:
    """The sentence that says what a series of effective coverage is."""
    if series == "SI_COV_WKINJRY":
        return (say("Workers protected by schemes of employment injury, per 100 persons of the labour force.")
                if group == "labour_force" else
                say("Workers protected by schemes of employment injury, per 100 employed persons."))
    return {
        "SI_COV_BENFTS": say("Persons who receive at least one cash benefit or actively contribute to a scheme, each person once, "
                             "per 100 inhabitants. Health care is not counted."),
        "SI_COV_CHLD": say("Recipients of child and family benefits in cash, per 100 children."),
        "SI_COV_MATNL": say("Women who receive a maternity benefit in cash, per 100 women giving birth in the year."),
        "SI_COV_DISAB": say("Recipients of invalidity benefits in cash, per 100 persons with severe disabilities."),
        "SI_COV_UEMP": say("Recipients of unemployment benefits in cash, per 100 unemployed persons."),
        "SI_COV_PENSN": say("Recipients of old-age benefits in cash, per 100 persons above the statutory retirement age."),
        "SI_COV_VULN": say("Recipients of non-contributory benefits in cash, per 100 vulnerable persons."),
        "SI_COV_POOR": say("Recipients of non-contributory benefits in cash, per 100 persons below the national poverty line."),
        "active_contributors_labour_force": say("Active contributors of at least one scheme, each person once, per 100 persons of "
                                                "the labour force."),
        "active_contributors_working_age": say("Active contributors of at least one scheme, each person once, per 100 persons of "
                                               "working age."),
        "health_affiliation": say("Persons affiliated to health protection, each person once, per 100 inhabitants; not a part of "
                                  "indicator 1.3.1."),
    }[series]


def legal_said(branch: str, group: str, route: str) -> str:
    return say("Persons whom the law covers: {branch}; {route}; per 100 of: {group}. Legal coverage, not who is covered in effect.",
               branch=BRANCHES[branch].label() if branch in BRANCHES else branch,
               route=LEGAL_ROUTES[route].label() if route in LEGAL_ROUTES else route,
               group=COVERAGE_GROUPS[group].label() if group in COVERAGE_GROUPS else group)


def with_notes(sentence: str, notes: Sequence[str]) -> str:
    return " ".join(dict.fromkeys((sentence, *notes)))
