"""Asking the project officer in a real Chromium: by keyboard, without JavaScript, on a small screen."""

from __future__ import annotations

import html
import http.server
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from selenium.webdriver import Chrome, Keys

from clearinghouse.enquiries import asking, desk, packs
from clearinghouse.enquiries.enquiry_words import Question
from clearinghouse.enquiries.packs import Contents
from clearinghouse.library import Library
from clearinghouse.web import create_app
from tests.clearinghouse import making
from tests.web import axe
from tests.web.driving import css, focused, press, size, tab_to, wait
from tests.web.served import by_waitress

pytestmark = pytest.mark.browser


@pytest.fixture
def address(library: Library) -> Iterator[str]:
    """The site of an empty library, served by waitress."""
    with by_waitress(create_app(library)) as opened:
        yield opened


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str], str]]:
    """Serve a page from another origin; returns its address."""
    pages: dict[str, bytes] = {}

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.get(self.path, b""))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in http.server
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def put(content: str) -> str:
        pages["/"] = content.encode()
        return f"http://127.0.0.1:{server.server_port}/"

    yield put
    server.shutdown()
    server.server_close()


def _thanked(browser: Chrome) -> str:
    """The reference on the page that says thank you."""
    wait(browser, lambda _: "/ask/thanks/" in browser.current_url)
    assert browser.title.startswith("Thank you")
    return css(browser, ".reference").text


def test_somebody_asks_with_the_keyboard_alone(browser: Chrome, address: str, library: Library) -> None:
    browser.get(f"{address}/ask")
    tab_to(browser, lambda here: here.get_attribute("id") == "need")
    press(browser, *"A group in Broome")
    tab_to(browser, lambda here: here.get_attribute("name") == "audience")
    press(browser, Keys.ARROW_DOWN)  # from `rather not say` round to the first
    assert focused(browser).get_attribute("value") == "consumers"
    tab_to(browser, lambda here: here.get_attribute("id") == "reach")
    press(browser, *"kim@example.org", Keys.TAB, Keys.SPACE, Keys.TAB)
    assert focused(browser).get_attribute("id") == "nickname", "the trap for robots is no stop"
    time.sleep(2)
    tab_to(browser, lambda here: here.text == "Send")
    press(browser, Keys.ENTER)
    reference = _thanked(browser)
    (kept,) = desk.listing(library)
    assert (kept.reference, kept.need, kept.audience) == (reference, "A group in Broome", "consumers")
    assert (kept.reach, kept.may_leave_message, kept.nickname) == ("kim@example.org", True, "")
    assert browser.get_cookies() == []
    assert browser.get_log("browser") == []


def test_without_javascript_on_a_small_screen_a_mistake_loses_nothing(
    browser: Chrome, address: str, library: Library
) -> None:
    size(browser, 320)
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(f"{address}/ask")
    css(browser, "#nickname").send_keys("Kim")
    time.sleep(2)
    css(browser, ".send button").click()
    wait(browser, lambda _: browser.title.startswith("Not sent yet"))
    css(browser, ".not-sent a[href='#need']").send_keys(Keys.ENTER)
    assert browser.current_url.endswith("/ask#need")
    assert css(browser, "#nickname").get_attribute("value") == "Kim"
    css(browser, "#need").send_keys("Two\nlines")
    css(browser, ".send button").click()
    wait(browser, lambda _: "/ask/thanks/" in browser.current_url)
    assert "cannot send you an answer" in css(browser, "main").text
    assert [(each.need, each.nickname) for each in desk.listing(library)] == [("Two\nlines", "Kim")]


def test_reloading_the_thanks_and_pressing_twice_make_one_enquiry(
    browser: Chrome, address: str, library: Library
) -> None:
    browser.get(f"{address}/ask")
    css(browser, "#need").send_keys("Once")
    time.sleep(2)
    browser.execute_script("const f = document.querySelector('.ask-form'); f.submit(); f.submit();")
    reference = _thanked(browser)
    browser.refresh()
    assert _thanked(browser) == reference
    assert len(desk.listing(library)) == 1


def test_a_page_of_another_origin_cannot_ask_in_a_visitors_name(
    browser: Chrome, address: str, library: Library, elsewhere: Callable[[str], str]
) -> None:
    browser.get(f"{address}/ask")  # a real token, such as an attacker can fetch as well as anybody
    token = html.escape(str(css(browser, "[name=token]").get_attribute("value")))
    time.sleep(2)
    fields = f'<input name="token" value="{token}"><input name="need" value="A wicked thing">'
    browser.get(elsewhere(f'<form method="post" action="{address}/ask">{fields}<button>Win</button></form>'))
    css(browser, "button").click()
    wait(browser, lambda _: browser.title.startswith("Not sent"))
    assert "came from another website" in css(browser, "h1").text
    assert "wicked" not in browser.page_source
    assert desk.listing(library) == ()


def _is_without_fault(browser: Chrome, address: str, scheme: str) -> None:
    axe.see(browser, scheme)
    browser.get(address)
    _holds(browser, scheme)


def _holds(browser: Chrome, scheme: str = "light") -> None:
    """axe finds nothing, and the page does not scroll sideways at 320 pixels or with letters twice the size."""
    assert axe.faults(browser, scheme) == []
    size(browser, 320)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 320
    size(browser, 360)
    browser.execute_script("document.documentElement.style.fontSize = '200%'")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 360
    size(browser, 1280, 860)


@pytest.mark.parametrize("scheme", axe.RULES)
def test_the_form_its_mistakes_its_thanks_and_a_pack_are_without_a_fault_that_axe_knows(
    browser: Chrome, address: str, library: Library, scheme: str
) -> None:
    guide = making.a_resource(library, "A guide", "Words.", summary="About it.", content_notes=("suicide",))
    pack = packs.create(library, Contents("To begin", [guide], "Hello.", {guide: "Page 4."}))
    reference = asking.ask(library, Question("A question"), "form").reference
    for page in ("/ask", f"/ask/thanks/{reference}", f"/packs/{pack.slug}"):
        _is_without_fault(browser, address + page, scheme)
    packs.withdraw(library, pack.slug)
    _is_without_fault(browser, f"{address}/packs/{pack.slug}", scheme)
    browser.get(f"{address}/ask")
    css(browser, "#reach").send_keys("x" * 400)
    time.sleep(2)
    css(browser, ".send button").click()
    wait(browser, lambda _: browser.title.startswith("Not sent yet"))
    _holds(browser, scheme)


def test_a_flood_does_not_stop_those_who_read(address: str, library: Library) -> None:
    with urllib.request.urlopen(f"{address}/ask") as form:
        token = form.read().decode().split('name="token" value="')[1].split('"')[0]
    time.sleep(2.1)

    def flood(at: int) -> int:
        body = f"token={token}&need=Spam+{at}+".encode() + b"x" * 3000
        asked = urllib.request.Request(f"{address}/ask", body, {"Sec-Fetch-Site": "same-origin"})
        try:
            with urllib.request.urlopen(asked) as thanks:
                return int(thanks.status)
        except urllib.error.HTTPError as problem:
            problem.close()
            return problem.code

    with ThreadPoolExecutor(8) as robots:
        answers = [robots.submit(flood, at) for at in range(200)]
        read = 0
        while not all(each.done() for each in answers):
            with urllib.request.urlopen(address) as page:
                assert page.status == 200
            read += 1
    statuses = [each.result() for each in answers]
    assert set(statuses) <= {200, 429, 503}
    assert 10 <= statuses.count(200) == len(desk.listing(library)) <= 11, "two may be written at once"
    assert read > 2, "while the flood goes on, and not after it"
