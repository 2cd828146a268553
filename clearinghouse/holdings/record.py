"""What somebody says of a resource: a curator by hand, a row of a catalogue, or the document itself.

A `Record` holds only what was said; `resource_fields` applies it to a resource.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from clearinghouse import dois, vocabulary
from clearinghouse.errors import Invalid
from clearinghouse.orm import now
from ingest import Extracted

#: What may be said of a directory entry, by the names it has in ``details``.
DETAILS = ("entry", "provider", "cost", "time")
_FIRST_YEAR = 1000


@dataclass(frozen=True, slots=True)
class Record:
    """None is "not said". Checked words only: make one with `checked`, or from a document."""

    title: str | None = None
    summary: str | None = None
    organisation: str | None = None
    year: int | None = None
    kind: str | None = None
    audiences: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    """Topic slugs, preferred words or other words."""
    authors: tuple[str, ...] | None = None
    speaks: str | None = None
    jurisdiction: str | None = None
    licence: str | None = None
    link: str | None = None
    content_notes: tuple[str, ...] | None = None
    identifiers: Mapping[str, str] | None = None
    keywords: tuple[str, ...] | None = None
    details: Mapping[str, str] | None = None
    """Some of `DETAILS`; those not named stay as they are, and an empty one goes."""
    checked_on: date | None = None

    def said(self) -> dict[str, Any]:
        """Field name to value, of the fields that were said."""
        return {
            each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name) is not None
        }

    @property
    def publishable(self) -> bool:
        """Whether it says kind and audience, as a published resource must."""
        return bool(self.kind and self.audiences)


def checked(record: Record) -> Record:
    """`record` with controlled words as the vocabulary spells them.

    Raises `Unknown` for a word that is not in its list, `Invalid` for a year, link or DOI that cannot be one.
    """
    values = record.said()
    for name in ("kind", "speaks", "jurisdiction"):
        if name in values:
            values[name] = vocabulary.require(name, values[name])
    for name in ("authors", "keywords", "content_notes"):
        if name in values:
            values[name] = tuple(each.strip() for each in values[name] if each.strip())
    if "audiences" in values:
        audiences = (vocabulary.require("audience", each) for each in values["audiences"])
        values["audiences"] = tuple(dict.fromkeys(audiences))
    if entry := (record.details or {}).get("entry"):
        values["details"] = {**values["details"], "entry": vocabulary.require("entry", entry)}
    if doi := (record.identifiers or {}).get("doi"):
        values["identifiers"] = {**values["identifiers"], "doi": dois.plain(doi)}
    if record.link:
        values["link"] = web_address(record.link)
    _require_possible(record)
    return Record(**values)


def _require_possible(record: Record) -> None:
    if record.year is not None and not _FIRST_YEAR <= record.year <= now().year + 1:
        raise Invalid(f"The year {record.year} cannot be right; give one from {_FIRST_YEAR} to {now().year + 1}.")
    if record.title is not None and not record.title.strip():
        raise Invalid("The title is empty; give a title in words.")


def web_address(said: str) -> str:
    """A web address, with its spaces written as addresses write them. Raises `Invalid`."""
    if not said.strip().startswith(("http://", "https://")):
        raise Invalid(f"The link “{said}” is not a web address; it must begin with https:// or http://.")
    return "%20".join(said.split())


def of_document(extracted: Extracted) -> Record:
    """What a document says of itself."""
    return Record(
        title=extracted.title or None,
        summary=extracted.summary or None,
        organisation=extracted.publisher or None,
        year=extracted.year,
        authors=extracted.authors or None,
        licence=extracted.licence or None,
        identifiers=extracted.identifiers or None,
        keywords=extracted.keywords or None,
    )


def over(first: Record, then: Record) -> Record:
    """What `first` says, and what `then` says where `first` says nothing."""
    return Record(**{**then.said(), **first.said()})


def as_json(record: Record) -> dict[str, Any]:
    """What `record` says, for `from_json`."""
    return {name: _as_json(value) for name, value in record.said().items()}


def from_json(said: Mapping[str, Any]) -> Record:
    """The record that `as_json` wrote down."""
    values: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in said.items()}
    if "checked_on" in values:
        values["checked_on"] = date.fromisoformat(values["checked_on"])
    return Record(**values)


def _as_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return value.isoformat() if isinstance(value, date) else value
