"""Who changed what of the topics, and when: a line for each topic that a load added, changed or removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse import vocabulary
from clearinghouse.errors import NotFound
from clearinghouse.facts.thesaurus import WORD_KINDS, Entry
from clearinghouse.library import Library
from clearinghouse.models import Topic, TopicEvent


@dataclass(frozen=True, slots=True)
class Remembered:
    """One line of the topics' history."""

    at: datetime
    who: str
    topic: str
    """Slug."""
    what: str
    """``added``, ``changed`` or ``removed``."""
    details: Mapping[str, Any]
    """Field to [before, after]."""


def read(library: Library, slug: str | None = None) -> tuple[Remembered, ...]:
    """The history of the topic of this slug, or of all, oldest first; that of a topic which is gone stays.

    Topics that came with the program, and that nobody changed, have none. Raises `NotFound` for a topic that there
    is not and never was.
    """
    wanted = select(TopicEvent).order_by(TopicEvent.id)
    with library.database.reading() as session:
        if slug is not None:
            wanted = wanted.where(TopicEvent.slug == slug)
        found = session.scalars(wanted).all()
        if slug is not None and not found:
            _require_there(session, slug)
        return tuple(Remembered(each.at, each.who, each.slug, each.what, each.details) for each in found)


def remember(
    session: Session,
    library: Library,
    slugs: Iterable[str],
    before: Mapping[str, Entry],
    after: Mapping[str, Entry],
) -> None:
    """Write down what became of the topics of `slugs`, by slug as they were `before` and as they are `after`."""
    for slug in slugs:
        was, is_now = before.get(slug), after.get(slug)
        what = "added" if was is None else "removed" if is_now is None else "changed"
        details = _differences(was or Entry(slug, ""), is_now or Entry(slug, ""))
        session.add(TopicEvent(slug=slug, who=library.curator, what=what, details=details))


def _differences(before: Entry, after: Entry) -> dict[str, list[Any]]:
    one, other = _fields(before), _fields(after)
    return {name: [one[name], other[name]] for name in one if one[name] != other[name]}


def _fields(entry: Entry) -> dict[str, Any]:
    """As a file of topics names them; lists sorted, for their order says nothing."""
    return {
        "preferred": entry.preferred,
        "scope_note": entry.scope_note,
        **{f"{kind}_words": sorted(entry.words.get(kind, ())) for kind in WORD_KINDS},
        "broader": entry.broader,
        "related": sorted(entry.related),
    }


def _require_there(session: Session, slug: str) -> None:
    known = set(session.scalars(select(Topic.slug))) | set(session.scalars(select(TopicEvent.slug)))
    if slug not in known:
        near = vocabulary.did_you_mean(slug, known)
        raise NotFound(f"There is no topic “{slug}”.{near} `clearinghouse topics list` shows them all.")
