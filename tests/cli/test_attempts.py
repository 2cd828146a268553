"""`ingest failures`, `ingest retry` and `ingest dismiss`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import SHOWN, Put
from tests.conftest import Run

BROKEN = b"%PDF-1.4\nbroken"


@pytest.fixture
def failed(run: Run, put: Put) -> Run:
    assert run("add", put("paper.pdf", BROKEN), *SHOWN, "--year", 2020).code == 1
    return run


def test_a_failure_is_listed_with_its_sentence_and_what_to_do(failed: Run) -> None:
    ran = failed("ingest", "failures")
    assert ran.code == 0
    assert "paper.pdf is damaged" in ran.out
    assert "Tried once, last on 20" in ran.out
    assert "ingest retry --all" in ran.err


def test_a_program_may_read_the_failures(failed: Run) -> None:
    (failure,) = failed("ingest", "failures", "--json").json
    assert failure["times"] == 1
    assert failure["source"].endswith("paper.pdf")
    assert "damaged" in failure["sentence"]


def test_trying_again_says_each_outcome_and_exits_with_one_while_any_fails(failed: Run, put: Put) -> None:
    ran = failed("ingest", "retry", "--all")
    assert (ran.code, ran.out) == (1, "1 failed.\n")
    path = put("paper.pdf", "# A paper\n\nWords.\n")
    ran = failed("ingest", "retry", path, "--json")
    assert (ran.code, ran.json["outcome"], ran.json["status"]) == (0, "added", "published")
    assert failed("ingest", "failures").err.startswith("Nothing has failed")
    assert failed("show", ran.json["slug"], "--json").json["year"] == 2020


def test_a_failure_can_be_let_go(failed: Run) -> None:
    (failure,) = failed("ingest", "failures", "--json").json
    assert failed("ingest", "dismiss", failure["source"]).out == f"Let go: {failure['source']}\n"
    assert failed("ingest", "failures", "--json").json == []


@pytest.mark.parametrize("command", ["retry", "dismiss"])
def test_what_to_try_again_must_be_said(failed: Run, command: str) -> None:
    assert failed("ingest", command).code == 2
    assert failed("ingest", command, "--all", "x.pdf").code == 2
    ran = failed("ingest", command, "nothing.pdf")
    assert (ran.code, "is no failure" in ran.err) == (1, True)


def test_what_was_typed_wrongly_is_said_and_never_tried_again(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("add", "--json", "nowhere.pdf", "“a.pdf”", "ftp://example.org/a.pdf", tmp_path / "empty")
    assert ran.code == 1
    assert [each["outcome"] for each in ran.lines] == ["failed"] * 4
    assert run("ingest", "failures", "--json").json == []
