"""What a visitor types after a field's name (``kind:guidelines``), as the vocabulary has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from clearinghouse import languages, vocabulary
from index import Query

_LISTS: Mapping[str, Mapping[str, str]] = {
    "kind": vocabulary.KINDS,
    "audience": vocabulary.AUDIENCES,
    "form": vocabulary.FORMS,
    "speaks": vocabulary.SPEAKS,
    "jurisdiction": vocabulary.JURISDICTIONS,
    "language": languages.NAMES,
}


def in_the_vocabulary(query: Query) -> Query:
    """`query` with the values of its filters as the vocabulary spells them; those it does not have are left out.

    ``guidelines``, ``Italian``, ``families`` and ``easy`` are understood by the words of the labels. A word nobody
    knows is no reason to find nothing; but a language nobody wrote in is not.
    """
    read = {
        name: frozenset().union(*(_meant(name, value) for value in values)) if name in _LISTS else values
        for name, values in query.filters.items()
    }
    return replace(query, filters={name: values for name, values in read.items() if values})


def _meant(name: str, typed: str) -> frozenset[str]:
    """The values that `typed` stands for: the one it is, or those in whose name or label it is a word."""
    known = _LISTS[name]
    exact = {value for value in known if value.lower() == typed.lower()}
    if exact:
        return frozenset(exact)
    wanted = set(_words(typed))
    found = {value for value, label in known.items() if wanted and wanted <= {*_words(value), *_words(label)}}
    # Resources are filed by the first part of a tag: en-AU is en.
    return frozenset(found or ({typed.lower().partition("-")[0]} if name == "language" else ()))


def _words(text: str) -> list[str]:
    return [_singular(word) for word in text.lower().replace("-", " ").replace(",", " ").split()]


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s") if len(word) > 3 else word
