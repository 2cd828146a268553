"""What is special to Whoosh: damage to its files, other versions, growth."""

from __future__ import annotations

import gc
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import Outdated, Unavailable
from index.parse import parse
from index.whoosh_engine import WhooshEngine
from index.whoosh_store import NAME, SCHEMA_NUMBER
from tests.index.library import LIBRARY, document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "made when needed" / "index"


@pytest.fixture
def engine(folder: Path) -> WhooshEngine:
    engine = WhooshEngine(folder, patience=0.2)
    engine.replace(LIBRARY)
    return engine


def total(engine: WhooshEngine, typed: str = "") -> int:
    return engine.search(parse(typed)).total


# Damage and other versions


def segment_file(folder: Path) -> Path:
    return next(folder.glob("*.seg"))


def spoil_toc(folder: Path) -> None:
    next(folder.glob("_*.toc")).write_bytes(b"junk")


def empty_toc(folder: Path) -> None:
    next(folder.glob("_*.toc")).write_bytes(b"")


def spoil_segment(folder: Path) -> None:
    path = segment_file(folder)
    path.unlink()
    path.write_bytes(b"\x00" * 4000)


def cut_segment(folder: Path) -> None:
    path = segment_file(folder)
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[: len(data) // 2])


def remove_segment(folder: Path) -> None:
    segment_file(folder).unlink()


def foreign_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"not ours")


@pytest.mark.parametrize(
    "damage", [spoil_toc, empty_toc, spoil_segment, cut_segment, remove_segment, foreign_file]
)
def test_a_damaged_index_says_so_and_can_be_replaced(
    engine: WhooshEngine, folder: Path, damage: Callable[[Path], None]
) -> None:
    engine.close()
    damage(folder)
    engine = WhooshEngine(folder, patience=0.2)
    for reading in (lambda: total(engine), engine.digests, lambda: engine.write(LIBRARY, ["charter"])):
        with pytest.raises(Unavailable, match="clearinghouse index rebuild"):
            reading()
    engine.replace(LIBRARY)
    assert total(engine) == len(LIBRARY)
    assert total(engine, "supervision") == 2
    if damage is foreign_file:
        assert (folder / "holiday.jpg").read_bytes() == b"not ours"


def test_damaged_postings_are_told_and_not_taken_for_nothing(engine: WhooshEngine, folder: Path) -> None:
    path = segment_file(folder)
    data = bytearray(path.read_bytes())
    for match in re.finditer(b"W3Bl", bytes(data)):
        data[match.end() : match.end() + 8] = b"\xff" * 8
    path.unlink()
    path.write_bytes(data)
    with pytest.raises(Unavailable, match="damaged"):
        total(WhooshEngine(folder), "supervision")


def test_an_index_of_another_version_says_so_until_it_is_replaced(engine: WhooshEngine, folder: Path) -> None:
    other = f"library{SCHEMA_NUMBER + 1}"
    for path in list(folder.iterdir()):
        path.rename(folder / path.name.replace(NAME, other))
    for engine_now in (engine, WhooshEngine(folder)):
        with pytest.raises(Outdated, match="index rebuild"):
            total(engine_now)
        with pytest.raises(Outdated):
            engine_now.digests()
        with pytest.raises(Outdated):
            engine_now.write(LIBRARY, [])
    engine.replace(LIBRARY)
    assert total(engine) == len(LIBRARY)
    assert not [path for path in folder.iterdir() if other in path.name]


# Growth


def test_many_small_writes_leave_few_segments_and_files(engine: WhooshEngine, folder: Path) -> None:
    for n in range(120):
        engine.write([document(f"n{n % 70}", f"Number {n}", "some words")], [f"n{n - 60}"])
    state = engine._store.generation()
    assert state is not None
    assert len(engine._store.segments(state[0])) <= 8
    assert len(list(folder.iterdir())) <= 12
    assert total(engine, "number") == len(engine.digests()) - len(LIBRARY)


def test_what_no_search_uses_is_let_go(engine: WhooshEngine) -> None:
    maps = Path("/proc/self/maps")
    if not maps.exists():
        pytest.skip("this system does not tell what a process has mapped")
    for n in range(20):
        engine.write([document("n", f"Number {n}")], [])
        assert total(engine, "number") == 1
    gc.collect()
    assert len(re.findall(r"\.seg \(deleted\)", maps.read_text())) <= 1


def test_postings_beyond_memory_go_through_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.whoosh_store._POOL_BYTES", 20_000)
    engine = WhooshEngine(folder)
    documents = [document(f"d{n}", f"Title {n}", f"common rare{n} words " * 9) for n in range(300)]
    engine.replace(iter(documents))
    assert total(engine, "common") == 300
    assert [hit.id for hit in engine.search(parse("rare277")).hits] == ["d277"]
    assert not list(folder.glob("*.tmp"))
