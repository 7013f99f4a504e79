"""Walking a site from link to link, and reading each page as a browser would take it apart."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster"}


class Page(HTMLParser):
    """``tags``: every element with its attributes; ``text``: what is read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._within: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        self.text += data

    @property
    def links(self) -> Iterator[str]:
        return (attributes["href"] for tag, attributes in self.tags if tag == "a" and "href" in attributes)

    @property
    def dangers(self) -> list[str]:
        """What a browser would run, or would follow to somewhere that runs."""
        return [f"<{tag} {name}={value!r}>" for tag, attributes in self.tags for name, value in (attributes or {"": ""}).items()
                if _runs(tag, name, value)]


def _runs(tag: str, name: str, value: str) -> bool:
    if tag in ("iframe", "object", "embed", "base") or name.startswith("on"):
        return True
    if tag == "script" and name != "src" and name not in ("defer", "async", "type", "nomodule"):
        return True
    scheme = urlsplit("".join(value.split()).strip("".join(map(chr, range(33)))).lower()).scheme if name in ADDRESSES else ""
    return scheme not in ("", "http", "https", "mailto") or (tag == "script" and name == "src" and not value.startswith("/static/"))


def walk(client, *, start=("/",), most_of_a_kind=40, unopened=None) -> Iterator[tuple[str, object, Page | None]]:
    """Every page of the site that links lead to, with the answer; of addresses that begin alike only the first few.

    ``unopened``: a pattern of addresses that are counted and not asked for.
    """
    waiting, seen, kinds = deque(start), set(start), Counter()
    while waiting:
        address = waiting.popleft()
        kind = urlsplit(address).path.strip("/").partition("/")[0]
        kinds[kind] += 1
        if kinds[kind] > most_of_a_kind or (unopened and unopened.search(urlsplit(address).path)):
            continue
        response = client.get(address)
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        page = Page(response.content.decode()) if is_page else None
        yield address, response, page
        for link in page.links if page and "attachment" not in response.headers.get("Content-Disposition", "") else ():
            parts = urlsplit(urljoin(address, link))
            following = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc or parts.scheme or following in seen:
                continue
            seen.add(following)
            waiting.append(following)
