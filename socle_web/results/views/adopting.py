"""Imported facts that nobody has verified yet: looked through, and adopted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle.vocabulary import COUNTRIES, fold
from socle_web.accounts.permissions import may
from socle_web.audit.refusals import Refused
from socle_web.results import actions
from socle_web.results.forms.choices import fact_name
from socle_web.results.models import BY_SHEET, Origin
from socle_web.results.permissions import ENTERED
from socle_web.results.views.door import at_work, person
from socle_web.results.wording import sheet_name

A_PAGE = 100
PLACE = {"changes": "country", "impacts": "country", "observations": "impact__country", "outputs": "country",
         "ratifications": "country", "projects": "countries", "contributions": "change__country"}
BESIDE = {"observations": ("impact",), "contributions": ("change", "project"), "funding": ("project", "partner")}
WAITING = Q(origin=Origin.IMPORTED, verified_by="")


@at_work(when=lambda user: may(user, "adopt"))
def adopt(request: HttpRequest) -> HttpResponse:
    sheet = request.POST.get("sheet", request.GET.get("sheet", ""))
    sheet = sheet if sheet in ENTERED else "changes"
    country = request.POST.get("country", request.GET.get("country", ""))
    asked = {"sheet": sheet} | ({"country": country} if country in COUNTRIES else {})
    here = f"{reverse('work-adopt')}?{urlencode(asked)}"
    if request.method == "POST":
        keys = [key.replace("\x00", "") for key in request.POST.getlist("record")[:A_PAGE]]
        try:
            n = actions.adopt(sheet, keys, by=person(request))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, ngettext("%(n)d record adopted.", "%(n)d records adopted.", n) % {"n": n})
        return redirect(here)
    model: Any = BY_SHEET[sheet]
    where = WAITING & (Q(**{PLACE[sheet]: country}) if sheet in PLACE and "country" in asked else Q())
    facts = list(model.objects.filter(where).select_related(*BESIDE.get(sheet, ())).order_by("id").distinct()[: A_PAGE + 1])
    tally = model.objects.aggregate(all=Count("pk"), waiting=Count("pk", filter=WAITING))
    return render(request, "results/adopt.html", {
        "sheet": sheet, "asked": asked, "facts": [(fact, _told(sheet, fact)) for fact in facts[:A_PAGE]],
        "more": len(facts) > A_PAGE, "tally": tally, "sheets": [(one, sheet_name(one)) for one in ENTERED],
        "title": sheet_name(sheet), "has_country": sheet in PLACE,
        "countries": sorted(((code, one.name()) for code, one in COUNTRIES.items()), key=lambda pair: fold(pair[1])),
    })


def _told(sheet: str, fact: Any) -> str:
    if sheet == "contributions":
        return _("%(project)s in %(change)s") % {"project": fact.project.title or fact.project.key,
                                                 "change": fact.change.title or fact.change.key}
    if sheet == "funding":
        return ", ".join(filter(None, (fact.partner.name, fact.project.title if fact.project else "", fact.key)))
    if sheet == "ratifications":
        return f"{COUNTRIES[fact.country_id].name()}, {fact.convention}"
    return fact_name(sheet, fact)
