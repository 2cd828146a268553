"""The index that the search of a copy without a server reads: scripts of data, a few of which answer any question.

A page opened from a folder may load scripts beside it and nothing else (no `fetch`, so no library that is made for
servers), and an old machine must not have to read the whole index. So words are sorted by how they begin, two
characters a file, and cards by the hundred. How each document answers each word is worked out here by the formula
that serves visitors (`index.ranking`), so the script only adds numbers. Words are read here too, so that it need
know nothing of endings: each file says what stem each word has.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clearinghouse.indexing import documents
from clearinghouse.library import Library
from clearinghouse.search import bridging
from clearinghouse.views import Card
from clearinghouse.visiting import everything
from clearinghouse.words import crisis, topic_words
from index import Document, parse
from index.analysis import STOP_WORDS, runs
from index.layout import Field
from index.occurrences import Stretches
from index.ranking import gains, most_worth, worth

#: Cards in one file.
CHUNK = 100
#: What more than the best answer to any word counts; others less, in whole numbers.
_TOP = 3999
_FIELD_BITS, _COUNT_BITS = 4, 16
_MOST = (1 << _COUNT_BITS) - 1

#: Name of a file, without its ending, to the script in it.
Script = tuple[str, str]


@dataclass(slots=True)
class Gathered:
    """Every word of every document, and what the filters need."""

    postings: dict[str, array[int]] = field(default_factory=dict)
    """Stem to what it is in: number, field and how often, packed in one whole number each."""
    stems: dict[str, str] = field(default_factory=dict)
    """Word as people write it, folded, to its stem."""
    lengths: list[list[float]] = field(default_factory=list)
    """Of each document, words in each field."""
    facets: dict[str, dict[str, list[int]]] = field(default_factory=dict)


def scripts(library: Library, address: Mapping[str, str]) -> Iterator[Script]:
    """Every script of the index, by the name of its file. `address`: slug of a resource to the way to its page."""
    numbers = everything.newest(library)
    gathered = _gather(documents.of(library, numbers), {str(each): at for at, each in enumerate(numbers)})
    yield "meta", _call("meta", _meta(library, gathered, len(numbers)))
    yield from _cards(everything.cards(library, numbers), address)
    yield from _words(gathered)


def _gather(held: Iterable[Document], numbers: Mapping[str, int]) -> Gathered:
    found = Gathered(lengths=[[0.0] * len(Field) for _ in numbers])
    for document in held:
        number = numbers[document.id]
        for where, texts in _fields(document):
            _read(found, number, where, texts)
        for name in ("audience", "kind", "form", "topic"):
            for value in document.facets.get(name, ()):
                found.facets.setdefault(name, {}).setdefault(value, []).append(number)
    return found


def _fields(document: Document) -> Iterator[tuple[Field, Sequence[str]]]:
    yield Field.TITLE, (document.title,)
    yield Field.AUTHOR, document.authors
    yield Field.ORGANISATION, (document.organisation,)
    yield Field.TOPIC, document.topics
    yield Field.SUMMARY, (document.summary,)
    yield Field.IDENTIFIER, document.identifiers
    yield Field.TEXT, [page.text for page in document.pages]


def _read(found: Gathered, number: int, where: Field, texts: Sequence[str]) -> None:
    counts: dict[str, int] = {}
    for text in texts:
        for _, _, run in runs(text):
            found.lengths[number][where] += run.width
            for word in run.words:
                found.stems[word.text] = word.stem
                counts[word.stem] = counts.get(word.stem, 0) + 1
    for stem, count in counts.items():
        packed = (number << _FIELD_BITS | where) << _COUNT_BITS | min(count, _MOST)
        found.postings.setdefault(stem, array("q")).append(packed)


def _meta(library: Library, gathered: Gathered, held: int) -> dict[str, Any]:
    return {
        "documents": held,
        "chunk": CHUNK,
        "stop": sorted(STOP_WORDS),
        "facets": {
            name: {value: _gaps(sorted(numbers)) for value, numbers in values.items()}
            for name, values in gathered.facets.items()
        },
        "crisis": [[each.startswith(crisis.ALONE), *crisis.words_of(each)] for each in crisis.phrases(library)],
        "bridge": _bridge(library),
    }


def _bridge(library: Library) -> dict[str, list[Any]]:
    """Stems of a term to the other words for it: each as it is shown, and its stems."""
    with library.database.reading() as session:
        known = topic_words.read(session)
    found: dict[str, list[Any]] = {}
    for row, term in known.leading.items():
        query = parse(term.text)
        others = [word for each in bridging.bridge(known, query).expansions for word in each.words]
        if others:
            for way in dict.fromkeys((row, *term.rows)):
                found[" ".join(way)] = [[word, *topic_words.rows(word)[0]] for word in others]
    return found


def _cards(cards: Iterable[Card], address: Mapping[str, str]) -> Iterator[Script]:
    waiting: list[dict[str, Any]] = []
    chunk = 0
    for card in cards:
        waiting.append(_card(card, address.get(card.slug, "")))
        if len(waiting) == CHUNK:
            yield f"cards-{chunk}", _call("cards", chunk, waiting)
            chunk, waiting = chunk + 1, []
    if waiting:
        yield f"cards-{chunk}", _call("cards", chunk, waiting)


def _card(card: Card, address: str) -> dict[str, Any]:
    by = [", ".join(card.authors[:3]) + (" and others" if len(card.authors) > 3 else "")]
    by += [each for each in (card.organisation, str(card.year or "")) if each and each not in card.authors]
    return {
        "title": card.title,
        "address": address,
        "kind": card.kind_label,
        "by": " · ".join(each for each in by if each),
        "notes": "; ".join(card.content_notes),
        "summary": card.summary[:400],
        "for": "; ".join(card.audience_labels),
        "forms": ", ".join(card.form_labels),
    }


def _words(gathered: Gathered) -> Iterator[Script]:
    files: dict[str, tuple[dict[str, str], dict[str, list[int]]]] = {}
    for word, stem in gathered.stems.items():
        files.setdefault(file_of(word), ({}, {}))[0][word] = stem
    worth = _worth(gathered)
    for stem in gathered.postings:
        files.setdefault(file_of(stem), ({}, {}))[1][stem] = worth(stem)
    for name in sorted(files):
        yield f"words-{name}", _call("words", name, *files[name])


def _worth(gathered: Gathered) -> Callable[[str], list[int]]:
    """Makes the row of a stem: gap to the next document and what that document's answer counts, by turns."""
    held = len(gathered.lengths)
    gain = gains(np.array(gathered.lengths, dtype=np.float32).T.reshape(len(Field), held))
    top = most_worth(held) or 1.0

    def row(stem: str) -> list[int]:
        packed = np.sort(np.frombuffer(gathered.postings[stem], dtype=np.int64))
        places = packed >> _COUNT_BITS
        found = Stretches.of(
            places >> _FIELD_BITS, places & ((1 << _FIELD_BITS) - 1), (packed & _MOST).astype(np.float32)
        )
        counts = np.maximum(1, np.round(_TOP * worth(found, gain, held) / top)).astype(int)
        gaps = np.diff(found.docs[found.first], prepend=0)
        return [int(each) for pair in zip(gaps, counts, strict=True) for each in pair]

    return row


def file_of(word: str) -> str:
    """Which file a word stands in: by its first two characters, or where they are not plain ones by the first."""
    start = word[:2]
    return start if start.isascii() and start.isalnum() else f"u{ord(word[0]):x}"


def _gaps(numbers: Sequence[int]) -> list[int]:
    return [int(each) for each in np.diff(np.array(numbers, dtype=np.int64), prepend=0)]


def _call(name: str, *values: Any) -> str:
    """A script that hands `values` to the search. What JSON allows and scripts of old do not is escaped."""
    said = ",".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in values)
    return f"library.{name}({said});\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
