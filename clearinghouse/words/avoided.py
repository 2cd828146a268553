"""Words that find and are never said: historical and clinical words of topics, and `patient`."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse.models import TopicWord
from index.analysis import runs

_NEVER = ("patient",)


def unless_avoided(session: Session, typed: str, suggestion: str | None) -> str | None:
    """`suggestion`, or None where it says an avoided word that was not in what was `typed`."""
    if suggestion is None:
        return None
    avoided = select(TopicWord.word).where(TopicWord.kind.in_(("historical", "clinical")))
    said, before = _whole_words(suggestion), _whole_words(typed)
    for word in (*_NEVER, *session.scalars(avoided)):
        looked_for = _whole_words(word)
        if looked_for in said and looked_for not in before:
            return None
    return suggestion


def _whole_words(text: str) -> str:
    """The words of `text`, a space before and behind each.

    As they stand but for a plural: by its stem, "suicidality" would forbid "suicide".
    """
    words = [word.text for _, _, read in runs(text) for word in read.words[: read.width]]
    return "".join(f" {word.removesuffix('s')} " for word in words)
