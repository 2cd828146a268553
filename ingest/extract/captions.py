"""WebVTT and SubRip (.vtt, .srt): what is said in a video or recording, as paragraphs with the time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from webvtt import WebVTT
from webvtt.errors import MalformedCaptionError, MalformedFileError
from webvtt.models import Caption

from ingest import describe, facts, tidy
from ingest.errors import Damaged
from ingest.extract.plain import decode
from ingest.extracted import Extracted, Page

SECTION = 120.0
"""Seconds after which a section ends with the next sentence."""
LONGEST = 180.0
"""Seconds after which it ends anyhow."""
_PAUSE = 3.0
"""Seconds of silence that end a paragraph."""
_PARAGRAPH = 80
"""Words after which a paragraph ends with the next sentence."""
_VOICE = re.compile(r"<v(?:\.[\w.-]+)*\s+([^>]*)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[\d:.]+>|\{\\[^{}]*\}")
_TURN = re.compile(r"^(?:>>+|&gt;&gt;)\s*")
_SENTENCE = re.compile(r"[.!?…。！？][\"'”’)\]]*$")
_FIELD = re.compile(r"^(language|title)\s*:\s*(.+)$", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """What one voice says at one time. Times are in seconds from the beginning."""

    start: float
    end: float
    voice: str
    """Who speaks, or empty where that is not said."""
    words: str
    turn: bool = False
    """Whether somebody else begins to speak, though it is not said who."""


def extract(path: Path, name: str) -> Extracted:
    """A page for every two minutes or so; its label is the time at which it begins: ``12:30``.

    Raises `Damaged` where nothing in it is said at any time.
    """
    raw, warnings = decode(path.read_bytes())
    found = _parsed(raw.lstrip("\ufeff"), name)
    lines = list(_without_repeats(_lines(found.captions)))
    if not lines:
        raise Damaged(f"{name} holds no words with a time: look for the whole file and add that one.")
    pages = tuple(
        Page(number, clock(part[0].start), "", tidy.text("\n\n".join(_paragraphs(part))))
        for number, part in enumerate(_sections(lines), 1)
    )
    stated = {key.lower(): tidy.line(value) for key, value in _header(found)}
    title = describe.choose(stated=(stated.get("title", ""),), name=name)
    return Extracted(
        pages=pages,
        title=title.words,
        title_from=title.found,
        language=facts.language(stated.get("language", "")),
        warnings=(*warnings, *title.warnings, *facts.lost_characters(pages)),
    )


def clock(seconds: float) -> str:
    """A time as players show it: ``0:07``, ``12:30``, ``1:02:10``."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def _parsed(raw: str, name: str) -> WebVTT:
    try:
        return WebVTT.from_buffer(io.StringIO(raw), format="vtt" if raw.startswith("WEBVTT") else "srt")
    except (MalformedFileError, MalformedCaptionError, ValueError):
        raise Damaged(
            f"{name} begins as captions do and goes on otherwise: export it again and add that copy."
        ) from None


def _header(found: WebVTT) -> Iterator[tuple[str, str]]:
    """What the head of a WebVTT file states: ``WEBVTT - A talk about hope``, ``Language: en``."""
    yield "title", found.header_text.lstrip(" -–:")
    for said in [*found.metadata, *found.header_comments]:
        field = _FIELD.match(said.strip())
        if field:
            yield field.group(1), field.group(2)


def _lines(captions: Iterable[Caption]) -> Iterator[Line]:
    for each in sorted(captions, key=lambda one: one.start_time.in_milliseconds()):
        start, end = each.start_time.in_milliseconds() / 1000, each.end_time.in_milliseconds() / 1000
        voice = ""
        for raw in each.raw_text.split("\n"):
            for said_by, piece in _voices(raw, voice):
                voice = said_by
                words = tidy.line(unescape(_TAG.sub("", piece)))
                spoken = _TURN.sub("", words)
                if spoken:
                    yield Line(start, end, voice, spoken, turn=spoken != words)


def _voices(raw: str, before: str) -> Iterator[tuple[str, str]]:
    """(who, words) of a line in which others may begin to speak."""
    parts = _VOICE.split(raw)
    if parts[0].strip():
        yield before, parts[0]
    for at in range(1, len(parts), 2):
        yield tidy.line(unescape(parts[at])), parts[at + 1]


def _without_repeats(lines: Iterable[Line]) -> Iterator[Line]:
    """Captions made by a machine roll: each shows the line before once more above the new one."""
    last: Line | None = None
    for line in lines:
        if last is None or line.words != last.words or line.start - last.end > _PAUSE:
            yield line
        last = line


def _sections(lines: Sequence[Line]) -> Iterator[list[Line]]:
    held: list[Line] = []
    for line in lines:
        if held:
            age = line.start - held[0].start
            if age >= LONGEST or (age >= SECTION and (_SENTENCE.search(held[-1].words) or line.turn)):
                yield held
                held = []
        held.append(line)
    if held:
        yield held


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """What is said, parted where another begins to speak, falls silent, or has said enough for one paragraph."""
    said: list[str] = []
    words, voice = 0, ""
    for at, line in enumerate(lines):
        last = lines[at - 1] if at else line
        ended = bool(_SENTENCE.search(last.words))
        if said and (
            line.voice != last.voice
            or line.turn
            or (line.start - last.end > _PAUSE and ended)
            or (words > _PARAGRAPH and ended)
        ):
            yield " ".join(said)
            said, words = [], 0
        if not said and line.voice and (line.voice != voice or not at):
            said.append(f"{line.voice}:")
            voice = line.voice
        said.append(line.words)
        words += len(line.words.split())
    if said:
        yield " ".join(said)
