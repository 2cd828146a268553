"""Word documents (.docx), cut at their headings, paragraphs and tables in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docx.opc.exceptions import OpcError
from docx.opc.part import PartFactory
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from ingest import archive, docx_text, office, sections, tidy
from ingest.docx_text import Notes
from ingest.errors import Damaged
from ingest.extracted import Extracted
from ingest.sections import Block

if TYPE_CHECKING:
    from docx.document import Document as DocumentObject

# templates, and documents with macros, which nobody runs here, are Word documents too
for _variant in (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
):
    PartFactory.part_type_for[_variant] = DocumentPart

_HEADING = re.compile(r"^heading (\d)", re.I)


def extract(path: Path, name: str) -> Extracted:
    """Pages cut at headings, and the document's own properties.

    Raises `Damaged` for a broken file and one without a word, `TooLarge` for one that unpacks beyond reason.
    """
    document = _open(path, name)
    blocks = list(_blocks(document, Notes(document, name)))
    styled = next((block.text for block in blocks if block.level == -1), "")
    heading = styled or next((block.text for block in blocks if block.level == 1), "")
    blocks = [Block(block.text, max(0, block.level)) for block in blocks]
    pages = sections.cut(blocks, title=styled)
    stated = office.properties(document)
    return office.described(pages, name, stated=stated, heading=heading, stands_out=bool(heading))


def _open(path: Path, name: str) -> DocumentObject:
    damaged = Damaged(f"{name} is not a whole Word document: open it in Word, save it again and add that copy.")
    with archive.opened(path, name) as parts:
        parts.check()
    try:
        with path.open("rb") as file:
            part = Package.open(file).main_document_part
            if isinstance(part, DocumentPart):
                document: DocumentObject = part.document
                return document
            raise damaged
    except (*archive.BROKEN, OpcError, LxmlError, KeyError, ValueError):
        raise damaged from None
    except (AttributeError, IndexError, TypeError, NotImplementedError, AssertionError, RuntimeError):
        raise damaged from None  # how python-docx meets parts that are missing or make no sense


def _blocks(document: DocumentObject, notes: Notes) -> Iterator[Block]:
    """Each paragraph and table with the notes that stand in it. Level -1 is a paragraph in the style Title."""
    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            yield from _paragraph(item)
            yield from map(Block, notes.of(item._p))  # noqa: SLF001 - its element, for what python-docx does not know
        elif isinstance(item, Table):
            yield from _table(item)
            yield from map(Block, notes.of(item._tbl))  # noqa: SLF001


def _paragraph(item: Paragraph) -> Iterator[Block]:
    words = docx_text.words(item._p)  # noqa: SLF001
    if not words.strip():
        return
    style = (item.style.name if item.style is not None else None) or ""
    heading = _HEADING.match(style)
    if heading:
        yield Block(words, max(1, int(heading.group(1))))
    elif style.lower() == "title":
        yield Block(words, -1)
    elif style.lower().startswith("list") or _is_numbered(item):
        yield Block(words if sections.is_item(words) else f"• {words}")
    else:
        yield Block(words)


def _is_numbered(item: Paragraph) -> bool:
    properties = item._p.pPr  # noqa: SLF001 - python-docx shows numbering no other way
    return properties is not None and properties.numPr is not None


def _table(table: Table) -> Iterator[Block]:
    """A row a line; a cell that spans several is said once."""
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) in seen:  # noqa: SLF001
                continue
            seen.add(id(cell._tc))  # noqa: SLF001
            words = " ".join(docx_text.words(paragraph._p).strip() for paragraph in cell.paragraphs)  # noqa: SLF001
            words = " ".join([words, *(block.text for inner in cell.tables for block in _table(inner))]).strip()
            if words:
                cells.append(tidy.line(words))
        if cells:
            yield Block("| " + " | ".join(cells))
