"""Rich Text Format: striprtf gives the words; headings and properties are read from its control words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from ingest import office, rtf_deleted, sections, tidy
from ingest.errors import Damaged
from ingest.extracted import Extracted
from ingest.sections import Block

_MARK = "\ue000"
"""Put before the words of a heading, with the digit of its level; no text has it, for it means nothing."""
_NOTE, _NOTE_ENDS = "\ue001", "\ue002"
"""Put around the words of a foot or end note, which stand in the middle of the sentence they belong to."""
_NOTED = re.compile(f"{_NOTE}([^{_NOTE}{_NOTE_ENDS}]*){_NOTE_ENDS}")
_NOTED_HERE = "\ue003"
_STRAY = re.compile(f"[{_NOTE}{_NOTE_ENDS}]")
_GROUP_OF_NOTE = re.compile(r"\\[{}\\]|(\{\s*(?:\\\*)?\s*\\footnote(?![a-z]))|[{}]")
_OUTLINE = re.compile(r"\\outlinelevel([0-8])(?![0-9]) ?")
_STYLESHEET = re.compile(r"\{\\stylesheet\b")
_FIELD = re.compile(r"\{\\(title|author|subject|keywords|company)\s")
_KNOWN = {"company": "publisher"}
_LANGUAGE = re.compile(r"\\deflang(\d+)")
_LANGUAGES = {"1033": "en-US", "2057": "en-GB", "3081": "en-AU", "5129": "en-NZ", "1040": "it", "1032": "el"}
_MOST = 64 * 1024 * 1024
"""Bytes read: pictures can make a short text very long."""


def extract(path: Path, name: str) -> Extracted:
    """The text cut at its headings, and its information group. Raises `Damaged` where it cannot be read."""
    with path.open("rb") as file:
        raw = file.read(_MOST).decode("latin-1")  # RTF is 7-bit; what is not is said by escapes
    try:
        said = _words(_with_notes(_marked(rtf_deleted.without(raw))))
    except (ValueError, KeyError, IndexError, LookupError, OverflowError):
        raise Damaged(
            f"{name} is not a whole RTF document: open it in a word processor, save it again and add that copy."
        ) from None
    blocks = list(_blocks(said))
    heading = next((block.text for block in blocks if block.level == 1), "")
    stated = _stated(raw)
    return office.described(sections.cut(blocks, title=heading), name, stated=stated, heading=heading)


def _words(raw: str) -> str:
    return str(rtf_to_text(raw, errors="replace"))  # type: ignore[no-untyped-call]


def _marked(raw: str) -> str:
    """`raw` with a mark in the text wherever a paragraph says that it is a heading (RTF 1.9.1, outline level)."""
    styles = _group(raw, _STYLESHEET)
    if not styles:
        return _OUTLINE.sub(_mark, raw)
    before, after = raw.split(styles, 1)
    return _OUTLINE.sub(_mark, before) + styles + _OUTLINE.sub(_mark, after)


def _with_notes(raw: str) -> str:
    """`raw` with the groups of its notes as text between two marks; striprtf would leave them out."""
    if "\\footnote" not in raw:
        return raw
    parts, end, open_groups = list[str](), 0, list[bool]()
    for found in _GROUP_OF_NOTE.finditer(raw):
        if found.group(1):
            parts += [raw[end : found.start()], "{", _said(_NOTE)]
            end = found.end()
        elif found.group() == "}" and open_groups and open_groups.pop():
            parts += [raw[end : found.start()], _said(_NOTE_ENDS)]
            end = found.start()
        if found.group()[0] == "{":
            open_groups.append(bool(found.group(1)))
    return "".join([*parts, raw[end:]])


def _said(mark: str) -> str:
    """`mark` as RTF says it, whatever the text around says of how its letters are escaped."""
    return f"{{\\uc1\\u{ord(mark)}?}}"


def _mark(found: re.Match[str]) -> str:
    return f"\\u57344?{int(found.group(1)) + 1} "


def _group(raw: str, start: re.Pattern[str]) -> str:
    """The group that begins where `start` first matches, braces and all; empty where there is none or no end."""
    found = start.search(raw)
    if not found:
        return ""
    depth = 0
    for brace in re.finditer(r"\\[{}\\]|[{}]", raw[found.start() :]):
        if brace.group() in "{}":
            depth += 1 if brace.group() == "{" else -1
            if not depth:
                return raw[found.start() : found.start() + brace.end()]
    return ""


def _blocks(said: str) -> Iterator[Block]:
    notes = enumerate(_NOTED.findall(said), 1)
    for line in _STRAY.sub("", _NOTED.sub(_NOTED_HERE, said)).split("\n"):
        yield from _line(line.replace(_NOTED_HERE, ""))
        for number, note in islice(notes, line.count(_NOTED_HERE)):
            words = tidy.line(re.sub(rf"{_MARK}[1-9]", "", note))
            if words:
                yield Block(f"[{number}] {words}")


def _line(line: str) -> Iterator[Block]:
    marked = re.match(rf"^\s*{_MARK}([1-9])", line)
    words = tidy.text(re.sub(rf"{_MARK}[1-9]", "", line))
    if not words:
        return
    if marked:
        yield Block(words, min(6, int(marked.group(1))))
    elif words.endswith("|"):
        yield Block("| " + " | ".join(cell.strip() for cell in words.strip("|").split("|")))
    else:
        yield Block(words)


def _stated(raw: str) -> dict[str, str]:
    info = _group(raw, re.compile(r"\{\\info\b"))
    found: dict[str, str] = {}
    for field in _FIELD.finditer(info):
        words = _group(info[field.start() :], _FIELD)
        inside = words[field.end() - field.start() : -1]
        key = _KNOWN.get(field.group(1), field.group(1))
        found[key] = tidy.line(_words("{\\rtf1 " + inside + "}"))
    language = _LANGUAGE.search(raw[:4096])
    if language and language.group(1) in _LANGUAGES:
        found["language"] = _LANGUAGES[language.group(1)]
    return found
