"""Real libraries to test with: real SQLite, real Whoosh, real files, each in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from clearinghouse.acquisition import importing
from clearinghouse.cli import main
from clearinghouse.library import Library, open_library
from clearinghouse.settings import Settings
from ingest import sandbox
from tests.readers import Servers

FILES = Path(__file__).parent / "files"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test sees the settings it makes, never those of the person who runs it."""
    for name in [name for name in os.environ if name.startswith("CLEARINGHOUSE_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def servers_of_readers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Those that have begun in this run."""
    made = Servers(tmp_path_factory.mktemp("readers"))
    yield made
    made.end()


@pytest.fixture(autouse=True)
def _readers_last(servers_of_readers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers come from a server that has begun (see `tests.readers`)."""
    monkeypatch.setattr(sandbox, "Forks", servers_of_readers.of)


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of an empty library, made once: a copy takes a tenth of the time of making one."""
    home = tmp_path_factory.mktemp("new") / "home"
    open_library(Settings(home=home)).close()
    return home


@pytest.fixture
def library(tmp_path: Path, new_home: Path) -> Iterator[Library]:
    """An empty library."""
    if not (tmp_path / "home").exists():  # where `run` has not made it
        shutil.copytree(new_home, tmp_path / "home")
    opened = open_library(Settings(home=tmp_path / "home", curator="A Curator"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The sample library, loaded once; tests only read it."""
    opened = open_library(Settings(home=tmp_path_factory.mktemp("samples") / "home", curator="A Curator"))
    with importing.samples() as manifest:
        outcomes = list(importing.import_file(opened, manifest))
    assert [each for each in outcomes if each.outcome != "added"] == []
    yield opened
    opened.close()


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, new_home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command of the curator's on a library of the test's own."""
    if not (tmp_path / "home").exists():  # where another fixture has not made it
        shutil.copytree(new_home, tmp_path / "home")
    monkeypatch.setenv("CLEARINGHOUSE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLEARINGHOUSE_CURATOR", "A Curator")

    def command(*arguments: object) -> Ran:
        result = CliRunner().invoke(main, [str(each) for each in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return command
