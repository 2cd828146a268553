from __future__ import annotations

import io
import zipfile
from functools import partial
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement

from ingest import Damaged, TooLarge, archive, formats, read_file
from ingest.extract import docx as reader
from tests.files import hostile


def test_paragraphs_lists_and_tables_keep_their_order(files: Path) -> None:
    found = reader.extract(files / "charter.docx", "charter.docx")
    assert [page.heading for page in found.pages] == ["", "What we hold to", "How it is kept"]
    assert found.pages[1].text == (
        "• Respect comes first.\n• Nobody is spoken for.\n\n| Who | What\n| Consumers | Lead the work"
    )


def test_the_title_on_the_page_is_taken_where_a_template_left_its_own(files: Path) -> None:
    found = reader.extract(files / "charter.docx", "final_v3.docx")
    assert (found.title, found.title_from) == ("A Charter of Mutual Support", "heading")
    assert found.authors == ("Rosa Example",)


def test_a_zip_that_only_looks_like_word_is_damaged(files: Path) -> None:
    with pytest.raises(Damaged, match="not a whole Word document"):
        reader.extract(files / "not-really.docx", "plan.docx")


def test_a_document_cut_short_is_damaged(files: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.docx"
    path.write_bytes((files / "charter.docx").read_bytes()[:20_000])
    with pytest.raises(Damaged):
        reader.extract(path, "cut.docx")


def test_tracked_insertions_and_links_are_read_and_deletions_are_not(tmp_path: Path) -> None:
    document = docx.Document()
    for tag, word in (("w:ins", "added"), ("w:hyperlink", "linked"), ("w:del", "removed")):
        wrapper = OxmlElement(tag)
        run = OxmlElement("w:r")
        text = OxmlElement("w:delText" if tag == "w:del" else "w:t")
        text.text = word
        run.append(text)
        wrapper.append(run)
        document.add_paragraph("kept ")._p.append(wrapper)
    document.save(str(tmp_path / "tracked.docx"))
    assert reader.extract(tmp_path / "tracked.docx", "t.docx").pages[0].text == "kept added\n\nkept linked\n\nkept"


def test_notes_follow_the_paragraph_or_table_they_stand_in_and_comments_are_left_out(files: Path) -> None:
    (page,) = reader.extract(files / "noted.docx", "noted.docx").pages
    assert page.heading == "Where hope comes from"
    assert page.text == (
        "Hope is shared.\n\n[1] Said by a peer worker in 2019.\n\nIt grows.\n\n[1] See the charter.\n\n"
        "It was lost.\n\n| Who | Everybody\n\n[2] Nobody left out."
    )


def test_a_note_that_many_places_refer_to_is_said_once(files: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(files / "noted.docx") as packed:
        written = packed.read("word/document.xml")
    mark = b'<w:footnoteReference w:id="2"/>'
    assert mark in written
    path = replaced(files, tmp_path, "word/document.xml", written.replace(mark, mark * 50), of="noted.docx")
    text = reader.extract(path, "noted.docx").pages[0].text
    assert text.count("Said by a peer worker in 2019.") == 1


def test_an_entity_bomb_in_the_notes_is_refused(files: Path, tmp_path: Path) -> None:
    path = replaced(files, tmp_path, "word/footnotes.xml", hostile.laughing_xml().encode(), of="noted.docx")
    with pytest.raises(Damaged, match="entity declarations"):
        reader.extract(path, "bomb.docx")


def replaced(files: Path, folder: Path, member: str, content: bytes, of: str = "charter.docx") -> Path:
    """The charter, or another document, with one part of it replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(files / of) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, content if part.filename == member else old.read(part))
    path = folder / "replaced.docx"
    path.write_bytes(out.getvalue())
    return path


def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "Bounds", partial(archive.Bounds, member=5 * 1024 * 1024))
    path = replaced(files, tmp_path, "word/document.xml", b" " * (6 * 1024 * 1024))
    with pytest.raises(TooLarge, match="unpacks to more"):
        reader.extract(path, "bomb.docx")


def test_an_entity_bomb_is_refused(files: Path, tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(Damaged, match="entity declarations"):
        reader.extract(replaced(files, tmp_path, "word/document.xml", bomb), "bomb.docx")


def test_a_document_without_words_says_what_to_do(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "empty.docx"))
    with pytest.raises(Damaged, match="holds no words"):
        reader.extract(tmp_path / "empty.docx", "empty.docx")


def test_a_document_with_a_fault_in_its_packing_is_damaged(files: Path, tmp_path: Path) -> None:
    data = bytearray((files / "charter.docx").read_bytes())
    place = data.index(b"word/document.xml") + 60
    data[place : place + 40] = bytes(40)
    path = tmp_path / "fault.docx"
    path.write_bytes(data)
    with pytest.raises(Damaged):
        reader.extract(path, "fault.docx")


@pytest.mark.parametrize(
    "kind",
    [
        "openxmlformats-officedocument.wordprocessingml.template",
        "ms-word.document.macroEnabled",
        "ms-word.template.macroEnabledTemplate",
    ],
)
def test_templates_and_documents_with_macros_are_read(files: Path, tmp_path: Path, kind: str) -> None:
    with zipfile.ZipFile(files / "charter.docx") as archive:
        types = archive.read("[Content_Types].xml")
    usual = b"openxmlformats-officedocument.wordprocessingml.document.main"
    path = replaced(files, tmp_path, "[Content_Types].xml", types.replace(usual, kind.encode() + b".main"))
    assert read_file(path, max_bytes=1 << 30).media_type == formats.DOCX
    assert reader.extract(path, "form.dotx").title == "A Charter of Mutual Support"
