"""Use cases on dated facts: help lines and directory entries, which are true until the day they are not.

Each carries its source and the day somebody last checked it. Help lines are to be checked again every six months
and directory entries every year, unless the curator says otherwise.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from clearinghouse import slugs, vocabulary
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.facts import help_line_file
from clearinghouse.holdings import catalogue, resource_fields
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import HelpLine, Resource
from clearinghouse.upkeep import days, help_lines

#: Months after which a fact is to be checked again.
LINE_MONTHS = 6
ENTRY_MONTHS = 12

#: What a curator may mend in a help line while checking it.
DETAILS = ("number", "text_number", "hours", "who", "link", "source")


@dataclass(frozen=True, slots=True)
class Due:
    """A fact that somebody should check."""

    what: str
    """``help line`` or ``directory entry``."""
    name: str
    slug: str
    """What `checked` takes for it."""
    checked_on: date | None
    due_on: date | None
    """When it was or will be due; None where nobody has checked it yet."""
    link: str
    source: str
    to_do: str
    """A sentence for the curator."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was written down."""

    what: str
    name: str
    on: date
    by: str
    again_by: date
    changed: Mapping[str, tuple[str, str]]
    """Detail to (before, after), of what was mended."""


def due(library: Library, *, within: int = 0) -> tuple[Due, ...]:
    """Facts that were never checked, or are to be checked within so many days: help lines, then entries."""
    last = days.today() + timedelta(days=within)
    with library.database.reading() as session:
        lines = sorted(map(_due_line, help_lines.rows(session)), key=lambda each: each.due_on or date.min)
        # a day more, as what was checked on a leap day is due on the 28th a year later
        soon = days.months_later(last, -ENTRY_MONTHS) + timedelta(days=1)
        wanted = select(Resource).where(
            Resource.kind == "directory-entry",
            Resource.status != "withdrawn",
            or_(Resource.checked_on.is_(None), Resource.checked_on <= soon),
        )
        taken = {each.slug for each in lines}
        rows = session.scalars(wanted.order_by(Resource.checked_on, Resource.title))
        entries = [_due_entry(row, taken) for row in rows]
        return tuple(each for each in (*lines, *entries) if each.due_on is None or each.due_on <= last)


def checked(
    library: Library,
    name: str,
    *,
    on: date | None = None,
    again_by: date | None = None,
    details: Mapping[str, str] | None = None,
    entry: bool = False,
) -> Checked:
    """Write down that the curator checked a help line (by name) or a directory entry (by slug), and when.

    A service can be both; with `entry` its directory entry is meant. `details` are those of `DETAILS` that have
    changed; an empty text takes one away. Raises `NotFound`, or `Invalid` for a day to come, a day to check again
    that is not after it, or details that a line cannot have.
    """
    day = on or days.today()
    if day > days.today():
        raise Invalid(f"{day} is yet to come; say on which day it was checked, or leave --on out for today.")
    if again_by and again_by <= day:
        raise Invalid(f"It cannot be due again by {again_by}, as it was checked on {day}; give a later day.")
    with library.database.writing() as session:
        row = None if entry else help_lines.named(session, name)
        if row is not None:
            return _line_checked(row, library.curator, day, again_by, details or {})
        return _entry_checked(session, library, name, day, again_by, details or {})


def _due_line(row: HelpLine) -> Due:
    place = row.link or row.source
    ask = f"Compare {row.number} and its hours with {place}"  # nobody rings a crisis line to try it
    when = "Nobody has checked it yet." if row.checked_on is None else f"It was checked on {row.checked_on}."
    return Due(
        what="help line",
        name=row.name,
        slug=slugs.slugify(row.name),
        checked_on=row.checked_on,
        due_on=row.check_by,
        link=row.link,
        source=row.source,
        to_do=f"{when} {ask}, then `clearinghouse facts checked {slugs.slugify(row.name)}`.",
    )


def _due_entry(row: Resource, taken: Container[str]) -> Due:
    """`taken` are the names that help lines go by."""
    when = "Nobody has checked it yet." if row.checked_on is None else f"It was checked on {row.checked_on}."
    which = " --entry" if row.slug in taken else ""
    ask = f"Look at {row.link}" if row.link else "Ask the provider, as the entry has no link"
    return Due(
        what="directory entry",
        name=row.title,
        slug=row.slug,
        checked_on=row.checked_on,
        due_on=days.months_later(row.checked_on, ENTRY_MONTHS) if row.checked_on else None,
        link=row.link,
        source=row.link,
        to_do=f"{when} {ask}, then `clearinghouse facts checked {row.slug}{which}`.",
    )


def _line_checked(row: HelpLine, by: str, day: date, again_by: date | None, details: Mapping[str, str]) -> Checked:
    before = help_lines.of(row)
    said = {name: " ".join(value.split()) for name, value in details.items()}
    again = again_by or days.months_later(day, LINE_MONTHS)
    after = replace(before, **said, checked_on=day, checked_by=by, check_by=again)  # type: ignore[arg-type]
    wrong = list(help_line_file.faults(after))
    if row.always and row.number != after.number and help_line_file.digits(row.number) == help_line_file.EMERGENCY:
        wrong.append("000 stays as it is.")
    if wrong:
        raise Invalid("\n".join(f"Help line “{row.name}”: {fault}" for fault in wrong))
    for each in fields(after):
        setattr(row, each.name, getattr(after, each.name))
    changed = {name: (getattr(before, name), said[name]) for name in said if getattr(before, name) != said[name]}
    return Checked("help line", row.name, day, by, again, changed)


def _entry_checked(
    session: Session, library: Library, slug: str, day: date, again_by: date | None, details: Mapping[str, str]
) -> Checked:
    row = session.scalars(select(Resource).where(Resource.slug == slug)).one_or_none()
    if row is None:
        entries = session.scalars(select(Resource.slug).where(Resource.kind == "directory-entry"))
        known = [*(slugs.slugify(each.name) for each in help_lines.rows(session)), *entries]
        near = vocabulary.did_you_mean(slugs.slugify(slug), known)
        raise NotFound(
            f"There is no help line or directory entry “{slug}”.{near} `clearinghouse facts list` shows the lines."
        )
    if row.kind != "directory-entry":
        raise Invalid(
            f"“{slug}” is not a directory entry but a {row.kind or 'resource without a kind'}; say when it was "
            f"checked with `clearinghouse edit {slug} --checked-on {day}`."
        )
    if details:
        raise Invalid(
            f"“{slug}” is a directory entry; mend what it says with `clearinghouse edit {slug}`, then say that it "
            "was checked."
        )
    if again_by:
        raise Invalid(f"A directory entry is due again after {ENTRY_MONTHS} months; leave --again-by out.")
    changed = resource_fields.apply(session, row, Record(checked_on=day), by_curator=True)
    catalogue.remember(session, library, row, "checked", changed)
    return Checked("directory entry", row.title, day, library.curator, days.months_later(day, ENTRY_MONTHS), {})
