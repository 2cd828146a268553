"""How this library visits other people's servers: by its settings, and under its own name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import ingest
from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.errors import StorageFailed
from clearinghouse.settings import Settings
from ingest import Source, Validators

if TYPE_CHECKING:
    from ingest.polite import Visitor

#: Brings the document at an address into a folder; with what is known of it, only where it changed.
Fetch = Callable[[str, Path, Validators | None], Source]

_MEGABYTE = 1_000_000


def visitor(settings: Settings, *, robots: bool = True) -> Visitor:
    """A guest who keeps to the settings. Without `robots` only for single addresses that a person named."""
    from ingest.polite import Manners, Visitor  # files, of which most libraries are made, need no visits

    policy = ingest.FetchPolicy(
        max_bytes=settings.max_megabytes * _MEGABYTE,
        timeout=settings.fetch_seconds,
        max_redirects=settings.fetch_redirects,
        allow_private=settings.allow_private,
        user_agent=user_agent(settings),
    )
    return Visitor(policy, Manners(pause=settings.fetch_pause, robots=robots))


def when_asked(settings: Settings) -> Fetch:
    """Brings single addresses that a person named, by a visitor who sets out with the first of them."""
    made: list[Visitor] = []

    def fetch(location: str, into: Path, known: Validators | None) -> Source:
        if not made:
            made.append(visitor(settings, robots=False))
        return made[0].fetch(location, into, known)

    return fetch


def user_agent(settings: Settings) -> str:
    """Who is asking, and how those who run a server can reach them."""
    from ingest.robots import PRODUCT

    said = f"library; contact: {settings.contact}" if settings.contact else "library"
    plain = re.sub(r"[^\x20-\x7e]|[()\\]", " ", said)
    return f"{PRODUCT}/{version(PRODUCT)} ({' '.join(plain.split())})"


def bring(wanted: Wanted, into: Path, fetch: Fetch, settings: Settings) -> Source:
    """The bytes of what is wanted: a file where it lies, or an address fetched into the folder `into`.

    Raises an `IngestProblem`, `NotModified` where it is as `Wanted.known` says, or `StorageFailed`.
    """
    location = wanted.location or ""
    if not ingest.is_address(location):
        return ingest.read_file(Path(location), max_bytes=settings.max_megabytes * _MEGABYTE)
    try:
        return replace(fetch(location, into, wanted.known or None), location=location)
    except OSError as problem:
        raise StorageFailed(
            f"{location} could not be kept while it was read ({problem.strerror}); make room in "
            f"{into.parent}, or name another folder with TMPDIR."
        ) from problem
