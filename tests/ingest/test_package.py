"""What the package offers, and that it is loaded only when it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

import ingest


def test_every_name_that_is_offered_is_there() -> None:
    assert {name: getattr(ingest, name) for name in ingest.__all__}


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing_of_the_kind'"):
        _ = ingest.nothing_of_the_kind  # type: ignore[attr-defined]


def test_a_reader_loads_nothing_that_fetches_or_writes_pictures() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, ingest.fork_server; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert "ingest.fork_server" in loaded
    assert not {"httpx", "ingest.asking", "ingest.suggesting", "bs4", "PIL", "numpy"} & set(loaded)
