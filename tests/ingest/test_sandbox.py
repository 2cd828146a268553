"""Reader processes are real here: each test starts, starves, hangs or kills one."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
    reader,
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


def endless_words(folder: Path) -> Source:
    """A text that its reader waits for until it is killed."""
    pipe = folder / "endless.txt"
    os.mkfifo(pipe)
    return Source(str(pipe), pipe, pipe.name, "text/plain", "0" * 64, 1)


@contextmanager
def being_read(words: Source) -> Iterator[None]:
    """Wait until a reader has such a text open, and keep it waiting for the block."""
    until = time.monotonic() + 60
    writing = _open_to_write(words.path)
    while writing is None and time.monotonic() < until:
        time.sleep(0.02)
        writing = _open_to_write(words.path)
    assert writing is not None
    yield
    os.close(writing)


def _open_to_write(pipe: Path) -> int | None:
    """None where nobody has it open to read."""
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as problem:
        if problem.errno != errno.ENXIO:
            raise
        return None


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
    with Extractor(limits=Limits(seconds=3)) as extractor:
        (first, slow, seconds), (_, second, _) = extractor.readings(
            [endless_words(tmp_path), *sources(files / "charter.docx")]
        )
    assert first.name == "endless.txt"
    assert isinstance(slow, TooSlow)
    assert "longer than 3 seconds" in str(slow)
    assert isinstance(second, Extracted)
    assert 3 <= seconds < 10  # by us, before it would have ended by itself


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
    words = endless_words(tmp_path)

    def kill_when_busy() -> None:
        with being_read(words):
            process = extractor._readers[0]._process
            assert process is not None
            os.kill(process.pid, signal.SIGSEGV)

    with Extractor() as extractor:
        killer = threading.Thread(target=kill_when_busy)
        killer.start()
        found = [outcome for _, outcome in extractor.run([words, *sources(files / "charter.docx")])]
        killer.join()
    assert isinstance(found[0], Damaged)
    assert "made its reader fail" in str(found[0])
    assert isinstance(found[1], Extracted)


def test_a_pdf_is_read_a_second_way_before_its_reader_s_end_is_taken_for_its_own(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, killed = reader._write, []

    def write_and_kill(pipe: int, data: bytes) -> None:
        write(pipe, data)
        process = extractor._readers[0]._process
        assert process is not None
        if b"labelled-pages.pdf" in data and len(killed) < most:
            killed.append(b'"again":true' in data.replace(b" ", b""))
            os.kill(process.pid, signal.SIGSEGV)

    monkeypatch.setattr(reader, "_write", write_and_kill)
    for most, kind in ((1, Extracted), (2, Damaged)):
        killed.clear()
        with Extractor() as extractor:
            found = extractor.run(sources(files / "labelled-pages.pdf", files / "charter.docx"))
            assert [type(outcome) for _, outcome in found] == [kind, Extracted]
        assert killed == [False, True][:most]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_reader_outlives_its_context(files: Path) -> None:
    before = set(children())
    with Extractor(jobs=2) as extractor:
        for _ in extractor.run(sources(files / "charter.docx", files / "research-paper.pdf")):
            break
        assert set(children()) - before
    assert set(children()) <= before


KILLED_PARENT = """
import sys
from pathlib import Path
from ingest import Extractor, Source
with Extractor() as extractor:
    print(extractor._readers[0].start().pid, flush=True)
    list(extractor.run([Source("", Path(sys.argv[1]), "endless.txt", "text/plain", "0" * 64, 1)]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems end a reader at its next look at its input")
def test_a_busy_reader_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    words = endless_words(tmp_path)
    parent = subprocess.Popen(
        [sys.executable, "-c", KILLED_PARENT, str(words.path)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    with parent:
        assert parent.stdout is not None
        reader = int(parent.stdout.readline())
        with being_read(words):
            parent.kill()
            parent.wait()
            assert ends(reader)


def ends(reader: int) -> bool:
    """Whether the process ends, sooner or later."""
    for _ in range(300):
        state = Path(f"/proc/{reader}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


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
