"""The same document as HTML, Word and PDF: it opens, it says the same, and no word becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from socle import reports
from socle.reports.document import Document, Heading, Paragraph, Text
from socle.reports.typesetting import picture, string
from socle.vocabulary import speaking
from tests.unit.reports.conftest import NASTY


class Page(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def html(paper):
    return reports.render(paper, "html").decode()


@pytest.fixture(scope="module")
def pdf(paper):
    return PdfReader(BytesIO(reports.render(paper, "pdf")))


@pytest.fixture(scope="module")
def word(paper):
    return docx.Document(BytesIO(reports.render(paper, "docx")))


def flat(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("\u00ad", ""))


def test_a_page_needs_nothing_from_elsewhere(html):
    page = Page(html)
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.tags}
    assert not [a for _, attributes in page.tags for a in attributes if a == "style" or a.startswith("on")]
    assert "url(" not in html


def test_words_that_look_like_markup_stay_words(html):
    assert NASTY in " ".join(Page(html).words)
    assert "<script" not in html


def test_a_page_says_every_text_of_the_document(html, paper):
    said = flat("".join(Page(html).words))
    for words in paper.words():
        if not words.startswith("Institutional changes by country:"):
            assert flat(words).strip() in said or any(words == b.alternative for b in paper.blocks if hasattr(b, "alternative"))


def test_the_fragment_has_no_style_and_starts_where_asked(paper):
    markup = reports.fragment(paper, level=3)
    page = Page(markup)
    assert page.tags[0][0] == "section"
    assert not {"style", "h1", "h2"} & {tag for tag, _ in page.tags}


def test_a_table_names_its_columns_and_rows(html):
    assert {a.get("scope") for tag, a in Page(html).tags if tag == "th"} == {"col", "row"}


def test_the_language_of_the_page_and_of_the_records_are_marked(made, chain):
    with speaking("fr"):
        document = reports.document(made, chain)
    page = Page(reports.render(document, "html").decode())
    assert ("html", {"lang": "fr"}) in page.tags
    assert ("span", {"lang": "en"}) in page.tags


def test_a_pdf_is_tagged_titled_and_speaks_its_language(pdf, paper):
    catalogue = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].startswith("en")
    assert pdf.metadata.title == paper.title.words
    assert next(entry.title for entry in pdf.outline if not isinstance(entry, list)) == "At a glance"


def test_every_page_of_the_pdf_carries_the_notice(pdf):
    for page in pdf.pages:
        assert "Not an ILO publication." in flat(page.extract_text())


def test_the_pdf_says_the_key_figures(pdf):
    said = flat(" ".join(page.extract_text() for page in pdf.pages))
    for figure in ("4,321", "4,921", "1,234,567.50", "not reported"):
        assert figure in said


def test_typesetting_reads_no_markup_in_words(pdf):
    said = flat(" ".join(page.extract_text() for page in pdf.pages)).replace(" ", "")
    assert '<script>alert("1")</script>#panic()$x^2$@ref*bold*_it_\\end[x]{y}`raw`//=head&"quotes"' in said


def test_a_letter_that_no_font_has_still_prints():
    document = Document("en", Text("A"), "", (), (), (Paragraph((Text("\ue123 and on"),)),))
    reader = PdfReader(BytesIO(reports.render(document, "pdf")))
    assert "and on" in flat(reader.pages[-1].extract_text())
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_pdf_claims_the_standard_of_accessible_documents(pdf):
    assert "pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data().decode()


def test_a_string_ends_where_it_ends():
    assert string('a"b\\c\nd') == '"a\\"b\\\\c\\nd"'


def test_arabic_is_set():
    document = Document("ar", Text("تقرير"), "", (), (Text("ملاحظة"),), (Heading(1, Text("مقدمة")), Paragraph((Text("نص"),))))
    assert PdfReader(BytesIO(reports.render(document, "pdf"))).trailer["/Root"]["/Lang"].startswith("ar")
    assert "مقدمة" in "\n".join(p.text for p in docx.Document(BytesIO(reports.render(document, "docx"))).paragraphs)


def test_a_word_file_has_real_headings_and_tables_with_repeated_heads(word, paper):
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings == [h.text.words for h in paper.headings(deepest=1)]
    assert word.tables
    heads = word.element.xpath("//w:tblHeader")
    assert len(heads) == len(list(paper.tables()))


def test_the_contents_of_a_word_file_are_a_field_that_leads_to_the_chapters(word, paper):
    codes = "".join(node.text for node in word.element.xpath("//w:instrText"))
    assert 'TOC \\o "1-1"' in codes
    chapters = [h.text.words for h in paper.headings(deepest=1)]
    links = word.element.xpath("//w:hyperlink")
    assert ["".join(node.text for node in link.xpath(".//w:t")) for link in links] == chapters
    for link, chapter in zip(links, chapters, strict=True):
        anchor = link.get(docx.oxml.ns.qn("w:anchor"))
        (start,) = word.element.xpath(f"//w:bookmarkStart[@w:name='{anchor}']")
        assert docx.text.paragraph.Paragraph(start.getparent(), None).text == chapter
        assert f"PAGEREF {anchor}" in codes
    marks = [node.get(docx.oxml.ns.qn("w:fldCharType")) for node in word.element.xpath("//w:body//w:fldChar")]
    assert marks == ["begin", "separate", *["begin", "separate", "end"] * len(chapters), "end"]


def test_pictures_of_a_word_file_have_a_text(word):
    assert word.inline_shapes
    for shape in word.inline_shapes:
        assert shape._inline.docPr.get("descr")


def test_the_footer_of_a_word_file_has_the_notice_and_the_page(word):
    footer = word.sections[0].footer
    assert "Not an ILO publication." in footer.paragraphs[0].text
    assert "PAGE" in footer._element.xml
    assert "Not an ILO publication." in word.sections[0].first_page_footer.paragraphs[0].text


def test_a_word_file_keeps_words_that_look_like_markup(word):
    assert any(NASTY in p.text for p in word.paragraphs)


def test_the_same_document_is_the_same_bytes(paper):
    assert reports.render(paper, "pdf") == reports.render(paper, "pdf")
    assert reports.render(paper, "html") == reports.render(paper, "html")


def test_characters_that_no_file_may_hold_are_dropped():
    document = Document("en", Text("A\x00B\x1f"), "", (), (Text("\x0b"),), (Heading(1, Text("C\x00D\ufffe")),))
    for format in reports.FORMATS:
        assert reports.render(document, format)
    assert "CD" in [p.text for p in docx.Document(BytesIO(reports.render(document, "docx"))).paragraphs]


def test_a_chart_becomes_a_picture():
    assert picture(reports.charts.tile_map({"KEN": 2}, title="x"), ppi=40).startswith(b"\x89PNG")
