"""A document as PDF: tagged (PDF/UA-1), with an outline, its language, and its notice at the foot of every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import typst

from socle.reports.document import Block, Document, Figure, Heading, Items, KeyFigures, Paragraph, Result, Table, Text
from socle.reports.typesetting import ARABIC, SANS, SERIF, compiled, drawn, families, string
from socle.vocabulary import say, speaking

STANDARD = "ua-1"
_MANY_COLUMNS = 7


def pdf(document: Document) -> bytes:
    """The document as PDF. Where no font of the machine can write one of its letters, PDF/UA-1 is out of reach: the file is then
    tagged all the same, but does not claim the standard."""
    with speaking(document.language):
        source = "\n".join(_source(document))
    try:
        return compiled(source, format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError:
        return compiled(source, format="pdf")


def _source(document: Document) -> Iterator[str]:
    yield _prelude()
    yield f"#let sans = {_array(map(string, families(*SANS, *ARABIC)))}"
    facts = _array(f"({string(label)}, {_run(fact)})" for label, fact in document.facts)
    yield (
        f"#show: report.with(title: {_run(document.title)}, subtitle: {string(document.subtitle)}, facts: {facts}, "
        f"notice: {_runs(document.notice)}, language: {string(document.language)}, "
        f"serif: {_array(map(string, families(*SERIF, *ARABIC)))}, sans: sans, "
        f"keywords: {_array(map(string, document.keywords))}, contents: {string(say('Contents'))})"
    )
    yield from map(_block, document.blocks)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"#chapter({block.level}, {_run(block.text)})"
        case Paragraph():
            return f"#{block.role}({_runs(block.texts)})"
        case Items():
            terms = [_run(term) for term in block.terms] or ["none"] * len(block.entries)
            return f"#items({_array(f'({term}, {_runs(entry)})' for term, entry in zip(terms, block.entries, strict=True))})"
        case KeyFigures():
            figures = _array(f"({string(f.value)}, {string(f.label)}, {string(f.note)})" for f in block.figures)
            return f"#key-figures(sans, {figures})"
        case Table():
            return _table(block)
        case Figure():
            return (f"#drawing({string(drawn(block.svg))}, {block.width * 100:.0f}%, {string(block.caption)}, "
                    f"{string(block.alternative or block.caption)})")
        case Result():
            origin = _runs((Text(say("Source:") + " "), block.source)) if block.source else "none"
            return (f"#result(sans, {string(block.step or '')}, {string(' · '.join(block.marks))}, {_run(block.title)}, "
                    f"{_runs(block.summary)}, {origin})")


def _table(table: Table) -> str:
    columns = _array(f"({_bool(c.is_figure)}, {c.weight})" for c in table.columns)
    heads = _array(f"({i}, {string(c.title)})" for i, c in enumerate(table.columns))
    rows = _array(
        f"({_bool(n in table.totals)}, "
        + _array(f"({string(c.text.words)}, {_lang(c.text)}, {_bool(c.is_known)})" for c in row) + ")"
        for n, row in enumerate(table.rows)
    )
    size = "7.2pt" if len(table.columns) > _MANY_COLUMNS else "8pt"
    return f"#data({string(table.caption)}, {columns}, {heads}, {rows}, {_array(map(string, table.notes))}, size: {size})"


def _run(text: Text) -> str:
    return f"({string(text.words)}, {_lang(text)})"


def _runs(texts: Iterable[Text]) -> str:
    return _array(map(_run, texts))


def _lang(text: Text) -> str:
    return string(text.lang) if text.lang else "none"


def _array(items: Iterable[str]) -> str:
    return "(" + "".join(f"{item}, " for item in items) + ")"


def _bool(value: bool) -> str:
    return "true" if value else "false"


@cache
def _prelude() -> str:
    return files("socle.reports").joinpath("data", "report.typ").read_text(encoding="utf-8")
