"""Pages remember what is seldom changed: what a command in another process changes is on the very next page."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from clearinghouse import indexing
from clearinghouse.library import Library
from clearinghouse.models import HelpLine
from clearinghouse.web import create_app
from tests.clearinghouse.making import a_resource

_COMMANDS = """
import sys
from clearinghouse.cli import main
for line in sys.stdin:
    try:
        main(line.rstrip("\\n").split("|"))
    except SystemExit as end:
        print("ended with", end.code or 0, flush=True)
"""


class Desk:
    """A curator's commands, in a process of their own that stays: starting one takes longer than all the rest."""

    def __init__(self, library: Library) -> None:
        environment = {**os.environ, "CLEARINGHOUSE_HOME": str(library.settings.home)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _COMMANDS],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def command(self, *words: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("|".join(words) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith("ended with"):
                assert line == "ended with 0\n", words
                return
        pytest.fail(f"{words} did not end.")

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture
def desk(library: Library) -> Iterator[Desk]:
    made = Desk(library)
    yield made
    made.close()


@pytest.fixture
def client(library: Library) -> FlaskClient:
    for title in ("A guide to supervision", "Another guide to supervision"):
        a_resource(library, title, "What supervision is.")
    indexing.sync(library)
    return create_app(library).test_client()


def test_what_a_command_changes_is_on_the_next_page(library: Library, client: FlaskClient, desk: Desk) -> None:
    def page(words: str = "supervision") -> str:
        return client.get("/search", query_string={"q": words}).get_data(as_text=True)

    for _ in range(2):  # the second is made of what the first has read
        assert page().count("card-title") == 2
    desk.command("edit", "a-guide-to-supervision", "--title", "Being supervised", "--audience", "carers")
    assert "<mark>supervised</mark>" in page()
    assert "carers" in page()
    desk.command("withdraw", "a-guide-to-supervision", "--reason", "Replaced")
    assert page().count("card-title") == 1
    assert "1 resource<" in page()

    assert "You do not have to get through this alone" not in page("green bananas")
    desk.command("crisis", "add", "green bananas")
    assert "You do not have to get through this alone" in page("green bananas")

    assert "What does this word mean?" not in page("flumword")
    desk.command("glossary", "add", "flumword", "A word that nobody knows.")
    assert "A word that nobody knows." in page("flumword")
    desk.command("glossary", "edit", "flumword", "--meaning", "A word that some know.")
    assert "A word that some know." in page("flumword")


def test_a_help_line_that_is_changed_is_on_the_next_page(library: Library, client: FlaskClient) -> None:
    assert "Lifeline" in client.get("/").get_data(as_text=True)
    with library.database.writing() as session:
        for line in session.query(HelpLine).where(HelpLine.name.like("Lifeline%")):
            line.name = "Lifeline by another name"
    assert "Lifeline by another name" in client.get("/").get_data(as_text=True)
