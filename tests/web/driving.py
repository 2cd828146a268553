"""Ways to move through the site in a real browser: with a pointer, or by keyboard alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

#: What shows that the element in focus has it: a ring, all of it within the window, and not under anything else.
_RING = """
const here = document.activeElement, style = getComputedStyle(here);
if (here === document.body) return null;
const label = here.labels && here.labels[0];
const ring = [here, label].some(each => each && getComputedStyle(each).outlineStyle !== 'none');
const box = here.getBoundingClientRect();
const x = Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1);
const seen = [0.5, 0.1, 0.9].some(part => {
  const hit = document.elementFromPoint(x, box.y + box.height * part);
  return hit && (here.contains(hit) || hit.contains(here) || (label && label.contains(hit)));
});
return {ring, seen, html: here.outerHTML.slice(0, 200)};
"""


def css(browser: Chrome, selector: str) -> WebElement:
    """The first element that `selector` finds."""
    return browser.find_element(By.CSS_SELECTOR, selector)


def wait(browser: Chrome, until: Callable[[Chrome], Any]) -> None:
    """Wait at most a minute: a busy machine may be slow, and what is right comes at once."""
    WebDriverWait(browser, 60).until(until)


def size(browser: Chrome, width: int, height: int = 640) -> None:
    """Make the window's inside `width` by `height` CSS pixels."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )


def without_javascript(browser: Chrome) -> None:
    """Run no script of the pages opened from now on."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})


def press(browser: Chrome, *keys: str) -> None:
    """Press and let go of each key in turn."""
    for key in keys:
        ActionChains(browser).send_keys(key).perform()


def focused(browser: Chrome) -> WebElement:
    """What has the focus."""
    return browser.switch_to.active_element


def tab_to(browser: Chrome, wanted: Callable[[WebElement], bool], most: int = 150) -> WebElement:
    """Press Tab until `wanted` is reached; every stop on the way must be seen to have the focus."""
    for _ in range(most):
        press(browser, Keys.TAB)
        state = browser.execute_script(_RING)
        if state is not None:
            assert state["ring"], f"no ring: {state['html']}"
            assert state["seen"], f"out of sight: {state['html']}"
            here = focused(browser)
            if wanted(here):
                return here
    pytest.fail("Tab never came there.")


def downloaded(folder: Path, suffix: str = ".pdf") -> Path:
    """The first whole file of that kind to arrive in `folder`."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        whole = [each for each in folder.iterdir() if each.suffix == suffix]
        if whole:
            return whole[0]
        time.sleep(0.05)
    pytest.fail("The download never arrived.")


class Hand(Protocol):
    """How a visitor uses a page."""

    browser: Chrome

    def press(self, selector: str) -> None:
        """Follow a link, press a button, tick a box, open what is folded."""

    def write(self, selector: str, words: str) -> None:
        """Write into a field."""


class Pointer:
    """A finger or a mouse."""

    def __init__(self, browser: Chrome) -> None:
        self.browser = browser

    def press(self, selector: str) -> None:
        """Bring it to the middle of the screen, as a reader does, and click."""
        wanted = css(self.browser, selector)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", wanted)
        wanted.click()

    def write(self, selector: str, words: str) -> None:
        """Type where one has clicked."""
        field = css(self.browser, selector)
        field.clear()
        field.send_keys(words)


class Keyboard:
    """Tab, Space, Enter and letters; nothing is ever clicked."""

    def __init__(self, browser: Chrome) -> None:
        self.browser = browser

    def press(self, selector: str) -> None:
        """Tab there, then Space for a box and Enter for the rest."""
        wanted = css(self.browser, selector)
        here = tab_to(self.browser, lambda at: at == wanted)
        press(self.browser, Keys.SPACE if here.get_attribute("type") in {"checkbox", "radio"} else Keys.ENTER)

    def write(self, selector: str, words: str) -> None:
        """Tab there and type over what stands there."""
        wanted = css(self.browser, selector)
        tab_to(self.browser, lambda at: at == wanted)
        ActionChains(self.browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
        ActionChains(self.browser).send_keys(words).perform()


def at(browser: Chrome, part: str) -> None:
    """Wait until the address has `part` and the page says where one is, in its title and in its only h1."""
    wait(browser, lambda _: part in browser.current_url)
    wait(browser, lambda _: browser.execute_script("return document.readyState") == "complete")
    headings = browser.find_elements(By.TAG_NAME, "h1")
    assert len(headings) == 1
    assert headings[0].text
    assert browser.title
