"""What is said of a resource: a curator's word beats the document's, and words are checked."""

from __future__ import annotations

from datetime import date

import pytest

from clearinghouse.errors import Invalid, Unknown
from clearinghouse.holdings import catalogue, record
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.orm import now
from tests.clearinghouse import making


def _apply(library: Library, slug: str, said: Record, *, by_curator: bool) -> dict[str, list[object]]:
    with library.database.writing() as session:
        return record.apply(session, catalogue.find(session, slug), said, by_curator=by_curator)


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


def test_a_topic_is_found_by_slug_by_its_words_and_by_other_words(library: Library) -> None:
    for word in ("peer-worker", "Peer worker", "peer practitioner", "PEER PRACTITIONER"):
        assert record.topic_slugs(library, [word]) == ("peer-worker",)


def test_an_unknown_topic_names_the_nearest_and_lists_all(library: Library) -> None:
    with pytest.raises(Unknown, match=r"no topic “peer-wroker”. Did you mean “peer-worker”\? Known: .*stigma"):
        record.topic_slugs(library, ["peer-wroker"])


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Record(kind="guidline"), "no kind “guidline”. Did you mean “guideline”.*Known: research-paper, review"),
        (Record(audiences=("carer",)), "no audience “carer”. Did you mean “carers”.*Known: consumers, carers"),
        (Record(speaks="clinicle"), "no “who speaks” value “clinicle”. Did you mean “clinical”.*Known:"),
        (Record(audiences=("qqq",)), r"no audience “qqq”. Known: consumers, carers, staff, providers\."),
    ],
)
def test_an_unknown_word_names_the_nearest_and_the_whole_list(said: Record, sentence: str) -> None:
    with pytest.raises(Unknown, match=sentence):
        record.checked(said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Record(year=20), "The year 20 cannot be right"),
        (Record(year=now().year + 2), "cannot be right"),
        (Record(link="ftp://somewhere"), "must begin with https://"),
        (Record(link="javascript:alert(1)"), "must begin with https://"),
        (Record(title="  "), "The title is empty"),
    ],
)
def test_what_cannot_be_so_is_refused_with_advice(said: Record, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        record.checked(said)


def test_words_may_be_said_as_people_say_them() -> None:
    said = record.checked(Record(kind="Research Paper", audiences=("Family, friends and carers", "STAFF")))
    assert said.kind == "research-paper"
    assert said.audiences == ("carers", "staff")


def test_the_history_keeps_plain_values(library: Library) -> None:
    slug = making.a_resource(library, "A guide")
    said = Record(checked_on=date(2026, 11, 22), topics=("hope",), details={"cost": "free"})
    assert _apply(library, slug, said, by_curator=True) == {
        "checked_on": [None, "2026-11-22"],
        "topics": [[], ["hope"]],
        "details": [{}, {"cost": "free"}],
    }


def test_what_a_document_does_not_say_is_not_said() -> None:
    assert record.of_document(making.extracted("words")).said() == {}
    assert record.of_document(making.extracted("words", title="Hope", year=2012)).said() == {
        "title": "Hope",
        "year": 2012,
    }
