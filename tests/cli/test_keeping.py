"""Index, doctor, import, sample and settings; and the program as a process of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran, Run

Put = Callable[[str, str | bytes], Path]
SHOWN = ("--kind", "guideline", "--audience", "staff")


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
        "lacking": [],
        "waiting": 0,
    }
    assert shelf("index", "rebuild", "--json").json == {"put": 3, "dropped": 0}
    assert "Index made again: 3 resources." in shelf("index", "rebuild").out


def test_the_doctor_says_a_line_for_each_thing_and_fails_where_one_is_wrong(shelf: Run, tmp_path: Path) -> None:
    ran = shelf("doctor")
    assert (ran.code, len(ran.out.splitlines())) == (0, 13)
    assert all(line.startswith("ok ") for line in ran.out.splitlines())
    shutil.rmtree(tmp_path / "home" / "originals")
    ran = shelf("doctor", "--json")
    assert ran.code == 1
    assert [(each["name"], each["well"]) for each in ran.json] == [
        ("database", True),
        ("migrations", True),
        ("files", False),
        ("index", True),
        ("meaning", True),
        ("tesseract", True),
        ("libreoffice", True),
        ("address", True),
        ("disk", True),
        ("enquiries", True),
        ("help lines", True),
        ("entries", True),
        ("links", True),
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


@pytest.mark.usefixtures("no_home")
def test_the_home_is_made_when_first_needed_where_the_setting_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_HOME", str(tmp_path / "a new" / "home ü"))
    assert run("list").code == 0
    assert (tmp_path / "a new" / "home ü" / "library.db").is_file()
    run("--help")
    assert not (tmp_path / "home").exists()


@pytest.mark.usefixtures("no_home")
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


@pytest.mark.parametrize(("before", "after"), [("whoosh", "tantivy"), ("tantivy", "whoosh")])
def test_a_rebuild_moves_the_library_to_another_search_engine(
    run: Run, put: Put, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_INDEX", f"{before}://")
    assert run("add", put("a.md", "# Alpha\n\nWombat words."), *SHOWN).code == 0
    assert f"{before.capitalize()} answers." in run("doctor").out
    monkeypatch.setenv("CLEARINGHOUSE_INDEX", f"{after}://")
    for command in (("search", "wombat"), ("index", "check"), ("index", "check", "--repair"), ("doctor",)):
        said = run(*command)
        assert said.code == 1
        assert "made by another search engine. Run `clearinghouse index rebuild`" in said.out + said.err
    assert run("index", "rebuild").out == "Index made again: 1 resources.\n"
    assert run("search", "wombat", "--json").json["total"] == 1
    assert f"{after.capitalize()} answers." in run("doctor").out
    # What waited for the first engine is not forgotten by the second, nor the other way round.
    assert run("add", put("b.md", "# Beta\n\nWombat burrows."), *SHOWN).code == 0
    assert run("search", "wombat", "--json").json["total"] == 2


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
