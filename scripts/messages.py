"""The sentences of the library in other languages: ``python scripts/messages.py``.

Collects every literal of ``say("...")`` and ``say_many("...", "...", n)`` in ``socle`` into the catalogue of each language
(``socle/vocabulary/locale/<language>/LC_MESSAGES/socle.po``), drops those nobody says any more, compiles it beside itself, and
lists what still waits for a translation. ``--check`` writes nothing and ends with 1 if something would change or waits.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "socle" / "vocabulary" / "locale"
LANGUAGES = ("fr", "es")
KEYWORDS = {"say": None, "say_many": (1, 2)}
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)  # a compiled catalogue depends on its sentences alone
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def collected() -> Catalog:
    """Every sentence the library says, with the files that say it."""
    said = Catalog(domain="socle")
    for path in sorted([*(ROOT / "socle").rglob("*.py"), *(ROOT / "socle_web").rglob("*.py")]):
        for _, sentence, _, _ in extract_from_file("python", path, keywords=KEYWORDS, comment_tags=()):
            said.add(sentence, locations=[(path.relative_to(ROOT).as_posix(), None)])
    return said


def catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "socle.po"


def updated(language: str, said: Catalog) -> str:
    """The text of the catalogue with exactly the sentences that are said, translated where they were."""
    known = read(catalogue(language), language)
    known.update(said, no_fuzzy_matching=True)
    known.obsolete.clear()
    text = BytesIO()
    write_po(text, known, omit_header=True, sort_output=True, include_lineno=False, width=120)
    header = HEADER.format(language=language, plural=f"nplurals={known.num_plurals}; plural={known.plural_expr};")
    return header + text.getvalue().decode("utf-8")


def compiled(text: str, language: str) -> bytes:
    """The compiled catalogue: the same bytes for the same text, on any machine and any day."""
    known = read_po(text.splitlines(keepends=True), locale=language)
    known.creation_date = known.revision_date = UNDATED
    for message in waiting(known):
        known.delete(message.id)
    binary = BytesIO()
    write_mo(binary, known)
    return binary.getvalue()


def waiting(known: Iterable[Message]) -> list[Message]:
    """The sentences without a translation."""
    return [message for message in known if message.id and not _translated(message)]


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, domain="socle")
    with path.open("rb") as stream:
        return read_po(stream, locale=language, domain="socle")


def main(arguments: list[str]) -> int:
    said, check, unwell = collected(), "--check" in arguments, False
    for language in LANGUAGES:
        path = catalogue(language)
        text = updated(language, said)
        binary = compiled(text, language)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            path.with_suffix(".mo").write_bytes(binary)
        else:
            unwell |= path.read_text(encoding="utf-8") != text or path.with_suffix(".mo").read_bytes() != binary
        wanted = waiting(read_po(text.splitlines(keepends=True), locale=language))
        unwell |= bool(wanted)
        print(f"{language}: {len(said)} sentences, {len(wanted)} wait for a translation")
        print(*(f"  {message.id}" for message in wanted), sep="\n", end="\n" if wanted else "")
    return int(check and unwell)


def _translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
