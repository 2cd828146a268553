"""Stamps: what moves the moment at which a record last changed, and what does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from clearinghouse import groups, stamps
from clearinghouse.holdings import catalogue, forms, shelves
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Resource, Tombstone
from clearinghouse.words import topics
from tests.clearinghouse import making

Act = Callable[[Library], object]


def _stamps(library: Library) -> dict[str, datetime]:
    with library.database.reading() as session:
        return dict(session.execute(select(Resource.slug, Resource.changed_at)).all())


def _moved(library: Library, act: Act) -> set[str]:
    before = _stamps(library)
    act(library)
    after = _stamps(library)
    return {slug for slug, moment in after.items() if moment != before.get(slug)}


def _renamed(library: Library, slug: str, name: str) -> None:
    entries = topics.entries(library)
    topics.load(library, [replace(each, preferred=name) if each.slug == slug else each for each in entries])


def _rewrite(library: Library, text: str) -> None:
    with library.database.writing() as session:
        edition = catalogue.find(session, "guide").editions[0]
        edition.pages[0].text = text


@pytest.fixture
def shelf(library: Library) -> Library:
    """`guide`, about hope and on a shelf, and `other`, on the same shelf."""
    making.a_resource(library, "Guide", "Words.", topics=("hope",), authors=("Ana Ito",), place=Placement("Shelf"))
    making.a_resource(library, "Other", "Others.", place=Placement("Shelf"))
    return library


MOVING: dict[str, Act] = {
    "its title": lambda library: catalogue.revise(library, "guide", Record(title="New")),
    "its authors": lambda library: catalogue.revise(library, "guide", Record(authors=("Bo Lee",))),
    "its audiences": lambda library: catalogue.revise(library, "guide", Record(audiences=("carers",))),
    "its topics": lambda library: catalogue.revise(library, "guide", Record(topics=())),
    "its status": lambda library: catalogue.withdraw(library, "guide", "Old"),
    "a new edition": lambda library: making.an_edition(library, "guide", "Easy.", form="easy-read"),
    "an edition's name": lambda library: forms.revise(library, "guide", "full-en", {"label": "All"}),
    "an edition that is gone": lambda library: forms.remove(library, "guide", "full-en"),
    "the text of a page": lambda library: _rewrite(library, "New"),
    "the name of its topic": lambda library: _renamed(library, "hope", "Hope and hoping"),
    "leaving a collection": lambda library: shelves.remove(library, "shelf", "guide"),
}
NOT_MOVING: dict[str, Act] = {
    "the same title": lambda library: catalogue.revise(library, "guide", Record(title="Guide")),
    "the same topics": lambda library: topics.load(library, topics.entries(library)),
    "its place in the order": lambda library: shelves.move(library, "shelf", "guide", 2),
    "what a shelf says": lambda library: shelves.edit(library, "shelf", description="New"),
    "another of the same name": lambda library: making.a_resource(library, "Guide", "Words."),
}


@pytest.mark.parametrize("act", MOVING.values(), ids=MOVING)
def test_a_change_of_what_a_record_shows_moves_its_stamp_and_no_other(shelf: Library, act: Act) -> None:
    assert _moved(shelf, act) == {"guide"}


def test_a_collection_that_is_renamed_or_deleted_moves_what_stands_in_it(shelf: Library) -> None:
    assert _moved(shelf, lambda library: shelves.edit(library, "shelf", title="Shelf of hope")) == {
        "guide",
        "other",
    }
    assert _moved(shelf, lambda library: shelves.delete(library, "shelf")) == {"guide", "other"}


@pytest.mark.parametrize("act", NOT_MOVING.values(), ids=NOT_MOVING)
def test_what_no_record_shows_moves_no_stamp(shelf: Library, act: Act) -> None:
    assert _moved(shelf, act) - {"guide-2"} == set()


def test_a_reading_level_worked_out_later_moves_the_stamp(shelf: Library) -> None:
    _rewrite(shelf, "Peer workers help. They listen. " * 60)
    assert _moved(shelf, forms.work_out) == {"guide"}


def test_a_transaction_that_fails_moves_no_stamp(shelf: Library) -> None:
    def fail(library: Library) -> None:
        with library.database.writing() as session:
            catalogue.find(session, "guide").title = "New"
            session.flush()
            raise RuntimeError

    before = _stamps(shelf)
    with pytest.raises(RuntimeError):
        fail(shelf)
    assert _stamps(shelf) == before


def test_stamps_go_forward_though_the_clock_is_set_back(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    last = max(_stamps(shelf).values())
    monkeypatch.setattr(stamps, "now", lambda: datetime.now(UTC) - timedelta(days=2))
    catalogue.revise(shelf, "guide", Record(title="First"))
    first = _stamps(shelf)["guide"]
    catalogue.revise(shelf, "other", Record(title="Second"))
    assert last < first < _stamps(shelf)["other"]


def test_everything_changed_in_one_transaction_has_one_stamp_later_than_all_before(library: Library) -> None:
    before = [making.a_resource(library, title) for title in ("First", "Second")]
    with library.database.writing() as session:  # more than one statement takes
        session.add_all(Resource(slug=f"many-{number}", title="One of many") for number in range(1200))
    seen = _stamps(library)
    assert len({moment for slug, moment in seen.items() if slug not in before}) == 1
    assert seen["first"] < seen["second"] < seen["many-0"]


def _discard(library: Library, slug: str) -> None:
    with library.database.writing() as session:
        session.delete(catalogue.find(session, slug))


def _tombstones(library: Library) -> dict[str, str]:
    with library.database.reading() as session:
        return {each.slug: each.groups for each in session.scalars(select(Tombstone))}


def test_what_was_shown_and_is_discarded_leaves_a_tombstone_with_its_groups(shelf: Library) -> None:
    last = max(_stamps(shelf).values())
    _discard(shelf, "guide")
    assert _tombstones(shelf) == {"guide": " audience:staff kind:guideline collection:shelf "}
    with shelf.database.reading() as session:
        assert session.scalars(select(Tombstone.changed_at)).one() > last


def test_publishing_that_is_undone_leaves_a_tombstone_until_it_is_published_again(shelf: Library) -> None:
    with shelf.database.writing() as session:
        row = catalogue.find(session, "guide")
        row.status, row.published_at = "draft", None
    assert list(_tombstones(shelf)) == ["guide"]
    catalogue.publish(shelf, "guide")
    assert _tombstones(shelf) == {}


def test_a_draft_that_nobody_saw_leaves_nothing(library: Library) -> None:
    making.a_resource(library, "Draft", "Words.", draft=True)
    _discard(library, "draft")
    assert _tombstones(library) == {}


def test_a_tombstone_goes_when_its_address_is_shown_again(shelf: Library) -> None:
    _discard(shelf, "guide")
    making.a_resource(shelf, "Guide", "Words.", draft=True)
    assert list(_tombstones(shelf)) == ["guide"]
    catalogue.publish(shelf, "guide")
    assert _tombstones(shelf) == {}


def test_a_group_is_found_by_its_whole_name_and_by_what_it_belongs_to() -> None:
    said = groups.written(groups.of(audiences=["carers"], kind="story", collections=["peer-work"]))
    assert [groups.sought(name) in said for name in ("audience:carers", "audience", "kind:story")] == [True] * 3
    assert [groups.sought(name) in said for name in ("audience:carer", "work", "kind:sto")] == [False] * 3
