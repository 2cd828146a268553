"""Use cases on crisis phrases: words that suggest, in a search, that somebody may need help now.

Whoever is found by them is shown the help card above the results, never instead of them, and what they typed is
kept nowhere: nothing here writes or logs the words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clearinghouse.errors import Invalid, NotFound
from clearinghouse.library import Library
from clearinghouse.models import CrisisPhrase, Resource
from clearinghouse.vocabulary import did_you_mean
from index.slips import Nearest
from ingest.english import is_known

#: Characters of a search that are read, and words of a phrase: both bound the work.
LONGEST_QUESTION = 20_000
MOST_WORDS = 12
#: Begins a phrase that counts only where somebody searches for it and nothing else: ``=suicide``.
ALONE = "="
_LONGEST_PHRASE = 120
#: Words of a search that may be misspelt and are looked into, and letters that a misspelt word has at least.
MOST_MENDED = 12
LEAST_LETTERS = 3

_APOSTROPHES = re.compile(r"['’‘‛ʼʹ′`´＇]")
_WORD = re.compile(r"[^\W_]+")
#: Two words that people also write as one, or the other way round.
_AS_ONE = {
    ("my", "self"): "myself",
    ("do", "not"): "dont",
    ("can", "not"): "cant",
    ("could", "not"): "couldnt",
    ("i", "am"): "im",
}
_SHORTENED = {"cannot": "cant", "wanna": "want to", "gonna": "going to"}


def words_of(text: str, mend: Callable[[str], str] = str) -> tuple[str, ...]:
    """`text` as words that compare: no capitals, accents, apostrophes or punctuation, `do not` as `dont`.

    `mend` is asked of each word how it is rightly written.
    """
    # Apostrophes go first: normalised, the acute accent that some type for one would be a space.
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text[:LONGEST_QUESTION]))
    plain = "".join(each for each in plain if not unicodedata.combining(each)).casefold()
    found: list[str] = []
    for word in _WORD.findall(plain):
        right = mend(word)
        for part in _SHORTENED.get(right, right).split():
            if found and (found[-1], part) in _AS_ONE:
                found[-1] = _AS_ONE[found[-1], part]
            else:
                found.append(part)
    return tuple(found)


def found_in(phrases: Iterable[str], text: str) -> tuple[str, ...]:
    """Those of `phrases` that stand in `text` as whole words, side by side.

    A phrase that begins with `ALONE` is found only where the text is nothing else. Where none is found as it is
    written, misspelt words are taken for the words of phrases that they are near: whoever is in distress types as
    they can.
    """
    known = _known(tuple(phrases))
    return known.found_in(words_of(text)) or known.found_in(words_of(text, known.mender()))


class _Known:
    """Phrases, read once: every search is held against all of them."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self._phrases: dict[tuple[str, ...], list[str]] = {}
        self._longest: dict[str, int] = {}
        for phrase in phrases:
            words = words_of(phrase)
            self._phrases.setdefault(words, []).append(phrase)
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))
        self._order = {phrase: place for place, phrase in enumerate(phrases)}
        self._words = {word for words in self._phrases for word in words}.union(_SHORTENED, *_AS_ONE)
        self._nearest = Nearest(self._words)

    def found_in(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The phrases that stand in `words`, in order."""
        rows = {
            words[at : at + length]
            for at, word in enumerate(words)
            for length in range(1, self._longest.get(word, 0) + 1)
        }
        found = [
            phrase
            for row in rows
            for phrase in self._phrases.get(row, ())
            if row == words or not phrase.startswith(ALONE)
        ]
        return tuple(sorted(found, key=self._order.__getitem__))

    def mender(self) -> Callable[[str], str]:
        """What takes a misspelt word for the nearest word of a phrase, and leaves words that are spelt right.

        One for each text: what somebody typed is kept no longer.
        """
        looked_into: dict[str, str] = {}

        def mend(word: str) -> str:
            if word in self._words or len(word) < LEAST_LETTERS or is_known(word):
                return word
            if word not in looked_into and len(looked_into) < MOST_MENDED:
                looked_into[word] = self._nearest.to(word) or word
            return looked_into.get(word, word)

        return mend


#: The phrases of a library, and of another in the same process.
_known = lru_cache(maxsize=4)(_Known)


def _same(one: str, other: str) -> bool:
    return words_of(one) == words_of(other) and one.startswith(ALONE) == other.startswith(ALONE)


def suggests(library: Library, words: str) -> bool:
    """Whether a search for `words` suggests that somebody may need help now.

    Such a search belongs in no tally and in no log.
    """
    return bool(words.strip()) and bool(found_in(phrases(library), words))


def phrases(library: Library) -> tuple[str, ...]:
    """Every phrase, in order."""
    return library.database.remembered(_phrases)


def _phrases(session: Session) -> tuple[str, ...]:
    return tuple(session.scalars(select(CrisisPhrase.phrase).order_by(CrisisPhrase.phrase)))


def add(library: Library, phrase: str) -> int | None:
    """Keep another phrase. Returns how many titles in the library have it; None where it was there already.

    A phrase that stands in many titles would show the help card to people who only look for those. Raises
    `Invalid` for a phrase without words, or with more than can be one.
    """
    said = " ".join(phrase.split())
    words = words_of(said)
    if not words:
        raise Invalid("There are no words in that phrase; type what somebody would type, such as “want to die”.")
    if len(words) > MOST_WORDS or len(said) > _LONGEST_PHRASE:
        raise Invalid(f"That is long for a phrase; give the {MOST_WORDS} words or fewer that say it.")
    with library.database.writing() as session:
        if any(_same(each, said) for each in session.scalars(select(CrisisPhrase.phrase))):
            return None
        session.add(CrisisPhrase(phrase=said.casefold()))
        titles: Sequence[str] = session.scalars(select(Resource.title)).all()
    return sum(bool(found_in([said], title)) for title in titles)


def remove(library: Library, phrase: str) -> str:
    """Let a phrase go, however it is spelt; returns it as it was kept.

    Raises `NotFound`, suggesting the nearest, or `Invalid` for the last one: then no search would show the card.
    """
    with library.database.writing() as session:
        if session.scalar(select(func.count()).select_from(CrisisPhrase)) == 1:
            raise Invalid("That is the only phrase left; add another before you take it out.")
        rows = list(session.scalars(select(CrisisPhrase)))
        for row in rows:
            if _same(row.phrase, phrase):
                session.delete(row)
                return row.phrase
        near = did_you_mean(phrase, [row.phrase for row in rows])
        raise NotFound(f"There is no phrase “{phrase}”.{near} `clearinghouse crisis list` shows them all.")
