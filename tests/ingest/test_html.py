from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Damaged, Extracted
from ingest.extract import html

FILLER = "<p>" + "Peers listen to one another and share what has helped them along the way. " * 8 + "</p>"


def read(
    folder: Path, head: str = "", body: str = "<h1>Peers</h1>" + FILLER, encoding: str = "utf-8"
) -> Extracted:
    path = folder / "page.html"
    path.write_bytes(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    return html.extract(path, "page.html")


def test_a_page_is_cut_at_its_headings(files: Path) -> None:
    found = html.extract(files / "guide-with-furniture.html", "guide.html")
    assert [page.heading for page in found.pages] == [
        "Starting a peer group",
        "Find a room",
        "Agree how you will talk",
    ]
    assert found.pages[1].text.endswith(
        "\n\n• Visit it first at the hour you will meet.\n• Ask who holds the key."
    )


def test_a_page_says_who_wrote_it_when_and_for_whom_to_use(files: Path) -> None:
    found = html.extract(files / "guide-with-furniture.html", "guide.html")
    assert (found.title, found.title_from) == ("Starting a peer group", "metadata")
    assert (found.authors, found.year, found.language) == (("Amina Sayed",), 2019, "en-AU")
    assert (found.publisher, found.licence) == ("Example Network", "CC BY-SA 4.0")
    assert found.summary == "How to begin a peer support group, in four steps."


def test_menus_banners_and_quick_exits_are_left_out(files: Path) -> None:
    found = html.extract(files / "guide-with-furniture.html", "guide.html")
    text = " ".join(page.text for page in found.pages)
    for furniture in ("Skip to content", "Quick Escape", "cookies", "network shop"):
        assert furniture not in text


def test_highwire_tags_name_a_paper(tmp_path: Path) -> None:
    head = """<title>Paper | Journal</title><meta name="citation_title" content="Peers in wards">
    <meta name="citation_author" content="Lee, Kim"><meta name="citation_author" content="Ruiz, Ana">
    <meta name="citation_doi" content="https://doi.org/10.5555/abc.(1).">
    <meta name="citation_date" content="2015/02/01">"""
    found = read(tmp_path, head)
    assert (found.title, found.authors) == ("Peers in wards", ("Kim Lee", "Ana Ruiz"))
    assert (found.year, found.identifiers) == (2015, {"doi": "10.5555/abc.(1)"})


def test_the_site_s_name_is_taken_off_a_title(tmp_path: Path) -> None:
    body = "<h1>Hope - a beginning</h1>" + FILLER
    assert read(tmp_path, "<title>Hope - a beginning | The Site</title>", body).title == "Hope - a beginning"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_letters_are_right_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    head = f"<meta charset={encoding}>"
    found = read(tmp_path, head, "<h1>Café für alle</h1>" + FILLER, encoding)
    assert found.title == "Café für alle"


def test_a_short_page_is_read_whole(tmp_path: Path) -> None:
    found = read(tmp_path, "", "<div><h1>Contact</h1><p>Ring the bell.</p><p>Ask for Jo.</p></div>")
    assert [(page.heading, page.text) for page in found.pages] == [("Contact", "Ring the bell.\n\nAsk for Jo.")]


def test_a_page_made_only_by_scripts_is_explained(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="without its scripts"):
        read(tmp_path, "<title>App</title>", "<div id=root></div><script>start()</script>")


@pytest.mark.parametrize("data", [b"<html>", b"<html><body>" + b"<div>" * 5000, b"<!doctype html><?x?>"])
def test_a_broken_page_is_damaged_and_no_crash(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    with pytest.raises(Damaged):
        html.extract(path, "page.html")
