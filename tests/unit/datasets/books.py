"""Random books: every sheet of the form, every kind of column, references that lead somewhere."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from socle.tables import PROGRAMME, Book, Kind, Table
from socle.vocabulary import COUNTRIES, Period, code_list

KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=1_000, exclude_characters=";/", categories=("L", "N", "P", "S")),
               min_size=1, max_size=12).filter(lambda key: key[0] != "#" and key not in (".", ".."))
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=60),
    st.sampled_from(["=1+1", "@x", "+5", "-5", "'quoted", "'=x", "''=x", "two\nlines", 'say "so"', "a;b", "a,b", "007", "1e5", "TRUE",
                     "2024", "2024-06-30", "http://example.org", "mailto:a@example.org", "{=1}", "«é»", "é", "العربية"]),
).map(str.strip).filter(lambda text: text and not text.startswith("#") and "x005F_" not in text)
DAYS = st.dates(min_value=Period.year(1900).start, max_value=Period.year(2200).end).map(Period.parse)
PERIODS = st.one_of(st.integers(1900, 2200).map(Period.year), DAYS)
NUMBERS = st.decimals(min_value=Decimal(0), max_value=Decimal(10) ** 14, places=2, allow_nan=False, allow_infinity=False)
SHARES = st.one_of(st.sampled_from([0.0, 1.0, 0.1 + 0.2, 1e-7]), st.integers(0, 10**6).map(lambda n: n / 10**6))
MADE_UP = ("XUT", "XVA", "XWE", "XYO", *list(COUNTRIES)[:20])


def values(column, keys):
    """Values of a column; ``keys`` are those of the sheets before."""
    kind = column.kind
    if kind in (Kind.REFERENCE, Kind.REFERENCES) and not keys.get(column.refers):
        return st.none()
    one = {
        Kind.KEY: KEYS,
        Kind.TEXT: TEXTS,
        Kind.PERIOD: PERIODS,
        Kind.WHOLE: st.integers(0, 10**10),
        Kind.SHARE: SHARES,
        Kind.AMOUNT: NUMBERS,
        Kind.NUMBER: st.one_of(NUMBERS, NUMBERS.map(lambda n: -n)) if column.signed else NUMBERS,
        Kind.CURRENCY: st.sampled_from(["USD", "EUR", "XOF"]),
        Kind.COUNTRY: st.sampled_from(MADE_UP),
        Kind.COUNTRIES: st.lists(st.sampled_from(MADE_UP), min_size=1, max_size=3, unique=True).map(tuple),
        Kind.CODE: st.sampled_from(list(code_list(column.codes))) if column.codes else st.nothing(),
        Kind.CODES: st.lists(st.sampled_from(list(code_list(column.codes))), min_size=1, max_size=3, unique=True).map(tuple)
        if column.codes else st.nothing(),
        Kind.REFERENCE: st.sampled_from(keys.get(column.refers) or [""]),
        Kind.REFERENCES: st.lists(st.sampled_from(keys.get(column.refers) or [""]), min_size=1, max_size=3, unique=True).map(tuple),
    }[kind]
    return one if column.required or column.default is not None else st.one_of(st.none(), one)


@st.composite
def books(draw):
    keys, tables = {}, {}
    for sheet in PROGRAMME:
        impossible = any(c.required and c.refers and not keys.get(c.refers) for c in sheet.columns)
        row = st.fixed_dictionaries({c.name: values(c, keys) for c in sheet.columns})
        rows = [] if impossible else draw(st.lists(row, max_size=3, unique_by=lambda r, s=sheet: tuple(r[n] for n in s.identity)))
        for r in rows:
            if r.get("start") and r.get("end") and r["start"].start > r["end"].end:
                r["start"], r["end"] = r["end"], r["start"]
        kept = {tuple(r[n] for n in sheet.identity): r for r in rows if any(v is not None for v in r.values())}
        tables[sheet.name] = Table.of(sheet, kept.values())
        keys[sheet.name] = [r[sheet.key[0]] for r in kept.values()]
    return Book(PROGRAMME, tables)
