"""A library as large as wanted, grown from judged texts: seeded, so that every run has the same one."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select

from clearinghouse import vocabulary
from clearinghouse.library import Library
from clearinghouse.models import (
    Author,
    Edition,
    Page,
    Resource,
    ResourceAudience,
    Topic,
    resource_topic,
)
from clearinghouse.orm import Base
from index.analysis import STOP_WORDS

_SETS = ("medquad", "counselchat")
_SEED = 20110621
_WORDS_A_PAGE = 250
_ROWS = 1000
"""Resources written in one transaction."""
_FREQUENT = 300
T = TypeVar("T")
_NAMES = ("Amara Okafor", "Ben Nguyen", "Carla Rossi", "Dilip Rao", "Ella Tjapaltjarri", "Finn Walsh")


@dataclass(frozen=True, slots=True)
class Text:
    """What one resource is made of."""

    title: str
    body: str


def texts(data: Path, number: int) -> list[Text]:
    """`number` texts of ``data/judged`` in a fixed mixed order, from the beginning again where there are fewer.

    Empty where none of the sets is there.
    """
    found = [each for name in _SETS for each in _read(data / "judged" / name / "corpus.jsonl")]
    random.Random(_SEED).shuffle(found)
    return list(islice(cycle(found), number)) if found else []


def judged(data: Path, name: str) -> tuple[list[Text], list[str]]:
    """The texts and the questions of one set of ``data/judged``; empty where it is not there."""
    folder = data / "judged" / name
    if not folder.is_dir():
        return [], []
    with (folder / "queries.jsonl").open(encoding="utf-8") as lines:
        return list(_read(folder / "corpus.jsonl")), [json.loads(line)["text"] for line in lines]


def frequent_words(of: Sequence[Text]) -> list[str]:
    """The words that most texts have, stop words and words of one or two letters left out."""
    having: Counter[str] = Counter()
    for text in of:
        having.update(set(re.findall(r"[a-z]{3,}", f"{text.title} {text.body}".lower())) - STOP_WORDS)
    return [word for word, _ in having.most_common(_FREQUENT)]


def questions(words: Sequence[str], number: int) -> list[str]:
    """`number` questions of one to three of `words`."""
    chance = random.Random(_SEED)
    return [" ".join(chance.sample(words, chance.randint(1, 3))) for _ in range(number)]


def long_questions(of: Sequence[Text], number: int) -> list[str]:
    """`number` questions of 10 to 15 words in a row, as somebody writes who tells what happened."""
    chance = random.Random(_SEED)
    long_enough = [words for text in of[:5000] if len(words := re.findall(r"[A-Za-z]+", text.body)) > 40]
    found = []
    for words in chance.sample(long_enough, min(number, len(long_enough))):
        size = chance.randint(10, 15)
        start = chance.randrange(len(words) - size)
        found.append(" ".join(words[start : start + size]))
    return found


def fill(library: Library, with_: Sequence[Text]) -> None:
    """Make `library` hold exactly a published resource for each text. The index is not told: rebuild it."""
    chance = random.Random(_SEED)
    with library.database.writing() as session:
        session.execute(delete(Resource))
        topics = list(session.scalars(select(Topic.id).order_by(Topic.id)))
    for some in _batches(enumerate(with_, start=1), _ROWS):
        rows: dict[Any, list[dict[str, Any]]] = {}
        for number, text in some:
            for table, row in _rows(number, text, topics, chance):
                rows.setdefault(table, []).append(row)
        with library.database.writing() as session:
            for table, values in rows.items():
                session.execute(insert(table), values)


def _read(corpus: Path) -> Iterator[Text]:
    if corpus.is_file():
        with corpus.open(encoding="utf-8") as lines:
            for line in lines:
                each = json.loads(line)
                yield Text(each["title"] or " ".join(each["text"].split()[:8]), each["text"])


def _rows(
    number: int, text: Text, topics: Sequence[int], chance: random.Random
) -> Iterator[tuple[type[Base] | Any, dict[str, Any]]]:
    """The rows of one resource with all that hangs on it, each with its table, parents first."""
    words = text.body.split()
    pages = [" ".join(each) for each in _batches(words, _WORDS_A_PAGE)]
    published = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    yield (
        Resource,
        {
            "id": number,
            "slug": f"resource-{number}",
            "title": text.title,
            "summary": " ".join(words[:40]),
            "organisation": chance.choice(("", "Example Health Service", "Example Peer Network")),
            "year": chance.randint(1995, 2026),
            "kind": chance.choice(list(vocabulary.KINDS)),
            "speaks": chance.choice([None, *vocabulary.SPEAKS]),
            "status": "published",
            "published_at": published,
        },
    )
    for position, name in enumerate(chance.sample(_NAMES, chance.randint(0, 3)), start=1):
        yield Author, {"resource_id": number, "position": position, "name": name}
    for audience in chance.sample(list(vocabulary.AUDIENCES), chance.randint(1, 3)):
        yield ResourceAudience, {"resource_id": number, "audience": audience}
    for topic in chance.sample(topics, chance.randint(0, 3)):
        yield resource_topic, {"resource_id": number, "topic_id": topic}
    edition = {"id": number, "resource_id": number, "key": "full-en", "form": "full", "language": "en"}
    yield Edition, {**edition, "page_count": len(pages), "word_count": len(words)}
    for at, page in enumerate(pages, start=1):
        yield Page, {"edition_id": number, "number": at, "label": str(at), "text": page}


def _batches(things: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """`things` in tuples of `size`, the last one shorter."""
    rest = iter(things)
    while some := tuple(islice(rest, size)):
        yield some
