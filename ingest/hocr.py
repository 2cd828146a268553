"""hOCR (kba.cloud/hocr-spec/1.2), in which Tesseract says what it read and where: from it, lines with a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ingest import safe_xml
from ingest.layout import Line

SURE = 40.0
"""Of 100: how sure Tesseract must be of a line's words, taken together; less is specks taken for letters."""
_LINES = ("ocr_line", "ocr_caption", "ocr_header", "ocr_textfloat")
_POINT = re.compile(r"^(?:[¢©®°«»*+¤§]|[eo](?= [A-Z]))\s+(?=\S)")
_FEWEST_POINTS = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read on one picture."""

    lines: tuple[Line, ...]
    sure: float
    """How sure Tesseract is of it, from 0 to 100; 0 where it saw nothing."""

    @property
    def letters(self) -> int:
        """Letters and figures of its lines."""
        return sum(sign.isalnum() for line in self.lines for sign in line.text)


NOTHING = Seen((), 0.0)


def read(said: bytes, height: int, scale: float) -> Seen:
    """The lines of a page of `height` pixels, each of `scale` points. Raises `Damaged` where `said` is no XML."""
    root = safe_xml.parse(said, "The page")
    lines: list[Line] = []
    letters, certainty = 0, 0.0
    for element in root.iterfind(".//{*}span[@class]"):
        if element.get("class") not in _LINES:
            continue
        words = list(_words(element))
        count = sum(len(word) for word, _ in words)
        weight = sum(len(word) * sure for word, sure in words)
        letters, certainty = letters + count, certainty + weight
        line = _line(element, [word for word, _ in words], height, scale)
        if line and weight >= SURE * count:
            lines.append(line)
    return Seen(tuple(_with_bullets(lines)), certainty / letters if letters else 0.0)


def _words(line: Any) -> Iterator[tuple[str, float]]:
    for each in line.iterfind("{*}span[@class='ocrx_word']"):
        word = "".join(each.itertext()).strip()
        if word:
            yield word, float(_properties(each).get("x_wconf", ["0"])[0])


def _line(element: Any, words: list[str], height: int, scale: float) -> Line | None:
    about = _properties(element)
    box = [float(value) for value in about.get("bbox", ())]
    if len(box) != 4 or not words:
        return None
    left, top, right, bottom = box
    base = height - bottom - float(about.get("baseline", ["0", "0"])[-1])
    size = float(about.get("x_size", [str(bottom - top)])[0])
    return Line(" ".join(words), left * scale, right * scale, base * scale, size * scale)


def _properties(element: Any) -> dict[str, list[str]]:
    """``bbox 1 2 3 4; baseline 0 -5`` as names with their values."""
    parts = [part.split() for part in (element.get("title") or "").split(";")]
    return {part[0]: part[1:] for part in parts if part}


def _with_bullets(lines: list[Line]) -> list[Line]:
    """Points before the items of a list, which Tesseract takes for letters that look alike, as points again."""
    taken = [bool(_POINT.match(line.text)) for line in lines]
    if sum(taken) < _FEWEST_POINTS:
        return lines
    return [
        replace(line, text=_POINT.sub("• ", line.text)) if point else line
        for line, point in zip(lines, taken, strict=True)
    ]
