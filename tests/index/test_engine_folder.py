"""What every engine that keeps its index in a folder does: other processes, sudden death, a failing disk.

Each test runs against every such engine, the real one, in real processes.
"""

from __future__ import annotations

import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import index
from index.errors import Busy, Outdated, Unavailable
from index.folder import LOCK
from index.parse import parse
from index.tantivy_engine import TantivyEngine
from index.whoosh_engine import WhooshEngine
from tests.index.library import LIBRARY, document

ROOT = Path(__file__).parents[2]
_ROUNDS = 20
"""Replacements beside which another process reads."""
ENGINES = {"whoosh": WhooshEngine, "tantivy": TantivyEngine}
FolderEngine = WhooshEngine | TantivyEngine


@pytest.fixture(params=sorted(ENGINES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def made(name: str) -> Callable[[Path], FolderEngine]:
    """Makes the engine on a folder, with little patience."""
    return lambda folder: ENGINES[name](folder, patience=0.2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "made when needed" / "index"


@pytest.fixture
def engine(made: Callable[[Path], FolderEngine], folder: Path) -> FolderEngine:
    engine = made(folder)
    engine.replace(LIBRARY)
    return engine


def total(engine: FolderEngine, typed: str = "") -> int:
    return engine.search(parse(typed)).total


def child(engine: FolderEngine, code: str, folder: Path) -> subprocess.Popen[str]:
    """Another process with an engine of the same kind on `folder`, named `engine` in `code`."""
    kind = type(engine)
    head = (
        "import sys, itertools, select, time\n"
        "from pathlib import Path\n"
        "from index.parse import parse\n"
        f"from {kind.__module__} import {kind.__name__}\n"
        "from tests.index.library import LIBRARY, document\n"
        f"engine = {kind.__name__}(Path(sys.argv[1]), patience=0.2)\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", head + code, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )


# Addresses


def test_an_address_names_the_folder(name: str, tmp_path: Path) -> None:
    engine = index.open(f"{name}://{tmp_path}/with%20space")
    engine.replace(LIBRARY[:1])
    assert any((tmp_path / "with space").iterdir())


@pytest.mark.parametrize("url", ["", "index", "mysql://x/y", "/srv/index", "solr:///x"])
def test_an_unknown_engine_is_refused_and_the_known_named(url: str) -> None:
    with pytest.raises(Unavailable, match="whoosh://"):
        index.open(url)


@pytest.mark.parametrize("url", ["whoosh://", "whoosh://relative/folder", "tantivy://"])
def test_an_address_without_a_whole_path_is_refused(url: str) -> None:
    with pytest.raises(Unavailable, match="three slashes"):
        index.open(url)


def test_the_folder_is_made_by_the_first_write_and_not_by_a_search(
    made: Callable[[Path], FolderEngine], folder: Path
) -> None:
    engine = made(folder)
    assert total(engine) == 0
    assert not folder.exists()
    engine.write(LIBRARY, [])
    assert total(engine) == len(LIBRARY)


# Other processes


def test_a_change_by_another_process_is_seen_by_the_next_search(engine: FolderEngine, folder: Path) -> None:
    assert total(engine, "wombat") == 0
    code = "engine.write([document('w', 'Wombat')], ['charter']); print(len(engine.digests()))"
    with child(engine, code, folder) as other:
        assert other.communicate()[0].strip() == str(len(LIBRARY))
    assert total(engine, "wombat") == 1
    assert total(engine, "charter") == 0


def test_a_second_writer_is_told_to_wait(engine: FolderEngine, folder: Path) -> None:
    code = (
        "def stream():\n"
        "    yield document('slow', 'Slow')\n"
        "    print('writing', flush=True)\n"
        "    sys.stdin.readline()\n"
        "engine.replace(stream())\n"
    )
    with child(engine, code, folder) as other:
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
    engine: FolderEngine, folder: Path
) -> None:
    code = (
        "seen = set()\n"
        "while not select.select([sys.stdin], [], [], 0)[0]:\n"
        "    results = engine.search(parse('word', size=50))\n"
        "    if (results.total, len(results.hits)) not in seen:\n"
        "        seen.add((results.total, len(results.hits)))\n"
        "        print(sorted(seen), flush=True)\n"
    )
    engine.replace([document(f"a{n}", "word") for n in range(20)])
    with child(engine, code, folder) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "[(20, 20)]\n"
        until, rounds, size = time.monotonic() + 60, 0, 20
        while rounds < _ROUNDS or (not _has_said(other) and time.monotonic() < until):
            rounds, size = rounds + 1, 50 - size
            engine.replace([document(f"{size}-{n}", "word") for n in range(size)])
        said, _ = other.communicate("enough\n")
        assert said == "[(20, 20), (30, 30)]\n"


def _has_said(other: subprocess.Popen[str]) -> bool:
    return bool(select.select([other.stdout], [], [], 0)[0])


# Sudden death, a failing disk


@pytest.mark.parametrize("how", ["replace", "write"])
def test_a_writer_killed_at_any_moment_leaves_an_index_that_opens(
    made: Callable[[Path], FolderEngine], folder: Path, how: str
) -> None:
    engine = made(folder)
    engine.replace([document(f"old{n}", "word") for n in range(10)])
    writing = {
        "replace": "engine.replace(document(f'new{n}', 'word', 'text of it ' * 50) for n in range(30))",
        "write": "engine.write([document('one', 'word')], []); engine.write([], ['one'])",
    }[how]
    allowed = {"replace": {10, 30}, "write": {10, 11}}[how]
    for moment in range(5):
        with child(engine, f"print('go', flush=True)\nwhile True:\n    {writing}", folder) as other:
            assert other.stdout is not None
            other.stdout.readline()
            time.sleep(0.005 + moment * 0.033)
            other.send_signal(signal.SIGKILL)
        results = engine.search(parse("word", size=100))
        assert results.total in allowed
        assert results.total == len(results.hits) == len(engine.digests())
    engine.write([document("after", "word")], ["one"])
    assert total(engine, "title:word") in {11, 31}
    if isinstance(engine, WhooshEngine):
        nothing_left_of_whoosh(engine, folder)
    else:
        assert sum(path.is_dir() for path in folder.iterdir()) == 1
        assert {path.name for path in folder.iterdir() if path.is_file()} == {"tantivy.current", LOCK}


def nothing_left_of_whoosh(engine: WhooshEngine, folder: Path) -> None:
    left = {path.name for path in folder.iterdir()}
    assert {name for name in left if name.endswith(".tmp") or ".toc." in name} == set()
    named = {segment.segment_id() for segment in engine._store.segments(engine._store.generation()[0])}  # type: ignore[index]
    assert {name.split(".")[0] for name in left if name.endswith((".seg", ".trm", ".pst", ".col"))} == named


def test_a_file_in_the_place_of_the_folder_is_told(made: Callable[[Path], FolderEngine], tmp_path: Path) -> None:
    path = tmp_path / "index"
    path.write_text("a file")
    engine = made(path)
    with pytest.raises(Unavailable, match="cannot be read"):
        total(engine)
    with pytest.raises(Unavailable, match="cannot be written"):
        engine.replace(LIBRARY)


def test_a_failing_disk_is_told_and_changes_nothing(engine: FolderEngine, folder: Path) -> None:
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
    with child(engine, code, folder) as other:
        said = other.communicate()[0].splitlines()
    assert len(said) == 2
    assert all("cannot be written" in line and "File too large" in line for line in said)
    assert total(engine) == len(LIBRARY)
    engine.write([document("x", "X")], [])
    assert total(engine) == len(LIBRARY) + 1


# What else may stand in the folder


def test_files_of_others_are_told_and_left_alone(made: Callable[[Path], FolderEngine], folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "holiday.jpg").write_bytes(b"not ours")
    engine = made(folder)
    for reading in (lambda: total(engine), engine.digests, lambda: engine.write(LIBRARY, [])):
        with pytest.raises(Unavailable, match=r"not a search index.*clearinghouse index rebuild"):
            reading()
    engine.replace(LIBRARY)
    assert total(engine) == len(LIBRARY)
    assert (folder / "holiday.jpg").read_bytes() == b"not ours"


def test_the_index_of_another_engine_is_told_and_gone_once_it_is_made_again(
    engine: FolderEngine, folder: Path
) -> None:
    other = WhooshEngine if isinstance(engine, TantivyEngine) else TantivyEngine
    following = other(folder, patience=0.2)
    for reading in (lambda: total(following), following.digests, lambda: following.write([], ["charter"])):
        with pytest.raises(Outdated, match=r"another search engine.*clearinghouse index rebuild"):
            reading()
    assert total(engine) == len(LIBRARY)
    following.replace(LIBRARY[:2])
    assert total(following) == 2
    with pytest.raises(Outdated, match="another search engine"):
        total(engine)


def test_what_another_engine_left_goes_with_the_next_write(
    made: Callable[[Path], FolderEngine], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = WhooshEngine if isinstance(made(folder), TantivyEngine) else TantivyEngine
    old = other(folder)
    old.replace(LIBRARY)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut_off:
        cut_off.setattr("index.folder.remove_others", killed)  # the last step of a replacement
        with pytest.raises(KeyboardInterrupt):
            made(folder).replace(LIBRARY[:2])
    assert len(old.digests()) == len(LIBRARY)  # it does not know that it is over
    made(folder).write([document("new", "New")], [])
    assert len(made(folder).digests()) == 3
    with pytest.raises(Outdated, match="another search engine"):
        old.digests()
    old.close()
