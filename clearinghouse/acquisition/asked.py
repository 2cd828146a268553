"""What was asked of an attempt, as it is kept with it: enough to try again in the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import ingest
from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.holdings import record
from clearinghouse.holdings.collections import Placement

_PLAIN = ("form", "language", "label", "edition_link", "edition_of", "group", "draft", "harvested", "walked")


def kept(wanted: Wanted) -> dict[str, Any]:
    """`wanted` as JSON: only what differs from asking for nothing in particular. Paths are made absolute."""
    nothing = Wanted(shown="")
    values = {name: getattr(wanted, name) for name in _PLAIN if getattr(wanted, name) != getattr(nothing, name)}
    if wanted.location is not None:
        values["location"] = _from_anywhere(wanted.location)
    for name, said in (("record", wanted.record), ("described", wanted.described)):
        if words := record.as_json(said):
            values[name] = words
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
        record=record.from_json(asked.get("record", {})),
        described=record.from_json(asked.get("described", {})),
        placement=Placement(**asked["placement"]) if "placement" in asked else None,
    )


def _from_anywhere(location: str) -> str:
    return location if ingest.is_address(location) else str(Path(location).absolute())
