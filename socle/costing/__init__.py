"""Schemes x population x economy: what it costs, what of it can be afforded, and what is missing.

    costing.project([scheme], population, economy, years=range(2025, 2051))     a Projection: rows(), explain(), table(), chart()
    costing.compare([scheme], population, economy, scenarios=[...], years=...)   scenarios side by side
    costing.solve([scheme], population, economy, share_of_gdp=0.015, by="benefit", years=...)     the inverse questions
    costing.reconcile(components, totals)                                        published totals against their components
"""

from socle.costing.assumption_files import opened
from socle.costing.projection import COLUMNS, Explanation, Factor, Line, Options, Projection

__all__ = ["COLUMNS", "Explanation", "Factor", "Line", "Options", "Projection", "opened"]
