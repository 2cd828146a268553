"""`collection` on the command line: what it says, what it refuses, and what another program can read."""

from __future__ import annotations

import pytest

from tests.conftest import Run


@pytest.fixture
def series(shelf: Run) -> Run:
    """A library with a collection of two."""
    assert shelf("collection", "create", "Peer training", "--kind", "training").code == 0
    assert shelf("collection", "add", "peer-training", "groups", "peer-supervision").code == 0
    return shelf


def order(run: Run) -> list[str]:
    return [item["slug"] for item in run("collection", "show", "peer-training", "--json").json["items"]]


def test_a_collection_is_made_filled_and_shown_with_what_visitors_see(series: Run) -> None:
    added = series("collection", "add", "peer-training", "a-plan", "--position", 1, "--note", "Before all else.")
    assert added.out == "Added: a-plan, number 1 of 3\n"
    assert "a-plan is a draft: visitors do not see it there." in added.err
    shown = series("collection", "show", "peer-training")
    assert shown.code == 0
    assert "Holds:  3, 2 shown" in shown.out
    assert "  1. a-plan  A plan  (draft)\n     Before all else.\n  2. groups  Groups\n" in shown.out
    assert "peer-training  training  3, 2 shown" in series("collection", "list").out


def test_several_added_at_a_place_stand_there_in_the_order_they_were_named(series: Run) -> None:
    ran = series("collection", "add", "peer-training", "hiring-peer-workers", "a-plan", "--position", 2)
    assert ran.code == 0
    assert order(series) == ["groups", "hiring-peer-workers", "a-plan", "peer-supervision"]


def test_one_that_is_not_there_stops_none_of_the_others(series: Run) -> None:
    ran = series("collection", "add", "peer-training", "a-plam", "a-plan", "--position", 1, "--json")
    assert ran.code == 1
    assert [(line["resource"], bool(line["error"])) for line in ran.lines] == [("a-plam", True), ("a-plan", False)]
    assert "Did you mean “a-plan”?" in ran.lines[0]["error"]
    assert order(series) == ["a-plan", "groups", "peer-supervision"]


@pytest.mark.parametrize("position", [3, 0, -1])
def test_moving_to_a_place_that_is_not_there_is_one_sentence_and_changes_nothing(
    series: Run, position: int
) -> None:
    ran = series("collection", "move", "peer-training", "groups", position)
    assert ran.code == 1
    assert ran.err == (
        f"Error: There is no place {position}: “Peer training” has 2 resources, so a place is from 1 to 2. "
        "Nothing was changed.\n"
    )
    assert order(series) == ["groups", "peer-supervision"]


def test_a_place_that_is_no_number_is_wrong_usage(series: Run) -> None:
    assert series("collection", "move", "peer-training", "groups", "first").code == 2
    assert series("collection", "add", "peer-training", "groups", "--position", "first").code == 2
    assert series("collection", "move", "peer-training", "groups", 1, "--jsno").code == 2


def test_moving_removing_and_noting_say_what_they_did(series: Run) -> None:
    assert series("collection", "move", "peer-training", "groups", 2).out == "Moved: groups, from 1 to 2 of 2\n"
    again = series("collection", "add", "peer-training", "groups")
    assert again.out == "groups stands there already, number 2 of 2.\n"
    assert series("collection", "note", "peer-training", "groups", "Why.").out == "Noted beside groups.\n"
    assert series("collection", "note", "peer-training", "groups", " ").out == "The note beside groups is gone.\n"
    removed = series("collection", "remove", "peer-training", "groups", "gruops")
    assert (removed.code, removed.out) == (1, "Taken out: groups; it stays in the library.\n")
    assert "“gruops” is not in “peer-training”" in removed.err
    assert series("show", "groups").code == 0
    assert "taken out  collection: peer-training" in series("history", "groups").out


def test_a_door_says_whose_page_it_begins_and_who_stepped_aside(series: Run) -> None:
    first = series("collection", "edit", "peer-training", "--door", "staff")
    assert first.out == "door: nothing → staff\nThe page for staff (/for/staff) begins with it.\n"
    second = series("collection", "create", "Another", "--door", "staff")
    assert "“peer-training” stood at that door until now; it is still a collection." in second.out
    assert series("collection", "edit", "another", "--no-door").out == "door: staff → nothing\n"
    assert series("collection", "edit", "another", "--no-door").out == "Nothing changed; it says so already.\n"
    assert series("collection", "edit", "another", "--no-door", "--door", "staff").code == 2
    assert series("collection", "edit", "another").code == 2
    wrong = series("collection", "edit", "another", "--door", "stafff")
    assert (wrong.code, "Did you mean “staff”?" in wrong.err) == (2, True)


def test_a_list_can_be_deleted_and_says_what_stays(series: Run) -> None:
    ran = series("collection", "delete", "peer-training")
    assert "What was in it stays in the library:\n  1. groups  Groups\n" in ran.out
    gone = series("collection", "show", "peer-training")
    assert (gone.code, gone.out) == (1, "")
    assert "`clearinghouse collection list` shows them all" in gone.err
    assert series("collection", "list", "--json").json == []
    assert "begin one with" in series("collection", "list").err


def test_a_wrong_slug_is_one_error_however_many_are_added(series: Run) -> None:
    ran = series("collection", "add", "peer-trainin", "groups", "a-plan")
    assert (ran.code, ran.err.count("Error:")) == (1, 1)


def test_a_collection_nobody_sees_anything_in_says_so_to_the_curator(series: Run) -> None:
    series("withdraw", "groups", "peer-supervision", "--reason", "Out of date.")
    shown = series("collection", "show", "peer-training")
    assert "groups  Groups  (withdrawn)" in shown.out
    assert "nothing in it is published" in shown.err


def test_a_directory_entry_is_mended_a_fact_at_a_time(series: Run) -> None:
    entry = ("--kind", "directory-entry", "--entry", "Course", "--provider", "A college", "--cost", "Free")
    assert series("edit", "groups", *entry).code == 0
    mended = series("edit", "groups", "--cost", "", "--time", "Five days")
    assert "cost: Free" in mended.out
    details = series("show", "groups", "--json").json["details"]
    assert details == {"entry": "course", "provider": "A college", "time": "Five days"}
    wrong = series("edit", "groups", "--entry", "corse")
    assert (wrong.code, "Did you mean “course”?" in wrong.err) == (2, True)
    assert "entry: course" in series("history", "groups").out
