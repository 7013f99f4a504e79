"""The words: countries, closed lists of codes, periods, money, sources, and the language they are said in."""

from socle.vocabulary.codes import Code, CodeList, code_list, code_lists
from socle.vocabulary.countries import COUNTRIES, Country, country, fold, made_up_countries
from socle.vocabulary.facts import FACTS, UNITS_OF_FACTS, NamedFact
from socle.vocabulary.language import LANGUAGES, language, say, speaking
from socle.vocabulary.periods import FIRST_YEAR, LAST_YEAR, Period
from socle.vocabulary.values import MADE_UP_CURRENCIES, DatedValue, Money, Source
from socle.vocabulary.writing import day, money, month, number, percent, period, say_many

ACTION_STATUSES = code_list("ACTION_STATUSES")
AGGREGATE_COUNTS = code_list("AGGREGATE_COUNTS")
AGGREGATE_INDICATORS = code_list("AGGREGATE_INDICATORS")
BRANCHES = code_list("BRANCHES")
BUDGET_KINDS = code_list("BUDGET_KINDS")
CONSTITUENCIES = code_list("CONSTITUENCIES")
COUNTRY_ROLES = code_list("COUNTRY_ROLES")
ECONOMY_SERIES = code_list("ECONOMY_SERIES")
ECONOMY_UNITS = code_list("ECONOMY_UNITS")
EVIDENCE_KINDS = code_list("EVIDENCE_KINDS")
EXTRAPOLATIONS = code_list("EXTRAPOLATIONS")
FISCAL_SPACE_OPTIONS = code_list("FISCAL_SPACE_OPTIONS")
FUNDING_STATUSES = code_list("FUNDING_STATUSES")
GOVERNMENT_LEVELS = code_list("GOVERNMENT_LEVELS")
GUARANTEES = code_list("GUARANTEES")
IMPACT_KINDS = code_list("IMPACT_KINDS")
INCOME_GROUPS = code_list("INCOME_GROUPS")
INDICATORS = code_list("INDICATORS")
KINDS_AND_TOTALS = code_list("KINDS_AND_TOTALS")
MEASURES = code_list("MEASURES")
OUTPUT_KINDS = code_list("OUTPUT_KINDS")
PARTNER_KINDS = code_list("PARTNER_KINDS")
POST_CONTRACTS = code_list("POST_CONTRACTS")
POST_PLACES = code_list("POST_PLACES")
PRINCIPLES = code_list("PRINCIPLES")
PROJECT_KINDS = code_list("PROJECT_KINDS")
RATIFICATION_STATUSES = code_list("RATIFICATION_STATUSES")
REGIONS = code_list("REGIONS")
RESPONSES = code_list("RESPONSES")
SDG_TARGETS = code_list("SDG_TARGETS")
SEVERITIES = code_list("SEVERITIES")
STATUSES = code_list("STATUSES")
STEPS = code_list("STEPS")
SUBREGIONS = code_list("SUBREGIONS")
TARGET_COUNTS = code_list("TARGET_COUNTS")
THEMES = code_list("THEMES")
THEME_GROUPS = code_list("THEME_GROUPS")
UNITS = code_list("UNITS")

__all__ = [
    "ACTION_STATUSES",
    "AGGREGATE_COUNTS",
    "AGGREGATE_INDICATORS",
    "BRANCHES",
    "BUDGET_KINDS",
    "CONSTITUENCIES",
    "COUNTRIES",
    "COUNTRY_ROLES",
    "ECONOMY_SERIES",
    "ECONOMY_UNITS",
    "EVIDENCE_KINDS",
    "EXTRAPOLATIONS",
    "FACTS",
    "FIRST_YEAR",
    "FISCAL_SPACE_OPTIONS",
    "FUNDING_STATUSES",
    "GOVERNMENT_LEVELS",
    "GUARANTEES",
    "IMPACT_KINDS",
    "INCOME_GROUPS",
    "INDICATORS",
    "KINDS_AND_TOTALS",
    "LANGUAGES",
    "LAST_YEAR",
    "MADE_UP_CURRENCIES",
    "MEASURES",
    "OUTPUT_KINDS",
    "PARTNER_KINDS",
    "POST_CONTRACTS",
    "POST_PLACES",
    "PRINCIPLES",
    "PROJECT_KINDS",
    "RATIFICATION_STATUSES",
    "REGIONS",
    "RESPONSES",
    "SDG_TARGETS",
    "SEVERITIES",
    "STATUSES",
    "STEPS",
    "SUBREGIONS",
    "TARGET_COUNTS",
    "THEMES",
    "THEME_GROUPS",
    "UNITS",
    "UNITS_OF_FACTS",
    "Code",
    "CodeList",
    "Country",
    "DatedValue",
    "Money",
    "NamedFact",
    "Period",
    "Source",
    "code_list",
    "code_lists",
    "country",
    "day",
    "fold",
    "language",
    "made_up_countries",
    "money",
    "month",
    "number",
    "percent",
    "period",
    "say",
    "say_many",
    "speaking",
]
