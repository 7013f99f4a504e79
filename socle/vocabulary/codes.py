"""Codes and their labels: the closed lists of words the library knows."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from socle.errors import UnknownCode
from socle.vocabulary.language import language, say


@dataclass(frozen=True, slots=True)
class Code:
    """One word of a list. ``source`` is the document that defines it; ``verified`` is False where it was not read there."""

    code: str
    labels: Mapping[str, str]
    group: str | None
    source: str
    verified: bool

    def label(self, lang: str | None = None) -> str:
        return self.labels.get(lang or language()) or self.labels["en"]

    def __str__(self) -> str:
        return self.code


class CodeList(Mapping[str, Code]):
    """A closed list of codes, in order. ``steps["2"].label("fr")``; an unknown word raises ``UnknownCode``."""

    def __init__(self, name: str, title: str, source: str, codes: Mapping[str, Code]) -> None:
        self.name = name
        self.title = title
        self.source = source
        self._codes = dict(codes)

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __repr__(self) -> str:
        return f"<{self.name}: {', '.join(self._codes)}>"

    def require(self, text: str) -> Code:
        """The code, or an ``UnknownCode`` that names the nearest ones."""
        if text in self._codes:
            return self._codes[text]
        near = get_close_matches(text.strip().lower(), self._codes, n=3, cutoff=0.6)
        raise UnknownCode(
            say("“{value}” is not a code of {name}.", value=text, name=self.name),
            where={"value": text},
            remedy=say("Did you mean {near}?", near=", ".join(near)) if near
            else say("Use one of: {codes}.", codes=", ".join(self._codes)),
        )

    def group(self, group: str) -> tuple[str, ...]:
        """The codes of one group, in order."""
        return tuple(code.code for code in self._codes.values() if code.group == group)


def code_list(name: str) -> CodeList:
    """The list of that name, as the exchange form writes it: ``code_list("BRANCHES")``."""
    try:
        return _lists()[name]
    except KeyError:
        raise UnknownCode(
            say("There is no list of codes named {name}.", name=name),
            where={"value": name},
            remedy=say("Use one of: {codes}.", codes=", ".join(_lists())),
        ) from None


def code_lists() -> Mapping[str, CodeList]:
    """Every list by name."""
    return _lists()


@cache
def _lists() -> Mapping[str, CodeList]:
    lists: dict[str, CodeList] = {}
    for file in ("protection", "programme", "places", "economy", "coverage", "monitor"):
        document = tomllib.loads(files("socle.vocabulary").joinpath("data", f"{file}.toml").read_text("utf-8"))
        for name, entry in document.items():
            inherited = lists[entry["extends"]] if "extends" in entry else {}
            own = {code: _code(code, row, entry["source"]) for code, row in entry["codes"].items()}
            lists[name] = CodeList(name, entry["title"], entry["source"], {**inherited, **own})
    return MappingProxyType(lists)


def _code(code: str, row: Mapping[str, Any], source: str) -> Code:
    labels = MappingProxyType({lang: row[lang] for lang in ("en", "fr", "es")})
    return Code(code, labels, row.get("group"), row.get("source", source), row.get("verified", True))
