from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Missing, Refused, find


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")


def test_a_folder_gives_every_file_below_it_in_a_natural_order(tmp_path: Path) -> None:
    make(tmp_path, "b/module 10.txt", "b/module 2.txt", "a.txt", "C.txt")
    found = [Path(one).relative_to(tmp_path).as_posix() for one in find(str(tmp_path))]
    assert found == ["a.txt", "b/module 2.txt", "b/module 10.txt", "C.txt"]


def test_what_programs_leave_behind_is_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "good.docx", "~$good.docx", ".hidden", ".git/config", "Thumbs.db", "__MACOSX/x", "old.txt~")
    assert [Path(one).name for one in find(str(tmp_path))] == ["good.docx"]


def test_a_link_that_leads_round_does_not_go_on_for_ever(tmp_path: Path) -> None:
    make(tmp_path, "inner/a.txt")
    (tmp_path / "inner" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "lost").symlink_to(tmp_path / "nowhere")
    assert [Path(one).name for one in find(str(tmp_path))] == ["a.txt"]


def test_a_file_and_an_address_stand_for_themselves(tmp_path: Path) -> None:
    make(tmp_path, ".hidden.txt")
    assert list(find(str(tmp_path / ".hidden.txt"))) == [str(tmp_path / ".hidden.txt")]
    assert list(find("HTTPS://example.org/a")) == ["HTTPS://example.org/a"]


def test_a_mistyped_name_brings_the_nearest_one(tmp_path: Path) -> None:
    make(tmp_path, "charter.pdf", "framework.pdf")
    with pytest.raises(Missing, match=r"did you mean .*charter\.pdf\?"):
        list(find(str(tmp_path / "chater.pdf")))
    with pytest.raises(Missing, match="check the name"):
        list(find(str(tmp_path / "zzz")))


@pytest.mark.parametrize("argument", ["", "a\0b", "x" * 5000])
def test_a_name_no_file_can_have_is_missing(argument: str) -> None:
    with pytest.raises(Missing):
        list(find(argument))


def test_an_address_without_its_beginning_is_explained() -> None:
    with pytest.raises(Missing, match=r"write https://www\.example\.org/guide"):
        list(find("www.example.org/guide"))


def test_a_folder_without_a_document_is_missing(tmp_path: Path) -> None:
    (tmp_path / "empty" / "deeper").mkdir(parents=True)
    with pytest.raises(Missing, match="no readable document"):
        list(find(str(tmp_path / "empty")))


@pytest.mark.parametrize("argument", ["ftp://example.org/a", "file:///etc/passwd"])
def test_other_kinds_of_address_are_refused(argument: str) -> None:
    with pytest.raises(Refused, match="only http and https"):
        list(find(argument))
