"""Text laid out for a terminal of any width: names beside what they say, wrapped; bold where colour is wanted.

Lines are never cut at a hyphen: what has one may be a slug, a path or an address that somebody copies.
"""

from __future__ import annotations

import os
import shutil
import textwrap
from collections.abc import Iterator

import click

#: Columns that the names of fields take, and the width below which they stand on lines of their own.
_NAMES, _NARROW = 14, 50
_WIDEST = 100


def width() -> int:
    """Columns to write in: those of the terminal, at most as many as are read with ease."""
    return max(20, min(shutil.get_terminal_size((80, 24)).columns, _WIDEST))


def strong(text: str) -> str:
    """`text` in bold, unless NO_COLOR is set; a pipe or a file gets it plain in any case."""
    return text if os.environ.get("NO_COLOR") else click.style(text, bold=True)


def rule() -> str:
    """A line across."""
    return "-" * width()


def entry(name: str, said: str, *, beside: str = "") -> Iterator[str]:
    """A named value, wrapped; `beside` says where it is from or why."""
    whole = f"{said}  ({beside})" if beside else said
    if width() < _NARROW:
        yield strong(name)
        yield from lines(whole, "  ")
        return
    first, rest = strong(name) + " " * (_NAMES - len(name)), " " * _NAMES
    for at, line in enumerate(textwrap.wrap(whole, width() - _NAMES, break_on_hyphens=False) or [""]):
        yield (first if at == 0 else rest) + line


def lines(text: str, indent: str = "") -> Iterator[str]:
    """`text` wrapped, its own line breaks kept."""
    for line in text.splitlines():
        yield from textwrap.wrap(
            line, width(), initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        )
