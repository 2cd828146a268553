"""What is special to the engine in a folder: other processes, damage, other versions, sudden death."""

from __future__ import annotations

import gc
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import index
from index.errors import Busy, Outdated, Unavailable
from index.parse import parse
from index.whoosh_engine import WhooshEngine
from index.whoosh_store import NAME, SCHEMA_NUMBER
from tests.index.library import LIBRARY, document

ROOT = Path(__file__).parents[2]


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


def child(code: str, folder: Path) -> subprocess.Popen[str]:
    """Another process with an engine on `folder`, named `engine` in `code`."""
    head = (
        "import sys, itertools, time\n"
        "from pathlib import Path\n"
        "from index.parse import parse\n"
        "from index.whoosh_engine import WhooshEngine\n"
        "from tests.index.library import LIBRARY, document\n"
        "engine = WhooshEngine(Path(sys.argv[1]), patience=0.2)\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", head + code, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )


# Addresses


def test_an_address_names_the_folder(tmp_path: Path) -> None:
    engine = index.open(f"whoosh://{tmp_path}/with%20space")
    engine.replace(LIBRARY[:1])
    assert any((tmp_path / "with space").iterdir())


@pytest.mark.parametrize("url", ["", "index", "mysql://x/y", "/srv/index", "solr:///x"])
def test_an_unknown_engine_is_refused_and_the_known_named(url: str) -> None:
    with pytest.raises(Unavailable, match="whoosh://"):
        index.open(url)


@pytest.mark.parametrize("url", ["whoosh://", "whoosh://relative/folder"])
def test_an_address_without_a_whole_path_is_refused(url: str) -> None:
    with pytest.raises(Unavailable, match="three slashes"):
        index.open(url)


def test_the_folder_is_made_by_the_first_write_and_not_by_a_search(folder: Path) -> None:
    engine = WhooshEngine(folder)
    assert total(engine) == 0
    assert not folder.exists()
    engine.write(LIBRARY, [])
    assert total(engine) == len(LIBRARY)


# Other processes


def test_a_change_by_another_process_is_seen_by_the_next_search(engine: WhooshEngine, folder: Path) -> None:
    assert total(engine, "wombat") == 0
    code = "engine.write([document('w', 'Wombat')], ['charter']); print(len(engine.digests()))"
    with child(code, folder) as other:
        assert other.communicate()[0].strip() == str(len(LIBRARY))
    assert total(engine, "wombat") == 1
    assert total(engine, "charter") == 0


def test_a_second_writer_is_told_to_wait(engine: WhooshEngine, folder: Path) -> None:
    code = (
        "def stream():\n"
        "    yield document('slow', 'Slow')\n"
        "    print('writing', flush=True)\n"
        "    sys.stdin.readline()\n"
        "engine.replace(stream())\n"
    )
    with child(code, folder) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "writing\n"
        with pytest.raises(Busy, match="Another process"):
            engine.write([document("x", "X")], [])
        with pytest.raises(Busy):
            engine.replace([])
        assert total(engine) == len(LIBRARY)
        other.communicate("go on\n")
    engine.write([document("x", "X")], [])
    assert sorted(engine.digests()) == ["slow", "x"]


def test_readers_in_other_processes_see_only_whole_indexes_while_it_is_replaced(
    engine: WhooshEngine, folder: Path
) -> None:
    code = (
        "print('ready', flush=True)\n"
        "seen = set()\n"
        "until = time.monotonic() + 1\n"
        "while time.monotonic() < until:\n"
        "    results = engine.search(parse('word', size=50))\n"
        "    seen.add((results.total, len(results.hits)))\n"
        "print(sorted(seen))\n"
    )
    engine.replace([document(f"a{n}", "word") for n in range(20)])
    with child(code, folder) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        until = time.monotonic() + 1.3
        size = 20
        while time.monotonic() < until:
            size = 50 - size
            engine.replace([document(f"{size}-{n}", "word") for n in range(size)])
        assert other.stdout.readline() == "[(20, 20), (30, 30)]\n"


# Sudden death


@pytest.mark.parametrize("how", ["replace", "write"])
def test_a_writer_killed_at_any_moment_leaves_an_index_that_opens(folder: Path, how: str) -> None:
    engine = WhooshEngine(folder, patience=0.2)
    engine.replace([document(f"old{n}", "word") for n in range(10)])
    writing = {
        "replace": "engine.replace(document(f'new{n}', 'word', 'text of it ' * 50) for n in range(30))",
        "write": "engine.write([document('one', 'word')], []); engine.write([], ['one'])",
    }[how]
    allowed = {"replace": {10, 30}, "write": {10, 11}}[how]
    for moment in range(5):
        with child(f"print('go', flush=True)\nwhile True:\n    {writing}", folder) as other:
            assert other.stdout is not None
            other.stdout.readline()
            time.sleep(0.005 + moment * 0.033)
            other.send_signal(signal.SIGKILL)
        results = engine.search(parse("word", size=100))
        assert results.total in allowed
        assert results.total == len(results.hits) == len(engine.digests())
    engine.write([document("after", "word")], ["one"])
    assert total(engine, "title:word") in {11, 31}
    left = {path.name for path in folder.iterdir()}
    assert {name for name in left if name.endswith(".tmp") or ".toc." in name} == set()
    named = {segment.segment_id() for segment in engine._store.segments(engine._store.generation()[0])}  # type: ignore[index]
    assert {name.split(".")[0] for name in left if name.endswith((".seg", ".trm", ".pst", ".col"))} == named


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


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    path = tmp_path / "index"
    path.write_text("a file")
    engine = WhooshEngine(path)
    with pytest.raises(Unavailable, match="cannot be read"):
        total(engine)
    with pytest.raises(Unavailable, match="cannot be written"):
        engine.replace(LIBRARY)


def test_a_failing_disk_is_told_and_changes_nothing(engine: WhooshEngine, folder: Path) -> None:
    # Files of at most 64 KiB stand for a disk that is full.
    code = (
        "import resource, signal\n"
        "from index.errors import Unavailable\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "big = [document(f'b{n}', 'Big', ' '.join(f'w{n}x{k}' for k in range(1500))) for n in range(8)]\n"
        "for write in (lambda: engine.write(big, []), lambda: engine.replace(big)):\n"
        "    try:\n"
        "        write()\n"
        "    except Unavailable as problem:\n"
        "        print(problem)\n"
    )
    with child(code, folder) as other:
        said = other.communicate()[0].splitlines()
    assert len(said) == 2
    assert all("cannot be written" in line and "File too large" in line for line in said)
    assert total(engine) == len(LIBRARY)
    engine.write([document("x", "X")], [])
    assert total(engine) == len(LIBRARY) + 1


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
