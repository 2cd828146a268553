"""Elements of a page as blocks: paragraphs, list items, table rows and headings, in the order they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest import sections, tidy
from ingest.sections import Block

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
    "caption",
}
_BREAKS = _BLOCKS | {"br", "lb"}
_HOLDERS = {"html", "body", "table", "list", "ul", "ol"}
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_OTHER_BLOCKS = (
    _BLOCKS | _HEADINGS | {"div", "section", "article", "table", "ul", "ol", "list", "head", "main", "row"}
)


def walk(element: Any) -> Iterator[Block]:
    """Blocks in order, from a page's own elements or from trafilatura's (head, list, item, row, cell, lb)."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag == "head" and element.get("rend") is None and _is_root(element.getparent()):
        return
    level = _level(element, tag)
    if level:
        yield Block(words(element), level)
    elif tag in {"row", "tr"}:
        cells = [tidy.line(words(cell)) for cell in element]
        if any(cells):
            yield Block("| " + " | ".join(cell for cell in cells if cell))
    elif tag in {"item", "li"}:
        yield from _item(element)
    elif tag in _BLOCKS or (tag not in _HOLDERS and not _has_blocks(element)):
        yield Block(words(element))
    else:
        if element.text and element.text.strip():
            yield Block(element.text)
        for child in element:
            yield from walk(child)
            if child.tail and child.tail.strip():
                yield Block(child.tail)


def words(element: Any) -> str:
    """The text inside, line breaks kept where the page has them and spaces as a browser shows them."""
    if element.tag == "pre":
        return "".join(element.itertext())
    parts: list[str] = []
    _gather(element, parts)
    folded = " ".join("".join(parts).split())
    return "\n".join(line.strip() for line in folded.split("\x01") if line.strip())


def _gather(element: Any, parts: list[str]) -> None:
    """Text as it stands: an element's own, then its children's, each followed by what comes after it."""
    parts.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            if child.tag in _BREAKS:
                parts.append("\x01")
            _gather(child, parts)
        parts.append(child.tail or "")


def _item(element: Any) -> Iterator[Block]:
    nested = [child for child in element if child.tag in {"list", "ul", "ol"}]
    for child in nested:
        element.remove(child)
    said = tidy.text(words(element))
    if said:
        yield Block(said if sections.is_item(said) else f"• {said}")
    for child in nested:
        yield from walk(child)


def _level(element: Any, tag: str) -> int:
    if tag == "head":
        rend = element.get("rend") or "h2"
        return int(rend[1]) if len(rend) == 2 and rend[1].isdigit() else 2
    if tag == "summary":  # what is folded away below it is what it heads
        return 3
    return int(tag[1]) if tag in _HEADINGS else 0


def _is_root(element: Any) -> bool:
    return element is not None and element.tag == "html"


def _has_blocks(element: Any) -> bool:
    return any(child.tag in _OTHER_BLOCKS for child in element.iterdescendants())
