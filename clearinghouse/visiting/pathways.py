"""Use case: ways into peer work, by state and territory: the directory entries that are published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from clearinghouse import showing, vocabulary
from clearinghouse.library import Library
from clearinghouse.models import Collection, Resource
from clearinghouse.views import Card, CollectionView

#: The national qualification, and the one beside it; what they are is said on the page.
QUALIFICATION = "CHC43515"
NEXT_BEST = "CHC43315"

#: A curator's shelf under this slug is shown with the first steps.
FIRST_STEPS = "thinking-of-becoming-a-peer-worker"

_NATIONAL = "National"
#: Qualifications first: they are what the others lead to.
_RANK = {entry: place for place, entry in enumerate(("qualification", "course", "program", "network"))}


@dataclass(frozen=True, slots=True)
class Pathway:
    """A directory entry: a course, program, qualification, network or service."""

    card: Card
    entry: str
    """What it is, from the vocabulary; empty where nobody said."""
    provider: str
    cost: str
    time: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Region:
    """A state or territory, or all of Australia, with what is listed there."""

    code: str
    """As in the vocabulary; empty for entries of which nobody said where they are."""
    name: str
    ways: tuple[Pathway, ...]
    """Qualifications, courses, programs and networks."""
    services: tuple[Pathway, ...]
    """Someone to ask, whether or not one wants the work."""

    @property
    def size(self) -> int:
        """Number of entries."""
        return len(self.ways) + len(self.services)


@dataclass(frozen=True, slots=True)
class Pathways:
    """Everything the page shows."""

    regions: tuple[Region, ...]
    """All of Australia first, then every state and territory, those with nothing too."""
    qualifications: dict[str, str]
    """Code to the slug of its entry, for `QUALIFICATION` and `NEXT_BEST` where they are listed."""
    first_steps: CollectionView | None


def listed(library: Library, *, hide_noted: bool = False) -> Pathways:
    """Every published directory entry in its place: by what it is, then by title.

    With `hide_noted`, without entries and first steps that have content notes.
    """
    wanted = select(Resource).where(Resource.kind == "directory-entry", Resource.shown(hide_noted=hide_noted))
    with library.database.reading() as session:
        rows = session.scalars(wanted.options(*showing.card_parts()).order_by(Resource.title, Resource.id)).all()
        found = [(row.jurisdiction, _pathway(row)) for row in rows]
        shelf = session.scalars(select(Collection).where(Collection.slug == FIRST_STEPS)).one_or_none()
        first_steps = showing.collection(shelf, hide_noted=hide_noted) if shelf is not None else None
    places = {**vocabulary.JURISDICTIONS, "": "Somewhere in Australia"}
    regions = [
        _region(code, name, [each for where, each in found if _place(where) == code])
        for code, name in places.items()
    ]
    return Pathways(
        regions=tuple(each for each in regions if each.code or each.size),
        qualifications={
            code: each.card.slug
            for code in (QUALIFICATION, NEXT_BEST)
            for _, each in found
            if each.card.title.startswith(code)
        },
        first_steps=first_steps if first_steps is not None and first_steps.items else None,
    )


def near(found: Pathways, where: str) -> tuple[Region, ...]:
    """The region asked for and then all of Australia; every region where none is known as `where`."""
    chosen = [each for each in found.regions if each.code and each.code.lower() == where.strip().lower()]
    if not chosen:
        return found.regions
    national = [each for each in found.regions if each.code == _NATIONAL and each not in chosen]
    return (*chosen, *national)


def _pathway(row: Resource) -> Pathway:
    details = row.details
    return Pathway(
        card=showing.card(row),
        entry=details.get("entry", ""),
        provider=details.get("provider", ""),
        cost=details.get("cost", ""),
        time=details.get("time", ""),
        checked_on=row.checked_on,
    )


def _place(jurisdiction: str) -> str:
    return jurisdiction if jurisdiction in vocabulary.JURISDICTIONS else ""


def _rank(each: Pathway) -> tuple[int, bool]:
    """Qualifications before courses, and the one for peer work before every other."""
    return _RANK.get(each.entry, len(_RANK)), not each.card.title.startswith(QUALIFICATION)


def _region(code: str, name: str, entries: list[Pathway]) -> Region:
    entries = sorted(entries, key=_rank)
    return Region(
        code=code,
        name=name,
        ways=tuple(each for each in entries if each.entry != "service"),
        services=tuple(each for each in entries if each.entry == "service"),
    )
