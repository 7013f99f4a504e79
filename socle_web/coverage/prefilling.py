"""The questionnaire of a country as it is sent out: what is known of it already stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from socle import datasets
from socle.errors import InputError
from socle.schemes import Scheme
from socle.tables import INQUIRY, SEXES, Book, RawSheet, Table, text_of
from socle.vocabulary import Period
from socle_web.coverage import inquiry_bridge as bridge
from socle_web.coverage.models.rounds import Inquiry
from socle_web.schemes import bridge as schemes_bridge

INVENTORY = ("schemes", "benefits")  # carried over as they are
LEFT_OUT = ("published",)
#: What is asked anew: the columns of a row that are emptied when it is carried into another year.
ASKED = ("persons", "amount", "source", "reference_on", "status")
WORKING_AGE = (15, 64)


def prefilled(country: str, *, year: int, before: Inquiry | None, again: Inquiry | None = None) -> list[RawSheet]:
    """The sheets a country begins with.

    ``again``: an inquiry of the same round that was withdrawn; all of it is carried over. ``before``: the last validated one; its
    schemes and benefits are carried over, and the rows of its year into ``year`` with their figures emptied. Without either the
    schemes the platform has published, and the persons of the population that comes with the product, as estimates.
    """
    if again is not None:
        return [bridge.raw(sheet) for sheet in bridge.sheets_now(again).values()]
    tables = _carried(before, year=year) if before is not None else {}
    if not any(len(table) for table in tables.values()):
        tables = _of_schemes(bridge.schemes_of(country))
    if not len(tables.get("denominators", ())):
        tables["denominators"] = Table.of(INQUIRY["denominators"], _persons(country, year))
    return sheets_of(Book(INQUIRY, tables))


def sheets_of(book: Book) -> list[RawSheet]:
    """A book as sheets of texts; every sheet of the form is there, if only with its header."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "questionnaire")
        datasets.write_book(book, path)
        there = {sheet.name: sheet for sheet in datasets.read_raw(path)[0]}
    return [_texts(there.get(sheet.name) or RawSheet(sheet.name, sheet.names, [], [])) for sheet in INQUIRY]


def _texts(sheet: RawSheet) -> RawSheet:
    return RawSheet(sheet.name, [text_of(cell) for cell in sheet.header], [[text_of(cell) for cell in row] for row in sheet.rows],
                    list(sheet.numbers))


def _carried(before: Inquiry, *, year: int) -> dict[str, Table]:
    book = bridge.book_of(before).book
    tables = {name: book[name] for name in INVENTORY}
    for sheet in INQUIRY:
        if sheet.name not in (*INVENTORY, *LEFT_OUT):
            rows = [row for row in book[sheet.name].rows() if row["year"] == before.round.year]
            tables[sheet.name] = Table.of(sheet, ({**row, "year": year, **{name: None for name in ASKED if name in row}}
                                                  for row in rows))
    return tables


def _of_schemes(found: list[Scheme]) -> dict[str, Table]:
    schemes, benefits = [], []
    for scheme in found:
        law = min(scheme.laws, key=lambda one: one.since, default=None)
        schemes.append({
            "scheme": scheme.id, "country": scheme.country, "name": scheme.name.get("en") or next(iter(scheme.name.values()), ""),
            "institution": scheme.institution, "functions": (scheme.branch,), "legal_basis": law.title if law else None,
            "since": Period.parse(law.since.isoformat()) if law else None})
        tiers = {one.tier: one for one in scheme.benefits}
        benefits += [{
            "benefit": scheme.id if len(tiers) == 1 else f"{scheme.id}-{tier}", "scheme": scheme.id, "function": scheme.branch,
            "form": "in_kind" if scheme.branch == "medical_care" else "cash",
            "payment": "lump_sum" if one.per == "case" and one.months is None else "periodic", "contributory": scheme.contributory,
        } for tier, one in tiers.items()]
    return {"schemes": Table.of(INQUIRY["schemes"], schemes), "benefits": Table.of(INQUIRY["benefits"], benefits)}


def _persons(country: str, year: int) -> Iterator[dict[str, Any]]:
    """The population and those of working age, as the population that comes with the product estimates them."""
    try:
        people = schemes_bridge.people_of(country)
        people.year(year)
    except InputError:
        return
    source = people.source.document
    for group, (first, last) in (("population", (0, 100)), ("working_age", WORKING_AGE)):
        for sex in ("total", *SEXES):
            persons = people.total(first=first, last=last, sex=None if sex == "total" else sex)[people.years.index(year)]
            yield {"country": country, "year": year, "group": group, "sex": sex, "persons": round(float(persons)), "source": source,
                   "status": "estimated"}
