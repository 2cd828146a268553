"""One command for a Monday morning."""

from __future__ import annotations

from pathlib import Path

from clearinghouse.library import open_library
from clearinghouse.models import LinkCheck
from clearinghouse.orm import now
from clearinghouse.settings import Settings
from clearinghouse.upkeep import link_checks
from tests.cli.test_commands import COMMANDS
from tests.conftest import Run


def test_what_wants_doing_is_said_with_a_command_that_is_there(shelf: Run) -> None:
    found = shelf("todo", "--json").json
    assert found
    assert all(each["number"] > 0 for each in found)
    for each in found:
        words = tuple(word for word in each["command"].split() if not word.startswith("-"))
        assert any(words[: len(path)] == path for path in COMMANDS), each
    lines = shelf("todo").out.splitlines()
    assert [line.split()[0] for line in lines] == [str(each["number"]) for each in found]
    assert all("  clearinghouse " in line for line in lines)


def test_nothing_to_do_is_said(run: Run, tmp_path: Path) -> None:
    for line in run("facts", "list", "--json").json:
        assert run("facts", "checked", line["name"]).code == 0
    library = open_library(Settings(home=tmp_path / "home"))
    asked = [LinkCheck(address=each, asked_at=now(), outcome="answered") for each in link_checks.due(library)]
    with library.database.writing() as session:
        session.add_all(asked)
    library.close()
    ran = run("todo")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "Nothing waits for you. `clearinghouse doctor` looks over the library itself.\n"
    assert run("todo", "--json").json == []
