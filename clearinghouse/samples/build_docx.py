"""Write a sample text as DOCX with real headings, lists and tables. A developer's tool, like `build`."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from markdown_it.token import Token

from clearinghouse.samples.text_files import AUTHOR, BUILT, Text, parser

_LISTS = {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number"}


def write_docx(text: Text, to: Path) -> None:
    """Write `text` to `to`, the same bytes each time."""
    document = Document()
    _dress(document, text)
    document.add_heading(text.title, level=0)
    if text.subtitle:
        document.add_paragraph(text.subtitle, style="Subtitle")
    _fill(document, parser().parse(text.body))
    document.add_paragraph(text.note, style="Intense Quote")
    _save(document, to)


def _dress(document: DocumentObject, text: Text) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = text.title, AUTHOR, text.language
    properties.subject, properties.comments = text.description, ""
    when = BUILT.replace(tzinfo=None)
    properties.created = properties.modified = when
    properties.last_modified_by, properties.revision = AUTHOR, 1
    for name, size in (("Normal", 11.5), ("Title", 24), ("Heading 1", 16), ("Heading 2", 13)):
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "minorHAnsi")
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x1F, 0x4E, 0x5F)
    document.styles["Normal"].paragraph_format.space_after = Pt(8)


def _fill(document: DocumentObject, tokens: Sequence[Token]) -> None:
    """Walk the flat Markdown tokens; `lists` is the stack of list styles we are inside.

    Raises `ValueError` for a second numbered list: Word would go on counting from the first.
    """
    if sum(token.type == "ordered_list_open" for token in tokens) > 1:
        raise ValueError("A DOCX sample may hold one numbered list; make the others bullets.")
    lists: list[str] = []
    style: str | None = None
    walk = iter(tokens)
    for token in walk:
        if token.type in _LISTS:
            lists.append(_LISTS[token.type])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "heading_open":
            style = f"Heading {int(token.tag[1]) - 1}"
        elif token.type == "blockquote_open":
            lists.append("Quote")
        elif token.type == "blockquote_close":
            lists.pop()
        elif token.type == "table_open":
            _table(document, walk)
        elif token.type == "inline":
            _runs(document.add_paragraph(style=style or (lists[-1] if lists else None)), token)
            style = None


def _runs(paragraph: Paragraph, inline: Token) -> None:
    bold = italic = False
    for child in inline.children or []:
        if child.type in ("strong_open", "strong_close"):
            bold = child.type == "strong_open"
        elif child.type in ("em_open", "em_close"):
            italic = child.type == "em_open"
        elif child.type in ("softbreak", "hardbreak"):
            paragraph.add_run(" " if child.type == "softbreak" else "\n")
        elif child.content:
            run = paragraph.add_run(child.content)
            run.bold, run.italic = bold, italic


def _table(document: DocumentObject, walk: Iterator[Token]) -> None:
    rows: list[list[Token]] = []
    for token in walk:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token)
    headed = any(cell.content for cell in rows[0])
    if not headed:
        del rows[0]  # Markdown asks for a header row where a form has none
    table: Table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, inline in zip(row.cells, cells, strict=True):
            _runs(cell.paragraphs[0], inline)
    for first in table.rows[0].cells if headed else table.columns[0].cells:
        for run in first.paragraphs[0].runs:
            run.bold = True
    document.add_paragraph()


def _save(document: DocumentObject, to: Path) -> None:
    """python-docx stamps each part with the time of day; pack them again with one fixed time."""
    loose = BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, date_time=(2026, 11, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
