"""Any sheet of the exchange form, as it would be written to a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from socle.tables import PROGRAMME
from socle_web.api.asking import Paged
from socle_web.api.refusing import Missing
from socle_web.api.rows import Page, page_of, related, tell
from socle_web.results.models import BY_SHEET

router = Router()


@router.get("/sheets/{sheet}", response=Page[dict[str, Any]], summary="A sheet of the exchange form")
def sheet(request: HttpRequest, sheet: str, asked: Query[Paged]) -> Any:
    """Every row of a sheet of the exchange form, also of those without an address of their own (budget, published, evidence,
    staff, left_out ...), in the order they were recorded. The columns are those of the form, with labels beside the codes."""
    if sheet not in PROGRAMME:
        raise Missing(_("There is no sheet {sheet}; the sheets are {sheets}.").format(
            sheet=sheet[:200], sheets=", ".join(one.name for one in PROGRAMME)))
    model: Any = BY_SHEET[sheet]
    return page_of(request, asked, related(sheet, model.objects.order_by("id")), lambda rows: tell(sheet, rows))
