"""Pages of a small real library, through Flask's test client and through a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, Response
from flask.testing import FlaskClient
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from werkzeug.test import TestResponse

from clearinghouse.acquisition import importing
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library, open_library
from clearinghouse.settings import Settings
from clearinghouse.visiting import browsing
from clearinghouse.web import create_app
from tests.needs import missing
from tests.web import shelf
from tests.web.pages import EVERY_PAGE, walk
from tests.web.served import by_waitress

LEAVE_TO = "/robots.txt"  # a plain page of this same host: the tests ask nothing of any other
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --disable-default-apps"
)


@pytest.fixture(scope="session")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with a 45-page PDF and its Easy Read twin, a hostile page, a link, a withdrawn policy."""
    settings = Settings(
        home=tmp_path_factory.mktemp("shelves") / "home", leave_to=LEAVE_TO, contact="officer@example.org"
    )
    opened = open_library(settings)
    manifest = shelf.write(tmp_path_factory.mktemp("files"))
    outcomes = list(importing.import_file(opened, manifest))
    assert [each.error for each in outcomes if each.outcome != "added"] == []
    catalogue.withdraw(opened, "an-old-policy", "A newer one took its place.")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def app(shelves: Library) -> Flask:
    """The site over those shelves."""
    return create_app(shelves)


class Visitor(FlaskClient):
    """A client that takes in the whole answer at once, as a server does, so that files are closed again."""

    def open(self, *arguments: Any, **named: Any) -> TestResponse:
        """Ask, and read to the end."""
        return super().open(*arguments, **{"buffered": True, **named})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor."""
    app.test_client_class = Visitor
    return app.test_client()


@pytest.fixture(scope="session")
def every_page(app: Flask) -> list[str]:
    """Every page that can be walked to, and every state of a page that is worth a look."""
    return list(dict.fromkeys([*EVERY_PAGE, *walk(Visitor(app, Response))]))


@pytest.fixture
def page(client: FlaskClient) -> object:
    """Get an address that must answer 200, as parsed HTML."""

    def get(address: str) -> BeautifulSoup:
        response = client.get(address)
        assert response.status_code == 200, address
        return BeautifulSoup(response.text, "lxml")

    return get


@pytest.fixture(scope="session")
def hostile_slug(shelves: Library) -> str:
    """Slug of the resource with the hostile title."""
    return next(card.slug for card in browsing.home(shelves).newest if card.title == shelf.HOSTILE_TITLE)


@pytest.fixture(scope="session")
def site_address(app: Flask) -> Iterator[str]:
    """The same site, served by waitress on a port of its own."""
    with by_waitress(app) as opened:
        yield opened


@pytest.fixture(scope="session")
def _chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        sentence = "Install Chromium and chromedriver (Debian: apt install chromium chromium-driver) to run this."
        missing(sentence, fails_in_ci=True)
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for flag in _FLAGS.split():
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    opened.set_script_timeout(30)
    yield opened
    opened.quit()


@pytest.fixture
def browser(_chromium: webdriver.Chrome, tmp_path: Path) -> Iterator[webdriver.Chrome]:
    """A real browser at desktop size, with JavaScript, downloading into the test's own folder."""
    _chromium.get("about:blank")
    _chromium.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    _chromium.execute_cdp_cmd("Network.clearBrowserCookies", {})
    _resize(_chromium, 1280, 860)
    _chromium.get_log("performance")
    _chromium.get_log("browser")
    yield _chromium
    _chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    _chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def _resize(browser: webdriver.Chrome, width: int, height: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )
