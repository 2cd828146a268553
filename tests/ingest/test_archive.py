from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest import Damaged, Encrypted, TooLarge, archive
from ingest.archive import Bounds
from tests.files import hostile
from tests.files.hostile import MEGABYTE


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    return written(path, hostile.zipped(members))


def test_members_are_read_by_name(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"one.xml": b"<a>hope</a>", "two.txt": b"words"})
    with archive.opened(path, "a.odt") as parts:
        assert parts.members == ("one.xml", "two.txt")
        assert "two.txt" in parts
        assert parts.read("two.txt") == b"words"
        assert parts.xml("one.xml").text == "hope"


def test_a_part_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with (
        archive.opened(zipped(tmp_path / "a.zip", {"one": b"1"}), "a.odt") as parts,
        pytest.raises(Damaged, match=r"a\.odt lacks a part that it needs \(content\.xml\)"),
    ):
        parts.read("content.xml")


@pytest.mark.parametrize("cut", [0, 3, 30, -10])
def test_an_archive_cut_short_is_damaged(tmp_path: Path, cut: int) -> None:
    path = zipped(tmp_path / "a.zip", {"one": b"words" * 100})
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(Damaged, match="not a whole document"), archive.opened(path, "a.odt"):
        pass


def test_one_member_that_unpacks_beyond_bounds_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"bomb": bytes(5 * MEGABYTE)})
    with (
        archive.opened(path, "a.odt", Bounds(member=4 * MEGABYTE)) as parts,
        pytest.raises(TooLarge, match="unpacks to more than a document can need"),
    ):
        parts.read("bomb")


def test_many_members_that_unpack_beyond_bounds_together_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {str(number): bytes(MEGABYTE) for number in range(5)})
    with pytest.raises(TooLarge), archive.opened(path, "a.odt", Bounds(total=4 * MEGABYTE)):
        pass


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    with (
        archive.opened(written(tmp_path / "a.zip", hostile.lying(100)), "a.odt", Bounds(member=MEGABYTE)) as parts,
        pytest.raises(Damaged),
    ):
        parts.read("bomb")


def test_members_that_overlap_count_each_time(tmp_path: Path) -> None:
    path = written(tmp_path / "a.zip", hostile.overlapping(50))
    with pytest.raises(TooLarge), archive.opened(path, "a.odt", Bounds(total=10 * MEGABYTE)):
        pass
    # even where the bounds would allow it: names that do not belong to the bytes are a fault
    with archive.opened(path, "a.odt") as parts, pytest.raises(Damaged):
        parts.check()


def test_an_archive_that_lists_a_million_members_is_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.zip", hostile.overlapping(60_000))
    assert archive.entries(path, 1_000_000) == 60_000
    with pytest.raises(TooLarge), archive.opened(path, "a.odt"):
        pass


def test_an_archive_in_an_archive_stays_packed(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("bomb", bytes(5 * MEGABYTE))
    path = zipped(tmp_path / "a.zip", {"inner.zip": inner.getvalue()})
    with archive.opened(path, "a.odt", Bounds(member=MEGABYTE)) as parts:
        parts.check()
        assert parts.read("inner.zip") == inner.getvalue()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/../../b", "/etc/passwd", "C:\\Windows\\x", "\\\\host\\x", "a\\..\\..\\b", ".."]
)
def test_a_member_that_wants_to_lie_outside_is_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "a.zip", {"content.xml": b"<a/>", name: b"x"})
    with pytest.raises(Damaged, match="outside of it"), archive.opened(path, "a.odt"):
        pass


@pytest.mark.parametrize("name", ["Pictures/a..b.png", "a/...", "Thumbs: one/x.png", "..hidden"])
def test_names_that_only_look_odd_are_let_be(tmp_path: Path, name: str) -> None:
    with archive.opened(zipped(tmp_path / "a.zip", {name: b"x"}), "a.odt") as parts:
        assert parts.read(name) == b"x"


@pytest.mark.parametrize(
    ("reference", "member"),
    [
        ("text/one%20more.html#part", "OEBPS/text/one more.html"),
        ("../cover.html", "cover.html"),
        ("./text/../text/one more.html", "OEBPS/text/one more.html"),
        ("../../../cover.html", "cover.html"),
        ("/cover.html", "cover.html"),
        ("missing.html", None),
        ("https://example.org/cover.html", None),
        ("file:///etc/passwd", None),
        ("//host/cover.html", None),
        ("#part", None),
        ("http://[", None),
    ],
)
def test_a_reference_stands_for_a_member_or_for_nothing(
    tmp_path: Path, reference: str, member: str | None
) -> None:
    path = zipped(tmp_path / "a.zip", {"OEBPS/book.opf": b"", "OEBPS/text/one more.html": b"", "cover.html": b""})
    with archive.opened(path, "a.epub") as parts:
        assert parts.beside("OEBPS/book.opf", reference) == member


def test_a_member_behind_a_password_is_encrypted(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"content.xml": b"<a/>"})
    data = bytearray(path.read_bytes())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    path.write_bytes(data)
    with archive.opened(path, "a.odt") as parts, pytest.raises(Encrypted, match="asks for a password"):
        parts.read("content.xml")
