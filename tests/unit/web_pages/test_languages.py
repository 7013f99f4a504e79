"""The same page in three languages; what people recorded stays in the language they wrote it in, and says so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def test_no_sentence_waits_for_a_translation():
    found = subprocess.run([sys.executable, "scripts/page_messages.py", "--check"], cwd=ROOT, capture_output=True, text=True,
                           check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(("language", "words"), [("fr", "Où les institutions ont changé"), ("es", "Dónde cambiaron las instituciones")])
def test_a_page_speaks_the_language_of_its_address(read, language, words):
    page = read(f"/{language}/")
    assert f'<html lang="{language}">' in page
    assert words in page


def test_the_language_switch_keeps_the_page_and_what_was_asked(read):
    page = read("/fr/results/?country=KEN")
    assert 'href="/results/?country=KEN" lang="en"' in page
    assert 'href="/es/results/?country=KEN" lang="es"' in page
    assert re.search(r'href="/fr/results/\?country=KEN" lang="fr" hreflang="fr" aria-current="true"', page)


def test_links_stay_in_the_language_of_the_page(read):
    page = read("/es/countries/KEN/")
    inside = set(re.findall(r'href="(/[^"]*)"', page))
    assert [one for one in inside if not one.startswith(("/es/", "/static/", "/api/")) and "/countries/KEN/" not in one] == []


def test_what_was_recorded_in_english_says_so_on_other_pages(read):
    assert re.search(r'<h1 lang="en">A law</h1>', read("/fr/changes/C1/"))
    assert re.search(r"<h1>A law</h1>", read("/changes/C1/"))


def test_figures_are_written_as_the_language_writes_them(read):
    why = "/why/?table=impacts&row=legal_coverage/all&column=persons&phase=2"
    assert '<h1 class="answer">4\u202f398</h1>' in read("/fr" + why)
    assert '<h1 class="answer">4398</h1>' in read("/es" + why)


def test_warnings_are_said_in_the_language_of_each_reader(client, read):
    def told(language: str) -> str:
        read(f"{language}/report/2/")
        return client.get(f"{language}/report/2/download.json").json()["warnings"][0]["message"]

    assert len({told(""), told("/fr"), told("/es")}) == 3
