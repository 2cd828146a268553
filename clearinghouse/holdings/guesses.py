"""What was guessed of a draft and nobody has accepted yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clearinghouse.holdings.record import Record
from clearinghouse.models import Resource

#: Fields that may be guessed, in the order in which they are shown.
GUESSED = ("kind", "audiences", "topics", "speaks")


@dataclass(frozen=True, slots=True)
class Guess:
    """A field nobody has set, and what the words of the document point to."""

    name: str
    """One of `GUESSED`."""
    value: str | tuple[str, ...]
    because: tuple[str, ...]
    """The words that led there."""


def of(row: Resource) -> tuple[Guess, ...]:
    """The guesses at fields that are empty and that no curator has left empty on purpose."""
    because = row.guessed.get("because") or []
    open_ = [name for name in GUESSED if not getattr(row, name) and name not in row.curated]
    return tuple(
        Guess(name, tuple(value) if isinstance(value, list) else str(value), _words(because, name))
        for name in open_
        if (value := row.guessed.get(name))
    )


def as_record(guesses: tuple[Guess, ...]) -> Record:
    """`guesses` as somebody's word."""
    return Record(**{each.name: each.value for each in guesses})  # type: ignore[arg-type]


def _words(because: object, name: str) -> tuple[str, ...]:
    """The words behind one guess. Older guesses keep those of all in one list."""
    words = because.get(name, ()) if isinstance(because, Mapping) else because
    return tuple(map(str, words)) if isinstance(words, list | tuple) else ()
