from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from clearinghouse.acquisition import visits
from clearinghouse.acquisition.harvesting import running, sources
from clearinghouse.acquisition.harvesting.running import Ended
from clearinghouse.acquisition.wanted import Outcome
from clearinghouse.library import Library, open_library
from clearinghouse.settings import Settings
from ingest.polite import Visitor
from tests.site import Site, serving

Run = Callable[..., Ended]


@pytest.fixture
def library(tmp_path: object) -> Iterator[Library]:
    """An empty library that may ask this machine, without waiting."""
    home = tmp_path / "home"  # type: ignore[operator]
    opened = open_library(Settings(home=home, curator="A Curator", allow_private=True, fetch_pause=0, jobs=1))
    yield opened
    opened.close()


@pytest.fixture
def site() -> Iterator[Site]:
    """Another site on this machine."""
    with serving() as opened:
        yield opened


@pytest.fixture
def visitor(library: Library) -> Visitor:
    """The library's own visitor, who does not sleep while it waits."""
    made = visits.visitor(library.settings)
    return Visitor(made.policy, made.manners, sleep=lambda _: None)


@pytest.fixture
def add(library: Library, visitor: Visitor) -> Callable[..., str]:
    """Keep a harvest called ``ours``; returns what it was taken for."""

    def keep(address: str, **rest: object) -> str:
        return sources.add(library, "ours", address, visitor=visitor, **rest).view.kind  # type: ignore[arg-type]

    return keep


@pytest.fixture
def run(library: Library, visitor: Visitor, told: list[Outcome]) -> Run:
    """Run that harvest; what it tells stands in `told`."""

    def once(**rest: object) -> Ended:
        told.clear()
        *outcomes, ended = running.run(library, "ours", visitor=visitor, **rest)  # type: ignore[arg-type]
        told.extend(each for each in outcomes if isinstance(each, Outcome))
        assert isinstance(ended, Ended)
        return ended

    return once


@pytest.fixture
def told() -> list[Outcome]:
    """The outcomes of the latest run."""
    return []
