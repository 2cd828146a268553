"""Ways into peer work: directory entries in their place, with nothing claimed that nobody said."""

from __future__ import annotations

from datetime import date

from clearinghouse import vocabulary
from clearinghouse.holdings import catalogue, shelves
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.visiting import pathways
from tests.clearinghouse import making


def an_entry(library: Library, title: str, where: str, **details: str) -> str:
    return making.a_resource(library, title, kind="directory-entry", jurisdiction=where, details=details)


def test_every_state_is_there_and_all_of_australia_comes_first(library: Library) -> None:
    an_entry(library, "A cadetship", "VIC", entry="program")
    found = pathways.listed(library)
    assert [each.code for each in found.regions] == list(vocabulary.JURISDICTIONS)
    assert {each.code: each.size for each in found.regions if each.size} == {"VIC": 1}


def test_entries_stand_by_what_they_are_with_the_peer_work_qualification_first(library: Library) -> None:
    an_entry(library, "A network", "National", entry="network")
    an_entry(library, "Nobody said", "National")
    an_entry(library, "A course", "National", entry="course")
    an_entry(library, "CHC43315 Certificate", "National", entry="qualification")
    slug = an_entry(library, "CHC43515 Certificate", "National", entry="qualification")
    an_entry(library, "Somebody to ring", "National", entry="service")
    found = pathways.listed(library)
    titles = [each.card.title for each in found.regions[0].ways]
    assert titles == ["CHC43515 Certificate", "CHC43315 Certificate", "A course", "A network", "Nobody said"]
    assert [each.card.title for each in found.regions[0].services] == ["Somebody to ring"]
    assert found.qualifications == {"CHC43515": slug, "CHC43315": "chc43315-certificate"}


def test_an_entry_says_what_was_said_of_it_and_no_more(library: Library) -> None:
    making.a_resource(
        library,
        "A course",
        kind="directory-entry",
        jurisdiction="SA",
        checked_on=date(2026, 11, 20),
        details={"entry": "course", "provider": "A college", "cost": "Free"},
    )
    (way,) = next(each.ways for each in pathways.listed(library).regions if each.code == "SA")
    assert (way.entry, way.provider, way.cost, way.time) == ("course", "A college", "Free", "")
    assert way.checked_on == date(2026, 11, 20)


def test_an_entry_of_which_nobody_said_where_is_not_lost(library: Library) -> None:
    an_entry(library, "Somewhere", "")
    last = pathways.listed(library).regions[-1]
    assert (last.code, [each.card.title for each in last.ways]) == ("", ["Somewhere"])


def test_drafts_and_other_kinds_are_not_listed(library: Library) -> None:
    making.a_resource(library, "Draft", kind="directory-entry", draft=True)
    making.a_resource(library, "A guide", kind="guideline", jurisdiction="VIC")
    assert all(each.size == 0 for each in pathways.listed(library).regions)


def test_one_state_is_shown_with_all_of_australia_and_an_unknown_one_shows_every_state(library: Library) -> None:
    found = pathways.listed(library)
    assert [each.code for each in pathways.near(found, " tas ")] == ["TAS", "National"]
    assert [each.code for each in pathways.near(found, "National")] == ["National"]
    for nowhere in ("", "Narnia", "'; --"):
        assert pathways.near(found, nowhere) == found.regions


def test_the_first_steps_are_a_shelf_that_a_curator_keeps(library: Library) -> None:
    assert pathways.listed(library).first_steps is None
    making.a_resource(library, "One")
    shelves.create(library, "Thinking of becoming a peer worker")
    assert pathways.listed(library).first_steps is None
    shelves.add(library, pathways.FIRST_STEPS, "one")
    shelf = pathways.listed(library).first_steps
    assert shelf is not None
    assert [card.slug for card, _ in shelf.items] == ["one"]
    catalogue.revise(library, "one", Record(content_notes=("suicide",)))
    assert pathways.listed(library, hide_noted=True).first_steps is None


def test_the_samples_list_what_is_known_and_leave_the_rest_empty(sample_library: Library) -> None:
    found = pathways.listed(sample_library)
    sizes = {each.code: each.size for each in found.regions}
    assert sizes == {"National": 5, "ACT": 0, "NSW": 0, "NT": 1, "QLD": 0, "SA": 1, "TAS": 0, "VIC": 1, "WA": 1}
    assert set(found.qualifications) == {"CHC43515", "CHC43315"}
    assert found.first_steps is not None
    assert all(each.entry for region in found.regions for each in region.ways)
    assert all(each.checked_on is None for region in found.regions for each in region.ways)


def test_entries_with_content_notes_are_left_out_where_a_visitor_hides_them(library: Library) -> None:
    for title, notes in (("Quiet course", ()), ("Noted course", ("suicide",))):
        making.a_resource(library, title, kind="directory-entry", jurisdiction="VIC", content_notes=notes)
    titles = {
        hidden: [
            each.card.title
            for region in pathways.listed(library, hide_noted=hidden).regions
            for each in region.ways
        ]
        for hidden in (False, True)
    }
    assert titles == {False: ["Noted course", "Quiet course"], True: ["Quiet course"]}
