"""The scheme file and its rule language.

    rule = schemes.parse_rule("age >= 70 and resident")    the rule, or an InputError with everything that is wrong with it
    schemes.written(rule.expression)                       its text again
    schemes.read("scheme.toml")                            the scheme, and everything that is wrong with the file at once
    schemes.overlay(scheme, "scenario text")               the scheme with the changes of a scenario
    schemes.canonical(scheme)                              the scheme as the text of a file
"""

from socle.schemes.canonical import canonical, toml
from socle.schemes.cases import Case, CasesRead, parse_cases, read_cases
from socle.schemes.given import read_given
from socle.schemes.json_schema import json_schema
from socle.schemes.keys import CASE_SECTIONS, FILE_SECTIONS, Key, Section
from socle.schemes.language import expressions
from socle.schemes.language.parser import RESERVED
from socle.schemes.language.types import children_of
from socle.schemes.language.written import day_text, number_text, written
from socle.schemes.overlay import overlay
from socle.schemes.reading import Reading, beside, found, parse, read, scheme_beside
from socle.schemes.rules import derived, parse_rule
from socle.schemes.scalars import BOUNDS
from socle.schemes.scheme import (
    Administration,
    Assumption,
    Benefit,
    Contribution,
    Eligibility,
    Index,
    Law,
    LookupTable,
    Missing,
    Per,
    Ramp,
    Reported,
    Rule,
    Scheme,
)

__all__ = [
    "BOUNDS", "CASE_SECTIONS", "FILE_SECTIONS", "RESERVED", "Administration", "Assumption", "Benefit", "Case", "CasesRead",
    "Contribution", "Eligibility", "Index", "Key", "Law", "LookupTable", "Missing", "Per", "Ramp", "Reading", "Reported",
    "Rule", "Scheme", "Section", "beside", "canonical", "children_of", "day_text", "derived", "expressions", "found",
    "json_schema", "number_text", "overlay", "parse", "parse_cases", "parse_rule", "read", "read_cases", "read_given",
    "scheme_beside", "toml", "written",
]
