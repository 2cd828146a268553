"""What the columns of a catalogue say, as a `Record`: for a file, for a program and for a curator alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from clearinghouse import vocabulary
from clearinghouse.errors import Invalid, Unknown
from clearinghouse.holdings import record, topic_names
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library

_DIGITS = 9


def record_of(library: Library, values: Mapping[str, Any]) -> Record:
    """What `values` (column to value; columns left empty are not there) say of a resource.

    Raises `Unknown` or `Invalid`, also for a topic that is not in the vocabulary.
    """
    details = {name: str(values[name]) for name in record.DETAILS if name in values}
    said = record.checked(
        Record(
            title=_text(values, "title"),
            summary=_text(values, "summary"),
            organisation=_text(values, "organisation"),
            year=whole_number(values, "year"),
            kind=_text(values, "kind"),
            audiences=_words(values, "audiences", lambda word: vocabulary.require("audience", word)),
            topics=_words(values, "topics", lambda word: topic_names.slugs(library, [word])),
            authors=several(values, "authors"),
            speaks=_text(values, "speaks"),
            jurisdiction=_text(values, "jurisdiction"),
            licence=_text(values, "licence"),
            link=_text(values, "link"),
            content_notes=several(values, "content_notes"),
            keywords=several(values, "keywords"),
            identifiers={"doi": str(values["doi"])} if "doi" in values else None,
            details=details or None,
            checked_on=_day(values, "checked_on"),
        )
    )
    topic_names.slugs(library, said.topics or ())
    return said


def _text(values: Mapping[str, Any], name: str) -> str | None:
    return str(values[name]).strip() if name in values else None


def several(values: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    """A list, or one text with semicolons or bars between its parts."""
    value = values.get(name)
    if value is None:
        return None
    parts: Iterable[Any] = value if isinstance(value, list) else str(value).replace("|", ";").split(";")
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _words(values: Mapping[str, Any], name: str, find: Callable[[str], object]) -> tuple[str, ...] | None:
    """Words of a list, which may stand with commas between them too, where `find` knows no word with a comma."""
    found = several(values, name)
    return found and tuple(word for part in found for word in _apart(part, find))


def _apart(part: str, find: Callable[[str], object]) -> Iterable[str]:
    if "," not in part:
        return [part]
    try:
        find(part)
    except Unknown:
        return filter(None, map(str.strip, part.split(",")))
    return [part]


def whole_number(values: Mapping[str, Any], name: str) -> int | None:
    """None where it is not there. Raises `Invalid`."""
    value = str(values.get(name, "")).strip()
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > _DIGITS:
        raise Invalid(f"The {name} “{value}” is not a whole number.")
    return int(value)


def _day(values: Mapping[str, Any], name: str) -> date | None:
    value = values.get(name)
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError as problem:
        raise Invalid(f"The day “{value}” in {name} is not a date; write it like 2026-11-22.") from problem
