"""A curator puts resources in order; whatever is refused changes nothing."""

from __future__ import annotations

import pytest

from clearinghouse.errors import Invalid, NotFound, Unknown
from clearinghouse.holdings import catalogue, shelves
from clearinghouse.holdings.collections import Placement
from clearinghouse.library import Library
from clearinghouse.models import Collection
from clearinghouse.visiting import archive, browsing
from tests.clearinghouse import making

TITLES = ("One", "Two", "Three")


def a_shelf(library: Library, *titles: str) -> str:
    """A shelf with a resource of each title, in order. Returns its slug."""
    slug = shelves.create(library, "A shelf").shelf.slug
    for title in titles:
        shelves.add(library, slug, making.a_resource(library, title))
    return slug


def order(library: Library, slug: str) -> list[str]:
    """Slugs of what stands in it, checking that the places are numbered from 1 without a gap."""
    items = shelves.show(library, slug).items
    assert [item.position for item in items] == list(range(1, len(items) + 1))
    return [item.slug for item in items]


def test_resources_stand_in_the_order_they_were_added(library: Library) -> None:
    assert order(library, a_shelf(library, *TITLES)) == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("position", "after"),
    [
        (1, ["new", "one", "two", "three"]),
        (3, ["one", "two", "new", "three"]),
        (4, ["one", "two", "three", "new"]),
    ],
)
def test_a_resource_added_at_a_place_moves_the_others_on(
    library: Library, position: int, after: list[str]
) -> None:
    slug = a_shelf(library, *TITLES)
    making.a_resource(library, "New")
    placed = shelves.add(library, slug, "new", position=position)
    assert (placed.position, placed.of, placed.before) == (position, 4, None)
    assert order(library, slug) == after


@pytest.mark.parametrize(
    ("resource", "position", "after"),
    [
        ("one", 3, ["two", "three", "one"]),
        ("three", 1, ["three", "one", "two"]),
        ("two", 2, ["one", "two", "three"]),
    ],
)
def test_moving_changes_the_order_and_nothing_else(
    library: Library, resource: str, position: int, after: list[str]
) -> None:
    slug = a_shelf(library, *TITLES)
    shelves.note(library, slug, resource, "Why it is here.")
    shelves.move(library, slug, resource, position)
    assert order(library, slug) == after
    assert [item.note for item in shelves.show(library, slug).items if item.slug == resource] == [
        "Why it is here."
    ]


@pytest.mark.parametrize("position", [0, -1, 4, 10**12])
def test_a_place_that_is_not_there_is_refused_with_how_many_there_are(library: Library, position: int) -> None:
    slug = a_shelf(library, *TITLES)
    with pytest.raises(
        Invalid, match=rf"There is no place {position}: “A shelf” has 3 resources, so a place is from"
    ):
        shelves.move(library, slug, "one", position)
    assert order(library, slug) == ["one", "two", "three"]


@pytest.mark.parametrize("position", [0, -1, 5])
def test_adding_past_the_end_is_refused_and_adds_nothing(library: Library, position: int) -> None:
    slug = a_shelf(library, *TITLES)
    making.a_resource(library, "New")
    with pytest.raises(Invalid, match=r"a place is from 1 to 4\. Nothing was changed"):
        shelves.add(library, slug, "new", position=position)
    assert order(library, slug) == ["one", "two", "three"]


def test_a_first_place_is_told_of_an_empty_shelf(library: Library) -> None:
    slug = a_shelf(library)
    making.a_resource(library, "New")
    with pytest.raises(Invalid, match="is empty, so the first place is 1"):
        shelves.add(library, slug, "new", position=2)
    shelves.add(library, slug, "new")
    with pytest.raises(Invalid, match="has 1 resource, so there is no other place"):
        shelves.move(library, slug, "new", 2)


def test_adding_again_keeps_the_place_and_takes_a_new_note(library: Library) -> None:
    slug = a_shelf(library, *TITLES)
    placed = shelves.add(library, slug, "two", note="A reason.")
    assert (placed.position, placed.before) == (2, 2)
    shelves.add(library, slug, "two")
    assert shelves.show(library, slug).items[1].note == "A reason."
    assert order(library, slug) == ["one", "two", "three"]


def test_taking_out_closes_the_gap_and_keeps_the_resource(library: Library) -> None:
    slug = a_shelf(library, *TITLES)
    shelves.remove(library, slug, "two")
    assert order(library, slug) == ["one", "three"]
    assert catalogue.show(library, "two").view.card.status == "published"


def test_deleting_a_collection_deletes_the_list_alone(library: Library) -> None:
    slug = a_shelf(library, *TITLES)
    assert [item.slug for item in shelves.delete(library, slug).items] == ["one", "two", "three"]
    assert shelves.listing(library) == ()
    assert len(catalogue.listing(library)) == 3


def test_the_history_says_what_was_placed_and_taken_out(library: Library) -> None:
    slug = a_shelf(library, "One")
    shelves.remove(library, slug, "one")
    shelves.add(library, slug, "one")
    shelves.delete(library, slug)
    kept = [
        (each.what, each.details) for each in catalogue.history(library, "one") if "collection" in each.details
    ]
    assert kept == [
        ("placed", {"collection": "a-shelf", "position": 1}),
        ("taken out", {"collection": "a-shelf"}),
        ("placed", {"collection": "a-shelf", "position": 1}),
        ("taken out", {"collection": "a-shelf", "deleted": True}),
    ]


def test_a_name_that_is_not_there_suggests_the_nearest(library: Library) -> None:
    slug = a_shelf(library, "A guide")
    with pytest.raises(NotFound, match=r"no collection “a-shel”. Did you mean “a-shelf”\?"):
        shelves.show(library, "a-shel")
    with pytest.raises(NotFound, match=r"“a-gude” is not in “a-shelf”. Did you mean “a-guide”\?"):
        shelves.remove(library, slug, "a-gude")
    with pytest.raises(NotFound, match="There is no resource “nowhere”"):
        shelves.add(library, slug, "nowhere")


def test_a_door_has_room_for_one_and_the_other_steps_aside(library: Library) -> None:
    shelves.create(library, "First", door="carers")
    said = shelves.create(library, "Second", door="carers")
    assert (said.shelf.door, said.stepped_aside) == ("carers", "first")
    again = shelves.edit(library, "first", door="carers")
    assert (again.changed, again.stepped_aside) == ({"door": [None, "carers"]}, "second")
    assert shelves.edit(library, "first", door="carers").stepped_aside is None
    assert shelves.edit(library, "first", door="").shelf.door is None
    assert [each.door for each in shelves.listing(library)] == [None, None]


def test_a_collection_is_described_in_the_words_of_the_lists(library: Library) -> None:
    with pytest.raises(Unknown, match="There is no kind of collection “pack”"):
        shelves.create(library, "A pack", kind="pack")
    with pytest.raises(Unknown, match=r"no audience “carer”. Did you mean “carers”\?"):
        shelves.create(library, "A shelf", door="carer")
    assert shelves.listing(library) == ()
    with pytest.raises(Invalid, match="The title is empty"):
        shelves.create(library, "  ")


def test_a_slug_that_is_taken_is_refused_with_the_way_on(library: Library) -> None:
    a_shelf(library, "One")
    with pytest.raises(Invalid, match="There is a collection “a-shelf” already"):
        shelves.create(library, "A  Shelf!")
    assert order(library, "a-shelf") == ["one"]
    assert shelves.create(library, "A shelf", slug="Another one").shelf.slug == "another-one"


def test_an_answer_pack_is_no_collection_to_order_or_to_look_through(library: Library) -> None:
    with library.database.writing() as session:
        session.add(Collection(slug="a-pack", title="A pack", kind="pack"))
    for look in (
        lambda: shelves.show(library, "a-pack"),
        lambda: shelves.edit(library, "a-pack", door="staff"),
        lambda: shelves.delete(library, "a-pack"),
        lambda: archive.contents(library, "a-pack"),
    ):
        with pytest.raises(NotFound, match="no collection “a-pack”"):
            look()
    with pytest.raises(NotFound) as nearest:
        shelves.show(library, "a-pac")
    assert "a-pack" not in str(nearest.value)
    assert shelves.listing(library) == ()


def test_a_collection_of_withdrawn_things_is_kept_for_the_curator_and_empty_for_visitors(library: Library) -> None:
    slug = a_shelf(library, "One", "Two")
    catalogue.withdraw(library, "one", "Out of date.")
    making.a_resource(library, "Draft", draft=True)
    shelves.add(library, slug, "draft")
    catalogue.withdraw(library, "two", "Out of date.")
    shelf = shelves.show(library, slug)
    assert [item.status for item in shelf.items] == ["withdrawn", "withdrawn", "draft"]
    assert shelf.shown == 0
    assert archive.contents(library, slug).items == ()
    assert browsing.collections(library) == ()


def test_places_asked_for_in_one_transaction_are_counted_as_they_come(library: Library) -> None:
    for title in TITLES:
        making.a_resource(library, title, place=Placement("A series", 1))
    assert order(library, "a-series") == ["three", "two", "one"]
