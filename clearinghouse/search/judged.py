"""A judged collection in the BEIR layout: documents, questions, and which document answers which.

``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl`` (``_id``, ``text``) and ``qrels/test.tsv``
(a heading, then question, document and grade): N. Thakur et al., "BEIR: A Heterogeneous Benchmark for
Zero-shot Evaluation of Information Retrieval Models", NeurIPS Datasets and Benchmarks (2021).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clearinghouse.errors import Invalid

CORPUS, QUESTIONS, JUDGEMENTS = "corpus.jsonl", "queries.jsonl", "qrels/test.tsv"

Grades = Mapping[str, Mapping[str, int]]
"""Question id to document id to grade: 0 does not answer, 1 and above answer, higher better."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document of the collection."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Questions with a judgement, and the judgements."""

    questions: Mapping[str, str]
    """Question id to its words, in the order of the file; only those that a document answers."""
    grades: Grades


@dataclass(frozen=True, slots=True)
class Collection:
    """A whole collection."""

    texts: tuple[Text, ...]
    judged: Judged


def read(folder: Path) -> Collection:
    """The collection in `folder`. Raises `Invalid`, naming file and line, where it is not one."""
    texts = tuple(_texts(folder))
    return Collection(texts, read_judged(folder, frozenset(text.id for text in texts)))


def read_judged(folder: Path, known: frozenset[str]) -> Judged:
    """Questions and judgements in `folder` on the documents with `known` ids. Raises `Invalid` as `read` does."""
    questions = dict(_questions(folder))
    grades: dict[str, dict[str, int]] = {}
    for where, question, document, grade in _judgements(folder):
        if question not in questions:
            raise Invalid(f"{where} judges the question “{question}”, which {QUESTIONS} does not have.")
        if document not in known:
            raise Invalid(f"{where} judges the document “{document}”, which {CORPUS} does not have.")
        grades.setdefault(question, {})[document] = grade
    answered = {
        each: words for each, words in questions.items() if any(n > 0 for n in grades.get(each, {}).values())
    }
    if not answered:
        raise Invalid(f"{folder / JUDGEMENTS} gives no question an answer, so there is nothing to measure.")
    return Judged(answered, grades)


def _texts(folder: Path) -> Iterator[Text]:
    seen: set[str] = set()
    for where, row in _rows(folder, CORPUS):
        id = _id(where, row, seen)  # noqa: A001 - the word for it
        yield Text(id, _string(where, row, "title", needed=False), _string(where, row, "text"))


def _questions(folder: Path) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for where, row in _rows(folder, QUESTIONS):
        yield _id(where, row, seen), _string(where, row, "text")


def _id(where: str, row: Mapping[str, Any], seen: set[str]) -> str:
    found = row.get("_id")
    id = str(found) if isinstance(found, int) else _string(where, row, "_id")  # noqa: A001
    if id in seen:
        raise Invalid(f"{where} has the _id “{id}” a second time; each needs its own.")
    seen.add(id)
    return id


def _string(where: str, row: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    value = row.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str):
        raise Invalid(f"{where} has no text called “{name}”.")
    return value


def _rows(folder: Path, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each row of a file of JSON lines, with where it stands."""
    for where, line in _lines(folder, name):
        try:
            row = json.loads(line)
        except ValueError as problem:
            raise Invalid(f"{where} is not JSON ({problem}).") from problem
        if not isinstance(row, dict):
            raise Invalid(f"{where} is not a JSON object with _id and text.")
        yield where, row


def _judgements(folder: Path) -> Iterator[tuple[str, str, str, int]]:
    """Where each judgement stands, its question, document and grade. The first line is a heading."""
    for number, (where, line) in enumerate(_lines(folder, JUDGEMENTS)):
        cells = line.rstrip("\r\n").split("\t")
        if number == 0 and cells[-1].strip().lower() == "score":
            continue
        try:
            question, document, grade = cells
            yield where, question, document, int(grade)
        except ValueError as problem:
            raise Invalid(
                f"{where} is not a question, a document and a whole number with tabs between."
            ) from problem


def _lines(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    """The lines of a file that are not empty, each with its file and number for a message."""
    path = folder / name
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield f"{path}, line {number},", line
    except UnicodeDecodeError as problem:
        raise Invalid(f"{path} is not UTF-8 text; save it as UTF-8.") from problem
    except OSError as problem:
        raise Invalid(
            f"{path} cannot be read ({problem.strerror}). A judged collection is a folder with {CORPUS}, "
            f"{QUESTIONS} and {JUDGEMENTS}."
        ) from problem
