from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from ingest import Missing, TooLarge, Unsupported, formats, read_file
from ingest.source import size_in_words


def test_a_file_is_hashed_and_its_type_told(files: Path) -> None:
    source = read_file(files / "charter.docx", max_bytes=1 << 20)
    data = (files / "charter.docx").read_bytes()
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert (source.size, source.media_type, source.name) == (len(data), formats.DOCX, "charter.docx")
    assert source.location == str(files / "charter.docx")


def test_a_relative_path_is_kept_as_an_absolute_one(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files)
    source = read_file("../files/charter.docx", max_bytes=1 << 20)
    assert source.location == str(files / "charter.docx")


def test_a_file_of_two_gibibytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(2 << 30)
    start = time.process_time()
    with pytest.raises(TooLarge, match="holds 2 GiB, more than the 200 MiB allowed"):
        read_file(huge, max_bytes=200 << 20)
    assert time.process_time() - start < 0.5


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Unsupported, match="not a file"):
        read_file(tmp_path / "pipe", max_bytes=10)


def test_a_device_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match="not a file"):
        read_file(os.devnull, max_bytes=10)
    with pytest.raises(Unsupported, match="is a folder"):
        read_file(tmp_path, max_bytes=10)


def test_a_file_that_went_away_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="There is no file"):
        read_file(tmp_path / "gone.pdf", max_bytes=10)


def test_a_name_that_is_not_utf8_can_still_be_stored(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("words")
    source = read_file(path, max_bytes=100)
    assert source.name == "caf\ufffd.txt"
    source.location.encode("utf-8")


def test_sizes_are_said_in_words() -> None:
    assert [size_in_words(size) for size in (12, 1536, 2 << 30)] == ["12 bytes", "1.5 KiB", "2 GiB"]
