"""The library as plain pages on a stick: every link leads to a file, and the search works without a server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from selenium.webdriver import Chrome, Keys

from clearinghouse.errors import Invalid
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.static_site import words, writing
from tests.clearinghouse.making import a_resource
from tests.web import axe
from tests.web.driving import css, size, wait, without_javascript

Open = Callable[[str], None]


@pytest.fixture(scope="session")
def stick(sample_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample library written out."""
    folder = tmp_path_factory.mktemp("stick") / "library"
    writing.write(sample_library, folder)
    return folder


def _pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_every_address_on_every_page_leads_to_a_file(stick: Path) -> None:
    pages = _pages(stick)
    assert len(pages) > 150
    for page in pages:
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
        for tag, name in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action")):
            for element in soup.find_all(tag):
                parts = urlsplit(str(element.get(name, "")))
                if parts.scheme:
                    assert parts.scheme in {"https", "http", "tel", "sms", "mailto"}, element
                    continue
                assert not parts.path.startswith("/"), f"{page}: {element}"
                assert (page.parent / unquote(parts.path)).exists(), f"{page}: {element}"


def test_no_page_names_the_machine_it_was_made_on(stick: Path) -> None:
    for page in _pages(stick):
        assert "localhost" not in page.read_text(encoding="utf-8"), page


def test_every_resource_its_text_and_its_original_are_there(stick: Path, sample_library: Library) -> None:
    for listed in catalogue.listing(sample_library):
        assert (stick / "resources" / f"{listed.slug}.html").is_file()
    pdf = next(stick.rglob("*-original.pdf"))
    assert pdf.read_bytes().startswith(b"%PDF")


def test_citations_come_along(stick: Path) -> None:
    assert (stick / "resources/the-kettle/cite.bib").read_text(encoding="utf-8").startswith("@")
    series = stick / "collections/setting-up-and-running-peer-support/cite.ris"
    assert series.read_text(encoding="utf-8").count("TY  - ") == 3


def test_web_pages_that_could_run_a_script_stay_behind_and_their_text_comes_along(stick: Path) -> None:
    assert not list(stick.rglob("*-original.html"))
    reading = stick / "resources/what-is-peer-support/full-en.html"
    assert "Download the original" not in reading.read_text(encoding="utf-8")


def test_what_visitors_do_not_see_stays_out(library: Library, tmp_path: Path) -> None:
    a_resource(library, "Seen", "Words about hope.")
    a_resource(library, "Unseen", "A zebrafinch nobody may find.", draft=True)
    a_resource(library, "Taken back", "An old numbat.")
    catalogue.withdraw(library, "taken-back", "Replaced")
    written = writing.write(library, tmp_path / "out")
    assert written.resources == 1
    everything = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    for unseen in (b"zebrafinch", b"numbat", b"taken-back"):
        assert unseen not in everything


def test_an_empty_library_can_be_written_too(library: Library, tmp_path: Path) -> None:
    assert writing.write(library, tmp_path / "out").resources == 0
    assert (tmp_path / "out" / "index.html").is_file()


def test_a_folder_with_something_in_it_is_left_alone(library: Library, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("Mine")
    with pytest.raises(Invalid, match="there already"):
        writing.write(library, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["mine.txt"]


@pytest.mark.parametrize(
    ("word", "file"), [("hope", "ho"), ("9", "9"), ("co", "co"), ("é", "ue9"), ("aé", "u61"), ("支", "u652f")]
)
def test_words_are_sorted_into_files_that_every_system_can_name(word: str, file: str) -> None:
    assert words.file_of(word) == file


@pytest.fixture
def visit(browser: Chrome, stick: Path) -> Open:
    """Open a page of the stick."""
    return lambda address: browser.get(f"{stick.as_uri()}/{address}")


def _found(browser: Chrome) -> list[str]:
    wait(browser, lambda it: it.find_element("id", "how-many").text)
    wait(browser, lambda it: it.find_elements("css selector", ".card") or "Nothing" in css(it, "#how-many").text)
    return [each.text for each in browser.find_elements("css selector", ".card-title")]


@pytest.mark.browser
def test_each_box_stands_beside_the_words_it_is_for(browser: Chrome, visit: Open) -> None:
    visit("search.html")
    tops = browser.execute_script(
        "return [...document.querySelectorAll('fieldset label')].map(label => "
        "[...label.children].map(each => each.getBoundingClientRect().top))"
    )
    assert len(tops) == 4
    assert all(abs(box - said) < 8 for box, said in tops)


@pytest.mark.browser
def test_a_word_typed_on_the_first_page_finds_a_resource_and_opens_it(browser: Chrome, visit: Open) -> None:
    visit("index.html")
    css(browser, "#q").send_keys("boundaries", Keys.ENTER)
    found = _found(browser)
    assert found[0] == "Boundaries in peer work: close enough, and still standing"
    css(browser, ".card-title a").click()
    assert css(browser, "h1").text == found[0]
    css(browser, ".editions .button").click()
    assert "reading" in css(browser, "article").get_attribute("class").split()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("q=organizational+readiness", "Are we ready"),  # the other spelling of organisational
        ("q=CHC43515", "CHC43515"),
        ("q=cert+iv+mental+health", "Certificate IV"),
        ("q=codesign", "co-design"),
        ("q=sostegno", "What is peer support?"),
    ],
)
def test_words_are_read_as_on_the_site(browser: Chrome, visit: Open, asked: str, said: str) -> None:
    visit(f"search.html?{asked}")
    _found(browser)
    assert said.lower() in css(browser, "#list").text.lower()


@pytest.mark.browser
def test_an_audience_narrows_what_is_found(browser: Chrome, visit: Open) -> None:
    visit("search.html?q=support")
    every = css(browser, "#how-many").text if _found(browser) else ""
    visit("search.html?q=support&audience=carers")
    assert _found(browser)
    assert int(css(browser, "#how-many").text.split()[0]) < int(every.split()[0])
    assert css(browser, "input[value=carers]").is_selected()
    for card in browser.find_elements("css selector", ".card"):
        assert "Family, friends and carers" in card.text


@pytest.mark.browser
def test_other_words_for_the_same_are_searched_and_said(browser: Chrome, visit: Open) -> None:
    visit("search.html?q=lived+experience+worker")
    assert _found(browser)
    assert "We also searched for “Peer worker”" in css(browser, "#also").text


@pytest.mark.browser
def test_what_nothing_has_is_said_kindly(browser: Chrome, visit: Open) -> None:
    visit("search.html?q=nothingatallhasthisword")
    assert _found(browser) == []
    assert "about our shelves" in css(browser, "#how-many").text


@pytest.mark.browser
@pytest.mark.parametrize(
    ("asked", "shown"),
    [("i+want+to+die", True), ("I+don%27t+want+to+live", True), ("suicide", True), ("suicide+prevention", False)],
)
def test_a_search_that_suggests_a_crisis_shows_help_here_too(
    browser: Chrome, visit: Open, asked: str, shown: bool
) -> None:
    visit(f"search.html?q={asked}")
    _found(browser)
    assert css(browser, "#help-first").is_displayed() is shown
    assert browser.title.startswith("Search: ") is not shown  # what was typed stands in the box alone


@pytest.mark.browser
def test_without_javascript_everything_can_be_looked_through(browser: Chrome, visit: Open) -> None:
    without_javascript(browser)
    visit("search.html?q=boundaries")
    css(browser, "noscript a, .quiet a[href='everything.html']").click()
    letters = [each.get_attribute("href") for each in browser.find_elements("css selector", ".regions a")]
    titles = 0
    for letter in letters:
        browser.get(letter)
        titles += len(browser.find_elements("css selector", "main .kinds a"))
    assert titles == 59


@pytest.mark.browser
@pytest.mark.parametrize("address", ["search.html?q=peer", "everything.html", "ask.html", "index.html"])
def test_nothing_keeps_people_out_of_a_page_and_it_fits_a_small_screen(
    browser: Chrome, visit: Open, address: str
) -> None:
    size(browser, 320)
    visit(address)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 320
    assert axe.faults(browser, "light") == []
