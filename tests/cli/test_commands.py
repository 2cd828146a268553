"""The curator's desk as a contract: help, exit codes, and JSON that another program can rely on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from clearinghouse.cli import main
from tests.conftest import Run

Put = Callable[[str, str | bytes], Path]
SHOWN = ("--kind", "guideline", "--audience", "staff")


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))


COMMANDS = list(_commands(main))


def test_every_command_of_the_contract_is_there() -> None:
    wanted = (
        "add import list show edit publish withdraw history todo search serve sample doctor index topics "
        "facts crisis enquiries pack edition report collection glossary evaluate ingest review export proposals "
        "links harvest"
    )
    assert {path[0] for path in COMMANDS} == set(wanted.split())
    groups = {"index": "sync rebuild check", "topics": "list show history load export"}
    groups |= {"facts": "list due checked load export", "crisis": "list add remove try"}
    groups |= {
        "edition": "list edit remove move not-the-same work-out reread",
        "report": "missing-forms reading-level searches links duplicates text-health",
    }
    groups |= {"glossary": "list show add edit remove harvest accept", "pack": "create list show withdraw"}
    groups |= {"collection": "create list show edit add move remove note delete"}
    groups |= {"enquiries": "list show note answer close delete purge", "ingest": "failures retry dismiss"}
    for group, commands in groups.items():
        assert {path[1] for path in COMMANDS if path[0] == group and len(path) > 1} == set(commands.split())


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_has_an_example(run: Run, path: tuple[str, ...]) -> None:
    ran = run(*path, "--help")
    assert ran.code == 0
    assert "Example" in ran.out
    assert f"  clearinghouse {path[0]}" in ran.out
    assert run(*path, "-h").out == ran.out


def test_the_help_groups_the_commands(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    for heading in ("Add and mend:", "Look:", "Words and facts:", "Keep:", "Run:"):
        assert heading in ran.out
    assert "Exit codes: 0 done, 1 failed, 2 asked for wrongly" in " ".join(ran.out.split())


@pytest.mark.parametrize(("typed", "near"), [("ad", "add"), ("serach", "search"), ("doctr", "doctor")])
def test_an_unknown_command_names_the_nearest(run: Run, typed: str, near: str) -> None:
    ran = run(typed)
    assert ran.code == 2
    assert f"There is no command “{typed}”. Did you mean “{near}”?" in ran.err


def test_the_help_says_of_each_command_what_its_own_help_says(run: Run) -> None:
    context = click.Context(main)
    for name, (_, sentence) in (each for section in main.sections.values() for each in section.items()):
        command = main.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(limit=1000) == sentence


def test_the_help_loads_no_command() -> None:
    code = "import sys; from clearinghouse.cli import main; main(['--help'], standalone_mode=False); "
    code += "print([each for each in sys.modules if each in {'sqlalchemy', 'flask', 'numpy', 'matplotlib'}])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_help_of_a_group_cuts_no_sentence_short(run: Run) -> None:
    for name, commands in {path[0]: [p for p in COMMANDS if p[0] == path[0]] for path in COMMANDS}.items():
        if len(commands) > 1:
            assert "..." not in run(name, "--help").out.partition("Commands:")[2].partition("Example")[0]


def test_an_unknown_command_of_a_group_names_those_there_are(run: Run) -> None:
    ran = run("glossary", "ad")
    assert ran.code == 2
    assert "There is no command “ad”. Did you mean “add”? Known: accept, add, edit, " in ran.err


def test_curly_quotation_marks_are_explained(shelf: Run) -> None:
    ran = shelf("edit", "groups", "--title", "“A", "curly", "title”")
    assert ran.code == 2
    assert "Curly quotation marks hold no words together here" in ran.err
    assert "Curly" in shelf("collection", "show", "“Before").err
    assert "Curly" not in shelf("edit", "groups", "too", "many").err


@pytest.mark.parametrize(
    "typed",
    [
        "Hiring peer workers",
        "“hiring-peer-workers”",
        " HIRING-PEER-WORKERS ",
        "/resources/hiring-peer-workers",
        "https://library.example.org/resources/hiring-peer-workers/full-en?from=1#page-2",
    ],
)
def test_a_resource_may_be_named_as_it_is_pasted(shelf: Run, typed: str) -> None:
    assert shelf("show", typed, "--json").json["slug"] == "hiring-peer-workers"
    assert shelf("edit", typed, "--year", 2019, "--json").json["slug"] == "hiring-peer-workers"


def _completed(*words: str) -> list[str]:
    complete = ShellComplete(main, {}, "clearinghouse", "_CLEARINGHOUSE_COMPLETE")
    return [each.value for each in complete.get_completions(list(words[:-1]), words[-1])]


def test_names_and_words_are_completed(shelf: Run) -> None:
    assert shelf("collection", "create", "Hiring kit").code == 0
    assert _completed("show", "hi") == ["hiring-peer-workers"]
    assert _completed("withdraw", "groups", "") == ["a-plan", "groups", "hiring-peer-workers", "peer-supervision"]
    assert _completed("collection", "show", "h") == ["hiring-kit"]
    assert _completed("edit", "groups", "--audience", "c") == ["consumers", "carers"]
    assert _completed("list", "--status", "w") == ["withdrawn"]
    assert "glossary" in _completed("g")


@pytest.mark.usefixtures("no_home")
def test_completing_makes_no_library(run: Run, tmp_path: Path) -> None:
    assert _completed("show", "a") == []
    assert not (tmp_path / "home").exists()


def test_a_list_is_in_the_order_of_a_dictionary(run: Run, put: Put) -> None:
    titles = ["a plan", "Boundaries", "CHC43515", "Carers", "zebra"]
    assert run("import", put("c.json", json.dumps([{"title": each} for each in titles]))).code == 0
    listed = [each["title"] for each in run("list", "--json").json]
    assert listed == ["a plan", "Boundaries", "Carers", "CHC43515", "zebra"]


def test_a_list_that_leaves_nothing_says_so(shelf: Run) -> None:
    assert "There are no such resources" in shelf("list", "--kind", "story").err


def test_a_list_of_nothing_says_where_the_library_is(run: Run, tmp_path: Path) -> None:
    assert f"Nothing is in {tmp_path / 'home'} yet" in run("list").err


def test_a_list_is_an_array_by_title_that_filters_narrow(shelf: Run) -> None:
    everything = shelf("list", "--json").json
    assert [each["title"] for each in everything] == [
        "A plan",
        "Groups",
        "Hiring peer workers",
        "Peer supervision",
    ]
    assert everything[1]["slug"] == "groups"
    assert everything[1]["audiences"] == ["staff"]
    assert [each["slug"] for each in shelf("list", "--json", "--audience", "providers").json] == [
        "hiring-peer-workers"
    ]
    assert [each["slug"] for each in shelf("list", "--json", "--status", "draft").json] == ["a-plan"]
    assert [each["slug"] for each in shelf("list", "--json", "--kind", "policy").json] == ["hiring-peer-workers"]
    assert shelf("list", "--json", "--kind", "video").json == []
    assert len(shelf("list").out.splitlines()) == 4
    assert shelf("list", "--status", "drfat").code == 2


def test_an_empty_list_says_what_to_do(run: Run) -> None:
    ran = run("list")
    assert (ran.code, ran.out) == (0, "")
    assert "`clearinghouse add`" in ran.err


def test_a_resource_is_shown_with_the_pages_of_its_editions(shelf: Run) -> None:
    shown = shelf("show", "groups", "--text", "--json").json
    (edition,) = shown["editions"]
    assert edition["form"] == "full"
    assert "language" in edition
    assert [{name: page[name] for name in ("number", "label", "heading")} for page in edition["pages"]] == [
        {"number": 1, "label": "1", "heading": "Groups"},
        {"number": 2, "label": "2", "heading": "Later"},
    ]
    assert "Supervision of peer workers lasts." in edition["pages"][1]["text"]
    text = shelf("show", "groups", "--text").out
    assert "Supervision of peer workers lasts." in text
    assert "Supervision" not in shelf("show", "groups").out


_GIVEN = {
    "--kind": "fact-sheet",
    "--year": "2019",
    "--speaks": "clinical",
    "--jurisdiction": "Victoria",
    "--checked-on": "2026-11-22",
    "--doi": "10.1000/182",
    "--summary": "Words.",
    "--organisation": "Us",
    "--licence": "CC BY 4.0",
    "--link": "https://example.org",
    "--topic": "hope",
    "--author": "A Person",
    "--keyword": "peers",
    "--content-note": "grief",
    "--entry": "course",
    "--cost": "free",
}


def test_an_empty_word_takes_a_field_away(run: Run, put: Put) -> None:
    assert run("import", put("bare.json", '[{"title": "Unfiled"}]')).code == 0
    before = run("show", "unfiled", "--json").json
    for option, word in _GIVEN.items():
        assert run("edit", "unfiled", option, word).code == 0
    ran = run("edit", "unfiled", *(each for option in _GIVEN for each in (option, "")), "--json")
    assert len(ran.json["changed"]) == len(_GIVEN) - 1  # entry and cost are both of the details
    after = run("show", "unfiled", "--json").json
    for name in ("updated_at", "changed_at", "told_by", "guessed"):
        del before[name], after[name]
    assert after == before


def test_what_a_visitor_needs_cannot_be_taken_away(shelf: Run) -> None:
    for option in ("--kind", "--audience"):
        ran = shelf("edit", "hiring-peer-workers", option, "")
        assert ran.code == 1
        assert "before visitors can see it" in ran.err
    assert "The title is empty" in shelf("edit", "hiring-peer-workers", "--title", " ").err


def test_several_words_in_one_are_told_apart(shelf: Run) -> None:
    ran = shelf("edit", "hiring-peer-workers", "--audience", "staff, carers")
    assert ran.code == 2
    assert "give the option once for each: --audience staff --audience carers" in ran.err
    wrong = shelf("edit", "hiring-peer-workers", "--checked-on", "22/11/2026")
    assert (wrong.code, "“22/11/2026” is no day; write it like 2026-11-22." in wrong.err) == (2, True)


def test_an_edit_says_what_changed_and_keeps_the_address(shelf: Run) -> None:
    ran = shelf("edit", "groups", "--title", "Groups that last", "--audience", "carers", "--json")
    assert (ran.code, ran.json) == (
        0,
        {
            "slug": "groups",
            "changed": {"title": ["Groups", "Groups that last"], "audiences": [["staff"], ["carers"]]},
        },
    )
    assert "says so already" in shelf("edit", "groups", "--title", "Groups that last").out
    assert "year: 2015 → 2016" in shelf("edit", "groups", "--year", 2016).out
    assert [hit["slug"] for hit in shelf("search", "last", "--audience", "carers", "--json").json["hits"]] == [
        "groups"
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("edit", "groups"), 2, "Say what to change"),
        (("edit", "groups", "--topic", "hopp"), 2, "Did you mean “hope”?"),
        (("edit", "groups", "--year", "20"), 1, "The year 20 cannot be right"),
        (("edit", "groups", "--link", "x"), 1, "must begin with https://"),
        (("edit", "grups", "--year", "2000"), 1, "Did you mean “groups”?"),
        (("show", "grups"), 1, "There is no resource “grups”. Did you mean “groups”?"),
        (("history", "grups"), 1, "Did you mean “groups”?"),
        (("publish", "grups"), 1, "Did you mean “groups”?"),
        (("withdraw", "groups"), 2, "--reason"),
        (("withdraw", "groups", "--reason", " "), 1, "Say why it is withdrawn"),
        (("publish",), 2, "SLUG"),
        (("search", "--sort", "best"), 2, "'best' is not one of"),
        (("search", "--year", "soon"), 2, "write 2015 or 2010..2020"),
        (("search", "--topic", "hopp"), 2, "Did you mean “hope”?"),
        (("search", "--limit", "0"), 2, "--limit"),
        (("search", "--audience", "stuff"), 2, "Did you mean “staff”?"),
        (("import", "nowhere.csv"), 1, "There is no file nowhere.csv"),
        (("index",), 2, "sync"),
        (("index", "repair"), 2, "repair"),
    ],
)
def test_what_cannot_be_done_says_why_on_stderr_only(
    shelf: Run, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    ran = shelf(*arguments)
    assert ran.code == code
    assert ran.out == ""
    assert sentence in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


def test_publishing_and_withdrawing_take_several_and_fail_one_by_one(shelf: Run) -> None:
    ran = shelf("publish", "a-plan", "groups", "no-such", "--json")
    assert ran.code == 1
    assert [(each["slug"], each["status"], bool(each["error"])) for each in ran.lines] == [
        ("a-plan", "published", False),
        ("groups", "published", False),
        ("no-such", None, True),
    ]
    assert shelf("search", "plan", "--json").json["total"] == 1
    ran = shelf("withdraw", "a-plan", "groups", "--reason", "Replaced by a better one")
    assert (ran.code, ran.out) == (0, "Withdrawn: a-plan\nWithdrawn: groups\n")
    assert shelf("withdraw", "groups", "--reason", "Again").out == "groups was withdrawn already.\n"
    assert shelf("search", "--json").json["total"] == 2
    assert shelf("show", "groups", "--json").json["withdrawn_reason"] == "Replaced by a better one"


def test_the_history_says_who_changed_what_and_when(shelf: Run) -> None:
    shelf("edit", "groups", "--year", 2016)
    shelf("withdraw", "groups", "--reason", "Out of date")
    entries = shelf("history", "groups", "--json").json
    assert [entry["what"] for entry in entries] == ["added", "edition", "published", "revised", "withdrawn"]
    assert {entry["who"] for entry in entries} == {"A Curator"}
    assert entries[3]["details"] == {"year": [2015, 2016]}
    assert all("T" in entry["at"] for entry in entries)
    assert Path(entries[1]["files"][0]).is_file()
    out = shelf("history", "groups").out
    assert "A Curator  withdrawn  reason: Out of date" in out
