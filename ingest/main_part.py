"""The part of a web page that holds its main text, by where its sentences stand.

After the idea of Readability (Arc90, 2009; Mozilla's `Readability.js`): paragraphs lend weight to what they stand
in, less the further out, and the heaviest element is the text. Here words in sentences are the weight, an element
counts for a share of what is in it, and one look at each element tells all that is needed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from ingest import tidy

SENTENCE = 15
"""Words from which a paragraph counts as prose rather than as a label or a menu's item."""
_OUTWARD = 0.75
"""What an element's weight counts for in the one around it: two parts weigh more together than the larger one."""
_NAMED = 1.25
"""What a name such as `entry-content` adds to an element's weight."""
_NEXT = 0.2
"""Share of the heaviest element's weight from which one next to it, or next to what it is in, belongs to it."""
_NEXT_LEVELS = 2
_ENOUGH = 40
"""Words of prose that make a main text."""
_TRUSTED = 0.4
"""Share of a page's prose from which what holds it is believed to be the main text."""
_FEW = 30
"""Words of prose below which a part that is mostly links is a list of links."""

_PARAGRAPHS = frozenset(("p", "li", "blockquote", "dd", "td", "pre", "th", "dt", "address"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary"))
_INLINE = frozenset(
    re.findall(
        r"\w+",
        """a abbr acronym b bdi bdo big br center cite code data del dfn em font i img ins kbd label mark picture q
        s samp small source span strike strong sub sup time tt u var wbr""",
    )
)
_ONE = _PARAGRAPHS | _HEADINGS | _INLINE
_BLOCKS = ("p", "li", "td", "ul", "ol", "table", "div", "h2", "h3")
_LISTS = frozenset(("ul", "ol", "dl", "tbody", "tr", "table", "blockquote"))
_NO_TEXT = frozenset(
    re.findall(
        r"\w+",
        """aside audio button canvas embed figcaption footer head iframe input menu nav noscript object script
        select style svg template textarea video""",
    )
)
_PARTS = frozenset(("div", "section", "ul", "ol", "dl", "table", "figure", "form"))
_BESIDE = re.compile(
    r"(?:^|[\W_]|(?<=[a-z])(?=[A-Z]))(?i:ads?|advert\w*|banner|breadcrumbs?|byline|captions?|comments?|credits?|disqus|"
    r"footer|gallery|menu|newsletter|outbrain|pager|pagination|popular|popup|promos?|recommended|recirc\w*|related|"
    r"replies|respond|rss|share|sharing|sidebar|slideshow|social|sponsor\w*|subscribe|taboola|tags|trending)"
    r"(?:$|[\W_]|(?<=[a-z])(?=[A-Z]))"
)
"""A word in the name of what stands beside a text; Readability knows most of them too."""
_HOLDS = re.compile(
    r"(?:article|blog|entry|main|news|page|post|story)[-_]?(?:body|content|copy|text)(?:$|[\W_])", re.I
)
_NEVER_BESIDE = frozenset(("html", "body", "main", "article"))


@dataclass(slots=True)
class Part:
    """An element and what is in it, in words."""

    element: Any
    tag: str
    words: int = 0
    linked: int = 0
    prose: int = 0
    """Words in sentences."""
    own: int = 0
    """Those that stand in it directly, or in a paragraph right inside it."""
    weight: float = 0.0
    parts: list[Part] = field(default_factory=list)
    beside: bool = False
    """Whether its name says that it stands beside the text; its prose then counts for nothing around it."""

    def every(self) -> Iterator[Part]:
        """This one and all inside that are not beside the text."""
        left = [self]
        while left:
            part = left.pop()
            yield part
            left += [each for each in reversed(part.parts) if not each.beside]


def find(tree: Any) -> list[Any]:
    """The elements of the page `tree` that hold its main text, in order, rid of what stands beside it.

    Empty, and `tree` as it was, where no part of it has a good share of the page's sentences.
    """
    body = tree.find("body")
    body = body if body is not None else tree
    page = _measured(body, math.inf)
    if page is None:
        return []
    prose = page.prose + sum(part.prose for part in _left_out(page))
    chosen = _chosen(page, prose)
    if not chosen and page.prose < prose / 2:
        # an element around everything may be named for what it has at its side
        page = _measured(body, prose / 2) or page
        chosen = _chosen(page, prose)
    for part in chosen:
        _clear(part)
    return [part.element for part in chosen]


def _chosen(page: Part, prose: float) -> list[Part]:
    """The parts that hold the main text; none where they hold too little of the `prose` that there is."""
    marked = [part for part in page.every() if part.element.get("itemprop") == "articleBody"]
    if len(marked) == 1 and marked[0].prose * 2 > page.prose:
        chosen = marked
    else:
        chosen = _with_neighbours(page, max(page.every(), key=lambda part: part.weight))
    return chosen if sum(part.prose for part in chosen) >= max(_ENOUGH, _TRUSTED * prose) else []


def _left_out(part: Part) -> Iterator[Part]:
    for each in part.parts:
        if each.beside:
            yield each
        else:
            yield from _left_out(each)


def _with_neighbours(page: Part, heaviest: Part) -> list[Part]:
    """The heaviest part, and those next to it that weigh a good deal too: sections of one text."""
    around = _path(page, heaviest)[::-1]
    chosen = [heaviest]
    for inner, outer in list(pairwise(around))[:_NEXT_LEVELS]:
        at = next(place for place, each in enumerate(outer.parts) if each is inner)
        before, after = (
            [each for each in some if _belongs(each, heaviest)]
            for some in (outer.parts[:at], outer.parts[at + 1 :])
        )
        chosen = [*before, *chosen, *after]
    return chosen


def _belongs(part: Part, heaviest: Part) -> bool:
    is_text = not part.beside and part.prose and part.linked * 4 < part.words
    return bool(is_text and (part.weight or part.prose) >= _NEXT * heaviest.weight)


def _path(page: Part, wanted: Part) -> list[Part]:
    """The parts from `page` down to `wanted`."""
    if page is wanted:
        return [page]
    for each in page.parts:
        if not each.beside and (found := _path(each, wanted)):
            return [page, *found]
    return []


def _clear(part: Part) -> None:
    """Take out of an element what holds no text, what stands beside it, and lists of links without a heading."""
    if not part.parts:
        return
    kept = {each.element for each in part.parts if not each.beside and not _is_link_list(each)}
    for child in list(part.element):
        if isinstance(child.tag, str) and child not in kept:
            child.drop_tree()
    for each in part.parts:
        if each.element in kept:
            _clear(each)


def _is_link_list(part: Part) -> bool:
    if part.tag not in _PARTS or part.linked * 2 <= part.words or part.prose >= _FEW:
        return False
    above = part.element.getprevious()
    return above is None or above.tag not in _HEADINGS  # under its heading a list is a list of places to go


def _measured(element: Any, most: float) -> Part | None:
    """`element` with what is in it; None for what holds no text.

    What has more than `most` words of prose stands beside nothing, whatever its name.
    """
    tag = element.tag
    if not isinstance(tag, str) or tag in _NO_TEXT:
        return None
    part = Part(element, tag)
    if tag in _ONE and (not len(element) or next(element.iterdescendants(*_BLOCKS), None) is None):
        return _paragraph(part)
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    _add_up(part, most)
    part.beside = part.prose <= most and len(names) > 1 and _is_beside(part, names)
    if tag == "article" or element.get("itemprop") == "articleBody" or _sounds_like_text(names):
        part.weight *= _NAMED
    return part


def _is_beside(part: Part, names: str) -> bool:
    if part.tag in _NEVER_BESIDE or not _sounds_beside(names) or _sounds_like_text(names):
        return False
    inside = Counter(each.tag for each in part.element.iterdescendants("h1", "main", "article"))
    return not (inside["h1"] or inside["main"] or inside["article"] == 1)  # a list of comments has several


@lru_cache(maxsize=1000)  # most names of a page come again and again
def _sounds_beside(names: str) -> bool:
    return bool(_BESIDE.search(names))


@lru_cache(maxsize=1000)
def _sounds_like_text(names: str) -> bool:
    return bool(_HOLDS.search(names))


def _paragraph(part: Part) -> Part:
    element = part.element
    part.words = tidy.count_words("".join(element.itertext()))
    part.linked = sum(tidy.count_words("".join(link.itertext())) for link in element.iter("a"))
    if part.words >= SENTENCE and part.linked * 2 < part.words and part.tag not in _HEADINGS:
        part.prose = part.words
    return part


def _add_up(part: Part, most: float) -> None:
    element = part.element
    said = [element.text or ""]
    for child in element:
        inner = _measured(child, most)
        if inner is not None:
            part.parts.append(inner)
            part.words += inner.words
            part.linked += inner.linked
            if not inner.beside:
                part.prose += inner.prose
                if inner.parts:
                    part.weight += inner.weight
                else:
                    part.own += inner.prose
                if inner.tag in _INLINE and not inner.parts and not inner.prose:
                    said += child.itertext()
        if child.tail:
            said.append(child.tail)
    count = tidy.count_words("".join(said))
    if count >= SENTENCE:
        part.own += count
        part.prose += count
    part.words += count
    if part.tag == "a":
        part.linked, part.prose, part.own, part.weight = part.words, 0, 0, 0.0
    part.weight = part.weight * (1.0 if part.tag in _LISTS else _OUTWARD) + part.own
