"""A document before it is HTML, Word or PDF: headings, paragraphs, tables, figures, in the order they are read.

Every text may say its language: the sentences of a report are in the reader's language, what people recorded is in the language
they wrote it in. A renderer adds nothing and leaves nothing out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["plain", "lead", "note", "source", "warning"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words; ``lang`` is None for the language of the document."""

    words: str
    lang: str | None = None

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 opens a chapter."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    texts: tuple[Text, ...]
    role: Role = "plain"


@dataclass(frozen=True, slots=True)
class Items:
    """A list; ``terms`` are bold openings, one an item, or none at all."""

    entries: tuple[tuple[Text, ...], ...]
    terms: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """``value`` as it is printed; ``label`` says of what; ``note`` what to know about it."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """``is_known`` is False for what was not reported: shown as words, muted, never as a figure."""

    text: Text
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """``is_figure`` sets it to the right; ``weight`` is its share of the width beside the others."""

    title: str
    is_figure: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """``totals`` are the rows, counted from 0, that add up others. The first column names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its caption, and ``alternative`` for those who do not see it. ``width`` is a share of the page's."""

    svg: str
    caption: str
    alternative: str
    width: float = 0.7


@dataclass(frozen=True, slots=True)
class Result:
    """One thing achieved: when and what kind, in a line; its title; what changed; who says so."""

    marks: tuple[str, ...]
    title: Text
    summary: tuple[Text, ...] = ()
    source: Text | None = None
    step: str | None = None


Block = Heading | Paragraph | Items | KeyFigures | Table | Figure | Result


@dataclass(frozen=True, slots=True)
class Document:
    """``facts`` stand on the title page; ``notice`` at the foot of every page; ``language`` is that of its sentences."""

    language: str
    title: Text
    subtitle: str
    facts: tuple[tuple[str, Text], ...]
    notice: tuple[Text, ...]
    blocks: tuple[Block, ...]
    keywords: tuple[str, ...] = field(default=())

    def headings(self, deepest: int = 2) -> Iterator[Heading]:
        return (block for block in self.blocks if isinstance(block, Heading) and block.level <= deepest)

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    def words(self) -> Iterator[str]:
        """Every text of the document, in reading order."""
        yield from (self.title.words, self.subtitle)
        yield from (words for label, fact in self.facts for words in (label, fact.words))
        for block in self.blocks:
            yield from words_of(block)
        yield from (text.words for text in self.notice)


def words_of(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text.words
        case Paragraph():
            yield "".join(text.words for text in block.texts)
        case Items():
            yield from (text.words for entry in (block.terms, *block.entries) for text in entry)
        case KeyFigures():
            yield from (word for figure in block.figures for word in (figure.value, figure.label, figure.note))
        case Table():
            yield block.caption
            yield from (column.title for column in block.columns)
            yield from (cell.text.words for row in block.rows for cell in row)
            yield from block.notes
        case Figure():
            yield from (block.caption, block.alternative)
        case Result():
            yield from (*block.marks, block.title.words, *(text.words for text in block.summary))
            if block.source:
                yield block.source.words
