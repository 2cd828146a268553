"""`review`: a curator types, or a program answers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from clearinghouse.cli import main
from clearinghouse.holdings import catalogue
from clearinghouse.library import open_library
from clearinghouse.models import Proposal
from clearinghouse.settings import Settings
from tests.cli.conftest import Put
from tests.conftest import Ran, Run


@pytest.fixture
def desk(run: Run, put: Put) -> Run:
    """A library with three drafts."""
    guide = "# A handbook for staff\n\nThis handbook is a guide to supervision of peer workers. Recruitment too.\n"
    for name, text in (
        ("guide.md", guide),
        ("note.md", "# A note\n\nNothing much.\n"),
        ("list.md", "# A list\n\nMilk.\n"),
    ):
        assert run("add", put(name, text)).code == 0
    return run


def types(*lines: str, arguments: tuple[str, ...] = ()) -> Ran:
    """What `review` says to somebody, or a pipe, that types `lines`."""
    text = "".join(f"{line}\n" for line in lines)
    result = CliRunner().invoke(main, ["review", *arguments], input=text)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return Ran(result.exit_code, result.stdout, result.stderr)


def statuses(run: Run) -> dict[str, str]:
    return {each["slug"]: each["status"] for each in run("list", "--json").json}


def test_a_draft_is_shown_with_its_guesses_why_and_its_first_lines(desk: Run) -> None:
    said = types().out
    assert "Draft 1 of 3" in said
    assert "Title         A handbook for staff" in said
    assert "Kind          guessed: Guideline  (because: “" in said
    assert "handbook" in said.split("because:")[1]
    assert "This handbook is a guide to supervision" in said
    assert "3 drafts wait." in said


def test_single_letters_and_words_do_the_same_and_the_end_of_input_stops(desk: Run) -> None:
    ran = types("p", "skip", "d an advert")
    assert ran.code == 0
    assert statuses(desk) == {"a-handbook-for-staff": "published", "a-note": "draft", "a-list": "withdrawn"}
    assert desk("show", "a-list", "--json").json["withdrawn_reason"] == "Discarded in review: an advert"
    assert "1 published, 1 discarded, 1 skipped. 1 draft waits." in ran.out
    assert [each["slug"] for each in desk("search", "supervision", "--json").json["hits"]] == [
        "a-handbook-for-staff"
    ]


def test_what_was_skipped_comes_up_last_the_next_time(desk: Run) -> None:
    types("s", "q")
    assert [each["slug"] for each in desk("review", "--json").json] == ["a-note", "a-list", "a-handbook-for-staff"]


def test_fields_are_changed_in_one_line_or_by_answering(desk: Run) -> None:
    ran = types("c year 2019", "change", "authors", "A. Person; B. Person", "c kind novel", "c kind", "story", "q")
    assert "Not done: There is no kind “novel”" in ran.out
    shown = desk("show", "a-handbook-for-staff", "--json").json
    assert (shown["year"], shown["authors"], shown["kind"]) == (2019, ["A. Person", "B. Person"], "story")
    types("c year none", "q")
    assert desk("show", "a-handbook-for-staff", "--json").json["year"] is None


def test_audiences_and_topics_may_stand_with_commas(desk: Run) -> None:
    types("change audiences staff, Family, friends and carers", "change topics hope, peer work", "q")
    assert desk("show", "a-handbook-for-staff", "--json").json["audiences"] == []
    types("change audiences staff, carers", "change topics hope, peer work", "q")
    shown = desk("show", "a-handbook-for-staff", "--json").json
    assert shown["audiences"] == ["carers", "staff"]
    assert [each["slug"] for each in shown["topics"]] == ["hope", "peer-worker"]


def test_decisions_are_taken_back_in_turn(desk: Run) -> None:
    ran = types("p", "s", "u", "u", "u", "q")
    assert "Taken back: skip “A note”" in ran.out
    assert "Taken back: publish “A handbook for staff”" in ran.out
    assert "Nothing was decided yet." in ran.out
    assert set(statuses(desk).values()) == {"draft"}


def test_what_cannot_be_done_is_said_and_the_draft_stays_on_the_desk(desk: Run) -> None:
    ran = types("p", "p", "frobnicate", "", "?", "a", "q")
    assert "Not yet: say its kind, such as `change kind guideline`." in ran.out
    assert "Not yet: say its audiences, such as `change audiences staff; carers`." in ran.out
    assert "Nothing here is called “frobnicate”" in ran.out
    assert "Type ? for help." in ran.out
    assert "take the last decision back" in ran.out
    assert "Not done: Nothing is guessed of “a-note”" in ran.out
    assert statuses(desk)["a-note"] == "draft"


def test_the_text_can_be_read_further(desk: Run, put: Put) -> None:
    put("long.md", "# Long\n\n" + "\n\n".join(f"Line {number}." for number in range(40)))
    desk("add", "--json", Path(os.environ["CLEARINGHOUSE_HOME"]).parent / "long.md")
    ran = types("t", "q", arguments=("long",))
    before, after = ran.out.split("t for more")
    assert ("Line 30." in before, "Line 30." in after) == (False, True)


def test_a_narrow_terminal_keeps_every_line_within_it(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "34")
    ran = types("?", "c", "q")
    assert max(map(len, ran.out.splitlines())) <= 34


def test_bold_is_left_out_where_colour_is_not_wanted(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    bold = CliRunner().invoke(main, ["review"], input="q\n", color=True)
    assert "\x1b[1m" in bold.stdout
    monkeypatch.setenv("NO_COLOR", "1")
    plain = CliRunner().invoke(main, ["review"], input="q\n", color=True)
    assert "\x1b" not in plain.stdout


def test_named_drafts_alone_are_gone_through(desk: Run) -> None:
    ran = types("s", arguments=("a-list",))
    assert "Draft 1 of 1" in ran.out
    assert desk("review", "--json", "nothing").code == 1


def test_a_draft_that_is_another_form_is_moved_to_its_work(desk: Run) -> None:
    types("p", "m", "m https://library.example.org/resources/a-handbook-for-staff", "q")
    assert len(desk("show", "a-handbook-for-staff", "--json").json["editions"]) == 2
    assert statuses(desk)["a-note"] == "withdrawn"


def test_what_is_alike_is_said_to_be_another_work_and_that_can_be_taken_back(desk: Run, put: Put) -> None:
    text = " ".join(
        f"In week {number} the group speaks of what happened in week {number - 1}." for number in range(20)
    )
    put("one.md", f"# One\n\n{text}")
    put("two.md", f"# Two\n\n{text}")
    folder = Path(os.environ["CLEARINGHOUSE_HOME"]).parent
    desk("add", "--json", folder / "one.md", folder / "two.md")
    ran = types("n", "q", arguments=("two",))
    assert ran.out.count("the same as “one”") == 1
    assert desk("report", "duplicates", "--json").json == []
    (pair,) = desk("report", "duplicates", "--not-the-same", "--json").json
    assert (pair["one"]["slug"], pair["other"]["slug"]) == ("one", "two")
    assert desk("edition", "not-the-same", "one", "two", "--undo", "--json").json["changed"] == ["two"]
    assert "Taken back: not-the-same “Two”" in types("not one", "u", "q", arguments=("two",)).out
    assert len(desk("report", "duplicates", "--json").json) == 1
    assert "Not done: Nothing here is like “a-note”" in types("n", "q", arguments=("a-note",)).out


@pytest.fixture
def news(desk: Run, tmp_path: Path) -> Run:
    """A source that says another year and another title of what a curator set."""
    desk("edit", "a-note", "--year", 2019, "--title", "My note")
    library = open_library(Settings(home=tmp_path / "home"))
    with library.database.writing() as session:
        row = catalogue.find(session, "a-note")
        for field, value in (("year", 2021), ("title", "Its note")):
            session.add(Proposal(resource_id=row.id, field=field, value=value, source="https://example.org/n"))
    library.close()
    return desk


def test_after_the_drafts_comes_what_a_source_now_says_differently(news: Run) -> None:
    ran = types("s", "s", "s", "take year", "keep")
    assert "News 1 of 1: My note [a-note]" in ran.out
    assert "There         2021  (https://example.org/n)" in ran.out
    assert "Taken: year" in ran.out
    assert "Kept: title" in ran.out
    shown = news("show", "a-note", "--json").json
    assert (shown["year"], shown["title"], shown["proposals"]) == (2021, "My note", [])


def test_news_may_wait_and_what_is_no_news_is_said(news: Run) -> None:
    ran = types("s", "s", "s", "take licence", "?", "s")
    assert "Not done: Nothing is proposed for “licence”" in ran.out
    assert "keep your own word" in ran.out
    assert len(news("proposals", "list", "--json").json) == 2


def test_whoever_stops_at_the_drafts_is_shown_no_news(news: Run) -> None:
    assert "News 1" not in types("q").out


def test_nothing_to_review_is_said(run: Run) -> None:
    assert "No draft waits" in run("review").err
    assert run("review", "--json").json == []


def test_a_program_reads_the_drafts_and_answers_with_decisions(desk: Run, put: Put) -> None:
    drafts = {each["slug"]: each for each in desk("review", "--json").json}
    guide = drafts["a-handbook-for-staff"]
    assert guide["guessed"][0]["name"] == "kind"
    decided = [
        {
            "slug": "a-handbook-for-staff",
            "do": "publish",
            "updated_at": guide["updated_at"],
            "set": {"year": 2020},
        },
        {"slug": "a-note", "do": "publish", "set": {"kind": "story", "audiences": ["carers"]}},
        {"slug": "a-list", "do": "publish"},
    ]
    ran = desk("review", "--apply", put("decisions.json", json.dumps(decided)), "--json")
    assert ran.code == 1
    assert [(each["slug"], each["status"], bool(each["error"])) for each in ran.lines] == [
        ("a-handbook-for-staff", "published", False),
        ("a-note", "published", False),
        ("a-list", None, True),
    ]
    assert "1 of 3 decisions could not be carried out" in ran.err
    assert desk("show", "a-handbook-for-staff", "--json").json["year"] == 2020


def test_decisions_may_come_from_a_pipe(desk: Run) -> None:
    line = json.dumps({"slug": "a-list", "do": "discard", "reason": "An advert"})
    result = CliRunner().invoke(main, ["review", "--apply", "-"], input=line)
    assert (result.exit_code, result.stdout) == (0, "Discarded: a-list\n")


def test_options_that_contradict_one_another_are_refused(desk: Run, put: Put) -> None:
    assert desk("review", "--apply", put("d.json", "[]"), "--limit", 3).code == 2
    assert desk("review", "--apply", "nothing.json").code == 1
