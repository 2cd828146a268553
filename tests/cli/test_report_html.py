"""`report --html`: the whole library on one page."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Run


def test_the_page_is_written_where_it_was_asked_for(shelf: Run, tmp_path: Path) -> None:
    file = tmp_path / "library.html"
    ran = shelf("report", "--html", file)
    assert (ran.code, ran.out) == (0, f"Written: {file}\n")
    assert "3 resources can be found by visitors." in file.read_text(encoding="utf-8")


def test_the_page_may_go_through_a_pipe(shelf: Run) -> None:
    assert shelf("report", "--html", "-").out.startswith("<!doctype html>")


def test_a_page_that_cannot_be_written_is_one_sentence(shelf: Run, tmp_path: Path) -> None:
    ran = shelf("report", "--html", tmp_path / "nowhere" / "library.html")
    assert (ran.code, "No such file or directory" in ran.err) == (1, True)


def test_one_report_or_all_of_them(shelf: Run, tmp_path: Path) -> None:
    assert shelf("report", "--html", tmp_path / "a.html", "links").code == 2
    assert shelf("report").code == 2
