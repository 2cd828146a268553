"""Words of a search without what could say who searched: addresses, numbers, names of people.

The rules are plain and err towards leaving out; they cannot know every name. A name typed in small letters that is
in no list, and not led up to, is kept if three days see it: which is why the report is for curators alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache

from clearinghouse import facts

#: Questions of more words than this are somebody's own sentence, and only counted.
MOST_WORDS = 6

_ADDRESS = re.compile(r"\S*@\S*|\S*(?:://|www\.)\S*")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
#: Words that lead up to a name: it and the word after it are left out.
_LEADS = re.compile(
    r"\b(?:my name is|named|called|dr|doctor|mr|mrs|ms|miss|prof|professor|aunty|uncle)\b\.?", re.IGNORECASE
)
_AFTER_A_LEAD = 2


def words_of(typed: str, known: Set[str] = frozenset()) -> str:
    """`typed` in small letters without addresses, words with digits and names; empty where it is not to be kept.

    Words in a row that begin with capitals are taken for a name, unless they are one of `known` (topics and
    words of the glossary, in small letters).
    """
    kept: list[str] = []
    for part in _apart(_ADDRESS.sub(" ", typed)):
        kept.extend(_nameless(_WORD.findall(part), known))
    words = [word for word in kept if not any(map(str.isdigit, word))]
    return " ".join(words).lower() if len(words) <= MOST_WORDS else ""


def _apart(text: str) -> Iterator[str]:
    """`text` cut at what leads up to a name, the name itself left out."""
    parts = _LEADS.split(text)
    yield parts[0]
    for part in parts[1:]:
        yield " ".join(part.split()[_AFTER_A_LEAD:])


def _nameless(words: list[str], known: Set[str]) -> Iterator[str]:
    names = given_names()
    at = 0
    while at < len(words):
        run = _capitals(words, at)
        if run > 1 and " ".join(words[at : at + run]).lower() not in known:
            at += run
        elif words[at].lower() in names:
            # The word after a given name is often the surname; where it is not, little is lost.
            at += 2
        else:
            yield words[at]
            at += 1


def _capitals(words: list[str], at: int) -> int:
    """How many words from `at` on begin with a capital and go on in small letters."""
    end = at
    while end < len(words) and words[end].istitle():
        end += 1
    return end - at


@cache
def given_names() -> frozenset[str]:
    """Given names common in Australia that are not ordinary words as well."""
    lines = facts.text("given_names.txt").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
