"""Text without pages of its own, cut where its headings stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest import tidy
from ingest.extracted import Page

LONG = 900
"""Words in a section above which it is cut again, so that a search can point at a place in it."""
TARGET = 500
"""Words such a part should have."""
_DEEPEST = 3
"""Headings below this level stay in the text: a page of two lines helps no one."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or table row, or a heading (`level` 1 to 6; 0 is text)."""

    text: str
    level: int = 0


def cut(blocks: Iterable[Block], *, title: str = "") -> tuple[Page, ...]:
    """Pages from `blocks`, one a heading, in order; headings with nothing below lead the next page's text.

    A heading equal to `title` is not repeated in the text. Empty when there is no text at all.
    """
    found: list[Page] = []
    for heading, paragraphs in _headed(blocks, tidy.line(title).casefold()):
        for part in parts(paragraphs):
            number = len(found) + 1
            found.append(Page(number, str(number), heading, part))
    return tuple(found)


def parts(paragraphs: list[str], *, long: int = LONG, target: int = TARGET) -> Iterator[str]:
    """`paragraphs` as one text, or as several of about `target` words where there are more than `long`."""
    counts = [tidy.count_words(paragraph) for paragraph in paragraphs]
    if sum(counts) <= long:
        yield join(paragraphs)
        return
    held: list[str] = []
    words = 0
    for paragraph, count in zip(paragraphs, counts, strict=True):
        for piece in _lines_of(paragraph, target) if count > long else [paragraph]:
            size = tidy.count_words(piece)
            if held and words + size > target * 1.3:
                yield join(held)
                held, words = [], 0
            held.append(piece)
            words += size
    if held:
        yield join(held)


def join(paragraphs: Iterable[str]) -> str:
    """Paragraphs with a blank line between, list items on lines of their own."""
    joined = ""
    for paragraph in paragraphs:
        if not joined:
            joined = paragraph
        elif is_item(paragraph) and _same_list(paragraph, joined.rsplit("\n", 1)[-1]):
            joined += "\n" + paragraph
        else:
            joined += "\n\n" + paragraph
    return joined


def is_item(paragraph: str) -> bool:
    """Whether a paragraph is an item of a list, or a row of a table."""
    return paragraph.startswith(("• ", "– ", "| ")) or paragraph[:3].rstrip(".) ").isdigit()


def _same_list(paragraph: str, last: str) -> bool:
    return is_item(last) and paragraph.startswith("| ") == last.startswith("| ")


def _headed(blocks: Iterable[Block], title: str) -> Iterator[tuple[str, list[str]]]:
    heading, held, carried = "", list[str](), list[str]()
    for block in blocks:
        clean = tidy.text(block.text) if not block.level else tidy.line(block.text)
        if not clean:
            continue
        if not block.level or block.level > _DEEPEST:
            held.append(clean)
            continue
        if held:
            yield heading, carried + held
            carried = []
        elif heading and heading.casefold() != title:
            carried.append(heading)
        heading, held = clean, []
    if held or carried or heading:
        yield heading, carried + held


def _lines_of(paragraph: str, target: int) -> list[str]:
    """One very long paragraph in pieces of whole lines, or of words where there are no lines."""
    lines = paragraph.split("\n")
    if len(lines) > 1:
        return lines
    words = paragraph.split(" ")
    return [" ".join(words[at : at + target]) for at in range(0, len(words), target)]
