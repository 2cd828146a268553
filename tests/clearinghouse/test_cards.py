"""Cards read straight from the tables are those of whole resources."""

from __future__ import annotations

from sqlalchemy import select

from clearinghouse import cards, showing
from clearinghouse.library import Library
from clearinghouse.models import Resource
from tests.clearinghouse.making import a_resource, an_edition


def _whole(library: Library) -> dict[int, object]:
    with library.database.reading() as session:
        rows = session.scalars(select(Resource).options(*showing.card_parts()))
        return {row.id: showing.card(row) for row in rows}


def test_every_card_of_the_sample_library_is_the_same_read_either_way(sample_library: Library) -> None:
    whole = _whole(sample_library)
    with sample_library.database.reading() as session:
        assert cards.read(session, list(whole)) == whole
    assert any(len(card.form_names) > 1 for card in whole.values())  # type: ignore[attr-defined]


def test_forms_and_authors_keep_their_order(library: Library) -> None:
    slug = a_resource(library, "A guide", "Text", authors=("Zoe Last", "Amy First"), audiences=("staff", "carers"))
    an_edition(library, slug, "Testo", language="it")
    an_edition(library, slug, "Easy", form="easy-read")
    with library.database.reading() as session:
        (card,) = cards.read(session, [session.scalars(select(Resource.id)).one()]).values()
    assert card.authors == ("Zoe Last", "Amy First")
    assert card.forms == ("full", "easy-read")
    assert [each.label for each in card.form_names] == ["Full text", "Full text in Italian", "Easy Read"]
    assert card.audiences == ("carers", "staff")


def test_cards_come_in_the_order_asked_for_and_without_what_visitors_may_not_see(library: Library) -> None:
    for title in ("One", "Two", "Three"):
        a_resource(library, title)
    a_resource(library, "A draft", draft=True)
    with library.database.reading() as session:
        ids = dict(session.execute(select(Resource.title, Resource.id)).all())
        asked = [ids["Three"], ids["A draft"], ids["One"], 9999, ids["Two"]]
        shown = cards.published(session, asked)
        assert [card.title for card in shown.values()] == ["Three", "One", "Two"]
        assert [card.title for card in cards.read(session, asked).values()] == ["Three", "A draft", "One", "Two"]
        assert cards.read(session, []) == {}


def test_a_long_list_is_read_some_at_a_time(library: Library) -> None:
    with library.database.writing() as session:
        session.add_all(
            Resource(slug=f"r{at}", title=f"Resource {at}", content_notes=[], details={}) for at in range(600)
        )
    whole = _whole(library)
    with library.database.reading() as session:
        assert cards.read(session, list(whole)) == whole
