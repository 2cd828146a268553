"""`export` and `import` of a whole library, as a curator types them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

Put = Callable[[str, str | bytes], Path]
Limited = Callable[..., subprocess.CompletedProcess[str]]
SHOWN = ("--kind", "guideline", "--audience", "staff")


def test_a_library_moves_by_two_commands(
    run: Run, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", put("guide.md", "# A guide\n\nWords about numbats."), *SHOWN)
    run("add", put("draft.md", "# A draft\n\nWords about quolls."))
    exported = run("export", tmp_path / "out")
    assert exported.code == 0
    assert "1 resources" in exported.out
    assert "Left out: 1 draft; --all takes them too." in exported.out
    monkeypatch.setenv("CLEARINGHOUSE_HOME", str(tmp_path / "new"))
    assert run("import", tmp_path / "out", "--dry-run").out.startswith("Checked")
    imported = run("import", tmp_path / "out")
    assert imported.code == 0
    assert "It is the same library" in imported.out
    assert [each["slug"] for each in run("search", "numbats", "--json").json["hits"]] == ["a-guide"]
    assert run("import", tmp_path / "out").code == 1


def test_json_says_what_went_out_and_came_in(
    run: Run, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", put("guide.md", "# A guide\n\nWords about numbats."), *SHOWN)
    looked = run("export", "--dry-run", "--json").json
    exported = run("export", tmp_path / "out", "--json").json
    assert looked["digest"] == exported["digest"]
    assert exported["counts"]["resources"] == 1
    monkeypatch.setenv("CLEARINGHOUSE_HOME", str(tmp_path / "new"))
    assert run("import", tmp_path / "out", "--json").json["same"] is True


def test_an_export_wants_a_folder(run: Run) -> None:
    ran = run("export")
    assert (ran.code, "Name a folder" in ran.err) == (2, True)


def test_an_export_to_a_folder_in_use_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Mine")
    ran = run("export", tmp_path / "mine")
    assert ran.code == 1
    assert "there already" in ran.err


def test_an_export_to_a_full_disk_leaves_nothing_behind(
    run: Run, put: Put, tmp_path: Path, no_file_grows_past: Limited
) -> None:
    run("add", put("guide.md", "# A guide\n\n" + "Words about numbats. " * 3000), *SHOWN)
    ran = no_file_grows_past(50_000, "export", tmp_path / "out")
    assert ran.returncode == 1
    assert "There is no room" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list(tmp_path.glob("out*"))
