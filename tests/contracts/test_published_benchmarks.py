"""The page of benchmarks: whoever writes his part leaves the others."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from benchmarks import published

BENCHMARKS = Path(published.__file__).parent


@pytest.fixture
def page(tmp_path):
    return Path(shutil.copy(published.PAGE, tmp_path / "benchmarks.md"))


def parts(page):
    """The texts between markers by name, in the order of the page; and what stands outside."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r"<!-- (\w+) -->\n(.*?)<!-- end of \1 -->\n", text, flags=re.DOTALL)
    return dict(found), re.sub(r"<!-- (\w+) -->\n.*?<!-- end of \1 -->\n", "", text, flags=re.DOTALL)


def test_the_published_page_has_every_part_with_its_heading_and_its_measures():
    found, outside = parts(published.PAGE)

    assert list(found) == list(published.PARTS)
    assert all(text.startswith(f"## {published.PARTS[name]}\n") and "\n| what | where |" in text for name, text in found.items())
    assert outside.startswith("# Benchmarks\n")
    assert "|" not in outside


@pytest.mark.parametrize("name", published.PARTS)
def test_writing_one_part_keeps_the_others(name, page):
    before, around = parts(page)
    published.write(name, "a test.", "| measured |", page=page)
    published.write(name, "a test \\1.", "| measured again |", page=page)
    after, still = parts(page)

    assert {one: text for one, text in after.items() if one != name} == {one: text for one, text in before.items() if one != name}
    assert (list(after), still) == (list(before), around)
    assert after[name].startswith(f"## {published.PARTS[name]}\n\nWhat `python -m benchmarks.{name} --write` printed, on ")
    assert after[name].endswith(": a test \\1.\n\n| measured again |\n")


@pytest.mark.parametrize("spoilt", ["", "<!-- schemes -->\n", "<!-- end of schemes -->\n"])
def test_a_page_without_the_markers_is_left_as_it_is(spoilt, page):
    text = page.read_text(encoding="utf-8")
    text = text.replace(spoilt, "", 1) if spoilt else text + "\n<!-- schemes -->\n<!-- end of schemes -->\n"
    page.write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match="has not one part"):
        published.write("schemes", "a test.", "| measured |", page=page)
    assert page.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", published.PARTS)
def test_every_benchmark_of_the_page_writes_in_this_one_way(name):
    text = (BENCHMARKS / f"{name}.py").read_text(encoding="utf-8")

    assert '"--write"' in text
    assert f'published.write("{name}", ' in text
    assert "write_text" not in text
