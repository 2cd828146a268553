"""What is written for people is true: commands, settings, columns and examples."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from clearinghouse import settings, vocabulary
from clearinghouse.acquisition import catalogue_file, importing
from clearinghouse.cli import main
from clearinghouse.holdings import catalogue, shelves
from clearinghouse.library import Library
from ingest.formats import FORMATS
from tests.conftest import Run

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _commands(page: Path) -> list[str]:
    """Commands in blocks for a shell, and between backquotes."""
    text = page.read_text(encoding="utf-8")
    lines = [line for kind, block in _FENCE.findall(text) if kind == "sh" for line in block.splitlines()]
    lines += re.findall(r"`([^`\n]+)`", _FENCE.sub("", text))
    return [line for line in lines if line.startswith("clearinghouse ")]


def _blocks(page: str, kind: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return [block for each, block in _FENCE.findall(text) if each == kind]


def _rows(page: str) -> dict[str, str]:
    """First cell of a table's row, between backquotes, to the rest of the row."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([^`]+)` \| (.*) \|$", text, re.MULTILINE))


def _check(words: list[str]) -> None:
    """That `words` name a command and options it has, with values it takes."""
    context, command = click.Context(main, **main.context_settings), main
    while isinstance(command, click.Group):
        name = words.pop(0) if words else "--help"
        if name.startswith("-"):
            return
        found = command.get_command(context, name)
        assert found is not None, f"there is no command {name}"
        command = found
    if not words:  # named in a sentence, without what it needs
        return
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    for word in words:
        assert not word.startswith("--") or word in known, f"{command.name} has no {word}"
    if "--help" not in words:
        command.make_context(command.name, words, parent=context)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_can_be_typed(page: Path) -> None:
    for line in _commands(page):
        if "…" not in line:
            _check(shlex.split(line, comments=True)[1:])


def test_the_readme_names_commands_at_all() -> None:
    assert len(_commands(ROOT / "README.md")) > 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in link:
            assert (page.parent / link).exists(), f"{page.name} leads to {link}"


def test_every_setting_is_described_as_it_is() -> None:
    rows = _rows("settings.md")
    for name, default, help_ in settings.described():
        shown = {"True": "yes", "False": "no"}.get(default, default)
        expected = f"`{shown}` | {help_}" if shown else f"| {help_}"
        assert rows[name].strip() == expected, name
    assert {name for name in rows if name.startswith(settings.PREFIX)} == {
        name for name, _, _ in settings.described()
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_names_a_setting_that_is_not_there(page: Path) -> None:
    named = set(re.findall(r"(?<!_)CLEARINGHOUSE_[A-Z]+(?:_[A-Z]+)*", page.read_text(encoding="utf-8")))
    assert named <= {name for name, _, _ in settings.described()}


def test_every_column_of_a_catalogue_is_explained_in_order() -> None:
    assert tuple(_rows("importing.md")) == catalogue_file.COLUMNS


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("kind", vocabulary.KINDS),
        ("audiences", vocabulary.AUDIENCES),
        ("jurisdiction", vocabulary.JURISDICTIONS),
        ("speaks", vocabulary.SPEAKS),
        ("entry", vocabulary.ENTRIES),
        ("form", vocabulary.FORMS),
    ],
)
def test_a_column_with_a_list_of_its_own_names_all_of_it(column: str, words: dict[str, str]) -> None:
    assert re.findall(r"`([^`]+)`", _rows("importing.md")[column]) == list(words)


def test_the_csv_example_comes_in_as_it_says(library: Library, tmp_path: Path) -> None:
    (tmp_path / "charter.md").write_text("# A charter\n\nWe listen to one another.\n")
    (example,) = _blocks("importing.md", "csv")
    (tmp_path / "catalogue.csv").write_text(example)
    outcomes = list(importing.import_file(library, tmp_path / "catalogue.csv"))
    assert [(each.outcome, each.slug, each.status) for each in outcomes] == [
        ("added", "our-charter", "published"),
        ("added", "a-first-course-in-peer-work", "published"),
    ]
    assert catalogue.show(library, "our-charter").view.card.audiences == ("consumers", "carers", "staff")
    assert catalogue.show(library, "a-first-course-in-peer-work").view.card.authors == ("A Person", "B Person")
    assert {each.outcome for each in importing.import_file(library, tmp_path / "catalogue.csv")} == {"duplicate"}


def test_the_json_example_comes_in_as_it_says(library: Library, tmp_path: Path) -> None:
    (tmp_path / "framework.md").write_text("# The framework\n\nAll of it.\n")
    (tmp_path / "framework-easy.md").write_text("# In short\n\nWhat matters in it.\n")
    (example,) = _blocks("importing.md", "json")
    (tmp_path / "catalogue.json").write_text(example)
    outcomes = list(importing.import_file(library, tmp_path / "catalogue.json"))
    assert [(each.outcome, each.slug) for each in outcomes] == [
        ("added", "our-framework"),
        ("added", "our-framework"),
        ("added", "a-program-near-you"),
    ]
    view = catalogue.show(library, "our-framework").view
    assert [edition.key for edition in view.editions] == ["full-en", "easy-read-en"]
    assert catalogue.show(library, "a-program-near-you").view.details == {"cost": "free"}


def test_the_toml_example_is_a_shelf_at_a_door(library: Library, tmp_path: Path) -> None:
    (example,) = _blocks("importing.md", "toml")
    record = '[[resource]]\ntitle = "Our charter"\nkind = "charter"\naudiences = ["carers"]\n'
    (tmp_path / "catalogue.toml").write_text(f"{record}\n{example}")
    assert [each.outcome for each in importing.import_file(library, tmp_path / "catalogue.toml")] == ["added"]
    shelf = shelves.show(library, "for-family-friends-and-carers")
    assert (shelf.door, [item.note for item in shelf.items]) == ("carers", ["What we promise one another."])


def _without_what_varies(text: str) -> str:
    """A session as it is the same everywhere: without the day, the words behind a guess, and how lines are cut."""
    text = re.sub(r"\d{4}-\d\d-\d\d", "DAY", " ".join(text.split()))
    return re.sub(r" \(because[^)]*\)", "", text)


def test_the_session_of_a_review_goes_as_it_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    book = "Supervision keeps a peer worker well. This handbook says how to find a supervisor, and what to bring."
    (tmp_path / "handbook.md").write_text(f"# A handbook for new peer workers\n\n{book}\n")
    (tmp_path / "advert.md").write_text("# Half price this week\n\nBuy two and get a third.\n")
    assert run("add", tmp_path / "handbook.md", tmp_path / "advert.md").code == 0
    (session,) = _blocks("reviewing.md", "console")
    typed = re.findall(r"^.* > (.+)$", session, re.MULTILINE)
    runner = CliRunner(echo_stdin=True)
    result = runner.invoke(main, ["review"], input="".join(f"{line}\n" for line in typed))
    said = f"$ clearinghouse review\n{result.stdout}".replace(str(tmp_path), "/srv")
    assert _without_what_varies(said) == _without_what_varies(session)


def test_the_decisions_in_the_example_are_carried_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "book.md").write_text(
        "# A handbook for new peer workers\n\nA handbook: how to begin supervision.\n"
    )
    (tmp_path / "advert.md").write_text("# Half price this week\n\nBuy two and get a third.\n")
    assert run("add", tmp_path / "book.md", tmp_path / "advert.md").code == 0
    (example,) = _blocks("reviewing.md", "json")
    (tmp_path / "decisions.json").write_text(example)
    ran = run("review", "--apply", tmp_path / "decisions.json", "--json")
    assert [(each["status"], each["error"]) for each in ran.lines] == [("published", None), ("withdrawn", None)]


def test_every_kind_of_file_that_is_read_is_listed_with_its_endings() -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    rows = [row.split(" | ") for row in text.splitlines() if row.startswith("| ")]
    listed = [ending for row in rows for ending in re.findall(r"`(\.[a-z0-9]+)`", row[1])]
    assert sorted(listed) == sorted(ending for each in FORMATS if each.reader for ending in each.endings)
    named = " ".join(row[0] for row in rows)
    for each in FORMATS:
        if each.reader:
            assert each.label.removesuffix(" picture").removesuffix(" template") in named, each.label


def test_the_example_of_a_new_format_is_read_after_its_two_steps(tmp_path: Path) -> None:
    (module,), (line,) = _blocks("formats.md", "python"), _blocks("formats.md", "text")
    shutil.copytree(ROOT / "ingest", tmp_path / "ingest", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "ingest" / "extract" / "ics.py").write_text(module)
    table = tmp_path / "ingest" / "formats.py"
    before, opening, after = table.read_text().partition("FORMATS: tuple[Format, ...] = (\n")
    table.write_text(before + opening + line + after)
    event = "SUMMARY:Tea and talk\r\nDESCRIPTION:Come as you\r\n  are\\, and stay.\r\n"
    (tmp_path / "groups.txt").write_text(f"BEGIN:VCALENDAR\r\n{event}END:VCALENDAR\r\n", newline="")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "CLEARINGHOUSE_HOME": str(tmp_path / "home")}
    added = subprocess.run(
        [sys.executable, "-P", "-m", "clearinghouse", "add", "--json", tmp_path / "groups.txt"],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert added.returncode == 0, added.stderr
    outcome = json.loads(added.stdout)
    found = (outcome["outcome"], outcome["title"], outcome["pages"], outcome["words"])
    assert found == ("added", "Tea and talk", 1, 6)
