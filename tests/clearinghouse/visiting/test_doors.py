"""What stands behind each door: published things for that audience, beginning with its shelf."""

from __future__ import annotations

import pytest

from clearinghouse import vocabulary
from clearinghouse.errors import NotFound
from clearinghouse.holdings import catalogue, shelves
from clearinghouse.library import Library
from clearinghouse.visiting import archive, doors
from tests.clearinghouse import making


def test_a_door_begins_with_its_shelf_in_the_curators_order(library: Library) -> None:
    for title in ("One", "Two", "Three"):
        making.a_resource(library, title, audiences=("carers",))
    shelves.create(library, "For you", door="carers")
    for slug in ("three", "one"):
        shelves.add(library, "for-you", slug, note=f"Why {slug}.")
    start = doors.come_in(library, "carers").start
    assert start is not None
    assert [(card.slug, note) for card, note in start.items] == [("three", "Why three."), ("one", "Why one.")]
    assert doors.come_in(library, "staff").start is None


def test_a_shelf_with_nothing_published_on_it_is_not_begun_with(library: Library) -> None:
    making.a_resource(library, "One", audiences=("carers",))
    shelves.create(library, "For you", door="carers")
    shelves.add(library, "for-you", "one")
    catalogue.withdraw(library, "one", "Out of date.")
    door = doors.come_in(library, "carers")
    assert (door.start, door.newest, door.kinds, door.total) == (None, (), (), 0)


def test_newest_and_counts_are_of_published_things_for_this_audience(library: Library) -> None:
    for title in ("A", "B", "C", "D"):
        making.a_resource(library, title, audiences=("carers", "staff"), kind="story")
    making.a_resource(library, "E", audiences=("carers",), kind="fact-sheet")
    making.a_resource(library, "F", audiences=("carers",), draft=True)
    making.a_resource(library, "G", audiences=("providers",))
    door = doors.come_in(library, "carers")
    assert [card.title for card in door.newest] == ["E", "D", "C"]
    assert [(each.kind, each.count) for each in door.kinds] == [("fact-sheet", 1), ("story", 4)]
    assert door.total == 5
    assert doors.come_in(library, "providers").total == 1


def test_easy_read_forms_come_in_the_order_of_the_shelf_and_then_by_title(library: Library) -> None:
    for title in ("Alpha", "Beta", "Gamma"):
        slug = making.a_resource(library, title, "Words.", audiences=("consumers",))
        making.an_edition(library, slug, f"Easy words of {title}.", form="easy-read")
    making.a_resource(library, "Delta", "Words.", audiences=("consumers",))
    shelves.create(library, "For you", door="consumers")
    shelves.add(library, "for-you", "gamma")
    shelves.add(library, "for-you", "delta")
    found = doors.come_in(library, "consumers").easy_read
    assert [(each.slug, each.key) for each in found] == [
        ("gamma", "easy-read-en"),
        ("alpha", "easy-read-en"),
        ("beta", "easy-read-en"),
    ]
    assert doors.come_in(library, "staff").easy_read == ()


def test_what_has_content_notes_can_be_left_out(library: Library) -> None:
    for title, notes in (("Calm", ()), ("Hard", ("suicide",))):
        slug = making.a_resource(library, title, "Words.", audiences=("carers",), content_notes=notes)
        making.an_edition(library, slug, f"Easy {title}.", form="easy-read")
    shelves.create(library, "For you", door="carers")
    for slug in ("hard", "calm"):
        shelves.add(library, "for-you", slug)
    door = doors.come_in(library, "carers", hide_noted=True)
    assert door.start is not None
    assert [card.slug for card, _ in door.start.items] == ["calm"]
    assert [card.slug for card in door.newest] == ["calm"]
    assert [each.slug for each in door.easy_read] == ["calm"]
    assert door.total == 1
    assert [item.card.slug for item in archive.contents(library, "for-you", hide_noted=True).items] == ["calm"]
    shelves.remove(library, "for-you", "calm")
    assert doors.come_in(library, "carers", hide_noted=True).start is None


def test_training_comes_before_other_shelves_where_half_of_it_is_for_this_audience(
    library: Library,
) -> None:
    making.a_resource(library, "Module", audiences=("staff",))
    making.a_resource(library, "Draft module", audiences=("carers",), draft=True)
    making.a_resource(library, "For both", audiences=("staff", "carers"))
    making.a_resource(library, "For staff alone", audiences=("staff",))
    shelves.create(library, "A shelf")
    shelves.create(library, "B series", kind="training")
    shelves.create(library, "At another door", door="providers")
    for shelf in ("a-shelf", "b-series", "at-another-door"):
        for slug in ("module", "draft-module", "for-both", "for-staff-alone"):
            shelves.add(library, shelf, slug)
    assert [each.slug for each in doors.come_in(library, "staff").paths] == ["b-series", "a-shelf"]
    assert doors.come_in(library, "carers").paths == ()  # one of three is for them
    shelves.remove(library, "a-shelf", "module")
    assert [each.slug for each in doors.come_in(library, "carers").paths] == ["a-shelf"]


def test_a_door_that_is_not_there_is_not_found(library: Library) -> None:
    with pytest.raises(NotFound, match="no door for “everybody”"):
        doors.come_in(library, "everybody")


@pytest.mark.parametrize("audience", vocabulary.AUDIENCES)
def test_every_door_of_the_sample_library_has_a_shelf_paths_and_something_new(
    sample_library: Library, audience: str
) -> None:
    door = doors.come_in(sample_library, audience)
    assert door.start is not None
    assert len(door.start.items) >= 5
    assert all(note for _, note in door.start.items)
    assert door.paths
    assert len(door.newest) == 3
    assert door.total >= 10
