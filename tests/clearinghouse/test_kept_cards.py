"""Cards that are kept: never other than those of the rows as they are, and read no more often than need be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from clearinghouse import cards, kept_cards
from clearinghouse.holdings import catalogue, forms
from clearinghouse.holdings.record import Record
from clearinghouse.kept_cards import KeptCards
from clearinghouse.library import Library
from clearinghouse.models import Resource
from clearinghouse.views import Card
from tests.clearinghouse.making import a_resource, an_edition


@pytest.fixture
def kept() -> KeptCards:
    return KeptCards()


@contextmanager
def _statements(library: Library) -> Iterator[list[str]]:
    """What is asked of the database within the block, but for its beginning."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    event.listen(library.database.engine, "before_cursor_execute", note)
    yield said
    event.remove(library.database.engine, "before_cursor_execute", note)


def _stamps(library: Library) -> dict[int, object]:
    with library.database.reading() as session:
        return kept_cards.stamps(session, session.scalars(select(Resource.id).order_by(Resource.id)).all())


def _of(library: Library, kept: KeptCards) -> list[Card]:
    stamps = _stamps(library)
    with library.database.reading() as session:
        return list(kept.of(session, stamps).values())


def _fresh(library: Library) -> list[Card]:
    stamps = _stamps(library)
    with library.database.reading() as session:
        return list(cards.read(session, list(stamps)).values())


CHANGES: dict[str, Callable[[Library, str], object]] = {
    **{
        str(said): lambda library, slug, said=said: catalogue.revise(library, slug, said)
        for said in (
            *(Record(title="Another name"), Record(summary="In short."), Record(organisation="A service")),
            *(Record(year=1999), Record(kind="story"), Record(audiences=("carers",)), Record(authors=("Bo Li",))),
            *(Record(speaks="consumer-led"), Record(link="https://example.org/"), Record(content_notes=("Loss",))),
        )
    },
    "a form more": lambda library, slug: an_edition(library, slug, "Easy words.", form="easy-read"),
    "a form less": lambda library, slug: forms.remove(library, slug, "full-en"),
    "a form of another name": lambda library, slug: forms.revise(library, slug, "full-en", {"label": "All of it"}),
    "a form in another language": lambda library, slug: forms.revise(library, slug, "full-en", {"language": "it"}),
    "withdrawn": lambda library, slug: catalogue.withdraw(library, slug, "Old."),
    "its form moved away": lambda library, slug: forms.move(library, slug, "another-guide"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_card_is_that_of_its_row_whatever_was_changed(
    library: Library, kept: KeptCards, change: Callable[[Library, str], object]
) -> None:
    slug = a_resource(library, "A guide", "Words.")
    a_resource(library, "Another guide", "Words.")
    before = _of(library, kept)
    assert len(before) == 2
    change(library, slug)
    after = _of(library, kept)
    assert after == _fresh(library)
    assert after != before


def test_what_has_not_changed_is_not_read_again(library: Library, kept: KeptCards) -> None:
    slugs = [a_resource(library, f"Guide {at}", "Words.") for at in range(3)]
    before = _of(library, kept)
    stamps = _stamps(library)
    with library.database.reading() as session, _statements(library) as asked:
        again = kept.of(session, stamps)
    assert list(again.values()) == before
    assert asked == []
    catalogue.revise(library, slugs[1], Record(title="Another name"))
    after = _of(library, kept)
    assert [one is other for one, other in zip(before, after, strict=True)] == [True, False, True]


def test_cards_come_in_the_order_asked_for(library: Library, kept: KeptCards) -> None:
    for at in range(4):
        a_resource(library, f"Guide {at}")
    stamps = _stamps(library)
    backwards = dict(reversed(stamps.items()))
    with library.database.reading() as session:
        kept.of(session, {number: stamps[number] for number in list(stamps)[1:3]})
        assert list(kept.of(session, backwards)) == list(backwards)


def test_the_card_of_another_resource_with_the_same_number_is_its_own(library: Library, kept: KeptCards) -> None:
    a_resource(library, "A guide", "Words.")
    (before,) = _of(library, kept)
    with library.database.writing() as session:
        session.delete(session.get(Resource, before.id))
    assert _of(library, kept) == []
    a_resource(library, "Another guide", "Words.")
    (after,) = _of(library, kept)
    assert (after.id, after.title) == (before.id, "Another guide")


def test_no_more_are_kept_than_wanted_and_the_first_go_first(library: Library) -> None:
    kept = KeptCards(most=3)
    for at in range(5):
        a_resource(library, f"Guide {at}")
    first = _of(library, kept)
    assert [card.title for card in first] == [f"Guide {at}" for at in range(5)]
    stamps = _stamps(library)
    with library.database.reading() as session, _statements(library) as asked:
        kept.of(session, {number: stamps[number] for number in list(stamps)[2:]})
        assert asked == []
        kept.of(session, {number: stamps[number] for number in list(stamps)[:1]})
        assert asked != []


def test_they_are_read_ahead_some_at_a_time_and_what_was_changed_last_first(library: Library) -> None:
    for at in range(70):
        a_resource(library, f"Guide {at}")
    a_resource(library, "A draft", draft=True)
    kept = KeptCards()
    assert list(kept.fill(library.database)) == [64, 70]
    few = KeptCards(most=2)
    assert list(few.fill(library.database)) == [2]
    stamps = _stamps(library)
    with library.database.reading() as session, _statements(library) as asked:
        assert [card.title for card in kept.of(session, stamps).values()] == [f"Guide {at}" for at in range(70)]
        few.of(session, {number: stamps[number] for number in list(stamps)[-2:]})
    assert asked == []
