"""Population by age and sex over time.

    demography.graduate(groups)                          age groups to single ages
    demography.between_counts(persons, at, years)        the years between counts, along the lives of cohorts
"""

from socle.demography.between import LONGEST_GAP, between_counts
from socle.demography.graduation import FIVES, Graduation, graduate

__all__ = ["FIVES", "LONGEST_GAP", "Graduation", "between_counts", "graduate"]
