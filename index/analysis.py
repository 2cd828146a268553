"""How text becomes words: the same for documents, for questions and for marking.

Lower case, accents folded, apostrophes dropped (``worker's`` is ``worker``). A hyphenated word is its
parts side by side and also one word, so that ``co-design``, ``co design`` and ``codesign`` find each
other. DOIs, ISBNs and course codes stay whole. The number of a certificate, level or part is in digits
however it is written: ``Cert IV``, ``certificate four`` and ``Certificate 4`` are one. Chinese and
Japanese, which write no spaces, go a character at a time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from index.remembered import Remembered
from index.stemming import stem

LONGEST_WORD = 64
"""Characters of a word that count; longer runs are noise from broken text."""

_STOP_WORDS = """
a about am an and any are aren as at be been being but by can could d did do does doing don for from
had has have having he her here hers him his how i if in into is it its itself just ll m me my of on or
our ours out re s she should so some such t than that the their theirs them then there these they this
those to too up us ve very was we were what when where which while who whom why will with would you
your yours dont im ive id isnt cant whats
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing of what a question is about: left out unless quoted or alone."""


class Word(NamedTuple):
    """One word of a run of text."""

    text: str
    """Folded, whole: what a reader would recognise."""
    stem: str
    offset: int
    """Places after the beginning of the run."""


class Run(NamedTuple):
    """What one unbroken run of characters (``co-design``) is made of."""

    words: tuple[Word, ...]
    width: int
    """How many places it takes among the words around it."""


def _marks() -> str:
    """Character class of the signs written above, below and after letters, in every script."""
    spans: list[list[int]] = []
    for code in range(0x300, 0x10000):
        if unicodedata.category(chr(code)) in ("Mn", "Mc"):
            if spans and spans[-1][1] == code - 1:
                spans[-1][1] = code
            else:
                spans.append([code, code])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in spans)


_SOFT_HYPHEN = "\u00ad"
_MARKS = rf"[{_SOFT_HYPHEN}{_marks()}]"
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W_{_UNSPACED}]"
_LETTERS = rf"{_LETTER}+(?:{_MARKS}+{_LETTER}*)*"
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DIGITS = {name: str(at % 10 + 1) for at, name in enumerate((*_NUMERALS, *_NUMBERS))}
"""Numbers up to ten, as they are written in words and by the Romans, to their digits."""
_NOT_I = "|".join(sorted((*_NUMERALS[1:], *_NUMBERS), key=len, reverse=True))
_COUNTED = "level|module|part|stage|step|unit|chapter|volume|vol|section|phase|tier|grade|type|year"
_CERTIFICATE = r"cert(?:ificate)?s?\b\.?[\s\xa0]{1,3}"
_NUMBERED = (
    rf"(?=[cglmpstuvyCGLMPSTUVY])(?<![^\W_])(?ai:{_CERTIFICATE}(?:{_NOT_I}|i)|cert(?:iv|iii|ii|[1-4])|"
    # "Part I" at the end of something; but "the part I played".
    rf"(?:{_COUNTED})s?\b\.?[\s\xa0]{{1,3}}(?:{_NOT_I}|i(?!\s+\w)))(?!\w|[-‐‑'’ʼ＇]\w)"
)
_COUNTED_LAST = re.compile(rf"(?ai:cert|certificate|{_COUNTED})[sS]?\.?\Z")
_NUMERAL_FIRST = re.compile(rf"(?ai:{_NOT_I}|i)(?!\w)")
_DOI = r"10\.\d{4,9}/[^\s\"<>“”]+"
RUN = re.compile(rf"{_DOI}|{_NUMBERED}|[{_UNSPACED}]|{_LETTERS}(?:[-‐‑'’ʼ＇]{_LETTERS})*")
"""A run of characters that `run` reads."""
_ASCII_RUN = re.compile(rf"10\.\d{{4,9}}/[^\s\"<>]+|{_NUMBERED}|[A-Za-z0-9]+(?:[-'][A-Za-z0-9]+)*")
"""What `RUN` finds in plain ASCII, in a third of the time."""

_WITH_NUMBER = re.compile(_NUMBERED)
_COUNTED_AND_NUMBER = re.compile(r"(cert(?=i+v?$|\d)|[a-z]+)\W*([a-z]+|\d)$")

_APOSTROPHES = re.compile("[’ʼ＇]")
_HYPHENS = re.compile("[-‐‑]")
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u00ad]")


def fold(text: str) -> str:
    """`text` in lower case without accents, and with one form for each character."""
    if text.isascii():
        return text.lower()
    # Twice, because taking signs apart yields capitals (of 𝐀) and casefolding signs to take apart.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


def numbers_in_digits(text: str) -> str:
    """`text` with the numbers of certificates, levels and the like in digits: ``cert 4`` for ``Cert IV``."""
    return _WITH_NUMBER.sub(lambda found: " ".join(_counted(found[0])), text)


def _counted(raw: str) -> tuple[str, str]:
    """What is numbered, and its number in digits."""
    found = _COUNTED_AND_NUMBER.match(raw.lower())
    assert found is not None
    return found[1], DIGITS.get(found[2], found[2])


def _texts(raw: str) -> list[str]:
    """The parts of `raw`, folded: one, or several for a hyphenated word."""
    if raw.isascii() and raw.isalnum() and raw[:4].lower() != "cert":  # nearly every word
        return [raw.lower()[:LONGEST_WORD]]
    if _WITH_NUMBER.fullmatch(raw):
        return list(_counted(raw))
    text = fold(raw)
    if text.startswith("10.") and "/" in text:
        return [text.rstrip(".,;:)]}'’")[: 4 * LONGEST_WORD]]
    text = _APOSTROPHES.sub("'", text)
    parts = [part.removesuffix("'s").replace("'", "") for part in _HYPHENS.split(text)]
    return [part[:LONGEST_WORD] for part in parts if part]


def _run(raw: str) -> Run:
    parts = _texts(raw)
    words = [Word(part, stem(part), place) for place, part in enumerate(parts)]
    if len(parts) > 1 and not _WITH_NUMBER.fullmatch(raw) and (len(parts) <= 3 or "".join(parts).isdigit()):
        whole = "".join(parts)[:LONGEST_WORD]
        # At both ends, so that it stands next to the word before and to the word after.
        words += [Word(whole, stem(whole), place) for place in (0, len(parts) - 1)]
    return Run(tuple(words), len(parts))


_runs = Remembered(_run, limit=30_000)


def run_pattern(text: str) -> re.Pattern[str]:
    """`RUN`, or what finds the same in `text` faster."""
    return _ASCII_RUN if text.isascii() else RUN


def raw_runs(text: str) -> list[str]:
    """Every match of `RUN` in `text`, in order."""
    return run_pattern(text).findall(text)


CERTIFICATE_AND_NUMBER = "<>"
"""What `numbered` gives a chunk that ends as the first does, and the chunk behind it that begins as the second."""


def numbered(chunk: str) -> str:
    """Signs for whether `chunk`, a stretch without white space, may be one word with what is beside it.

    ``<`` where it ends like the first of ``Cert IV``, ``>`` where it begins like the second, both or ``-``.
    """
    return ">" * bool(_NUMERAL_FIRST.match(chunk)) + "<" * bool(_COUNTED_LAST.search(chunk)) or "-"


def run(raw: str) -> Run:
    """Read one match of `RUN`."""
    return _runs[raw]


def runs(text: str) -> Iterator[tuple[int, int, Run]]:
    """Each run of `text` with where it begins and ends, in characters."""
    for match in run_pattern(text).finditer(text):
        yield match.start(), match.end(), _runs[match.group()]


Way = tuple[tuple[int, str], ...]
"""How words may stand in a document: a row of (place, stem)."""


def sequences(text: str) -> tuple[Way, ...]:
    """The ways `text` may stand in a document. Asked several times for each word of a question.

    One way for most text; two where it has hyphenated words, written apart or as one.
    """
    return _sequences[text]


def _sequences_of(text: str) -> tuple[Way, ...]:
    apart: list[tuple[int, str]] = []
    joined: list[tuple[int, str]] = []
    place = place_joined = 0
    for _, _, read in runs(text):
        parts, wholes = read.words[: read.width], read.words[read.width :]
        apart += [(place + word.offset, word.stem) for word in parts]
        place += read.width
        for word in wholes[:1] or parts:
            joined.append((place_joined, word.stem))
            place_joined += 1
    ways = (tuple(apart), tuple(joined))
    return tuple(dict.fromkeys(way for way in ways if way))


_sequences = Remembered(_sequences_of, limit=10_000)


def is_stop_word(text: str) -> bool:
    """Whether `text`, as typed, is only words that say nothing of what a question is about."""
    return _stop_words[text]


def _says_nothing(text: str) -> bool:
    words = [word.text for _, _, read in runs(text) for word in read.words[: read.width]]
    return all(word in STOP_WORDS for word in words)


_stop_words = Remembered(_says_nothing, limit=10_000)
