"""What a listing is made of: items, and where reading it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from ingest.polite import Body

#: Asks for an address politely. Raises what `ingest.polite.Visitor.read` does.
Ask = Callable[[str], Body]


def joined(base: str, address: str) -> str:
    """`address` as it is meant where it stands in `base`; empty where it can be none."""
    try:
        return urljoin(base, address)
    except ValueError:  # such as http://[
        return ""


@dataclass(frozen=True, slots=True)
class Description:
    """What a catalogue says of a work. Unknown is empty or None."""

    title: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    """Given name first, as on a title page."""
    organisation: str = ""
    """Who published it."""
    year: int | None = None
    language: str | None = None
    """BCP 47, such as ``en``."""
    licence: str = ""
    link: str = ""
    """Where the work lives."""
    identifiers: tuple[tuple[str, str], ...] = ()
    """Such as ``("doi", "10.1000/182")``."""
    subjects: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    """What it is, in the catalogue's own words."""
    audiences: tuple[str, ...] = ()
    """Whom it is for, in the catalogue's own words, or the sets that say so: ``audience:carers``."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is listed."""

    identifier: str
    """Its name within the listing, the same at each reading."""
    address: str = ""
    """The page or file itself; empty where only a description is offered."""
    datestamp: str = ""
    """When it last changed, as the listing writes it; only good for "the same as before". Empty where unknown."""
    described: Description | None = None
    files: tuple[str, ...] = ()
    """Addresses of documents that belong to a description."""
    deleted: bool = False
    problem: str = ""
    """Why it cannot be used, where it cannot: a sentence."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the reading of a listing stands. The empty one stands at the beginning."""

    since: str = ""
    """Only what changed since this moment is asked for (OAI-PMH)."""
    token: str = ""
    """Resumption token of the next page (OAI-PMH)."""
    began: str = ""
    """When the listing was begun by the server's own clock: ``since`` of the next one."""
    waiting: tuple[str, ...] = ()
    """Lists that are still to be read (sitemaps)."""
    done: tuple[str, ...] = ()
    """Lists that have been read."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some items, and where to go on after them."""

    items: tuple[Item, ...]
    after: Cursor = field(default_factory=Cursor)
