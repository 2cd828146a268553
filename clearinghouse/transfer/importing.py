"""Use case: an export taken into an empty library, which is then the same library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse import indexing, outbox
from clearinghouse.database import HEAD
from clearinghouse.errors import Invalid
from clearinghouse.holdings import fingerprints
from clearinghouse.library import Library
from clearinghouse.models import Collection, Enquiry, Resource
from clearinghouse.transfer import bag, exporting
from clearinghouse.transfer.parts import PARTS
from clearinghouse.transfer.records import Record
from clearinghouse.transfer.restoring import Writer

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in."""

    folder: str
    digest: str
    """SHA-256 over every record of this library now."""
    same: bool | None
    """Whether that is the digest of what was exported; None where its tables were older, so that they differ."""
    counts: dict[str, int]
    missing: tuple[str, ...]
    """Originals that the exported library had lost."""


def size(folder: Path) -> int:
    """Number of records in the export. Raises `Invalid`."""
    return sum(int(each.get("count", 0)) for each in bag.contents(folder)["records"].values())


def import_bag(
    library: Library, folder: Path, *, dry_run: bool = False, progress: Progress = lambda done: None
) -> Imported:
    """Take in all of an export, or nothing. With `dry_run` it is read, checked and left where it is.

    Raises `Invalid` where this library holds anything already, and where the export is damaged, was tampered with
    or was made by a newer program.
    """
    digests = bag.digests(folder)
    contents = bag.contents(folder)
    _readable(folder, contents)
    with library.database.writing() as session:
        _require_empty(session)
        if not dry_run:
            _keep_originals(library, folder, digests)
        counts = _write(session, folder, digests, progress)
        told = exporting.tell(session, everything=bool(contents.get("everything")))
        same = told.digest == contents.get("digest") if contents["tables"] == HEAD else None
        if same is False:
            raise Invalid(
                f"What came in from {folder} is not what was exported: the digest of its records differs. "
                "Nothing was taken in; export it again."
            )
        outbox.everything(session)  # whatever happens from here on, the index follows
        if dry_run:
            session.rollback()
    if not dry_run:
        fingerprints.work_out(library)
        indexing.rebuild(library)
    return Imported(str(folder), told.digest, same, counts, tuple(contents.get("missing", ())))


def _readable(folder: Path, contents: dict[str, Any]) -> None:
    if contents["tables"] > HEAD or set(contents["records"]) - set(PARTS):
        raise Invalid(f"A newer version of the program exported {folder}; install that version and try again.")


def _require_empty(session: Session) -> None:
    if any(session.scalar(select(select(each.id).exists())) for each in (Resource, Collection, Enquiry)):
        raise Invalid(
            "This library holds something already, and an export comes into an empty one only; name a new home "
            "with CLEARINGHOUSE_HOME. Nothing was changed."
        )


def _keep_originals(library: Library, folder: Path, digests: dict[str, str]) -> None:
    for path, sha256 in digests.items():
        if path == f"{bag.PAYLOAD}/{bag.original(sha256)}":
            library.originals.keep(folder / path, sha256)


def _write(session: Session, folder: Path, digests: dict[str, str], progress: Progress) -> dict[str, int]:
    writer = Writer(session)
    writer.clear()
    counts = {}
    before = 0
    for name, part in PARTS.items():
        path = f"{bag.PAYLOAD}/{name}.jsonl"
        lines = _records(folder / path) if path in digests else iter(())
        counts[name] = writer.write(part, _counted(lines, before, progress))
        before += counts[name]
    writer.settle()
    return counts


def _counted(found: Iterator[tuple[str, Record]], before: int, progress: Progress) -> Iterator[tuple[str, Record]]:
    for done, each in enumerate(found, start=before + 1):
        yield each
        progress(done)


def _records(path: Path) -> Iterator[tuple[str, Record]]:
    """Each record with where it stands. Raises `Invalid` for a line that is none."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, start=1):
            place = f"{path.name} line {number}"
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as problem:
                raise Invalid(f"{place} is no JSON; nothing was taken in. Export it again.") from problem
            if not isinstance(record, dict):
                raise Invalid(f"{place} is not a record; nothing was taken in. Export it again.")
            yield place, record
