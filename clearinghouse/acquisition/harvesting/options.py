"""What a curator asked of a harvest."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

FOLDER, CATALOGUE, FEED, OAI, PAGE, SITEMAP = "folder", "catalogue", "feed", "oai", "page", "sitemap"

#: Every kind, and how it is said to a curator.
KINDS: Mapping[str, str] = {
    SITEMAP: "the sitemap of a site",
    FEED: "an RSS or Atom feed",
    OAI: "an OAI-PMH repository",
    CATALOGUE: "a catalogue (CSV, JSON, TOML, RIS or BibTeX)",
    FOLDER: "a folder",
    PAGE: "one page or file",
}


@dataclass(frozen=True, slots=True)
class Options:
    """All optional."""

    only: tuple[str, ...] = ()
    """Patterns such as ``*/resources/*``; of a list of pages, only those whose address fits one are taken."""
    only_set: str = ""
    """Of an OAI-PMH repository: one set."""
    prefix: str = "oai_dc"
    """Of an OAI-PMH repository: the format of its records."""
    with_files: bool = False
    """Whether documents that a record links to are fetched too."""
    take_topics: bool = False
    """Whether words of a list that are topics here count as topics of what is new, and not as a suggestion."""
    collection: str = ""
    """Collection in which what is new is put."""
    draft: bool = False
    """Whether what is new is kept from visitors, even where audience and kind are known."""

    def wants(self, address: str) -> bool:
        """Whether a page at this address is wanted."""
        return not self.only or any(fnmatchcase(address, pattern) for pattern in self.only)

    def as_json(self) -> dict[str, Any]:
        """What differs from asking for nothing in particular."""
        said = {each.name: getattr(self, each.name) for each in dataclasses.fields(self)}
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
        return {name: value for name, value in plain.items() if said[name] != getattr(Options(), name)}


def from_json(said: Mapping[str, Any]) -> Options:
    """What `Options.as_json` wrote down."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
    }
    return Options(**values)
