"""OpenDocument texts and presentations (.odt, .odp), read from their XML.

Element names are those of OpenDocument 1.3, part 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest import archive, office, sections, tidy
from ingest.archive import Archive
from ingest.errors import Damaged, Encrypted
from ingest.extracted import Extracted, Page
from ingest.sections import Block

NOTES = "Speaker notes:"
"""What stands above the notes of a slide."""
_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
_STATED = {
    "title": "dc:title",
    "subject": "dc:description",
    "language": "dc:language",
    "author": "meta:initial-creator",
}
_MOST_SPACES = 100
_Styles = dict[str, str | None]
"""Names of the document's own styles with the one each stands on: ``P1`` on ``Title``."""


def _name(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


_PARAGRAPH, _HEADING, _LIST = (_name(f"text:{tag}") for tag in ("p", "h", "list"))
_TABLE, _ROW = _name("table:table"), _name("table:table-row")
_CELL = _name("table:table-cell")
_PAGE, _SLIDE_NOTES, _GROUP = _name("draw:page"), _name("presentation:notes"), _name("draw:g")
_NOTE, _FRAME = _name("text:note"), _name("draw:frame")
_CLASS = _name("presentation:class")
_FURNITURE = {"date-time", "footer", "header", "page-number", "page"}
_SKIPPED = {
    _name(each)
    for each in (
        "office:annotation",
        "office:annotation-end",
        "office:forms",
        "office:event-listeners",
        "presentation:notes",
        "text:tracked-changes",
        "text:table-of-content",
        "text:alphabetical-index",
        "text:illustration-index",
        "text:table-index",
        "text:hidden-text",
        "text:ruby-text",
        "text:sequence-decls",
        "text:note",
        "draw:frame",
        "draw:object",
        "draw:glue-point",
        "style:header",
        "style:footer",
    )
}
"""What a paragraph's own words leave out: comments, deletions, generated lists, and what is said after it."""


def extract(path: Path, name: str) -> Extracted:
    """A text cut at its headings, or a page for every slide with its speaker notes.

    Raises `Damaged`, `TooLarge`, or `Encrypted` where it asks for a password.
    """
    with archive.opened(path, name) as parts:
        _check_lock(parts, name)
        content = parts.xml("content.xml")
        stated = _stated(parts)
    body = content.find(f"{_name('office:body')}/*")
    if body is None:
        raise Damaged(f"{name} holds nothing that can be read: open it where it was made and save it again.")
    styles = {
        node.get(_name("style:name")): node.get(_name("style:parent-style-name"))
        for node in content.iter(_name("style:style"))
    }
    if body.tag == _name("office:presentation"):
        slides = tuple(_slide(at, each, styles) for at, each in enumerate(body.iter(_PAGE), 1))
        heading = next((page.heading for page in slides if page.heading), "")
        return office.described(slides, name, stated=stated, heading=heading, stands_out=bool(heading))
    blocks = list(_blocks(body, styles))
    titled = next((block.text for block in blocks if block.level == -1), "")
    heading = titled or next((block.text for block in blocks if block.level == 1), "")
    pages = sections.cut([Block(block.text, max(0, block.level)) for block in blocks], title=titled)
    return office.described(pages, name, stated=stated, heading=heading, stands_out=bool(heading))


def _check_lock(parts: Archive, name: str) -> None:
    if "META-INF/manifest.xml" in parts:
        manifest = parts.xml("META-INF/manifest.xml")
        if next(manifest.iter(_name("manifest:encryption-data")), None) is not None:
            raise Encrypted(f"{name} asks for a password: save it again without one, then add that copy.")


def _stated(parts: Archive) -> dict[str, str]:
    if "meta.xml" not in parts:
        return {}
    root = parts.xml("meta.xml")
    found = {key: tidy.line(root.findtext(f".//{_name(tag)}") or "") for key, tag in _STATED.items()}
    found["author"] = found["author"] or tidy.line(root.findtext(f".//{_name('dc:creator')}") or "")
    found["keywords"] = "; ".join(node.text for node in root.iter(_name("meta:keyword")) if node.text)
    return found


def _blocks(element: Any, styles: _Styles) -> Iterator[Block]:
    """Level -1 is a paragraph in the style Title."""
    for child in element:
        if child.tag == _HEADING:
            yield Block(_words(child), _level(child))
            yield from _notes(child)
        elif child.tag == _PARAGRAPH:
            yield from _paragraph(child, styles)
        elif child.tag == _LIST:
            yield from _items(child, styles)
        elif child.tag == _TABLE:
            yield from _rows(child, styles)
        elif child.tag == _FRAME or child.tag not in _SKIPPED:
            yield from _blocks(child, styles)


def _level(heading: Any) -> int:
    stated = heading.get(_name("text:outline-level")) or "1"
    return min(6, max(1, int(stated))) if stated.isdigit() else 1


def _paragraph(element: Any, styles: _Styles) -> Iterator[Block]:
    """The paragraph, then the boxes and the notes that hang on it."""
    own = element.get(_name("text:style-name")) or ""
    words = _words(element)
    if words.strip():
        yield Block(words, -1 if "Title" in {own, styles.get(own)} else 0)
    for frame in element.iter(_FRAME):
        if next(frame.iterancestors(_PARAGRAPH)) is element:
            yield from _blocks(frame, styles)
    yield from _notes(element)


def _notes(element: Any) -> Iterator[Block]:
    """The foot and end notes of a paragraph or a heading."""
    for note in element.iter(_NOTE):
        if next(note.iterancestors(_PARAGRAPH, _HEADING)) is not element:
            continue
        mark = tidy.line(note.findtext(_name("text:note-citation")) or "*")
        said = " ".join(tidy.line(_words(each)) for each in note.iter(_PARAGRAPH))
        if said.strip():
            yield Block(f"[{mark}] {said}")


def _items(element: Any, styles: _Styles) -> Iterator[Block]:
    for item in element:
        for at, block in enumerate(_blocks(item, styles)):
            listed = not at and not block.level and not sections.is_item(block.text)
            yield Block(f"• {block.text}" if listed else block.text, block.level)


def _rows(table: Any, styles: _Styles) -> Iterator[Block]:
    """A row a line; cells that another one covers are not said again."""
    for row in table.iter(_ROW):
        if next(row.iterancestors(_TABLE)) is not table:
            continue
        cells = [
            tidy.line(" ".join(block.text for block in _blocks(cell, styles))) for cell in row.iterchildren(_CELL)
        ]
        said = " | ".join(cell for cell in cells if cell)
        if said:
            yield Block(f"| {said}")


def _slide(number: int, page: Any, styles: _Styles) -> Page:
    heading, paragraphs = "", list[str]()
    for shape in _shapes(page):
        kind = shape.get(_CLASS) or ""
        said = [tidy.text(block.text) for block in _blocks(shape, styles)]
        if kind == "title" and not heading:
            heading = tidy.line(" ".join(said))
        elif kind not in _FURNITURE:
            paragraphs += said
    notes = [
        tidy.text(block.text)
        for each in page.iterchildren(_SLIDE_NOTES)
        for shape in _shapes(each)
        if shape.get(_CLASS) == "notes"
        for block in _blocks(shape, styles)
    ]
    if any(notes):
        paragraphs += [NOTES, *notes]
    return Page(number, str(number), heading, tidy.text(sections.join(each for each in paragraphs if each)))


def _shapes(page: Any) -> Iterator[Any]:
    """The shapes of a slide in order, those in groups too."""
    for child in page:
        if child.tag == _GROUP:
            yield from _shapes(child)
        elif child.tag == _FRAME or child.tag not in _SKIPPED:
            yield child


def _words(element: Any) -> str:
    """The words of one paragraph, with white space as OpenDocument means it (part 3, 6.1.2 to 6.1.5)."""
    parts: list[str] = []
    _gather(element, parts)
    lines = ("".join(parts)).split("\n")
    return "\n".join(" ".join(line.split(" ")).strip() for line in lines)


def _gather(element: Any, parts: list[str]) -> None:
    parts.append(_collapsed(element.text))
    for child in element:
        if child.tag == _name("text:line-break"):
            parts.append("\n")
        elif child.tag == _name("text:tab"):
            parts.append(" ")
        elif child.tag == _name("text:s"):
            count = child.get(_name("text:c")) or "1"
            parts.append(" " * min(int(count) if count.isdigit() else 1, _MOST_SPACES))
        elif child.tag not in _SKIPPED:
            _gather(child, parts)
        parts.append(_collapsed(child.tail))


def _collapsed(text: str | None) -> str:
    """`text` with its white space as single spaces."""
    if not text:
        return ""
    folded = " ".join(text.split())
    return (" " if text[0].isspace() else "") + folded + (" " if folded and text[-1].isspace() else "")
