"""A second process that lays documents out helps, and nothing depends on it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from index import beside
from index.document import Document
from index.layout import Laid, lay_out
from index.tantivy_layout import lay_out as lay_out_for_tantivy
from tests.index.library import document

HELPED = 200
"""Documents that the other process takes before a test goes on."""


class Here:
    """`lay_out`, counting what is laid out in this process."""

    def __init__(self) -> None:
        self.laid = self.given = 0

        @wraps(lay_out)
        def lay(documents: Sequence[Document]) -> list[Laid]:
            self.laid += len(documents)
            return lay_out(documents)

        self.lay: Callable[[list[Document]], list[Laid]] = lay

    def documents(self) -> Iterator[Document]:
        """As many as it takes until the other process has had its part."""
        end = time.monotonic() + 60
        while self.given - self.laid < HELPED and time.monotonic() < end:
            self.given += 1
            yield document(str(self.given), f"Note {self.given}", f"About hope and {self.given} things.")


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "_cores", lambda: 2)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started."""
    found: list[subprocess.Popen[bytes]] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)  # type: ignore[call-overload]
            found.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    return found


def test_both_processes_together_give_what_one_gives_in_the_same_order() -> None:
    here = Here()
    given: list[Document] = []

    def documents() -> Iterator[Document]:
        for each in here.documents():
            given.append(each)
            yield each

    with closing(beside.laid_out(here.lay, documents(), alone=3)) as laid:
        found = list(laid)
    assert here.laid < here.given, "the other process has done some"
    assert found == lay_out(given)


def test_the_other_process_ends_when_all_is_laid_out(started: list[subprocess.Popen[bytes]]) -> None:
    here = Here()
    with closing(beside.laid_out(here.lay, here.documents(), alone=0)) as laid:
        assert len(list(laid)) == here.given
    assert [each.poll() is not None for each in started] == [True]


def test_the_other_process_ends_when_nobody_wants_the_rest(started: list[subprocess.Popen[bytes]]) -> None:
    here = Here()
    with closing(beside.laid_out(here.lay, here.documents(), alone=0)) as laid:
        next(laid)
    assert [each.poll() is not None for each in started] == [True]


def test_nothing_is_missing_where_the_other_process_is_killed(started: list[subprocess.Popen[bytes]]) -> None:
    here = Here()

    def documents() -> Iterator[Document]:
        yield from here.documents()
        os.kill(started[0].pid, signal.SIGKILL)
        yield from (document(f"late{number}", "Late", "And more.") for number in range(200))

    with closing(beside.laid_out(here.lay, documents(), alone=0)) as laid:
        found = [each.id for each in laid]
    assert found == [
        *(str(1 + number) for number in range(here.given)),
        *(f"late{number}" for number in range(200)),
    ]


def test_all_is_laid_out_here_where_no_process_can_be_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for program in (str(tmp_path / "none"), "/bin/false"):
        monkeypatch.setattr(sys, "executable", program)
        here = Here()
        with closing(beside.laid_out(here.lay, islice(here.documents(), 300), alone=5)) as laid:
            assert len(list(laid)) == here.laid == 300


def test_few_documents_start_no_process(started: list[subprocess.Popen[bytes]]) -> None:
    with closing(beside.laid_out(lay_out, [document(str(number)) for number in range(50)])) as laid:
        assert len(list(laid)) == 50
    assert not started


def test_what_goes_wrong_in_the_other_process_is_said_here() -> None:
    here = Here()

    def documents() -> Iterator[Document]:
        yield from here.documents()
        yield Document(id="bad", title=None)  # type: ignore[arg-type]
        yield from (document(str(number)) for number in range(500))

    with pytest.raises(AttributeError), closing(beside.laid_out(here.lay, documents(), alone=0)) as laid:
        list(laid)


@pytest.mark.parametrize("lay", [lay_out, lay_out_for_tantivy])
def test_what_either_engine_lays_out_can_be_sent(lay: Callable[[list[Document]], list[Any]]) -> None:
    documents = [document(str(number), f"Note {number}", "co-design") for number in range(3)]
    other = beside._Other(lay)
    try:
        end = time.monotonic() + 60
        while not other.is_ready():
            assert time.monotonic() < end
            time.sleep(0.02)
        other.send(documents)
        found = other.receive()
        assert found is not None
        assert [each.id for each in found] == ["0", "1", "2"]
    finally:
        other.end()
