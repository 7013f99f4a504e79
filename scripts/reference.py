"""Write the pages of docs/reference that are read off the code: ``python scripts/reference.py``.

A test holds the committed pages equal to what this writes.
"""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.utils import translation

from socle import coverage, schemes, vocabulary
from socle.tables import INQUIRY, MONITOR, PROGRAMME, Column, Form, Kind
from socle_web.accounts.roles import DEEDS, ROLES

ROOT = Path(__file__).resolve().parent.parent


def codes() -> str:
    """Every closed list of codes, with its labels in the three languages."""
    parts = ["# Codes", "The closed lists of words a cell may hold. Written by `python scripts/reference.py` from "
             "`socle/vocabulary`; † marks a code whose source has not been checked."]
    for words in vocabulary.code_lists().values():
        grouped = any(code.group for code in words.values())
        head = ["code", "English", "français", "español", *(["group"] if grouped else [])]
        rows = [[f"`{code}`{'' if code.verified else ' †'}", *(code.label(lang) for lang in ("en", "fr", "es")),
                 *([f"`{code.group}`" if code.group else ""] if grouped else [])] for code in words.values()]
        parts += [f"## {words.name}", f"{words.title}. Source: {words.source.rstrip('.')}.", _table(head, rows)]
    return "\n\n".join(parts) + "\n"


WRITTEN = {
    Kind.KEY: "identifier, without spaces, `;` or `/`",
    Kind.TEXT: "text",
    Kind.PERIOD: "day (`2024-06-30`) or year (`2024`)",
    Kind.COUNTRY: "country: ISO code, name or alias",
    Kind.COUNTRIES: "countries, separated by `;`",
    Kind.CODE: "code of {codes}",
    Kind.CODES: "codes of {codes}, separated by `;`",
    Kind.REFERENCE: "key of `{refers}`",
    Kind.REFERENCES: "keys of `{refers}`, separated by `;`",
    Kind.WHOLE: "whole number, not negative",
    Kind.SHARE: "share, 0 to 1",
    Kind.AMOUNT: "amount, not negative",
    Kind.CURRENCY: "three letters of ISO 4217",
    Kind.NUMBER: "number",
    Kind.YEAR: "calendar year",
    Kind.TRUTH: "yes or no",
}


def exchange_format() -> str:
    """Every sheet and column of a programme."""
    parts = ["# Exchange format", "A programme is a folder of CSV files (UTF-8, commas, one file a sheet; also zipped) or one "
             "XLSX workbook whose sheets have the same names and columns. "
             "The first row names the columns, in any order. Columns in **bold** "
             "are the key: the sheet has them. Every other column may be absent, and an empty cell is *not reported*, never zero; "
             "but a row without a fact that is *needed* cannot be counted: an empty cell of that column is an error, and where the "
             "whole column is absent the rows are set aside with a warning (`not_counted`). A sheet or column not listed here "
             "is a warning. In a whole number thousands may stand apart by a space (`27 500`), not by a comma or a point, which "
             "languages read differently. Written by `python scripts/reference.py` from `socle/tables/programme.py`."]
    return "\n\n".join([*parts, *_sheets(PROGRAMME)]) + "\n"


def inquiry() -> str:
    """Every sheet and column of an inquiry."""
    parts = ["# Inquiry",
             "What a country answers about its schemes, whom they protect and pay, and what that costs: a folder of CSV files "
             "(UTF-8, commas, one file a sheet; also zipped) or one XLSX workbook whose sheets have the same names and "
             "columns. An empty one to fill in: `socle coverage template -o inquiry.xlsx`. The first row names the columns, in "
             "any order. Columns in **bold** are the key: the sheet has them, but for those that say what an empty cell means. "
             "Every other column may be absent; but a row without a fact that is *needed* cannot be counted. A sheet that "
             "nobody fills in may be left out.",
             "Zero and missing never mix: 0 is nobody or nothing; a figure that is not known is an empty cell with the status "
             "`not_available`. What the rows must say together is on the page of [findings](inquiry-findings.md), what is made of "
             "them on that of [coverage](coverage.md); how to go about it: [answer the inquiry](../how-to/answer-the-inquiry.md). "
             "Written by `python scripts/reference.py` from `socle/tables/inquiry.py`.",
             *_sheets(INQUIRY),
             "A figure in `published` has an address: the `table` of a report, the `row` as below, and one of the table's "
             "[columns](coverage.md). A figure of coverage that lies between bounds may have `/lower` or `/upper` after its row.",
             _table(["table", "row"], [[f"`{table}`", f"`{'/'.join(keys)}`"] for table, keys in coverage.KEYS.items()])]
    return "\n\n".join(parts) + "\n"


def policy_measures() -> str:
    """Every column of the register of policy measures."""
    parts = ["# Policy measures as a file", "The register of announced policy measures, one CSV file or one sheet of a workbook, a "
             "row a measure; after the ILO Social Protection Monitor. Columns in **bold** are the key. How the register is kept: "
             "[policy measures](../how-to/keep-the-register-of-measures.md). Written by `python scripts/reference.py` from "
             "`socle/tables/monitor.py`.", *_sheets(MONITOR)]
    return "\n\n".join(parts) + "\n"


def _sheets(form: Form) -> list[str]:
    parts = []
    for sheet in form:
        rows = [[f"**`{column.name}`**" if column.name in sheet.key else f"`{column.name}`", column.meaning,
                 _written(column) + ("; needed" if column.required and column.name not in sheet.key else "")]
                for column in sheet.columns]
        key = ", ".join(f"`{name}`" for name in sheet.key)
        parts += [f"## {sheet.name}", f"{sheet.meaning[0].upper()}{sheet.meaning[1:]}. Key: {key}.",
                  _table(["column", "meaning", "what is written"], rows)]
    return parts


def countries() -> str:
    """Every country and territory, with what the library knows of it."""
    sources = vocabulary.COUNTRIES["AFG"].sources
    rows = [[f"`{entry.alpha3}`", f"`{entry.alpha2}`", entry.m49, *(entry.name(lang) for lang in vocabulary.LANGUAGES),
             vocabulary.SUBREGIONS[entry.subregion].label("en") if entry.subregion else "",
             vocabulary.UN_REGIONS[entry.un_region].label("en") if entry.un_region else "",
             f"{vocabulary.INCOME_GROUPS[entry.income_group].label('en')} ({entry.income_year})" if entry.income_group else ""]
            for entry in vocabulary.COUNTRIES.values()]
    made_up = ", ".join(f"{entry.name('en')} (`{entry.alpha3}`)" for entry in vocabulary.made_up_countries())
    return "\n\n".join([
        "# Countries", "The countries and territories of ISO 3166-1. A cell may hold a code, a name in any of the three languages, "
        "or an alias (`socle/vocabulary/data/countries.csv`); case, accents and punctuation do not matter. A name that two "
        "countries share, such as Korea, is refused with suggestions: nothing is guessed. Written by "
        "`python scripts/reference.py`.",
        "\n".join(f"- {what.replace('_', ' ')}: {source}" for what, source in sources.items()),
        f"For tests and tutorials there are made-up countries: {made_up}.",
        _table(["alpha-3", "alpha-2", "M49", "English", "français", "español", "ILO subregion", "UN region", "income group (year)"],
               rows),
    ]) + "\n"


#: What the code asks for, in words.
ALLOWS = {
    "enter": "begin, change and save an entry", "submit": "hand a draft to the verifier",
    "withdraw": "take an entry back that is not published", "import": "bring a workbook, and take its rows over as drafts",
    "attach": "attach documents to evidence", "comment": "comment, and mention colleagues",
    "delegate": "name a deputy for an absence", "verify": "say that an entry agrees with its evidence: never one that they typed",
    "return": "return an entry, with a reason", "adopt": "verify an imported record", "publish": "make verified entries facts",
    "lock": "lock a period", "unlock": "unlock a period", "respond": "enter recommendations, and answer them",
    "update_action": "enter the actions after an evaluation, and how far they are",
    "plan_round": "plan and close reporting rounds, say who answers and which country is complete",
    "complete_round": "say that the round of one's country is complete", "see_board": "see the board of all countries",
    "see_audit": "read the log and its copies", "invite": "invite people", "give_role": "give a role, close an account",
    "give_mandate": "say who acts for which country and project", "give_token": "let another system in, and end it",
}


def roles() -> str:
    """Who may do what."""
    with translation.override("en"):
        heads = [f"[{role.label}](#{str(role.label).lower().replace(' ', '-')})" for role in ROLES.values()]
        order = sorted(DEEDS, key=list(ALLOWS).index)
        allowed = [[f"`{deed}`", ALLOWS[deed], *("yes" if deed in role.may else "" for role in ROLES.values())] for deed in order]
        parts = [
            "# Roles and permissions",
            "A person has one role. It says *what* they may do; *where* is a mandate for a country or a project, which an "
            "administrator gives, or which a colleague lends for an absence. Why it is so: [roles](../explanation/roles.md). "
            "Written by `python scripts/reference.py` from `socle_web/accounts/roles.py`.",
            _table(["deed", "allows to", *heads], allowed),
        ]
        for role in ROLES.values():
            where = ("Everywhere, without a mandate." if role.everywhere else
                     "In the countries and projects given to them." if role.may & {"enter", "verify"} else "Acts for no record.")
            more = " Needs a second factor, unless `SOCLE_MFA` says otherwise." if role.two_factors else ""
            parts += [f"## {role.label}", f"`{role.code}`. {role.summary} {where}{more}",
                      "\n".join(f"- {words}" for words in role.says)]
    return "\n\n".join(parts) + "\n"


def _written(column: Column) -> str:
    lists = f"[{column.codes}](codes.md#{column.codes.lower()})" if column.codes else ""
    words = WRITTEN[column.kind].format(codes=lists, refers=column.refers)
    return f"{words}; empty: `{column.default}`" if column.default else words


def _table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])


#: Whose a fact is, in words.
OWNERS = {"person": "Of a person", "household": "Of a household", "country": "Of the country"}


def facts() -> str:
    """Every fact that a rule may name."""
    parts = ["# Facts", "What a rule of a [scheme](rule-language.md), a case and a JSON file of facts may name. A fact that is "
             "not given is unknown, never false and never zero; one that *follows* from others is computed where it is not given, "
             "and where both are given they must agree. A number or day outside its bounds is refused as a slip of the pen. "
             "Money is in the currency of the scheme. "
             "Written by `python scripts/reference.py` from `socle/vocabulary/data/facts.toml`."]
    for owner, words in OWNERS.items():
        named = [fact for fact in vocabulary.FACTS.values() if fact.of == owner]
        head = ["fact", "type", "bounds", *vocabulary.LANGUAGES, "follows from"]
        parts += [f"## {words}", _table(head, [_row(fact) for fact in named])]
        parts += [f"Codes of `{fact.name}`: {_codes_of(fact)}." for fact in named if fact.codes]
    return "\n\n".join(parts) + "\n"


def _row(fact: vocabulary.NamedFact) -> list[str]:
    kind = f"{fact.type}, {fact.unit_label('en')}" if fact.unit else fact.type
    labels = [fact.label(lang) for lang in vocabulary.LANGUAGES]
    return [f"`{fact.name}`", kind, _bounds(fact), *labels, f"`{fact.derived}`" if fact.derived else ""]


def _codes_of(fact: vocabulary.NamedFact) -> str:
    return "; ".join(f"`{code}` {' / '.join(fact.code_label(code, lang) for lang in vocabulary.LANGUAGES)}" for code in fact.codes)


def _bounds(fact: vocabulary.NamedFact) -> str:
    if fact.low is None or fact.high is None:
        return "a code of the country" if fact.type == "code" and not fact.codes else ""
    return " to ".join(schemes.day_text(int(bound)) if fact.type == "day" else f"{bound:,.0f}" for bound in (fact.low, fact.high))


PAGES = {
    "docs/reference/codes.md": codes,
    "docs/reference/countries.md": countries,
    "docs/reference/exchange-format.md": exchange_format,
    "docs/reference/facts.md": facts,
    "docs/reference/inquiry.md": inquiry,
    "docs/reference/policy-measures.md": policy_measures,
    "docs/reference/roles-and-permissions.md": roles,
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socle_web.project.settings")
    django.setup()
    for page, write in PAGES.items():
        (ROOT / page).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
