from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from clearinghouse.acquisition import readers
from clearinghouse.cli import main
from clearinghouse.settings import Settings
from ingest import Extracted, Extractor, read_file
from ingest.sandbox import Early


@pytest.fixture(autouse=True)
def _readers_last() -> None:
    """Not here: where readers come from is what is tested."""


def _process(early: Early) -> int:
    """Number of the process that has begun."""
    assert early.forks._server is not None
    return early.forks._server.pid


def _runs(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def test_what_has_begun_is_given_once_and_reads(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    file = tmp_path / "guide.txt"
    file.write_text("Peer support is for everybody. " * 10, "utf-8")
    with readers.begun(settings):
        early = readers.early(settings)
        assert early is not None
        assert readers.early(settings) is None
        process = _process(early)
        with Extractor(2, readers.limits(settings), None, early) as extractor:
            (read,) = [outcome for _, outcome in extractor.run([read_file(file, max_bytes=10_000)])]
            assert _process(early) == process
    assert isinstance(read, Extracted)
    assert not _runs(process)


def test_what_nobody_asked_for_ends_with_the_block(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with readers.begun(settings):
        assert readers.early(Settings(home=tmp_path, extract_seconds=7)) is None
        (early,) = readers._early
        process = _process(early)
        assert _runs(process)
    assert not _runs(process)
    assert readers.early(settings) is None


def test_a_command_that_was_asked_for_wrongly_leaves_no_process(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["add", "--nonsense", "x"], env={"CLEARINGHOUSE_HOME": str(tmp_path)})
    assert ran.exit_code == 2
    assert readers._early == []
