"""A document as a Word file: real heading styles, table heads that repeat, pictures with a text, notice and page in the footer."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document as open_template
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Lines

from socle.reports.document import Block, Document, Figure, Heading, Items, KeyFigures, Paragraph, Result, Table, Text
from socle.reports.typesetting import picture
from socle.vocabulary import say, speaking

INK, MUTED, LINE = RGBColor(0x16, 0x22, 0x2E), RGBColor(0x55, 0x61, 0x6C), "D5DBE0"
STEPS = {"1": "E3B04B", "2": "2F8F9D", "3": "21395C"}
SERIF, SANS = "Georgia", "Arial"
PAGE_WIDTH = Cm(16.4)
_MANY_COLUMNS = 7
_TAGS = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ar": "ar-SA", "pt": "pt-PT"}


def docx(document: Document) -> bytes:
    with speaking(document.language):
        paper = open_template()
        _styles(paper, document)
        _title_page(paper, document)
        _contents(paper, document)
        chapter = 0
        for block in document.blocks:
            chapter += isinstance(block, Heading) and block.level == 1
            _block(paper, block, chapter=chapter)
        out = BytesIO()
        paper.save(out)
        return out.getvalue()


def _styles(paper: Paper, document: Document) -> None:
    properties = paper.core_properties
    properties.title = _plain(f"{document.title.words}: {document.subtitle}")[:255]
    properties.keywords = _plain(", ".join(document.keywords))[:255]
    properties.language = document.language
    properties.author, properties.comments = "", _plain("".join(text.words for text in document.notice))[:255]
    properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    normal = paper.styles["Normal"]
    normal.font.size, normal.font.color.rgb = Pt(10.5), INK
    _family(normal, SERIF)
    normal.paragraph_format.space_after = Pt(6)
    normal.element.get_or_add_rPr().append(_language(document.language))
    for level, size, colour in ((1, 20, INK), (2, 13, MUTED), (3, 11.5, INK), (4, 10.5, INK)):
        style = paper.styles[f"Heading {level}"]
        style.font.size, style.font.color.rgb, style.font.bold = Pt(size), colour, True
        _family(style, SANS)
        style.paragraph_format.space_before = Pt(28 if level == 1 else 14)
        style.paragraph_format.space_after = Pt(6)
        if level == 1:
            _border(style.element.get_or_add_pPr(), "top", "16222E")
    for name, size in (("Title", 34), ("Subtitle", 17), ("Caption", 9), ("List Bullet", 10), ("Header", 8), ("Footer", 7.5)):
        style = paper.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), INK if name in ("Title", "List Bullet") else MUTED
        style.font.italic = style.font.bold = False
        _family(style, SERIF if name in ("Title", "Subtitle", "List Bullet") else SANS)
    for border in paper.styles["Title"].element.xpath("./w:pPr/w:pBdr"):
        border.getparent().remove(border)
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.6)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = _plain(f"{document.title.words} · {document.subtitle}")
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.style = paper.styles["Footer"]
        for text in document.notice:
            _run(line, text)
        if footer is section.footer:
            page = footer.add_paragraph(style=paper.styles["Footer"])
            page.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _field(page, "PAGE")


def _title_page(paper: Paper, document: Document) -> None:
    title = _line(paper, "Title")
    title.paragraph_format.space_before = Pt(150)
    _run(title, document.title)
    _run(_line(paper, "Subtitle"), Text(document.subtitle))
    for label, fact in document.facts:
        line = _line(paper)
        line.paragraph_format.space_after = Pt(2)
        _run(line, Text(f"{label}: "), muted=True)
        _run(line, fact, bold=True)


def _contents(paper: Paper, document: Document) -> None:
    """A table of contents that Word keeps: it fills in the pages when it opens the file, and anew when asked (F9)."""
    title = _line(paper)
    _run(title, Text(say("Contents")))
    title.paragraph_format.page_break_before = True
    title.runs[0].bold, title.runs[0].font.size = True, Pt(14)
    style = paper.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.base_style = paper.styles["Normal"]
    style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.tab_stops.add_tab_stop(PAGE_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    line = _line(paper, style.style_id)
    line._p.extend([_mark("begin", dirty="true"), _instruction(r'TOC \o "1-1" \h \z \u'), _mark("separate")])
    for chapter, heading in enumerate(document.headings(deepest=1), 1):
        link = _element("w:hyperlink", anchor=_bookmark(chapter), history="1")
        line._p.append(link)
        _run(line, heading.text)
        line.add_run().add_tab()
        link.extend(line._p.findall(qn("w:r"))[-2:])
        link.extend([_mark("begin", dirty="true"), _instruction(f"PAGEREF {_bookmark(chapter)} \\h"),
                     _mark("separate"), _mark("end")])
        line = _line(paper, style.style_id)
    line._p.append(_mark("end"))
    line.add_run().add_break(WD_BREAK.PAGE)


def _bookmark(chapter: int) -> str:
    return f"_Toc{chapter:06d}"


def _mark(kind: str, **attributes: str) -> Any:
    """The beginning, the middle or the end of a field."""
    run = _element("w:r")
    run.append(_element("w:fldChar", fldCharType=kind, **attributes))
    return run


def _instruction(code: str) -> Any:
    run, words = _element("w:r"), _element("w:instrText")
    words.text = f" {code} "
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(words)
    return run


def _block(paper: Paper, block: Block, *, chapter: int) -> None:
    match block:
        case Heading():
            heading = _line(paper, f"Heading{min(block.level, 4)}")
            heading.paragraph_format.keep_with_next = True
            if block.level == 1:
                heading._p.append(_element("w:bookmarkStart", id=str(chapter), name=_bookmark(chapter)))
            _run(heading, block.text)
            if block.level == 1:
                heading._p.append(_element("w:bookmarkEnd", id=str(chapter)))
        case Paragraph():
            line = _line(paper)
            for text in block.texts:
                _run(line, text, muted=block.role in ("note", "source"),
                     size={"lead": 12.5, "note": 9.0, "source": 8.5}.get(block.role), bold=block.role == "warning")
        case Items():
            for i, entry in enumerate(block.entries):
                line = _line(paper, "ListBullet")
                if block.terms and block.terms[i].words:
                    _run(line, block.terms[i], bold=True)
                for text in entry:
                    _run(line, text)
        case KeyFigures():
            _key_figures(paper, block)
        case Table():
            _table(paper, block)
        case Figure():
            _figure(paper, block)
        case Result():
            _result(paper, block)


def _key_figures(paper: Paper, block: KeyFigures) -> None:
    across = 3
    grid = paper.add_table(rows=-(-len(block.figures) // across), cols=across)
    for i, figure in enumerate(block.figures):
        cell = grid.cell(i // across, i % across)
        _borders(cell._tc, top="16222E")
        value, label = cell.paragraphs[0], cell.add_paragraph()
        value.paragraph_format.space_after = label.paragraph_format.space_after = Pt(0)
        _run(value, Text(figure.value), bold=True, size=18 if len(figure.value) <= 12 else 14)
        _run(label, Text(figure.label), size=9, family=SANS)
        if figure.note:
            _run(cell.add_paragraph(), Text(figure.note), size=8, family=SANS, muted=True)
    _line(paper)


def _table(paper: Paper, block: Table) -> None:
    caption = _line(paper, "Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(10)
    _run(caption, Text(block.caption), bold=True)
    size = 7.5 if len(block.columns) > _MANY_COLUMNS else 8.5
    grid = paper.add_table(rows=1 + len(block.rows), cols=len(block.columns))
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    margins = _element("w:tblCellMar")
    margins.extend(_element(f"w:{side}", w=width, type="dxa") for side, width in (("left", "20"), ("right", "90")))
    grid._tblPr.append(margins)
    whole = sum(c.weight for c in block.columns)
    widths = [int(PAGE_WIDTH * c.weight / whole) for c in block.columns]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for number, line in enumerate(grid.rows):
        _row_says(line, "w:cantSplit")
        if number == 0:
            _row_says(line, "w:tblHeader")
    cells = grid._cells
    for column, cell in zip(block.columns, cells, strict=False):
        _fill(cell, Text(column.title), figure=column.is_figure, bold=True, size=size)
        _borders(cell._tc, bottom="16222E")
    for number, row in enumerate(block.rows, 1):
        first = number * len(block.columns)
        for column, given, cell in zip(block.columns, row, cells[first:first + len(row)], strict=True):
            _fill(cell, given.text, figure=column.is_figure, bold=number - 1 in block.totals and given.is_known, size=size,
                  muted=not given.is_known)
            _borders(cell._tc, bottom=LINE)
    for note in block.notes:
        _run(_line(paper), Text(note), muted=True, size=8.5)
    _line(paper).paragraph_format.space_after = Pt(2)


def _fill(cell: Any, text: Text, *, figure: bool, size: float, bold: bool = False, muted: bool = False) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(1)
    if figure:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(line, text, bold=bold, muted=muted, italic=muted, size=size, family=SANS)


def _figure(paper: Paper, block: Figure) -> None:
    line = _line(paper)
    line.paragraph_format.keep_with_next = True
    width = int(PAGE_WIDTH * block.width)
    shape = line.add_run().add_picture(BytesIO(picture(block.svg, width_cm=width / Cm(1))), width=width)
    shape._inline.docPr.set("descr", _plain(block.alternative or block.caption))
    shape._inline.docPr.set("title", _plain(block.caption))
    _run(_line(paper, "Caption"), Text(block.caption))


def _result(paper: Paper, block: Result) -> None:
    lines: list[tuple[Text, ...]] = [(Text(" · ".join(block.marks)),), (block.title,), *((text,) for text in block.summary)]
    if block.source:
        lines.append((Text(say("Source:") + " "), block.source))
    for i, texts in enumerate(lines):
        is_small = i == 0 or (block.source is not None and i == len(lines) - 1)
        line = _line(paper)
        line.paragraph_format.space_after = Pt(8 if i == len(lines) - 1 else 1)
        line.paragraph_format.left_indent = Cm(0.4)
        line.paragraph_format.keep_with_next = i < len(lines) - 1
        _border(line._p.get_or_add_pPr(), "left", STEPS.get(block.step or "", LINE))
        for text in texts:
            _run(line, text, bold=i == 1, muted=is_small, size=8.5 if is_small else None, family=SANS if i == 0 else None)


def _line(paper: Paper, style: str | None = None) -> Lines:
    """A new paragraph at the end, ``style`` by its identifier. What python-docx does here looks at every paragraph before."""
    paragraph = OxmlElement("w:p")
    paper.element.body[-1].addprevious(paragraph)
    if style:
        paragraph.style = style
    return Lines(paragraph, paper._body)


def _run(paragraph: Any, text: Text, *, bold: bool = False, italic: bool = False, muted: bool = False, size: float | None = None,
         family: str | None = None) -> None:
    run = paragraph.add_run(_plain(text.words))
    run.bold, run.italic = bold or None, italic or None
    if size:
        run.font.size = Pt(size)
    if muted:
        run.font.color.rgb = MUTED
    if family:
        _family(run, family)
    if text.lang:
        run._r.get_or_add_rPr().append(_language(text.lang))


def _family(styled: Any, family: str) -> None:
    styled.font.name = family
    fonts = styled._element.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(slot), None)


def _language(lang: str) -> Any:
    return _element("w:lang", val=_TAGS.get(lang, lang), eastAsia=_TAGS.get(lang, lang))


def _row_says(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(_element(name))


def _borders(cell: Any, **sides: str) -> None:
    borders = _element("w:tcBorders")
    for side, colour in sides.items():
        borders.append(_element(f"w:{side}", val="single", sz="8" if colour != LINE else "4", space="0", color=colour))
    cell.get_or_add_tcPr().append(borders)


def _border(properties: Any, side: str, colour: str) -> None:
    borders = _element("w:pBdr")
    borders.append(_element(f"w:{side}", val="single", sz="18" if side == "left" else "12", space="8", color=colour))
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")


def _field(paragraph: Any, code: str) -> None:
    field = _element("w:fldSimple", instr=code)
    paragraph._p.append(field)


def _element(name: str, /, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


@cache
def _forbidden() -> dict[int, None]:
    """Characters that XML does not allow."""
    return dict.fromkeys([*(c for c in range(32) if chr(c) not in "\n\t"), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])


def _plain(words: str) -> str:
    return words.translate(_forbidden())
