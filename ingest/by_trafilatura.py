"""The main text of a web page as trafilatura chooses it, with what the page says of itself for a second opinion.

It is slow to load and to ask, so it is asked about those pages only that `main_part` is not sure of.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import trafilatura
from lxml import html  # type: ignore[import-untyped]

from ingest import dom_blocks, page_frame, tidy
from ingest.sections import Block

_ENOUGH = 40
"""Words of prose that make an element worth reading by itself."""
_COVERED = 0.7
"""The share of the prose inside the page's own main element that should be found."""
_KEY = 60
"""Letters and digits by which a block is known again."""
_HEADINGS = ("h2", "h3", "h4")
_PARAGRAPHS = ("p", "li", "dd", "td", "blockquote", "pre")
_NEAR = 4
"""Levels above a heading within which what it heads must stand."""


def find(tree: Any) -> list[Block]:
    """The blocks of the main text of `tree`, whose frame is gone (see `page_frame`), with its headings."""
    headings, lists = _headings(tree), _lists(tree)
    return _with_lists(_with_headings(_chosen(tree), headings), lists)


def _chosen(tree: Any) -> list[Block]:
    """What trafilatura takes for the text: of the element that says it holds it, else of the page.

    Where that leaves out much of what stands in the page's one article or main part, all of that part.
    """
    article = _only(tree, "//*[@itemprop='articleBody']")
    found = _extracted(_alone(article)) if article is not None else []
    found = found or _extracted(tree)
    part = _only(tree, "//article")
    part = part if part is not None else _only(tree, "//main|//*[@role='main']")
    if part is None:
        return found
    prose = list(page_frame.prose(part))
    if _share(found, prose) >= _COVERED:
        return found
    whole = _alone(part)
    # so marked, trafilatura reads all of it and looks for no smaller one inside
    whole.find("body")[0].tag = "article"
    whole.find("body")[0].attrib.clear()
    whole.find("body")[0].set("itemprop", "articleBody")
    more = _extracted(whole)
    return more if _share(more, prose) > _share(found, prose) else found


def _only(tree: Any, path: str) -> Any | None:
    """The element at `path` where there is one, and it holds at least half of the page's prose."""
    found = tree.xpath(path)
    if len(found) != 1:
        return None
    inside = _words(page_frame.prose(found[0]))
    return found[0] if inside >= max(_ENOUGH, _words(page_frame.prose(tree)) / 2) else None


def _alone(element: Any) -> Any:
    """A page that holds nothing but `element`."""
    page = html.document_fromstring("<html><body></body></html>")
    kept = copy.deepcopy(element)
    kept.tail = None
    page.find("body").append(kept)
    return page


def _extracted(tree: Any) -> list[Block]:
    found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    body = getattr(found, "body", None)
    return list(dom_blocks.walk(body)) if body is not None else []


def _share(found: list[Block], prose: list[str]) -> float:
    """The share (0 to 1) of the words of `prose` whose paragraphs were found; 1 where there are none."""
    there = "".join(_letters(block.text) for block in found)
    total = _words(prose)
    return _words(each for each in prose if _letters(each)[:_KEY] in there) / total if total else 1.0


def _with_headings(found: list[Block], lost: dict[str, list[Block]]) -> list[Block]:
    """`found` with the headings that it lost, each above the paragraph it stands above in the page."""
    kept = {_key(block) for block in found if block.level}
    whole = found[:1]  # above the first words stand the headline, which is the title, and what leads to it
    for block in found[1:]:
        if not block.level:
            whole += [each for each in lost.pop(_key(block), []) if _key(each) not in kept]
        whole.append(block)
    return whole


def _headings(tree: Any) -> dict[str, list[Block]]:
    """The headings that stand close above a paragraph, by the paragraph's key."""
    above: list[Any] = []
    found: dict[str, list[Block]] = {}
    for element in tree.iter(*_HEADINGS, *_PARAGRAPHS):
        if element.tag in _HEADINGS:
            above.append(element)
        elif above and element.text_content().strip():
            around = set(element.iterancestors())
            near = [each for each in above if any(up in around for up in islice(each.iterancestors(), _NEAR))]
            found.setdefault(
                _letters(element.text_content())[:_KEY],
                [Block(dom_blocks.words(each), int(each.tag[1])) for each in near],
            )
            above = []
    return found


def _with_lists(found: list[Block], lost: dict[str, list[Block]]) -> list[Block]:
    """`found` with the lists of links that it lost, where they stand below a heading and after what was found."""
    kept = {_key(block) for block in found}
    whole: list[Block] = []
    for block in found:
        whole.append(block)
        while (below := lost.pop(_key(whole[-1]), None)) and _key(below[-1]) not in kept:
            whole += [each for each in below if _key(each) not in kept]
    return whole


def _lists(tree: Any) -> dict[str, list[Block]]:
    """The lists right below a heading: after that heading's key, and with it after what stands right above."""
    found: dict[str, list[Block]] = {}
    for heading in tree.iter(*_HEADINGS):
        above, below = heading.getprevious(), heading.getnext()
        if below is None or below.tag not in {"ul", "ol"}:
            continue
        head = Block(dom_blocks.words(heading), int(heading.tag[1]))
        items = list(dom_blocks.walk(copy.deepcopy(below)))
        found.setdefault(_key(head), items)
        if above is not None and (before := list(dom_blocks.walk(copy.deepcopy(above)))):
            found.setdefault(_key(before[-1]), [head, *items])
    return found


def _key(block: Block) -> str:
    return _letters(block.text)[:_KEY]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _words(texts: Iterator[str] | list[str]) -> int:
    return sum(tidy.count_words(text) for text in texts)
