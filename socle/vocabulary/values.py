"""Money, sources and dated values: no number without its unit, its day and its origin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from socle.errors import InputError
from socle.vocabulary.language import say
from socle.vocabulary.periods import Period

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
#: What the made-up countries pay with: no codes of ISO 4217, and of no country.
MADE_UP_CURRENCIES = frozenset({"XUD", "XVD", "XWD", "XYD"})


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its currency (ISO 4217). Adding two currencies is refused: nothing converts silently."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not _CURRENCY.fullmatch(self.currency):
            raise InputError(
                say("“{value}” is not a currency.", value=self.currency),
                where={"value": self.currency},
                remedy=say("Write the three capital letters of ISO 4217, such as USD."),
            )
        if not self.amount.is_finite():
            raise InputError(
                say("“{value}” is not an amount.", value=self.amount),
                where={"value": self.amount},
                remedy=say("Leave the cell empty if the amount is not reported."),
            )

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other).amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other).amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other).amount

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other).amount

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise InputError(
                say("{one} and {other} cannot be added or compared.", one=self.currency, other=other.currency),
                remedy=say("Keep one total for each currency; currencies are never converted silently."),
            )
        return other


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: the document and the place in it."""

    document: str
    place: str = ""
    url: str = ""
    on: Period | None = None
    verified: bool = True

    @classmethod
    def parse(cls, text: str) -> Source:
        """A ``source`` cell: the document, a comma, the table or section."""
        document, _, place = text.partition(",")
        return cls(document.strip(), place.strip())

    def __str__(self) -> str:
        return f"{self.document}, {self.place}" if self.place else self.document


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A figure, the period it speaks of and its source. ``value`` None: not reported (never zero)."""

    value: Decimal | None
    on: Period
    source: Source | None = None
    unit: str = ""

    @property
    def reported(self) -> bool:
        return self.value is not None
