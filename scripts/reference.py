"""Write the pages of docs/reference that are read off the code: ``python scripts/reference.py``.

A test holds the committed pages equal to what this writes.
"""

from __future__ import annotations

from pathlib import Path

from socle import vocabulary

ROOT = Path(__file__).resolve().parent.parent


def codes() -> str:
    """Every closed list of codes, with its labels in the three languages."""
    parts = ["# Codes", "The closed lists of words a cell may hold. Written by `python scripts/reference.py` from "
             "`socle/vocabulary`; † marks a code whose source has not been checked."]
    for words in vocabulary.code_lists().values():
        grouped = any(code.group for code in words.values())
        head = ["code", "English", "français", "español", *(["group"] if grouped else [])]
        rows = [[f"`{code}`{'' if code.verified else ' †'}", *(code.label(lang) for lang in ("en", "fr", "es")),
                 *([f"`{code.group}`" if code.group else ""] if grouped else [])] for code in words.values()]
        table = "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])
        parts += [f"## {words.name}", f"{words.title}. Source: {words.source.rstrip('.')}.", table]
    return "\n\n".join(parts) + "\n"


PAGES = {"docs/reference/codes.md": codes}


def main() -> None:
    for page, write in PAGES.items():
        (ROOT / page).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
