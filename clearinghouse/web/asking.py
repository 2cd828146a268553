"""A visitor's address turned into a question, and a question turned back into an address.

Whatever stands in an address is taken as well as it can be: an unknown value is left out, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from clearinghouse.search.discovery import Question
from clearinghouse.search.filters import FILTERS
from clearinghouse.search.ways_on import ALL
from clearinghouse.web import carried
from index import Sort

SORTS: dict[Sort, str] = {"relevance": "Best match", "newest": "Newest here", "title": "Title"}

#: What an address says of a search for the words typed and for no others.
WORDS, AS_TYPED = "words", "typed"

_MOST_WORDS = 300
_MOST_VALUES = 40
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_VALUE = re.compile(r"[\w-]{1,80}")
_YEAR = re.compile(r"[12][0-9]{3}")
_LAST_PAGE = 100_000


def words(arguments: MultiDict[str, str]) -> str:
    """What was typed: one line, at most 300 characters."""
    return " ".join(_CONTROL.sub(" ", arguments.get("q", ""))[:_MOST_WORDS].split())


def whole_number(text: str | None, most: int = _LAST_PAGE) -> int:
    """A page or a part: counted from 1, and 1 for anything that is no such number."""
    digits = (text or "").strip()
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        return 1
    return min(max(int(digits), 1), most)


def question(arguments: MultiDict[str, str]) -> Question:
    """The question in an address."""
    first, last = _year(arguments.get("from")), _year(arguments.get("to"))
    if first and last and first > last:
        first, last = last, first
    wanted: list[Sort] = [each for each in SORTS if each == arguments.get("sort")]
    return Question(
        words=words(arguments),
        filters={name: values for name in FILTERS if (values := _values(arguments.getlist(name)))},
        years=(first, last),
        sort=wanted[0] if wanted else "relevance",
        page=whole_number(arguments.get("page")),
        hide_noted=arguments.get(carried.NOTES) == carried.HIDE,
        as_typed=arguments.get(WORDS) == AS_TYPED,
    )


def address(asked: Question, **changes: Any) -> str:
    """One address of `addresses`."""
    return addresses(asked)(**changes)


def addresses(asked: Question) -> Callable[..., str]:
    """What makes addresses of `asked` with some of it changed: `page=2`, `sort="title"`, `audience=()`.

    Any change but of the page goes back to the first page of results.
    """
    said = {**parameters(asked), "sort": asked.sort}

    def changed(**changes: Any) -> str:
        values = {**said, **changes}
        if values["sort"] == "relevance":
            values["sort"] = None
        if values.get("page") == 1:
            values["page"] = None
        return carried.link("search.results", **values)

    return changed


def parameters(asked: Question) -> dict[str, Any]:
    """What an address says of `asked`, but for order and page; None where nothing is said."""
    first, last = asked.years
    return {
        "q": asked.words or None,
        **{name: asked.filters.get(name) or None for name in FILTERS},
        "from": first,
        "to": last,
        carried.NOTES: carried.HIDE if asked.hide_noted else None,
        WORDS: AS_TYPED if asked.as_typed else None,
    }


def letting_go(asked: Question, name: str) -> str:
    """The address of `asked` without anything chosen of a filter, its years (``year``), or `ALL` of these."""
    if name == ALL:
        return address(replace(asked, filters={}, years=(None, None)))
    return address(asked, **({"from": None, "to": None} if name == "year" else {name: None}))


def without(asked: Question, name: str, value: str) -> str:
    """The address of `asked` with one chosen value of a filter let go."""
    return address(asked, **{name: tuple(each for each in asked.filters.get(name, ()) if each != value) or None})


def _values(given: Iterable[str]) -> tuple[str, ...]:
    kept = dict.fromkeys(each for each in given if _VALUE.fullmatch(each))
    return tuple(kept)[:_MOST_VALUES]


def _year(text: str | None) -> int | None:
    return int(text.strip()) if text and _YEAR.fullmatch(text.strip()) else None
