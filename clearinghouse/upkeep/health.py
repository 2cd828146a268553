"""Use case: is the library well? Each finding is one line, with what to do where something is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, text

from clearinghouse import indexing
from clearinghouse.database import HEAD
from clearinghouse.enquiries import desk
from clearinghouse.errors import AnyProblem
from clearinghouse.library import Library
from clearinghouse.models import Original, Resource
from clearinghouse.upkeep import dated_facts, links, programs
from index.meaning import meaning

#: More published resources than this, and Whoosh keeps one visitor in twenty waiting: see docs/engines.md.
OUTGROWN = 100_000
#: Less free room than this, in bytes, and the next documents may not fit.
_ROOM = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    well: bool
    sentence: str


def examine(library: Library) -> Iterator[Finding]:
    """Look at everything that can go wrong unseen, one finding each; never raises a problem."""
    checks: tuple[tuple[str, Callable[[Library], Finding]], ...] = (
        ("database", _database),
        ("migrations", _migrations),
        ("files", _files),
        ("index", _index),
        ("meaning", _meaning),
        ("tesseract", _tesseract),
        ("libreoffice", _libreoffice),
        ("address", _address),
        ("disk", _disk),
        ("enquiries", _enquiries),
        ("help lines", _help_lines),
        ("entries", _entries),
        ("links", _links),
    )
    for name, check in checks:
        try:
            yield check(library)
        except AnyProblem as problem:
            yield Finding(name, False, str(problem))


def _database(library: Library) -> Finding:
    with library.database.reading() as session:
        if session.get_bind().dialect.name == "sqlite":
            said = session.execute(text("PRAGMA quick_check")).scalar()
            if said != "ok":
                return Finding("database", False, f"SQLite says: {said}. Put back a copy of library.db.")
        number = session.scalar(select(func.count()).select_from(Resource))
    return Finding("database", True, f"It opens and is whole; {number} resources.")


def _migrations(library: Library) -> Finding:
    version = library.database.version()
    if version == HEAD:
        return Finding("migrations", True, f"The tables are at version {HEAD}.")
    sentence = f"The tables are at version {version}, this program wants {HEAD}; run any command to bring them up."
    return Finding("migrations", False, sentence)


def _files(library: Library) -> Finding:
    """Every original against its own SHA-256."""
    with library.database.reading() as session:
        known = dict(session.execute(select(Original.sha256, Original.name)).all())
    missing, changed = [], []
    for sha256, name in known.items():
        digest = library.originals.digest(sha256)
        if digest is None:
            missing.append(name)
        elif digest != sha256:
            changed.append(name)
    if missing or changed:
        parts = [
            f"{len(names)} {what} ({', '.join(sorted(names)[:3])}{' …' if len(names) > 3 else ''})"
            for names, what in ((missing, "missing"), (changed, "changed since they were added"))
            if names
        ]
        return Finding("files", False, f"{'; '.join(parts)} of {len(known)} originals; put them back from a copy.")
    return Finding("files", True, f"All {len(known)} originals are as they came.")


def _index(library: Library) -> Finding:
    drift = indexing.check(library)
    if drift:
        differences = sum(map(len, (drift.missing, drift.different, drift.surplus, drift.lacking)))
        cure = "sync" if drift.waiting and not drift.lacking else "check --repair"
        sentence = f"It differs from the database in {differences} places; run `clearinghouse index {cure}`."
        return Finding("index", False, sentence)
    waiting = f" {drift.waiting} changes wait for `clearinghouse index sync`." if drift.waiting else ""
    return Finding("index", True, f"It is equal to the database.{waiting} {_engine(library)}")


def _engine(library: Library) -> str:
    """Which search engine answers, and whether the library has become too large for it."""
    name = library.settings.engine
    if name == "whoosh" and (size := indexing.size(library)) > OUTGROWN:
        return (
            f"Whoosh answers; for {size:,} resources tantivy is several times faster: see “Which search engine” "
            "in docs/engines.md."
        )
    return f"{name.capitalize()} answers."


def _meaning(library: Library) -> Finding:
    if meaning() is not None:
        return Finding("meaning", True, "Search goes by meaning beside words.")
    cure = "`pip install 'peer-support-clearinghouse[meaning]'`, then `clearinghouse index rebuild`, adds meaning"
    return Finding("meaning", True, f"Search goes by words alone; {cure}.")


def _tesseract(library: Library) -> Finding:
    return Finding("tesseract", *programs.tesseract(library.settings))


def _libreoffice(_: Library) -> Finding:
    return Finding("libreoffice", True, programs.libreoffice())


def _address(library: Library) -> Finding:
    """Without one nothing is wrong: where a site has one name only, the address that was asked is right."""
    address = library.settings.address
    if address:
        return Finding("address", True, f"Feeds, site maps, citations and harvesters are told {address}.")
    return Finding(
        "address",
        True,
        "CLEARINGHOUSE_ADDRESS is not set: feeds, site maps, citations and harvesters are told whichever address "
        "was asked, and keep it for years. Set it, such as https://library.example.org, before others come.",
    )


def _disk(library: Library) -> Finding:
    homes = {library.settings.home.absolute(), library.originals.root}
    free = min(shutil.disk_usage(_existing(home)).free for home in homes)
    if free < _ROOM:
        return Finding("disk", False, f"Only {free / 1e6:,.0f} MB are free; make room before you add more.")
    return Finding("disk", True, f"{free / 1e9:,.1f} GB are free.")


def _enquiries(library: Library) -> Finding:
    number, days = desk.overdue(library), library.settings.enquiry_days
    if number:
        what = "closed enquiry is" if number == 1 else "closed enquiries are"
        sentence = f"{number} {what} kept past {days} days; run `clearinghouse enquiries purge`."
        return Finding("enquiries", False, sentence)
    return Finding("enquiries", True, f"None is kept longer than {days} days after it was closed.")


def _help_lines(library: Library) -> Finding:
    """One whose day has passed is wrong; one that nobody has checked yet is said, as in every new library."""
    due = [each for each in dated_facts.due(library) if each.what == "help line"]
    never = [each.name for each in due if each.checked_on is None]
    passed = [each.name for each in due if each.checked_on is not None]
    parts = [
        f"{len(names)} {what} ({', '.join(names[:3])}{' …' if len(names) > 3 else ''})"
        for names, what in ((passed, "overdue to be checked again"), (never, "never checked"))
        if names
    ]
    if parts:
        return Finding("help lines", not passed, f"{'; '.join(parts)}; see `clearinghouse facts due`.")
    return Finding("help lines", True, "All were checked, and none is due.")


def _entries(library: Library) -> Finding:
    due = [each for each in dated_facts.due(library) if each.what == "directory entry"]
    if due:
        number = "1 directory entry is" if len(due) == 1 else f"{len(due)} directory entries are"
        return Finding("entries", True, f"{number} to be checked; see `clearinghouse facts due`.")
    return Finding("entries", True, "Every course, program and service was checked within a year.")


def _links(library: Library) -> Finding:
    """Links that are broken are said, and are nothing wrong with the library: they break at the other end."""
    found = links.report(library)
    parts = []
    if found.broken:
        number = "1 outside link is" if len(found.broken) == 1 else f"{len(found.broken)} outside links are"
        parts.append(f"{number} broken; see `clearinghouse report links`.")
    if found.never_asked:
        parts.append(f"{found.never_asked} were never asked; `clearinghouse links check` asks them.")
    return Finding("links", True, " ".join(parts) or "No outside link is known to be broken.")


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)
