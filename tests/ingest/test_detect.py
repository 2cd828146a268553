from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest import Damaged, Encrypted, detect, formats

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def type_of(folder: Path, data: bytes, name: str = "file") -> str:
    path = folder / "bytes"
    path.write_bytes(data)
    return detect.media_type(path, name)


def test_a_wrong_ending_does_not_change_what_a_file_is(files: Path) -> None:
    assert detect.media_type(files / "research-paper.pdf", "notes.txt") == formats.PDF
    assert detect.media_type(files / "guide-with-furniture.html", "guide.pdf") == formats.HTML
    assert detect.media_type(files / "charter.docx", "charter.zip") == formats.DOCX


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"{\\rtf1 hello}", "application/rtf"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"junk before\n%PDF-1.4\n1 0 obj\nstartxref\n0\n%%EOF", formats.PDF),
        (b"An essay that opens with\n%PDF-1.4 and has no such table", formats.TEXT),
        (b"\n <!-- saved --> <!DOCTYPE HTML><p>hi", formats.HTML),
        (b"<?xml version='1.0'?><html xmlns='x'><body/></html>", formats.HTML),
        (b"<?xml version='1.0'?><feed/>", "application/xml"),
        (b"<div class='post'><p>part of a page</p></div>", formats.HTML),
        (b"a < b, and <html> is a tag", formats.TEXT),
        ("Wörter über Mut".encode("latin-1"), formats.TEXT),
        ("words".encode("utf-16"), formats.TEXT),
        ("words without a mark".encode("utf-16-le"), formats.TEXT),
        (bytes(range(256)) * 4, formats.UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "application/msword"),
        (b"PK\x03\x04 and then nothing of a zip", "application/zip"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "text/x-git-lfs"),
    ],
)
def test_a_file_is_known_by_its_bytes(tmp_path: Path, data: bytes, expected: str) -> None:
    assert type_of(tmp_path, data) == expected


def test_only_the_name_tells_markdown_from_plain_text(tmp_path: Path) -> None:
    assert type_of(tmp_path, b"# Words\n\nand more", "guide.md") == formats.MARKDOWN
    assert type_of(tmp_path, b"# Words\n\nand more", "guide.txt") == formats.TEXT


def test_markdown_that_opens_with_a_tag_is_not_a_web_page(tmp_path: Path) -> None:
    readme = b'<h1 align="center">Peer</h1>\n\n## Use\n\nSee [this](https://example.org/).\n'
    assert type_of(tmp_path, readme, "README.md") == formats.MARKDOWN


def test_other_office_files_and_books_are_named(tmp_path: Path) -> None:
    for member, content, said in (
        ("mimetype", "application/epub+zip", "an EPUB book"),
        ("[Content_Types].xml", "presentationml", "a PowerPoint presentation"),
        ("readme.txt", "words", "a ZIP archive"),
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(member, content)
        assert formats.name_of(type_of(tmp_path, out.getvalue())) == said


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match=r"^guide\.pdf is empty"):
        type_of(tmp_path, b"", "guide.pdf")


def test_an_office_file_behind_a_password_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Encrypted, match="asks for a password"):
        type_of(tmp_path, OLE + "EncryptedPackage".encode("utf-16-le"), "plan.docx")


@pytest.mark.parametrize(
    "data",
    [
        b'{"title": "Hope", "year": 2020}',
        b'[{"title": "Hope"}, {"title": "More hope"}]\n',
        b'{"title": "Hope"}\n{"title": "More hope"}\n',
        b"[" + b'{"title": "Hope"}, ' * 10_000 + b"{}]",
    ],
)
def test_data_is_not_taken_for_plain_text(tmp_path: Path, data: bytes) -> None:
    assert type_of(tmp_path, data, "catalogue.txt") == formats.JSON


@pytest.mark.parametrize("data", [b"[1] Introduction\n\nHope.", b"{hope}", b"[Hope] is where we begin.", b"["])
def test_text_that_begins_with_a_bracket_is_text(tmp_path: Path, data: bytes) -> None:
    assert type_of(tmp_path, data) == formats.TEXT


def test_a_name_may_say_what_a_broken_file_should_have_been() -> None:
    assert formats.is_document("application/zip", "minutes.docx")
    assert not formats.is_document("application/zip", "photos.zip")
    assert not formats.is_document("image/png", "logo.png")
