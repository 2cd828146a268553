"""The API keeps to its own description, says Schemathesis, which asks what it allows and what it forbids."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.needs import missing

pytestmark = pytest.mark.slow

INSTALLED = Path(sys.prefix) / "schemathesis" / "bin" / "schemathesis"

#: What is in the library, so that not only what is missing is asked for.
THERE = {
    "/resources/": {"slug": "handbook-of-peer-wayfinding", "key": "full-en", "number": 7},
    "/topics/": {"slug": "peer-supervision"},
    "/collections/": {"slug": "starting-out"},
    "/glossary/": {"slug": "seclusion"},
    "/search": {"q": "supervision", "topic": ["peer-supervision"]},
    "/suggestions": {"q": "hand"},
}


def test_schemathesis_finds_nothing(client: FlaskClient, site_address: str, tmp_path: Path) -> None:
    program = str(INSTALLED) if INSTALLED.is_file() else shutil.which("schemathesis")
    if program is None:
        missing("Run `make schemathesis` to try the API with Schemathesis.")
    described = tmp_path / "openapi.json"
    described.write_text(json.dumps(_with_examples(client.get("/api/v1/openapi.json").json)), encoding="utf-8")
    asked = ["--url", site_address, "--checks", "all", "--max-examples", "10", "--no-color"]
    ran = subprocess.run(
        [program, "run", str(described), *asked],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "No issues found" in ran.stdout
    assert "17 selected / 17 total" in ran.stdout


def _with_examples(description: dict[str, object]) -> dict[str, object]:
    for path, operations in description["paths"].items():  # type: ignore[attr-defined]
        of_place = next((each for begin, each in THERE.items() if begin in path), {})
        for parameter in operations["get"]["parameters"]:
            if parameter["name"] in of_place:
                parameter["example"] = of_place[parameter["name"]]
    return description
