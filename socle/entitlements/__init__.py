"""Applying a scheme: one person, with reasons; a million rows at once; cells of age and sex.

    entitlements.judge(scheme, facts, on=day)                             one person or household: entitled, to how much, and why
    entitlements.evaluate(rule.expression, facts, on=day)                 one rule, one person or household: the meaning itself
    entitlements.in_words(rule)                                           a rule as a sentence, of nobody in particular
    entitlements.tier_called(benefit)                                     a tier by its name, or by whom it is for
    entitlements.promise(scheme, on=day)                                  a scheme as two rules: who is entitled, to how much
    entitlements.cells(scheme, on=day)                                    the share of each age and sex, and the average amount
    entitlements.judge_rows(scheme, table, on=day)                        a table of persons: entitled and amount, on any engine
    entitlements.evaluate_rows({"old": rule.expression}, table, on=day)   rules as columns of a table, on any engine
"""

from typing import Any

from socle.entitlements.cells import Cells, cells
from socle.entitlements.given import MOST_MEMBERS, read_facts
from socle.entitlements.meaning import Value, evaluate, missing_facts
from socle.entitlements.person import Answer, Reason, judge
from socle.entitlements.promise import MONTHS_OF, Promise, minor_units, promise, tier_amount
from socle.entitlements.words import in_words, tier_called

__all__ = ["MONTHS_OF", "MOST_MEMBERS", "Answer", "Cells", "Promise", "Reason", "Value", "cells", "evaluate", "evaluate_rows",
           "in_words", "judge", "judge_rows", "minor_units", "missing_facts", "promise", "read_facts", "row_expression",
           "tier_amount", "tier_called"]

_OF_TABLES = ("evaluate_rows", "judge_rows", "row_expression")


def __getattr__(name: str) -> Any:
    """The reading of tables, opened when somebody first asks for it (docs/decisions/0016)."""
    if name not in _OF_TABLES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from socle.entitlements import rows  # noqa: PLC0415 - Ibis takes a third of a second to import, and few ask of tables

    return getattr(rows, name)
