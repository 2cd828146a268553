"""Standing facts that a new library begins with, from files a person can edit.

Topics, help lines, the glossary, and the phrases that suggest a crisis. Each file fills a table that is
still empty; from then on the table is the truth, and curators change it by command.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse import slugs
from clearinghouse.database import Database
from clearinghouse.facts import topic_file
from clearinghouse.models import CrisisPhrase, GlossaryEntry, HelpLine, Topic, TopicWord
from clearinghouse.orm import Base


def are_missing(database: Database) -> bool:
    """Whether a library lacks one of its lists, as one whose making was cut short."""
    with database.reading() as session:
        return any(_is_empty(session, table) for table in _LISTS)


def load_into_empty(database: Database) -> None:
    """Fill the tables that are still empty from their files."""
    with database.writing() as session:
        for table, (name, rows) in _LISTS.items():
            if _is_empty(session, table):
                session.add_all(rows(tomllib.loads(text(name))))


def text(name: str) -> str:
    """One of the files, such as ``topics.toml``, as it came with this program."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _is_empty(session: Session, table: type[Base]) -> bool:
    return not session.scalar(select(select(table).exists()))


def _topics(content: Mapping[str, Any]) -> Iterable[Topic]:
    topics = {
        entry["slug"]: Topic(
            slug=entry["slug"],
            preferred=entry["preferred"],
            scope_note=entry.get("scope_note", ""),
            words=[
                TopicWord(word=word, kind=kind)
                for key, kind in topic_file.WORDS.items()
                for word in entry.get(key, [])
            ],
        )
        for entry in content["topic"]
    }
    for entry in content["topic"]:
        topic = topics[entry["slug"]]
        topic.broader = topics[entry["broader"]] if entry.get("broader") else None
        topic.related = [topics[slug] for slug in entry.get("related", [])]
    return topics.values()


def _help_lines(content: Mapping[str, Any]) -> Iterable[HelpLine]:
    return [HelpLine(position=position, **line) for position, line in enumerate(content["line"], start=1)]


def _glossary(content: Mapping[str, Any]) -> Iterable[GlossaryEntry]:
    return [
        GlossaryEntry(
            slug=slugs.slugify(entry["word"], "word"),
            word=entry["word"],
            meaning=entry["meaning"],
            examples=entry.get("examples", []),
        )
        for entry in content["entry"]
    ]


def _crisis_phrases(content: Mapping[str, Any]) -> Iterable[CrisisPhrase]:
    return [CrisisPhrase(phrase=phrase) for phrase in content["phrases"]]


_LISTS: Mapping[type[Base], tuple[str, Callable[[Mapping[str, Any]], Iterable[Base]]]] = {
    Topic: ("topics.toml", _topics),
    HelpLine: ("help_lines.toml", _help_lines),
    GlossaryEntry: ("glossary.toml", _glossary),
    CrisisPhrase: ("crisis_phrases.toml", _crisis_phrases),
}
