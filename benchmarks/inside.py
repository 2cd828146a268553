"""Where the time of a results page goes: the same pages made in this process, with a clock at each part."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import flask

import index
from clearinghouse.library import Library
from clearinghouse.search import discovery
from clearinghouse.web import create_app

PARTS = ("engine", "rows", "snippets", "template", "rest")


class _Clock:
    """Seconds spent in each of several named parts, those inside others counted in both."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def add(self, name: str, since: float) -> None:
        self.spent[name] = self.spent.get(name, 0.0) + time.perf_counter() - since

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, timed."""

        def timed(*given: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                self.add(name, started)

        return timed

    @contextmanager
    def on(self, holder: Any, attribute: str, name: str) -> Iterator[None]:
        """Time `holder.attribute` for the block."""
        original = getattr(holder, attribute)
        setattr(holder, attribute, self.around(name, original))
        try:
            yield
        finally:
            setattr(holder, attribute, original)


def parts(library: Library, addresses: Sequence[str]) -> dict[str, float]:
    """Mean seconds a page spends in each of `PARTS`; their sum is the whole."""
    clock = _Clock()
    client = create_app(library).test_client()
    client.get(addresses[0])
    with ExitStack() as clocks:
        clocks.enter_context(clock.on(library.engine, "search", "engine"))
        clocks.enter_context(clock.on(discovery, "search", "search"))
        clocks.enter_context(clock.on(index, "snippet", "snippets"))
        clocks.enter_context(clock.on(index.Marker, "mark", "snippets"))
        clocks.enter_context(clock.on(flask.templating, "_render", "template"))
        started = time.perf_counter()
        for address in addresses:
            client.get(address).get_data()
        whole = time.perf_counter() - started
    spent = clock.spent
    rows = spent["search"] - spent["engine"] - spent.get("snippets", 0.0)
    rest = whole - spent["search"] - spent["template"]
    shares = (spent["engine"], rows, spent.get("snippets", 0.0), spent["template"], rest)
    return {name: share / len(addresses) for name, share in zip(PARTS, shares, strict=True)}
