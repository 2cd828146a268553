"""What a person at a real terminal sees while a long command works."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="this system has no terminals of its own making")

ROOT = Path(__file__).parents[2]
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def _at_a_terminal(tmp_path: Path, *arguments: str, stdout: Path | None = None) -> str:
    """What a command writes to a terminal, without colours; its stdout goes to a file where one is named."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "clearinghouse", *arguments]
    environment = {**os.environ, "CLEARINGHOUSE_HOME": str(tmp_path / "home"), "TERM": "xterm", "COLUMNS": "120"}
    with stdout.open("wb") if stdout else os.fdopen(os.dup(theirs), "wb") as out:
        child = subprocess.Popen(command, stdin=theirs, stdout=out, stderr=theirs, env=environment, cwd=ROOT)
    os.close(theirs)
    seen = b""
    with suppress(OSError):  # raised when the last one has let go of the terminal
        while block := os.read(ours, 65536):
            seen += block
    os.close(ours)
    child.wait(60)
    return _COLOURS.sub("", seen.decode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    for number in range(3):
        (made / f"{number}.md").write_text(f"# Hope, part {number}\n\nWords of hope {number}.\n")
    return made


def test_a_bar_grows_and_every_outcome_has_a_line_of_its_own(tmp_path: Path, folder: Path) -> None:
    seen = _at_a_terminal(tmp_path, "add", str(folder), "--kind", "story", "--audience", "staff")
    lines = re.split(r"[\r\n]+", seen)
    assert any(line.startswith("Adding") and "3/3" in line for line in lines)
    assert sum(line.startswith("Added: Hope, part") for line in lines) == 3
    assert not any("Adding" in line and "Added" in line for line in lines)
    assert "3 added." in lines


def test_json_goes_to_its_file_whole_while_the_bar_is_on_the_terminal(tmp_path: Path, folder: Path) -> None:
    out = tmp_path / "out.jsonl"
    seen = _at_a_terminal(
        tmp_path, "add", str(folder), "--kind", "story", "--audience", "staff", "--json", stdout=out
    )
    assert [json.loads(line)["outcome"] for line in out.read_text().splitlines()] == ["added"] * 3
    assert "3/3" in seen
    assert "outcome" not in seen


def test_json_on_the_terminal_is_left_whole(tmp_path: Path, folder: Path) -> None:
    seen = _at_a_terminal(tmp_path, "add", str(folder), "--kind", "story", "--audience", "staff", "--json")
    assert [json.loads(line)["outcome"] for line in seen.split("\r\n") if line] == ["added"] * 3


@pytest.mark.parametrize("told", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_ctrl_c_or_a_closed_terminal_stops_between_documents_and_says_how_to_go_on(
    tmp_path: Path, told: str
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(400):
        (papers / f"{number:03}.md").write_text(f"# Hope, part {number}\n\nWords of hope {number}.\n")
    command = [sys.executable, "-m", "clearinghouse", "add", str(papers), "--kind", "story", "--audience", "staff"]
    passing = tmp_path / "passing"
    passing.mkdir()
    environment = {**os.environ, "CLEARINGHOUSE_HOME": str(tmp_path / "home"), "TMPDIR": str(passing)}
    child = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
        start_new_session=True,
        pipesize=4096,  # it waits for us to read, so it cannot have ended before we stop it
    )
    assert child.stdout is not None
    assert child.stdout.readline().startswith("Added: Hope, part")
    os.killpg(child.pid, getattr(signal, told))  # a terminal, or a service manager, tells all of them
    out, err = child.communicate(timeout=60)
    assert child.returncode == 1
    assert "Stopped. What was added is safe; run the same command again" in err
    assert "Traceback" not in err
    assert re.search(r"^\d+ added\.$", out, re.M)
    assert list(passing.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)
