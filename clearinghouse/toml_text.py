"""Values written as TOML that a person can edit: the standard library reads TOML and does not write it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

#: A value of a key: what our files hold, and no more.
Value = str | bool | date | Sequence[str]

_WIDEST = 110


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
