"""TOML that a person can edit: a list of tables read, and written, which the standard library does not."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from clearinghouse.errors import Invalid

#: A value of a key: what our files hold, and no more.
Value = str | bool | date | Sequence[str]

_WIDEST = 110


def rows(
    text: str, name: str, what: str, wrong: Callable[[Mapping[str, Any], int], Iterable[str]]
) -> list[dict[str, Any]]:
    """The tables called `name` of a file of `what` (“topics”), and nothing else in it.

    `wrong` says, a sentence each, what is wrong with the keys of one table, which it is given with its number
    from 1. Raises `Invalid`, with a line for each fault, where anything is wrong.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Invalid(f"This is not TOML that can be read: {problem}.") from problem
    found = content.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(row, dict) for row in found):
        raise Invalid(f"There are no {what} in it; each begins with a line [[{name}]].")
    faults = [
        f"There is no “{key}” in a file of {what}; each begins with a line [[{name}]]."
        for key in content
        if key != name
    ]
    for number, row in enumerate(found, start=1):
        faults += wrong(row, number)
    if faults:
        raise Invalid("\n".join(faults))
    return found


def head(text: str) -> str:
    """The comment that a file begins with, up to its first empty line that no comment follows."""
    lines = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            break
        lines.append(line)
    while lines and not (lines[-1].startswith("#") and not lines[-1].startswith("# ---")):
        lines.pop()
    return "\n".join(lines) + "\n"


def tables(name: str, entries: Sequence[Mapping[str, Value]]) -> str:
    """`entries` as an array of tables called `name`, an empty line before each."""
    return "".join(f"\n[[{name}]]\n" + "".join(_line(key, each[key]) for key in each) for each in entries)


def array(key: str, values: Sequence[str]) -> str:
    """`values` as a list, a line each."""
    return f"{key} = [\n" + "".join(f"  {_string(each)},\n" for each in values) + "]\n"


def _line(key: str, value: Value) -> str:
    if isinstance(value, bool):
        return f"{key} = {str(value).lower()}\n"
    if isinstance(value, date):
        return f"{key} = {value.isoformat()}\n"
    if isinstance(value, str):
        return f"{key} = {_string(value)}\n"
    line = f"{key} = [{', '.join(map(_string, value))}]\n"
    return line if len(line) <= _WIDEST else array(key, value)


def _string(text: str) -> str:
    # A JSON string is a basic string of TOML, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
