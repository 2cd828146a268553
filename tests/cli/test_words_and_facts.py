"""Topics, help lines and crisis phrases, changed by command and by file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from rdflib import Graph

from clearinghouse.facts import text
from clearinghouse.upkeep import days
from tests.conftest import Run

TODAY = days.today()


@pytest.fixture
def topics_file(tmp_path: Path) -> Path:
    path = tmp_path / "topics.toml"
    path.write_text(text("topics.toml"), encoding="utf-8")
    return path


def _change(path: Path, before: str, after: str) -> Path:
    content = path.read_text(encoding="utf-8")
    assert before in content
    path.write_text(content.replace(before, after, 1), encoding="utf-8")
    return path


def test_topics_are_listed_as_a_tree_and_shown_with_every_word(run: Run) -> None:
    lines = run("topics", "list").out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("peer-worker"))
    assert lines[at + 1].startswith("  carer-consultant")
    tree = run("topics", "list", "--json").json
    assert next(each for each in tree if each["slug"] == "peer-worker")["narrower"][0] == {
        "slug": "carer-consultant",
        "preferred": "Carer consultant",
        "resources": 0,
        "narrower": [],
    }
    shown = run("topics", "show", "consumer").out
    assert "Historical words:  mental patient, patient, psychiatric patient" in shown
    assert "Clinical words:" in shown
    assert run("topics", "show", "consumer", "--json").json["words"]["other"][0] == "client"
    missing = run("topics", "show", "consumr")
    assert (missing.code, missing.out) == (1, "")
    assert "Did you mean “consumer”?" in missing.err


@pytest.mark.parametrize("name", ["mine.toml", "mine.ttl", "mine.txt"])
def test_what_is_exported_is_loaded_again_without_a_change(run: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    assert run("topics", "export", file).code == 0
    ran = run("topics", "load", file)
    assert (ran.code, ran.out) == (0, "Nothing to change; all 34 topics are as the file has them.\n")


def test_the_history_of_topics_is_told_by_line_and_as_json(run: Run, topics_file: Path) -> None:
    assert run("topics", "history").err == "Nothing was changed yet.\n"
    said = topics_file.read_text(encoding="utf-8").replace('preferred = "Hope"', 'preferred = "Hoping"')
    topics_file.write_text(said, encoding="utf-8")
    assert run("topics", "load", topics_file).code == 0
    assert "changed hope  preferred: Hope → Hoping\n" in run("topics", "history", "hope").out
    (told,) = run("topics", "history", "--json").json
    assert (told["topic"], told["what"], told["details"]) == ("hope", "changed", {"preferred": ["Hope", "Hoping"]})
    assert run("topics", "history", "hop").code == 1


def test_topics_go_to_the_screen_as_either_format(run: Run) -> None:
    assert len(tomllib.loads(run("topics", "export").out)["topic"]) == 34
    ran = run("topics", "export", "--format", "skos", "--base", "https://library.example.org/topics/")
    assert len(Graph().parse(data=ran.out, format="turtle")) > 200
    assert "<https://library.example.org/topics/hope>" in ran.out
    assert "Addresses begin with" in run("topics", "export", "--format", "skos").err
    assert run("topics", "export", "--base", "https://library.example.org/").code == 2
    assert "cannot be where topics live" in run("topics", "export", "--format", "skos", "--base", "x").err


def test_a_changed_file_is_tried_first_and_then_loaded(run: Run, topics_file: Path) -> None:
    _change(topics_file, 'preferred = "Stigma"', 'preferred = "Stigma and discrimination"')
    _change(topics_file, 'other_words = ["discrimination", "prejudice", ', 'other_words = ["prejudice", ')
    tried = run("topics", "load", topics_file, "--dry-run")
    assert tried.out == "changed: stigma (preferred, words)\nThat is what would change; nothing was.\n"
    assert run("topics", "load", topics_file, "--dry-run", "--json").json["changed"] == {
        "stigma": ["preferred", "words"]
    }
    assert run("topics", "load", topics_file).out.endswith("Done; there are 34 topics.\n")
    assert "Stigma and discrimination" in run("topics", "show", "stigma").out


def test_a_file_with_faults_names_each_and_changes_nothing(run: Run, topics_file: Path) -> None:
    before = run("topics", "export").out
    _change(topics_file, 'broader = "peer-worker"', 'broader = "pear-worker"')
    _change(topics_file, 'preferred = "Hope"', 'preferred = ""')
    ran = run("topics", "load", topics_file)
    assert (ran.code, ran.out) == (1, "")
    assert "Nothing was changed: there are 2 faults to mend.\n" in ran.err
    assert "Topic “consumer-consultant” (entry 2) has “pear-worker” as broader; there is no such topic" in ran.err
    assert "Topic “hope” (entry 20) has no preferred word" in ran.err
    assert run("topics", "export").out == before


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.toml", b"\xff\xfe", "is not UTF-8 text"),
        ("a.toml", b"slug = ", "This is not TOML that can be read"),
        ("a.ttl", b"hello", "This is not Turtle that can be read"),
        ("a.txt", b"", "There are no topics in it"),
        ("a.toml", b"#" * 6_000_000, "is larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_topics_says_so(
    run: Run, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = run("topics", "load", tmp_path / name)
    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.err
    assert "othing was changed" in ran.err


@pytest.mark.parametrize("group", ["topics", "facts"])
def test_a_file_that_is_not_there_is_one_sentence(run: Run, tmp_path: Path, group: str) -> None:
    for path in (tmp_path / "nowhere.toml", tmp_path):
        ran = run(group, "load", path)
        assert (ran.code, ran.err) == (
            1,
            f"Error: There is no file {path}; check the name and the folder.\n",
        )


def test_a_topic_that_the_file_lacks_is_kept_with_a_word_on_who_uses_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("# A guide\n\nWords.\n")
    run("add", tmp_path / "guide.md", "--topic", "hope", "--kind", "guideline", "--audience", "staff")
    (tmp_path / "few.toml").write_text('[[topic]]\nslug = "stigma"\npreferred = "Stigma"\n')
    kept = run("topics", "load", tmp_path / "few.toml", "--dry-run")
    assert "Kept though the file does not have it: hope, which 1 resource uses." in kept.err
    assert (
        "Kept though the file does not have it: mutuality, which nothing uses; --remove takes it out." in kept.err
    )
    gone = run("topics", "load", tmp_path / "few.toml", "--remove")
    assert "removed: mutuality" in gone.out
    assert "removed: hope" not in gone.out
    assert [each["slug"] for each in run("topics", "list", "--json").json] == ["hope", "stigma"]


def test_help_lines_are_due_until_somebody_says_they_were_checked(run: Run) -> None:
    listed = run("facts", "list")
    assert len(listed.out.splitlines()) == 10
    assert listed.out.startswith("NEVER CHECKED  Emergency")
    assert "10 of 10 are due to be checked; `clearinghouse facts due` says how." in listed.err
    due = run("facts", "due")
    assert "then `clearinghouse facts checked lifeline`." in due.out
    assert "  The number is from https://www.healthdirect.gov.au/mental-health-crisis-support." in due.out
    done = run("facts", "checked", "lifeline", "--hours", "24/7", "--again-by", "2099-01-01")
    assert done.out == (
        "hours: 24 hours, every day → 24/7\n"
        f"Lifeline: checked on {TODAY} by A Curator, to be checked again by 2099-01-01.\n"
    )
    assert "Lifeline" not in run("facts", "due").out
    assert "Lifeline" in run("facts", "due", "--within", "3650").out or TODAY.year < 2089
    assert f"checked {TODAY}" in run("facts", "list").out
    assert len(run("facts", "due", "--json").json) == 9


def test_when_nothing_is_due_it_says_so(run: Run) -> None:
    for each in run("facts", "list", "--json").json:
        assert run("facts", "checked", each["name"], "--json").json["by"] == "A Curator"
    assert run("facts", "due").out == "Nothing is due.\n"
    assert run("doctor").code == 0
    run("facts", "checked", "sane", "--on", "2020-01-01")
    ran = run("doctor")
    assert ran.code == 1
    assert "WRONG  help lines: 1 overdue to be checked again (SANE)" in ran.out


def test_a_check_that_cannot_be_is_one_sentence(run: Run) -> None:
    assert "“13” cannot be dialled in Australia" in run("facts", "checked", "lifeline", "--number", "13").err
    assert run("facts", "checked", "lifeline", "--on", "yesterday").code == 2
    missing = run("facts", "checked", "lifelin")
    assert (missing.code, missing.err.count("\n")) == (1, 1)


def test_help_lines_go_to_a_file_and_back(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "lines.toml"
    assert run("facts", "export", file).err == f"Help lines written to {file}.\n"
    assert file.read_text(encoding="utf-8") == run("facts", "export").out
    assert run("facts", "load", file).out == "Nothing to change; all 10 help lines are as the file has them.\n"
    _change(file, 'hours = "Weekdays"', 'hours = "Weekdays, 10 am to 10 pm"')
    assert run("facts", "load", file).out == "changed: SANE\nDone; there are 10 help lines.\n"
    _change(file, 'number = "13 92 76"', 'number = "13 92"')
    ran = run("facts", "load", file)
    assert (ran.code, ran.out) == (1, "")
    assert "cannot be loaded, and nothing was changed.\nHelp line “13YARN”: “13 92” cannot be dialled" in ran.err
    assert "13 92 76" in run("facts", "list").out


def test_crisis_phrases_are_tried_added_and_taken_out(run: Run) -> None:
    assert "kill myself" in run("crisis", "list").out.splitlines()
    assert run("crisis", "try", "I", "want", "to", "die").out == "The help card is shown, for: want to die\n"
    assert run("crisis", "try", "peer support", "--json").json == {"suggests": False, "phrases": []}
    assert run("crisis", "add", "fed up with it all").out == "Added: fed up with it all\n"
    assert run("crisis", "add", "Fed up with it all!").out == "Nothing changed; that phrase is there already.\n"
    assert run("crisis", "try", "so FED up with it all").code == 0
    assert run("crisis", "remove", "fed up with it all", "--json").json == {"removed": "fed up with it all"}
    assert run("crisis", "remove", "fed up with it all").code == 1
    assert "There are no words in that phrase" in run("crisis", "add", "…").err


def test_a_phrase_that_titles_have_is_added_with_a_word_of_warning(run: Run, tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("# Suicide prevention at work\n\nWords.\n")
    run("add", tmp_path / "guide.md")
    ran = run("crisis", "add", "suicide prevention")
    assert "One title has it: a search for one of those will show the help card too." in ran.err


@pytest.mark.parametrize("name", ["topics", "facts"])
def test_what_was_written_into_an_exported_file_is_not_lost_by_exporting_again(
    run: Run, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "words.toml"
    assert run(name, "export", file).code == 0
    assert run(name, "export", file).code == 0
    file.write_text(file.read_text("utf-8") + "# mine", "utf-8")
    ran = run(name, "export", file)
    assert ran.code == 1
    assert "is there already and says something else" in ran.err
    assert file.read_text("utf-8").endswith("# mine")


@pytest.mark.parametrize(
    "typed", ["Peer worker", "“peer-worker”", "https://library.example.org/topics/peer-worker"]
)
def test_a_topic_may_be_named_as_it_is_pasted(run: Run, typed: str) -> None:
    assert run("topics", "show", typed).out.startswith("Topic:           Peer worker")
