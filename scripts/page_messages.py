"""The sentences of the platform in other languages: ``python scripts/page_messages.py [--check]``.

The same as ``messages.py`` for ``socle_web``: collects what each room says (Django's tags and gettext), into
``socle_web/<room>/locale/<language>/LC_MESSAGES/django.po``, and compiles it beside itself.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from messages import HEADER, LANGUAGES, compiled, read, waiting

PLATFORM = Path(__file__).resolve().parent.parent / "socle_web"
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}
IN_A_FILTER = re.compile(r"""[:,=]_\((["'])(.+?)\1\)""")

Sentence = str | tuple[str, ...]


def rooms() -> list[Path]:
    """The rooms that say something."""
    return [room for room in sorted(PLATFORM.iterdir()) if (room / "__init__.py").exists() and len(collected(room))]


def collected(room: Path) -> Catalog:
    """Every sentence a room says, with the files that say it."""
    said = Catalog(domain="django")
    for path in sorted(room.rglob("*.py")):
        for _, sentence, _, _ in extract_from_file("python", path, keywords=KEYWORDS, comment_tags=()):
            said.add(sentence, locations=[(path.relative_to(room).as_posix(), None)])
    templates = room / "templates"
    for path in sorted(file for file in templates.rglob("*") if file.suffix in (".html", ".txt")):
        for sentence in of_template(path.relative_to(templates).as_posix()):
            said.add(sentence, locations=[(path.relative_to(room).as_posix(), None)])
    return said


def of_template(name: str) -> Iterator[Sentence]:
    """What the ``trans`` and ``blocktrans`` tags of a template say, and what is said in the arguments of filters."""
    from django.template.loader import get_template  # needs Django set up  # noqa: PLC0415

    template = get_template(name).template
    yield from _of_nodes(template.nodelist)
    yield from (sentence for _, sentence in IN_A_FILTER.findall(template.source))


def _of_nodes(nodes: Iterable[object]) -> Iterator[Sentence]:
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode  # noqa: PLC0415

    for node in nodes:
        if isinstance(node, TranslateNode):
            yield str(getattr(node.filter_expression.var, "literal", node.filter_expression.var))
        elif isinstance(node, BlockTranslateNode):
            one = node.render_token_list(node.singular)[0]
            yield (one, node.render_token_list(node.plural)[0]) if node.plural else one
        for inner in getattr(node, "child_nodelists", ()):
            yield from _of_nodes(getattr(node, inner, None) or ())


def updated(room: Path, language: str, said: Catalog) -> str:
    """The text of the catalogue with exactly the sentences that are said, translated where they were."""
    known = read(catalogue(room, language), language)
    known.update(said, no_fuzzy_matching=True)
    known.obsolete.clear()
    text = BytesIO()
    write_po(text, known, omit_header=True, sort_output=True, include_lineno=False, width=120)
    return (HEADER.format(language=language, plural=f"nplurals={known.num_plurals}; plural={known.plural_expr};")
            + text.getvalue().decode("utf-8"))


def catalogue(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socle_web.project.settings")
    django.setup()
    check, unwell = "--check" in arguments, False
    for room in rooms():
        said = collected(room)
        for language in LANGUAGES:
            path = catalogue(room, language)
            text = updated(room, language, said)
            binary = compiled(text, language)
            if check:
                unwell |= not path.exists() or path.read_text(encoding="utf-8") != text
                unwell |= not path.exists() or path.with_suffix(".mo").read_bytes() != binary
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                path.with_suffix(".mo").write_bytes(binary)
            wanted = waiting(read_po(text.splitlines(keepends=True), locale=language))
            unwell |= bool(wanted)
            print(f"{room.name} {language}: {len(said)} sentences, {len(wanted)} wait for a translation")
            print(*(f"  {message.id}" for message in wanted), sep="\n", end="\n" if wanted else "")
    return int(check and unwell)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
