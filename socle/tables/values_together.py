"""Tables of values one below the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from socle.tables.values import TEXTS, Values, Words


def together(parts: Sequence[Values]) -> Values:
    """One table of several. The columns are those of all, empty where a file did not have them.

    Nothing is compared: whether the editions may be joined is for ``coverage.joined`` to say.
    """
    if len(parts) == 1:
        return parts[0]
    titles = tuple(dict.fromkeys(title for part in parts for title in part.titles))
    roles: dict[str, int] = {}
    for part in parts:
        for role, place in part.roles.items():
            roles.setdefault(role, titles.index(part.titles[place]))

    def below(columns: Sequence[Words]) -> Words:
        return Words.of(text for words in columns for text in words)

    def cells(title: str) -> Words:
        return below([part.cells[part.titles.index(title)] if title in part.titles else Words.all("", len(part)) for part in parts])

    layout = parts[0].layout if len({part.layout for part in parts}) == 1 else "long"
    return Values(
        layout, below([part.series for part in parts]), below([part.geo for part in parts]),
        np.concatenate([part.year for part in parts]), below([part.sex for part in parts]),
        [value for part in parts for value in part.value], below([part.bound for part in parts]),
        [weight for part in parts for weight in part.weight],
        {name: below([part.texts[name] for part in parts]) for name in TEXTS}, below([part.breakdown for part in parts]),
        below([part.vintage for part in parts]), titles, tuple(map(cells, titles)), roles,
        [number for part in parts for number in part.numbers])
