"""Questions about the register: what is found, and how much of it there is by any dimension."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from socle.vocabulary import COUNTRIES, REGIONS, fold
from socle_web.accounts.permissions import Person
from socle_web.coverage.measure_permissions import visible_measures, works_on_measures
from socle_web.coverage.models.measures import DIMENSIONS, Measure, MeasureState

#: What measures are counted by.
COUNTED_BY = ("region", "country", "year", *DIMENSIONS)
COLUMNS = ("measure", "country", "announced_on", "title", "summary", "scheme", "scheme_type", "component", "function", "direction",
           "kind", "measure_type", "source", "url")


@dataclass(frozen=True)
class Asked:
    """What is looked for: words, countries or a region, years, codes of dimensions. Empty: everything."""

    words: str = ""
    country: str = ""
    region: str = ""
    first: int | None = None
    last: int | None = None
    codes: Mapping[str, str] = field(default_factory=dict)


def found(asked: Asked) -> QuerySet[Measure]:
    """The published measures that fit, the latest first."""
    measures = Measure.objects.filter(state=MeasureState.PUBLISHED).select_related("country")
    for word in asked.words.split():
        measures = measures.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(scheme__icontains=word)
                                   | Q(source__icontains=word))
    if asked.country:
        measures = measures.filter(country=asked.country)
    if asked.region:
        measures = measures.filter(country__region=asked.region)
    if asked.first is not None:
        measures = measures.filter(year__gte=asked.first)
    if asked.last is not None:
        measures = measures.filter(year__lte=asked.last)
    return measures.filter(**{name: code for name, code in asked.codes.items() if code})


@dataclass(frozen=True)
class Counted:
    """How many measures a value of a dimension has: ``counts`` by the values of the second dimension, or of all."""

    value: str
    label: str
    total: int
    counts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Crosstab:
    """A count by one dimension, or a table of two. ``across`` are the values of the second: code and label."""

    by: str
    beside: str
    across: tuple[tuple[str, str], ...]
    rows: tuple[Counted, ...]
    total: int


def counted(measures: QuerySet[Measure], *, by: str, beside: str = "") -> Crosstab:
    """Published measures by a dimension of ``COUNTED_BY``, and beside it by a second one. One statement of SQL."""
    columns = [_column(by), *([_column(beside)] if beside and beside != by else [])]
    cells: dict[tuple[str, ...], int] = {}
    for *key, n in measures.order_by().values_list(*columns).annotate(n=Count("pk")):
        cells[tuple(str(one or "") for one in key)] = n
    rows = sorted({key[0] for key in cells}, key=lambda value: _place(by, value))
    across = sorted({key[1] for key in cells}, key=lambda value: _place(beside, value)) if len(columns) == 2 else []
    return Crosstab(by, beside if len(columns) == 2 else "", tuple((code, label_of(beside, code)) for code in across), tuple(
        Counted(value, label_of(by, value), sum(n for key, n in cells.items() if key[0] == value),
                tuple(cells.get((value, code), 0) for code in across)) for value in rows), sum(cells.values()))


def label_of(dimension: str, value: str) -> str:
    """A value of a dimension in the reader's language."""
    if dimension in DIMENSIONS:
        return DIMENSIONS[dimension][value].label()
    if dimension == "region":
        return REGIONS[value].label() if value in REGIONS else "–"
    return COUNTRIES[value].name() if dimension == "country" else value


def rows_of(measures: QuerySet[Measure]) -> Iterator[Sequence[str]]:
    """The rows of a CSV file of the form ``MONITOR``."""
    for one in measures.iterator():
        yield (f"measure-{one.pk}", one.country_id, *(str(getattr(one, name)) for name in COLUMNS[2:]))


def on_their_way(user: Person) -> QuerySet[Measure]:
    """What ``user`` may still do something about."""
    if not works_on_measures(user):
        return Measure.objects.none()
    return (visible_measures(user).filter(state__in=(MeasureState.ENTERED, MeasureState.VERIFIED))
            .select_related("country").order_by("-changed_at", "-pk"))


def years_of_measures() -> list[int]:
    return sorted(set(Measure.objects.filter(state=MeasureState.PUBLISHED).values_list("year", flat=True)))


def _column(dimension: str) -> str:
    return "country__region" if dimension == "region" else dimension


def _place(dimension: str, value: str) -> tuple[int, str]:
    """Codes in the order of their list, countries by name, years by number."""
    words = REGIONS if dimension == "region" else DIMENSIONS.get(dimension)
    if words is not None:
        return (list(words).index(value) if value in words else len(words), value)
    return (int(value), "") if dimension == "year" else (0, fold(label_of(dimension, value)))
