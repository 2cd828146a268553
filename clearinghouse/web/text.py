"""Plain text of a page, cut into what a reader sees: paragraphs and bullet lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_BULLET = re.compile(r"^\s*(?:[|•●▪◦‣∙·–—*-]|\uf0b7|\uf0a7)\s+(?=\S)")
_NUMBERED = re.compile(r"^\s*(?:[0-9]{1,2}|[a-z])[.)]\s+\S")
_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[”’\"')]*\s+(?=[“‘\"'(]?[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|vs|eg|ie|al|etc)|\b[A-Za-z])\.$")
#: A line this much shorter than the longest of its paragraph was ended on purpose, not by the margin.
_SHORT = 0.6
#: So many words without a stop are a sentence that may be carried on; fewer may be one of a list of words.
_UNFINISHED = 5


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one item) or a list (an item each)."""

    kind: Literal["paragraph", "list"]
    items: tuple[str, ...]


def blocks(text: str, *, an_idea_a_line: bool = False) -> tuple[Block, ...]:
    """`text` as blocks in order. With `an_idea_a_line` (Easy Read) each sentence stands alone."""
    found: list[Block] = []
    for part in _BLANK.split(text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line for line in part.split("\n") if line.strip()]
        found.extend(_of_lines(lines))
    joined = _join_lists(_carried_on(found))
    return _sentences(joined) if an_idea_a_line else tuple(joined)


def _of_lines(lines: list[str]) -> list[Block]:
    found: list[Block] = []
    plain: list[str] = []
    for line in lines:
        bullet = _BULLET.match(line)
        if bullet:
            found.extend(_paragraphs(plain))
            plain = []
            found.append(Block("list", (line[bullet.end() :].strip(),)))
        elif found and not plain and found[-1].kind == "list" and line.lstrip()[0].islower():
            # A line that goes on in the middle of a sentence is the rest of the bullet above it.
            found[-1] = Block("list", (f"{found[-1].items[0]} {line.strip()}",))
        else:
            plain.append(line.strip())
    return found + _paragraphs(plain)


def _paragraphs(lines: list[str]) -> list[Block]:
    """Lines broken by a margin are joined again; a line ended early, or one that begins with a number, is not."""
    if not lines:
        return []
    longest = max(map(len, lines))
    found: list[str] = []
    running = ""
    for line in lines:
        if running and _NUMBERED.match(line):
            found.append(running)
            running = ""
        running = f"{running} {line}".strip()
        if len(line) < longest * _SHORT or longest > 200:
            found.append(running)
            running = ""
    if running:
        found.append(running)
    return [Block("paragraph", (each,)) for each in found]


def _carried_on(found: list[Block]) -> list[Block]:
    """Sentences that a blank line cut in two are put together, as text taken from a laid out booklet has them."""
    whole: list[Block] = []
    for block in found:
        before = whole[-1].items[-1] if whole else ""
        unfinished = len(before.split()) >= _UNFINISHED and (before[-1].isalnum() or before[-1] == ",")
        if block.kind == "paragraph" and block.items[0][:1].islower() and unfinished:
            whole[-1] = Block(whole[-1].kind, (*whole[-1].items[:-1], f"{before} {block.items[0]}"))
        else:
            whole.append(block)
    return whole


def _join_lists(found: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for block in found:
        if block.kind == "list" and joined and joined[-1].kind == "list":
            joined[-1] = Block("list", joined[-1].items + block.items)
        else:
            joined.append(block)
    return joined


def _sentences(found: list[Block]) -> tuple[Block, ...]:
    apart: list[Block] = []
    for block in found:
        if block.kind == "list":
            apart.append(block)
        else:
            apart.extend(Block("paragraph", (each,)) for each in sentences(block.items[0]))
    return tuple(apart)


def sentences(paragraph: str) -> tuple[str, ...]:
    """`paragraph` cut after each sentence; an abbreviation such as “Dr.” does not end one."""
    found: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(paragraph):
        piece = paragraph[start : end.end()].strip()
        if _ABBREVIATION.search(piece):
            continue
        found.append(piece)
        start = end.end()
    found.append(paragraph[start:].strip())
    return tuple(each for each in found if each)
