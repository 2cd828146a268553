"""Originals: kept by digest, never half-written, never changed."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from pathlib import Path

import pytest

from clearinghouse import files
from clearinghouse.errors import BadSetting, StorageFailed
from clearinghouse.files import Originals


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals((tmp_path / "kept").as_uri())


def _file(folder: Path, content: bytes) -> tuple[Path, str]:
    path = folder / "a document.txt"
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


def test_bytes_are_kept_under_their_digest(tmp_path: Path, originals: Originals) -> None:
    path, sha256 = _file(tmp_path, b"hope")
    kept = originals.keep(path, sha256)
    assert kept.read_bytes() == b"hope"
    assert originals.digest(sha256) == sha256
    assert list(originals.kept()) == [sha256]


def test_keeping_twice_is_keeping_once(tmp_path: Path, originals: Originals) -> None:
    path, sha256 = _file(tmp_path, b"hope")
    first = originals.keep(path, sha256).stat()
    assert originals.keep(path, sha256).stat() == first


def test_a_file_that_changes_while_it_is_read_is_not_kept(tmp_path: Path, originals: Originals) -> None:
    path, sha256 = _file(tmp_path, b"hope")
    path.write_bytes(b"something else")
    with pytest.raises(StorageFailed, match="changed while it was being read"):
        originals.keep(path, sha256)
    assert list(originals.root.rglob("*")) == [originals.path(sha256).parent]


def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, originals: Originals, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sha256 = _file(tmp_path, b"hope")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(StorageFailed, match="disk of the library is full"):
        originals.keep(path, sha256)
    assert not originals.path(sha256).exists()
    assert [each for each in originals.root.rglob("*") if each.is_file()] == []


def test_what_a_killed_process_left_is_tidied_after_a_day(originals: Originals) -> None:
    originals.root.mkdir()
    old, fresh = originals.root / ".half-written-1", originals.root / ".half-written-2"
    for each in (old, fresh):
        each.write_bytes(b"half")
    os.utime(old, (time.time() - 100_000,) * 2)
    assert originals.tidy() == 1
    assert not old.exists()
    assert fresh.exists()


def test_a_missing_original_has_no_digest(originals: Originals) -> None:
    assert originals.digest("0" * 64) is None


def test_what_is_copied_out_is_whole_or_not_there(originals: Originals, tmp_path: Path) -> None:
    path, sha256 = tmp_path / "a.txt", hashlib.sha256(b"words").hexdigest()
    path.write_bytes(b"words")
    originals.keep(path, sha256)
    assert originals.copy(sha256, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"words"
    originals.path(sha256).write_bytes(b"other")
    for each in (sha256, "0" * 64):
        assert not originals.copy(each, tmp_path / "none")
        assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("url", ["s3://bucket/originals", "originals", "file://elsewhere/originals"])
def test_only_the_url_of_a_folder_will_do(url: str) -> None:
    with pytest.raises(BadSetting, match="CLEARINGHOUSE_FILES"):
        Originals(url)
