"""Applying a scheme: one person, with reasons; a million rows at once; cells of age and sex.

    entitlements.evaluate_rows({"old": rule.expression}, table, on=day)   rules as columns of a table, on any engine
"""

from socle.entitlements.rows import evaluate_rows, row_expression

__all__ = ["evaluate_rows", "row_expression"]
