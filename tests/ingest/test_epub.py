from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ingest import Damaged, Encrypted, Extracted, read_file
from ingest.extract import extract
from tests.files import office

METADATA = (
    "<dc:title>Walking Beside</dc:title><dc:creator>Rosa Example</dc:creator><dc:creator>Bo Other</dc:creator>"
    "<dc:language>en-AU</dc:language><dc:publisher>A Small Press</dc:publisher><dc:date>2021-05-01</dc:date>"
    "<dc:identifier>urn:isbn:978-0-306-40615-7</dc:identifier><dc:subject>Peer work</dc:subject>"
    "<dc:rights>CC BY 4.0</dc:rights>"
    "<dc:description>&lt;p&gt;What peer workers learn from walking beside one another.&lt;/p&gt;</dc:description>"
)
CHAPTERS = {
    "two": "<h2>Going on</h2><p>Then we <a id='x'/><em>went</em> on.</p><p hidden='hidden'>not shown</p>",
    "one": "<h1>Setting out</h1><p>Caf&eacute;s &amp; parks.</p><script/><ul><li>Boots</li><li>Bread</li></ul>",
    "three": "<p>Words without a heading of their own.</p>",
}


def read(folder: Path, data: bytes) -> Extracted:
    path = folder / "book.epub"
    path.write_bytes(data)
    source = read_file(path, max_bytes=1 << 30)
    return extract(source.path, source.media_type, source.name)


def test_documents_come_in_the_order_of_the_spine_cut_at_headings(tmp_path: Path) -> None:
    contents = (
        '<ol><li><a href="text/three.xhtml#top">An afterword</a></li><li><a href="../../x">Away</a></li></ol>'
    )
    found = read(tmp_path, office.book(CHAPTERS, spine=("one", "two", "three"), contents=contents))
    assert [(page.heading, page.text) for page in found.pages] == [
        ("Setting out", "Cafés & parks.\n\n• Boots\n• Bread"),
        ("Going on", "Then we went on."),
        ("An afterword", "Words without a heading of their own."),
    ]


def test_a_book_says_who_wrote_it_when_and_in_which_language(tmp_path: Path) -> None:
    found = read(tmp_path, office.book(CHAPTERS, metadata=METADATA))
    assert (found.title, found.title_from) == ("Walking Beside", "metadata")
    assert found.authors == ("Rosa Example", "Bo Other")
    assert (found.year, found.language, found.publisher) == (2021, "en-AU", "A Small Press")
    assert found.identifiers == {"isbn": "9780306406157"}
    assert (found.keywords, found.licence) == (("Peer work",), "CC BY 4.0")
    assert found.summary == "What peer workers learn from walking beside one another."


def test_what_the_spine_sets_apart_and_what_leads_out_of_the_book_is_left(tmp_path: Path) -> None:
    more = '<itemref idref="nowhere"/><itemref idref="one" linear="no"/>'
    found = read(tmp_path, office.book(CHAPTERS, spine=("two",), more=more))
    assert [page.heading for page in found.pages] == ["Going on"]


def test_a_document_that_is_no_xml_is_read_as_a_browser_would(tmp_path: Path) -> None:
    found = read(tmp_path, office.book({"one": "<h1>Hope</h1><p>Unclosed <br> and <b>bold"}))
    assert found.pages[0].text == "Unclosed\nand bold"


def test_a_book_locked_by_its_seller_says_so_and_locked_fonts_do_no_harm(tmp_path: Path) -> None:
    lock = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData>'
        '<EncryptionMethod xmlns="http://www.w3.org/2001/04/xmlenc#" Algorithm="{}"/></EncryptedData></encryption>'
    )
    for method, locked in (
        ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True),
        ("http://www.idpf.org/2008/embedding", False),
    ):
        data = office.book({"one": "<p>Words</p>"})
        (tmp_path / "book.epub").write_bytes(data)
        with zipfile.ZipFile(tmp_path / "book.epub", "a") as archive:
            archive.writestr("META-INF/encryption.xml", lock.format(method))
        if locked:
            with pytest.raises(Encrypted, match="locked by its seller"):
                read(tmp_path, (tmp_path / "book.epub").read_bytes())
        else:
            assert read(tmp_path, (tmp_path / "book.epub").read_bytes()).words == 1


def test_a_book_that_does_not_say_what_it_is_made_of_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match=r"lacks a part"):
        read(tmp_path, office.zipped({"mimetype": "application/epub+zip", "words.xhtml": "<p>x</p>"}))


def test_an_entity_bomb_in_a_chapter_does_not_grow(tmp_path: Path) -> None:
    data = office.zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<c><rootfile full-path="book.opf"/></c>',
            "book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" '
            'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
            "a.xhtml": '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><html><body><p>x &b;</p></body>'
            "</html>",
        }
    )
    assert "haha" not in read(tmp_path, data).pages[0].text
