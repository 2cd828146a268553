"""The library's own questions, in visitors' words, asked of the sample library: a report more than a test.

``tests/judged`` is in the layout of BEIR; the documents are the resources of the sample library, by slug. 3 is
what the visitor came for, 2 helps with it, 1 touches it. The floor catches what is broken, not what is
worse: compare the figures printed (``pytest -rP``) with those in ``docs/relevance.md``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from clearinghouse import indexing
from clearinghouse.library import Library, open_library
from clearinghouse.models import Resource
from clearinghouse.search import evaluation, judged
from clearinghouse.settings import Settings

FOLDER = Path(__file__).parents[2] / "judged"
FLOOR = 0.6


@pytest.fixture(params=["whoosh", "tantivy"])
def library(request: pytest.FixtureRequest, sample_library: Library, tmp_path: Path) -> Iterator[Library]:
    """The sample library as it is, and with an index made by the other engine."""
    if request.param == "whoosh":
        yield sample_library
        return
    with closing(sqlite3.connect(sample_library.settings.home / "library.db")) as held:
        held.execute("VACUUM INTO ?", (str(tmp_path / "library.db"),))
    opened = open_library(Settings(home=tmp_path, index=f"{request.param}://"))
    indexing.rebuild(opened)
    yield opened
    opened.close()


def test_questions_in_visitors_words_find_what_answers_them(
    library: Library, request: pytest.FixtureRequest
) -> None:
    with library.database.reading() as session:
        slugs = frozenset(session.scalars(select(Resource.slug).where(Resource.status == "published")))
    questions = judged.read_judged(FOLDER, slugs)
    assert len(questions.questions) >= 60
    figures = evaluation.ask(library, questions)
    print(  # noqa: T201 - the report is the point
        f"{request.node.callspec.id}: nDCG@10 {figures.ndcg:.3f}, MAP {figures.map:.3f}, "
        f"recall@100 {figures.recall:.3f}, nothing found {figures.nothing:.1%}, "
        f"p50 {figures.p50 * 1000:.1f} ms, p95 {figures.p95 * 1000:.1f} ms"
    )
    assert figures.ndcg > FLOOR
    assert figures.nothing < 0.1
