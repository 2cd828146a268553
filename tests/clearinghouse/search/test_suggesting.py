"""What is offered while somebody types: preferred words and published titles, and nothing else."""

from __future__ import annotations

from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.models import GlossaryEntry
from clearinghouse.search import suggesting
from tests.clearinghouse import making


def _labels(library: Library, typed: str) -> list[str]:
    return [each.label for each in suggesting.suggestions(library, typed)]


def test_each_word_typed_begins_a_word_of_what_is_offered_in_any_order(library: Library) -> None:
    making.a_resource(library, "A long walk: notes on group supervision")
    making.a_resource(library, "Group walking")
    assert _labels(library, "gro sup") == ["A long walk: notes on group supervision"]
    assert _labels(library, "SUP gro") == ["A long walk: notes on group supervision"]
    assert _labels(library, "roup") == []


def test_what_begins_with_the_words_comes_before_what_has_them_further_on(library: Library) -> None:
    making.a_resource(library, "On wayfinding")
    making.a_resource(library, "Wayfinding for families")
    assert _labels(library, "wayf") == ["Wayfinding for families", "On wayfinding"]


def test_topics_come_first_then_the_glossary_and_a_name_stands_once(library: Library) -> None:
    making.a_resource(library, "Peer worker")
    making.a_resource(library, "Peer workers in the kitchen")
    found = suggesting.suggestions(library, "peer wor")
    assert [each.kind for each in found] == ["topic", "resource"]
    assert [each.label for each in found] == ["Peer worker", "Peer workers in the kitchen"]


def test_drafts_withdrawn_resources_and_offered_words_are_never_offered(library: Library) -> None:
    making.a_resource(library, "Zebra crossing", draft=True)
    catalogue.withdraw(library, making.a_resource(library, "Zebra fish"), "Out of date.")
    with library.database.writing() as session:
        session.add(GlossaryEntry(slug="zebra", word="zebra", meaning="A horse.", examples=[], accepted=False))
    assert _labels(library, "zebra") == []


def test_historical_words_are_never_offered(library: Library) -> None:
    assert _labels(library, "patient") == []


def test_signs_that_mean_something_to_the_database_mean_themselves(library: Library) -> None:
    making.a_resource(library, "100% of us")
    assert _labels(library, "100%") == ["100% of us"]
    assert _labels(library, "1_0") == []
    assert _labels(library, "x") == _labels(library, "") == []


def test_no_more_than_eight_are_offered_however_much_begins_so(library: Library) -> None:
    for number in range(12):
        making.a_resource(library, f"Kookaburra {number}")
    assert len(_labels(library, "kooka")) == suggesting.MOST


def test_titles_with_content_notes_are_not_offered_to_whoever_hides_them(library: Library) -> None:
    making.a_resource(library, "Wombats and restraint", content_notes=("restraint",))
    making.a_resource(library, "Wombats at rest")
    assert _labels(library, "wombats") == ["Wombats at rest", "Wombats and restraint"]
    shown = suggesting.suggestions(library, "wombats", hide_noted=True)
    assert [each.label for each in shown] == ["Wombats at rest"]
