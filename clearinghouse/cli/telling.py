"""How changes, values and lines of a history are told to a curator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from clearinghouse.cli.base import print_json


def tell_changes(changed: Mapping[str, Sequence[Any]], *, as_json: bool, **of: str) -> None:
    """What a command changed: as JSON, beside what it is a change `of`, or in words."""
    if as_json:
        print_json({**of, "changed": changed})
    else:
        say_changes(changed)


def say_changes(changed: Mapping[str, Sequence[Any]]) -> None:
    """What a command changed, a line a field: name -> (before, after)."""
    for name, (before, after) in changed.items():
        click.echo(f"{name.replace('_', ' ')}: {in_words(before)} → {in_words(after)}")
    if not changed:
        click.echo("Nothing changed; it says so already.")


def in_words(value: Any) -> str:
    """A value of a record as a curator reads it."""
    if isinstance(value, list):
        return ", ".join(in_words(each) for each in value) or "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {each}" for name, each in value.items()) or "nothing"
    return "nothing" if value in (None, "", {}) else str(value)


def years(number: float) -> str:
    """`1 year`, `7.5 years`."""
    return f"{number:g} {'year' if number == 1 else 'years'}"


def history_line(at: datetime, who: str, what: str, details: Mapping[str, Any]) -> str:
    """Who changed what, and when; of `details`, each is a value or [before, after]."""
    said = "; ".join(f"{name.replace('_', ' ')}: {_before_and_after(value)}" for name, value in details.items())
    return f"{at:%Y-%m-%d %H:%M} UTC  {who}  {what}" + (f"  {said}" if said else "")


def _before_and_after(value: Any) -> str:
    if isinstance(value, list) and len(value) == 2:
        return f"{in_words(value[0])} → {in_words(value[1])}"
    return in_words(value)
