"""Use case: the whole library out, as a folder that another library, or a person in fifty years, can read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from clearinghouse.database import HEAD
from clearinghouse.library import Library
from clearinghouse.models import Original, Resource
from clearinghouse.orm import now
from clearinghouse.transfer import bag, records
from clearinghouse.transfer.parts import PARTS, Part

Progress = Callable[[int], None]

PROGRAM = "peer-support-clearinghouse"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export has."""

    folder: str
    """Empty where nothing was written."""
    everything: bool
    digest: str
    """SHA-256 over every record: equal digests, equal libraries."""
    counts: dict[str, int]
    """Kind of record, and ``originals``, to how many there are."""
    left_out: dict[str, int] = field(default_factory=dict)
    """Status to number of resources that visitors do not see and that were therefore left out."""
    missing: tuple[str, ...] = ()
    """Originals that the library should have and has not, or not as they came."""


@dataclass(slots=True)
class Told:
    """The records of a library, counted and digested as they are told."""

    counts: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """One digest over the digests of all kinds of record."""
        return hashlib.sha256("".join(f"{name} {self.digests[name]}\n" for name in PARTS).encode()).hexdigest()


def size(library: Library, *, everything: bool = False) -> int:
    """Number of records and originals that an export will have."""
    with library.database.reading() as session:
        return sum(_number(session, part, everything=everything) for part in PARTS.values())


def export(
    library: Library, folder: Path, *, everything: bool = False, progress: Progress = lambda done: None
) -> Exported:
    """Write the library to `folder`: what visitors see, or with `everything` drafts and history too.

    Enquiries, secrets and counts of searches never go out. All of it is as it was at one moment, whatever is
    changed meanwhile. Raises `Invalid`, `Occupied` or `StorageFailed`; nothing stands at `folder` then.
    """
    info = {"Source-Organization": library.settings.site_name, "External-Description": _description(everything)}
    with bag.made(folder, info) as making, library.database.reading() as session:
        told = _write(session, making, everything=everything, progress=progress)
        missing = _copy_originals(library, session, making, everything=everything)
        _write_contents(making, told, everything=everything, missing=missing)
        left_out = {} if everything else _left_out(session)
    return Exported(str(folder), everything, told.digest, told.counts, left_out, missing)


def look(library: Library, *, everything: bool = False) -> Exported:
    """What an export would have, without writing one."""
    with library.database.reading() as session:
        told = tell(session, everything=everything)
        left_out = {} if everything else _left_out(session)
    return Exported("", everything, told.digest, told.counts, left_out)


def tell(
    session: Session,
    *,
    everything: bool,
    write: Callable[[str, str], None] = lambda name, line: None,
    progress: Progress = lambda done: None,
) -> Told:
    """Count and digest every record, and give each kind and line to `write`."""
    told = Told()
    reader = records.Reader(session, everything=everything)
    done = 0
    for name, part in PARTS.items():
        digest, count = hashlib.sha256(), 0
        for record in reader.records(part):
            line = records.line(record)
            digest.update(line.encode("utf-8", "surrogatepass"))
            write(name, line)
            count += 1
            done += 1
            progress(done)
        told.counts[name], told.digests[name] = count, digest.hexdigest()
    return told


def _write(session: Session, making: Path, *, everything: bool, progress: Progress) -> Told:
    files = {name: (making / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") for name in PARTS}

    def write(name: str, line: str) -> None:
        files[name].write(line)

    try:
        return tell(session, everything=everything, write=write, progress=progress)
    finally:
        for each in files.values():
            each.close()


def _copy_originals(library: Library, session: Session, making: Path, *, everything: bool) -> tuple[str, ...]:
    """Copy each original; one that is missing or changed is told, and stops nothing."""
    part = PARTS["originals"]
    wanted = select(Original.sha256)
    if not everything and part.shared is not None:
        wanted = wanted.where(part.shared())
    missing = []
    for sha256 in session.scalars(wanted.order_by(Original.sha256)):
        place = making / bag.original(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        if not library.originals.copy(sha256, place):
            missing.append(sha256)
    return tuple(missing)


def _write_contents(making: Path, told: Told, *, everything: bool, missing: tuple[str, ...]) -> None:
    said = {
        "program": PROGRAM,
        "version": version(PROGRAM),
        "tables": HEAD,
        "made": now().isoformat(timespec="seconds"),
        "everything": everything,
        "records": {
            name: {"file": f"{name}.jsonl", "count": told.counts[name], "sha256": told.digests[name]}
            for name in PARTS
        },
        "digest": told.digest,
        "missing": list(missing),
    }
    (making / bag.CONTENTS).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")


def _number(session: Session, part: Part, *, everything: bool) -> int:
    if part.private and not everything:
        return 0
    counted = select(func.count()).select_from(part.table)
    if part.shared is not None and not everything:
        counted = counted.where(part.shared())
    return session.scalar(counted) or 0


def _left_out(session: Session) -> dict[str, int]:
    unseen: ColumnElement[bool] = Resource.status != "published"
    rows = session.execute(select(Resource.status, func.count()).where(unseen).group_by(Resource.status))
    return dict(rows.all())


def _description(everything: bool) -> str:
    if everything:
        return "A whole library, drafts and history too, without enquiries, secrets and counts of searches."
    return "A library as its visitors see it: published resources, topics, collections, glossary, help lines."
