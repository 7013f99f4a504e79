"""A file with only what is new refers to what is in the database already."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from socle import datasets, results, tables
from socle.errors import Unreadable

NEW = b"observation,impact,on,measure,persons,supersedes,reason\nO2,I,2024,level,5,O1,recount\n"
KNOWN = {"impacts": {"I"}, "observations": ["O1"], "phases": ["P"], "changes": ["C"], "partners": ["D"]}


def codes(content, name, known=KNOWN):
    parsed = datasets.read_book(content, name=name, known=known)
    return [f.code for f in (*parsed.findings, *results.check(parsed.book, known=known))]


def test_new_observations_refer_to_an_impact_that_is_elsewhere():
    parsed = datasets.read_book(NEW, name="observations.csv", known=KNOWN)

    assert parsed.findings == ()
    assert parsed.book["observations"].keys == ["O2"]
    assert codes(NEW, "observations.csv") == []


def test_a_key_that_is_nowhere_is_still_an_error():
    assert codes(NEW.replace(b",I,", b",X,"), "observations.csv") == ["unknown_reference"]
    assert codes(NEW, "observations.csv", known={}) == ["unknown_reference"] * 2


def test_what_is_elsewhere_is_not_called_missing():
    files = {
        "impacts.csv": "impact,country,kind,change\nJ,KEN,access,C\n",
        "observations.csv": "observation,impact,on,measure,persons\nO2,I,2024,level,5\nO3,I,2025,level,4\nO4,J,2025,level,4\n",
        "evidence.csv": "evidence,record\nE,impacts:I\nF,impacts:none\n",
        "published.csv": "table,row,column,value,year\nfunding_by_partner,D/USD,amount,1,2024\nfunding_by_partner,E/USD,amount,1,\n",
    }
    assert codes(zipped(files), "new.zip") == ["no_baseline", "unknown_address", "unknown_record"]


class Everything(frozenset[str]):
    def __contains__(self, key):
        return True


def test_whoever_cannot_list_what_is_elsewhere_answers_for_each_key():
    files = {
        "changes.csv": "change,country,year,step\nD,KEN,2024,2\n",
        "observations.csv": NEW.decode(),
        "evidence.csv": "evidence,record\nE,impacts:I\n",
        "published.csv": "table,row,column,value,year\nfunding_by_partner,D/USD,amount,1,2024\n",
        "aggregates.csv": "phase,indicator,start,end,counts,value\nP,step1,2024,2024,countries,3\n",
    }
    parsed = datasets.read_book(zipped(files), known=KNOWN)

    assert parsed.findings == ()
    assert results.check(parsed.book, known={sheet.name: Everything() for sheet in tables.PROGRAMME}) == []
    assert len(results.check(parsed.book)) == 4


def test_a_correction_of_what_is_elsewhere_says_why_too():
    assert codes(NEW.replace(b"recount", b""), "observations.csv") == ["reason_missing"]


def test_a_row_leans_on_the_record_elsewhere_when_the_row_here_is_in_error():
    files = {"impacts.csv": "impact,country,kind\nI,Nowhere,access\n", "observations.csv": NEW.decode()}
    parsed = datasets.read_book(zipped(files), known=KNOWN)

    assert [f.code for f in parsed.findings] == ["unknown_country"]
    assert parsed.book["observations"].keys == ["O2"]


def zipped(files, **options):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, text in files.items():
            parts.writestr(name, text)
    return packed.getvalue()


def test_a_zipped_folder_is_read_like_the_folder(tmp_path):
    (tmp_path / "partners.csv").write_text("partner,name\nA,Ä\n", encoding="utf-8")
    content = zipped({"my folder/partners.csv": "partner,name\nA,Ä\n", "__MACOSX/my folder/._partners.csv": "x", "readme.txt": "x"})
    (tmp_path / "a.zip").write_bytes(content)

    assert datasets.read_book(content, name="a.zip").book == datasets.read_book(tmp_path).book
    assert datasets.read_book(tmp_path / "a.zip").book == datasets.read_book(tmp_path).book


@pytest.mark.parametrize(("room", "bound"), [("zipped", "MOST_SHEETS"), ("workbook", "MOST_PARTS"), ("workbook", "LARGEST_UNPACKED"),
                                             ("folder", "LARGEST_CSV"), ("folder", "MOST_CELLS")])
def test_a_zip_is_no_way_around_the_bounds(monkeypatch, room, bound):
    monkeypatch.setattr(f"socle.datasets.{room}.{bound}", 1)
    with pytest.raises(Unreadable) as refused:
        datasets.read_book(zipped({"partners.csv": "partner,name\nA,B\nC,D\n", "phases.csv": "phase\n"}))

    assert refused.value.findings[0].code == "too_large"


def test_a_zip_that_swells_is_refused():
    with pytest.raises(Unreadable, match="unpack"):
        datasets.read_book(zipped({"partners.csv": "partner,name\n" + "A" * 30_000_000}))


def test_the_bytes_of_one_file_are_bounded_too(monkeypatch):
    monkeypatch.setattr("socle.datasets.folder.LARGEST_CSV", 3)
    with pytest.raises(Unreadable, match="bytes"):
        datasets.read_book(NEW, name="observations.csv")


def test_nothing_is_known_unless_it_is_said():
    assert dict(tables.NOTHING_KNOWN) == {}


def test_a_zipped_folder_is_marked_like_the_folder(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped({"partners.csv": "partner,kind\nA,bank\n"}))
    datasets.marked_workbook(tmp_path / "a.zip", datasets.read_book(tmp_path / "a.zip").findings, tmp_path / "marked.xlsx")

    assert "bank" in openpyxl.load_workbook(tmp_path / "marked.xlsx")["partners"]["B2"].comment.text
