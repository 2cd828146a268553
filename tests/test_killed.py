"""`kill -9` at many moments of `add`, `index sync` and `index rebuild`: the library always opens and mends itself.

The children do what the commands do and are killed with everything they started.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from clearinghouse import indexing
from clearinghouse.acquisition import intake, wanted
from clearinghouse.acquisition.wanted import Outcome, Wanted
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.indexing import Drift
from clearinghouse.library import open_library
from clearinghouse.models import Edition, HelpLine, Original
from clearinghouse.search import discovery
from clearinghouse.search.discovery import Question
from clearinghouse.settings import Settings
from clearinghouse.upkeep import health
from tests.killing import killed_by, killed_when, seconds

pytestmark = pytest.mark.slow

_FILES = 12
_KILLS = 10
_MANY_FILES, _MANY_KILLS = 200, 20


def _settings(home: Path) -> Settings:
    return Settings(home=home, curator="A Curator")


def _take_in(home: Path, folder: Path) -> list[Outcome]:
    library = open_library(_settings(home))
    template = Wanted(shown="", record=Record(kind="guideline", audiences=("staff",)))
    outcomes = list(intake.take_in(library, wanted.walk([str(folder)], template)))
    library.close()
    return outcomes


def _add(home: Path, folder: Path) -> None:
    _take_in(home, folder)


def _sync(home: Path, _folder: Path) -> None:
    library = open_library(_settings(home))
    indexing.sync(library)
    library.close()


def _rebuild(home: Path, _folder: Path) -> None:
    library = open_library(_settings(home))
    indexing.rebuild(library)
    library.close()


def _moments(whole: float, seed: int) -> list[float]:
    """Moments spread over the run, one at random in each equal part of it."""
    random = Random(seed)
    return [whole * (part + random.random()) / _KILLS for part in range(_KILLS)]


def _documents(folder: Path, files: int = _FILES) -> Path:
    folder.mkdir()
    for number in range(files):
        text = f"# Guide number {number}\n\nMutual support.\n\n## Later\n\n" + f"Words of hope {number}. " * 200
        (folder / f"guide-{number}.md").write_text(text)
    return folder


def _opens_answers_and_mends(home: Path) -> None:
    library = open_library(_settings(home))
    before = discovery.search(library, Question("mutual", size=50))
    assert {found.card.status for found in before.found} <= {"published"}
    indexing.sync(library)
    assert indexing.check(library) == Drift()
    published = len(catalogue.listing(library, status="published"))
    assert discovery.search(library, Question("mutual")).total == published
    wrong = [finding for finding in health.examine(library) if not finding.well and finding.name != "disk"]
    assert wrong == []
    with library.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(HelpLine))
        halves = select(Edition).where(Edition.page_count == 0)
        assert session.scalars(halves).all() == []
    library.close()


def _holds_every_file_once(home: Path, files: int = _FILES) -> None:
    library = open_library(_settings(home))
    titles = [card.title for card in catalogue.listing(library, status="published")]
    assert sorted(titles) == sorted(f"Guide number {number}" for number in range(files))
    with library.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Original)) == files
    assert len(list(library.originals.kept())) == files
    assert indexing.check(library) == Drift()
    library.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _documents(tmp_path_factory.mktemp("killed") / "documents")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Path:
    """A library with everything in it, indexed."""
    home = tmp_path_factory.mktemp("whole") / "home"
    seconds(_add, home, folder)
    return home


def test_an_add_killed_at_any_moment_loses_nothing_and_adds_nothing_twice(
    tmp_path: Path, folder: Path, whole: Path
) -> None:
    _holds_every_file_once(whole)
    lasts = seconds(_add, tmp_path / "timed", folder)
    for number, moment in enumerate(_moments(lasts, 1)):
        home = tmp_path / f"home-{number}"
        killed_by(moment, _add, home, folder, lambda home=home: shutil.rmtree(home))
        _opens_answers_and_mends(home)
        outcomes = _take_in(home, folder)
        assert {each.outcome for each in outcomes} <= {"added", "duplicate"}
        _holds_every_file_once(home)


def test_one_library_survives_kill_after_kill(tmp_path: Path) -> None:
    """Many short lives on one library of some hundred files: whatever each leaves, the next goes on from."""
    seed = int(os.environ.get("KILLED_SEED") or Random().randrange(1_000_000))
    print(f"To see the same moments again: KILLED_SEED={seed}")  # noqa: T201 - pytest shows it after a failure
    home, random = tmp_path / "home", Random(seed)
    folder = _documents(tmp_path / "documents", _MANY_FILES)

    def kept() -> int:
        return sum(1 for _ in home.glob("originals/*/*"))

    for lives in range(
        _MANY_KILLS, 0, -1
    ):  # at the start, or some files on, whether this machine is quick or slow
        wanted = kept() + random.randrange(max(1, (_MANY_FILES - kept()) // (lives + 1)))
        assert killed_when(lambda at=wanted: kept() >= at, random.uniform(0, 0.1), _add, home, folder)
    _opens_answers_and_mends(home)
    _take_in(home, folder)
    _holds_every_file_once(home, _MANY_FILES)


@pytest.mark.parametrize("work", [_sync, _rebuild])
def test_writing_the_index_killed_at_any_moment_is_mended_by_a_sync(
    tmp_path: Path, folder: Path, whole: Path, work: Callable[[Path, Path], None]
) -> None:
    home = tmp_path / "home"
    shutil.copytree(whole, home)
    years = count(1000)
    _change_everything(home, next(years))
    lasts = seconds(work, home, folder)
    for moment in _moments(lasts, 3):
        _change_everything(home, next(years))
        killed_by(moment, work, home, folder, lambda: _change_everything(home, next(years)))
        _opens_answers_and_mends(home)
        _holds_every_file_once(home)


def _change_everything(home: Path, year: int) -> None:
    """Make every resource different from what the index has."""
    library = open_library(_settings(home))
    for card in catalogue.listing(library):
        catalogue.revise(library, card.slug, Record(year=year))
    assert indexing.pending(library)
    library.close()
