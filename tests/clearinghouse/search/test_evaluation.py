"""Judged collections are read, asked and measured as the field does it."""

from __future__ import annotations

import json
from math import log2
from pathlib import Path

import pytest

from clearinghouse.errors import BadSetting, Invalid
from clearinghouse.search import evaluation, judged
from tests.judging import collection

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


def test_ndcg_is_the_gain_of_the_order_over_that_of_the_best_order() -> None:
    best = 3 / log2(2) + 2 / log2(3) + 1 / log2(4)
    assert evaluation.ndcg(["a", "b", "c", "d"], GRADES) == pytest.approx(1)
    assert evaluation.ndcg(["b", "x", "a"], GRADES) == pytest.approx((2 + 3 / 2) / best)
    assert evaluation.ndcg([], GRADES) == 0
    assert evaluation.ndcg(["x"] * 10 + ["a"], GRADES) == 0, "only the first ten count"
    # Worked out by hand: (2 + 1.5) / (3 + 1.26186 + 0.5).
    assert evaluation.ndcg(["b", "x", "a"], GRADES) == pytest.approx(0.73501, abs=1e-5)


def test_the_best_order_has_no_more_than_ten() -> None:
    many = {str(number): 1 for number in range(40)}
    assert evaluation.ndcg(list(many)[:10], many) == pytest.approx(1)


def test_average_precision_and_recall_count_what_was_not_found() -> None:
    assert evaluation.average_precision(["a", "x", "b"], GRADES) == pytest.approx((1 + 2 / 3) / 3)
    assert evaluation.recall(["a", "x", "b", "d"], GRADES) == pytest.approx(2 / 3)


def test_a_collection_is_asked_through_the_library(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    figures = evaluation.evaluate(
        judged.read(collection(tmp_path)), progress=lambda what, done, of: told.append((what, done, of))
    )
    assert (figures.documents, figures.questions) == (3, 2)
    assert figures.ndcg == pytest.approx((1 + 0) / 2)
    assert figures.recall == pytest.approx(0.5)
    assert figures.nothing == pytest.approx(0.5)
    assert 0 < figures.p50 <= figures.p95
    assert ("Loading", 3, 3) in told
    assert ("Indexing", 3, 3) in told
    assert ("Asking", 2, 2) in told


def test_questions_without_an_answer_are_not_asked(tmp_path: Path) -> None:
    read = judged.read(collection(tmp_path))
    assert list(read.judged.questions) == ["q1", "q2"]


def test_a_heading_may_be_missing_and_lines_may_be_empty(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    (folder / "qrels" / "test.tsv").write_text("q1\ttea\t2\r\n\r\nq2\twalks\t1\n")
    assert judged.read(folder).judged.grades == {"q1": {"tea": 2}, "q2": {"walks": 1}}


@pytest.mark.parametrize("name", [judged.CORPUS, judged.QUESTIONS, judged.JUDGEMENTS])
def test_a_folder_that_is_no_collection_says_what_is_missing(tmp_path: Path, name: str) -> None:
    folder = collection(tmp_path)
    (folder / name).unlink()
    with pytest.raises(Invalid, match=f"{name} cannot be read .* A judged collection is a folder with"):
        judged.read(folder)


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        (judged.CORPUS, '{"_id": "x", "text": ', r"corpus.jsonl, line 4, is not JSON"),
        (judged.CORPUS, '["x"]', r"line 4, is not a JSON object"),
        (judged.CORPUS, '{"_id": "x"}', r"line 4, has no text called “text”"),
        (judged.CORPUS, '{"text": "words"}', r"line 4, has no text called “_id”"),
        (judged.CORPUS, '{"_id": "tea", "text": "again"}', r"line 4, has the _id “tea” a second time"),
        (judged.QUESTIONS, '{"_id": "q9", "text": 5}', r"queries.jsonl, line 4, has no text called “text”"),
        (judged.JUDGEMENTS, "q1 tea 1", r"test.tsv, line 5, is not a question, a document and a whole number"),
        (judged.JUDGEMENTS, "q1\ttea\tgood", r"test.tsv, line 5, is not a question"),
        (judged.JUDGEMENTS, "q1\tcoffee\t1", r"line 5, judges the document “coffee”, which corpus.jsonl does not"),
        (judged.JUDGEMENTS, "q7\ttea\t1", r"line 5, judges the question “q7”, which queries.jsonl does not have"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, name: str, line: str, said: str) -> None:
    folder = collection(tmp_path)
    with (folder / name).open("a") as file:
        file.write(line + "\n")
    with pytest.raises(Invalid, match=said):
        judged.read(folder)


def test_a_file_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    (folder / judged.CORPUS).write_bytes(b'{"_id": "x", "text": "caf\xe9"}\n')
    with pytest.raises(Invalid, match="is not UTF-8 text"):
        judged.read(folder)


def test_judgements_that_answer_nothing_measure_nothing(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    (folder / judged.JUDGEMENTS).write_text("query-id\tcorpus-id\tscore\nq1\ttea\t0\n")
    with pytest.raises(Invalid, match="nothing to measure"):
        judged.read(folder)


def test_an_engine_with_a_folder_is_refused_because_its_index_would_be_lost(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="Name the engine only: whoosh://"):
        evaluation.evaluate(judged.read(collection(tmp_path)), f"whoosh://{tmp_path}/index")


def test_numbers_serve_as_ids(tmp_path: Path) -> None:
    folder = collection(tmp_path)
    (folder / judged.CORPUS).write_text(json.dumps({"_id": 7, "text": "A cup of tea."}) + "\n")
    (folder / judged.JUDGEMENTS).write_text("q1\t7\t1\n")
    assert judged.read(folder).judged.grades == {"q1": {"7": 1}}
