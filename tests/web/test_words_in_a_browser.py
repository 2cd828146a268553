"""Words opened where they stand, and passages copied with their source, in a real Chromium."""

from __future__ import annotations

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.web.driving import css, focused, press, size, tab_to, wait
from tests.web.pages import HANDBOOK

pytestmark = pytest.mark.browser

READ = f"{HANDBOOK}/full-en/read"
LINES = """
const paragraph = document.querySelector('#page-2 .paragraph');
const range = document.createRange();
const tops = [...paragraph.childNodes].map((node, at) => {
  range.selectNodeContents(node.nodeName === 'DETAILS' ? node.firstElementChild : node);
  const boxes = [...range.getClientRects()];
  const box = at ? boxes[0] : boxes.at(-1);  // what stands before the word may itself run over several lines
  return box ? Math.round(box.top + box.height / 2) : null;
});
return tops.filter(top => top !== null);
"""


def is_word(here: WebElement) -> bool:
    """Whether this is a word that can be opened."""
    return here.tag_name == "summary" and here.find_element(By.XPATH, "..").get_attribute("class") == "word"


def test_a_word_closed_or_open_leaves_its_sentence_on_one_line(browser: Chrome, site_address: str) -> None:
    browser.get(site_address + READ)
    closed = browser.execute_script(LINES)
    assert len(closed) == 3, "before the word, the word, and the stop after it"
    assert max(closed) - min(closed) <= 3
    css(browser, "#page-2 .word summary").click()
    meaning = css(browser, "#page-2 .meaning")
    assert meaning.is_displayed()
    opened = browser.execute_script(LINES)
    assert max(opened) - min(opened) <= 3
    assert meaning.rect["y"] > css(browser, "#page-2 .word summary").rect["y"]
    paragraph = css(browser, "#page-2 .paragraph").rect
    assert meaning.rect["y"] + meaning.rect["height"] <= paragraph["y"] + paragraph["height"] + 1


def test_a_word_is_opened_and_closed_with_the_keyboard_and_without_javascript(
    browser: Chrome, site_address: str
) -> None:
    size(browser, 320)
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(site_address + READ)
    word = tab_to(browser, is_word)
    meaning = word.find_element(By.XPATH, "../div")
    assert not meaning.is_displayed()
    press(browser, Keys.ENTER)
    assert "Regular, protected time" in meaning.text
    press(browser, Keys.TAB)
    assert focused(browser).text.startswith("Glossary")
    press(browser, Keys.ENTER)
    wait(browser, lambda _: browser.current_url.endswith("/glossary#word-supervision"))
    assert browser.title.startswith("Glossary")


def test_the_source_of_a_page_stands_there_without_javascript(browser: Chrome, site_address: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get(site_address + READ)
    assert not browser.find_elements(By.CSS_SELECTOR, ".quote-bar")
    css(browser, "#page-2 .quote summary").click()
    said = css(browser, "#page-2 .citation")
    assert said.text.endswith(f"\nPage 2: {site_address}{READ}#page-2")


def test_a_passage_is_copied_with_its_source_by_the_keyboard(browser: Chrome, site_address: str) -> None:
    for permission in ("clipboardReadWrite", "clipboardSanitizedWrite"):
        browser.execute_cdp_cmd("Browser.grantPermissions", {"origin": site_address, "permissions": [permission]})
    browser.get(site_address + READ)
    css(browser, "#page-2 .word summary").click()
    assert not css(browser, ".quote-bar").is_displayed()
    browser.execute_script(
        "const page = document.querySelector('#page-2'); const range = document.createRange();"
        "range.setStartBefore(page.querySelector('p, .paragraph'));"
        "range.setEndAfter(page.querySelector('.paragraph'));"
        "getSelection().removeAllRanges(); getSelection().addRange(range);"
    )
    wait(browser, lambda _: css(browser, ".quote-bar").is_displayed())
    button = tab_to(browser, lambda here: here.text == "Copy with its source", most=4)
    assert button.rect["height"] >= 44
    press(browser, Keys.ENTER)
    wait(browser, lambda _: css(browser, ".quote-bar [role=status]").text == "Copied")
    browser.execute_script("document.body.insertAdjacentHTML('beforeend', '<textarea id=paste></textarea>')")
    css(browser, "#paste").click()
    ActionChains(browser).key_down(Keys.CONTROL).send_keys("v").key_up(Keys.CONTROL).perform()
    wait(browser, lambda _: css(browser, "#paste").get_property("value"))
    pasted = str(css(browser, "#paste").get_property("value"))
    passage, _, source = pasted.partition("”\n")
    assert passage.startswith("“")
    assert passage.endswith("It speaks of supervision.")
    assert "protected time" not in pasted, "the meaning of a word is no part of the passage"
    assert source == css(browser, "#page-2 .citation").get_property("textContent")


def test_the_button_stands_clear_of_the_way_out_on_a_phone(browser: Chrome, site_address: str) -> None:
    size(browser, 320, 480)
    browser.get(site_address + READ)
    browser.execute_script("getSelection().selectAllChildren(document.querySelector('#page-2 .paragraph'))")
    wait(browser, lambda _: css(browser, ".quote-bar").is_displayed())
    bar, leave = css(browser, ".quote-bar").rect, css(browser, "#leave").rect
    assert bar["y"] + bar["height"] <= leave["y"]
    assert bar["x"] + bar["width"] <= 320


def test_on_paper_an_open_word_is_explained_and_a_closed_one_is_plain(browser: Chrome, site_address: str) -> None:
    browser.get(site_address + READ)
    css(browser, "#page-2 .word summary").click()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    assert css(browser, "#page-2 .meaning").is_displayed()
    assert not css(browser, "#page-3 .meaning").is_displayed()
    assert not css(browser, "#page-2 .quote").is_displayed()
    assert css(browser, "#page-3 .word summary").value_of_css_property("text-decoration-line") == "none"
