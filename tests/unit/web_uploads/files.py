"""Files as people send them."""

from __future__ import annotations

import io
import os
import zipfile

import openpyxl
from django.db import connection

HEADERS = {
    "changes": ("change", "country", "year", "step", "branches", "title", "source"),
    "impacts": ("impact", "country", "change", "kind", "branch", "title", "source"),
    "observations": ("observation", "impact", "on", "measure", "persons", "women", "men", "source", "supersedes", "reason"),
}
CHANGE = {"change": "K1", "country": "KEN", "year": "2024", "step": "2", "branches": "old_age", "title": "A new law", "source": "Gazette"}


def workbook(**sheets):
    """The bytes of a workbook with these rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        header = list(dict.fromkeys(column for row in rows for column in row)) or HEADERS[name]
        page.append(header)
        for row in rows:
            page.append([row.get(column) for column in header])
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def csv_of(rows):
    header = list(dict.fromkeys(column for row in rows for column in row))
    lines = [",".join(header), *(",".join(str(row.get(column, "")) for column in header) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in files.items():
            parts.writestr(name, content)
    return packed.getvalue()


def many(number, *, wrong_every=0):
    """So many observations of one impact; every ``wrong_every``-th says more women than persons."""
    return [{"observation": f"O{i}", "impact": "I", "on": f"{2000 + i % 20}-{1 + i % 12:02d}-{1 + i % 28:02d}", "measure": "increase", "persons": 10,
             "women": 11 if wrong_every and i % wrong_every == 0 else 5, "source": "x"} for i in range(number)]


def environment(folder):
    """That of another process at the same database."""
    there = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{there['NAME']}"
    else:
        url = f"postgresql:///{there['NAME']}?host={there['HOST']}&port={there['PORT']}&user={there['USER']}"
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "socle_web.project.settings", "SOCLE_HOME": str(folder),
                         "SOCLE_FILES": str(folder / "private")}
