"""The Dictionary that an Easy Read booklet ends in: its words, what they mean, and the examples it gives.

It is read from the text of pages, so it works on every format. What a word looks like differs: a heading of
its own, a line of its own, ``word: meaning``, ``word – meaning``, a row of a table, or a word in small letters
with its meaning right after it, as text taken from two columns has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.extracted import Page
from ingest.headwords import (
    EXAMPLE,
    LOST,
    Manner,
    begins,
    ends,
    has_title,
    is_furniture,
    is_title,
    plain,
    without_bullet,
)

_INLINE_EXAMPLE = re.compile(r"(?<=[.!?])\s+(?=(?:for (?:example|instance)|e\.g\.)[\s,:])", re.IGNORECASE)

MOST_WORDS = 300
"""Words that are read from one Dictionary; no booklet has as many."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One word of a Dictionary, as the document explains it."""

    word: str
    meaning: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A Dictionary where it stands in its document."""

    first: int
    """Number of the page on which its title stands."""
    above: str
    """The text of that page down to its title, that too; empty where the title is the page's heading."""
    parts: tuple[Part, ...]
    rest: tuple[tuple[int, str], ...]
    """What follows the Dictionary: number of the page and text, paragraph by paragraph."""


@dataclass(slots=True)
class Part:
    """A stretch of it: a word with the paragraphs below it, or text that explains none (`word` empty)."""

    word: str
    paragraphs: list[tuple[int, str]]
    """Number of the page and the paragraph, its lines joined."""
    page: int


def read(pages: Sequence[Page]) -> tuple[Meaning, ...]:
    """Every word of the Dictionary in `pages`, in order; empty where there is no Dictionary."""
    here = section(pages)
    found = [_meaning(part) for part in here.parts if part.word] if here else []
    kept = [each for each in found if each.meaning]
    return tuple({each.word.casefold(): each for each in reversed(kept)}.values())[::-1][:MOST_WORDS]


def section(pages: Sequence[Page]) -> Section | None:
    """The Dictionary of `pages` cut into its words; None where there is none. No text of it is lost, but the
    head of a table.

    A booklet may name its Dictionary in a table of contents first, and may print the name on top of each of its
    pages: the last one that words follow is taken, without those that only repeat it.
    """
    if not any(has_title(page.heading) or has_title(page.text) for page in pages):
        return None
    paragraphs = list(_paragraphs(pages))
    titles = [at for at, each in enumerate(paragraphs) if each.is_title]
    while len(titles) > 1 and paragraphs[titles[-1]].page - paragraphs[titles[-2]].page == 1:
        del paragraphs[titles.pop()]
    for start in reversed(titles):
        found, end = _cut(paragraphs[start + 1 :])
        if any(part.word for part in found):
            title, rest = paragraphs[start], paragraphs[start + 1 + end :]
            above = (
                "" if title.is_heading else _above(next(page for page in pages if page.number == title.page).text)
            )
            left = tuple((each.page, each.text) for each in rest if not each.is_heading)
            return Section(title.page, above, tuple(found), left)
    return None


def _above(text: str) -> str:
    """A page's text down to the last line that is a title."""
    lines = text.split("\n")
    last = max((at for at, line in enumerate(lines) if is_title(line)), default=-1)
    return "\n".join(lines[: last + 1])


@dataclass(frozen=True, slots=True)
class _Paragraph:
    page: int
    text: str
    """Lines, with their breaks."""
    is_heading: bool = False

    @property
    def is_title(self) -> bool:
        return is_title(self.text)


def _paragraphs(pages: Sequence[Page]) -> Iterator[_Paragraph]:
    before = ""
    for page in pages:
        if page.heading and page.heading != before:
            yield _Paragraph(page.number, plain(page.heading), is_heading=True)
        before = page.heading
        for block in re.split(r"\n[^\S\n]*\n\s*", LOST.sub(" ", page.text)):
            lines = [line for line in block.split("\n") if line.strip()]
            for piece in _pieces(lines):
                yield _Paragraph(page.number, piece)


def _pieces(lines: list[str]) -> Iterator[str]:
    """A block's lines, parted again where one begins a word of its own, a bullet, a row or an example.

    A title stands alone even where text taken from a page has it in one block with what is above or below it.
    """
    held: list[str] = []
    for line in lines:
        if held and (begins(line) or is_title(held[-1])):
            yield "\n".join(held)
            held = []
        held.append(line)
    if held:
        yield "\n".join(held)


def _cut(paragraphs: list[_Paragraph]) -> tuple[list[Part], int]:
    """The words of a Dictionary, and at which paragraph it ends."""
    found: list[Part] = []
    manner = Manner()
    at = 0
    while at < len(paragraphs):
        here = paragraphs[at]
        if here.is_title or (found and ends(here.text)):
            break
        if here.is_heading:
            word, rest = manner.heading(here.text), ""
            if found and not word:
                break
        else:
            after = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
            word, rest = manner.split(here.text, after.text if after and not after.is_heading else "")
        if word:
            found.append(Part(word, [], here.page))
        elif not found:
            found.append(Part("", [], here.page))
        if rest:
            found[-1].paragraphs.append((here.page, _joined(rest)))
        at += 1
    return found, at


def _joined(text: str) -> str:
    lines = [plain(line) for line in text.split("\n")]
    return " ".join(line for line in lines if line)


def _meaning(part: Part) -> Meaning:
    said: list[str] = []
    examples: list[str] = []
    listing = False
    for _, paragraph in part.paragraphs:
        first, *more = _INLINE_EXAMPLE.split(without_bullet(paragraph))
        for piece in (first, *more):
            marker = EXAMPLE.match(piece)
            rest = piece[marker.end() :].strip() if marker else piece.strip()
            listing = listing or bool(marker and not rest)
            if is_furniture(rest) or not rest:
                continue
            if marker or listing:
                _put(examples, rest)
            elif not examples:
                said.append(rest)
    return Meaning(_word(part.word, " ".join(said)), _sentence(" ".join(said)), tuple(map(_sentence, examples)))


def _put(examples: list[str], rest: str) -> None:
    """Another example, or the end of the one before where a blank line fell into the middle of a sentence."""
    if examples and rest[:1].islower() and not examples[-1].endswith((".", "!", "?")):
        examples[-1] += f" {rest}"
    else:
        examples.append(rest)


def _sentence(text: str) -> str:
    if not text:
        return ""
    ended = text if text.endswith((".", "!", "?", "”", "…", ")")) else f"{text}."
    return ended[:1].upper() + ended[1:]


def _word(word: str, meaning: str) -> str:
    """The word as it stands within a sentence: without the capital of a heading, unless it is a name."""
    first, _, rest = word.partition(" ")
    is_name = (
        rest != rest.lower()
        or first[1:] != first[1:].lower()
        or re.search(rf"[a-z,] {re.escape(word)}\b", meaning)
    )
    return word if is_name else word[:1].lower() + word[1:]
