"""Folders of temporary files: other processes are real here, and killed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ingest import scratch

ROOT = Path(__file__).resolve().parent.parent.parent

HOLDING = """
import pathlib, sys
from ingest import scratch
with scratch.folder() as folder:
    pathlib.Path(folder, "half-read.pdf").write_bytes(b"%PDF")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)


def holding() -> tuple[subprocess.Popen[str], Path]:
    """Another process that has a folder, and the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_a_folder_is_gone_at_the_end_with_what_is_in_it(tmp_path: Path) -> None:
    with scratch.folder() as folder:
        Path(folder, "page.png").write_bytes(b"x")
        assert Path(folder).parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_removed_by_the_next_and_what_is_in_use_is_not() -> None:
    killed, left = holding()
    living, held = holding()
    with living, killed:
        killed.kill()
        killed.wait()
        assert (left / "half-read.pdf").exists()
        with scratch.folder() as mine:
            assert not left.exists()
            assert (held / "half-read.pdf").exists()
            assert Path(mine).is_dir()
    assert not held.exists()


def test_a_link_of_the_same_name_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "letter.txt").write_text("mine")
    (tmp_path / "clearinghouse-scratch-x").symlink_to(tmp_path / "kept")
    with scratch.folder():
        assert (tmp_path / "kept" / "letter.txt").exists()
