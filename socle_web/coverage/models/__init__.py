"""Rows of coverage: editions and their values, rounds and inquiries, the register of policy measures."""

from socle_web.coverage.models.editions import Edition, EditionKind, Family, Line, Value

__all__ = ["Edition", "EditionKind", "Family", "Line", "Value"]
