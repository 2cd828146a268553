"""Where the time of a results page goes: the same pages made in this process, with a clock at each part."""

from __future__ import annotations

import gc
import time
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack

import flask

import index
from benchmarks.clock import Clock
from clearinghouse.library import Library
from clearinghouse.search import discovery
from clearinghouse.web import create_app

PARTS = ("engine", "rows", "snippets", "template", "rest")


def parts(library: Library, addresses: Sequence[str]) -> dict[str, float]:
    """Mean seconds a page spends in each of `PARTS`; their sum is the whole."""
    clock = Clock()
    deque(library.cards.fill(library.database), maxlen=0)  # as the server does when it starts, and what follows
    gc.collect()
    gc.freeze()
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
    gc.unfreeze()
    rows = spent["search"] - spent["engine"] - spent.get("snippets", 0.0)
    rest = whole - spent["search"] - spent["template"]
    shares = (spent["engine"], rows, spent.get("snippets", 0.0), spent["template"], rest)
    return {name: share / len(addresses) for name, share in zip(PARTS, shares, strict=True)}
