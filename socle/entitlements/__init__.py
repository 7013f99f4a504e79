"""Applying a scheme: one person, with reasons; a million rows at once; cells of age and sex.

    entitlements.evaluate(rule.expression, facts, on=day)                 one rule, one person or household: the meaning itself
    entitlements.promise(scheme, on=day)                                  a scheme as two rules: who is entitled, to how much
    entitlements.evaluate_rows({"old": rule.expression}, table, on=day)   rules as columns of a table, on any engine
"""

from socle.entitlements.meaning import Value, evaluate, missing_facts
from socle.entitlements.promise import MONTHS_OF, Promise, minor_units, promise, tier_amount
from socle.entitlements.rows import evaluate_rows, row_expression

__all__ = ["MONTHS_OF", "Promise", "Value", "evaluate", "evaluate_rows", "minor_units", "missing_facts", "promise", "row_expression",
           "tier_amount"]
