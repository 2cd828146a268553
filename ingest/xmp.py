"""The XMP packet of a PDF: what newer programs write there of the document."""

from __future__ import annotations

import mmap
import re
from pathlib import Path
from xml.etree import ElementTree

from ingest import tidy

_OPEN, _CLOSE = b"<x:xmpmeta", b"</x:xmpmeta>"
_MAX = 1024 * 1024
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FIELDS = {
    f"{_DC}title": "title",
    f"{_DC}creator": "author",
    f"{_DC}description": "subject",
    f"{_DC}publisher": "publisher",
    f"{_DC}rights": "rights",
    f"{_DC}language": "language",
    f"{_DC}identifier": "identifier",
    "{http://ns.adobe.com/xap/1.0/rights/}WebStatement": "rights-link",
    "{http://creativecommons.org/ns#}license": "rights-link",
}
_PRISM = re.compile(
    r"^\{http://prismstandard\.org/namespaces/basic/\d\.\d/\}(doi|publicationDate|coverDate)$", re.I
)


def read(path: Path) -> dict[str, str]:
    """Field to value (`title`, `author`, `rights`, `doi`...), empty where there is no readable packet.

    Only the packet that speaks of a PDF is read: pictures inside a document bring packets of their own.
    """
    packet = _packet(path)
    if not packet or b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        return {}
    try:
        root = ElementTree.fromstring(packet)  # noqa: S314 - no DTD, as seen above, so no entity to expand
    except (ElementTree.ParseError, ValueError):
        return {}
    found: dict[str, str] = {}
    for description in root.iter(f"{_RDF}Description"):
        pairs = [(child.tag, _value(child)) for child in description] + list(description.attrib.items())
        for tag, value in pairs:
            field = _field(tag)
            if field and value.strip():
                found.setdefault(field, tidy.line(value))
    if "rights-link" in found:
        found["rights"] = f"{found.get('rights', '')} {found.pop('rights-link')}".strip()
    return found


def _field(tag: str) -> str | None:
    prism = _PRISM.match(tag)
    if prism:
        return "doi" if prism.group(1).lower() == "doi" else "date"
    return _FIELDS.get(tag)


def _value(element: ElementTree.Element) -> str:
    items = list(element.iter(f"{_RDF}li"))
    if not items:
        return element.text or element.get(f"{_RDF}resource") or ""
    default = [item for item in items if item.get(_XML_LANG) == "x-default"]
    return "; ".join((item.text or "") for item in (default or items))


def _packet(path: Path) -> bytes:
    """The last packet with the PDF namespace in use; empty where there is none."""
    if path.stat().st_size == 0:
        return b""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        end = len(data)
        for _ in range(5):
            start = data.rfind(_OPEN, 0, end)
            if start < 0:
                return b""
            stop = data.find(_CLOSE, start, start + _MAX)
            packet = data[start : stop + len(_CLOSE)] if stop > 0 else b""
            if b"ns.adobe.com/pdf/1.3/" in packet:
                return packet
            end = start
    return b""
