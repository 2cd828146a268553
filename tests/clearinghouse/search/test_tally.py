"""Searches are counted, and nobody is known by them."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest

from clearinghouse import counting
from clearinghouse.library import Library, open_library
from clearinghouse.search import tally, unnamed
from clearinghouse.settings import Settings
from clearinghouse.web import create_app
from tests.clearinghouse import making

TODAY = date.today()  # noqa: DTZ011 - reports look back from today


def _search(library: Library, typed: str, day: int = 0, *, found: bool = True) -> None:
    tally.count(library, typed, found=found)
    tally.write(library, TODAY + timedelta(days=day))


def _kept(library: Library) -> str:
    """Every byte that the tables hold, as text."""
    with sqlite3.connect(library.settings.home / "library.db") as connection:
        tables = ("search_day", "search_tally", "secret")
        return "".join(str(row) for table in tables for row in connection.execute(f"SELECT * FROM {table}"))


def test_words_are_kept_only_once_three_days_have_seen_them(library: Library) -> None:
    for day in range(3):
        _search(library, "Hearing voices", day, found=False)
        _search(library, "hearing  voices", day)
        kept = tally.report(library)
        assert [each.words for each in kept.asked] == (["hearing voices"] if day == 2 else [])
        assert ("hearing" in _kept(library)) is (day == 2)
    (unmet,) = tally.report(library).unmet
    assert (unmet.days, unmet.searches, unmet.nothing_found) == (3, 6, 3)


def test_the_same_words_many_times_on_one_day_are_not_kept(library: Library) -> None:
    for _ in range(50):
        _search(library, "hearing voices")
    assert tally.report(library).asked == ()
    (day,) = tally.report(library).days
    assert (day.day, day.searches, day.nothing_found) == (TODAY, 50, 0)


def test_what_could_say_who_searched_is_left_out_even_after_many_days(library: Library) -> None:
    typed = "supervision for Oleander Quux oleander@example.org 0412345678"
    for day in range(5):
        _search(library, typed, day)
    assert [each.words for each in tally.report(library).asked] == ["supervision for"]
    for word in ("leander", "uux", "example", "0412"):
        assert word not in _kept(library)


def test_a_question_in_somebodys_own_sentence_is_only_counted(library: Library) -> None:
    for day in range(4):
        _search(library, "how do we tell our son that his favourite aunt is in hospital again", day)
    found = tally.report(library)
    assert found.asked == ()
    assert sum(each.searches for each in found.days) == 4


def test_words_that_nobody_looks_for_again_are_forgotten(library: Library) -> None:
    _search(library, "wayfinding")
    _search(library, "hope", 61)
    with sqlite3.connect(library.settings.home / "library.db") as connection:
        assert connection.execute("SELECT count(*) FROM search_tally").fetchone() == (1,)


def test_what_is_asked_most_and_found_least_comes_first(library: Library) -> None:
    for day in range(3):
        for words, times, found in (("hope", 3, True), ("voices", 2, False), ("jobs", 1, False)):
            for _ in range(times):
                _search(library, words, day, found=found)
    report = tally.report(library)
    assert [each.words for each in report.unmet] == ["voices", "jobs"]
    assert [each.words for each in report.asked] == ["hope", "voices", "jobs"]


def test_counting_can_be_switched_off(library: Library) -> None:
    quiet = open_library(Settings(home=library.settings.home, count_searches=False))
    tally.count(quiet, "hope", found=True)
    assert tally.write(quiet) == 0
    assert tally.report(quiet).counted is False
    quiet.close()


def test_turning_a_page_or_narrowing_is_no_new_search_and_a_robot_is_nobody(library: Library) -> None:
    making.a_resource(library, "Hope")
    visitor = create_app(library).test_client()
    person = {"User-Agent": "Mozilla/5.0 (Android 9; Mobile)"}
    visitor.get("/search?q=hope", headers=person)
    visitor.get("/search?q=hope&page=2", headers=person)
    visitor.get("/search?q=hope&kind=story", headers=person)
    visitor.get("/search?q=hope", headers={"User-Agent": "Examplebot/2.1"})
    visitor.get("/search", headers=person)
    assert tally.write(library) == 1


def test_more_words_than_can_be_held_are_counted_without_words() -> None:
    searches = counting.Searches()
    for number in range(counting.MOST + 5):
        searches.add(f"word {number}", found=True)
    taken = searches.take()
    assert taken[counting.UNSAID].searches == 5
    assert not searches


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Peer Worker jobs", "peer worker jobs"),
        ("Jane Citizen diagnosis", "diagnosis"),
        ("jessica citizen diagnosis", "diagnosis"),
        ("my name is tuesday addams supervision", "supervision"),
        ("Dr Strange Visitor supervision", "supervision"),
        ("supervision", "supervision"),
        ("someone@example.org", ""),
        ("https://example.org/me hope", "hope"),
        ("CHC43515", ""),
        ("co-design", "co-design"),
        ("“lived experience” -clinical", "lived experience clinical"),
        ("!!!", ""),
    ],
)
def test_names_addresses_and_numbers_are_left_out(typed: str, kept: str) -> None:
    assert unnamed.words_of(typed, {"peer worker"}) == kept
