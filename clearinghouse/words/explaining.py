"""Glossary words found in a text, in the forms they take there: capitals, plurals, with or without a hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from clearinghouse.views import WordView

LONGEST_SCAN = 60_000
"""Characters of a page that are looked through for words."""

_GAP = r"[\s\u00a0]+"
_HYPHEN = r"[-\u2010\u2011\s]?"
_APART = re.compile(r"[\s\u00a0\u2010\u2011-]+")
_ASKED = re.compile(
    r"^(?:what(?:['’]s|\s+(?:is|are|does|do))|meanings?\s+of|definitions?\s+of|define)\s+(?:meant\s+by\s+)?"
    r"(?:the\s+word\s+)?(?:an?\s+|the\s+)?|\s+(?:mean|means|meaning|definition)$",
    re.IGNORECASE,
)
_AROUND = " \t?!.,:;\"'“”‘’()[]"


class Explainer:
    """The words of a glossary, ready to be found: one pattern for all of them, the longest first."""

    def __init__(self, entries: Iterable[WordView]) -> None:
        self._entries: dict[str, WordView] = {}
        forms: set[str] = set()
        for entry in entries:
            for form in _forms(entry.word):
                forms.add(form)
                self._entries.setdefault(_key(form), entry)
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        patterns = "|".join(_pattern(form.lower()) for form in longest_first)
        # A hyphen beside a word makes it part of another one: “advocacy” does not stand in “self-advocacy”.
        self._pattern = re.compile(rf"\b(?<!-)(?:{patterns})(?!-?\w)") if forms else None

    def find(self, text: str) -> Iterator[tuple[int, int, WordView]]:
        """Where words stand in `text`: start, end and entry, in order, none within another."""
        if self._pattern is None:
            return
        # Small letters once, in place of a pattern that ignores case at every step: twice as fast.
        for match in self._pattern.finditer(_small(text[:LONGEST_SCAN])):
            start, end = match.span()
            entry = self._entries[_key(match[0])]
            if not _is_acronym(entry.word) or text[start:end][: len(entry.word)].isupper():
                yield start, end, entry

    def first_uses(self, text: str, seen: Set[str]) -> list[tuple[int, int, WordView]]:
        """As `find`, but each entry once, and none whose slug is in `seen`."""
        found: dict[str, tuple[int, int, WordView]] = {}
        for start, end, entry in self.find(text):
            if entry.slug not in seen:
                found.setdefault(entry.slug, (start, end, entry))
        return list(found.values())

    def asked_for(self, question: str) -> WordView | None:
        """The entry that `question` is about as a whole: the word, its plural, “what is …”, “… meaning”."""
        plain = question.strip(_AROUND)
        for words in (plain, _ASKED.sub("", _ASKED.sub("", plain)).strip(_AROUND)):
            entry = self._entries.get(_key(words))
            if entry is not None:
                return entry
        return None


def _small(text: str) -> str:
    """`text` in small letters, each in its place: a few letters of other scripts become two."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(each.lower()[:1] for each in text)


def same_word(one: str, other: str) -> bool:
    """Whether two spellings are of one word: `co-design`, `Codesign`."""
    return _key(one) == _key(other)


def _key(words: str) -> str:
    return _APART.sub("", words.replace("’", "'")).casefold()


def _is_acronym(word: str) -> bool:
    return word.isupper() and word.isalpha()


def _forms(word: str) -> tuple[str, ...]:
    """The word, its plural, and the singular where that can be told: “rights” is no plural of “right”."""
    last = word.rsplit(" ", 1)[-1].lower()
    if last.endswith("ies") and len(last) > 4:
        return word, word[:-3] + "y"
    if last.endswith(("s", "ed", "ing")) and not last.endswith("ss"):
        return (word,)
    if last.endswith("y") and last[-2:-1] not in "aeiou":
        return word, word[:-1] + "ies"
    return word, word + ("es" if last.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _pattern(form: str) -> str:
    parts = [_HYPHEN.join(map(re.escape, part.split("-"))) for part in form.replace("’", "'").split()]
    return _GAP.join(parts).replace("'", "['’]")
