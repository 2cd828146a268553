"""The reading page put together: blocks of text with searched words marked and glossary words explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Literal

from clearinghouse.search.found import Fragments
from clearinghouse.views import EditionView, PageView, WordView
from clearinghouse.web import text
from clearinghouse.words.explaining import LONGEST_SCAN, Explainer
from ingest import Page, dictionary
from ingest.dictionary import Part, Section

#: A line of at most so many words that ends without a stop is taken for a heading; Easy Read often has no stops.
_HEADING = 12
_EASY_HEADING = 4

Mark = Callable[[str], Fragments]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not; with a `word`, the reader can open what it means."""

    fragments: Fragments
    word: WordView | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, a list item, or a part of a Dictionary."""

    pieces: tuple[Piece, ...]

    @property
    def explains(self) -> bool:
        """Whether it holds a word that can be opened."""
        return any(piece.word for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (one line), a list (a line each), or the words of a Dictionary."""

    kind: Literal["paragraph", "list", "dictionary"]
    lines: tuple[Line, ...] = ()
    entries: tuple[tuple[Line, tuple[Line, ...]], ...] = ()
    """Of a Dictionary: the word, and the lines that explain it."""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page as it is read."""

    page: PageView
    blocks: tuple[Block, ...]


def laid_out(
    pages: Sequence[PageView], before: Sequence[PageView], edition: EditionView, mark: Mark, explainer: Explainer
) -> tuple[ShownPage, ...]:
    """`pages` as they are read. `before` are pages that go before them, in which a Dictionary may have begun.

    Words are explained in English text only, on their first use on a page, and never within a Dictionary.
    """
    easy = edition.form == "easy-read"
    words = explainer if _is_english(edition) else Explainer(())
    here = dictionary.section(
        [Page(each.number, each.label, each.heading, each.text) for each in (*before, *pages)]
    )
    return tuple(ShownPage(page, _Layout(mark, words, easy=easy).of(page, here)) for page in pages)


def _is_english(edition: EditionView) -> bool:
    """A text that does not say is taken to be in the language of the site, unless it is a translation."""
    language = edition.language or ("" if edition.form == "translation" else "en")
    return language.split("-")[0].lower() == "en"


class _Layout:
    """Lays out one page; remembers which words it has explained there, and how much it has looked through."""

    def __init__(self, mark: Mark, explainer: Explainer, *, easy: bool) -> None:
        self._mark, self._explainer, self._easy = mark, explainer, easy
        self._seen: set[str] = set()
        self._scanned = 0

    def of(self, page: PageView, section: Section | None) -> tuple[Block, ...]:
        parts = [part for part in section.parts if _on(part, page)] if section else []
        if section is None or not (parts or page.number == section.first):
            return tuple(self._blocks(page.text, explained=True))
        if all(part.word == page.heading for part in parts if part.page == page.number and part.word):
            return tuple(self._blocks(page.text, explained=False))  # a heading says the word already
        above = section.above if page.number == section.first else ""
        rest = "\n\n".join(paragraph for number, paragraph in section.rest if number == page.number)
        return (
            *self._blocks(above, explained=True),
            *chain.from_iterable(self._of_parts(page.number, parts)),
            *self._blocks(rest, explained=True),
        )

    def _of_parts(self, number: int, parts: Sequence[Part]) -> Iterator[Iterator[Block]]:
        for is_entry, group in groupby(parts, lambda part: bool(part.word) and part.page == number):
            if is_entry:
                entries = tuple(self._entry(part, number) for part in group)
                yield iter((Block("dictionary", entries=entries),))
            else:
                loose = "\n\n".join(said for part in group for page, said in part.paragraphs if page == number)
                yield self._blocks(loose, explained=False)

    def _entry(self, part: Part, number: int) -> tuple[Line, tuple[Line, ...]]:
        said = "\n\n".join(paragraph for page, paragraph in part.paragraphs if page == number)
        lines = tuple(line for block in self._blocks(said, explained=False) for line in block.lines)
        return self._line(part.word, explained=False), lines

    def _blocks(self, raw: str, *, explained: bool) -> Iterator[Block]:
        for block in text.blocks(raw, an_idea_a_line=self._easy):
            words = explained and not (block.kind == "paragraph" and self._is_heading(block.items[0]))
            yield Block(block.kind, tuple(self._line(item, explained=words) for item in block.items))

    def _is_heading(self, said: str) -> bool:
        most = _EASY_HEADING if self._easy else _HEADING
        return len(said.split()) <= most and said.rstrip()[-1:].isalnum()

    def _line(self, said: str, *, explained: bool) -> Line:
        fragments = self._mark(said)
        if not explained or self._scanned > LONGEST_SCAN:
            return Line((Piece(fragments),))
        self._scanned += len(said)
        found = self._explainer.first_uses(said, self._seen)
        self._seen.update(entry.slug for _, _, entry in found)
        return Line(tuple(_pieces(fragments, found)))


def _on(part: Part, page: PageView) -> bool:
    return part.page == page.number or any(number == page.number for number, _ in part.paragraphs)


def _pieces(fragments: Fragments, found: Sequence[tuple[int, int, WordView]]) -> Iterator[Piece]:
    """`fragments`, which make up a text, cut where words stand in that text; marks go on across the cuts."""
    at = 0
    for start, end, entry in found:
        if start > at:
            yield Piece(_cut(fragments, at, start))
        yield Piece(_cut(fragments, start, end), entry)
        at = end
    rest = _cut(fragments, at, sum(len(piece) for piece, _ in fragments))
    if rest:
        yield Piece(rest)


def _cut(fragments: Fragments, start: int, end: int) -> Fragments:
    kept: list[tuple[str, bool]] = []
    at = 0
    for piece, marked in fragments:
        inside = piece[max(0, start - at) : max(0, end - at)]
        if inside:
            kept.append((inside, marked))
        at += len(piece)
    return tuple(kept)
