"""The tour of `docs/api.md`: each command typed into a shell, at a real server, and what it prints compared."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clearinghouse.library import Library
from clearinghouse.web import create_app
from tests.needs import missing
from tests.web.served import by_waitress

HOST = "https://library.example.org"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _tour() -> list[tuple[str, str, str]]:
    """(command, kind of output, output) in order. Commands that set a variable go with the next."""
    text = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    waiting: list[str] = []
    found = []
    for kind, block in _FENCE.findall(text):
        if kind == "sh":
            waiting += re.findall(r"(?:^\w+=.*\n)?^curl .*$", block, re.MULTILINE)
        elif kind in {"json", "text"}:
            found.append((waiting.pop(0), kind, block))
    assert waiting == []
    return found


@pytest.fixture(scope="module")
def server(sample_library: Library) -> Iterator[str]:
    """The sample library, served."""
    with by_waitress(create_app(sample_library), threads=2) as opened:
        yield opened


@pytest.mark.parametrize(("command", "kind", "printed"), _tour())
def test_the_tour_prints_what_it_says(server: str, command: str, kind: str, printed: str) -> None:
    if shutil.which("curl") is None:
        missing("Install curl (Debian: apt install curl) to go on the tour.")
    ran = subprocess.run(  # what the page tells people to type
        ["bash", "-c", command.replace(HOST, server)], capture_output=True, text=True, timeout=120, check=True
    )
    said = ran.stdout.replace(server, HOST)
    if kind == "text":
        assert said == printed
    else:
        _require_part(json.loads(printed), json.loads(said), "")


def _require_part(part: Any, whole: Any, place: str) -> None:
    """That `whole` has everything that `part` has; of a list, the first."""
    if isinstance(part, dict):
        for name, value in part.items():
            assert name in whole, f"{place} has no {name}"
            _require_part(value, whole[name], f"{place}.{name}")
    elif isinstance(part, list) and part:
        assert len(whole) >= len(part), f"{place} has {whole}"
        for at, value in enumerate(part):
            _require_part(value, whole[at], f"{place}[{at}]")
    else:
        assert part == whole, place
