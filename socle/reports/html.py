"""A document as HTML: one self-contained page to keep, or the chapters alone for a page of a site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from socle.reports.document import Block, Document, Figure, Heading, Items, KeyFigures, Paragraph, Result, Table, Text
from socle.vocabulary import say, speaking


def page(document: Document) -> str:
    """A whole page: style and drawings inside, nothing to fetch, no script; prints with its notice at the foot of every page."""
    with speaking(document.language):
        chapters = list(enumerate(document.headings(deepest=1), 1))
        contents = "".join(f'<li><a href="#chapter-{n}">{_text(h.text)}</a></li>' for n, h in chapters)
        facts = "".join(f"<div><dt>{_plain(label)}</dt><dd>{_text(fact)}</dd></div>" for label, fact in document.facts)
        notice = "".join(_text(text) for text in document.notice)
        return (
            f'<!doctype html>\n<html lang="{_plain(document.language)}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{_plain(document.title.words)}: {_plain(document.subtitle)}</title>"
            f"<style>{_style()}{_print_footer(document)}</style></head><body>\n"
            f'<header class="report-title"><h1>{_text(document.title)}</h1><p>{_plain(document.subtitle)}</p>'
            f"<dl>{facts}</dl></header>\n"
            f'<div class="report-body"><nav aria-label="{_plain(say("Contents"))}"><h2>{_plain(say("Contents"))}</h2>'
            f"<ol>{contents}</ol></nav>\n<main>{fragment(document)}</main></div>\n"
            f'<footer class="report-foot"><p>{notice}</p></footer></body></html>\n'
        )


def fragment(document: Document, *, level: int = 2) -> str:
    """The chapters alone, each a section, their headings from ``level`` on. Classes begin with ``report-``; no inline style."""
    return "\n".join(_sections(document.blocks, level))


def _sections(blocks: Sequence[Block], level: int) -> Iterator[str]:
    chapter = 0
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            if chapter:
                yield "</section>"
            chapter += 1
            yield f'<section id="chapter-{chapter}" aria-labelledby="chapter-{chapter}-title">'
            yield f'<h{level} id="chapter-{chapter}-title">{_text(block.text)}</h{level}>'
        else:
            yield _block(block, level)
    if chapter:
        yield "</section>"


def _block(block: Block, level: int) -> str:
    match block:
        case Heading():
            return _tag(f"h{min(6, level + block.level - 1)}", _text(block.text))
        case Paragraph():
            return _tag("p", "".join(map(_text, block.texts)), "" if block.role == "plain" else f"report-{block.role}")
        case Items():
            terms: Sequence[Text | None] = block.terms or [None] * len(block.entries)
            lines = (("<strong>" + _text(term) + "</strong>" if term and term.words else "") + "".join(map(_text, entry))
                     for term, entry in zip(terms, block.entries, strict=True))
            return _tag("ul", "".join(_tag("li", line) for line in lines), "report-items")
        case KeyFigures():
            return _tag("dl", "".join(
                f'<div><dt>{_plain(figure.label)}</dt><dd class="report-value">{_plain(figure.value)}</dd>'
                + (f'<dd class="report-about">{_plain(figure.note)}</dd>' if figure.note else "") + "</div>"
                for figure in block.figures), "report-figures")
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case Result():
            return _result(block)


def _table(table: Table) -> str:
    head = "".join(_tag("th", _plain(c.title), "report-figure" if c.is_figure else "", scope="col") for c in table.columns)
    rows = []
    for number, row in enumerate(table.rows):
        cells = []
        for i, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            classes = " ".join(("report-figure",) * column.is_figure + ("report-unknown",) * (not cell.is_known))
            cells.append(_tag("th", _text(cell.text), classes, scope="row") if i == 0 else _tag("td", _text(cell.text), classes))
        rows.append(_tag("tr", "".join(cells), "report-total" if number in table.totals else ""))
    notes = _tag("ul", "".join(_tag("li", _plain(note)) for note in table.notes), "report-notes") if table.notes else ""
    return (f'<div class="report-scroll" role="group" tabindex="0" aria-label="{_plain(table.caption)}"><table>'
            f"<caption>{_plain(table.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>{notes}")


def _figure(figure: Figure) -> str:
    drawing = f'<div class="report-scroll" role="group" tabindex="0" aria-label="{_plain(figure.caption)}">{figure.svg}</div>'
    return _tag("figure", (drawing if figure.width == 1.0 else figure.svg) + _tag("figcaption", _plain(figure.caption)))


def _result(result: Result) -> str:
    parts = [_tag("p", " · ".join(map(_plain, result.marks)), "report-marks"), _tag("p", _text(result.title), "report-name")]
    parts += [_tag("p", _text(text)) for text in result.summary]
    if result.source:
        parts.append(_tag("p", f"{_plain(say('Source:'))} {_text(result.source)}", "report-source"))
    return _tag("div", "".join(parts), "report-result" + (f" report-step-{_plain(result.step)}" if result.step else ""))


def _tag(name: str, inside: str, class_: str = "", scope: str = "") -> str:
    attributes = (f' class="{class_}"' if class_ else "") + (f' scope="{scope}"' if scope else "")
    return f"<{name}{attributes}>{inside}</{name}>"


def _text(text: Text) -> str:
    return f'<span lang="{_plain(text.lang)}">{_plain(text.words)}</span>' if text.lang else _plain(text.words)


def _plain(words: object) -> str:
    return escape("".join(c for c in str(words) if c in "\n\t" or ord(c) >= 32), quote=True)


@cache
def _style() -> str:
    return files("socle.reports").joinpath("data", "report.css").read_text(encoding="utf-8")


def _print_footer(document: Document) -> str:
    words = "".join(text.words for text in document.notice)
    plain = "".join(c if c.isalnum() or c in " .,:;()-" else f"\\{ord(c):x} " for c in words)
    return (f'@page {{ size: A4; margin: 20mm 18mm 24mm; @bottom-left {{ content: "{plain}"; font: 7pt sans-serif; color: #55616c; '
            'width: 82%; } @bottom-right { content: counter(page); font: 8pt sans-serif; } }\n')
