"""Small files that were made to harm whoever opens them, each written by code."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

MEGABYTE = 1024 * 1024


def laughing_xml(place: str = "text", levels: int = 10) -> str:
    """XML of some hundred bytes that says "ha" ten thousand million times, in its text or in an attribute."""
    entities = ['<!ENTITY l0 "ha">']
    for level in range(1, levels):
        again = f"&l{level - 1};" * 10
        entities.append(f'<!ENTITY l{level} "{again}">')
    last = f"&l{levels - 1};"
    body = f"<a>{last}</a>" if place == "text" else f'<a said="{last}"/>'
    return f"<!DOCTYPE a [{''.join(entities)}]>{body}"


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip of `members`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return out.getvalue()


def lying(says: int) -> bytes:
    """A zip whose one member unpacks to 5 MB, and says in both of its headers that it were `says` bytes."""
    data = bytearray(zipped({"bomb": bytes(5 * MEGABYTE)}))
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(sign) + at
        data[place : place + 4] = struct.pack("<L", says)
    return bytes(data)


def overlapping(times: int) -> bytes:
    """A zip that lists the same megabyte of packed bytes under many names, to be unpacked many times over."""
    data = zipped({"a00000": bytes(MEGABYTE)})
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    listed = b"".join(entry.replace(b"a00000", b"a%05d" % number) for number in range(times))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, len(listed), start, 0)
    return data[:start] + listed + end


def _pdf(*objects: str) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, content.encode("latin-1")))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"
_BOMB = bytes(150 * MEGABYTE)


def png(width: int, height: int) -> bytes:
    """A PNG of some bytes that says it has so many pixels, all of them black."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(MEGABYTE), 9))
        + chunk(b"IEND", b"")
    )


def pdfs() -> dict[str, bytes]:
    """What is wrong with it, to a PDF."""
    catalogue = "<< /Type /Catalog /Pages 2 0 R >>"
    with_outline = "<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R >>"
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return {
        "pages that hold themselves": _pdf(catalogue, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
        "pages whose parent is their child": _pdf(
            catalogue,
            "<< /Type /Pages /Kids [3 0 R] /Count 9 /Parent 3 0 R >>",
            "<< /Type /Pages /Kids [2 0 R] /Count 9 /Parent 2 0 R >>",
        ),
        "two thousand million pages": _pdf(catalogue, "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", _PAGE),
        "an outline that goes round": _pdf(
            with_outline,
            pages,
            _PAGE,
            "<< /Type /Outlines /First 5 0 R /Last 5 0 R >>",
            "<< /Title (Round) /Parent 4 0 R /Next 5 0 R /First 5 0 R >>",
        ),
        "an object stream that is in itself": _pdf(
            catalogue,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 /Extra 4 0 R >>",
            _PAGE,
            "<< /Type /ObjStm /N 1 /First 4 /Length 10 /Extends 4 0 R >>\nstream\n4 0 4 0 R  \nendstream",
        ),
        "a page label tree that goes round": _pdf(
            "<< /Type /Catalog /Pages 2 0 R /PageLabels 4 0 R >>", pages, _PAGE, "<< /Kids [4 0 R 4 0 R] >>"
        ),
        "a page as large as a country": _pdf(catalogue, pages, _PAGE.replace("100 100", "1e30 1e30")),
    }


def with_labels_that_go_round() -> bytes:
    """A PDF with a page of text, whose page labels hold themselves."""
    drawn = "BT /F1 20 Tf 20 50 Td (Hope is shared) Tj ET"
    return _pdf(
        "<< /Type /Catalog /Pages 2 0 R /PageLabels 4 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 5 0 R"
        " /Resources << /Font << /F1 6 0 R >> >> >>",
        "<< /Kids [4 0 R 4 0 R] >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )


def archives(zipped_document: bytes, part: str) -> dict[str, bytes]:
    """What is wrong with it, to a document that is a zip: `zipped_document` with its main `part` turned bad."""
    with zipfile.ZipFile(io.BytesIO(zipped_document)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return {
        "a bomb for its main part": zipped({**members, part: _BOMB}),
        "a bomb of letters for its main part": zipped({**members, part: b"<a>" + b"a" * len(_BOMB) + b"</a>"}),
        "a bomb beside it": zipped({**members, "Pictures/1.png": _BOMB}),
        "entities": zipped({**members, part: laughing_xml().encode()}),
        "entities in UTF-16": zipped({**members, part: laughing_xml().encode("utf-16")}),
        "a way out": zipped({**members, "../../../tmp/evil": b"evil"}),
        "nothing in it": zipped({**members, part: b""}),
        "elements in elements": zipped({**members, part: b"<a>" * 1_000_000}),
    }
