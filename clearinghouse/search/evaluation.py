"""Use case: how good are the answers? A judged collection asked through what serves visitors.

The measures are those of the field (C. Manning, P. Raghavan and H. Schütze, "Introduction to Information
Retrieval", 2008, chapter 8), each averaged over the questions that some document answers.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, quantiles
from tempfile import TemporaryDirectory

from sqlalchemy import insert

from clearinghouse import indexing
from clearinghouse.errors import BadSetting
from clearinghouse.library import Library, open_library
from clearinghouse.models import Edition, Page, Resource
from clearinghouse.orm import now
from clearinghouse.search import discovery
from clearinghouse.search.discovery import Question
from clearinghouse.search.judged import Collection, Judged, Text
from clearinghouse.settings import Settings

CUT = 10
"""Answers that nDCG looks at: the first page of results."""
DEPTH = 100
"""Answers that recall and MAP look at."""
_ROWS = 1000

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How well, and how fast, the questions of a collection were answered."""

    documents: int
    questions: int
    ndcg: float
    """nDCG@10."""
    map: float
    """Mean average precision over the first 100."""
    recall: float
    """Share of the answering documents among the first 100."""
    nothing: float
    """Share of questions that found nothing."""
    p50: float
    """Seconds for the first page of results: rows, counts and snippets included."""
    p95: float
    load: float
    """Seconds to write the documents to the database."""
    indexing: float
    """Seconds to index them from there."""


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], cut: int = CUT) -> float:
    """Normalised discounted cumulative gain of the first `cut` of `ranked`, from 0 to 1.

    The gain is the grade, the discount log2(rank + 1), and the best possible order of all judged documents
    is 1: K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20
    (2002), in the form that trec_eval and BEIR report. `grades` has at least one above zero.
    """
    best = _discounted(sorted(grades.values(), reverse=True)[:cut])
    return _discounted([grades.get(id, 0) for id in ranked[:cut]]) / best  # noqa: A001


def _discounted(grades: Sequence[int]) -> float:
    return sum(max(grade, 0) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def average_precision(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Mean, over the answering documents, of the precision where each stands; 0 for those not in `ranked`."""
    found, precisions = 0, 0.0
    for rank, id in enumerate(ranked, start=1):  # noqa: A001
        if grades.get(id, 0) > 0:
            found += 1
            precisions += found / rank
    return precisions / _answering(grades)


def recall(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Share of the answering documents that are in `ranked`."""
    return sum(grades.get(id, 0) > 0 for id in ranked) / _answering(grades)  # noqa: A001


def _answering(grades: Mapping[str, int]) -> int:
    return sum(grade > 0 for grade in grades.values())


def evaluate(
    collection: Collection, engine: str = "", progress: Progress = lambda what, done, of: None
) -> Figures:
    """Index `collection` in a library that lasts as long as this takes, and ask it every question.

    `engine` names the engine, such as ``tantivy://``; empty for the usual one. Raises `BadSetting` where it
    names a folder too, because what is there would be lost.
    """
    with _temporary(engine) as library:
        started = time.perf_counter()
        _fill(library, collection.texts, progress)
        loaded = time.perf_counter()
        indexing.rebuild(library, progress=lambda done: progress("Indexing", done, len(collection.texts)))
        indexed = time.perf_counter()
        names = {_slug(number): text.id for number, text in enumerate(collection.texts, start=1)}
        return ask(library, collection.judged, names, progress, load=loaded - started, index=indexed - loaded)


def ask(
    library: Library,
    judged: Judged,
    names: Mapping[str, str] | None = None,
    progress: Progress = lambda what, done, of: None,
    *,
    load: float = 0.0,
    index: float = 0.0,
) -> Figures:
    """Ask `library` every question of `judged`.

    `names` leads from a resource's slug to the id it is judged by; None where it is judged by its slug.
    """
    seconds, totals, measures = [], [], []
    discovery.search(library, Question(next(iter(judged.questions.values()))))  # opens the index
    for done, (id, words) in enumerate(judged.questions.items(), start=1):  # noqa: A001
        started = time.perf_counter()
        totals.append(discovery.search(library, Question(words, size=CUT)).total)
        seconds.append(time.perf_counter() - started)
        found = discovery.search(library, Question(words, size=DEPTH)).found
        ranked = [each.card.slug if names is None else names[each.card.slug] for each in found]
        grades = judged.grades[id]
        measures.append((ndcg(ranked, grades), average_precision(ranked, grades), recall(ranked, grades)))
        progress("Asking", done, len(judged.questions))
    gain, precision, found_share = (mean(column) for column in zip(*measures, strict=True))
    percentiles = quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else seconds * 99
    return Figures(
        documents=indexing.size(library),
        questions=len(judged.questions),
        ndcg=gain,
        map=precision,
        recall=found_share,
        nothing=totals.count(0) / len(totals),
        p50=percentiles[49],
        p95=percentiles[94],
        load=load,
        indexing=index,
    )


@contextmanager
def _temporary(engine: str) -> Iterator[Library]:
    if engine and not engine.endswith("://"):
        raise BadSetting(
            f"“{engine}” names a folder, and the collection would take the place of the index in it. Name the "
            f"engine only: {engine.partition('://')[0]}://"
        )
    with TemporaryDirectory(prefix="clearinghouse-evaluate-") as home:
        library = open_library(Settings(home=Path(home), index=engine))
        try:
            yield library
        finally:
            library.close()


def _slug(number: int) -> str:
    return f"document-{number}"


def _fill(library: Library, texts: Sequence[Text], progress: Progress) -> None:
    """Write a published resource of one page for each text. The index is rebuilt after it, so no outbox."""
    for start in range(0, len(texts), _ROWS):
        some = list(enumerate(texts[start : start + _ROWS], start=start + 1))
        with library.database.writing() as session:
            session.execute(insert(Resource), [_resource(number, text) for number, text in some])
            session.execute(insert(Edition), [_edition(number) for number, _ in some])
            session.execute(insert(Page), [_page(number, text) for number, text in some])
        progress("Loading", start + len(some), len(texts))


def _resource(number: int, text: Text) -> dict[str, object]:
    return {
        "id": number,
        "slug": _slug(number),
        "title": text.title,
        "status": "published",
        "published_at": now(),
    }


def _edition(number: int) -> dict[str, object]:
    return {"id": number, "resource_id": number, "key": "full-en", "form": "full", "language": "en"}


def _page(number: int, text: Text) -> dict[str, object]:
    return {"edition_id": number, "number": 1, "label": "1", "text": text.text}
