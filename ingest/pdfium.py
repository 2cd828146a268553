"""A PDF's pages by PDFium, as lines that know their place on the page."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from ingest import columns, pdf_annotations
from ingest.layout import Line, Sheet

HYPHEN = "\x02"
"""Stands in a line's text for a hyphen that ended it, as PDFium tells such a one from others."""
_ENDS = " \t\r\n" + HYPHEN
_PAIRED = re.compile("[\U00010000-\U0010ffff\ud800-\udfff]")
_WORD = re.compile(r"\S+")
_LINE = re.compile(f"[^\r\n{HYPHEN}]*(?:{HYPHEN}+(?:\r\n)?|\r\n|[\r\n]|$)")
_SAMPLED = 5
"""Lines of a page looked at for a wide gap before all are."""
_MEASURED = 150
"""Lines that say where gutters are."""
_LONG = 30
"""Letters of a line that may reach over two columns."""
_WIDE_GAP = 0.9
"""Of the size of the type. Spaces between words of one justified line are rarely as wide."""
_RAISED = 0.15
"""Of the size of the type: how far above the line the number of a note stands at least."""
_LOOKED_INTO, _SHORT = 30, 160
"""Lines of a first page that may hold names, and letters of the longest such line."""
_PICTURED = 0.2
"""Share of a page from which a picture on it may be a picture of text."""
_OUTLINES = 60
"""Drawn shapes from which some may be letters; a form's rules and boxes are fewer."""


@contextmanager
def opened(source: Path | bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, closed at the end. Raises `pypdfium2.PdfiumError` where it is damaged or locked."""
    document = pypdfium2.PdfDocument(source)
    try:
        yield document
    finally:
        document.close()


def sheet(document: pypdfium2.PdfDocument, at: int, form: Any = None) -> Sheet:
    """The page `at` (from 0), with what was filled into `form`.

    Raises `pypdfium2.PdfiumError` where it cannot be loaded.
    """
    page = document[at]
    try:
        left, bottom, right, top = page.get_bbox()
        text_page = page.get_textpage()
        try:
            found = _Reader(text_page.raw, left, bottom, careful=at == 0)
            lines = columns.in_order(list(found.lines()), right - left)
        finally:
            text_page.close()
        pictured = not lines and _is_pictured(page, (right - left) * (top - bottom))
        return Sheet(tuple(lines), top - bottom, right - left, pictured, pdf_annotations.written(page, form))
    finally:
        page.close()


def language(document: pypdfium2.PdfDocument) -> str:
    """The language the document says it is in; empty where it does not."""
    buffer = ctypes.create_string_buffer(64)
    try:
        size = pdfium.FPDFCatalog_GetLanguage(
            document.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), len(buffer)
        )
    except (AttributeError, ctypes.ArgumentError):
        return ""
    return buffer.raw[: max(0, min(size, len(buffer)) - 2)].decode("utf-16-le", "ignore")


def _is_pictured(page: Any, area: float) -> bool:
    """Whether text may be seen on a page that has none: in pictures, as outlines, or in letters nobody named."""
    covered, outlines = 0.0, 0
    for thing in page.get_objects(max_depth=4):
        if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
            return True
        if thing.type == pdfium.FPDF_PAGEOBJ_PATH:
            outlines += 1
        if thing.type != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        try:
            left, bottom, right, top = thing.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered > _PICTURED * area or outlines > _OUTLINES


def _is_same_line(last: Line, one: Line) -> bool:
    """Whether `one` goes on where `last` ends: PDFium parts some lines after a raised number."""
    return (
        last.upright
        and one.upright
        and abs(last.base - one.base) < 0.3 * last.size
        and -0.1 * last.size <= one.left - last.right < 0.4 * last.size
    )


def _joined(last: Line, one: Line) -> Line:
    apart = "" if one.left - last.right < 0.15 * last.size else " "
    said = last.text.rstrip("\r\n") + apart + one.text.lstrip()
    plain = ""
    if last.plain or one.plain:
        plain = (last.plain or last.text).rstrip("\r\n") + apart + (one.plain or one.text).lstrip()
    return replace(last, text=said, plain=plain, right=one.right, size=max(last.size, one.size))


class _Reader:
    """Reads one page's text. Places are asked for by the letter, so only for the few that are needed."""

    def __init__(self, text_page: Any, left: float, bottom: float, *, careful: bool) -> None:
        """`left`, `bottom`: the page's corner. `careful`: ask of every line if it is upright, and its type."""
        self._page = text_page
        self._left = left
        self._bottom = bottom
        self._careful = careful
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._matrix = pdfium.FS_MATRIX()
        self._seen = 0
        self._all_said = False
        """Whether every letter PDFium has is in the text, so that both count alike."""

    def lines(self) -> Iterator[Line]:
        """The lines in the order in which the file draws them, cut where they reach over two columns."""
        said = list(self._said())
        gutters = self._gutters([(start, text) for start, text in said if len(text) >= _LONG])
        held: Line | None = None
        for start, text in said:
            for first, last in self._cut(start, text, gutters) if gutters else [(start, start + len(text))]:
                line = self._placed(text[first - start : last - start], first)
                if held and line and _is_same_line(held, line):
                    held = _joined(held, line)
                elif line:
                    if held:
                        yield held
                    held = line
        if held:
            yield held

    def _said(self) -> Iterator[tuple[int, str]]:
        """Each line with the index of its first letter. PDFium joins lines at a hyphen; here they stay apart."""
        count = pdfium.FPDFText_CountChars(self._page)
        if count <= 0:
            return
        buffer = ctypes.create_string_buffer((count + 1) * 4)
        written = pdfium.FPDFText_GetText(
            self._page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        )
        text = buffer.raw[: max(0, written - 1) * 2].decode("utf-16-le", "surrogatepass")
        self._all_said = len(text) == count and not _PAIRED.search(text)
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\ufffe", HYPHEN)
        start = 0
        for said in _LINE.findall(text):
            if said.strip(_ENDS):
                yield start, said
            start += len(said)

    def _placed(self, said: str, start: int) -> Line | None:
        inside = said.strip(_ENDS)
        if not inside:
            return None
        first = self._index(start + said.index(inside[0]))
        last = self._index(start + len(said.rstrip(_ENDS)) - 1)
        if first < 0 or not self._boxed(first):
            return Line(said, upright=False)
        left, height = self._box.left, self._box.top - self._box.bottom
        right = self._box.right
        last = max(first, last)
        if self._boxed(last):
            right = self._box.right
        looked_at = (first, (first + last) // 2, last)
        base = min(self._base(at) for at in looked_at) - self._bottom  # the number of a note stands higher
        if not self._careful:
            return Line(said, left - self._left, right - self._left, base, height)
        size = max(self._type_size(at) for at in looked_at) or height
        angle = pdfium.FPDFText_GetCharAngle(self._page, first)
        line = Line(said, left - self._left, right - self._left, base, size, upright=angle < 0.1 or angle > 6.18)
        self._seen += 1
        return self._looked_into(line, start) if self._seen <= _LOOKED_INTO and len(said) <= _SHORT else line

    def _looked_into(self, line: Line, start: int) -> Line:
        """The line with wide gaps as tabs, and without what stands raised: names stand apart, and have notes."""
        said = list(line.text)
        for at, _, _ in self._gaps(start, line.text):
            said[at - start] = "\t"
        raised = line.base + self._bottom + _RAISED * line.size
        plain = said.copy()
        for word in _WORD.finditer(line.text):
            ends = [word.end() - 1, word.end() - 2] if not said[word.end() - 1].isalnum() else [word.end() - 1]
            if any(at >= word.start() and self._base(self._index(start + at)) >= raised for at in ends):
                for at in range(*word.span()):
                    if self._base(self._index(start + at)) >= raised:
                        plain[at] = ""
        return replace(line, text="".join(said), plain="".join(plain) if "" in plain else "")

    def _gutters(self, long: list[tuple[int, str]]) -> list[tuple[float, float]]:
        """Where columns are parted (from, to) that the file draws a row at a time, the left one first."""
        if len(long) < columns.FEWEST_ROWS:
            return []
        sample = long[:: max(1, len(long) // _SAMPLED)][:_SAMPLED]
        if not any(True for start, text in sample for _ in self._gaps(start, text)):
            return []
        some = long[:: 1 + len(long) // _MEASURED]
        return columns.gutters([[gap for _, *gap in self._gaps(start, text)] for start, text in some])

    def _gaps(self, start: int, text: str) -> Iterator[tuple[int, float, float]]:
        """Index, left and right end of each space that is wider than one between words."""
        space = text.find(" ", 1)
        while 0 < space < len(text) - 1:
            before = self._index(start + space - 1)
            if before >= 0 and self._boxed(before):
                end, size = self._box.right, self._box.top - self._box.bottom
                after = self._index(start + space + 1)
                if after >= 0 and self._boxed(after) and self._box.left - end > _WIDE_GAP * size:
                    yield start + space, end - self._left, self._box.left - self._left
            space = text.find(" ", space + 1)

    def _cut(self, start: int, text: str, gutters: list[tuple[float, float]]) -> Iterator[tuple[int, int]]:
        first = start
        for at, left, right in self._gaps(start, text):
            if any(left <= gutter_right and right >= gutter_left for gutter_left, gutter_right in gutters):
                yield first, at
                first = at + 1
        yield first, start + len(text)

    def _index(self, of_text: int) -> int:
        return of_text if self._all_said else int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._page, of_text))

    def _boxed(self, at: int) -> bool:
        return bool(pdfium.FPDFText_GetLooseCharBox(self._page, at, self._box))

    def _base(self, at: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self._page, at, self._x, self._y)
        return self._y.value

    def _type_size(self, at: int) -> float:
        """The size in points at which a letter is shown: its font's, as the page scales it."""
        size = float(pdfium.FPDFText_GetFontSize(self._page, at))
        if pdfium.FPDFText_GetMatrix(self._page, at, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d)
        return size
