"""Values of series: so many per cent of a group, by series, country, year and sex, as an edition published them.

Columns, not rows: each text is kept once (``Words``), figures as they were written and as NumPy arrays beside. Whatever a file
said is kept (``cells``), so that what is written again is what was read: 12.50 is not 12.5, an empty cell is not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from itertools import compress
from typing import Any, Literal, TypeAlias, overload

import numpy as np
import numpy.typing as npt

from socle.vocabulary import COUNTRIES, made_up_countries

Whole: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Truths: TypeAlias = npt.NDArray[np.bool_]
#: ``un``: the columns of the UN's SDG database; ``long``: series, country, year, sex, value, weight.
Layout = Literal["un", "long"]
#: What a figure stands for: itself, or only that it is less (``upper``: "<2.5") or more (``lower``: ">95") than what is written.
BOUNDS = ("", "upper", "lower")
#: The columns of texts that every table of values has, beside what identifies a row.
TEXTS = ("nature", "source", "footnote", "age", "location", "disability", "units")


class Words(Sequence[str]):
    """A column of texts. ``codes[i]`` is the place of text ``i`` in ``words``, which are different from each other."""

    __slots__ = ("_used", "codes", "words")

    def __init__(self, codes: npt.ArrayLike, words: Iterable[str]) -> None:
        self.codes: Whole = np.asarray(codes, dtype=np.int64)
        self.words = tuple(words)
        self._used: tuple[str, ...] | None = None

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        places: dict[str, int] = {}
        codes = [places.setdefault(text, len(places)) for text in texts]
        return cls(codes, places)

    @classmethod
    def all(cls, text: str, count: int) -> Words:
        """One text, so many times."""
        return cls(np.zeros(count, dtype=np.int64), (text,))

    def renamed(self, names: Sequence[str]) -> Words:
        """Each of ``words`` called otherwise; several may then be called the same."""
        short = Words.of(names)
        return Words(short.codes[self.codes] if len(names) else self.codes, short.words)

    def take(self, places: npt.ArrayLike) -> Words:
        return Words(self.codes[np.asarray(places)], self.words)

    def equals(self, text: str) -> Truths:
        """Where the column says this text."""
        place = self.words.index(text) if text in self.words else -1
        found: Truths = self.codes == place
        return found

    @property
    def used(self) -> tuple[str, ...]:
        """The texts that some row says, in order of appearance in ``words``."""
        if self._used is None:
            self._used = tuple(compress(self.words, np.bincount(self.codes, minlength=len(self.words)) > 0))
        return self._used

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self.words[code] for code in self.codes[place].tolist()]
        return self.words[int(self.codes[place])]

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str]:
        return map(self.words.__getitem__, self.codes.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and len(self) == len(other) and all(map(str.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} texts, {len(self.words)} different>"


@dataclass(frozen=True, eq=False)
class Values:
    """Figures of series in per cent, a row each.

    ``geo`` is the country's alpha-3 code; of an area that is no country here, its code or name as written. ``sex`` is total,
    female or male. ``value`` is exact as written, None where it is missing; ``bound`` says where a text such as "<2.5" is only a
    limit (the value is None then). ``weight`` are persons, or None. ``breakdown`` names what the row is a part of beside sex
    (``age=65+;location=urban``), empty for the whole. ``titles`` and ``cells`` are the columns of the file, verbatim; ``roles``
    says where the columns that are understood stand among them. ``numbers`` are rows as a spreadsheet shows them. Two tables are
    equal when what they mean and say is.
    """

    layout: Layout
    series: Words
    geo: Words
    year: Whole
    sex: Words
    value: Sequence[Decimal | None]
    bound: Words
    weight: Sequence[Decimal | None]
    texts: Mapping[str, Words]
    breakdown: Words
    vintage: Words
    titles: tuple[str, ...]
    cells: tuple[Words, ...]
    roles: Mapping[str, int]
    numbers: Sequence[int] = field(default=())

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]], *, vintage: str = "") -> Values:
        """A table of rows that are already understood: series, country, year, sex, value, weight, and any of ``TEXTS``,
        ``breakdown`` and ``vintage``."""
        rows = list(rows)
        count = len(rows)

        def texts(name: str, default: str = "") -> Words:
            return Words.of(str(row.get(name) if row.get(name) is not None else default) for row in rows)

        columns = {"series": texts("series"), "country": texts("country"), "year": texts("year"), "sex": texts("sex", "total"),
                   "value": Words.of(written(_decimal(row.get("value"))) for row in rows),
                   "weight": Words.of(written(_decimal(row.get("weight"))) for row in rows)}
        told = {name: texts(name) for name in TEXTS}
        columns |= {name: words for name, words in told.items() if any(words.words)}
        breakdown, vintages = texts("breakdown"), texts("vintage", vintage)
        columns |= {name: words for name, words in (("breakdown", breakdown), ("vintage", vintages)) if any(words.words)}
        return cls("long", columns["series"], columns["country"], np.array([int(row["year"]) for row in rows], dtype=np.int64),
                   columns["sex"], [_decimal(row.get("value")) for row in rows], Words.all("", count),
                   [_decimal(row.get("weight")) for row in rows], told, breakdown, vintages, tuple(columns),
                   tuple(columns.values()), {name: place for place, name in enumerate(columns)}, range(2, count + 2))

    def __len__(self) -> int:
        return len(self.year)

    @property
    def vintages(self) -> tuple[str, ...]:
        """The editions that the rows are of; "" is one that is not told."""
        return self.vintage.used

    @property
    def written(self) -> Words:
        """The cells of the values, verbatim."""
        return self.cells[self.roles["value"]]

    @property
    def countries(self) -> tuple[str, ...]:
        """The alpha-3 codes of the countries that some row is of."""
        return tuple(word for word in self.geo.used if word in _known())

    @cached_property
    def country(self) -> Sequence[str | None]:
        """The alpha-3 code of each row's country, None for an area that is none."""
        names = [word if word in _known() else None for word in self.geo.words]
        return [names[code] for code in self.geo.codes.tolist()]

    @cached_property
    def figures(self) -> Floats:
        """The values in per cent, nan where there is none."""
        return _floats(self.value)

    @cached_property
    def weights(self) -> Floats:
        """The weights in persons, nan where there is none."""
        return _floats(self.weight)

    @cached_property
    def identity(self) -> Whole:
        """A number for each row, the same where series, area, year, sex, breakdown and vintage are."""
        return numbered(self.series.codes, self.geo.codes, self.year, self.sex.codes, self.breakdown.codes, self.vintage.codes)

    def take(self, places: npt.ArrayLike) -> Values:
        """The rows at these places, counted from 0, or where a mask is true."""
        chosen = np.arange(len(self))[np.asarray(places)]
        rows = chosen.tolist()
        return Values(
            self.layout, self.series.take(chosen), self.geo.take(chosen), self.year[chosen], self.sex.take(chosen),
            [self.value[i] for i in rows], self.bound.take(chosen), [self.weight[i] for i in rows],
            {name: words.take(chosen) for name, words in self.texts.items()}, self.breakdown.take(chosen),
            self.vintage.take(chosen), self.titles, tuple(words.take(chosen) for words in self.cells), self.roles,
            [self.numbers[i] for i in rows] if self.numbers else ())

    def rows(self) -> Iterator[dict[str, Any]]:
        """Each row as it is understood."""
        columns: dict[str, Iterable[Any]] = {
            "series": self.series, "geo": self.geo, "country": self.country, "year": self.year.tolist(), "sex": self.sex,
            "value": self.value, "bound": self.bound, "weight": self.weight, "breakdown": self.breakdown, "vintage": self.vintage,
            **self.texts}
        for parts in zip(*columns.values(), strict=True):
            yield dict(zip(columns, parts, strict=True))

    def __eq__(self, other: object) -> bool:
        return (isinstance(other, Values) and self.layout == other.layout and self.titles == other.titles
                and self.series == other.series and self.geo == other.geo and np.array_equal(self.year, other.year)
                and self.sex == other.sex and list(map(written, self.value)) == list(map(written, other.value))
                and list(map(written, self.weight)) == list(map(written, other.weight)) and self.bound == other.bound
                and self.breakdown == other.breakdown and self.vintage == other.vintage and self.cells == other.cells)

    __hash__ = None  # type: ignore[assignment]


@cache
def _known() -> frozenset[str]:
    return frozenset((*COUNTRIES, *(entry.alpha3 for entry in made_up_countries())))


def numbered(*columns: Whole) -> Whole:
    """A number for each row: equal where all columns are, and in their order, the first column first."""
    found: Whole = np.zeros(len(columns[0]) if columns else 0, dtype=np.int64)
    size = 1
    for column in columns:
        if not len(column):
            return found
        low = int(column.min())
        width = int(column.max()) - low + 1
        if size > (1 << 62) // width:
            found = np.unique(found, return_inverse=True)[1].astype(np.int64)
            size = int(found.max()) + 1
        found = found * width + (column - low)
        size *= width
    return found


def written(value: Decimal | None) -> str:
    """A figure as a cell says it: digits as they are, nothing for None."""
    return "" if value is None else format(value, "f")


def _decimal(value: object) -> Decimal | None:
    """The exact figure; of a float, the shortest digits that mean it."""
    if value is None:
        return None
    found = value if isinstance(value, Decimal) else Decimal(repr(value) if isinstance(value, float) else str(value))
    return found if found.is_finite() else None


def _floats(values: Sequence[Decimal | None]) -> Floats:
    return np.array([np.nan if value is None else float(value) for value in values], dtype=np.float64)
