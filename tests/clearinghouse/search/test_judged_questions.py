"""The library's own questions, in visitors' words, asked of the sample library: a report more than a test.

``tests/judged`` is in the layout of BEIR; the documents are the resources of the sample library, by slug. 3 is
what the visitor came for, 2 helps with it, 1 touches it. The floor catches what is broken, not what is
worse: compare the figures printed (``pytest -rP``) with those in ``docs/relevance.md``.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from clearinghouse.library import Library
from clearinghouse.models import Resource
from clearinghouse.search import evaluation, judged

FOLDER = Path(__file__).parents[2] / "judged"
FLOOR = 0.6


def test_questions_in_visitors_words_find_what_answers_them(sample_library: Library) -> None:
    with sample_library.database.reading() as session:
        slugs = frozenset(session.scalars(select(Resource.slug).where(Resource.status == "published")))
    questions = judged.read_judged(FOLDER, slugs)
    assert len(questions.questions) >= 60
    figures = evaluation.ask(sample_library, questions)
    print(  # noqa: T201 - the report is the point
        f"nDCG@10 {figures.ndcg:.3f}, MAP {figures.map:.3f}, recall@100 {figures.recall:.3f}, "
        f"nothing found {figures.nothing:.1%}, p50 {figures.p50 * 1000:.1f} ms, p95 {figures.p95 * 1000:.1f} ms"
    )
    assert figures.ndcg > FLOOR
    assert figures.nothing < 0.1
