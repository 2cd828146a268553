"""What was asked of an attempt, as it is kept with it: enough to try again in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import ingest
from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record

_PLAIN = ("form", "language", "label", "edition_link", "edition_of", "group", "draft", "walked")
_LISTS = ("audiences", "topics", "authors", "content_notes")


def kept(wanted: Wanted) -> dict[str, Any]:
    """`wanted` as JSON: only what differs from asking for nothing in particular. Paths are made absolute."""
    nothing = Wanted(shown="")
    values = {name: getattr(wanted, name) for name in _PLAIN if getattr(wanted, name) != getattr(nothing, name)}
    if wanted.location is not None:
        values["location"] = _from_anywhere(wanted.location)
    if said := wanted.record.said():
        values["record"] = {name: _plain(value) for name, value in said.items()}
    if wanted.placement:
        values["placement"] = {each.name: getattr(wanted.placement, each.name) for each in fields(Placement)}
    return values


def wanted_again(source: str, asked: Mapping[str, Any] | None) -> Wanted:
    """What was wanted then. Where nobody kept it, `source` is taken for a file or an address."""
    if asked is None:
        return Wanted(shown=source, location=source)
    again = Wanted(shown=source, **{name: asked[name] for name in _PLAIN if name in asked})
    return replace(
        again,
        location=asked.get("location"),
        record=_record(asked.get("record", {})),
        placement=Placement(**asked["placement"]) if "placement" in asked else None,
    )


def _record(said: Mapping[str, Any]) -> Record:
    values: dict[str, Any] = {name: tuple(value) if name in _LISTS else value for name, value in said.items()}
    if "checked_on" in values:
        values["checked_on"] = date.fromisoformat(values["checked_on"])
    return Record(**values)


def _from_anywhere(location: str) -> str:
    return location if ingest.is_address(location) else str(Path(location).absolute())


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return value.isoformat() if isinstance(value, date) else value
