"""Population by age and sex over time; how long people live; who works.

    demography.graduate(groups)                          age groups to single ages
    demography.between_counts(persons, at, years)        the years between counts, along the lives of cohorts
    demography.project_population(base, components, to=2050)
    demography.labour_force(population, participation=..., unemployment=...)
    demography.life_table(law=demography.Makeham(0.00022, 2.7e-6, 1.124), first_age=20)
    demography.annuity_due(table, 65, interest=0.05)
"""

from socle.demography.annuities import annuity_due, annuity_immediate, assurance, pure_endowment
from socle.demography.between import LONGEST_GAP, between_counts
from socle.demography.graduation import FIVES, Graduation, graduate
from socle.demography.labour_force import LabourForce, by_age, labour_force
from socle.demography.life_tables import LifeTable, Makeham, life_table
from socle.demography.projection import (
    SEX_RATIO,
    Components,
    Projected,
    fertility_by_age,
    project_population,
    survival_ratios,
)

__all__ = [
    "FIVES", "LONGEST_GAP", "SEX_RATIO", "Components", "Graduation", "LabourForce", "LifeTable", "Makeham", "Projected",
    "annuity_due", "annuity_immediate", "assurance", "between_counts", "by_age", "fertility_by_age", "graduate", "labour_force",
    "life_table", "project_population", "pure_endowment", "survival_ratios",
]
