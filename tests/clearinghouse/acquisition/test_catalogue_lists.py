"""Collections of a catalogue: a shelf for a door, and resources that stand in more than one list."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearinghouse.acquisition import importing
from clearinghouse.acquisition.wanted import Outcome
from clearinghouse.errors import Invalid
from clearinghouse.holdings import catalogue, shelves
from clearinghouse.library import Library
from tests.clearinghouse import making
from tests.clearinghouse.making import document

CATALOGUE = """
[[collection]]
slug = "begin"
title = "Begin here"
door = "consumers"
[[collection.item]]
resource = "Two"
note = "Short."
[[collection.item]]
resource = "one"

[[resource]]
title = "One"
kind = "story"
audiences = ["consumers"]
collection = "another"
position = 1

[[resource]]
title = "Two"
kind = "story"
audiences = ["consumers"]
"""


def _import(library: Library, content: str, *, dry_run: bool = False) -> list[Outcome]:
    path: Path = document(library, "c.toml", content)
    return list(importing.import_file(library, path, dry_run=dry_run))


def test_a_list_names_what_stands_in_it_by_slug_or_title_in_order(library: Library) -> None:
    assert [each.outcome for each in _import(library, CATALOGUE)] == ["added", "added"]
    shelf = shelves.show(library, "begin")
    assert [(item.slug, item.note) for item in shelf.items] == [("two", "Short."), ("one", "")]
    assert shelf.door == "consumers"
    assert [item.slug for item in shelves.show(library, "another").items] == ["one"]
    assert catalogue.history(library, "two")[-1].details == {"collection": "begin", "position": 1}


def test_importing_again_places_nothing_twice_and_puts_the_lists_order_back(library: Library) -> None:
    _import(library, CATALOGUE)
    shelves.move(library, "begin", "one", 1)
    before = len(catalogue.history(library, "two"))
    _import(library, CATALOGUE)
    assert [item.slug for item in shelves.show(library, "begin").items] == ["two", "one"]
    assert len(catalogue.history(library, "two")) == before


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_name_that_finds_nothing_is_named_and_the_rest_stands_in_order(library: Library, dry_run: bool) -> None:
    making.a_resource(library, "Here already")
    content = CATALOGUE.replace(
        'resource = "one"', 'resource = "on"\n[[collection.item]]\nresource = "here-already"'
    )
    failed = [each.error for each in _import(library, content, dry_run=dry_run) if each.outcome == "failed"]
    assert len(failed) == 1
    assert failed[0].endswith(
        "collection “Begin here”: There is no resource “on” to stand in it; give its slug or its whole title."
    )
    if dry_run:
        assert shelves.listing(library) == ()
    else:
        assert [item.slug for item in shelves.show(library, "begin").items] == ["two", "here-already"]


def test_a_curators_shelf_keeps_its_door_and_the_import_says_so(library: Library) -> None:
    shelves.create(library, "Our own", door="consumers")
    passed_over = [each.error for each in _import(library, CATALOGUE) if each.outcome == "skipped"]
    assert len(passed_over) == 1
    assert "goes on beginning with “our-own”" in str(passed_over[0])
    assert "`clearinghouse collection edit begin --door consumers`" in str(passed_over[0])
    assert shelves.show(library, "our-own").door == "consumers"
    assert shelves.show(library, "begin").door is None


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        ('door = "consumers"', 'door = "consumer"', "“Begin here”: There is no audience “consumer”"),
        ('door = "consumers"', 'dor = "consumers"', "“dor” means nothing there. Did you mean “door”"),
        ('door = "consumers"', 'kind = "pack"', "There is no kind of collection “pack”"),
        ('note = "Short."', 'why = "Short."', "“why” means nothing there. Known: resource, note"),
        ('resource = "Two"\n', "", "an item names no resource"),
        ("[[resource]]", '[[collection]]\ntitle = "B"\ndoor = "consumers"\n[[resource]]', "room for one"),
    ],
)
def test_a_list_that_cannot_be_meant_is_refused_before_anything_is_written(
    library: Library, written: str, instead: str, sentence: str
) -> None:
    content = CATALOGUE.replace(written, instead, 1)
    with pytest.raises(Invalid, match=sentence):
        _import(library, content)
    assert shelves.listing(library) == ()
    assert catalogue.listing(library) == ()


def test_items_that_are_no_records_are_refused(library: Library) -> None:
    content = '[[collection]]\ntitle = "A"\nitem = ["one"]\n'
    with pytest.raises(Invalid, match=r"begin each thing that stands in it with \[\[collection.item\]\]"):
        _import(library, content)


def test_a_directory_entry_says_what_it_is(library: Library) -> None:
    row = "title,kind,audiences,entry\nA class,directory-entry,staff,Courses\n"
    (failed,) = importing.import_file(library, document(library, "c.csv", row))
    assert "There is no kind of directory entry “Courses”. Did you mean “course”?" in str(failed.error)
    (added,) = importing.import_file(library, document(library, "c.csv", row.replace("Courses", "Course")))
    assert catalogue.show(library, str(added.slug)).view.details == {"entry": "course"}
