"""Records and deeds in a few words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from socle_web.results.wording import in_words

SHEETS: Mapping[str, str | Promise] = {
    "partners": gettext_lazy("partner"), "projects": gettext_lazy("project"), "funding": gettext_lazy("funding"),
    "outputs": gettext_lazy("output"), "changes": gettext_lazy("institutional change"),
    "contributions": gettext_lazy("contribution"), "impacts": gettext_lazy("impact"),
    "observations": gettext_lazy("observation"), "evidence": gettext_lazy("evidence"),
    "ratifications": gettext_lazy("ratification"), "recommendations": gettext_lazy("recommendation"),
    "actions": gettext_lazy("action"), "entry": gettext_lazy("entry"),
}
#: Of records without a title: the columns that say which one it is.
TELLING = {"observations": ("impact", "on"), "contributions": ("change", "project"), "funding": ("partner", "project", "on"),
           "ratifications": ("convention",)}
#: The sheet that such a column leads to: a record is called by its title, never by its key alone.
LEADS_TO = {"impact": "impacts", "change": "changes", "project": "projects", "partner": "partners"}
Titles = Mapping[tuple[str, str], str]  # by sheet and key
#: What is missing after an evaluation.
NOT_YET: Mapping[str, str | Promise] = {
    "response": gettext_lazy("no response"), "decision": gettext_lazy("neither accepted nor rejected"),
    "reason": gettext_lazy("rejected without a reason"),
    "action": gettext_lazy("no action"), "owner": gettext_lazy("nobody responsible"), "due_on": gettext_lazy("no due date"),
    "status": gettext_lazy("no status"), "evidence": gettext_lazy("done, without evidence"),
}


def not_yet(code: str) -> str:
    return str(NOT_YET[code])


def sheet_name(sheet: str) -> str:
    return str(SHEETS.get(sheet, sheet))


def title_of(sheet: str, values: Mapping[str, str], key: str, titles: Titles) -> str:
    """What somebody typed, in a few words; ``titles``: of what it leads to."""
    told = values.get("title") or values.get("name") or ", ".join(
        titles.get((LEADS_TO.get(name, ""), values[name])) or in_words(sheet, name, values[name])
        for name in TELLING.get(sheet, ()) if values.get(name))
    return told or key or _("without a title yet")
