from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest import FetchPolicy
from ingest.harvest import Ask
from ingest.polite import Manners, Visitor
from tests.site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """Another site on this machine."""
    with serving() as opened:
        yield opened


@pytest.fixture
def ask() -> Ask:
    """Asks over the real guard, without waiting."""
    policy = FetchPolicy(timeout=30, allow_private=True)
    return Visitor(policy, Manners(pause=0, tries=1)).read
