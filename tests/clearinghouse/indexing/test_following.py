"""The index written by a process beside, tried in a process of its own: only one without threads is copied."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from clearinghouse import indexing
from clearinghouse.indexing.following import Follower
from clearinghouse.library import Library
from tests.clearinghouse.making import a_resource

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only on Linux is a process copied")

_BEGIN = """
import os, signal, sys, time
from pathlib import Path
from clearinghouse import indexing
from clearinghouse.indexing import following
from clearinghouse.errors import AnyProblem
from clearinghouse.indexing.following import Follower
from clearinghouse.library import open_library
from clearinghouse.settings import Settings
from tests.clearinghouse.making import a_resource

library = open_library(Settings(home=Path(sys.argv[1]), curator="A Curator"))

def waits(done):
    until = time.monotonic() + 30
    while not done() and time.monotonic() < until:
        time.sleep(0.02)
    return done()
"""


def _run(home: Path, code: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", _BEGIN + textwrap.dedent(code), str(home)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_what_was_told_is_in_the_index_when_it_is_finished(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        """
        follower = Follower(library)
        a_resource(library, "A guide")
        follower.tell()
        before = "engine" in library.__dict__
        follower.finish()
        print(before, "engine" in library.__dict__, indexing.pending(library), len(library.engine.digests()))
        """,
    )
    assert said.split() == ["False", "False", "0", "1"]


def test_much_that_is_new_is_written_before_the_end(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        """
        following.ENOUGH = 3
        follower = Follower(library)
        for name in "abc":
            a_resource(library, f"Guide {name}")
            follower.tell()
        print(waits(lambda: indexing.pending(library) == 0))
        follower.finish()
        print(len(library.engine.digests()))
        """,
    )
    assert said.split() == ["True", "3"]


def test_what_a_process_that_died_left_is_written_here(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        """
        follower = Follower(library)
        os.kill(follower._process, signal.SIGKILL)
        a_resource(library, "A guide")
        for _ in range(3):
            follower.tell()
        follower.finish()
        print(indexing.pending(library), len(library.engine.digests()))
        """,
    )
    assert said.split() == ["0", "1"]


def test_an_index_that_cannot_be_written_is_told_at_the_end(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        """
        follower = Follower(library)
        a_resource(library, "A guide")
        library.settings.home.joinpath("index").write_text("a file where a folder should be")
        try:
            follower.finish()
        except AnyProblem as problem:
            print(type(problem).__name__, indexing.pending(library) > 0)
        """,
    )
    assert said.split() == ["Unavailable", "True"]


def test_one_that_is_stopped_leaves_its_work_in_the_outbox_and_no_process(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        """
        follower = Follower(library)
        process = follower._process
        a_resource(library, "A guide")
        follower.stop()
        print(indexing.pending(library) > 0, Path(f"/proc/{process}").exists())
        print(indexing.sync(library).put)
        """,
    )
    assert said.split() == ["True", "False", "1"]


def test_it_holds_no_file_that_its_process_has_open(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        """
        reading, writing = os.pipe()
        follower = Follower(library)
        os.close(writing)
        print(os.read(reading, 1))
        follower.stop()
        """,
    )
    assert said.split() == ["b''"]


def test_it_ends_with_the_process_it_works_for(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        """
        reading, writing = os.pipe()
        if not os.fork():
            follower = Follower(library)
            os.write(writing, str(follower._process).encode())
            os.kill(os.getpid(), signal.SIGKILL)
        os.wait()
        beside = Path(f"/proc/{int(os.read(reading, 20))}/stat")
        gone = lambda: not beside.exists() or beside.read_text().split()[2] == "Z"
        print(waits(gone))
        """,
    )
    assert said.split() == ["True"]


def test_a_process_with_threads_is_not_copied_and_writes_at_the_end(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        """
        import threading
        done = threading.Event()
        threading.Thread(target=done.wait).start()
        follower = Follower(library)
        a_resource(library, "A guide")
        follower.tell()
        print(follower._process, indexing.pending(library) > 0)
        follower.finish()
        print(indexing.pending(library), len(library.engine.digests()))
        done.set()
        """,
    )
    assert said.split() == ["0", "True", "0", "1"]


def test_stopping_after_the_end_does_nothing(library: Library) -> None:
    follower = Follower(library)
    a_resource(library, "A guide")
    follower.finish()
    follower.stop()
    assert indexing.pending(library) == 0
