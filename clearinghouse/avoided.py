"""Words that find and are never said: historical and clinical words of topics, and `patient`."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse.models import TopicWord
from index.analysis import sequences

_NEVER = ("patient",)


def unless_avoided(session: Session, typed: str, suggestion: str | None) -> str | None:
    """`suggestion`, or None where it says an avoided word that was not in what was `typed`."""
    if suggestion is None:
        return None
    avoided = select(TopicWord.word).where(TopicWord.kind.in_(("historical", "clinical")))
    said, before = _stems(suggestion), _stems(typed)
    for word in (*_NEVER, *session.scalars(avoided)):
        stems = _stems(word)
        if stems in said and stems not in before:
            return None
    return suggestion


def _stems(text: str) -> str:
    """The stems of `text`, a space before and behind each, so that whole words are looked for."""
    return "".join(f" {stem} " for _, stem in next(iter(sequences(text)), ()))
