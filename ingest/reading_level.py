"""How many years of schooling a text asks of its reader.

By the Coleman-Liau index: 0.0588 L - 0.296 S - 15.8, where L is letters and digits, and S sentences, for each
hundred words (M. Coleman and T. L. Liau, 1975, "A computer readability formula designed for machine scoring",
Journal of Applied Psychology 60(2):283-284, https://doi.org/10.1037/h0076540). All of it can be counted without
error. Other formulas (Flesch-Kincaid, SMOG) count syllables, for which English has no rule: that takes a big
dictionary, or a guess that goes wrong on names and on the words of a field.

Like every such formula it sees long words and long sentences, and nothing of whether a text makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.extracted import Page

FEWEST_WORDS = 100
"""A shorter text says too little: the formula is defined over hundreds of words."""
_MOST_SIGNS = 1_000_000
"""As much of a very long document as is looked at."""
_LEAST, _MOST = 1.0, 18.0
"""Years that are said: below lies no school, above no more of it."""

_BLANK = re.compile(r"\n[^\S\n]*\n")
_ITEM = re.compile(r"^\s*(?:[•●▪◦‣∙·–—*\uf0b7\uf0a7-]|(?:[0-9]{1,2}|[a-z])[.)])\s+")
_SENTENCE = re.compile(r"(?<![.!?…])[.!?…]++[”’\"')\]]*+(?=\s+[“‘\"'(\[]?[A-Z0-9]|\s*$)")
_ABBREVIATED = re.compile(r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|vs|eg|ie|al|etc|e\.g|i\.e)|\b[A-Z])\.$")
_LONGEST_ABBREVIATION = 12
_NO_WORD = re.compile(r"://|@|www\.")
_WORD = re.compile(r"[^\W_]+(?:['’.,-]?[^\W_]+)*")
_WITHIN = "'’.,-"
"""What may stand within a word and is no letter of it."""
#: A line this much shorter than the longest beside it was ended on purpose, not by the margin.
_SHORT = 0.6
#: Words of which every English text is full, and no other language.
_ENGLISH = frozenset(
    re.findall(r"\w+", "the and of to is are you that with for this have it be they not on can or what")
)
_SHARE_OF_ENGLISH = 0.1


def years(pages: Sequence[Page], language: str | None) -> float | None:
    """Years of schooling that the text of `pages` asks for, from 1 to 18, to one decimal.

    None where that cannot be told: fewer than `FEWEST_WORDS` words, or a language that is not English, on which
    the formula was measured. `language`: BCP 47, or None where nobody says; the commonest words then tell.
    """
    if language and language.split("-")[0].lower() != "en":
        return None
    letters = words = sentences = english = 0
    for sentence in _sentences(pages):
        if _NO_WORD.search(sentence):
            sentence = " ".join(each for each in sentence.split() if not _NO_WORD.search(each))
        found = _WORD.findall(sentence)
        if not any(map(str.isalpha, sentence)):  # a page number, a row of figures
            continue
        sentences += 1
        words += len(found)
        said = "".join(found)
        letters += len(said) - sum(map(said.count, _WITHIN))
        english += sum(word.lower() in _ENGLISH for word in found)
    if words < FEWEST_WORDS or english < words * _SHARE_OF_ENGLISH:
        return None
    index = 0.0588 * (100 * letters / words) - 0.296 * (100 * sentences / words) - 15.8
    return round(min(max(index, _LEAST), _MOST), 1)


def _sentences(pages: Sequence[Page]) -> Iterator[str]:
    """Sentences, and what stands for one: a heading, an item of a list, a line of Easy Read."""
    left = _MOST_SIGNS
    for page in pages:
        for paragraph in _BLANK.split(page.text[:left].replace("\r\n", "\n")):
            for piece in _pieces(paragraph.split("\n")):
                yield from _cut(piece)
        left -= len(page.text)
        if left <= 0:
            return


def _pieces(lines: list[str]) -> Iterator[str]:
    """Lines that a margin broke, joined; lines that were ended on purpose, apart."""
    longest = max(map(len, lines), default=0)
    running: list[str] = []
    for line in lines:
        item = _ITEM.match(line)
        if item and running:
            yield " ".join(running)
            running = []
        words = (line[item.end() :] if item else line).strip()
        if words:
            running.append(words)
        if len(line) < longest * _SHORT:
            yield " ".join(running)
            running = []
    if running:
        yield " ".join(running)


def _cut(piece: str) -> Iterator[str]:
    start = 0
    for end in _SENTENCE.finditer(piece):
        last = piece[max(start, end.end() - _LONGEST_ABBREVIATION) : end.end()]
        if not _ABBREVIATED.search(last) or end.end() == len(piece):
            yield piece[start : end.end()]
            start = end.end()
    if piece[start:].strip():
        yield piece[start:]
