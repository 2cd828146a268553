from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Damaged, Encrypted, Extracted, read_file
from ingest.extract import extract
from tests.files import office

NOTE = (
    "<text:note><text:note-citation>1</text:note-citation>"
    "<text:note-body><text:p>Said by a member.</text:p></text:note-body></text:note>"
)
CHARTER = f"""
<text:tracked-changes><text:changed-region><text:deletion><text:p>Taken out</text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<text:table-of-content><text:index-body><text:p>What we hold to ... 2</text:p></text:index-body>
</text:table-of-content>
<text:p text:style-name="P1">A Charter of Mutual   Support</text:p>
<text:p>We wrote<text:s text:c="2"/>this <text:span>together</text:span>.{NOTE}
  <office:annotation><text:p>A comment</text:p></office:annotation></text:p>
<text:section><text:h text:outline-level="1">What we hold to</text:h></text:section>
<text:list><text:list-item><text:p>Respect comes first.</text:p>
<text:list><text:list-item><text:p>Always.</text:p></text:list-item></text:list></text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Who</text:p></table:table-cell>
<table:table-cell><text:p>What</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Consumers</text:p></table:table-cell>
<table:covered-table-cell><text:p>hidden below</text:p></table:covered-table-cell></table:table-row></table:table>
<text:p><draw:frame><draw:text-box><text:p>In a box<text:line-break/>beside it</text:p></draw:text-box>
</draw:frame></text:p>
<text:h text:outline-level="2">How it is kept{NOTE}</text:h><text:p>Each year it is read aloud.</text:p>
"""
STYLES = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
META = (
    "<dc:title>Untitled</dc:title><meta:initial-creator>Rosa Example</meta:initial-creator>"
    "<dc:creator>Somebody Later</dc:creator><dc:language>en-AU</dc:language>"
    "<meta:keyword>peer work</meta:keyword><meta:keyword>rights</meta:keyword>"
)


def read(folder: Path, data: bytes, name: str = "file.odt") -> Extracted:
    """Through detection, as it comes in."""
    path = folder / name
    path.write_bytes(data)
    source = read_file(path, max_bytes=1 << 30)
    return extract(source.path, source.media_type, source.name)


def test_a_text_is_cut_at_its_headings_with_lists_tables_boxes_and_notes_in_order(tmp_path: Path) -> None:
    found = read(tmp_path, office.odt(CHARTER, styles=STYLES, meta=META))
    assert [(page.heading, page.text) for page in found.pages] == [
        ("", "A Charter of Mutual Support\n\nWe wrote this together.\n\n[1] Said by a member."),
        (
            "What we hold to",
            "• Respect comes first.\n• Always.\n\n| Who | What\n| Consumers\n\nIn a box\nbeside it",
        ),
        ("How it is kept", "[1] Said by a member.\n\nEach year it is read aloud."),
    ]


def test_what_it_says_of_itself_is_read_and_a_program_s_title_is_not(tmp_path: Path) -> None:
    found = read(tmp_path, office.odt(CHARTER, styles=STYLES, meta=META))
    assert (found.title, found.title_from) == ("A Charter of Mutual Support", "heading")
    assert (found.authors, found.language) == (("Rosa Example",), "en-AU")
    assert found.keywords == ("peer work", "rights")


def test_a_slide_is_a_page_with_its_title_and_marked_notes(tmp_path: Path) -> None:
    body = """
    <draw:page draw:name="page1">
      <draw:frame presentation:class="title"><draw:text-box><text:p>What a group needs</text:p></draw:text-box>
      </draw:frame>
      <draw:frame presentation:class="outline"><draw:text-box><text:list>
        <text:list-item><text:p>A room</text:p></text:list-item>
        <text:list-item><text:p>Time</text:p></text:list-item></text:list></draw:text-box></draw:frame>
      <draw:g><draw:g><draw:custom-shape><text:p>Nobody leads alone.</text:p></draw:custom-shape></draw:g></draw:g>
      <draw:frame presentation:class="footer"><draw:text-box><text:p>A foot</text:p></draw:text-box></draw:frame>
      <presentation:notes><draw:page-thumbnail presentation:class="page"/><draw:frame presentation:class="notes">
        <draw:text-box><text:p>Ask who has been in one.</text:p></draw:text-box></draw:frame></presentation:notes>
    </draw:page>
    <draw:page draw:name="page2"/>"""
    found = read(tmp_path, office.odt(body, kind="presentation"), "slides.odp")
    assert [(page.number, page.heading) for page in found.pages] == [(1, "What a group needs"), (2, "")]
    assert found.pages[0].text == (
        "• A room\n• Time\n\nNobody leads alone.\n\nSpeaker notes:\n\nAsk who has been in one."
    )
    assert found.title == "What a group needs"


def test_a_document_behind_a_password_asks_for_one_without(tmp_path: Path) -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    )
    locked = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": b"\x8f\x02 not XML at all",
        "META-INF/manifest.xml": manifest,
    }
    with pytest.raises(Encrypted, match="asks for a password"):
        read(tmp_path, office.zipped(locked))


@pytest.mark.parametrize(
    "content",
    [
        "<office:document-content>this never closes",
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        "<a/>",
    ],
)
def test_a_broken_or_hostile_document_is_damaged(tmp_path: Path, content: str) -> None:
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    with pytest.raises(Damaged):
        read(tmp_path, office.zipped(members))
