"""A disk that takes no more, met by the real program: a sentence, and a library that goes on."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

Put = Callable[[str, str | bytes], Path]
SHOWN = ("--kind", "guideline", "--audience", "staff")


def _add_where_no_file_grows_past(
    most: int, home: Path, documents: list[Path]
) -> subprocess.CompletedProcess[str]:
    """The real `add`, on a system that lets no file grow past `most` bytes, as a full disk would not."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most})); "
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CLEARINGHOUSE_")}
    return subprocess.run(
        [
            sys.executable,
            "-c",
            limit + "from clearinghouse.cli import main; main(prog_name='clearinghouse')",
            *("add", "--json", *SHOWN, *map(str, documents)),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**kept, "CLEARINGHOUSE_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.mark.skipif(
    resource.getrlimit(resource.RLIMIT_FSIZE)[1] != resource.RLIM_INFINITY, reason="limited already"
)
@pytest.mark.parametrize("room", [60_000, 250_000])
def test_a_full_disk_ends_in_sentences_and_the_library_goes_on(
    run: Run, put: Put, tmp_path: Path, room: int
) -> None:
    home = tmp_path / "home"
    assert run("list").code == 0
    documents = [
        put(f"guide-{number}.md", f"# Guide number {number}\n\n" + f"Words of hope {number}. " * 3000)
        for number in range(5)
    ]
    most = (home / "library.db").stat().st_size + room
    ran = _add_where_no_file_grows_past(most, home, documents)
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
