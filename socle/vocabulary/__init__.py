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
AMOUNT_MEASURES = code_list("AMOUNT_MEASURES")
AMOUNT_PERIODS = code_list("AMOUNT_PERIODS")
AREAS = code_list("AREAS")
BENEFIT_FORMS = code_list("BENEFIT_FORMS")
BENEFIT_PAYMENTS = code_list("BENEFIT_PAYMENTS")
BOUNDS = code_list("BOUNDS")
BRANCHES = code_list("BRANCHES")
BUDGET_KINDS = code_list("BUDGET_KINDS")
CONSTITUENCIES = code_list("CONSTITUENCIES")
COUNTRY_ROLES = code_list("COUNTRY_ROLES")
COVERAGE_GROUPS = code_list("COVERAGE_GROUPS")
COVERAGE_SERIES = code_list("COVERAGE_SERIES")
DISABILITY_STATUSES = code_list("DISABILITY_STATUSES")
ECONOMY_SERIES = code_list("ECONOMY_SERIES")
ECONOMY_UNITS = code_list("ECONOMY_UNITS")
EMPLOYMENT_STATUSES = code_list("EMPLOYMENT_STATUSES")
EVIDENCE_KINDS = code_list("EVIDENCE_KINDS")
EXPENDITURE_ITEMS = code_list("EXPENDITURE_ITEMS")
EXTRAPOLATIONS = code_list("EXTRAPOLATIONS")
FIGURE_STATUSES = code_list("FIGURE_STATUSES")
FISCAL_SPACE_OPTIONS = code_list("FISCAL_SPACE_OPTIONS")
FUNDING_STATUSES = code_list("FUNDING_STATUSES")
GOVERNMENT_LEVELS = code_list("GOVERNMENT_LEVELS")
GUARANTEES = code_list("GUARANTEES")
IMPACT_KINDS = code_list("IMPACT_KINDS")
INCOME_GROUPS = code_list("INCOME_GROUPS")
INDICATORS = code_list("INDICATORS")
KINDS_AND_TOTALS = code_list("KINDS_AND_TOTALS")
LEGAL_ROUTES = code_list("LEGAL_ROUTES")
MEASURES = code_list("MEASURES")
MEASURE_COMPONENTS = code_list("MEASURE_COMPONENTS")
MEASURE_DIRECTIONS = code_list("MEASURE_DIRECTIONS")
MEASURE_FUNCTIONS = code_list("MEASURE_FUNCTIONS")
MEASURE_KINDS = code_list("MEASURE_KINDS")
MEASURE_SCHEME_TYPES = code_list("MEASURE_SCHEME_TYPES")
MEASURE_TYPES = code_list("MEASURE_TYPES")
OUTPUT_KINDS = code_list("OUTPUT_KINDS")
PARTNER_KINDS = code_list("PARTNER_KINDS")
POST_CONTRACTS = code_list("POST_CONTRACTS")
POST_PLACES = code_list("POST_PLACES")
PRINCIPLES = code_list("PRINCIPLES")
PROJECT_KINDS = code_list("PROJECT_KINDS")
PROTECTED_MEASURES = code_list("PROTECTED_MEASURES")
RATIFICATION_STATUSES = code_list("RATIFICATION_STATUSES")
RECEIPT_ITEMS = code_list("RECEIPT_ITEMS")
REGIONS = code_list("REGIONS")
RESPONSES = code_list("RESPONSES")
SCHEME_KINDS = code_list("SCHEME_KINDS")
SDG_TARGETS = code_list("SDG_TARGETS")
SEVERITIES = code_list("SEVERITIES")
SEXES_AND_TOTAL = code_list("SEXES_AND_TOTAL")
STATUSES = code_list("STATUSES")
STEPS = code_list("STEPS")
SUBREGIONS = code_list("SUBREGIONS")
TARGET_COUNTS = code_list("TARGET_COUNTS")
THEMES = code_list("THEMES")
THEME_GROUPS = code_list("THEME_GROUPS")
UNITS = code_list("UNITS")
UN_REGIONS = code_list("UN_REGIONS")

__all__ = [
    "ACTION_STATUSES",
    "AGGREGATE_COUNTS",
    "AGGREGATE_INDICATORS",
    "AMOUNT_MEASURES",
    "AMOUNT_PERIODS",
    "AREAS",
    "BENEFIT_FORMS",
    "BENEFIT_PAYMENTS",
    "BOUNDS",
    "BRANCHES",
    "BUDGET_KINDS",
    "CONSTITUENCIES",
    "COUNTRIES",
    "COUNTRY_ROLES",
    "COVERAGE_GROUPS",
    "COVERAGE_SERIES",
    "DISABILITY_STATUSES",
    "ECONOMY_SERIES",
    "ECONOMY_UNITS",
    "EMPLOYMENT_STATUSES",
    "EVIDENCE_KINDS",
    "EXPENDITURE_ITEMS",
    "EXTRAPOLATIONS",
    "FACTS",
    "FIGURE_STATUSES",
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
    "LEGAL_ROUTES",
    "MADE_UP_CURRENCIES",
    "MEASURES",
    "MEASURE_COMPONENTS",
    "MEASURE_DIRECTIONS",
    "MEASURE_FUNCTIONS",
    "MEASURE_KINDS",
    "MEASURE_SCHEME_TYPES",
    "MEASURE_TYPES",
    "OUTPUT_KINDS",
    "PARTNER_KINDS",
    "POST_CONTRACTS",
    "POST_PLACES",
    "PRINCIPLES",
    "PROJECT_KINDS",
    "PROTECTED_MEASURES",
    "RATIFICATION_STATUSES",
    "RECEIPT_ITEMS",
    "REGIONS",
    "RESPONSES",
    "SCHEME_KINDS",
    "SDG_TARGETS",
    "SEVERITIES",
    "SEXES_AND_TOTAL",
    "STATUSES",
    "STEPS",
    "SUBREGIONS",
    "TARGET_COUNTS",
    "THEMES",
    "THEME_GROUPS",
    "UNITS",
    "UNITS_OF_FACTS",
    "UN_REGIONS",
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
