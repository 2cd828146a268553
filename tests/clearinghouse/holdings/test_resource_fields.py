"""What a resource says, changed as a record says: a curator's word beats the document's."""

from __future__ import annotations

from datetime import date

from clearinghouse.holdings import catalogue, resource_fields
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from tests.clearinghouse import making


def _apply(library: Library, slug: str, said: Record, *, by_curator: bool) -> dict[str, list[object]]:
    with library.database.writing() as session:
        return resource_fields.apply(session, catalogue.find(session, slug), said, by_curator=by_curator)


def test_a_document_never_overwrites_what_a_curator_set(library: Library) -> None:
    slug = making.a_resource(library, "A guide", year=2020)
    changed = _apply(library, slug, Record(title="final_v3", year=1999, licence="CC BY 4.0"), by_curator=False)
    assert changed == {"licence": ["", "CC BY 4.0"]}
    card = catalogue.show(library, slug).view.card
    assert (card.title, card.year) == ("A guide", 2020)


def test_a_curator_overwrites_what_a_document_said(library: Library) -> None:
    slug = making.a_resource(library, "A guide")
    _apply(library, slug, Record(organisation="Wrong Press"), by_curator=False)
    assert _apply(library, slug, Record(organisation="Right Press"), by_curator=True) == {
        "organisation": ["Wrong Press", "Right Press"]
    }
    assert _apply(library, slug, Record(organisation="Wrong Press"), by_curator=False) == {}


def test_a_curators_word_holds_though_it_changed_nothing(library: Library) -> None:
    slug = making.a_resource(library, "A guide")
    _apply(library, slug, Record(year=2001), by_curator=False)
    assert _apply(library, slug, Record(year=2001), by_curator=True) == {}
    assert _apply(library, slug, Record(year=1901), by_curator=False) == {}


def test_only_what_was_said_changes(library: Library) -> None:
    slug = making.a_resource(library, "A guide", summary="What it is.", authors=("Mead", "Hilton"))
    _apply(library, slug, Record(year=2001), by_curator=True)
    card = catalogue.show(library, slug).view.card
    assert (card.summary, card.authors, card.audiences) == ("What it is.", ("Mead", "Hilton"), ("staff",))


def test_authors_keep_the_order_of_the_work(library: Library) -> None:
    slug = making.a_resource(library, "A paper", authors=("Davidson", "Bellamy", "Guy"))
    changed = _apply(library, slug, Record(authors=("Guy", " Bellamy  B ", "Davidson")), by_curator=True)
    assert changed == {"authors": [["Davidson", "Bellamy", "Guy"], ["Guy", "Bellamy B", "Davidson"]]}
    assert catalogue.show(library, slug).view.card.authors == ("Guy", "Bellamy B", "Davidson")


def test_the_history_keeps_plain_values(library: Library) -> None:
    slug = making.a_resource(library, "A guide")
    said = Record(checked_on=date(2026, 11, 22), topics=("hope",), details={"cost": "free"})
    assert _apply(library, slug, said, by_curator=True) == {
        "checked_on": [None, "2026-11-22"],
        "topics": [[], ["hope"]],
        "details": [{}, {"cost": "free"}],
    }
