"""The curator's desk as a contract: help, exit codes, and JSON that another program can rely on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from clearinghouse.cli import main
from tests.conftest import Ran, Run

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


@pytest.fixture
def shelf(run: Run, put: Put) -> Run:
    """A library of three records and a document, made by commands."""
    rows = [
        {"title": "Peer supervision", "kind": "guideline", "audiences": ["staff"], "year": 2012, "topics": "hope"},
        {"title": "Hiring peer workers", "kind": "policy", "audiences": ["providers", "staff"], "year": 2020},
        {"title": "A plan", "kind": "template", "audiences": ["carers"], "status": "draft"},
    ]
    assert run("import", put("c.json", json.dumps(rows))).code == 0
    text = "# Groups\n\nPeer groups meet.\n\n## Later\n\nSupervision of peer workers lasts.\n"
    assert run("add", put("groups.md", text), *SHOWN, "--author", "A Person", "--year", 2015).code == 0
    return run


def test_every_command_of_the_contract_is_there() -> None:
    wanted = "add import list show edit publish withdraw history search serve sample doctor index"
    assert {path[0] for path in COMMANDS} == set(wanted.split())
    assert {path[1] for path in COMMANDS if len(path) > 1} == {"sync", "rebuild", "check"}


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
    for heading in ("Add and mend:", "Look:", "Keep:", "Run:"):
        assert heading in ran.out
    assert "Exit codes: 0 done, 1 failed, 2 asked for wrongly" in " ".join(ran.out.split())


@pytest.mark.parametrize(("typed", "near"), [("ad", "add"), ("serach", "search"), ("doctr", "doctor")])
def test_an_unknown_command_names_the_nearest(run: Run, typed: str, near: str) -> None:
    ran = run(typed)
    assert ran.code == 2
    assert f"There is no command “{typed}”. Did you mean “{near}”?" in ran.err


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


def test_a_search_answers_with_what_was_promised(shelf: Run) -> None:
    answer = shelf("search", "supervision", "--json").json
    assert list(answer) == ["total", "hits", "filters", "suggestion"]
    assert answer["total"] == 2
    hit = next(hit for hit in answer["hits"] if hit["slug"] == "groups")
    assert (hit["title"], hit["kind"], hit["audiences"], hit["year"]) == ("Groups", "guideline", ["staff"], 2015)
    assert hit["score"] > 0
    page = hit["pages"][0]
    assert (page["number"], page["label"]) == (2, "2")
    assert page["snippet"].startswith("Later") or "Supervision of peer workers lasts." in page["snippet"]
    assert answer["filters"]["audience"] == {"staff": 2}
    assert answer["filters"]["kind"] == {"guideline": 2}
    assert answer["suggestion"] is None


def test_a_search_may_be_narrowed_ordered_and_paged(shelf: Run) -> None:
    def slugs(*arguments: object) -> list[str]:
        return [hit["slug"] for hit in shelf("search", "--json", *arguments).json["hits"]]

    assert slugs("peer", "--audience", "providers") == ["hiring-peer-workers"]
    assert set(slugs("peer", "--kind", "policy", "--kind", "guideline")) == {
        "groups",
        "hiring-peer-workers",
        "peer-supervision",
    }
    assert slugs("--topic", "Hope") == ["peer-supervision"]
    assert set(slugs("--year", "2013..2020")) == {"groups", "hiring-peer-workers"}
    assert slugs("--year", "..2012") == slugs("--year", "2012") == ["peer-supervision"]
    assert slugs("--sort", "title") == ["groups", "hiring-peer-workers", "peer-supervision"]
    assert slugs("--sort", "title", "--limit", 2, "--page", 2) == ["peer-supervision"]
    assert slugs("--page", 9) == []
    assert slugs('"peer workers" -hiring') == ["groups"]
    assert slugs("peer", "workers", "-hiring") == ["groups"]
    assert slugs("-hiring", "--sort", "title", "peer") == ["groups", "peer-supervision"]
    assert slugs("title:supervision") == ["peer-supervision"]
    assert slugs("--language", "fr") == []


def test_a_search_for_people_shows_where_the_words_stand(shelf: Run) -> None:
    ran = shelf("search", "supervision")
    assert ran.code == 0
    assert "Groups  [groups]" in ran.out
    assert "  Later: " in ran.out
    assert "2 found; page 1 of 1." in ran.out
    nothing = shelf("search", "supervison")
    assert (nothing.code, nothing.out) == (0, "")
    assert "Nothing found." in nothing.err
    assert "Did you mean: supervision" in nothing.err
    assert "only 1 pages of results" in shelf("search", "--page", "7").err


def test_the_index_is_synced_checked_repaired_and_made_again(shelf: Run, tmp_path: Path) -> None:
    assert shelf("index", "sync", "--json").json == {"put": 0, "dropped": 0}
    shutil.rmtree(tmp_path / "home" / "index")
    ran = shelf("index", "check")
    assert ran.code == 1
    assert "Missing from the index: groups\n" in ran.out
    assert "`clearinghouse index check --repair`" in ran.err
    checked = shelf("index", "check", "--json")
    assert (checked.code, checked.json["equal"], len(checked.json["missing"])) == (1, False, 3)
    assert shelf("index", "check", "--repair").code == 0
    assert shelf("index", "check", "--json").json == {
        "equal": True,
        "repaired": False,
        "missing": [],
        "different": [],
        "surplus": [],
        "waiting": 0,
    }
    assert shelf("index", "rebuild", "--json").json == {"put": 3, "dropped": 0}
    assert "Index made again: 3 resources." in shelf("index", "rebuild").out


def test_the_doctor_says_a_line_for_each_thing_and_fails_where_one_is_wrong(shelf: Run, tmp_path: Path) -> None:
    ran = shelf("doctor")
    assert (ran.code, len(ran.out.splitlines())) == (0, 5)
    assert all(line.startswith("ok ") for line in ran.out.splitlines())
    shutil.rmtree(tmp_path / "home" / "originals")
    ran = shelf("doctor", "--json")
    assert ran.code == 1
    assert [(each["name"], each["well"]) for each in ran.json] == [
        ("database", True),
        ("migrations", True),
        ("files", False),
        ("index", True),
        ("disk", True),
    ]
    assert "WRONG  files: 1 missing (groups.md)" in shelf("doctor").out


def test_a_catalogue_is_checked_first_and_imported_then(run: Run, put: Put) -> None:
    path = put("c.csv", "title,kind,audiences\nA plan,template,staff\nBad,plan,staff\n")
    dry = run("import", path, "--dry-run", "--json")
    assert dry.code == 1
    assert [each["outcome"] for each in dry.lines] == ["checked", "failed"]
    assert f"{path} line 3: There is no kind “plan”." in dry.lines[1]["error"]
    assert run("list", "--json").json == []
    ran = run("import", path)
    assert (ran.code, ran.out) == (1, "Added: A plan [a-plan]\n1 added, 1 failed.\n")
    assert "line 3" in ran.err


def test_the_sample_library_loads_and_does_not_load_twice(run: Run) -> None:
    ran = run("sample", "--json")
    assert ran.code == 0
    assert {each["outcome"] for each in ran.lines} == {"added"}
    assert len({each["slug"] for each in ran.lines}) >= 40
    assert run("sample", "--if-empty").out == ""
    assert run("index", "check").code == 0
    assert run("doctor").code == 0
    again = run("sample", "--json")
    assert {each["outcome"] for each in again.lines} == {"duplicate"}


def test_the_home_is_made_when_first_needed_where_the_setting_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_HOME", str(tmp_path / "a new" / "home ü"))
    assert run("list").code == 0
    assert (tmp_path / "a new" / "home ü" / "library.db").is_file()
    run("--help")
    assert not (tmp_path / "home").exists()


def test_database_index_and_files_may_stand_elsewhere(
    run: Run, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_DATABASE", f"sqlite:///{tmp_path / 'other.db'}")
    monkeypatch.setenv("CLEARINGHOUSE_INDEX", f"whoosh://{tmp_path / 'other index'}")
    monkeypatch.setenv("CLEARINGHOUSE_FILES", (tmp_path / "other files").as_uri())
    assert run("add", put("a.md", "# Alpha\n\nWords."), *SHOWN).code == 0
    assert run("doctor").code == 0
    assert (tmp_path / "other.db").is_file()
    assert any((tmp_path / "other index").iterdir())
    assert len([each for each in (tmp_path / "other files").rglob("*") if each.is_file()]) == 1
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "code", "sentence"),
    [
        ("JOBS", "many", 2, "CLEARINGHOUSE_JOBS is “many”; set it to a whole number"),
        ("ALLOW_PRIVATE", "maybe", 2, "CLEARINGHOUSE_ALLOW_PRIVATE is “maybe”; set it to yes or no"),
        ("DATABASE", "nonsense", 2, "CLEARINGHOUSE_DATABASE is “nonsense”"),
        ("FILES", "s3://bucket", 2, "CLEARINGHOUSE_FILES is “s3://bucket”"),
        ("INDEX", "solr://here", 1, "solr://here"),
        ("HOME", "/dev/null/home", 1, "choose another with CLEARINGHOUSE_HOME"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: int, sentence: str
) -> None:
    monkeypatch.setenv(f"CLEARINGHOUSE_{name}", value)
    ran = run("search", "--json")
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err


def test_a_program_of_its_own_prints_json_and_nothing_else(
    child: Callable[..., Ran], put: Put, tmp_path: Path
) -> None:
    put("docs/a.md", "# Alpha\n\nWords of hope.")
    put("docs/b.pdf", b"%PDF-1.7\n" + b"junk " * 40)
    ran = child("add", "docs", "nowhere.md", "--json", *SHOWN)
    assert ran.code == 1
    assert [each["outcome"] for each in ran.lines] == ["added", "failed", "failed"]
    assert ran.err == ""
    assert (tmp_path / "clearinghouse-data" / "library.db").is_file()
    found = child("search", "hope", "--json")
    assert (found.code, found.err, found.json["total"]) == (0, "", 1)
    wrong = child("show", "alhpa")
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == (
        "Error: There is no resource “alhpa”. Did you mean “alpha”? `clearinghouse list` shows them all.\n"
    )


def test_a_reader_who_leaves_early_ends_nothing_badly(child: Callable[..., Ran], put: Put) -> None:
    rows = [{"title": f"Record number {number}", "status": "draft"} for number in range(40)]
    put("c.json", json.dumps(rows))
    assert child("import", "c.json").code == 0
    home = put("c.json", "").parent
    root = str(Path(__file__).parents[2])
    piped = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m clearinghouse list | head -n 1"],
        capture_output=True,
        text=True,
        check=True,
        cwd=home,
        env={"PYTHONPATH": root, "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        timeout=60,
    )
    assert piped.stdout.startswith("record-number-0")
    assert piped.stderr == ""
