"""Reader processes are real here: each test starts, starves, hangs or kills one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import (
    Damaged,
    Encrypted,
    Extracted,
    Extractor,
    IngestProblem,
    Limits,
    Source,
    TooLarge,
    TooSlow,
    Unsupported,
    read_file,
    wire,
)
from ingest.extracted import Page
from tests.files.make import laughs

ROOT = Path(__file__).resolve().parent.parent.parent


def sources(*paths: Path) -> Iterator[Source]:
    for path in paths:
        yield read_file(path, max_bytes=1 << 30)


def endless(folder: Path) -> Path:
    path = folder / "endless.pdf"
    path.write_bytes(laughs())
    return path


def test_results_come_in_the_order_given_with_problems_in_their_place(files: Path) -> None:
    names = [
        "research-paper.pdf",
        "damaged.pdf",
        "charter.docx",
        "encrypted.pdf",
        "front-matter.md",
        "not-really.docx",
    ]
    with Extractor(jobs=2) as extractor:
        found = list(extractor.run(sources(*(files / name for name in names))))
    assert [source.name for source, _ in found] == names
    kinds = [type(outcome) for _, outcome in found]
    assert kinds == [Extracted, Damaged, Extracted, Encrypted, Extracted, Damaged]


def test_sources_are_taken_no_further_ahead_than_two_a_job(files: Path) -> None:
    taken = 0

    def many() -> Iterator[Source]:
        nonlocal taken
        for taken in range(1, 51):  # noqa: B007
            yield from sources(files / "front-matter.md")

    with Extractor(jobs=2) as extractor:
        for yielded, _ in enumerate(extractor.run(many()), 1):
            assert taken - yielded <= 4
    assert yielded == 50


def test_a_document_is_read_whatever_bytes_its_name_has(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("Words about hope")
    with Extractor() as extractor:
        ((_, outcome),) = extractor.run(sources(path))
    assert isinstance(outcome, Extracted)
    assert outcome.title == "Words about hope"


def test_a_module_in_the_working_folder_is_not_taken_for_python_s_own(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path)
    with Extractor() as extractor:
        ((_, outcome),) = extractor.run(sources(files / "charter.docx"))
    assert isinstance(outcome, Extracted)


def test_a_document_of_an_unread_kind_is_named(tmp_path: Path) -> None:
    (tmp_path / "talk.pdf").write_bytes(b"\x00\x00\x00\x18ftypmp42")
    with Extractor() as extractor:
        ((_, outcome),) = extractor.run(sources(tmp_path / "talk.pdf"))
    assert isinstance(outcome, Unsupported)
    assert str(outcome) == (
        "talk.pdf is an MP4 video or recording, which cannot be searched: add its captions (.vtt or .srt) or a "
        "transcript instead, and link to it."
    )


def test_a_document_past_the_time_limit_is_given_up_and_the_next_one_read(files: Path, tmp_path: Path) -> None:
    start = time.monotonic()
    with Extractor(limits=Limits(seconds=1)) as extractor:
        found = [outcome for _, outcome in extractor.run(sources(endless(tmp_path), files / "charter.docx"))]
    assert isinstance(found[0], TooSlow)
    assert "longer than 1 seconds" in str(found[0])
    assert isinstance(found[1], Extracted)
    assert time.monotonic() - start < 10


def test_a_document_past_the_memory_limit_is_given_up_and_the_next_one_read(files: Path, tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    huge.write_bytes(b"some words here\n" * (6 << 20))
    with Extractor(limits=Limits(seconds=30, memory=256 << 20)) as extractor:
        found = [outcome for _, outcome in extractor.run(sources(huge, files / "charter.docx"))]
    assert isinstance(found[0], TooLarge)
    assert "256 MiB" in str(found[0])
    assert isinstance(found[1], Extracted)


def test_a_document_that_makes_its_reader_run_out_of_memory_is_too_large(files: Path, tmp_path: Path) -> None:
    with Extractor(limits=Limits(seconds=30, memory=200 << 20)) as extractor:
        found = [outcome for _, outcome in extractor.run(sources(endless(tmp_path), files / "charter.docx"))]
    assert isinstance(found[0], TooLarge)
    assert isinstance(found[1], Extracted)


def children() -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                said = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except (OSError, IndexError):
                continue
            if int(said[1]) == os.getpid() and said[0] != "Z":
                found.append(int(entry.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_reader_killed_in_its_work_costs_only_its_document(files: Path, tmp_path: Path) -> None:
    with Extractor(limits=Limits(seconds=30)) as extractor:

        def kill_when_busy() -> None:
            reader, killed = extractor._readers[0], 0
            for _ in range(2):  # a PDF is read a second way by the next one
                while (process := reader._process) is None or process.pid == killed:
                    time.sleep(0.02)
                time.sleep(0.3)
                killed = process.pid
                os.kill(killed, signal.SIGSEGV)

        threading.Thread(target=kill_when_busy).start()
        found = [outcome for _, outcome in extractor.run(sources(endless(tmp_path), files / "charter.docx"))]
    assert isinstance(found[0], Damaged)
    assert "made its reader fail" in str(found[0])
    assert isinstance(found[1], Extracted)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_reader_outlives_its_context(files: Path) -> None:
    before = set(children())
    with Extractor(jobs=2) as extractor:
        for _ in extractor.run(sources(files / "charter.docx", files / "research-paper.pdf")):
            break
        assert set(children()) - before
    assert set(children()) <= before


KILLED_PARENT = """
import sys, threading
from pathlib import Path
from ingest import Extractor, Limits, read_file
with Extractor(jobs=1, limits=Limits(seconds=60)) as extractor:
    print(extractor._readers[0].start().pid, flush=True)
    list(extractor.run([read_file(sys.argv[1], max_bytes=1 << 30)]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems end a reader at its next look at its input")
def test_a_busy_reader_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", KILLED_PARENT, str(endless(tmp_path))],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    with parent:
        assert parent.stdout is not None
        reader = int(parent.stdout.readline())
        time.sleep(1)
        assert Path(f"/proc/{reader}").exists()
        parent.kill()
    for _ in range(50):
        state = Path(f"/proc/{reader}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return
        time.sleep(0.1)
    pytest.fail("the reader lives on")


def test_an_extractor_works_while_other_threads_run(files: Path) -> None:
    found: list[object] = []

    def work() -> None:
        with Extractor() as extractor:
            found.extend(outcome for _, outcome in extractor.run(sources(files / "charter.docx")))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(one) for one in found] == [Extracted, Extracted]


def test_a_reader_that_cannot_start_is_a_fault_of_the_installation(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Extractor() as extractor, pytest.raises(RuntimeError, match="did not start"):
        list(extractor.run(sources(files / "charter.docx")))


def test_the_parent_s_secrets_are_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.forks import environment

    monkeypatch.setenv("CLEARINGHOUSE_DATABASE", "postgresql://user:secret@host/db")
    assert "secret" not in " ".join(environment().values())


def test_every_result_passes_the_wire_unchanged() -> None:
    whole = Extracted(
        (Page(1, "i", "Hope", "né\u2028\U0001f600", 0.75),),
        "T",
        "metadata",
        ("A B",),
        2020,
        "en",
        "s",
        "p",
        "l",
        {"doi": "10.1/x"},
        ("k",),
        {"title": "its own metadata"},
        ("w",),
    )
    for result in (whole, TooSlow("too slow"), Encrypted("locked")):
        body = wire.frame(wire.answer(result, spent=False))[wire.HEADER.size :]
        back = wire.result(wire.message(body))
        assert type(back) is type(result)
        assert str(back) == str(result) if isinstance(result, IngestProblem) else back == result
