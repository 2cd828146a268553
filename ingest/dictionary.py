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

MOST_WORDS = 300
"""Words that are read from one Dictionary; no booklet has as many."""
LONGEST_WORD = 60

_TITLE = re.compile(
    r"^(?:\d+\.?\s+)?(?:our\s+|the\s+)?(?:dictionary|glossary|word\s?(?:list|bank)|list\s+of\s+words"
    r"|(?:hard|key|difficult|new)\s+words|what\s+(?:(?:do\s+)?(?:the|these|some|our)\s+)?(?:\w+\s+)?words\s+mean"
    r"|meanings?\s+of\s+(?:the\s+)?words|words\s+(?:and\s+(?:their\s+|what\s+they\s+)?mean(?:ings?)?|explained))"
    r"(?:\s+(?:of\s+(?:words|terms)|section|explained))?\s*[:.?]?$",
    re.IGNORECASE,
)
_END = re.compile(
    r"^(?:more information|for more|find out more|contact|help now|get(?:ting)? help|where to|who to|"
    r"about (?:us|this)|thank|acknowledg|references?|sources?|notes?$|who (?:made|wrote)|credits?|images?|"
    r"pictures?|appendix|index$)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"©|copyright|\bCC BY|https?://|\bwww\.|^page \d+|^\d+$|^written (?:by|for) |^version \d|\bISBN\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"^(?:for (?:example|instance)|examples?|e\.?g\.?)(?:\s*[:,.–-]\s*|\s+|$)", re.IGNORECASE)
_INLINE_EXAMPLE = re.compile(r"(?<=[.!?])\s+(?=(?:for (?:example|instance)|e\.g\.)[\s,:])", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[•▪◦‣–*-]\s+")
_BOLD = re.compile(r"^(?:\*\*|__)(?P<word>[^*_]{1,60}?)(?P<mark>:?)(?:\*\*|__)(?P<rest>.*)$", re.DOTALL)
_MARKED = re.compile(r"^(?P<word>[^:.!?\t–—]{1,60}?)(?:\s*\t+\s*|:\s+|:$|\s+[–—-]\s+)(?P<rest>.*)$", re.DOTALL)
_RUN_IN = re.compile(r"^(?P<word>[a-z][\w’'-]*(?: [a-z][\w’'-]*){0,4}) (?P<rest>(?:[“\"‘])?[A-Z].*)$", re.DOTALL)
_CARRYING_ON = (
    "a an and are as at because but by can for from he her his how if in is it its may my not of on or our she so "
    "some such than that the their them then there these they this to too up was we what when where which who why "
    "will with you your"
)
_NEVER_FIRST = frozenset(_CARRYING_ON.split())
_LOST = re.compile("\ufffd+")


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
    """The text of that page before the title."""
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
    """The Dictionary of `pages` cut into its words, no text of it lost; None where there is none.

    A booklet may name its Dictionary in a table of contents first, and may print the name on top of each of its
    pages: the last one that words follow is taken, without those that only repeat it.
    """
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
    """A page's text before the last line that is a title."""
    lines = text.split("\n")
    last = max((at for at, line in enumerate(lines) if _TITLE.match(_plain(line))), default=0)
    return "\n".join(lines[:last])


@dataclass(frozen=True, slots=True)
class _Paragraph:
    page: int
    text: str
    """Lines, with their breaks."""
    is_heading: bool = False

    @property
    def is_title(self) -> bool:
        return bool(_TITLE.match(_plain(self.text)))


def _paragraphs(pages: Sequence[Page]) -> Iterator[_Paragraph]:
    before = ""
    for page in pages:
        if page.heading and page.heading != before:
            yield _Paragraph(page.number, _plain(page.heading), is_heading=True)
        before = page.heading
        for block in re.split(r"\n[^\S\n]*\n\s*", _LOST.sub(" ", page.text)):
            lines = [line for line in block.split("\n") if line.strip()]
            for piece in _pieces(lines):
                yield _Paragraph(page.number, piece)


def _pieces(lines: list[str]) -> Iterator[str]:
    """A block's lines, parted again where one begins a word of its own, a bullet, a row or an example.

    A title stands alone even where text taken from a page has it in one block with what is above or below it.
    """
    held: list[str] = []
    for line in lines:
        if held and (_begins(line) or _TITLE.match(_plain(held[-1]))):
            yield "\n".join(held)
            held = []
        held.append(line)
    if held:
        yield "\n".join(held)


def _begins(line: str) -> bool:
    marked = line.startswith("| ") or _BULLET.match(line) or _EXAMPLE.match(line) or _TITLE.match(_plain(line))
    return bool(marked) or _opens(line)


def _opens(line: str) -> bool:
    """Whether a line within a block surely begins a word: one that is set apart by a sign or in bold."""
    clean = line.lstrip()
    marked = _BOLD.match(clean) or (
        _MARKED.match(clean) if "\t" in clean or " – " in clean or ": " in clean else None
    )
    return bool(marked and _is_word(marked["word"]) and not _EXAMPLE.match(clean))


def _cut(paragraphs: list[_Paragraph]) -> tuple[list[Part], int]:
    """The words of a Dictionary, and at which paragraph it ends."""
    found: list[Part] = []
    manner = _Manner()
    at = 0
    while at < len(paragraphs):
        here = paragraphs[at]
        after = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
        if here.is_title or (_END.match(_plain(here.text)) and len(here.text.split()) < 8 and found):
            break
        if here.is_heading and found and not manner.is_word(here.text):
            break
        word, rest = manner.split(here, after)
        if word:
            found.append(Part(word, [], here.page))
        elif not found:
            found.append(Part("", [], here.page))
        if rest:
            found[-1].paragraphs.append((here.page, _joined(rest)))
        at += 1
    return found, at


class _Manner:
    """How this Dictionary writes its words, learnt from its first one: in small letters or with a capital."""

    def __init__(self) -> None:
        self.small: bool | None = None

    def split(self, here: _Paragraph, after: _Paragraph | None) -> tuple[str, str]:
        """The word that a paragraph begins, if it does, and the rest of its text."""
        text = here.text.strip()
        if here.is_heading:
            return self._known(text), ""
        if _EXAMPLE.match(_BULLET.sub("", text)):
            return "", text
        if text.startswith("| "):
            return self._of_row(text)
        if _FURNITURE.search(text):
            return "", text
        for word, rest in self._ways(_BULLET.sub("", text), bulleted=bool(_BULLET.match(text)), after=after):
            if rest is not None and self.is_word(word):
                return self._known(word), rest
        return "", text

    def is_word(self, text: str) -> bool:
        """Whether `text` could be a word here."""
        clean = _clean(text)
        if not _is_word(clean) or _END.match(clean):
            return False
        small = clean[:1].islower()
        return self.small is None or self.small == small or clean.split()[0].isupper()

    def _known(self, word: str) -> str:
        clean = _clean(word)
        if self.small is None and not clean.split()[0].isupper():
            self.small = clean[:1].islower()
        return clean

    def _of_row(self, text: str) -> tuple[str, str]:
        cells = [cell.strip() for cell in text.removeprefix("| ").split(" | ")]
        heads = {"word", "words", "term", "meaning", "what it means", "definition", "example"}
        if len(cells) < 2 or _clean(cells[0]).lower() in heads or not _is_word(_clean(cells[0])):
            return "", "" if _clean(cells[0]).lower() in heads else text
        return self._known(cells[0]), "\n".join(filter(None, cells[1:]))

    def _ways(self, text: str, *, bulleted: bool, after: _Paragraph | None) -> Iterator[tuple[str, str | None]]:
        for pattern in (_BOLD, _MARKED):
            match = pattern.match(text)
            if match:
                yield match["word"], match["rest"].lstrip(" :–—-\t")
        if bulleted:
            return
        first, _, rest = text.partition("\n")
        if (
            rest
            and rest.lstrip()[:1] in rest.lstrip()[:1].upper()
            and not first.rstrip().endswith((".", "!", "?", ","))
        ):
            yield first, rest
        run_in = _RUN_IN.match(text)
        if run_in and self.small is not False:
            yield run_in["word"], run_in["rest"]
        if not rest and after is not None and not after.is_heading and _begins_sentence(after.text):
            yield first, ""


def _begins_sentence(text: str) -> bool:
    return text.strip()[:1].isupper() and not _EXAMPLE.match(text) and len(text.split()) > 3


def _is_word(text: str) -> bool:
    """At most six words, none of them one that only goes on with a sentence, and no mark that ends one."""
    clean = _clean(text)
    words = clean.split()
    return (
        0 < len(words) <= 6
        and len(clean) <= LONGEST_WORD
        and words[0].lower() not in _NEVER_FIRST
        and not re.search(r"[.!?:;,•|]$|\d{3}", clean)
        and any(each.isalpha() for each in clean)
    )


def _clean(text: str) -> str:
    return re.sub(r"^[\s*_“\"‘#>-]+|[\s*_”\"’:–—-]+$", "", _plain(text))


def _plain(text: str) -> str:
    return " ".join(_LOST.sub(" ", text).replace("**", "").replace("__", "").split())


def _joined(text: str) -> str:
    lines = [_plain(line) for line in text.split("\n")]
    return " ".join(line for line in lines if line)


def _meaning(part: Part) -> Meaning:
    said: list[str] = []
    examples: list[str] = []
    listing = False
    for _, paragraph in part.paragraphs:
        first, *more = _INLINE_EXAMPLE.split(_BULLET.sub("", paragraph))
        for piece in (first, *more):
            marker = _EXAMPLE.match(piece)
            rest = piece[marker.end() :].strip() if marker else piece.strip()
            listing = listing or bool(marker and not rest)
            if _FURNITURE.search(rest) or not rest:
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
