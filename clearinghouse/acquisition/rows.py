"""A row of a catalogue, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a catalogue file."""

    line: int
    """Where it begins, counted from 1."""
    values: Mapping[str, Any]
    """Column to value; columns left empty are not there."""
    editions: tuple[Mapping[str, Any], ...] = ()
    problem: str = ""
    """Why it cannot be used, if it cannot."""
