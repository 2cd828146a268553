"""The officer's commands: enquiries and answer packs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from clearinghouse.cli import main
from clearinghouse.enquiries import asking
from clearinghouse.enquiries.enquiry_words import Question
from clearinghouse.library import Library, open_library
from clearinghouse.models import Enquiry
from clearinghouse.orm import now
from clearinghouse.settings import Settings
from tests.conftest import Run

SAM = Question("How do I begin?\nI live far away.", "carers", "sam@example.org", False, "Sam")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Library]:
    """The library that the commands of the test use."""
    library = open_library(Settings(home=tmp_path / "home", curator="A Curator"))
    yield library
    library.close()


@pytest.fixture
def ask(opened: Library) -> Callable[[Question], str]:
    """Ask as a visitor does; gives the reference."""
    asked = iter(range(100))
    return lambda question: asking.ask(opened, question, f"form {next(asked)}").reference


def test_nothing_asked_yet_is_said(run: Run) -> None:
    ran = run("enquiries", "list")
    assert (ran.code, ran.out, ran.err) == (0, "", "Nobody has asked anything yet.\n")
    assert run("enquiries", "list", "--json").json == []
    assert "no such enquiries" in run("enquiries", "list", "--status", "closed").err


def test_enquiries_are_listed_a_line_each_and_as_json(run: Run, ask: Callable[[Question], str]) -> None:
    first, second = ask(SAM), ask(Question("x" * 100))
    lines = run("enquiries", "list").out.splitlines()
    assert lines[0].startswith(f"{first}  open")
    assert "can be answered  How do I begin? I live far away." in lines[0]
    assert "no way to reach" in lines[1]
    assert lines[1].endswith("x…")
    shown = run("enquiries", "list", "--json", "--status", "open").json
    assert [each["reference"] for each in shown] == [first, second]
    assert shown[0]["need"] == SAM.need
    assert [each["can_be_answered"] for each in shown] == [True, False]
    wrong = run("enquiries", "list", "--status", "opne")
    assert wrong.code == 2
    assert "There is no status of an enquiry “opne”. Did you mean “open”?" in wrong.err


def test_an_enquiry_is_shown_whole_however_its_reference_is_typed(
    run: Run, ask: Callable[[Question], str]
) -> None:
    reference = ask(SAM)
    ran = run("enquiries", "show", reference.lower().replace("-", ""))
    assert ran.code == 0
    for words in (reference, "Sam", "sam@example.org", "How do I begin?\nI live far away.", "leave nothing"):
        assert words in ran.out
    assert run("enquiries", "show", reference, "--json").json["nickname"] == "Sam"
    wrong = run("enquiries", "show", "HHHH-HHHH")
    assert (wrong.code, wrong.out) == (1, "")
    assert "There is no enquiry “HHHH-HHHH”" in wrong.err


def test_an_answer_from_standard_input_is_recorded_and_printed_with_whom_to_send_it_to(
    run: Run, ask: Callable[[Question], str]
) -> None:
    reference = ask(SAM)
    result = CliRunner().invoke(main, ["enquiries", "answer", reference, "-"], input="Dear Sam,\n\nRead this.\n")
    assert result.exit_code == 0
    assert "sam@example.org" in result.stdout
    assert result.stdout.endswith("Dear Sam,\n\nRead this.\n")
    shown = run("enquiries", "show", reference, "--json").json
    assert shown["status"] == "answered"
    assert shown["notes"][0]["text"] == "Dear Sam,\n\nRead this."


def test_an_answer_to_somebody_who_cannot_be_reached_says_so(run: Run, ask: Callable[[Question], str]) -> None:
    ran = run("enquiries", "answer", ask(Question("A question")), "An answer")
    assert ran.code == 0
    assert "They left no way to reach them" in ran.err
    assert "an answer cannot be sent" in ran.out


def test_an_empty_answer_records_nothing(run: Run, ask: Callable[[Question], str]) -> None:
    reference = ask(SAM)
    ran = run("enquiries", "answer", reference)
    assert ran.code == 1
    assert "The answer is empty" in ran.err
    assert run("enquiries", "show", reference, "--json").json["status"] == "open"


def test_notes_say_when_a_closed_enquiry_will_be_gone(run: Run, ask: Callable[[Question], str]) -> None:
    reference = ask(SAM)
    assert run("enquiries", "note", reference, "Rang.").out == f"Noted on {reference}.\n"
    assert run("enquiries", "close", reference).out.startswith(f"Closed: {reference}, kept until ")
    assert "It is closed, and will be deleted" in run("enquiries", "note", reference, "Rang again.").err
    assert "counts as answered again" in run("enquiries", "answer", reference, "More").err


def test_several_are_closed_and_one_that_is_not_there_stops_none(run: Run, ask: Callable[[Question], str]) -> None:
    first, second = ask(SAM), ask(Question("Another"))
    ran = run("enquiries", "close", first, "HHHH-HHHH", second)
    assert ran.code == 1
    assert len(ran.out.splitlines()) == 2
    assert "HHHH-HHHH" in ran.err
    assert "Was closed already" in run("enquiries", "close", first).out
    again = run("enquiries", "close", first, "HHHH-HHHH", "--json")
    assert [(each["reference"], each["status"]) for each in again.lines] == [
        (first, "closed"),
        ("HHHH-HHHH", None),
    ]


def test_an_enquiry_is_deleted_for_somebody_who_asks_for_that(run: Run, ask: Callable[[Question], str]) -> None:
    mine, other = ask(SAM), ask(Question("Another"))
    assert run("enquiries", "note", mine, "Rang.").code == 0
    ran = run("enquiries", "delete", mine.lower().replace("-", ""))
    assert (ran.code, ran.out) == (0, f"Deleted: {mine}, with its notes and answers.\n")
    assert "Backups that you made before still hold it." in ran.err
    assert [each["reference"] for each in run("enquiries", "list", "--json").json] == [other]
    again = run("enquiries", "delete", mine, other, "--json")
    assert again.code == 1
    assert [(each["reference"], each["deleted"]) for each in again.lines] == [(mine, False), (other, True)]


def test_purge_says_what_it_deletes_and_first_what_it_would(
    run: Run, opened: Library, ask: Callable[[Question], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, young = ask(SAM), ask(Question("Another"))
    assert run("enquiries", "close", old, young).code == 0
    with opened.database.writing() as session:
        session.execute(
            update(Enquiry).where(Enquiry.reference == old).values(closed_at=now() - timedelta(days=31))
        )
    assert "closed more than 90 days ago" in run("enquiries", "purge").err
    monkeypatch.setenv("CLEARINGHOUSE_ENQUIRY_DAYS", "30")
    doctor = run("doctor")
    assert doctor.code == 1
    assert "1 closed enquiry is kept past 30 days; run `clearinghouse enquiries purge`" in doctor.out
    assert run("enquiries", "purge", "--dry-run").out == f"Would delete: {old}\n"
    assert run("enquiries", "purge", "--dry-run", "--json").json == {"deleted": [], "due": [old]}
    assert run("enquiries", "purge").out == f"Deleted: {old}\n"
    assert run("enquiries", "purge", "--json").json == {"deleted": [], "due": []}
    assert [each["reference"] for each in run("enquiries", "list", "--json").json] == [young]
    assert run("doctor").code == 0


def test_a_pack_is_made_for_an_enquiry_shown_listed_sent_and_withdrawn(
    shelf: Run, ask: Callable[[Question], str]
) -> None:
    reference = ask(SAM)
    made = shelf(
        "pack",
        "create",
        "To begin",
        "groups",
        "peer-supervision",
        "--enquiry",
        reference,
        "--introduction",
        "Two things.",
        "--note",
        "groups=Page 2 = the one",
    )
    assert made.code == 0
    slug = made.out.splitlines()[-1].removeprefix("/packs/")
    shown = shelf("pack", "show", f"https://library.example.org/packs/{slug}")
    assert "1. Groups [groups]: Page 2 = the one\n2. Peer supervision" in shown.out
    assert [each["slug"] for each in shelf("pack", "list", "--json").json] == [slug]
    assert "2 resources  To begin" in shelf("pack", "list").out
    answered = shelf("enquiries", "answer", reference, "--pack", slug)
    assert answered.code == 0
    assert f"Answer pack: /packs/{slug}" in answered.out
    notes = shelf("enquiries", "show", reference, "--json").json["notes"]
    assert [(each["kind"], each["pack"]) for each in notes] == [("note", slug), ("answer", slug)]
    assert reference not in shelf("pack", "show", slug, "--json").out
    assert shelf("pack", "withdraw", slug).out == "Withdrawn: To begin\n"
    assert "was withdrawn already" in shelf("pack", "withdraw", slug).out
    assert "withdrawn  To begin" in shelf("pack", "list").out
    assert "It was withdrawn on" in shelf("pack", "show", slug).err


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("create", "To begin", "grups"), 1, "Did you mean “groups”?"),
        (("create", "To begin", "a-plan"), 1, "“a-plan” is a draft"),
        (("create", "For Sam", "groups", "--enquiry", "REF"), 1, "a pack never says who asked"),
        (("create", "To begin", "groups", "--enquiry", "HHHH-HHHH"), 1, "There is no enquiry “HHHH-HHHH”"),
        (("create", "To begin", "groups", "--note", "Page 4"), 2, "write the slug, = and the note"),
        (("create", "To begin", "groups", "--note", "others=Page 4"), 1, "not in this pack"),
        (("show", "0000-0000"), 1, "There is no answer pack “0000-0000”"),
        (("withdraw", "0000-0000"), 1, "There is no answer pack “0000-0000”"),
    ],
)
def test_what_cannot_be_done_with_a_pack_is_one_sentence_and_makes_nothing(
    shelf: Run, ask: Callable[[Question], str], arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    reference = ask(SAM)
    ran = shelf("pack", *(reference if each == "REF" else each for each in arguments))
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err
    assert shelf("pack", "list", "--json").json == []
    assert shelf("enquiries", "show", reference, "--json").json["notes"] == []


def test_where_the_address_of_the_site_is_set_a_pack_is_named_whole(
    shelf: Run, ask: Callable[[Question], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_ADDRESS", "https://library.example.org")
    reference = ask(SAM)
    made = shelf("pack", "create", "To begin", "groups", "--enquiry", reference)
    place = made.out.splitlines()[1]
    assert place.startswith("https://library.example.org/packs/")
    assert made.err == "Write nobody’s name into a pack: it can be passed on.\n"
    answered = shelf("enquiries", "answer", reference, "Here.", "--pack", place)
    assert f"Answer pack: {place}\n" in answered.out
    assert answered.err == ""
    assert place in shelf("pack", "show", place).out
