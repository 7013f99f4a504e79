"""Schemes x population x economy: what it costs, what of it can be afforded, and what is missing.

    costing.project([scheme], population, economy, years=range(2025, 2051))     a Projection: rows(), explain(), table(), chart()
    costing.compare([scheme], population, economy, scenarios=[...], years=...)   scenarios side by side
    costing.solve([scheme], population, economy, share_of_gdp=0.015, by="benefit", years=...)     the inverse questions
    costing.reconcile(components, totals)                                        published totals against their components
    costing.floor(costing.preset("floor-2017-style"), population, economy, years=...)     a standard floor; costing.crisis(...)
    costing.gap(preset, countries, coverage, years=...)                          what the uncovered need, and its averages
    costing.fiscal_space(measures, years=..., cost=...)                          the eight options against the cost
    costing.sensitivity(costing.of_projection(projection), assumptions)          a tornado; costing.uncertainty(...): bands
"""

from socle.costing.ageing import at_age, bounds_of
from socle.costing.assumption_files import Document, Entry, opened
from socle.costing.assumptions import MEASURES, Assumption, Model, of_projection, read_assumptions
from socle.costing.averages import KINDS, Influence, average, averages, influences
from socle.costing.crisis import Group, Response, crisis, read_crisis
from socle.costing.fiscal_space import (
    FiscalSpace,
    Measure,
    Measures,
    cost_of_rows,
    fiscal_space,
    probability,
    read_measures,
)
from socle.costing.floor import floor, needs
from socle.costing.floor_presets import (
    FloorBenefit,
    Level,
    Preset,
    Target,
    assumed,
    fitting,
    preset,
    preset_text,
    presets,
    read_assumed,
    read_preset,
)
from socle.costing.gap import COVERAGE, CountryGap, Covered, Gap, Inputs, covered, gap
from socle.costing.options import Options, share_of
from socle.costing.project import project
from socle.costing.projection import COLUMNS, Explanation, Factor, Line, Projection, TierPaid
from socle.costing.reconcile import Difference, reconcile
from socle.costing.scenarios import Change, Comparison, Scenario, changed_by, compare, read_scenario
from socle.costing.sensitivity import Swing, Tornado, sensitivity
from socle.costing.solve import COLUMNS as FIT_COLUMNS
from socle.costing.solve import MEASURES as FIT_MEASURES
from socle.costing.solve import Solution, scaled, solve
from socle.costing.uncertainty import QUANTILES, Bands, draw, in_blocks, uncertainty

__all__ = [
    "COLUMNS", "COVERAGE", "FIT_COLUMNS", "FIT_MEASURES", "KINDS", "MEASURES", "QUANTILES", "Assumption", "Bands", "Change",
    "Comparison", "CountryGap", "Covered", "Difference", "Document", "Entry", "Explanation", "Factor", "FiscalSpace",
    "FloorBenefit", "Gap", "Group", "Influence", "Inputs", "Level", "Line", "Measure", "Measures", "Model", "Options",
    "Preset", "Projection", "Response", "Scenario", "Solution", "Swing", "Target", "TierPaid", "Tornado", "assumed", "at_age",
    "average", "averages", "bounds_of", "changed_by", "compare", "cost_of_rows", "covered", "crisis", "draw",
    "fiscal_space", "fitting", "floor", "gap", "in_blocks", "influences", "needs", "of_projection", "opened", "preset",
    "preset_text", "presets", "probability", "project", "read_assumed", "read_assumptions", "read_crisis", "read_measures",
    "read_preset", "read_scenario", "reconcile", "scaled", "sensitivity", "share_of", "solve", "uncertainty",
]
