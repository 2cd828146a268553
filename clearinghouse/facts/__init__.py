"""Standing facts that a new library begins with: topics and help lines, from files a person can edit."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clearinghouse.database import Database
from clearinghouse.models import HelpLine, Topic, TopicWord


def are_missing(database: Database) -> bool:
    """Whether a library has no topics or no help lines, as one whose making was cut short."""
    with database.reading() as session:
        return not all(session.scalar(select(select(each.id).exists())) for each in (Topic, HelpLine))


def load_into_empty(database: Database) -> None:
    """Put the topics and the help lines into tables that are still empty."""
    with database.writing() as session:
        if not session.scalar(select(func.count()).select_from(Topic)):
            _load_topics(session, _read("topics.toml")["topic"])
        if not session.scalar(select(func.count()).select_from(HelpLine)):
            session.add_all(
                HelpLine(position=position, **line)
                for position, line in enumerate(_read("help_lines.toml")["line"], start=1)
            )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))


def _load_topics(session: Session, entries: list[dict[str, Any]]) -> None:
    topics = {
        entry["slug"]: Topic(
            slug=entry["slug"],
            preferred=entry["preferred"],
            scope_note=entry.get("scope_note", ""),
            words=[
                *(TopicWord(word=word) for word in entry.get("other_words", [])),
                *(TopicWord(word=word, historical=True) for word in entry.get("historical_words", [])),
            ],
        )
        for entry in entries
    }
    for entry in entries:
        topic = topics[entry["slug"]]
        topic.broader = topics[entry["broader"]] if entry.get("broader") else None
        topic.related = [topics[slug] for slug in entry.get("related", [])]
    session.add_all(topics.values())
