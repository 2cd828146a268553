"""What people come to do, each by keyboard alone, without JavaScript, and on a screen 320 pixels wide."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from clearinghouse.enquiries import desk
from clearinghouse.library import Library
from tests.web.driving import Hand, Keyboard, Pointer, at, css, downloaded, size, wait, without_javascript
from tests.web.pages import HANDBOOK

pytestmark = pytest.mark.browser


@pytest.fixture(params=["keyboard alone", "without JavaScript", "320 pixels"])
def hand(request: pytest.FixtureRequest, browser: Chrome, site_address: str) -> Iterator[Hand]:
    """A visitor on the first page."""
    if request.param == "without JavaScript":
        without_javascript(browser)
    if request.param == "320 pixels":
        size(browser, 320, 568)
    browser.get(site_address)
    yield Keyboard(browser) if request.param == "keyboard alone" else Pointer(browser)
    wide = browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, "the journey ended on a page that scrolls sideways"


def unfold(hand: Hand) -> None:
    """Open the filters where the screen folds them away."""
    if css(hand.browser, ".fold-label").is_displayed():
        hand.press(".fold-label")


def test_find_by_door(hand: Hand) -> None:
    browser = hand.browser
    hand.press(".door-carers")
    at(browser, "/for/carers")
    hand.write("#q", "wayfinding")
    hand.press("main .search-row button")
    at(browser, "audience=carers")
    assert "Family, friends and carers" in css(browser, ".chosen").text
    hand.press(".card-title a")
    at(browser, HANDBOOK)
    hand.press(".site-nav a[href^='/topics']")
    at(browser, "/topics?audience=carers")
    hand.press(".kept a")
    wait(browser, lambda _: browser.current_url.endswith("/topics"))


def test_search_and_filter_and_take_the_original_away(hand: Hand, tmp_path: Path) -> None:
    browser = hand.browser
    hand.write("#q", "kookaburra")
    hand.press(".welcome .search-row button")
    at(browser, "q=kookaburra")
    unfold(hand)
    hand.press("input[name=audience][value=carers]")
    hand.press(".apply button")
    at(browser, "audience=carers")
    assert css(browser, ".how-many").text == "1 resource"
    hand.press(".found-pages a")
    at(browser, "#page-30")
    assert css(browser, "#page-30 mark").text == "kookaburra"
    top = browser.execute_script("return document.getElementById('page-30').getBoundingClientRect().top")
    assert 0 <= top < 400, "the page that matched is in view, below the strip"
    browser.execute_script("scrollTo(0, 0)")
    if isinstance(hand, Keyboard):
        browser.get(browser.current_url.split("#")[0])  # the start again, and not from the thirtieth page
    hand.press(".reading-head a[href*='download=1']")
    assert downloaded(tmp_path).read_bytes().startswith(b"%PDF-")


def test_open_an_easy_read_twin(hand: Hand) -> None:
    browser = hand.browser
    hand.write("#q", "wayfinding")
    hand.press(".welcome .search-row button")
    at(browser, "q=wayfinding")
    hand.press(".offers li:first-child a")
    at(browser, "easy=first")
    hand.press(".card-title a")
    at(browser, "/easy-read-en/read")
    assert css(browser, "article.easy-read").is_displayed()
    assert "Easy Read first" in css(browser, ".kept").text
    hand.press(".kept a")
    wait(browser, lambda _: "easy=first" not in browser.current_url)
    at(browser, "/easy-read-en/read")


def test_walk_a_training_series(hand: Hand) -> None:
    browser = hand.browser
    hand.press(".site-nav a[href^='/collections']")
    at(browser, "/collections")
    hand.press(".card-title a[href^='/collections/starting-out']")
    at(browser, "/collections/starting-out")
    hand.press(".card-title a")
    at(browser, HANDBOOK)
    seen = [css(browser, "h1").text]
    for _ in range(2):
        before = browser.current_url
        hand.press(".place [rel=next]")
        wait(browser, lambda _, before=before: browser.current_url != before)
        at(browser, "/resources/")
        seen.append(css(browser, "h1").text)
    assert seen[0] == "Handbook of peer wayfinding"
    assert seen[2] == "A course somewhere else"
    assert browser.find_elements(By.CSS_SELECTOR, ".place [rel=next]") == []
    hand.press(".place [rel=prev]")
    wait(browser, lambda _: css(browser, "h1").text == seen[1])


def test_look_a_word_up_in_the_text_and_in_the_glossary(hand: Hand) -> None:
    browser = hand.browser
    browser.get(browser.current_url.rstrip("/") + f"{HANDBOOK}/full-en/read")
    meaning = css(browser, "#page-1 details.word .meaning")
    assert not meaning.is_displayed()
    hand.press("#page-1 details.word summary")
    wait(browser, lambda _: meaning.is_displayed())
    said = css(browser, "#page-1 .meaning p").text
    hand.press("#page-1 .meaning a")
    at(browser, "/glossary")
    assert css(browser, ".entry:target p").text == said
    hand.press(".entry:target .way-on a")
    at(browser, "/search?q=")
    assert said in css(browser, ".asked-for").text


def test_ask_the_officer(hand: Hand, shelves: Library) -> None:
    browser = hand.browser
    hand.press(".site-nav a[href^='/ask']")
    at(browser, "/ask")
    hand.write("#need", "A group near Broome")
    hand.write("#nickname", "Kim")
    time.sleep(2)  # whoever sends sooner is taken for a robot, and asked to send once more
    hand.press(".send button")
    at(browser, "/ask/thanks/")
    reference = css(browser, ".reference").text
    kept = next(each for each in desk.listing(shelves) if each.reference == reference)
    assert (kept.need, kept.nickname) == ("A group near Broome", "Kim")


def test_leave_the_page(hand: Hand) -> None:
    browser = hand.browser
    hand.press("#leave")
    wait(browser, lambda _: browser.current_url.endswith("/robots.txt"))
