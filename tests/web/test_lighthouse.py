"""What Lighthouse makes of a page of each sort: below 100 for accessibility or best practices the test fails."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from selenium.webdriver import Chrome

from tests.needs import missing
from tests.web.pages import ONE_OF_EACH

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = ROOT / ".venv" / "lighthouse"


def test_lighthouse_gives_a_page_of_each_sort_full_marks(
    browser: Chrome, site_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    node = shutil.which("node")
    if node is None or not (INSTALLED / "node_modules" / "lighthouse").is_dir():
        missing("Install Node.js 18.16 or newer with npm, and run `make lighthouse`, for Lighthouse's figures.")
    port = browser.capabilities["goog:chromeOptions"]["debuggerAddress"].rpartition(":")[2]
    script = Path(__file__).with_name("lighthouse.mjs")
    ran = subprocess.run(
        [node, script, INSTALLED, port, *(site_address + each for each in ONE_OF_EACH)],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    reports = [json.loads(line) for line in ran.stdout.splitlines()]
    with capsys.disabled():
        click.echo("\nLighthouse: accessibility, best practices")
        for each in reports:
            place = each["address"].removeprefix(site_address)
            click.echo(f"  {each['accessibility']:4} {each['bestPractices']:4}  {place}")
    assert len(reports) == len(ONE_OF_EACH)
    below = [each for each in reports if (each["accessibility"], each["bestPractices"]) != (100, 100)]
    assert below == []
