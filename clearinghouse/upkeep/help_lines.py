"""Use cases on the list of help lines: read it, load it from a file, write it as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse import facts, showing, slugs
from clearinghouse.facts import help_line_file, toml_text
from clearinghouse.facts.help_line_file import Line
from clearinghouse.library import Library
from clearinghouse.models import HelpLine
from clearinghouse.upkeep import days
from clearinghouse.views import HelpLineView

#: A file of help lines larger than this, in bytes, is something else.
LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load of help lines changed, by name."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    total: int


def lines(library: Library) -> tuple[HelpLineView, ...]:
    """Every help line in its order, overdue as of today."""
    with library.database.reading() as session:
        return tuple(showing.help_line(row, days.today()) for row in rows(session))


def load(library: Library, text: str) -> Loaded:
    """Make the help lines what a TOML file says, in its order, all of it or nothing.

    A check that the file does not know of stays, where it was of the same number and hours. Raises `Invalid`,
    with a line for each fault.
    """
    wanted = help_line_file.read(text)
    with library.database.writing() as session:
        known = {row.name: row for row in rows(session)}
        before = {name: of(row) for name, row in known.items()}
        wanted = [_with_later_check(line, before.get(line.name)) for line in wanted]
        removed = tuple(name for name in known if name not in {line.name for line in wanted})
        for name in removed:
            session.delete(known[name])
        for position, line in enumerate(wanted, start=1):
            row = known.get(line.name)
            if row is None:
                row = HelpLine(name=line.name)
                session.add(row)
            row.position = position
            for each in fields(line):
                setattr(row, each.name, getattr(line, each.name))
    return Loaded(
        added=tuple(line.name for line in wanted if line.name not in before),
        changed=tuple(line.name for line in wanted if line.name in before and before[line.name] != line),
        removed=removed,
        total=len(wanted),
    )


def as_toml(library: Library) -> str:
    """The help lines as a file for `load`, with the comment that explains each key."""
    with library.database.reading() as session:
        kept = [of(row) for row in rows(session)]
    return help_line_file.write(kept, toml_text.head(facts.text("help_lines.toml")))


def rows(session: Session) -> Sequence[HelpLine]:
    """Every help line in its order."""
    return session.scalars(select(HelpLine).order_by(HelpLine.position, HelpLine.id)).all()


def named(session: Session, name: str) -> HelpLine | None:
    """The help line of this name, or of this name as a slug; of several the one that is spelt so."""
    wanted = slugs.slugify(name)
    found = [row for row in rows(session) if slugs.slugify(row.name) == wanted]
    return min(found, key=lambda row: row.name != name, default=None)


def of(row: HelpLine) -> Line:
    """The help line as a file says it."""
    return Line(**{each.name: getattr(row, each.name) for each in fields(Line)})


def _with_later_check(line: Line, before: Line | None) -> Line:
    """`line` with the check that is written down in the library, where the file knows only of an earlier one."""
    if before is None or before.checked_on is None or (line.checked_on and line.checked_on >= before.checked_on):
        return line
    if (line.number, line.text_number, line.hours) != (before.number, before.text_number, before.hours):
        return line
    return replace(line, checked_on=before.checked_on, checked_by=before.checked_by, check_by=before.check_by)
