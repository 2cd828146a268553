"""A disk that takes no more, met by the real program: a sentence, and a library that goes on."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

Put = Callable[[str, str | bytes], Path]
Limited = Callable[..., subprocess.CompletedProcess[str]]
SHOWN = ("--kind", "guideline", "--audience", "staff")


@pytest.mark.parametrize("room", [60_000, 250_000])
def test_a_full_disk_ends_in_sentences_and_the_library_goes_on(
    run: Run, put: Put, tmp_path: Path, no_file_grows_past: Limited, room: int
) -> None:
    home = tmp_path / "home"
    assert run("list").code == 0
    documents = [
        put(f"guide-{number}.md", f"# Guide number {number}\n\n" + f"Words of hope {number}. " * 3000)
        for number in range(5)
    ]
    most = (home / "library.db").stat().st_size + room
    ran = no_file_grows_past(most, "add", "--json", *SHOWN, *documents)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    outcomes = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [each["source"] for each in outcomes] == [str(path) for path in documents]
    failed = [each for each in outcomes if each["outcome"] == "failed"]
    assert failed
    assert all("disk of the library" in each["error"] for each in failed)
    added = sorted(each["slug"] for each in outcomes if each["outcome"] == "added")
    assert sorted(each["slug"] for each in run("list", "--json").json) == added
    assert run("index", "sync").code == 0
    assert run("doctor").code == 0
    assert run("search", "hope", "--json").json["total"] == len(added)
    assert run("add", *documents, *SHOWN).code == 0
    assert len(run("list", "--json").json) == len(documents)
