"""Help above the results, help lines by state, topics as a tree, and words that find and are never shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import delete

from clearinghouse import indexing, vocabulary
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.models import CrisisPhrase, HelpLine
from clearinghouse.upkeep import dated_facts
from clearinghouse.visiting import browsing
from clearinghouse.web import create_app
from clearinghouse.words import topics
from tests.clearinghouse import making

Get = Callable[[str], BeautifulSoup]


def _page(library: Library, address: str, status: int = 200) -> BeautifulSoup:
    response = create_app(library).test_client().get(address)
    assert response.status_code == status, address
    return BeautifulSoup(response.text, "lxml")


def test_a_search_that_suggests_a_crisis_shows_help_above_its_results(sample_library: Library) -> None:
    shown = _page(sample_library, "/search?q=i+want+to+die")
    card = shown.select_one(".help-first")
    assert card.h2.text == "You do not have to get through this alone"
    assert [each["href"] for each in card.select("a")] == [
        "tel:131114",
        "sms:0477131114",
        "tel:139276",
        "tel:000",
        "/help-now",
    ]
    assert card["aria-labelledby"] == card.h2["id"]
    everything = shown.select_one("main").find_all(True)
    assert everything.index(card) < everything.index(shown.select_one(".card-list"))
    assert shown.select(".card-list > li")  # never instead of them


def test_each_number_is_heard_with_whose_it_is(page: Get) -> None:
    for card in page("/help-now").select(".help-card"):
        for link in card.select("a[href^='tel:'], a[href^='sms:']"):
            assert link.text.endswith(f", {card.select_one('h3, h4').text}")


def test_words_of_distress_are_not_said_back_in_large_letters(page: Get) -> None:
    shown = page("/search?q=i+want+to+die")
    assert shown.h1.text == "Search results"
    assert shown.title.text.startswith("Search results –")
    assert shown.select_one("#q")["value"] == "i want to die"


def test_help_is_shown_too_where_nothing_is_found_and_beyond_what_a_page_shows(page: Get) -> None:
    assert page("/search?q=sucide").select_one(".help-first")
    nothing = page("/search?q=kill+myself+nothingatallhasthisword")
    assert nothing.select_one(".help-first")
    assert "Nothing found this time" in nothing.text
    assert page("/search?q=" + "so+tired+" * 60 + "I+don’t+want+to+live").select_one(".help-first")


@pytest.mark.parametrize("address", ["/search", "/search?q=supervision", "/search?q=suicide+prevention+training"])
def test_other_searches_show_no_help_card(page: Get, address: str) -> None:
    assert not page(address).select(".help-first")


def test_help_is_shown_while_search_is_away(library: Library) -> None:
    folder = library.settings.home / "index"
    folder.mkdir(exist_ok=True)
    (folder / "CURRENT").write_text("rubbish")
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("no folder at all")
    shown = _page(library, "/search?q=i+want+to+die", 503)
    assert shown.h1.text == "Search is having a rest"
    assert shown.select_one(".help-first a[href='tel:131114']")


def test_nothing_that_was_searched_for_is_logged(
    sample_library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        _page(sample_library, "/search?q=zanzibarword+want+to+die")
        _page(sample_library, "/search?q=zanzibarword&audience=nobody&page=99")
        _page(sample_library, "/nowhere?q=zanzibarword", 404)
    assert "zanzibarword" not in caplog.text


def test_a_database_without_its_phrases_still_answers_and_logs_no_words(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    indexing.rebuild(library)
    with library.database.writing() as session:
        CrisisPhrase.__table__.drop(session.connection())
    assert not _page(library, "/search?q=zanzibarword").select(".help-first")
    assert "crisis phrases could not be read" in caplog.text
    assert "zanzibarword" not in caplog.text


def test_triple_zero_is_on_every_page_even_with_no_help_line_left(library: Library) -> None:
    with library.database.writing() as session:
        session.execute(delete(HelpLine))
    app = create_app(library)
    for address in ("/", "/help-now", "/topics"):
        strip = BeautifulSoup(app.test_client().get(address).text, "lxml").select(".strip li a")
        assert [each["href"] for each in strip] == ["tel:000"]


def test_lines_for_all_of_australia_come_first_and_then_each_state(page: Get) -> None:
    shown = page("/help-now")
    headings = [each.text for each in shown.select("main h2")]
    assert headings[:3] == ["Any time, day or night", "At certain hours", "In your state or territory"]
    states = shown.select_one("section[aria-labelledby=states]")
    assert [each.text for each in states.select("h3")] == ["New South Wales", "Northern Territory"]
    assert [each.text for each in states.select("h4")] == ["NSW Mental Health Line", "NT Mental Health Line"]
    first = shown.select_one("section[aria-labelledby=always]")
    assert "NSW Mental Health Line" not in first.text


def test_a_line_that_is_overdue_does_not_frighten_whoever_needs_it(library: Library) -> None:
    dated_facts.checked(library, "Lifeline", on=date(2020, 3, 3))
    shown = _page(library, "/help-now")
    card = next(each for each in shown.select(".help-card") if each.h3 and each.h3.text == "Lifeline")
    assert "Checked 3 March 2020" in card.text
    assert not re.search("overdue|out of date|due to be|never checked", shown.text, re.IGNORECASE)


def test_topics_stand_a_to_z_with_the_narrower_beneath_the_broader(library: Library) -> None:
    making.a_resource(library, "Advising", topics=("consumer-consultant",))
    making.a_resource(library, "Advising more", topics=("consumer-consultant", "hope"))
    shown = _page(library, "/topics")
    assert [each.text for each in shown.select(".letters h2")] == ["C", "H", "P"]
    peer = shown.select_one("a[href='/topics/peer-worker']").find_parent("li")
    assert [each.text for each in peer.select(".narrower a")] == ["Consumer consultant"]
    assert "(2 resources)" in peer.select_one(".narrower").text
    assert len(shown.select("a[href='/topics/consumer-consultant']")) == 2  # under C, and beneath peer worker
    assert not shown.select("a[href='/topics/carer-consultant']")


def test_a_topic_page_has_its_scope_note_and_its_neighbours(library: Library) -> None:
    making.a_resource(library, "Advising", topics=("consumer-consultant",))
    shown = _page(library, "/topics/consumer-consultant")
    assert shown.h1.text == "Consumer consultant"
    assert "A peer worker who advises a service" in shown.select_one(".lead").text
    lists = {each.dt.text: [dd.text for dd in each.select("dd")] for each in shown.select(".neighbours > div")}
    assert lists == {"Part of": ["Peer worker"], "See also": ["Carer consultant", "Co-production"]}
    assert "Advising" in shown.text


def test_a_word_that_is_not_shown_finds_and_leads_to_the_one_that_is(sample_library: Library) -> None:
    here, topic = "Here we say consumer", "See the topic Consumer"
    for words, sentence in (("patient", here), ("mental+patients", here), ("severe+mental+illness", topic)):
        shown = _page(sample_library, f"/search?q={words}")
        assert shown.select(".card-list > li"), words
        assert sentence in " ".join(shown.text.split())
        assert shown.select_one(".suggestion a")["href"] == "/topics/consumer"


def test_words_that_only_find_stand_on_no_page_of_the_site(sample_library: Library) -> None:
    entries = topics.entries(sample_library)
    hidden = {word for each in entries for kind in ("historical", "clinical") for word in each.words.get(kind, ())}
    cards = catalogue.listing(sample_library, status="published")
    # Authors choose their own words, and journals their own names.
    theirs = " ".join(f"{card.title} {card.summary} {card.organisation}" for card in cards).casefold()
    ours = sorted(word for word in hidden if word.casefold() not in theirs)
    assert "patient" in ours
    assert len(ours) > 40
    wanted = re.compile(rf"\b({'|'.join(map(re.escape, ours))})s?\b", re.IGNORECASE)
    visitor = create_app(sample_library).test_client()
    plain = [rule for rule in visitor.application.url_map.iter_rules() if not rule.arguments]
    addresses = [rule.rule for rule in plain if "GET" in (rule.methods or ())]
    assert {"/", "/topics", "/help-now", "/about"} <= set(addresses)
    addresses += [f"/topics/{entry.slug}" for entry in entries]
    addresses += [f"/search?topic={entry.slug}" for entry in entries]
    addresses += [f"/resources/{card.slug}" for card in cards]
    addresses += [f"/for/{audience}" for audience in vocabulary.AUDIENCES]
    addresses += [f"/collections/{each.slug}" for each in browsing.collections(sample_library)]
    for address in addresses:
        shown = re.sub(r"<[^>]*>", " ", visitor.get(address, buffered=True).text)  # feeds are no HTML
        assert wanted.findall(shown) == [], address


def test_no_list_of_other_words_stands_on_a_topic_page(client: FlaskClient) -> None:
    text = client.get("/topics/peer-supervision").text
    assert "discipline-specific supervision" not in text
    assert "Other words" not in text
