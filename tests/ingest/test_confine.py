"""Each limit of a reader process, met by a reader that really goes beyond it.

The readers here are real processes; in them plain text is read by a module of ours that does what the text says.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from ingest import Damaged, Extracted, Extractor, IngestProblem, Limits, TooLarge, TooSlow, read_file
from ingest.bounds import MAX_PAGES

_REGISTERED = """
import ingest.extract
ingest.extract._READERS["text/plain"] = "greedy"
"""

_GREEDY = '''
import os, socket, subprocess, sys, tempfile, time
from pathlib import Path
from ingest.extracted import Extracted, Page

def extract(path, name):
    what, _, rest = path.read_text().partition(" ")
    globals()[what](rest.strip())
    return Extracted((Page(1, "1", "", "read"),), title="Read")

def nothing(rest):
    """Be good."""

def files(rest):
    held = [open(os.devnull) for _ in range(1000)]

def memory(rest):
    held = bytearray(2 << 30)

def writing(rest):
    with tempfile.TemporaryFile() as file:
        for _ in range(70):
            file.write(bytes(1 << 20))

def leaving(rest):
    Path(tempfile.mkdtemp(), "left").write_text("left")
    os.kill(os.getpid(), 11)

def printing(rest):
    for _ in range(1000):
        print("noise" * 1000)
        os.write(1, b"noise" * 100)

def lying(rest):
    for handle in range(3, 10):
        try:
            os.write(handle, (1 << 40).to_bytes(8, "big"))
        except OSError:
            pass

def network(rest):
    socket.create_connection(("127.0.0.1", int(rest)), 5)

def starting(rest):
    started = subprocess.Popen(["sleep", "60"])
    Path(rest).write_text(str(started.pid))
    time.sleep(60)

def recursion(rest):
    recursion(rest)

def leave(rest):
    os._exit(0)

_plain = extract

def extract(path, name):
    if path.read_text().startswith("answer"):
        return Extracted((Page(1, "1", "", chr(1) * (49 << 20)),))
    if path.read_text().startswith("pages"):
        return Extracted(tuple(Page(at, str(at), "", "words") for at in range(1, 30_000)))
    return _plain(path, name)
'''


@pytest.fixture(autouse=True)
def greedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers started in this test read plain text as `_GREEDY` does."""
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_REGISTERED)
    (folder / "greedy.py").write_text(_GREEDY)
    monkeypatch.syspath_prepend(str(folder))


def outcomes(tmp_path: Path, *asked: str, limits: Limits | None = None) -> list[Extracted | IngestProblem]:
    """What reading a document of each of `asked` ends as, and one good document after them."""
    found = []
    for number, text in enumerate((*asked, "nothing")):
        path = tmp_path / f"{number}.txt"
        path.write_text(text)
        found.append(read_file(path, max_bytes=1_000_000))
    with Extractor(limits=limits or Limits(seconds=20)) as extractor:
        ended = [outcome for _, outcome in extractor.run(found)]
    assert isinstance(ended[-1], Extracted), "the next document was not read"
    assert ended[-1].title == "Read"
    return ended[:-1]


def test_a_reader_may_open_so_many_files_and_no_more(tmp_path: Path) -> None:
    (outcome,) = outcomes(tmp_path, "files")
    assert isinstance(outcome, TooLarge)
    assert "more files open at one time" in str(outcome)


def test_a_reader_may_write_so_much_to_a_file_and_no_more(tmp_path: Path) -> None:
    (outcome,) = outcomes(tmp_path, "writing")
    assert isinstance(outcome, TooLarge)
    assert "more room for its parts" in str(outcome)


def test_a_reader_may_take_so_much_memory_and_no_more(tmp_path: Path) -> None:
    (outcome,) = outcomes(tmp_path, "memory")
    assert isinstance(outcome, TooLarge)
    assert "1024 MiB" in str(outcome)


def test_a_reader_may_answer_so_much_and_no_more(tmp_path: Path) -> None:
    (outcome,) = outcomes(tmp_path, "answer", limits=Limits(seconds=50))
    assert isinstance(outcome, TooLarge)
    assert "says more than can be kept" in str(outcome)


def test_a_document_of_pages_without_end_is_cut_off(tmp_path: Path) -> None:
    (outcome,) = outcomes(tmp_path, "pages")
    assert isinstance(outcome, Extracted)
    assert len(outcome.pages) == MAX_PAGES
    assert outcome.warnings


def test_a_reader_that_was_taken_over_and_lies_of_its_answer_costs_its_own_document_only(tmp_path: Path) -> None:
    (outcome,) = outcomes(tmp_path, "lying")
    assert isinstance(outcome, Damaged)
    assert "answer nonsense" in str(outcome)


def test_what_a_reader_prints_is_no_answer(tmp_path: Path) -> None:
    (outcome,) = outcomes(tmp_path, "printing")
    assert isinstance(outcome, Extracted)


def test_endless_recursion_and_an_early_end_are_damage(tmp_path: Path) -> None:
    first, second = outcomes(tmp_path, "recursion", "leave")
    assert isinstance(first, Damaged)
    assert isinstance(second, Damaged)


def _may_leave_the_network() -> bool:
    tried = ["unshare", "--map-current-user", "--net", "true"]
    return (
        bool(shutil.which("unshare")) and subprocess.run(tried, capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not _may_leave_the_network(), reason="this system lets no process give up the network")
def test_a_reader_reaches_no_network(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        (outcome,) = outcomes(tmp_path, f"network {listener.getsockname()[1]}")
        with pytest.raises(TimeoutError):
            listener.accept()
    assert isinstance(outcome, Damaged)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_program_that_a_reader_started_ends_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    (outcome,) = outcomes(tmp_path, f"starting {note}", limits=Limits(seconds=2))
    assert isinstance(outcome, TooSlow)
    state = Path(f"/proc/{note.read_text()}/stat")
    for _ in range(50):
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return
        time.sleep(0.1)
    pytest.fail("the program lives on")


def test_what_a_killed_reader_leaves_on_the_disk_goes_when_the_run_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    (outcome,) = outcomes(tmp_path, "leaving")
    assert isinstance(outcome, Damaged)
    assert not any(scratch.iterdir())
