"""The language spoken now, and the sentences in it."""

from __future__ import annotations

import ast
import re
import string
from concurrent.futures import ThreadPoolExecutor

import pytest

from scripts import messages
from socle.vocabulary import LANGUAGES, language, say, say_many, speaking


def test_english_is_spoken_unless_something_else_is():
    assert language() == "en"
    with speaking("fr"):
        assert language() == "fr"
        with speaking("es"):
            assert language() == "es"
        assert language() == "fr"
    assert language() == "en"


@pytest.mark.parametrize(("asked", "spoken"), [("fr-CH", "fr"), ("es_419", "es"), ("FR", "fr"), ("de", "en"), ("", "en")])
def test_a_variant_speaks_its_language_and_an_unknown_one_english(asked, spoken):
    with speaking(asked):
        assert language() == spoken


def test_a_language_is_left_even_when_something_fails():
    with pytest.raises(ZeroDivisionError), speaking("fr"):
        _ = 1 / 0
    assert language() == "en"


def test_one_thread_does_not_change_the_language_of_another():
    def speak(lang):
        with speaking(lang):
            return language()

    with speaking("fr"), ThreadPoolExecutor(2) as threads:
        assert list(threads.map(speak, ["es", "en", "fr"])) == ["es", "en", "fr"]
        assert language() == "fr"


def test_a_sentence_is_translated_and_filled_in():
    assert say("“{value}” is not a currency.", value="£") == "“£” is not a currency."
    with speaking("fr"):
        assert say("“{value}” is not a currency.", value="£") == "«\u00a0£\u00a0» n’est pas une monnaie."


def test_a_sentence_nobody_translated_stays_english():
    with speaking("fr"):
        assert say("{n} unicorns graze.", n=3) == "3 unicorns graze."
        assert say("A brace { stays.") == "A brace { stays."


def test_one_and_many_have_their_own_sentence():
    forms = ("{n} country with results.", "{n} countries with results.")
    assert say_many(*forms, 1) == "1 country with results."
    assert say_many(*forms, 1234) == "1,234 countries with results."
    with speaking("fr"):
        assert say_many("{n} pear", "{n} pears", 0) == "0 pears"


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_language_but_english_has_a_catalogue(lang):
    assert lang in LANGUAGES
    assert messages.catalogue(lang).with_suffix(".mo").exists()


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_compiled_catalogue_is_the_written_one(lang):
    path = messages.catalogue(lang)
    assert messages.compiled(path.read_text("utf-8"), lang) == path.with_suffix(".mo").read_bytes(), "run scripts/messages.py"


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_translation_fills_in_the_same_names_as_its_sentence(lang):
    def names(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    for message in messages.read(messages.catalogue(lang), lang):
        if not message.id:
            continue
        one, *many = [message.id] if isinstance(message.id, str) else message.id
        for form in filter(None, [message.string] if isinstance(message.string, str) else message.string):
            assert names(form) == names((many or [one])[-1]) or names(form) == names(one), message.id


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_translations_use_typographic_marks(lang):
    for message in messages.read(messages.catalogue(lang), lang):
        for form in [message.string] if isinstance(message.string, str) else message.string:
            assert not message.id or not re.search(r"\w'\w", form), form


def test_every_sentence_is_a_literal_so_that_it_can_be_collected():
    literals, calls = {"say": 1, "say_many": 2}, []
    for path in sorted((messages.ROOT / "socle").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in literals:
                sentences = node.args[: literals[getattr(node.func, "id", getattr(node.func, "attr", ""))]]
                calls += [f"{path.name}:{node.lineno}" for one in sentences
                          if not (isinstance(one, ast.Constant) and isinstance(one.value, str))]
    assert not calls


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_sentence_of_the_library_is_in_the_catalogue_and_translated(lang):
    path = messages.catalogue(lang)
    assert messages.updated(lang, messages.collected()) == path.read_text("utf-8"), "run scripts/messages.py"
    assert not [message.id for message in messages.waiting(messages.read(path, lang))]
