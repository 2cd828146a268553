"""EPUB books: the documents of the spine in order, cut at their headings.

Names are those of EPUB 3.3, which reads EPUB 2 as well.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from html.entities import name2codepoint
from pathlib import Path
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from ingest import archive, dom_blocks, office, safe_xml, sections, tidy
from ingest.archive import Archive
from ingest.errors import Damaged, Encrypted
from ingest.extracted import Extracted
from ingest.sections import Block

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
_FONTS = re.compile(r"^http://(?:www\.idpf\.org/2008/embedding|ns\.adobe\.com/pdf/enc#RC)$")
"""Locks on fonts alone, which leave the text open."""
_DOCUMENTS = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}
_NOT_READ = ".//script|.//style|.//svg|.//math|.//nav|.//*[@hidden]"
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]{2,8}[0-9]{0,2});")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")


def extract(path: Path, name: str) -> Extracted:
    """The book's text in the order of its spine; a document without a heading has the one of the contents list.

    Raises `Damaged`, `TooLarge`, or `Encrypted` where its seller locked it.
    """
    with archive.opened(path, name) as parts:
        _check_locks(parts, name)
        package_at = _package(parts, name)
        package = parts.xml(package_at)
        manifest = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
        listed = _contents(parts, package_at, manifest)
        blocks = [
            block
            for document in _spine(parts, package_at, package, manifest)
            for block in _blocks(parts.read(document), listed.get(document, ""), name)
        ]
    stated = _stated(package)
    pages = sections.cut(blocks, title=stated["title"])
    heading = next((block.text for block in blocks if block.level == 1), "")
    return office.described(pages, name, stated=stated, heading=heading)


def _package(parts: Archive, name: str) -> str:
    """The member that says what the book is made of."""
    container = parts.xml(_CONTAINER)
    for root in container.iter("{*}rootfile"):
        found = parts.beside("", root.get("full-path") or "")
        if found:
            return found
    raise Damaged(f"{name} does not say what it is made of: look for a whole copy and add that one.")


def _check_locks(parts: Archive, name: str) -> None:
    if _LOCKS not in parts:
        return
    methods = [each.get("Algorithm") or "" for each in parts.xml(_LOCKS).iter("{*}EncryptionMethod")]
    if any(not _FONTS.match(method) for method in methods):
        raise Encrypted(f"{name} is locked by its seller: ask the publisher for a copy without a lock.")


def _spine(parts: Archive, package_at: str, package: Any, manifest: dict[str, Any]) -> Iterator[str]:
    """Members with text, as they are read; the list of contents and what the spine leaves out of order are not."""
    for reference in package.iter(f"{_OPF}itemref"):
        item = manifest.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        member = parts.beside(package_at, item.get("href") or "")
        if member and (item.get("media-type") or "") in _DOCUMENTS:
            yield member


def _contents(parts: Archive, package_at: str, manifest: dict[str, Any]) -> dict[str, str]:
    """What the list of contents (EPUB 3's, else EPUB 2's) calls each document."""
    found: dict[str, str] = {}
    for item in manifest.values():
        is_nav = "nav" in (item.get("properties") or "").split()
        if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
            continue
        member = parts.beside(package_at, item.get("href") or "")
        if member is None:
            continue
        try:
            root = parts.xml(member)
        except Damaged:
            continue  # a book can be read without its list of contents
        for address, label in _entries(root):
            document = parts.beside(member, address)
            if document and label:
                found.setdefault(document, label)
    return found


def _entries(root: Any) -> Iterator[tuple[str, str]]:
    for link in root.iter("{*}a"):
        yield link.get("href") or "", tidy.line("".join(link.itertext()))
    for point in root.iter("{*}navPoint"):
        content = point.find("{*}content")
        label = point.find("{*}navLabel/{*}text")
        if content is not None and label is not None:
            yield content.get("src") or "", tidy.line(label.text or "")


def _blocks(data: bytes, listed: str, name: str) -> list[Block]:
    body = _body(data, name)
    if body is None:
        return []
    for element in body.xpath(_NOT_READ):
        element.clear(keep_tail=True)
    blocks = list(dom_blocks.walk(body))
    if listed and blocks and not any(block.level for block in blocks):
        return [Block(listed, 1), *blocks]
    return blocks


def _body(data: bytes, name: str) -> Any:
    """The body of a document: by the rules of XML, as EPUB asks, or by those of HTML where it is not well formed.

    HTML knows no ``<a id="here"/>`` and would take all that follows for a part of it.
    """
    try:
        root = safe_xml.parse(_ENTITY.sub(_numbered, data), name)
    except Damaged:
        parser = html.HTMLParser(encoding=_encoding(data), remove_comments=True, remove_pis=True, no_network=True)
        try:
            root = html.document_fromstring(data, parser=parser)
        except (etree.LxmlError, ValueError):
            return None
    for element in root.iter("{*}*"):
        with contextlib.suppress(ValueError):  # a name from damaged HTML that XML has no place for
            element.tag = etree.QName(element).localname
    return root.find("body")


def _numbered(entity: re.Match[bytes]) -> bytes:
    """A named character such as ``&eacute;``, which XML does not know, by its number."""
    number = name2codepoint.get(entity.group(1).decode("ascii"))
    return entity.group() if number is None else b"&#%d;" % number


def _encoding(data: bytes) -> str:
    """What an XML declaration says; UTF-8 otherwise, as EPUB asks."""
    stated = re.match(rb"""\s*(?:\xef\xbb\xbf)?<\?xml[^>]*\bencoding=["']([A-Za-z0-9._-]+)["']""", data)
    return stated.group(1).decode("ascii") if stated else "utf-8"


def _stated(package: Any) -> dict[str, str]:
    said = {key: _all(package, tag) for key, tag in (("authors", "creator"), ("subjects", "subject"))}
    first = {
        key: next(iter(_all(package, tag)), "")
        for key, tag in (
            ("title", "title"),
            ("language", "language"),
            ("publisher", "publisher"),
            ("rights", "rights"),
            ("date", "date"),
            ("subject", "description"),
        )
    }
    first["subject"] = re.sub(r"<[^>]*>", " ", first["subject"])  # many state it as HTML
    numbers = [found.group() for each in _all(package, "identifier") if (found := _isbn(each))]
    doi = next((each for each in _all(package, "identifier") if "10." in each and "/" in each), "")
    return {
        **first,
        "author": "; ".join(said["authors"]),
        "keywords": "; ".join(said["subjects"]),
        "isbn": re.sub(r"[- ]", "", numbers[0]).upper() if numbers else "",
        "identifier": doi,
    }


def _all(package: Any, tag: str) -> list[str]:
    return [tidy.line("".join(node.itertext())) for node in package.iter(f"{_DC}{tag}")]


def _isbn(stated: str) -> re.Match[str] | None:
    """An ISBN in an identifier: it says so, or is 13 digits that begin as one does."""
    plain = stated.lower().removeprefix("urn:").removeprefix("isbn:").strip()
    return _ISBN.fullmatch(plain) if "isbn" in stated.lower() or plain.startswith(("978", "979")) else None
