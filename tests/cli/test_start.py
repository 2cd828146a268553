"""What a command waits for before it does anything."""

from __future__ import annotations

import subprocess
import sys

import pytest

_ASKED = """
import sys
from clearinghouse.cli import main
main(sys.argv[1:], standalone_mode=False)
print(*sys.modules)
"""
_NEEDLESS = {"flask", "numpy", "alembic", "trafilatura", "rdflib", "pypdf", "pypdfium2"}


@pytest.mark.parametrize("command", ["add", "list", "import"])
def test_a_command_loads_nothing_that_only_others_need(command: str) -> None:
    run = [sys.executable, "-c", _ASKED, command, "--help"]
    said = subprocess.run(run, capture_output=True, text=True, check=True)
    assert "clearinghouse.indexing" in said.stdout
    assert not _NEEDLESS & set(said.stdout.split())
