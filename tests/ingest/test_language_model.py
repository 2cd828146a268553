from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import Extracted, Extractor, read_file, wire
from ingest.language_model import identifier

GREEK = "Η υποστήριξη από ομοτίμους σημαίνει ότι οι άνθρωποι βοηθούν ο ένας τον άλλο. "


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the model is kept for this test alone."""
    identifier.cache_clear()
    monkeypatch.setenv(wire.MODELS, str(tmp_path / "kept" / "models"))
    yield tmp_path / "kept" / "models"
    identifier.cache_clear()


def test_the_model_is_unpacked_once_and_mapped_after_that(folder: Path) -> None:
    assert identifier().classify(GREEK)[0] == "el"
    files = {path: path.stat().st_mtime_ns for path in folder.glob("*/*")}
    assert len(files) == 3
    identifier.cache_clear()
    assert identifier().classify(GREEK)[0] == "el"
    assert {path: path.stat().st_mtime_ns for path in folder.glob("*/*")} == files


def test_a_model_that_was_cut_short_is_unpacked_again(folder: Path) -> None:
    identifier()
    large = next(folder.glob("*/nextmove.npy"))
    large.write_bytes(large.read_bytes()[:1000])
    identifier.cache_clear()
    assert identifier().classify(GREEK)[0] == "el"
    assert [path.name for path in folder.iterdir() if path.name.startswith("tmp")] == []


def test_a_mapped_model_says_what_the_library_s_own_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mapped = identifier()
    identifier.cache_clear()
    monkeypatch.delenv(wire.MODELS)
    for text in (GREEK, "Peer support is for everybody.", "Akran desteği, insanların birbirine yardım etmesidir."):
        assert mapped.classify(text) == identifier().classify(text)


def test_a_reader_tells_the_language_unless_a_curator_said_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "greek.txt"
    file.write_text(GREEK * 10, "utf-8")
    source = read_file(file, max_bytes=10_000)
    with Extractor() as extractor:
        read = [outcome for _, outcome in extractor.run([source, replace(source, language="el-CY")])]
    assert [each.language for each in read if isinstance(each, Extracted)] == ["el", None]


def test_where_the_model_cannot_be_kept_a_document_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    file = tmp_path / "greek.txt"
    file.write_text(GREEK * 10, "utf-8")
    with Extractor() as extractor:
        (read,) = [outcome for _, outcome in extractor.run([read_file(file, max_bytes=10_000)])]
    assert isinstance(read, Extracted)
    assert read.pages[0].text.startswith("Η υποστήριξη")
