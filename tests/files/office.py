"""Presentations, OpenDocument files, books and captions, made as their programs make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation
from pptx.util import Inches

_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"'
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of `members`; one called `mimetype` comes first and is stored, as OpenDocument and EPUB ask."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=kind)
    return out.getvalue()


def slides(title: str = "Starting a peer support group") -> bytes:
    """Three slides: a title; bullets, a box in a group in a group, and notes; a table with a merged cell."""
    deck = Presentation()
    deck.core_properties.title = title
    deck.core_properties.author = "Rosa Example"
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = "Starting a peer support group"
    first.placeholders[1].text = "A workshop in one morning"
    second = deck.slides.add_slide(deck.slide_layouts[1])
    second.shapes.title.text = "What a group needs"
    frame = second.placeholders[1].text_frame
    frame.text = "A room with a door"
    frame.add_paragraph().text = "Tea and time"
    inner = second.shapes.add_group_shape().shapes.add_group_shape()
    inner.shapes.add_textbox(Inches(1), Inches(5), Inches(3), Inches(1)).text_frame.text = "Nobody leads alone."
    second.notes_slide.notes_text_frame.text = "Ask who has been in a group before."
    third = deck.slides.add_slide(deck.slide_layouts[5])
    third.shapes.title.text = "Who does what"
    table = third.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for row, words in enumerate((("Who", "What"), ("Amal", "Opens the door"), ("Everybody", ""))):
        for column, said in enumerate(words):
            table.cell(row, column).text = said
    table.cell(2, 0).merge(table.cell(2, 1))
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def odt(body: str, *, styles: str = "", meta: str = "", kind: str = "text") -> bytes:
    """An OpenDocument file with `body` inside ``office:text`` (or ``office:presentation``)."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": (
                '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" m:version="1.3">'
                f'<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.{kind}"/>'
                '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/>'
                '<m:file-entry m:full-path="meta.xml" m:media-type="text/xml"/></m:manifest>'
            ),
            "content.xml": content,
            "meta.xml": f"<office:document-meta {_ODF}><office:meta>{meta}</office:meta></office:document-meta>",
        }
    )


def book(
    documents: Mapping[str, str],
    *,
    spine: tuple[str, ...] = (),
    metadata: str = "",
    contents: str = "",
    more: str = "",
) -> bytes:
    """An EPUB with `documents` (name to the inside of its body), in the order of `spine` where that is given."""
    items = "".join(
        f'<item id="{name}" href="text/{name}.xhtml" media-type="application/xhtml+xml"/>' for name in documents
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in spine or documents)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
        '<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f"{items}</manifest><spine>{order}{more}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    page = (
        '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
        "<body>{}</body></html>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/book.opf": package,
            "OEBPS/nav.xhtml": page.format(f"<nav>{contents}</nav>"),
            **{f"OEBPS/text/{name}.xhtml": page.format(body) for name, body in documents.items()},
        }
    )


def picture(*lines: str, width: int = 1240, height: int = 900) -> Image.Image:
    """A page with `lines` in black on white, as a scanner would see it at 150 dots an inch; the first in large."""
    drawn = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(drawn)
    for at, line in enumerate(lines):
        pen.text((90, 90 + at * 70), line, fill=0, font=ImageFont.load_default(36 if at else 52))
    return drawn


def scan(*pages: Image.Image) -> bytes:
    """A PDF whose pages are pictures and nothing else."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return out.getvalue()
