"""`clearinghouse glossary`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import Run

Put = Callable[[str, str | bytes], Path]
BOOKLET = """# A small booklet

You can ask.

## Dictionary

**zebrafinch**: A bird that sings. For example, it sings at dawn.

**stigma**: A part of a flower.
"""


def test_a_booklet_is_harvested_and_its_words_accepted(run: Run, put: Put) -> None:
    assert run("add", put("b.md", BOOKLET), "--kind", "guideline", "--audience", "staff").code == 0
    ran = run("glossary", "harvest", "a-small-booklet")
    assert ran.code == 0
    assert ran.out == (
        "New: zebrafinch [zebrafinch]\n    A bird that sings.\n"
        "Another meaning than the glossary has: stigma [stigma-2]\n    A part of a flower.\n"
        f"    The glossary has: {run('glossary', 'show', 'stigma', '--json').json['meaning']}\n"
    )
    assert "    clearinghouse glossary accept zebrafinch stigma-2" in ran.err.splitlines()
    assert (
        "    clearinghouse glossary accept --all-from a-small-booklet    (every new one)" in ran.err.splitlines()
    )
    assert [each["slug"] for each in run("glossary", "list", "--offered", "--json").json] == [
        "stigma-2",
        "zebrafinch",
    ]
    ran = run("glossary", "accept", "--all-from", "a-small-booklet")
    assert (ran.code, ran.out) == (1, "Accepted: zebrafinch\n")
    assert "Not accepted: “stigma-2” has another meaning in the glossary" in ran.err
    ran = run("glossary", "accept", "stigma-2", "--json")
    assert (ran.code, ran.json[0]["word"]["meaning"]) == (0, "A part of a flower.")
    assert "No words are waiting" in run("glossary", "list", "--offered").err


def test_words_are_added_shown_edited_and_removed(run: Run) -> None:
    ran = run(
        "glossary", "add", "lyrebird", "It repeats what it hears.", "--example", "It rings like a telephone."
    )
    assert (ran.code, ran.out.splitlines()) == (
        0,
        [
            "Added: lyrebird [lyrebird]",
            "    It repeats what it hears.",
            "    For example: It rings like a telephone.",
        ],
    )
    assert (
        run("glossary", "edit", "lyrebird", "--meaning", "A bird.", "--no-examples", "--json").json["examples"]
        == []
    )
    assert "    A bird." in run("glossary", "show", "Lyrebird").out
    assert "lyrebird" in run("glossary", "list").out
    assert run("glossary", "remove", "lyrebird").out.startswith("Removed: lyrebird")
    ran = run("glossary", "show", "lyrebird")
    assert (ran.code, ran.err.startswith("Error: The glossary has no word “lyrebird”.")) == (1, True)


def test_what_is_asked_wrongly_is_said(run: Run) -> None:
    assert run("glossary", "edit", "stigma").code == 2
    assert run("glossary", "accept").code == 2
    assert run("glossary", "accept", "stigma", "--all-from", "x").code == 2
    ran = run("glossary", "harvest", "nothing")
    assert (ran.code, ran.out) == (1, "")
    assert "There is no resource “nothing”" in ran.err
