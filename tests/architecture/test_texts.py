"""What no committed text says, and links that lead somewhere."""

from __future__ import annotations

import re

import pytest

from tests.architecture import house

MACHINE_PATHS = re.compile(r"(?<![\w./<$}])/(?:" + "|".join(["wor" + "k", "tm" + "p", "roo" + "t", "hom" + "e/\\w"]) + r")\b(?!:)")
HOSTS = re.compile("|".join(["pypi" + r"\.org", "python" + "hosted", "registry" + r"\.npmjs", "deb" + r"\.debian", "index-url *=",
                             r"--(extra-)?index-url[ =]+\S*:"]))
LINKS = re.compile(r"""(?:\]\(|<img src=")([^)#\s"]+)""")
PAGES = [path for path in house.committed() if path.suffix == ".md"]


def texts():
    for path in house.committed():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, HOSTS], ids=["machine paths", "package index hosts"])
def test_no_text_names_a_place_that_only_one_machine_has(pattern):
    wrong = [f"{path.relative_to(house.ROOT)}:{number}: {line.strip()[:100]}" for path, text in texts()
             for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(house.ROOT)))
def test_every_link_of_a_page_leads_somewhere(page):
    links = [link for link in LINKS.findall(page.read_text(encoding="utf-8")) if "://" not in link and "mailto:" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_page_of_the_documentation_can_be_found():
    start = house.ROOT / "README.md"
    found, waiting = set(), [start]
    while waiting:
        page = waiting.pop().resolve()
        if page.is_dir():
            waiting += page.glob("*.md")
        elif page not in found and page.suffix == ".md" and page.exists():
            found.add(page)
            waiting += [page.parent / link for link in LINKS.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    documentation = {path for path in PAGES if "docs" in path.relative_to(house.ROOT).parts}
    assert sorted(str(path.relative_to(house.ROOT)) for path in documentation - found) == []


def test_the_readme_fits_one_screen():
    assert len((house.ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 45


def test_the_readme_names_the_two_commands_and_the_licences():
    readme = (house.ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 start.py " in readme
    assert "python3 start.py test" in readme
    assert "Apache-2.0" in readme
    assert "CC BY 4.0" in readme


def test_a_decision_record_is_short():
    records = [path for path in PAGES if path.parent.name == "decisions"]
    numbers = [int(path.name[:4]) for path in sorted(records)]
    assert numbers == list(range(1, len(records) + 1))
    assert {path.name: lines for path in records if (lines := len(path.read_text("utf-8").splitlines())) > 25} == {}
