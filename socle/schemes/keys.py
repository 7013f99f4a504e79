"""The keys of a scheme file: one table that drives the checker, the JSON Schema for editors and the reference page.

``kind`` says how a value is written and read (``kinds.py``). Meanings are English: they stand in the schema and in the reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "key",
    "word",
    "text",
    "truth",
    "day",
    "year",
    "period",
    "whole",
    "amount",
    "count",
    "months",
    "share",
    "of_line",
    "growth",
    "number",
    "currency",
    "country",
    "code",
    "rule",
    "rule_or_amount",
    "source",
    "index",
    "ages",
    "bands",
    "numbers",
    "shares",
    "name",
    "facts",
    "words",
    "truth_or_unknown",
    "amount_or_unknown",
]


@dataclass(frozen=True, slots=True)
class Key:
    """``required``: an entry without it is an error, unless ``[[missing]]`` names it. ``codes``: the words of a ``code``, or the
    name of a list of the vocabulary."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    codes: tuple[str, ...] | str = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A table (``[x]``), or entries (``[[x]]``) where ``many``; ``either``: both are read. Exactly one of ``choice``."""

    name: str
    meaning: str
    keys: tuple[Key, ...]
    many: bool = True
    either: bool = False
    choice: tuple[str, ...] = field(default=())

    def key(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)

    def __iter__(self) -> Iterator[Key]:
        return iter(self.keys)


K = Key
PAYERS = ("worker", "employer", "self", "state")
INDEXATIONS = ("none", "prices", "wages", "gdp_per_capita", "fixed")
SEXES = ("total", "female", "male")

FROM = K("from", "day", "in force from this day", required=True)
UNTIL = K("until", "day", "last day in force; without it, until an entry of the same name begins")
SOURCE = K("source", "source", "who says so: the document, a comma, the place in it", required=True)
VERIFIED = K("verified", "truth", "false: nobody has read this in its source")
ARTICLE = K("article", "text", "the article of the law, as a refused person is told it")
DATED = (FROM, UNTIL)
SOURCED = (SOURCE, VERIFIED)

TOP = Section(
    "",
    "The scheme",
    (
        K("id", "key", "a name of its own among all schemes: small letters, digits, hyphens", required=True),
        K("country", "country", "ISO 3166-1 alpha-3", required=True),
        K("name", "name", "what its country calls it, by language", required=True),
        K("branch", "code", "branch of social security", required=True, codes="BRANCHES"),
        K("guarantee", "code", "the guarantee of a floor that it serves", codes="GUARANTEES"),
        K("contributory", "truth", "whether a right comes from contributions", required=True),
        K("unit", "code", "who is entitled: a person or a household", required=True, codes=("person", "household")),
        K("institution", "text", "who runs it"),
        K("currency", "currency", "of every amount that names none of its own, ISO 4217"),
        K("note", "text", "for the reader; nothing is computed from it"),
    ),
    many=False,
)

LAW = Section(
    "law",
    "The laws it rests on",
    (
        K("title", "text", "the law", required=True),
        K("article", "text", "the article"),
        K("from", "day", "in force from this day", required=True),
        *SOURCED,
    ),
)

ELIGIBILITY = Section(
    "eligibility",
    "Who is entitled: all entries in force hold together",
    (
        K("part", "key", "a later entry of this name replaces the earlier one"),
        *DATED,
        K("rule", "rule", "the condition, in the rule language", required=True),
        ARTICLE,
        *SOURCED,
    ),
)

BENEFIT = Section(
    "benefit",
    "What is paid: one entry a tier",
    (
        K("tier", "key", "a later entry of this name replaces the earlier one"),
        *DATED,
        K("amount", "amount", "what is paid, per `per`"),
        K("currency", "currency", "of the amount, ISO 4217; without it, the scheme's"),
        K("share", "of_line", "what is paid, as a share of `of`: 0.4 for 40 per cent"),
        K(
            "of",
            "code",
            "what the share is taken of",
            codes=("poverty_line", "gdp_per_capita", "minimum_wage", "average_wage", "previous_earnings"),
        ),
        K("formula", "rule", "what is paid, in the rule language"),
        K("per", "code", "how often it is paid", required=True, codes=("month", "year", "week", "day", "case")),
        K("floor", "rule_or_amount", "never less than this"),
        K("cap", "rule_or_amount", "never more than this"),
        K("months", "months", "how long a case lasts, in months; without it, as long as one is entitled"),
        K("waiting_days", "whole", "days before the first payment"),
        K(
            "index",
            "index",
            "how it moves from year to year: one of none, prices, wages, gdp_per_capita, fixed, or weights that sum to 1",
        ),
        K("rate", "growth", "growth a year where the index is fixed: 0.03 for 3 per cent"),
        K("rule", "rule", "who of the entitled gets this tier; without it, all"),
        ARTICLE,
        *SOURCED,
    ),
    choice=("amount", "share", "formula"),
)

CONTRIBUTION = Section(
    "contribution",
    "Who pays in",
    (
        K("payer", "code", "who pays", required=True, codes=PAYERS),
        *DATED,
        K("rate", "share", "share of the base", required=True),
        K("base", "rule", "what the rate is taken of; without it, insurable earnings"),
        K("floor", "amount", "the base is at least this"),
        K("ceiling", "amount", "the base is at most this"),
        K("subsidy", "share", "share of it that the State pays in the payer's stead"),
        ARTICLE,
        *SOURCED,
    ),
)

ADMINISTRATION = Section(
    "administration",
    "What it costs to run",
    (
        K("from", "day", "in force from this day; without it, always"),
        K("share", "share", "share of `of`", required=True),
        K("of", "code", "what the share is taken of", required=True, codes=("benefits", "total")),
        *SOURCED,
    ),
    many=False,
    either=True,
)

RAMP = Section(
    "ramp",
    "How far it reaches, year by year",
    (
        K("year", "year", "from this year on", required=True),
        K("coverage", "share", "share of the target group that is covered"),
        K("beneficiaries", "count", "or: this many are, as a register counts them"),
        K("source", "source", "who says so; without it a warning"),
        VERIFIED,
    ),
    choice=("coverage", "beneficiaries"),
)

ASSUMPTION = Section(
    "assumptions",
    "What age and sex do not give, for projections: by the name of a fact",
    (
        K("share", "share", "share of these persons for whom the fact is true"),
        K("value", "number", "the value of a number"),
        K("shares", "shares", "the shares of the codes of the fact"),
        K("sex", "code", "of whom", codes=SEXES),
        K("ages", "ages", "first and last completed age: [0, 14]"),
        K("from", "year", "from this year on"),
        K("source", "source", "who says so; without it, the `source` of [assumptions]"),
        VERIFIED,
    ),
    choice=("share", "value", "shares"),
)

TABLE = Section(
    "table",
    "Tables that rules look up by `name[key]`",
    (
        K("name", "word", "as rules write it", required=True),
        K("from", "day", "in force from this day", required=True),
        K("bands", "bands", "[upto, value] pairs, upto rising: the first row whose upto is not exceeded; the last may be inf"),
        K("codes", "numbers", "value by code"),
        *SOURCED,
    ),
    choice=("bands", "codes"),
)

MISSING = Section(
    "missing",
    "What the source does not say",
    (
        K("key", "text", "the key: benefit.amount, benefit.TIER.amount, or a whole section: contribution", required=True),
        K("note", "text", "what is known about it", required=True),
        *SOURCED,
    ),
)

REPORTED = Section(
    "reported",
    "What a source says of the persons reached: costings are compared with it",
    (
        K("year", "year", "the year", required=True),
        K("count", "count", "persons, or households where the unit is the household", required=True),
        K("of", "code", "those who may claim, or those who were paid", required=True, codes=("entitled", "paid")),
        K("note", "text", "what the source adds"),
        *SOURCED,
    ),
)

DOCUMENT = Section(
    "source",
    "Documents named once: `[source.KEY]`; a source that begins with KEY is in it",
    (
        K("title", "text", "the document", required=True),
        K("url", "text", "where it can be read"),
        K("on", "period", "when it was published: 2025, or a day"),
        VERIFIED,
    ),
    many=False,
)

#: Of a scheme file, in the order in which they are written.
SECTIONS = (LAW, ELIGIBILITY, BENEFIT, CONTRIBUTION, ADMINISTRATION, RAMP, TABLE, MISSING, REPORTED)
#: Those whose tables are named in the file.
NAMED = {"assumptions": ASSUMPTION, "source": DOCUMENT}

CASE = Section(
    "case",
    "Worked cases",
    (
        K("name", "text", "what the case shows"),
        K("day", "day", "the day of the question", required=True),
        K("facts", "facts", "what is given, by names of the vocabulary; a household has `members`, a list", required=True),
        K("answer", "facts", "what must come out", required=True),
        K("source", "source", "who says so, or whose law makes it so", required=True),
        VERIFIED,
    ),
)
ANSWER = Section(
    "answer",
    "What must come out",
    (
        K("entitled", "truth_or_unknown", "true, false or \"unknown\"", required=True),
        K("amount", "amount_or_unknown", "what is paid, or \"unknown\"; without it, not compared"),
        K("currency", "currency", "of the amount"),
        K("per", "code", "how often it is paid", codes=("month", "year", "week", "day", "case")),
        K("missing", "words", "the facts without which it cannot be said"),
    ),
    many=False,
)

#: Everything a scheme file may hold, in the order of the reference; and a file of cases.
FILE_SECTIONS = (TOP, DOCUMENT, *SECTIONS, ASSUMPTION)
CASE_SECTIONS = (CASE, ANSWER)
