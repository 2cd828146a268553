"""The order in which columns are read.

A file may draw its lines in any order. Most draw them as they are read, and that order is kept: it knows more than
their places tell. Some draw two columns a row at a time, or boxes anyhow; those lines are put in order by place.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.layout import Line

FEWEST_ROWS = 5
"""Rows that two columns have beside each other at least."""
_PROSE = 3.5
"""Words in a line of a column of prose; cells of a table have fewer."""
_MOST_GUTTERS = 3
_MOST_LINES = 2_000
"""Lines of a page beyond which it is no text to be read in columns."""
_JUMPS = 0.2
"""Share of steps that go up the page, from which the order of the file means nothing."""

Gutter = tuple[float, float]


def gutters(gaps: Sequence[Sequence[Sequence[float]]]) -> list[Gutter]:
    """Gutters that most of some lines have in common. `gaps`: of each line, the (left, right) of its wide gaps."""
    found: list[Gutter] = []
    wanted = max(FEWEST_ROWS, 0.3 * len(gaps))
    edges = sorted({round(right) for line in gaps for _, right in line})
    while len(found) < _MOST_GUTTERS:
        best: list[Sequence[float]] = []
        for edge in edges:
            there = [gap for line in gaps for gap in line if gap[0] < edge - 1 and edge - 3 <= gap[1] <= edge + 3]
            if len(there) > len(best) and not any(left <= edge <= right + 3 for left, right in found):
                best = there
        if len(best) < wanted:
            break
        found.append((max(gap[0] for gap in best), min(gap[1] for gap in best)))
    return sorted((min(left, right), max(left, right)) for left, right in found)


def in_order(lines: list[Line], width: float) -> list[Line]:
    """`lines` of a page of `width` points as they are read: as they come, unless that cannot be."""
    placed = [one for one in lines if one.size > 0]
    if not 2 * FEWEST_ROWS <= len(placed) <= _MOST_LINES or len(placed) < len(lines):
        return lines
    parted = _parting(placed, width)
    if not parted:
        return _downward(lines) if _jumps(lines) > _JUMPS * len(lines) else lines
    if _switches(lines, parted) <= 2 + 2 * len(parted) * _bands(lines, parted):
        return lines
    if not all(_is_prose(column) for column in _columns(placed, parted)):
        return _rows(lines)
    return _by_columns(lines, parted)


def _parting(lines: list[Line], width: float) -> list[float]:
    """The places (from the left) that part the page into columns, none where it has one."""
    found: list[float] = []
    edges = sorted(round(one.left) for one in lines)
    for edge in dict.fromkeys(edges):
        at = edge - 2.0
        if at < 0.12 * width or (found and at - found[-1] < 0.12 * width) or edges.count(edge) < FEWEST_ROWS:
            continue
        left = [one for one in lines if one.right <= at + 1]
        right = [one for one in lines if one.left >= at]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) >= FEWEST_ROWS and crossing <= 0.35 * len(lines) and _beside(left, right):
            found.append(at)
    return found


def _beside(left: list[Line], right: list[Line]) -> bool:
    """Whether the two stand beside, not under each other."""
    top = min(max(one.base for one in side) for side in (left, right))
    bottom = max(min(one.base for one in side) for side in (left, right))
    least = min(max(one.base for one in side) - min(one.base for one in side) for side in (left, right))
    return top - bottom > 0.5 * least > 0


def _column(one: Line, parted: list[float]) -> int:
    """The number of its column, -1 for a line that reaches over more than one."""
    first = sum(one.left >= at for at in parted)
    last = sum(one.right > at + 1 for at in parted)
    return first if first == last else -1


def _columns(lines: list[Line], parted: list[float]) -> list[list[Line]]:
    return [[one for one in lines if _column(one, parted) == number] for number in range(len(parted) + 1)]


def _is_prose(column: list[Line]) -> bool:
    return bool(column) and median(len(one.text.split()) for one in column) >= _PROSE


def _switches(lines: list[Line], parted: list[float]) -> int:
    """How often the file goes from one column to another."""
    numbers = [number for one in lines if (number := _column(one, parted)) >= 0]
    return sum(first != second for first, second in pairwise(numbers))


def _bands(lines: list[Line], parted: list[float]) -> int:
    """Parts of the page between lines that reach over all its columns."""
    over = [_column(one, parted) < 0 for one in sorted(lines, key=lambda one: -one.base)]
    return 1 + sum(first and not second for first, second in pairwise(over))


def _jumps(lines: list[Line]) -> int:
    """Steps to a line that stands above the one before, in the same column."""
    return sum(
        one.base - last.base > 0.9 * last.size and one.left < last.right and last.left < one.right
        for last, one in pairwise(lines)
    )


def _by_columns(lines: list[Line], parted: list[float]) -> list[Line]:
    """Down each column in turn, between the lines that reach over all of them."""
    ordered: list[Line] = []
    band: list[Line] = []
    for one in [*_downward(lines), None]:
        if one is not None and _column(one, parted) >= 0:
            band.append(one)
            continue
        for column in _columns(band, parted):
            ordered += column
        band = []
        if one is not None:
            ordered.append(one)
    return ordered


def _downward(lines: list[Line]) -> list[Line]:
    return [one for row in _by_rows(lines) for one in row]


def _rows(lines: list[Line]) -> list[Line]:
    """A line a row: what stands side by side is said together, as in a table."""
    return [
        row[0]
        if len(row) == 1
        else Line("  ".join(one.text.strip() for one in row), row[0].left, row[-1].right, row[0].base, row[0].size)
        for row in _by_rows(lines)
    ]


def _by_rows(lines: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for one in sorted(lines, key=lambda one: -one.base):
        if rows and rows[-1][0].base - one.base < 0.5 * one.size:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [sorted(row, key=lambda one: one.left) for row in rows]
