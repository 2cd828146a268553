"""More like this."""

from __future__ import annotations

import pytest

from clearinghouse import indexing
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.collections import Placement
from clearinghouse.library import Library
from clearinghouse.search import similar
from index.errors import Unavailable
from tests.clearinghouse import making


def _titles(library: Library, slug: str) -> list[str]:
    indexing.sync(library)
    return [card.title for card in similar.to(library, slug)]


def test_what_shares_a_topic_stands_before_what_only_shares_a_word(library: Library) -> None:
    here = making.a_resource(library, "Supervision for teams", topics=("peer-supervision",))
    making.a_resource(library, "Supervision of swimming pools", topics=("evaluation",), audiences=("providers",))
    making.a_resource(library, "Reflecting together", topics=("peer-supervision",))
    making.a_resource(library, "Bread")
    assert _titles(library, here) == ["Reflecting together", "Supervision of swimming pools"]


def test_neither_itself_nor_its_neighbours_in_a_series_are_like_it(library: Library) -> None:
    here = making.a_resource(library, "Listening circles, first", place=Placement("Course"))
    making.a_resource(library, "Listening circles, second", place=Placement("Course"))
    making.a_resource(library, "Listening circles at home")
    assert _titles(library, here) == ["Listening circles at home"]


def test_nothing_withdrawn_is_offered_even_before_the_index_knows(library: Library) -> None:
    here = making.a_resource(library, "Listening")
    gone = making.a_resource(library, "Listening well")
    assert _titles(library, here) == ["Listening well"]
    catalogue.withdraw(library, gone, "Out of date.")
    assert similar.to(library, here) == ()


def test_where_the_index_is_away_a_resource_can_still_be_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = making.a_resource(library, "Listening")

    def away(query: object) -> None:
        raise Unavailable("The index is away.")

    monkeypatch.setattr(library.engine, "search", away)
    assert similar.to(library, here) == ()
    assert similar.to(library, "nowhere") == ()


def test_nothing_with_content_notes_is_offered_to_whoever_hides_it(library: Library) -> None:
    one = making.a_resource(library, "Wombat groups")
    making.a_resource(library, "Wombat groups after seclusion", content_notes=("seclusion",))
    assert _titles(library, one) == ["Wombat groups after seclusion"]
    assert similar.to(library, one, hide_noted=True) == ()
