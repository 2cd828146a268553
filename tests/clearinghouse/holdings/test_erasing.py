"""What is erased is nowhere: not in the database, not among the originals."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clearinghouse import indexing
from clearinghouse.errors import NotFound, StorageFailed
from clearinghouse.holdings import catalogue, erasing, forms
from clearinghouse.library import Library
from clearinghouse.upkeep import health
from tests.clearinghouse.making import document, take_in, wanted


def _story(library: Library, words: str, name: str = "story.md") -> str:
    text = f"# My story\n\n{words} It was told to help others.\n"
    (outcome,) = take_in(library, wanted(document(library, name, text)))
    assert outcome.slug
    return outcome.slug


def _kept(library: Library) -> bytes:
    files = [path for path in library.settings.home.rglob("*") if path.is_file() and "index" not in path.parts]
    return b"".join(path.read_bytes() for path in files)


def test_a_form_is_erased_with_every_original_it_ever_had(library: Library) -> None:
    slug = _story(library, "The wombat of my childhood.")
    assert _story(library, "The quokka of my childhood.") == slug
    kept = _kept(library)
    assert b"wombat" in kept
    assert b"quokka" in kept
    erasing.erase(library, slug, "full")
    assert forms.listing(library, slug) == ()
    kept = _kept(library)
    assert b"wombat" not in kept
    assert b"quokka" not in kept
    assert catalogue.history(library, slug)[-1].what == "form removed"
    indexing.sync(library)
    assert all(each.well for each in health.examine(library) if each.name in {"files", "index", "database"})


def test_the_same_file_can_come_again(library: Library) -> None:
    slug = _story(library, "Words.")
    erasing.erase(library, slug, "full")
    assert _story(library, "Words.") != ""
    assert all(each.well for each in health.examine(library) if each.name == "files")


def test_an_original_of_another_form_stays(library: Library) -> None:
    slug = _story(library, "Words of one.")
    other = _story(library, "Words of another.", "other.md")
    assert _story(library, "Words of one.", "other.md") == slug  # the same bytes are known as the first
    erasing.erase(library, other, "full")
    assert all(each.well for each in health.examine(library) if each.name == "files")
    assert [each.key for each in forms.listing(library, slug)] == ["full"]


def test_what_is_not_there_cannot_be_erased(library: Library) -> None:
    slug = _story(library, "Words.")
    with pytest.raises(NotFound, match="has no form"):
        erasing.erase(library, slug, "easy-read")


def test_where_the_disk_refuses_nothing_is_changed(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    slug = _story(library, "Words.")

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, os.strerror(13), str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(StorageFailed):
            erasing.erase(library, slug, "full")
    assert [each.key for each in forms.listing(library, slug)] == ["full"]
    assert all(each.well for each in health.examine(library) if each.name == "files")
