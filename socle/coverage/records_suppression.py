"""Which cells of a table are kept back so that no small one can be seen, nor found by subtracting from a total.

A small cell goes first; then, in every line of parts and their total, a second one if only one is missing; then, as long as some
small cell still follows from the sums, the least of the cells it follows from (complementary suppression).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

Cell = tuple[str, ...]
TOTAL = "total"


def kept_back(records: Mapping[Cell, int], small: frozenset[Cell]) -> frozenset[Cell]:
    """The cells to keep back: ``small`` and those that give them away. ``records``: unweighted records of each cell, a value for
    each breakdown, ``total`` among them; a total is the sum of the cells of its line."""
    lines = list(_lines(records))
    back = set(small)
    while True:
        for line in lines:
            missing = [cell for cell in line if cell in back]
            if len(missing) == 1 and (least := _least(records, line, back)) is not None:
                back.add(least)
                break
        else:
            told = _follows(lines, back, small)
            if told is None:
                return frozenset(back)
            found = [least for line in lines if told in line and (least := _least(records, line, back)) is not None]
            found = found or [least for line in lines if (least := _least(records, line, back)) is not None]
            if not found:
                return frozenset(back)
            back.add(min(found, key=lambda cell: (records[cell], cell)))


def _lines(records: Mapping[Cell, int]) -> Iterator[tuple[Cell, ...]]:
    """A total and its parts, along every breakdown; a line without parts tells nothing."""
    found: dict[tuple[int, Cell], list[Cell]] = {}
    for cell in records:
        for place in range(len(cell)):
            found.setdefault((place, (*cell[:place], TOTAL, *cell[place + 1:])), []).append(cell)
    yield from (tuple(line) for (_, total), line in found.items() if len(line) > 1 and total in records)


def _least(records: Mapping[Cell, int], line: tuple[Cell, ...], back: set[Cell]) -> Cell | None:
    """The part with the fewest records that is still shown: one that holds somebody, a part rather than a total."""
    shown = [cell for cell in line if cell not in back]
    return min(shown, key=lambda cell: (not records[cell], cell.count(TOTAL), records[cell], cell), default=None)


def _follows(lines: list[tuple[Cell, ...]], back: set[Cell], small: frozenset[Cell]) -> Cell | None:
    """A small cell that the sums determine: its unit vector lies in the space of the equations between the cells kept back."""
    places = {cell: place for place, cell in enumerate(sorted(back))}
    rows = []
    for line in lines:
        if any(cell in back for cell in line):
            most = max(cell.count(TOTAL) for cell in line)
            rows.append([(-1.0 if cell.count(TOTAL) == most else 1.0) if cell in line else 0.0 for cell in places])
    if not rows:
        return None
    equations = np.array(rows)
    rank = np.linalg.matrix_rank(equations)
    for cell in sorted(small):
        unit = np.zeros(len(places))
        unit[places[cell]] = 1.0
        if np.linalg.matrix_rank(np.vstack([equations, unit])) == rank:
            return cell
    return None
