"""The search box that other sites may put on their pages, on a page of another site, in a real browser."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.web import shelf
from tests.web.driving import without_javascript

DOCS = Path(__file__).parents[3] / "docs" / "api.md"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Another site: its address and its folder."""
    folder = tmp_path_factory.mktemp("elsewhere")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", folder
    server.shutdown()
    server.server_close()


@pytest.fixture
def embedding(elsewhere: tuple[str, Path], site_address: str) -> str:
    """A page of the other site with the search box of the documentation on it."""
    address, folder = elsewhere
    (box,) = re.findall(r"^```html\n(.*?)^```$", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    head = '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Elsewhere</title>'
    page = f"{head}<body>{box}</body></html>".replace("https://library.example.org", site_address)
    (folder / "page.html").write_text(page, encoding="utf-8")
    return f"{address}/page.html"


def _search(browser: Chrome, words: str) -> list[str]:
    """What stands on the page after searching, a line each."""
    browser.find_element(By.CSS_SELECTOR, "[name=q]").send_keys(words)
    browser.find_element(By.CSS_SELECTOR, "#peer-search button").click()
    place = browser.find_element(By.CSS_SELECTOR, "#peer-found")
    WebDriverWait(browser, 10).until(lambda _: "found" in place.text)
    return place.text.splitlines()


def test_the_guide_and_the_documentation_have_the_same_search_box(client: FlaskClient) -> None:
    (box,) = re.findall(r"^```html\n(.*?)^```$", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    shown = BeautifulSoup(client.get("/api").text, "lxml").select_one("#embed ~ pre").text
    assert shown.strip() == box.replace("https://library.example.org", "http://localhost").strip()


@pytest.mark.browser
def test_a_page_of_another_site_searches_the_library(browser: Chrome, embedding: str) -> None:
    browser.get(embedding)
    lines = _search(browser, "supervision")
    assert lines[0] == "1 found"
    assert lines[1].startswith("Handbook of peer wayfinding How a team keeps its supervision going.")
    link = browser.find_element(By.CSS_SELECTOR, "#peer-found li a")
    assert link.get_attribute("href").endswith("/resources/handbook-of-peer-wayfinding")
    assert browser.get_log("browser") == []


@pytest.mark.browser
def test_marks_stand_where_the_words_are_and_a_title_runs_no_script_there(browser: Chrome, embedding: str) -> None:
    browser.get(embedding)
    assert shelf.HOSTILE_TITLE in " ".join(_search(browser, "zeppelin rights"))
    marked = [each.text for each in browser.find_elements(By.CSS_SELECTOR, "#peer-found mark")]
    assert marked == ["Rights"]


@pytest.mark.browser
def test_who_may_need_help_sees_people_to_talk_to_first(browser: Chrome, embedding: str) -> None:
    browser.get(embedding)
    first, *_ = _search(browser, "i want to die")
    assert first == "Emergency: 000"
    assert browser.find_element(By.CSS_SELECTOR, "#peer-found a").get_attribute("href") == "tel:000"


@pytest.mark.browser
def test_without_javascript_the_box_opens_the_librarys_own_page(
    browser: Chrome, embedding: str, site_address: str
) -> None:
    without_javascript(browser)
    browser.get(embedding)
    browser.find_element(By.CSS_SELECTOR, "[name=q]").send_keys("supervision")
    browser.find_element(By.CSS_SELECTOR, "#peer-search button").click()
    WebDriverWait(browser, 10).until(lambda _: browser.current_url == f"{site_address}/search?q=supervision")
