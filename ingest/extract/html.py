"""Web pages: trafilatura finds the main text, `page_facts` what the page says of itself."""

from __future__ import annotations

import codecs
import contextlib
import re
from pathlib import Path
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from ingest import abstracts, describe, facts, furniture, main_text, page_facts, sections, tidy, told
from ingest.errors import Damaged
from ingest.extracted import Extracted

_NOT_IN_A_TREE = bytes(set(range(0x20)) - set(b"\t\n\r"))
_NO_SIGNS = ("\ufffe".encode(), "\uffff".encode())
_WRITTEN_OUT = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]|fff[ef]))(?:;|(?![0-9a-f;]))", re.I
)
"""Signs that XML has no place for: lxml reads them from a page and refuses to write them into another place."""
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


def extract(path: Path, name: str) -> Extracted:
    """The main text cut at headings, and what the page says of itself. Raises `Damaged` without a word."""
    tree = _tree(path.read_bytes())
    if tree is None:
        raise Damaged(f"{name} holds no web page that can be read: save the page again and add that.")
    said = page_facts.read(tree)
    blocks = furniture.without(main_text.find(tree), address=said.address)
    headings = [block.text for block in blocks if block.level == 1] or said.headings
    pages = sections.cut(blocks, title=said.title)
    if not pages:
        raise Damaged(f"{name} shows no words without its scripts: open it in a browser and save it as PDF.")
    texts = [f"{page.heading}\n{page.text}" for page in pages]
    title = describe.choose(
        stated=said.titles(tidy.line(headings[0]) if headings else ""),
        shown=headings[0] if headings else "",
        stands_out=False,
        shown_from="heading",
        text="\n".join(texts[:2]),
        name=name,
    )
    doi = facts.doi(texts, stated=said.stated)
    found = Extracted(
        pages=pages,
        title=title.words,
        title_from=title.found,
        authors=said.authors,
        year=facts.year(texts[:1], stated=said.stated, title=title.words),
        language=facts.language(said.stated.get("language", "")),
        summary=said.stated.get("summary", ""),
        publisher=said.stated.get("publisher", ""),
        licence=facts.licence(texts, stated=said.stated.get("rights", "")),
        identifiers={"doi": doi} if doi else {},
        keywords=abstracts.parted(said.stated.get("keywords", "")),
        warnings=(*title.warnings, *facts.lost_characters(pages)),
    )
    return told.told(found, told.stated_or(told.TEXT, said.stated))


def decode(data: bytes) -> str:
    """A page's bytes as text: a byte order mark, what the page declares, UTF-8, then what fits."""
    if not data.startswith(_MARKS):
        with contextlib.suppress(ValueError):
            return data.decode("utf-8")
    from bs4.dammit import EncodingDetector  # takes longer to load than most pages to read

    body, marked = EncodingDetector.strip_byte_order_mark(data)
    declared = EncodingDetector.find_declared_encoding(body, is_html=True, search_entire_document=False)
    for encoding in (marked, "utf-8", declared):
        if encoding:
            try:
                return body.decode(encoding)
            except (ValueError, LookupError):  # bytes it has no letters for, or no name of an encoding
                continue
    import charset_normalizer

    best = charset_normalizer.from_bytes(body[: 256 * 1024]).best()
    return body.decode(
        declared if declared and _known(declared) else best.encoding if best else "cp1252", "replace"
    )


def _known(encoding: str) -> bool:
    try:
        return bool("".encode(encoding) == b"")
    except (ValueError, LookupError):
        return False


def _tree(data: bytes) -> Any:
    page = decode(data).encode("utf-8", "ignore").translate(None, _NOT_IN_A_TREE)
    for sign in _NO_SIGNS:
        page = page.replace(sign, b"")
    page = _WRITTEN_OUT.sub(b"", page)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(page, parser=parser)
    except (etree.LxmlError, ValueError):
        return None
