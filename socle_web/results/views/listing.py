"""What is on its way: mine, by state; and what waits for me."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from socle.vocabulary import COUNTRIES
from socle_web.accounts.models import User
from socle_web.accounts.permissions import may
from socle_web.results.entries import lines
from socle_web.results.models import Entry, State
from socle_web.results.permissions import ENTERED, may_enter, visible
from socle_web.results.views.deciding import decide, numbers
from socle_web.results.views.door import at_work, person
from socle_web.results.wording import sheet_name

A_PAGE = 50


def tabs_of(user: User) -> list[tuple[str, str, Q]]:
    """Name, words and condition of each list, in the order of the work: what waits for this person first."""
    own = Q(typists__contains=f";{user.username};") | Q(submitted_by=user.username)
    tabs: list[tuple[str, str, Q]] = []
    if may(user, "verify"):
        tabs.append(("verify", _("To verify"), Q(state=State.SUBMITTED) & ~own))
    if may(user, "publish"):
        tabs.append(("publish", _("To publish"), Q(state=State.VERIFIED)))
    if may(user, "submit"):
        tabs += [("returned", _("Returned"), Q(state=State.DRAFT) & ~Q(returned_by="")),
                 ("drafts", _("Drafts"), Q(state=State.DRAFT, returned_by=""))]
    tabs += [("submitted", _("Submitted"), Q(state=State.SUBMITTED)), ("verified", _("Verified"), Q(state=State.VERIFIED)),
             ("published", _("Published"), Q(state=State.PUBLISHED)), ("withdrawn", _("Withdrawn"), Q(state=State.WITHDRAWN))]
    return [tab for tab in tabs if tab[0] != "verified" or not may(user, "publish")]


#: What may be done to what is ticked, on which list.
BULK = {"verify": ("verify", "return"), "publish": ("publish", "return"), "drafts": ("submit",), "returned": ("submit",)}


@at_work(methods=("GET", "HEAD"))
def work(request: HttpRequest) -> HttpResponse:
    user = person(request)
    tabs = tabs_of(user)
    found, asked = _filtered(request, visible(user))
    counts = found.aggregate(**{name: Count("pk", filter=where) for name, _words, where in tabs})
    names = [name for name, _words, _where in tabs]
    first = next((name for name in names if counts[name]), names[0])
    here = request.GET.get("list", "") if request.GET.get("list", "") in names else first
    where = next(where for name, _words, where in tabs if name == here)
    page = _page_number(request)
    entries = found.filter(where)[(page - 1) * A_PAGE : page * A_PAGE]
    return render(request, "results/work.html", {
        "tabs": [(name, words, counts[name], f"?{urlencode({**asked, 'list': name})}") for name, words, _where in tabs],
        "here": here, "lines": lines(entries, by=user), "bulk": BULK.get(here, ()), "asked": asked,
        "sheets": [(sheet, sheet_name(sheet)) for sheet in ENTERED], "countries": _countries(user),
        "older": f"?{urlencode({**asked, 'list': here, 'page': str(page + 1)})}" if counts[here] > page * A_PAGE else "",
        "newer": f"?{urlencode({**asked, 'list': here, 'page': str(page - 1)})}" if page > 1 else "",
        "may_enter": any(may_enter(user, sheet) for sheet in ENTERED), "saved": request.session.pop("saved", False),
    })


@at_work(methods=("POST",))
def do(request: HttpRequest) -> HttpResponse:
    """Do one thing to everything that was ticked: to all of it, or to nothing."""
    user = person(request)
    chosen = list(visible(user).filter(pk__in=numbers(request, "entry")))
    if not chosen:
        messages.info(request, _("Tick the entries first."))
    else:
        decide(request, chosen, by=user)
    return redirect(f"{reverse('work')}?{urlencode({'list': request.POST.get('list', '')})}")


def _filtered(request: HttpRequest, found: QuerySet[Entry]) -> tuple[QuerySet[Entry], dict[str, str]]:
    asked: dict[str, str] = {}
    sheet, country, upload = (request.GET.get(name, "") for name in ("sheet", "country", "upload"))
    if upload.isascii() and upload.isdigit() and len(upload) < 18:
        found, asked["upload"] = found.filter(upload=int(upload)), upload
    if sheet in ENTERED:
        found, asked["sheet"] = found.filter(sheet=sheet), sheet
    if country in COUNTRIES:
        found, asked["country"] = found.filter(countries__contains=f";{country};"), country
    return found, asked


def _countries(user: User) -> list[tuple[str, str]]:
    """The countries of the entries a person sees; one question, however many."""
    codes = {code for codes in visible(user).order_by().values_list("countries", flat=True).distinct()[:2_000] for code in codes}
    return sorted(((code, COUNTRIES[code].name()) for code in codes if code in COUNTRIES), key=lambda pair: pair[1])


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else 1
