"""The topics that words name: a slug, a preferred word, or any other word that finds it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from clearinghouse import vocabulary
from clearinghouse.errors import Unknown
from clearinghouse.library import Library
from clearinghouse.models import Topic, TopicWord


def find(session: Session, word: str) -> Topic:
    """The topic of this slug, preferred word or other word. Raises `Unknown`, naming the nearest."""
    wanted = word.strip().lower()
    found = session.scalars(
        select(Topic)
        .outerjoin(TopicWord)
        .where(
            or_(
                Topic.slug == wanted.replace(" ", "-"),
                func.lower(Topic.preferred) == wanted,
                func.lower(TopicWord.word) == wanted,
            )
        )
        .order_by(Topic.slug != wanted.replace(" ", "-"), Topic.id)
    ).first()
    if found is None:
        known = list(session.scalars(select(Topic.slug).order_by(Topic.slug)))
        near = vocabulary.did_you_mean(wanted.replace(" ", "-"), known)
        raise Unknown(f"There is no topic “{word}”.{near} Known: {', '.join(known)}.")
    return found


def known_among(session: Session, words: Iterable[str]) -> tuple[str, ...]:
    """The slugs of the topics that `words` name; words that name none are passed over."""
    said = {word.strip().lower() for word in words}
    named = or_(func.lower(Topic.preferred).in_(said), func.lower(TopicWord.word).in_(said), Topic.slug.in_(said))
    rows = select(Topic.slug).outerjoin(TopicWord).where(named).distinct().order_by(Topic.slug)
    return tuple(session.scalars(rows)) if said else ()


def slugs(library: Library, words: Iterable[str]) -> tuple[str, ...]:
    """The slugs of the topics that `words` name. Raises `Unknown`."""
    with library.database.reading() as session:
        return tuple(find(session, word).slug for word in words)
