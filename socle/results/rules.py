"""The rules by which figures are counted, in words."""

from __future__ import annotations

from socle.vocabulary import say


def rule_of(table: str, column: str) -> str:
    """The rule behind a column of a table, as a reader is told it."""
    specific = {
        ("targets", "achieved"): say("What the records of the phase report as achieved, in the units of the target."),
        ("targets", "total"): say("What the records report as achieved, plus what published totals say beyond the records."),
        ("targets", "share"): say("Records and published totals together, as a share of the target."),
        ("funding_by_year", "total"): say("The amounts of the records plus what published totals say beyond them; without a "
                                          "currency, the projects that start in the year plus those without records."),
        ("funding_by_partner", "share"): say("The partner's reported amounts as a share of all those reported in this currency."),
        ("funding_by_year", "projects"): say("Projects with funding dated in the year, each once; in the row of a published "
                                             "number of new projects, those that start in the year."),
        ("outputs", "persons"): say("The sum of the participants reported for these outputs: who took part in several is "
                                     "counted in each; an empty figure is not zero."),
        ("outputs", "women"): say("The sum of the women reported for these outputs."),
        ("outputs", "men"): say("The sum of the men reported for these outputs."),
    }
    return specific.get((table, column)) or {
        "changes": say("Each institutional change counts once, in the year it was achieved."),
        "countries": say("Each country with at least one such change in the records counts once; published totals name no "
                         "countries."),
        "persons": say("The sum of what observations add: an increase counts in its period; a level counts the level minus what "
                       "was there before. Superseded and potential observations do not count."),
        "persons_counted_once": say("Impacts that reach the same people count once: of each population, the largest impact."),
        "women": say("The women among the persons, where observations report them."),
        "men": say("The men among the persons, where observations report them."),
        "potential": say("What observations report as potential. It is never added to what is achieved."),
        "without_records": say("What published totals say beyond the records of the same period, never below zero."),
        "target": say("The ambition of the phase, as its source states it."),
        "amount": say("The sum of the amounts reported, in this currency; currencies are never converted."),
        "required": say("The sum of the budget lines of this kind."),
        "available": say("The sum of the budget lines of this kind."),
        "mobilised": say("The sum of the budget lines of this kind or, without such lines, the committed and received funding of "
                         "the phase up to the day; never what is pledged."),
        "gap": say("Required, less available, less mobilised."),
        "number": say("Each output counts once, in the period of its date."),
    }[column]
