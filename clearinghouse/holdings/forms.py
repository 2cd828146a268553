"""Use cases on one form of a work (an edition): list, mend, take away, and work out how hard each is to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

import ingest
from clearinghouse import languages, showing, slugs, stamps, vocabulary
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.holdings import catalogue, record
from clearinghouse.library import Library
from clearinghouse.models import Edition, Page, Resource
from clearinghouse.orm import now
from clearinghouse.views import EditionView

#: Years of schooling that a curator may say.
FEWEST_YEARS, MOST_YEARS = 1, 18

#: What can be said of a form, and the column that holds it.
_COLUMNS: Mapping[str, str] = {
    "form": "form",
    "language": "language",
    "label": "label",
    "link": "link",
    "schooling": "schooling_said",
}


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """How many forms had no reading level, and how many of them have one now."""

    looked_at: int
    told: int


def listing(library: Library, slug: str) -> tuple[EditionView, ...]:
    """The forms of a resource, in the order they were added. Raises `NotFound`."""
    with library.database.reading() as session:
        return tuple(map(showing.edition, catalogue.find(session, slug).editions))


def revise(library: Library, slug: str, key: str, said: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Change a form by a curator's word; returns name -> [before, after] of what changed.

    `said` has any of ``form``, ``language``, ``label``, ``link`` and ``schooling`` (whole years; None takes the
    worked-out level again). The key stays, because it stands in addresses. Raises `NotFound`, `Unknown` or
    `Invalid`.
    """
    values = _checked(said)
    with library.database.writing() as session:
        row = catalogue.find(session, slug)
        edition = _find(row, key)
        changed: dict[str, list[Any]] = {}
        for name, value in values.items():
            before = getattr(edition, _COLUMNS[name])
            if before != value:
                setattr(edition, _COLUMNS[name], value)
                changed[name] = [before, value]
        if "language" in changed:
            edition.schooling = _years(session, edition)
        if changed:
            edition.updated_at = row.updated_at = now()
            catalogue.remember(session, library, row, "revised", {"edition": key, **changed})
        return changed


def remove(library: Library, slug: str, key: str) -> EditionView:
    """Take a form away from its resource; returns what it was.

    Its original stays in the library, and the history says which it was. Raises `NotFound`.
    """
    with library.database.writing() as session:
        return remove_row(session, library, catalogue.find(session, slug), key)


def remove_row(session: Session, library: Library, row: Resource, key: str) -> EditionView:
    """`remove` within a transaction. Raises as it does."""
    edition = _find(row, key)
    view = showing.edition(edition)
    details = {"edition": key, "form": view.form, "language": view.language, "link": view.link}
    if view.original:
        details |= {"original": view.original.sha256, "file": view.original.name}
    row.editions.remove(edition)
    row.updated_at = now()
    said = {name: each for name, each in details.items() if each}
    catalogue.remember(session, library, row, "form removed", said)
    return view


def move(library: Library, slug: str, to: str) -> tuple[str, ...]:
    """Make every form of one resource a form of another, `to`; returns the keys they have there.

    For a text that turns out to be another edition of a work that is here. The resource left without a form is
    withdrawn, and says where its forms are. Raises `NotFound`, or `Invalid` where there is nothing to move.
    """
    with library.database.writing() as session:
        return move_rows(session, library, catalogue.find(session, slug), to)


def move_rows(session: Session, library: Library, row: Resource, to: str) -> tuple[str, ...]:
    """`move` within a transaction. Raises as it does."""
    other = catalogue.find(session, to)
    if row is other:
        raise Invalid(f"“{row.slug}” cannot be moved into itself; name another resource.")
    if not row.editions:
        raise Invalid(f"“{row.slug}” has no form that could be moved.")
    keys = tuple(_moved(edition, other) for edition in tuple(row.editions))
    row.status, row.withdrawn_reason = "withdrawn", f"It is a form of “{other.title}” now."
    row.updated_at = other.updated_at = now()
    catalogue.remember(session, library, row, "withdrawn", {"moved to": to})
    catalogue.remember(session, library, other, "edition", {"moved from": row.slug, "edition": ", ".join(keys)})
    return keys


def _moved(edition: Edition, other: Resource) -> str:
    keys = {each.key for each in other.editions}
    edition.key = slugs.free(edition.key, keys)
    other.editions.append(edition)
    return edition.key


def waiting(library: Library) -> int:
    """How many forms with text have no reading level."""
    with library.database.reading() as session:
        return len(list(session.scalars(select(Edition.id).where(_without_level()))))


def work_out(library: Library, *, progress: Callable[[int], None] = lambda done: None) -> WorkedOut:
    """Work out the reading level of every form that has none, from its pages as they are kept.

    For libraries that are older than reading levels. One that cannot be told (too short, not English) stays so.
    """
    with library.database.reading() as session:
        ids = list(session.scalars(select(Edition.id).where(_without_level()).order_by(Edition.id)))
    told = 0
    for done, each in enumerate(ids, start=1):
        with library.database.reading() as session:
            edition = session.get(Edition, each)
            years = _years(session, edition) if edition else None
            owner = edition.resource_id if edition else 0
        if years is not None:
            told += 1
            with library.database.writing() as session:
                # Not by way of the row: the index holds no levels, and need not be told that one is there now.
                session.execute(update(Edition).where(Edition.id == each).values(schooling=years))
                stamps.touch(session, [owner])
        progress(done)
    return WorkedOut(len(ids), told)


def _without_level() -> ColumnElement[bool]:
    return and_(Edition.schooling.is_(None), Edition.page_count > 0)


def _years(session: Session, edition: Edition) -> float | None:
    pages = session.scalars(select(Page).where(Page.edition_id == edition.id).order_by(Page.number))
    read = [ingest.Page(page.number, page.label, page.heading, page.text) for page in pages]
    return ingest.years_of_schooling(read, edition.language)


def _find(row: Resource, key: str) -> Edition:
    found = next((edition for edition in row.editions if edition.key == key), None)
    if found is None:
        keys = [edition.key for edition in row.editions]
        near = vocabulary.did_you_mean(key, keys)
        have = f"It has {', '.join(keys)}." if keys else "It has none."
        raise NotFound(f"“{row.slug}” has no form “{key}”.{near} {have}")
    return found


def _checked(said: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(said)
    if values.get("form") is not None:
        values["form"] = vocabulary.require("form", values["form"])
    if values.get("language"):
        values["language"] = languages.tag(values["language"])
    if "label" in values:
        values["label"] = " ".join((values["label"] or "").split())
    if values.get("link"):
        values["link"] = record.web_address(values["link"])
    years = values.get("schooling")
    if years is not None and not FEWEST_YEARS <= years <= MOST_YEARS:
        raise Invalid(f"Nobody has {years} years of schooling; give from {FEWEST_YEARS} to {MOST_YEARS}, or none.")
    return values
