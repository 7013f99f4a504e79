"""The register of policy measures: found, counted and downloaded by everybody; entered, verified and published at work."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from socle import datasets
from socle.errors import InputError
from socle.tables import MONITOR, escaped
from socle_web.accounts.models import User
from socle_web.accounts.permissions import person_of
from socle_web.audit.queries import history
from socle_web.audit.refusals import Refused
from socle_web.coverage import measure_permissions as allowed
from socle_web.coverage import measure_queries as queries
from socle_web.coverage.actions import measures as actions
from socle_web.coverage.measure_forms import LABELS, LARGEST_FILE, Bringing, Entering, Search
from socle_web.coverage.models.measures import DIMENSIONS, Measure, MeasureState
from socle_web.schemes.views.door import at_work, file_answer, public

A_PAGE = 40
STEPS = 50


@public
def register(request: HttpRequest) -> HttpResponse:
    """What is found, and how many there are by any dimension."""
    countries = list(Measure.objects.filter(state=MeasureState.PUBLISHED).order_by().values_list("country", flat=True).distinct())
    form = Search(request.GET or None, countries=countries)
    measures = queries.found(form.asked) if request.GET else queries.found(queries.Asked())
    by, beside = form.counted if request.GET else ("direction", "")
    table = queries.counted(measures, by=by, beside=beside)
    page = Paginator(measures, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "coverage/measures.html", {
        "form": form, "page": page, "table": table, "query": query.urlencode(), "by": LABELS[table.by],
        "beside": LABELS.get(table.beside, ""), "works": allowed.works_on_measures(request.user)})


@public
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    there = get_object_or_404(Measure.objects.filter(state=MeasureState.PUBLISHED).select_related("country"), pk=pk)
    return render(request, "coverage/measure.html", {"measure": there, "dimensions": _dimensions(there)})


@public
def download(request: HttpRequest) -> HttpResponse:
    """What is shown, as a file that can be brought back."""
    countries = list(Measure.objects.order_by().values_list("country", flat=True).distinct())
    form = Search(request.GET or None, countries=countries)
    found = queries.found(form.asked) if request.GET else queries.found(queries.Asked())
    return _file(_lines(queries.rows_of(found)), "measures.csv")


@public
def counts(request: HttpRequest) -> HttpResponse:
    """The table of counts that is shown, as CSV."""
    countries = list(Measure.objects.order_by().values_list("country", flat=True).distinct())
    form = Search(request.GET or None, countries=countries)
    by, beside = form.counted if request.GET else ("direction", "")
    table = queries.counted(queries.found(form.asked if request.GET else queries.Asked()), by=by, beside=beside)
    head = [by, *([code for code, _label in table.across]), "measures"]
    rows = ([row.value, *map(str, row.counts), str(row.total)] for row in table.rows)
    return _file(_lines(rows, head=head), "measures-counted.csv")


@at_work(methods=("GET", "HEAD"), when=allowed.works_on_measures)
def work(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    page = Paginator(queries.on_their_way(user), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "coverage/measures_work.html", {"page": page, "enters": allowed.may_enter_measure(user),
                                                           "bringing": Bringing()})


@at_work(when=allowed.may_enter_measure)
def new(request: HttpRequest) -> HttpResponse:
    user, refused = person_of(request), None
    form = Entering(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_measure(form.typed(), by=user)
            messages.success(request, _("Entered. Somebody else verifies it."))
            return redirect("measure-work", made.pk)
        except Refused as refusal:
            refused = refusal
    return render(request, "coverage/measure_edit.html", {"form": form, "refused": refused, "measure": None},
                  status=422 if refused or form.errors else 200)


@at_work(methods=("GET", "HEAD"), when=allowed.works_on_measures)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    user = person_of(request)
    there = _there(user, pk)
    return render(request, "coverage/measure_work.html", {
        "measure": there, "dimensions": _dimensions(there), "edits": allowed.may_edit_measure(user, there),
        "does": list(_deeds(user, there)), "typed_it": user.username in there.hands,
        "steps": history("measure", str(there.pk), most=STEPS)})


@at_work(when=allowed.may_enter_measure)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, theirs = person_of(request), None
    refused: Refused | None = None
    there = _there(user, pk)
    if not allowed.may_edit_measure(user, there):
        messages.error(request, _("This measure cannot be edited now."))
        return redirect("measure-work", pk)
    initial = {name: getattr(actions.told(there), name) for name in actions.Announced.__dataclass_fields__}
    form = Entering(request.POST if request.method == "POST" else None, user=user, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.save_measure(there, form.typed(), saves=_saves(request), by=user)
                messages.success(request, _("Saved."))
                return redirect("measure-work", pk)
            except actions.StaleMeasure as stale:
                refused, theirs, status = stale, stale.theirs, 409
                there = stale.theirs
            except Refused as refusal:
                refused = refusal
    return render(request, "coverage/measure_edit.html", {"form": form, "refused": refused, "measure": there, "theirs": theirs,
                                                          "their_dimensions": _dimensions(theirs) if theirs else ()}, status=status)


@at_work(methods=("POST",), when=allowed.may_enter_measure)
def bring(request: HttpRequest) -> HttpResponse:
    """A file of measures: all of them, or none and everything that is wrong at once."""
    user = person_of(request)
    form = Bringing(request.POST, request.FILES)
    findings: list[Any] = []
    if not form.is_valid():
        messages.error(request, _("Choose a file."))
        return redirect("measures-work")
    file = form.cleaned_data["file"]
    if file.size > LARGEST_FILE:
        messages.error(request, _("The file has more than five million bytes."))
        return redirect("measures-work")
    try:
        parsed = datasets.read_book(file.read(), MONITOR, name="measures.csv" if file.name.lower().endswith(".csv") else file.name)
        findings = [*parsed.errors, *actions.wrong_with(parsed.book["measures"])]
        if not findings and not len(parsed.book["measures"]):
            findings = [_("There is no measure in the file.")]
        if not findings:
            n = actions.import_measures(parsed.book["measures"], by=user)
            messages.success(request, ngettext("%(n)s measure entered. Somebody else verifies it.",
                                               "%(n)s measures entered. Somebody else verifies them.", n) % {"n": n})
            return redirect("measures-work")
    except InputError as wrong:
        findings = list(wrong.findings)
    except Refused as refused:
        findings = [refused]
    return render(request, "coverage/measures_refused.html", {"findings": findings, "name": file.name}, status=422)


@at_work(methods=("POST",), when=allowed.works_on_measures)
def do(request: HttpRequest, pk: int) -> HttpResponse:
    user = person_of(request)
    there, deed = _there(user, pk), DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    try:
        messages.success(request, deed(there, user, request.POST.get("reason", "")))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("measure-work", pk)


def _there(user: User, pk: int) -> Measure:
    return get_object_or_404(allowed.visible_measures(user).select_related("country"), pk=pk)


def _saves(request: HttpRequest) -> int:
    text = request.POST.get("saves", "")
    return int(text) if text.isdigit() and len(text) < 10 else 0


def _verify(measure: Measure, user: User, _reason: str) -> str:
    actions.verify_measure(measure, by=user)
    return _("Verified.")


def _publish(measure: Measure, user: User, _reason: str) -> str:
    actions.publish_measure(measure, by=user)
    return _("Published.")


def _withdraw(measure: Measure, user: User, reason: str) -> str:
    actions.withdraw_measure(measure, by=user, reason=reason)
    return _("Withdrawn. It can still be read here.")


DEEDS: dict[str, Callable[[Measure, User, str], str]] = {"verify": _verify, "publish": _publish, "withdraw": _withdraw}


def _deeds(user: User, there: Measure) -> Iterator[str]:
    rules = {"verify": allowed.may_verify_measure, "publish": allowed.may_publish_measure, "withdraw": allowed.may_withdraw_measure}
    return (name for name, rule in rules.items() if rule(user, there))


def _dimensions(there: Measure) -> list[tuple[str, str]]:
    """Label and words of each dimension."""
    return [(str(LABELS[name]), words[getattr(there, name)].label()) for name, words in DIMENSIONS.items()]


def _file(lines: Iterator[str], name: str) -> HttpResponse:
    return file_answer("".join(lines), "text/csv; charset=utf-8", name)


def _lines(rows: Iterator[Any], head: Any = queries.COLUMNS) -> Iterator[str]:
    line = StringIO()
    write = csv.writer(line, lineterminator="\n")
    write.writerow(head)
    yield line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        write.writerow([escaped(cell) for cell in row])
        yield line.getvalue()
