"""A source text of the sample library, read. A developer's tool, like `build`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from markdown_it import MarkdownIt

AUTHOR = "Peer Support Clearing House (sample library)"
#: One fixed day for every file, so that building twice gives the same bytes where the format allows.
BUILT = datetime(2026, 11, 1, tzinfo=UTC)
NOTE = "Written for the sample library of the Peer Support Clearing House. You may copy and change it (CC BY 4.0)."


@dataclass(frozen=True, slots=True)
class Text:
    """One source text and what to make of it."""

    title: str
    file: str
    body: str
    subtitle: str = ""
    description: str = ""
    language: str = "en-AU"
    look: str = "plain"
    cover: bool = False
    note: str = NOTE


def read(path: Path) -> Text:
    """The text in `path`. Raises `ValueError` where the header is missing or does not parse."""
    parts = path.read_text(encoding="utf-8").split("+++\n", 2)
    if len(parts) != 3:
        raise ValueError(f"{path.name} has no header between +++ lines; add one with a title and a file.")
    return Text(body=parts[2].strip() + "\n", **tomllib.loads(parts[1]))


def parser() -> MarkdownIt:
    """Markdown as these texts use it: tables, and quotes and dashes set as type."""
    made = MarkdownIt("commonmark", {"typographer": True})
    return made.enable(["table", "replacements", "smartquotes"])
