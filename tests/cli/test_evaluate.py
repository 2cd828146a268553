"""`evaluate`: figures for people and for programs, and problems in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.judging import collection


@pytest.mark.usefixtures("no_home")
def test_figures_come_as_json(run: Run, tmp_path: Path) -> None:
    ran = run("evaluate", collection(tmp_path), "--json")
    assert ran.code == 0
    assert list(ran.json) == [
        "documents",
        "queries",
        "ndcg@10",
        "map",
        "recall@100",
        "zero_results",
        "p50_ms",
        "p95_ms",
        "load_s",
        "index_s",
    ]
    assert (ran.json["ndcg@10"], ran.json["zero_results"]) == (0.5, 0.5)
    assert not (tmp_path / "home").exists(), "the library of the curator is not touched"


def test_figures_come_as_lines(run: Run, tmp_path: Path) -> None:
    ran = run("evaluate", collection(tmp_path), "--engine", "whoosh://")
    assert ran.out.startswith("2 questions asked of 3 documents.\nnDCG@10")
    assert "50.0% of questions" in ran.out


def test_a_folder_that_is_no_collection_ends_with_a_sentence(run: Run, tmp_path: Path) -> None:
    ran = run("evaluate", tmp_path)
    assert ran.code == 1
    assert "A judged collection is a folder with corpus.jsonl" in ran.err
    assert run("evaluate", tmp_path / "nowhere").code == 2
    assert run("evaluate", collection(tmp_path), "--engine", "solr://").code == 1
    assert run("evaluate", collection(tmp_path / "b"), "--engine", "whoosh:///srv/index").code == 2
