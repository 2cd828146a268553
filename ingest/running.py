"""Running heads, feet and page numbers: what comes again at the same place on the pages around."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.layout import Line, Sheet

_EDGE = 0.12
"""Share of a page's height, above and below, in which heads and feet stand."""
_GAP = 1.4
"""Of the size of the type: what parts a head or a foot from the text is wider than the step between lines."""
_SHORT = 250
"""Letters of heads on a page with nothing else; more is a page's text."""
_SAME_PLACE = 4.0
"""Points by which a head may stand higher or lower on another page."""
_FEWEST_NUMBERS, _MOST_COUNTED = 8, 10
"""Numbers that count lines: how many there are at least, and by how much they go up (every line, every tenth)."""
_AROUND = 4
"""Pages looked at before and after one: heads change with the chapter, and left pages have other ones."""
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.I)
_SIGN = r"[^\w#]"
_ONLY_NUMBER = re.compile(
    rf"{_SIGN}*(?:(?:p|pg|page|seite|s|pagina|página|[a-z]{_SIGN}?){_SIGN}*)?"
    rf"#(?:{_SIGN}*(?:of|/|von|de|sur|di){_SIGN}*#)?{_SIGN}*",
    re.I,
)
"""Of the shape of a line: one number, or one of how many, with signs around it; two side by side are a table's."""

_NUMBERED = re.compile(r"^\W*(\d{1,4})(?=\s|\W*$)|(?<=\s)(\d{1,4})\W*$")
"""The number of a page, alone or before or after words that change from page to page: ``12  Smith and others``."""
_LONG_HEAD = 100
"""Letters of such a head at most."""
_HEAD_SIZE = 1.1
"""Of the usual size of the page's type: such a head is no larger, and the title of a slide is."""
_SAME_ROW = 1.5
"""Points by which what stands beside the number of a page may stand higher or lower."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the edge of a page."""

    page: int
    line: int
    """Its index on the page."""
    base: float
    """From the nearer edge: pages of one document can differ in height."""
    at_top: bool
    shape: str
    numbers: tuple[int, ...]
    at_ends: tuple[int, ...]
    """Numbers with which it begins and ends."""
    small: bool
    """Whether it is short, and its type no larger than the page's."""


_Blocks = dict[tuple[int, bool], list[_Edge]]
"""Page, at its top: the lines."""
_There = dict[tuple[int, bool, str], list[_Edge]]
"""Page, at its top, shape: the lines."""


def without(sheets: Sequence[Sheet]) -> list[list[Line]]:
    """The lines of each of `sheets` that are its own."""
    there: _There = defaultdict(list)
    blocks: _Blocks = defaultdict(list)
    for page, sheet in enumerate(sheets):
        for edge in _edges(page, sheet):
            there[edge.page, edge.at_top, edge.shape].append(edge)
            blocks[edge.page, edge.at_top].append(edge)
    running: dict[int, set[int]] = defaultdict(set)
    for (page, _), block in blocks.items():
        running[page].update(
            edge.line
            for edge in block
            if _is_page_number(edge, there)
            or _comes_again(edge, there, len(sheets))
            or _is_numbered(edge, blocks)
            or _is_beside_number(edge, blocks)
        )
    return [
        _own(sheet, running.get(page, frozenset()) | _line_numbers(sheet)) for page, sheet in enumerate(sheets)
    ]


def _own(sheet: Sheet, running: AbstractSet[int]) -> list[Line]:
    """Its lines but the `running` ones; all of them where it has no others, so that nothing is lost."""
    lines = [line for line in sheet.lines if line.text.strip()]
    own = [line for at, line in enumerate(sheet.lines) if line.text.strip() and at not in running]
    return own or lines


def _line_numbers(sheet: Sheet) -> AbstractSet[int]:
    """Numbers in the margin that count the page's lines, as manuscripts and transcripts have them."""
    numbers = [(at, one) for at, one in enumerate(sheet.lines) if one.text.strip().isdecimal()]
    if len(numbers) < _FEWEST_NUMBERS:
        return frozenset()
    margin = min((one.left for one in sheet.lines if not one.text.strip().isdecimal()), default=0.0)
    column = sorted(((at, one) for at, one in numbers if one.right <= margin), key=lambda each: -each[1].base)
    counted = [int(one.text) for _, one in column]
    steps = [after - before for before, after in pairwise(counted)]
    if len(column) < _FEWEST_NUMBERS or sum(0 < step <= _MOST_COUNTED for step in steps) < 0.9 * len(steps):
        return frozenset()
    return frozenset(at for at, _ in column)


def _edges(page: int, sheet: Sheet) -> Iterator[_Edge]:
    usual = median(one.size for one in sheet.lines) if sheet.lines else 0.0
    rows = sorted((line for line in enumerate(sheet.lines) if line[1].text.strip()), key=lambda row: -row[1].base)
    for at_top, inward in ((True, rows), (False, rows[::-1])):
        for at, one in _block(inward, sheet.height, at_top=at_top):
            said = " ".join(one.text.split())
            shape = _NUMBER.sub("#", said.casefold())
            numbers = tuple(int(each) for each in re.findall(r"\d+", said)[:8] if len(each) < 7)
            at_ends = tuple(int(before or after) for before, after in _NUMBERED.findall(said))
            small = len(said) <= _LONG_HEAD and one.size <= _HEAD_SIZE * usual
            base = sheet.height - one.base if at_top else one.base
            yield _Edge(page, at, base, at_top, shape, numbers, at_ends, small)


def _block(inward: Sequence[tuple[int, Line]], height: float, *, at_top: bool) -> list[tuple[int, Line]]:
    """The lines from the edge to the first gap, none where that is not near the edge: the page's text itself."""
    block: list[tuple[int, Line]] = []
    last: Line | None = None
    for at, one in inward:
        if last and abs(last.base - one.base) > _GAP * max(last.size, one.size):
            return block
        within = one.base > height * (1 - _EDGE) if at_top else one.base < height * _EDGE
        if not within:
            return []
        block.append((at, one))
        last = one
    return block if sum(len(one.text) for _, one in block) < _SHORT else []


def _comes_again(edge: _Edge, there: _There, pages: int) -> bool:
    """Whether two more pages around have it at the same place, or the other of a document of two."""
    if not any(map(str.isalpha, edge.shape)):
        return False  # numbers alone may be a table's: see below
    again = {other.page for other in _around(edge, there, _SAME_PLACE)}
    return len(again) >= min(2, max(1, pages - 1))


def _is_page_number(edge: _Edge, there: _There) -> bool:
    """Whether it is nothing but a number that goes up with the pages, or one in letters (iv)."""
    if not _ONLY_NUMBER.fullmatch(edge.shape):
        return False
    around = list(_around(edge, there, 3 * _SAME_PLACE))
    if not edge.numbers:
        return bool(around)
    return edge.numbers[0] == edge.page + 1 or any(
        other.numbers and other.numbers[0] - edge.numbers[0] == other.page - edge.page for other in around
    )


def _is_numbered(edge: _Edge, blocks: _Blocks) -> bool:
    """Whether words stand with a number that goes up with the pages at the same place on two more pages around.

    The words may be others on each page: a chapter's title, or who wrote this part.
    """
    if not edge.small or not any(map(str.isalpha, edge.shape)):
        return False
    return any(_goes_up(number, edge, blocks) for number in edge.at_ends)


def _is_beside_number(edge: _Edge, blocks: _Blocks) -> bool:
    """The same, where the file draws words and number apart."""
    if not edge.small or not any(map(str.isalpha, edge.shape)):
        return False
    return any(
        abs(other.base - edge.base) <= _SAME_ROW
        and _ONLY_NUMBER.fullmatch(other.shape)
        and any(_goes_up(number, other, blocks) for number in other.at_ends)
        for other in blocks[edge.page, edge.at_top]
    )


def _goes_up(number: int, edge: _Edge, blocks: _Blocks) -> bool:
    around = range(edge.page - _AROUND, edge.page + _AROUND + 1)
    agreeing = {
        page
        for page in around
        for other in blocks.get((page, edge.at_top), ())
        if abs(other.base - edge.base) <= _SAME_PLACE and number + page - edge.page in other.at_ends
    }
    return len(agreeing - {edge.page}) > 1


def _around(edge: _Edge, there: _There, within: float) -> Iterator[_Edge]:
    """Lines of the same shape at the same place on the pages before and after."""
    for page in range(edge.page - _AROUND, edge.page + _AROUND + 1):
        if page != edge.page:
            for other in there.get((page, edge.at_top, edge.shape), ()):
                if abs(other.base - edge.base) <= within:
                    yield other
