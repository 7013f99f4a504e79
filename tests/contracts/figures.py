"""The figures of a page, as a reader meets them: what is a link to the question why, and what should be one."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

NUMBER = re.compile(r"^[+−-]?\d[\d,.\u202f\u00a0]*\s?%?$")
MONEY = re.compile(r"^[A-Z]{3}[\s\u00a0]?[\d,.]+$|^[\d,.\u202f\u00a0]+[\s\u00a0]?[A-Z]{3}$")
YEAR = re.compile(r"^(19|20)\d\d$")
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "source"}
#: What holds a word for "why?", and drawings, which repeat what stands beside them.
UNREAD = ("hidden",)


class Figures(HTMLParser):
    """``asked``: address and text of each figure; ``bare``: figures that nobody can ask why."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []
        self.bare: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self._open.append((tag, {name: value or "" for name, value in attrs}))
            if self._is_figure(-1):
                self.asked.append((self._open[-1][1].get("href", ""), ""))

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = {tag for tag, _attributes in self._open}
        hidden = any("hidden" in attributes.get("class", "").split() for _tag, attributes in self._open)
        text = data.strip()
        if not text or hidden or tags & {"svg", "script", "style", "title"}:
            return
        if any(self._is_figure(place) for place in range(len(self._open))):
            address, known = self.asked[-1]
            self.asked[-1] = (address, known + text)
        elif ("td" in tags and _is_bare(text)) or (self._in_a_count() and re.search(r"(?<![\w–])\d[\d,]*(?![\w–])", text)):
            self.bare.append(text)

    def _is_figure(self, place: int) -> bool:
        tag, attributes = self._open[place]
        return tag == "a" and "figure" in attributes.get("class", "").split()

    def _in_a_count(self) -> bool:
        """Where pages say how many there are: under a card, at the head of a list, in the key figures."""
        return any(tag == "dd" and self._within_keys(place) for place, (tag, _attributes) in enumerate(self._open))

    def _within_keys(self, place: int) -> bool:
        return any("keys" in attributes.get("class", "").split() for _tag, attributes in self._open[:place])


def _is_bare(text: str) -> bool:
    return bool((NUMBER.match(text) and not YEAR.match(text)) or MONEY.match(text))


def leads_to_why(address: str) -> bool:
    return re.sub(r"^/(fr|es)(?=/)", "", urlsplit(address).path) == "/why/"
