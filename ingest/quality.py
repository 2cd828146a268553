"""How well a page's text was read: from 0 (nothing of it makes sense) to 1.

Fonts without a table of letters, old text recognition and lost spaces leave text that looks whole to a program and
says nothing to a reader. What gives it away is that its words are none. English is judged by a word list. Of other
languages no list of ours knows the words, so there the shape of the words counts, and the commonest words of the
language (jusText's lists for 100 languages) say that it is one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from ingest import english
from ingest.extracted import UNREADABLE, Page

__all__ = ["UNREADABLE", "judged", "of", "of_text", "spoken"]

_DOUBTFUL = 0.8
"""Below this a page is looked at again, in its own language."""
_FEWEST = 6
"""Words from which something can be told."""
_MOST_WORDS = 400
"""As many words of a page as are looked at."""
_MOST_SIGNS = 8_000
_COMMON = 0.12
"""Share of a language's commonest words from which a text is in it."""
_ENGLISH = "English"
_PLAUSIBLE = 0.65
"""What a word of the right shape counts that no list knows."""
_USUAL, _FEW = 0.85, 10
"""What is taken for granted of a page, and how many of its own words count as much."""
_SPACED_OUT = 0.2
_LATIN = "\u036f"
"""The last of the letters of Latin script that stand together, with the accents after them."""
_LONG = 8
"""Letters for which a word counts once more."""
_RUN_TOGETHER = 26
"""Letters from which a word that no list knows is several without their spaces."""

_AROUND = ".,:;()?!\"'[]“”‘’"
_SKIPPED = re.compile(
    r"://|www\.|@|^[^/]*/[^/]*/|\.(?:com|org|edu|gov|net|au|uk|py|pdf)\b|[_=<>{}()\[\]]\S{0,60}\w"
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_PART = re.compile(r"[^\s\-–—/'’‘.,:;…&+·•“”\"?!|~*#()\[\]]+")
_LOST = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f\u3400-\u4dbf]")
_MISTAKEN = re.compile("[ÃÂâ][\u0080-\u00bf€™œžŸ¢£¤§©®°±¼-¾“”‘’]")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u4e00-\u9fff\uff00-\uffef]"
)
_CASED = re.compile(r"[^\W\d_]?[a-zß-öø-ÿ\u0100-\uffff]*|[A-ZÀ-ÖØ-Þ]+s?|(?:[A-Z]{0,3}[a-z]+){1,3}[A-Z]*")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}|(.)\1\1")
_VOWEL = re.compile(r"[aeiouy]")


def prepare() -> None:
    """Load the words that every text is asked for."""
    _english()
    _common(_ENGLISH)


def judged(pages: Sequence[Page]) -> tuple[Page, ...]:
    """`pages` with the quality of each that has text; one of which its reader said it keeps that."""
    language = spoken("\n".join(page.text[:_MOST_SIGNS] for page in pages if page.text)[: 2 * _MOST_SIGNS])
    return tuple(
        replace(page, quality=_of_page(page.text, language)) if page.text and page.quality is None else page
        for page in pages
    )


def _of_page(text: str, language: str | None) -> float | None:
    """The quality of a page of a document in `language`; the page may be a translation of another."""
    found = of(text, language)
    if found is not None and found < _DOUBTFUL and (own := spoken(text)) not in (language, None):
        return max(found, of(text, own) or 0.0)
    return found


def of_text(text: str) -> float | None:
    """The quality of a text by itself, in whatever language it is."""
    return of(text, spoken(text))


def of(text: str, language: str | None = None) -> float | None:
    """The quality of `text`, to two decimals; None where it holds too few words to tell.

    `language`: what `spoken` said of the document, or None where it could not.
    """
    text = text[:_MOST_SIGNS]
    signs = len(text) - text.count(" ") - text.count("\n")
    lost = len(_LOST.findall(text))
    if lost > 3 and lost > 0.3 * signs:
        return 0.0
    tokens = text.split()
    if _is_spaced_out(tokens):
        return _SPACED_OUT
    words: Counter[str] = Counter()
    for part, times in Counter(_parts(tokens)).items():
        words[_kind(part, language)] += times * max(
            1, len(part) // _LONG
        )  # where spaces are lost, few words are left
    count = words.total()
    if count < _FEWEST:
        return None
    known, plausible = words["known"] / count, words["plausible"] / count
    # letters put for others at random make a word's shape now and then; real words nearly always have one
    share = known + _PLAUSIBLE * plausible * (known + plausible) ** 2
    return round((share * count + _USUAL * _FEW) / (count + _FEW), 2)


def spoken(text: str) -> str | None:
    """The language (jusText's name for it) whose commonest words `text` has most of; None where of none enough."""
    found = _LETTERS.findall(text.casefold())
    words = Counter(word for word in found if len(word) > 2 or not word.isascii())
    if words.total() < 4 * _FEWEST:
        return None
    if _share(words, _ENGLISH) >= _COMMON:  # asked first: some lists hold English words too
        return _ENGLISH
    best = max(_languages(), key=lambda name: _share(words, name))
    return best if _share(words, best) >= 1.5 * _COMMON else None


def _share(words: Counter[str], language: str) -> float:
    return sum(words[word] for word in _common(language).intersection(words)) / words.total()


def _parts(tokens: Sequence[str]) -> list[str]:
    """Words of four letters and more, and whatever lost characters. Addresses and code are passed over."""
    found: list[str] = []
    for token in tokens:
        found += _of_token(token)
        if len(found) >= _MOST_WORDS:
            break
    return found


@lru_cache(maxsize=10_000)
def _of_token(token: str) -> tuple[str, ...]:
    word = token.strip(_AROUND)
    if word.isascii() and word.isalpha():
        return (word,) if len(word) > 3 else ()
    if _LOST.search(token):
        return (token,)
    if _SKIPPED.search(token):
        return ()
    return tuple(piece for part in _PART.findall(token) for piece in _pieces(part))


def _pieces(part: str) -> list[str]:
    """A word that says something; where words are written without spaces, each two letters for one."""
    if _UNSPACED.search(part):
        return [part[at : at + 2] for at in range(0, len(part), 2)]
    return [part] if sum(map(str.isalpha, part)) > 3 else []


@lru_cache(maxsize=10_000)
def _kind(word: str, language: str | None) -> str:
    """``known``, ``plausible`` or ``none``."""
    folded = word.casefold()
    if folded in _english() or (language and folded in _common(language)):
        return "known"
    if _LOST.search(word) or _MISTAKEN.search(word):
        return "none"
    if _UNSPACED.search(word):
        return "known"
    if not _is_plausible(word, strict=language in (None, _ENGLISH)):
        return "none"
    return "known" if language not in (None, _ENGLISH) or min(word) > _LATIN else "plausible"


def _is_plausible(word: str, *, strict: bool) -> bool:
    """Whether it has the shape of a word: letters of one script, capitals where they may be, vowels."""
    if len(word) >= _RUN_TOGETHER and (strict or len(word) > 40):
        return False
    word = word.rstrip("0123456789")  # a note's number behind it
    if not all(sign.isalpha() or unicodedata.category(sign)[0] == "M" for sign in word):
        return False
    latin = sum(sign <= _LATIN or "\u1e00" <= sign < "\u1f00" for sign in word)
    if not latin:
        return True
    if latin < len(word) or not _CASED.fullmatch(word):
        return False
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    small = plain.casefold()
    if word.isupper() and (strict or len(word) <= 4):
        return (
            len(word) <= 4
        )  # letters that another alphabet put for others are capitals more often than words are
    return bool(_VOWEL.search(small)) and not (strict and _CONSONANTS.search(small))


def _is_spaced_out(tokens: Sequence[str]) -> bool:
    """Whether l e t t e r s stand apart."""
    spelt = [len(token) for token in tokens if token[0].isalpha()]
    return len(spelt) >= 20 and spelt.count(1) > 0.5 * len(spelt)


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    return english.words()


@lru_cache(maxsize=1)
def _folder() -> Path | None:
    # found, not imported: its own code is not wanted, and takes a while to load
    package = find_spec("justext")
    return Path(package.origin).parent / "stoplists" if package and package.origin else None


@lru_cache(maxsize=1)
def _languages() -> tuple[str, ...]:
    folder = _folder()
    return tuple(sorted(file.stem for file in folder.glob("*.txt"))) if folder else (_ENGLISH,)


@lru_cache(maxsize=128)
def _common(language: str) -> frozenset[str]:
    """The commonest words of `language` in small letters, those of three letters and more."""
    folder = _folder()
    if folder is None:
        return frozenset()
    words = (folder / f"{language}.txt").read_text("utf-8").casefold().split()
    return frozenset(word for word in words if len(word) > 2 or not word.isascii())
