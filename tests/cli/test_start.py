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
_NEEDLESS_TO_ADD = {"protego", "httpx", "bagit", "rispy", "py3langid", "ingest.polite", "ingest.harvest"}


@pytest.mark.parametrize("command", ["add", "list", "import"])
def test_a_command_loads_nothing_that_only_others_need(command: str) -> None:
    run = [sys.executable, "-c", _ASKED, command, "--help"]
    said = subprocess.run(run, capture_output=True, text=True, check=True)
    assert "clearinghouse.vocabulary" in said.stdout
    assert not _NEEDLESS & set(said.stdout.split())


def test_adding_files_loads_nothing_that_visits_others_or_reads_lists() -> None:
    run = [sys.executable, "-c", _ASKED, "add", "--help"]
    said = subprocess.run(run, capture_output=True, text=True, check=True)
    assert not _NEEDLESS_TO_ADD & set(said.stdout.split())
