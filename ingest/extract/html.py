"""Web pages: trafilatura finds the main text, `page_facts` what the page says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trafilatura
from bs4.dammit import EncodingDetector
from lxml import etree, html  # type: ignore[import-untyped]

from ingest import describe, facts, page_facts, sections, tidy
from ingest.errors import Damaged
from ingest.extracted import Extracted
from ingest.sections import Block

_TOO_LITTLE = 25
"""Words below which the whole body is read instead of what trafilatura found."""
_BLOCKS = {
    "p",
    "li",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "td",
    "th",
    "figcaption",
    "address",
    "summary",
    "caption",
}
_BREAKS = _BLOCKS | {"br", "lb"}
_FRAME = (
    "//script|//style|//noscript|//template|//svg|//iframe|//nav|//*[@hidden]"
    "|//*[@aria-hidden='true' and not(.//p)]"
    "|//*[@role='navigation' or @role='search' or @role='alertdialog']"
)
_BANNER = (
    "cookie",
    "gdpr",
    "consent",
    "quick-exit",
    "quick-escape",
    "quickexit",
    "quickescape",
    "skip-link",
    "skiplink",
)


def extract(path: Path, name: str) -> Extracted:
    """The main text cut at headings, and what the page says of itself. Raises `Damaged` without a word."""
    tree = _tree(path.read_bytes())
    if tree is None:
        raise Damaged(f"{name} holds no web page that can be read: save the page again and add that.")
    said = page_facts.read(tree)
    _drop_frame(tree)
    blocks = _main(tree)
    if sum(len(block.text.split()) for block in blocks) < _TOO_LITTLE:
        whole = list(_walk(tree.find("body") if tree.find("body") is not None else tree))
        if sum(len(block.text.split()) for block in whole) >= sum(len(block.text.split()) for block in blocks):
            blocks = whole
    blocks = _without_furniture(blocks)
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
    return Extracted(
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
        keywords=facts.keywords(said.stated.get("keywords", "")),
        warnings=(*title.warnings, *facts.lost_characters(pages)),
    )


def decode(data: bytes) -> str:
    """A page's bytes as text: a byte order mark, what the page declares, UTF-8, then what fits."""
    body, marked = EncodingDetector.strip_byte_order_mark(data)
    declared = EncodingDetector.find_declared_encoding(body, is_html=True, search_entire_document=False)
    for encoding in (marked, "utf-8", declared):
        if encoding:
            try:
                return body.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
    import charset_normalizer

    best = charset_normalizer.from_bytes(body[: 256 * 1024]).best()
    return body.decode(
        declared if declared and _known(declared) else best.encoding if best else "cp1252", "replace"
    )


def _known(encoding: str) -> bool:
    try:
        return bool("".encode(encoding) == b"")
    except LookupError:
        return False


def _tree(data: bytes) -> Any:
    text = decode(data).replace("\x00", "")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _drop_frame(tree: Any) -> None:
    """Take out menus, scripts, cookie banners and quick exits before anything reads the text."""
    for element in tree.xpath(_FRAME):
        _drop(element)
    for element in list(tree.iter("div", "section", "aside", "a", "button", "p", "form", "dialog")):
        marks = f"{element.get('id', '')} {element.get('class', '')}".lower()
        if any(mark in marks for mark in _BANNER) and len(element.text_content()) < 3000:
            _drop(element)


def _drop(element: Any) -> None:
    if element.getparent() is not None and element.tag not in {"body", "html", "main"}:
        element.drop_tree()


def _main(tree: Any) -> list[Block]:
    found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    body = getattr(found, "body", None)
    return list(_walk(body)) if body is not None else []


def _walk(element: Any) -> Iterator[Block]:
    """Blocks in order, from a page's own elements or from trafilatura's (head, list, item, row, cell, lb)."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if (
        tag == "head"
        and element.get("rend") is None
        and element.getparent() is not None
        and element.getparent().tag == "html"
    ):
        return
    level = _level(element, tag)
    if level:
        yield Block(_words(element), level)
    elif tag in {"row", "tr"}:
        cells = [tidy.line(_words(cell)) for cell in element]
        if any(cells):
            yield Block("| " + " | ".join(cell for cell in cells if cell))
    elif tag in {"item", "li"}:
        yield from _item(element)
    elif tag in _BLOCKS or (tag not in {"html", "body", "table", "list", "ul", "ol"} and not _has_blocks(element)):
        yield Block(_words(element))
    else:
        if element.text and element.text.strip():
            yield Block(element.text)
        for child in element:
            yield from _walk(child)
            if child.tail and child.tail.strip():
                yield Block(child.tail)


def _item(element: Any) -> Iterator[Block]:
    nested = [child for child in element if child.tag in {"list", "ul", "ol"}]
    for child in nested:
        element.remove(child)
    words = tidy.text(_words(element))
    if words:
        yield Block(words if sections.is_item(words) else f"• {words}")
    for child in nested:
        yield from _walk(child)


def _level(element: Any, tag: str) -> int:
    if tag == "head":
        rend = element.get("rend") or "h2"
        return int(rend[1]) if len(rend) == 2 and rend[1].isdigit() else 2
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else 0


def _has_blocks(element: Any) -> bool:
    return any(
        child.tag in _BLOCKS
        or child.tag in {"div", "section", "article", "table", "ul", "ol", "list", "head", "main", "row"}
        or (
            isinstance(child.tag, str) and len(child.tag) == 2 and child.tag[0] == "h" and child.tag[1] in "123456"
        )
        for child in element.iterdescendants()
    )


def _words(element: Any) -> str:
    """The text inside, line breaks kept where the page has them and spaces as a browser shows them."""
    if element.tag == "pre":
        return "".join(element.itertext())
    parts: list[str] = []
    for node in element.iter():
        if node is not element and node.tag in _BREAKS:
            parts.append("\x01")
        if isinstance(node.tag, str) and node.text:
            parts.append(node.text)
        if node is not element and node.tail:
            parts.append(node.tail)
    folded = " ".join("".join(parts).split())
    return "\n".join(line.strip() for line in folded.split("\x01") if line.strip())


def _without_furniture(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if block.level or not describe.is_furniture(block.text.removeprefix("• "))]
