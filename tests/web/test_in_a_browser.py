"""How every page behaves in a real Chromium, over a real server."""

from __future__ import annotations

import json

import pytest
from selenium.webdriver import Chrome, Keys

from tests.web import axe
from tests.web.driving import Pointer, css, press, size, wait
from tests.web.pages import HANDBOOK

pytestmark = pytest.mark.browser

#: Pages that between them show every colour.
IN_COLOUR = (
    "/",
    "/search?q=supervision&audience=staff",
    HANDBOOK,
    f"{HANDBOOK}/full-en/read?q=leaf",
    "/help-now",
    "/for/carers",
    "/pathways?where=TAS",
)


def test_the_filters_stand_open_beside_the_results_and_folded_on_a_small_screen(
    browser: Chrome, site_address: str
) -> None:
    browser.get(f"{site_address}/search")
    assert css(browser, "input[value=carers]").is_displayed()
    assert not css(browser, ".fold-label").is_displayed()
    size(browser, 360)
    assert not css(browser, "input[value=carers]").is_displayed()
    css(browser, ".fold-label").click()
    assert css(browser, "input[value=carers]").is_displayed()


def test_escape_three_times_leaves_and_puts_another_page_in_the_place_of_this_one(
    browser: Chrome, site_address: str
) -> None:
    browser.get(f"{site_address}/about")
    browser.get(f"{site_address}{HANDBOOK}")
    before = browser.execute_script("return history.length")
    press(browser, Keys.ESCAPE, Keys.ESCAPE)
    assert browser.current_url.endswith(HANDBOOK)
    press(browser, Keys.ESCAPE)
    wait(browser, lambda _: browser.current_url.endswith("/robots.txt"))
    assert browser.execute_script("return history.length") == before
    browser.back()
    wait(browser, lambda _: browser.current_url.endswith("/about"))


def test_the_way_out_is_in_reach_wherever_one_has_scrolled(browser: Chrome, site_address: str) -> None:
    for width, height in ((1280, 860), (360, 640), (320, 256)):
        size(browser, width, height)
        browser.get(f"{site_address}{HANDBOOK}/full-en/read")
        browser.execute_script("window.scrollTo(0, document.documentElement.scrollHeight / 2)")
        place = browser.execute_script(
            "const r = document.getElementById('leave').getBoundingClientRect();"
            "const hit = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);"
            "return [r.top, r.bottom, r.height, hit && hit.id]"
        )
        assert place[0] >= 0
        assert place[1] <= height
        assert place[2] >= 44
        assert place[3] == "leave"


def test_no_page_scrolls_sideways_at_320_pixels(browser: Chrome, site_address: str, every_page: list[str]) -> None:
    size(browser, 320, 256)
    for address in every_page:
        browser.get(site_address + address)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 320, address


def test_no_page_scrolls_sideways_with_letters_twice_the_size(
    browser: Chrome, site_address: str, every_page: list[str]
) -> None:
    size(browser, 360)
    for address in every_page:
        browser.get(site_address + address)
        browser.execute_script("document.documentElement.style.fontSize = '200%'")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 360, address


def test_no_request_leaves_the_host_and_the_browser_has_no_complaint(
    browser: Chrome, site_address: str, every_page: list[str]
) -> None:
    for address in every_page:
        browser.get(site_address + address)
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [
        each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"
    ]
    assert len(asked) > len(every_page)
    assert [url for url in asked if not url.startswith(f"{site_address}/")] == []
    assert browser.get_log("browser") == []
    cookies = browser.execute_cdp_cmd("Network.getAllCookies", {})["cookies"]
    assert {each["path"] for each in cookies} <= {"/ask"}


@pytest.mark.parametrize("scheme", axe.RULES)
def test_every_page_is_without_a_fault_that_axe_knows(
    browser: Chrome, site_address: str, scheme: str, every_page: list[str]
) -> None:
    axe.see(browser, scheme)
    faults = {}
    for address in (*every_page, "/nowhere", "/resources/an-old-policy") if scheme == "light" else IN_COLOUR:
        browser.get(site_address + address)
        if found := axe.faults(browser, scheme):
            faults[address] = found
    assert faults == {}


def test_what_is_ticked_can_be_applied_without_passing_every_filter(browser: Chrome, site_address: str) -> None:
    for width, height in ((1280, 600), (360, 640), (320, 480)):
        size(browser, width, height)
        browser.get(f"{site_address}/search")
        if css(browser, ".fold-label").is_displayed():
            Pointer(browser).press(".fold-label")
        browser.execute_script("document.querySelector('.filters').scrollIntoView(); scrollBy(0, -80)")
        last = "document.querySelector('.years').getBoundingClientRect().bottom"
        assert browser.execute_script(f"return {last}") > height, "the filters are taller than the screen"
        hit = browser.execute_script(
            "const r = document.querySelector('.apply button').getBoundingClientRect();"
            "return [0.05, 0.5, 0.95].every(part => "
            "document.elementFromPoint(r.x + r.width * part, r.y + r.height / 2)?.matches('.apply button'))"
        )
        assert hit, (width, height)


def test_with_colours_of_the_system_doors_stay_and_what_is_current_is_marked(
    browser: Chrome, site_address: str
) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "forced-colors", "value": "active"}]}
    )
    ground = "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor"
    browser.get(site_address)
    assert browser.execute_script(ground, ".leaf") != browser.execute_script(ground, ".door")
    browser.get(f"{site_address}/pathways?where=TAS")
    current, other = ".regions [aria-current]", ".regions a:not([aria-current])"
    assert browser.execute_script(ground, current) != browser.execute_script(ground, other)


def test_paper_has_nothing_to_press(browser: Chrome, site_address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    for address in (
        "/search?q=supervision",
        HANDBOOK,
        f"{HANDBOOK}/full-en/read?q=leaf",
        "/collections/starting-out",
    ):
        browser.get(site_address + address)
        shown = browser.execute_script("return document.body.innerText")
        for words in ("Search only for", "Skip to", "Narrow results", "Read it here", "Download", "feed reader"):
            assert words not in shown, address
        if address.endswith("?q=leaf"):
            assert "Ito, A." in shown, "paper says where it came from"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
