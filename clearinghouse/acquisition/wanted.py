"""What may be wanted of `intake`, and how each thing can end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import ingest
from clearinghouse.acquisition.alike import Alike
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record
from ingest.errors import IngestProblem
from ingest.source import Validators, printable


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to take in: a file, an address, or a record that only links out."""

    shown: str
    """How outcomes name it: the path or address, or the catalogue and line."""
    location: str | None = None
    """Path or http(s) address of its bytes; None for a record without any."""
    record: Record = field(default_factory=Record)
    """The curator's word on it, already `record.checked`."""
    form: str = ""
    """Which form of the work it is; empty for what its kind of file is: a transcript, or the full text."""
    language: str | None = None
    label: str = ""
    edition_link: str = ""
    edition_of: str | None = None
    """Slug of the resource that this is another edition of."""
    group: str | None = None
    """Wanted things of one group are editions of one resource, made by the first."""
    placement: Placement | None = None
    draft: bool = False
    described: Record = field(default_factory=Record)
    """What the place that lists it says of it: counts before the document's own word, after a curator's."""
    harvested: bool = False
    """Found by a harvest: then `record` is the curator's word on what is new, and none on what is here already."""
    known: Validators = field(default_factory=Validators)
    """What its server said of the version that is here, so that only a newer one is brought."""
    walked: bool = False
    """Found in a folder: where it is no document it is passed over rather than failed."""
    problem: str = ""
    """Why it cannot be had, where that is known already."""
    mistyped: bool = False
    """What was typed names nothing. That is said, and not written down as something to try again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended."""

    source: str
    outcome: str
    """``added``, ``updated``, ``duplicate``, ``failed``; or ``skipped``, for what is no document in a folder;
    or, of a harvest, ``unchanged`` or ``missing``, for what is no longer at its source."""
    slug: str | None = None
    title: str | None = None
    status: str | None = None
    pages: int = 0
    words: int = 0
    warnings: tuple[str, ...] = ()
    error: str | None = None
    alike: tuple[Alike, ...] = ()
    """Other resources with nearly the same text, the most alike first."""


def walk(arguments: Iterable[str], template: Wanted) -> Iterator[Wanted]:
    """`template` for every document that `arguments` (files, folders, addresses) name."""
    for argument in arguments:
        try:
            for location in ingest.find(argument):
                yield replace(template, shown=printable(location), location=location, walked=location != argument)
        except IngestProblem as problem:
            sentence = printable(str(problem))
            yield replace(template, shown=printable(argument), location=argument, problem=sentence, mistyped=True)


def without_empty_folders(outcomes: Iterable[Outcome], folders: Iterable[str]) -> Iterator[Outcome]:
    """`outcomes`, and a failure for each of `folders` in which nothing was a document."""
    empty = {folder: Path(folder).absolute() for folder in folders}
    for outcome in outcomes:
        yield outcome
        if outcome.outcome != "skipped":
            empty = {name: path for name, path in empty.items() if not _within(outcome.source, path)}
    for name in empty:
        sentence = (
            f"{name} holds nothing that can be read; docs/formats.md lists what can, such as PDF, Word and HTML."
        )
        yield Outcome(name, "failed", error=sentence)


def _within(source: str, folder: Path) -> bool:
    return Path(source).absolute().is_relative_to(folder)
