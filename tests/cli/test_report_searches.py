"""`report searches`: what people look for."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from clearinghouse.library import open_library
from clearinghouse.search import tally
from clearinghouse.settings import Settings
from tests.conftest import Run


@pytest.fixture
def searched(run: Run, tmp_path: Path) -> Run:
    """A library in which “voices” was looked for on three days, and nothing found."""
    library = open_library(Settings(home=tmp_path / "home"))
    for days in (2, 1, 0):
        for found, words in ((False, "voices"), (True, "hope")):
            tally.count(library, words, found=found)
        tally.write(library, date.today() - timedelta(days=days))  # noqa: DTZ011
    library.close()
    return run


def test_what_was_not_found_is_said_first(searched: Run) -> None:
    lines = searched("report", "searches").out.splitlines()
    assert lines[0] == "6 searches on 3 of the last 30 days; 3 found nothing."
    assert lines[2] == "Unmet needs: nothing was found for"
    assert lines[3].split("  ")[1] == "voices"
    assert "hope" in "".join(lines[5:])


def test_a_program_may_read_it(searched: Run) -> None:
    found = searched("report", "searches", "--json", "--days", "2").json
    assert [each["words"] for each in found["unmet"]] == ["voices"]
    assert (len(found["days"]), found["counted"]) == (2, True)


def test_before_three_days_have_seen_them_no_words_are_said(run: Run) -> None:
    ran = run("report", "searches")
    assert ran.code == 0
    assert "0 searches on 0 of the last 30 days" in ran.out
    assert "once 3 days have seen them" in ran.err
