"""In by a door, and along a series, in a real Chromium."""

from __future__ import annotations

import base64
import io
import time
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader
from selenium.webdriver import Chrome, Keys

from tests.web.driving import css, press, size, tab_to, wait

pytestmark = pytest.mark.browser


def _arrived(folder: Path) -> Path:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if whole := list(folder.glob("*.zip")):
            return whole[0]
        time.sleep(0.05)
    pytest.fail("The download never arrived.")


def test_a_series_is_walked_from_a_door_with_the_keyboard_alone(browser: Chrome, site_address: str) -> None:
    browser.get(site_address)
    tab_to(browser, lambda here: here.get_attribute("href") == f"{site_address}/for/staff")
    press(browser, Keys.ENTER)
    wait(browser, lambda _: browser.title.startswith("People who work in services"))
    tab_to(browser, lambda here: here.text == "Starting out")
    press(browser, Keys.ENTER)
    wait(browser, lambda _: browser.title.startswith("Starting out"))
    tab_to(browser, lambda here: here.text == "Handbook of peer wayfinding")
    press(browser, Keys.ENTER)
    wait(browser, lambda _: browser.title.startswith("Handbook"))
    for title in ("Rights", "A course somewhere else"):
        tab_to(browser, lambda here: here.get_attribute("rel") == "next")
        press(browser, Keys.ENTER)
        wait(browser, lambda _, title=title: browser.title.startswith(title))
        assert css(browser, "h1").text.startswith(title)
    assert "Part 3 of 3 in Starting out" in css(browser, ".place").text


def test_a_door_keeps_its_audience_in_a_search_on_a_small_screen_without_javascript(
    browser: Chrome, site_address: str
) -> None:
    size(browser, 320)
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(f"{site_address}/for/carers")
    assert css(browser, "#within").is_displayed()
    css(browser, "#q").send_keys("peer", Keys.ENTER)
    wait(browser, lambda _: "/search" in browser.current_url)
    assert "audience=carers" in browser.current_url
    assert css(browser, ".how-many").text == "1 resource"


def test_a_series_is_taken_away_whole_and_its_list_fits_a_sheet(
    browser: Chrome, site_address: str, tmp_path: Path
) -> None:
    browser.get(f"{site_address}/collections/starting-out")
    css(browser, "a[href$='originals.zip']").click()
    with zipfile.ZipFile(_arrived(tmp_path)) as packed:
        assert packed.testzip() is None
        assert len(packed.namelist()) == 4
    browser.get(f"{site_address}/collections/starting-out/contents")
    printed = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {})["data"])
    assert len(PdfReader(io.BytesIO(printed)).pages) == 1
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not css(browser, ".as-a-whole a").is_displayed()
    assert css(browser, ".where-it-is").is_displayed()
    assert css(browser, ".strip").is_displayed()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
