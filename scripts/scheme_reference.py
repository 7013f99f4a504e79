"""Write the reference of the scheme file and its JSON Schema, read off the table of keys: ``python scripts/scheme_reference.py``.

A test holds the committed files equal to what this writes.
"""

from __future__ import annotations

import json
from pathlib import Path

from socle import schemes
from socle.schemes import BOUNDS, CASE_SECTIONS, FILE_SECTIONS, Key, Section
from socle.vocabulary import code_list

ROOT = Path(__file__).resolve().parent.parent

BEFORE = """# The scheme file

A scheme is one TOML file: who is entitled, to what, for how long, who pays, by which law. UTF-8, at most 1 MB, by custom
`catalogue/schemes/<country>/<scheme>/scheme.toml` with worked cases beside it (`cases.toml`; beside `NAME.toml` it is
`NAME.cases.toml`). How to write one: [write a scheme file](../how-to/write-a-scheme-file.md). Its rules: [the rule
language](rule-language.md), the [facts](facts.md) they ask for. Written by `python scripts/scheme_reference.py` from
`socle/schemes/keys.py`, which also drives the checker and the [JSON Schema](scheme.schema.json) for editors (`socle scheme
schema`; in an editor that reads TOML schemas, begin the file with `#:schema scheme.schema.json`).

- **Dates.** A dated entry holds from its `from` (a day, `2024-06-30`, or a year: its first day) until an entry of the same
  name (`part`, `tier`, `payer`, table `name`) begins, or until its `until`. Entries without a name that begin on one day hold
  together until the next such day.
- **Sources.** Every entry names its `source`: the document, a comma, the table or section. A document may be described once
  under `[source.KEY]`; a source that begins with `KEY` is in it. Or a table: `source = { document = "...", place = "...", url
  = "...", on = 2024, verified = false }`. `verified = false` says that nobody has read it there.
- **Missing.** What the source does not say is said to be missing, and the file checks with a warning: `[[missing]]` with the
  `key` (`benefit.amount`; `benefit.TIER.amount` for one tier; `contribution` for a whole section). An answer that needs it is
  unknown; a costing names what it lacks. Without any `[[eligibility]]` nobody can be told to be entitled: a scheme is never
  for everyone by omission.
- **Numbers.** Shares are 0 to 1. Amounts are in the `currency` of the benefit or of the scheme; none is converted.

Keys in **bold** are needed. Any other key is an error, with the nearest that exists."""

WRITTEN = {
    "key": "letters, digits, `-`, `_`",
    "word": "small letters, digits, `_`",
    "text": "text",
    "truth": "`true` or `false`",
    "day": "day or year",
    "year": "year",
    "period": "year or day",
    "currency": "ISO 4217",
    "country": "ISO 3166-1 alpha-3",
    "rule": "rule",
    "rule_or_amount": "amount or rule",
    "source": "source",
    "index": "code, or a table of weights",
    "ages": "`[first, last]`",
    "bands": "`[[upto, value], ...]`",
    "numbers": "table of numbers",
    "shares": "table of shares",
    "name": "`name.en`, `name.fr`, `name.es`",
    "facts": "table",
    "words": "list of texts",
    "truth_or_unknown": '`true`, `false` or `"unknown"`',
    "amount_or_unknown": 'amount or `"unknown"`',
}

ASSUMPTIONS = """\
Under `[assumptions]` stands a fact and its share (the value, of a number), a table, or several; a `source` there holds for
all:

```toml
[assumptions]
source = "Labour force survey 2022, table 4"
resident = 0.97
disabled = [{ ages = [0, 17], share = 0.03 }, { ages = [18, 120], share = 0.09 }]
area = { shares = { urban = 0.4, rural = 0.6 } }
```"""

AFTER = """## Scenarios

A scenario is a TOML file with only what changes, laid over a scheme as it is read (`socle cost --scenario FILE`,
`schemes.overlay`). Its own errors have its own lines; what hits nothing is an error.

```toml
name = "as proposed"                     # how tables and charts call it
[scheme.utania-grant]                    # keys of the scheme
note = "As proposed"
[scheme.utania-grant.benefit.basic]      # of the tier called basic: the entry that begins last changes
amount = 500
[scheme.utania-grant.eligibility.age]    # with a day of its own, a new entry from then on
from = 2030-01-01
rule = "age >= 65"
[scheme.utania-grant.assumptions]        # replaces what was assumed of this fact
disabled = 0.08
[[scheme.utania-grant.ramp]]             # replaces the whole ramp
year = 2026
coverage = 0.5
```

Where a scheme has one tier only, its name may be left out: `[scheme.utania-grant.benefit]`. To change `amount`, `share` or
`formula` drops the other two. A changed entry without a source of its own is said by the scenario, and not verified. Tables
under `[economy...]` are for costing.

## Worked cases

`cases.toml` holds questions and the answers that must come out. `socle scheme check` asks them; a case that fails is an
error.

```toml
[[case]]
name = "On the day of the 70th birthday"
day = 2024-06-30
facts = { born = 1954-06-30 }
answer = { entitled = true, amount = 100, currency = "USD", per = "month" }
source = "Pensions Act, article 4"
```

A household has `facts = { area = "rural", members = [{ age = 40 }, { age = 4 }] }`."""

FOUND = """What `socle scheme check` says of a file: file, line, path of the key (`benefit[2].amount`: the second entry),
what is written there, what is wrong and what to do. A mistake in a rule has a code of [the rule language](rule-language.md)."""

FINDINGS = {
    "The file": {
        "unreadable": "the file is not there, or cannot be opened",
        "too_large": "more than 1 MB",
        "encoding": "not UTF-8; the line is named",
        "empty": "nothing in it; no scheme.toml below a folder; no case in a file of cases",
        "toml": "a line that is not TOML; the rest is read on",
        "duplicate_key": "a key or table stands twice",
        "brackets": "one bracket where there may be several entries, or no table at all",
        "duplicate_id": "two files checked together have one id",
        "cases": "worked cases where a scheme is asked for; `check` asks the scheme beside them",
        "cases_alone": "worked cases with no scheme beside them",
        "facts_empty": "nothing in a file of facts",
        "json": "a file of facts that is not JSON",
    },
    "Keys": {
        "unknown_key": "no such key; the nearest is named",
        "required": "a key that is needed, or its text, is missing",
        "source_missing": "an entry without a source (a warning for a ramp or an assumption)",
        "one_of": "none, or several, of keys of which one is wanted",
        "needs": "a key without the one it needs (`share` and `of`, `amount` and a currency, a fixed index and its rate)",
        "hits_nothing": "a scenario changes a tier or part that the scheme has not",
        "no_scheme": "a scenario changes a scheme that is not there",
    },
    "Values": {
        "text": "not a text",
        "too_long": "more than 20,000 characters",
        "key": "cannot be a name here",
        "truth": "neither true nor false",
        "day": "not a day or year from 1900 to 2200",
        "whole_number": "not a whole number",
        "number": "not a number",
        "negative": "less than zero",
        "absurd": "beyond any honest figure",
        "share_range": "not a share (write 0.25 for 25 per cent)",
        "currency": "not of ISO 4217",
        "unknown_country": "no alpha-3 code; suggestions, nothing is guessed",
        "unknown_code": "no word of its list",
        "table": "not a table",
        "weights": "weights that do not sum to 1, shares that sum to more",
        "ages": "no span of ages",
        "bands": "no table of bands, or not rising",
    },
    "What belongs together": {
        "same_day": "two entries of one name begin on one day",
        "overlap": "an entry runs on into the next of its name; two assumptions for one person",
        "period_order": "it ends before it starts",
        "floor_above_cap": "a floor above its cap or ceiling",
        "currency_differs": "two currencies in one scheme",
        "ramp_order": "years of a ramp that do not rise",
        "unknown_fact": "an assumption on no fact",
        "assumption_kind": "a share of a number, a value of a truth ...",
        "never_everyone": "nobody is said to be entitled",
        "case_fails": "a worked case has another answer",
    },
    "Warnings": {
        "missing": "what the source does not say",
        "unverified": "what nobody has read in its source",
        "share_above_one": "a benefit of more than the whole of what it is a share of",
        "asks_nothing": "a rule that is true for everyone, or for nobody, whatever the facts",
        "divides_by_zero": "a rule that divides by a zero written in it: what comes out is never known",
        "no_contribution": "a contributory scheme into which nobody pays, or the other way round",
    },
}


def scheme_file() -> str:
    """Every key of a scheme file, what it means and how it is written; every finding."""
    parts = [BEFORE]
    for section in FILE_SECTIONS:
        about = [f"{section.meaning}.{_choice(section)}"] if section.name else []
        parts += [f"## {_title(section)}", *about, _table(section)]
        parts += [ASSUMPTIONS] if section.name == "assumptions" else []
    parts += [
        AFTER,
        *(part for section in CASE_SECTIONS for part in (f"### {_title(section)}", f"{section.meaning}.", _table(section))),
    ]
    parts += [
        "## Findings",
        FOUND,
    ]
    for title, codes in FINDINGS.items():
        rows = "\n".join(f"| `{code}` | {meaning} |" for code, meaning in codes.items())
        parts += [f"### {title}", f"| code | what is wrong |\n| --- | --- |\n{rows}"]
    return "\n\n".join(parts) + "\n"


def scheme_schema() -> str:
    """The JSON Schema of a scheme file."""
    return json.dumps(schemes.json_schema(), ensure_ascii=False, indent=1) + "\n"


def _title(section: Section) -> str:
    if not section.name:
        return "The scheme"
    named = {"source": "[source.KEY]", "assumptions": "[assumptions]", "answer": "answer"}
    return f"`{named.get(section.name) or (f'[[{section.name}]]' if section.many else f'[{section.name}]')}`"


def _choice(section: Section) -> str:
    return f" Exactly one of {', '.join(f'`{key}`' for key in section.choice)}." if section.choice else ""


def _table(section: Section) -> str:
    rows = [f"| {f'**`{key.name}`**' if key.required else f'`{key.name}`'} | {key.meaning} | {_written(key)} |" for key in section]
    return "\n".join(["| key | meaning | what is written |", "| --- | --- | --- |", *rows])


def _written(key: Key) -> str:
    if key.kind == "code":
        if isinstance(key.codes, str):
            return f"code of [{key.codes}](codes.md#{key.codes.lower()})" if code_list(key.codes) else ""
        return ", ".join(f"`{code}`" for code in key.codes)
    if key.kind in BOUNDS and key.kind != "year":
        low, high = BOUNDS[key.kind]
        return "number" if key.kind == "number" else f"{'whole number' if key.kind == 'whole' else 'number'}, {low:g} to {high:,g}"
    return WRITTEN[key.kind]


PAGES = {"docs/reference/scheme-file.md": scheme_file, "docs/reference/scheme.schema.json": scheme_schema}


def main() -> None:
    for page, write in PAGES.items():
        (ROOT / page).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
