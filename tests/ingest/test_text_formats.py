from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Damaged, Extracted
from ingest.extract import markdown, plain


def read(folder: Path, data: bytes, name: str = "notes.txt") -> Extracted:
    path = folder / name
    path.write_bytes(data)
    return (markdown if name.endswith(".md") else plain).extract(path, name)


def test_markdown_is_cut_at_headings_and_reads_as_plain_text(files: Path) -> None:
    found = markdown.extract(files / "front-matter.md", "x.md")
    assert [(page.label, page.heading) for page in found.pages] == [
        ("1", "Supervision between peers"),
        ("2", "Before you meet"),
        ("3", "After"),
    ]
    assert found.pages[0].text == "Peer supervision is not line management. It is time kept for thinking."
    assert found.pages[1].text == (
        "1. Choose what to bring.\n2. Say what you hope for.\n\n| Who | Brings\n| Worker | a question"
    )


def test_front_matter_describes_the_document(files: Path) -> None:
    found = markdown.extract(files / "front-matter.md", "x.md")
    assert (found.title, found.title_from) == ("Supervision between peers", "metadata")
    assert (found.authors, found.year, found.language) == (("Kim Lee", "Jo Taylor"), 2022, "en-AU")
    assert found.keywords == ("supervision", "peer work")
    assert found.told_by["authors"] == found.told_by["keywords"] == "its own metadata"


def test_a_rule_at_the_top_of_markdown_is_no_front_matter(tmp_path: Path) -> None:
    found = read(tmp_path, b"---\n\nJust words about hope.\n\n---\n\nMore words.\n", "x.md")
    assert found.pages[0].text == "Just words about hope.\n\nMore words."


def test_form_feeds_part_the_pages_of_plain_text(tmp_path: Path) -> None:
    found = read(tmp_path, b"First page of a plan\n\f\fThird page\n\f")
    assert [(page.number, page.text) for page in found.pages] == [
        (1, "First page of a plan"),
        (2, ""),
        (3, "Third page"),
    ]


def test_a_long_text_is_cut_between_paragraphs(tmp_path: Path) -> None:
    paragraph = "word " * 99 + "end.\n\n"
    found = read(tmp_path, (paragraph * 15).encode())
    sizes = [len(page.text.split()) for page in found.pages]
    assert sum(sizes) == 1500
    assert all(300 <= size <= 700 for size in sizes)
    assert all(page.text.endswith("end.") for page in found.pages)


def test_one_endless_paragraph_is_cut_too(tmp_path: Path) -> None:
    found = read(tmp_path, b"word " * 3000)
    assert sum(page.text.count("word") for page in found.pages) == 3000
    assert all(len(page.text.split()) <= 700 for page in found.pages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_plain_text_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    said = "Peer work’s “café” hour\n\nEveryone is welcome – come as you are, and bring a friend or your family."
    found = read(tmp_path, said.encode(encoding))
    assert found.title == "Peer work’s “café” hour"
    assert bool(found.warnings) == (encoding == "cp1252")


def test_lost_characters_are_mended_where_they_stood_for_space_and_told_where_not(tmp_path: Path) -> None:
    found = read(tmp_path, "Hopeful words\n\n\t\ufffdA peer worker\n\nill\ufffdhealth".encode())
    assert found.pages[0].text == "Hopeful words\n\nA peer worker\n\nill\ufffdhealth"
    assert found.warnings == (
        "1 characters could not be read and show as �: check the text against the original.",
    )


def test_a_way_past_the_menu_is_not_the_title(tmp_path: Path) -> None:
    found = read(tmp_path, b"Skip to navigation Skip to content\n\nPeer work\n\nAbout peer work\n")
    assert (found.title, found.title_from) == ("Peer work", "first line")
    assert "Skip to" not in found.pages[0].text


@pytest.mark.parametrize("name", ["x.txt", "x.md"])
def test_a_file_of_nothing_but_space_is_damaged(tmp_path: Path, name: str) -> None:
    with pytest.raises(Damaged, match="holds no words"):
        read(tmp_path, b" \n\n\t \n", name)
