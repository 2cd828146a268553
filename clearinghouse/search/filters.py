"""What a visitor may narrow a search by: the filters, their values in order, and what the engine is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clearinghouse import vocabulary

#: Filters a visitor may choose from, in the order they are shown.
FILTERS: Mapping[str, str] = {
    "audience": "Who it is for",
    "kind": "What it is",
    "topic": "Topic",
    "form": "Form",
    "language": "Language",
    "speaks": "Who speaks",
    "jurisdiction": "Where",
}

#: Filters whose values keep the vocabulary's order; the others show the most frequent first.
_IN_ORDER: Mapping[str, Sequence[str]] = {
    "audience": tuple(vocabulary.AUDIENCES),
    "kind": tuple(vocabulary.KINDS),
    "form": tuple(vocabulary.FORMS),
    "speaks": tuple(vocabulary.SPEAKS),
    "jurisdiction": tuple(vocabulary.JURISDICTIONS),
}

_PLACES = {name: {value: place for place, value in enumerate(values)} for name, values in _IN_ORDER.items()}

#: The facet that tells resources with content notes from those without.
NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values, most first (audiences and kinds in the vocabulary's order)."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def known(filters: Mapping[str, Iterable[str]], topics: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The choices that mean something here; a word nobody knows is not a reason to find nothing."""
    lists: Mapping[str, Iterable[str]] = {**_IN_ORDER, "topic": topics}
    chosen = {
        name: tuple(value for value in values if name not in lists or value in lists[name])
        for name, values in filters.items()
        if name in FILTERS
    }
    return {name: values for name, values in chosen.items() if values}


def wanted(chosen: Mapping[str, Iterable[str]], *, hide_noted: bool) -> dict[str, frozenset[str]]:
    """What the engine filters by."""
    filters = {name: frozenset(values) for name, values in chosen.items()}
    return {**filters, NOTES: frozenset({"none"})} if hide_noted else filters


def shown(
    counts: Mapping[str, Mapping[str, int]], chosen: Mapping[str, Iterable[str]], topics: Mapping[str, str]
) -> tuple[Filter, ...]:
    """Every filter, from the engine's `counts`; a value that is `chosen` is shown though nothing has it."""
    found = []
    for name, label in FILTERS.items():
        values = counts.get(name, {})
        picked = set(chosen.get(name, ()))
        choices = [
            Choice(
                value,
                topics.get(value, value) if name == "topic" else vocabulary.label(name, value),
                count,
                value in picked,
            )
            for value, count in {**dict.fromkeys(sorted(picked), 0), **values}.items()
            if count or value in picked
        ]
        found.append(Filter(name, label, tuple(sorted(choices, key=lambda each: _rank(name, each)))))
    return tuple(found)


def _rank(name: str, choice: Choice) -> tuple[int, str]:
    places = _PLACES.get(name)
    return (-choice.count if places is None else places.get(choice.value, len(places))), choice.label
