"""The registers of Utania, a made-up country, as scripts/made_up_inquiry.py answers from them. Nobody in them exists.

Persons are drawn as *parts*: how many are in exactly these schemes and benefits and in no other. Recipients, contributors,
overlaps and the vulnerable are sums of parts, so they agree to the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from socle.datasets.made_up_people import made_up_population

YEARS = (2021, 2022, 2023, 2024, 2025)
BOTH = ("female", "male")
Row = dict[str, Any]
Sexes = dict[str, int]                          # female, male and their total
Parts = dict[frozenset[str], dict[str, int]]    # who is in exactly these: female, male

PENSION, INJURY, HEALTH = "xut-old-age-pension", "xut-employment-injury", "xut-health-insurance"
MATERNITY, UNEMPLOYMENT = "xut-maternity-benefit", "xut-unemployment-benefit"
GRANT, CHILD, DISABILITY, ASSISTANCE = "xut-old-age-grant", "xut-child-grant", "xut-disability-grant", "xut-social-assistance"

#: scheme: name, institution, kind, functions, law, since
SCHEMES: dict[str, tuple[str, str, str, str, str, str]] = {
    PENSION: ("Old-age Pension", "Social Insurance Fund of Utania", "social_insurance", "old_age",
              "Social Insurance Act, 2012", "2013-01-01"),
    MATERNITY: ("Maternity Benefit", "Social Insurance Fund of Utania", "social_insurance", "maternity",
                "Social Insurance Act, 2012", "2013-01-01"),
    UNEMPLOYMENT: ("Unemployment Benefit", "Social Insurance Fund of Utania", "social_insurance", "unemployment",
                   "Unemployment Insurance Act, 2022", "2023-01-01"),
    INJURY: ("Employment Injury Insurance", "Social Insurance Fund of Utania", "social_insurance", "employment_injury",
             "Employment Injury Act, 2009", "2010-01-01"),
    HEALTH: ("National Health Insurance", "National Health Insurance Office of Utania", "social_insurance", "medical_care",
             "National Health Insurance Act, 2016", "2017-01-01"),
    GRANT: ("Old-age Grant", "Social Agency of Utania", "categorical", "old_age", "Old-age Grant Act, 2020", "2020-07-01"),
    CHILD: ("Child Grant", "Ministry of Families of Utania", "categorical", "family", "Child Grant Act, 2024", "2025-01-01"),
    DISABILITY: ("Disability Grant", "Social Agency of Utania", "categorical", "invalidity", "Disability Grant Act, 2024",
                 "2024-03-01"),
    ASSISTANCE: ("Social Assistance Programme", "Social Agency of Utania", "means_tested", "social_assistance;family",
                 "Social Assistance Act, 2014", "2015"),
}
#: benefit: scheme, function, form, means_tested, contributory, the first year it is paid
BENEFITS: dict[str, tuple[str, str, str, str, str, int]] = {
    "old-age-pension": (PENSION, "old_age", "cash", "no", "yes", 2021),
    "maternity-benefit": (MATERNITY, "maternity", "cash", "no", "yes", 2021),
    "unemployment-benefit": (UNEMPLOYMENT, "unemployment", "cash", "no", "yes", 2023),
    "injury-benefit": (INJURY, "employment_injury", "cash", "no", "yes", 2021),
    "health-care": (HEALTH, "medical_care", "in_kind", "no", "yes", 2021),
    "old-age-grant": (GRANT, "old_age", "cash", "no", "no", 2021),
    "child-grant": (CHILD, "family", "cash", "no", "no", 2025),
    "disability-grant": (DISABILITY, "invalidity", "cash", "no", "no", 2024),
    "community-works": (ASSISTANCE, "social_assistance", "cash", "yes", "no", 2021),
    "orphan-allowance": (ASSISTANCE, "family", "cash", "yes", "no", 2021),
}

# Registers of the schemes, 2021 to 2025: women, men. The old-age grant is that of catalogue/programmes/made-up.
CONTRIBUTORS = {"female": (148_713, 157_926, 168_041, 180_127, 192_438), "male": (247_702, 259_958, 273_166, 288_204, 303_177)}
SELF_EMPLOYED = {"female": (4_317, 4_702, 5_188, 5_893, 6_611), "male": (9_402, 9_957, 10_631, 11_724, 12_870)}
DOMESTIC = {"female": (9_106, 10_742, 12_588, 14_960, 17_204), "male": (1_388, 1_561, 1_790, 2_033, 2_311)}
MOTHERS = (11_874, 12_611, 13_402, 14_327, 15_218)
JOBLESS = {"female": (0, 0, 2_114, 4_031, 4_758), "male": (0, 0, 4_096, 7_782, 9_133)}
INJURED = {"female": (1_306, 1_371, 1_455, 1_548, 1_637), "male": (6_078, 6_290, 6_644, 7_021, 7_386)}
OLD_AGE_GRANT = {"female": (50_000, 78_000, 95_000, 121_000, 135_000), "male": (40_000, 62_000, 75_000, 94_000, 105_000)}
WORKS = {"female": (63_912, 71_803, 80_655, 92_484, 100_917), "male": (54_205, 60_744, 68_310, 78_551, 85_642)}
ORPHANS = {"female": (11_952, 12_840, 14_066, 15_341, 16_672), "male": (12_361, 13_275, 14_548, 15_866, 17_243)}
DISABLED = {"female": (0, 0, 0, 0, 12_131), "male": (0, 0, 0, 0, 12_494)}
HEALTH_CARDS = {"female": (471_206, 508_918, 552_470, 603_115, 655_802), "male": (488_733, 524_307, 566_184, 614_096, 664_217)}

#: Average amounts: XUD per, by year. The grant and the pension follow the scheme files.
AVERAGES: dict[str, tuple[str, tuple[int, ...]]] = {
    "old-age-pension": ("month", (1_768, 1_904, 2_063, 2_196, 2_341)),
    "maternity-benefit": ("year", (11_840, 13_088, 14_310, 15_385, 16_540)),
    "unemployment-benefit": ("year", (0, 0, 7_930, 8_412, 9_046)),
    "injury-benefit": ("month", (612, 668, 731, 788, 846)),
    "disability-grant": ("month", (0, 0, 0, 0, 588)),
    "child-grant": ("month", (0, 0, 0, 0, 192)),
    "community-works": ("year", (2_100, 2_280, 2_460, 2_640, 2_820)),
    "orphan-allowance": ("month", (95, 105, 115, 120, 130)),
}
ADMINISTRATION = {PENSION: 0.07, MATERNITY: 0.08, UNEMPLOYMENT: 0.12, INJURY: 0.1, HEALTH: 0.09, GRANT: 0.05, CHILD: 0.06,
                  DISABILITY: 0.1, ASSISTANCE: 0.08}
#: Rates of contribution of workers and employers on the mean insured wage.
RATES = {PENSION: (0.045, 0.075), MATERNITY: (0.005, 0.007), UNEMPLOYMENT: (0.005, 0.01), INJURY: (0.0, 0.008),
         HEALTH: (0.02, 0.02)}
#: Of those with a card, so many used it in the year; what their care cost, XUD a year.
CARE_USED = 0.41
CARE_COST = (1_790, 1_960, 2_090, 2_150, 2_280)
TO_HEALTH = (38_500_000, 43_200_000, 49_100_000, 55_400_000, 62_300_000)   # the pension scheme pays for its pensioners


def both(female: int, male: int) -> Sexes:
    return {"total": female + male, "female": female, "male": male}


def shared(sexes: Mapping[str, int], share: float) -> Sexes:
    """A part of these persons, whole for each sex."""
    return both(*(round(sexes[sex] * share) for sex in BOTH))


def less(sexes: Mapping[str, int], *others: Mapping[str, int]) -> Sexes:
    return both(*(sexes[sex] - sum(one[sex] for one in others) for sex in BOTH))


class Utania:
    """What the registers and the statistics of Utania tell of one year."""

    def __init__(self, year: int) -> None:
        self.year, self.at = year, YEARS.index(year)
        self.people = made_up_population("XUT")
        self.parts = self._parts()

    def told(self, table: Mapping[str, tuple[int, ...]]) -> Sexes:
        return both(*(table[sex][self.at] for sex in BOTH))

    def aged(self, first: int, last: int = 100) -> Sexes:
        """Persons of these ages: the total is rounded, and so are the women."""
        place = self.people.years.index(self.year)
        total, female = (round(float(self.people.total(first=first, last=last, sex=sex)[place])) for sex in (None, "female"))
        return both(female, total - female)

    def above_retirement_age(self) -> Sexes:
        """Women of 58 and over, men of 60 and over: the Social Insurance Act, section 12."""
        return both(self.aged(58)["female"], self.aged(60)["male"])

    def pensioners(self) -> Sexes:
        older, more = self.above_retirement_age(), 0.0012 * self.at
        return both(round(older["female"] * (0.051 + more)), round(older["male"] * (0.136 + more)))

    def child_grants(self, infants: bool) -> Sexes:
        """A quarter of those under five is reached in the first year; three of five are two years old or more."""
        fifths = shared(self.aged(0, 4), 0.985 * 0.25 / 5)
        return shared(fifths, 2 if infants else 3)

    def employees(self) -> tuple[Sexes, Sexes]:
        """Contributors of the pension scheme who are employed: public, private."""
        employed = less(self.told(CONTRIBUTORS), self.told(SELF_EMPLOYED))
        public = shared(employed, 0.41)
        return public, less(employed, public)

    def _parts(self) -> Parts:
        """All contributors of the pension scheme contribute to the maternity scheme; private employees insure unemployment as well,
        from 2023; all employees, and domestic workers, employment injury."""
        parts: Parts = {}

        def put(persons: Mapping[str, int], *keys: str) -> Sexes:
            part = parts.setdefault(frozenset(keys), dict.fromkeys(BOTH, 0))
            for sex in BOTH:
                part[sex] += persons[sex]
            return both(persons["female"], persons["male"])

        in_public: tuple[str, ...] = (PENSION, MATERNITY, INJURY)
        in_private = (*in_public, UNEMPLOYMENT) if self.year >= 2023 else in_public
        public, private = self.employees()
        alone = self.told(SELF_EMPLOYED)
        mothers = both(MOTHERS[self.at], 0)
        few = put(shared(mothers, 0.012), PENSION, MATERNITY, "maternity-benefit")      # mothers who work on their own account
        of_public = put(shared(mothers, 0.44), *in_public, "maternity-benefit")
        of_private = put(less(mothers, few, of_public), *in_private, "maternity-benefit")
        jobless, injured = self.told(JOBLESS), self.told(INJURED)
        lately = put(shared(jobless, 0.55), *in_private, "unemployment-benefit")        # they contributed in the same year
        put(less(jobless, lately), "unemployment-benefit")
        hurt_public = put(shared(injured, 0.17), *in_public, "injury-benefit")
        hurt_private = put(shared(injured, 0.41), *in_private, "injury-benefit")
        retired = put(shared(injured, 0.047), "injury-benefit", "old-age-pension")
        put(less(injured, hurt_public, hurt_private, retired), "injury-benefit")
        put(less(alone, few), PENSION, MATERNITY)
        put(less(public, of_public, hurt_public), *in_public)
        put(less(private, of_private, lately, hurt_private), *in_private)
        put(self.told(DOMESTIC), INJURY)
        put(less(self.pensioners(), retired), "old-age-pension")
        put(self.told(OLD_AGE_GRANT), "old-age-grant")
        working = put(shared(self.told(DISABLED), 0.013), "disability-grant", "community-works")
        put(less(self.told(DISABLED), working), "disability-grant")
        put(less(self.told(WORKS), working), "community-works")
        children = [self.child_grants(infants) for infants in (True, False)] if self.year >= 2025 else []
        orphans = put(shared(self.told(ORPHANS), 0.043 if children else 0), "orphan-allowance", "child-grant")
        put(less(self.told(ORPHANS), orphans), "orphan-allowance")
        put(less(both(*(sum(one[sex] for one in children) for sex in BOTH)), orphans), "child-grant")
        return parts

    def within(self, *keys: str, any_of: bool = False) -> Sexes:
        """Persons in all of these schemes and benefits, or in any."""
        wanted = set(keys)
        found = [persons for part, persons in self.parts.items() if (wanted & part if any_of else wanted <= part)]
        return both(*(sum(one[sex] for one in found) for sex in BOTH))

    def vulnerable(self) -> Sexes:
        """Everybody but those who contribute or receive a contributory benefit: standards.md, section 4.1, series 8."""
        contributory = [benefit for benefit, told in BENEFITS.items() if told[4] == "yes"]
        return less(self.aged(0), self.within(PENSION, INJURY, *contributory, any_of=True))

    def groups(self) -> dict[str, tuple[Sexes, str]]:
        """Every denominator, and whether it is reported or estimated."""
        working_age = self.aged(15, 64)
        employed = both(round(2_484_000 * 1.026 ** (self.year - 2024)), round(2_916_000 * 1.026 ** (self.year - 2024)))
        unemployed = both(round(employed["female"] * 0.0705), round(employed["male"] * 0.0562))
        place = self.people.years.index(self.year)
        births = float(self.people.births[place]) if self.people.births is not None else 0.0
        rate = 0.521 - 0.007 * self.at
        return {
            "population": (self.aged(0), "reported"), "children": (self.aged(0, 17), "reported"),
            "women_giving_birth": (both(round(births / 1.014), 0), "estimated"),
            "severe_disability": (shared(self.aged(0), 0.0212), "estimated"),
            "unemployed": (unemployed, "estimated"), "employed": (employed, "estimated"),
            "employees": (shared(employed, 0.193), "estimated"),
            "labour_force": (both(*(round(employed[sex] * 0.968) + unemployed[sex] for sex in BOTH)), "estimated"),
            "working_age": (working_age, "reported"), "older_persons": (self.above_retirement_age(), "reported"),
            "vulnerable": (self.vulnerable(), "estimated"), "poor": (shared(self.aged(0), rate), "estimated"),
        }


ALL = {year: Utania(year) for year in YEARS}
