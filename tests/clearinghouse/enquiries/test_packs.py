"""Answer packs: found by their address alone."""

from __future__ import annotations

import re

import pytest

from clearinghouse.enquiries import packs
from clearinghouse.enquiries.packs import Contents
from clearinghouse.errors import Invalid, NotFound, Withdrawn
from clearinghouse.holdings import catalogue, collections
from clearinghouse.holdings.collections import Placement
from clearinghouse.library import Library
from clearinghouse.visiting import archive, browsing
from tests.clearinghouse import making


@pytest.fixture
def guides(library: Library) -> list[str]:
    return [making.a_resource(library, f"Guide {number}", "Words.") for number in range(3)]


def test_a_pack_keeps_its_order_its_notes_and_the_day_it_was_made(library: Library, guides: list[str]) -> None:
    chosen = [guides[2], guides[0], guides[2]]
    made = packs.create(library, Contents(" To  begin ", chosen, "Hello.\n", {guides[0]: " Page 4. "}))
    assert (made.title, made.introduction) == ("To begin", "Hello.")
    assert [(card.slug, note) for card, note in made.items] == [(guides[2], ""), (guides[0], "Page 4.")]
    assert made.made_at is not None
    assert packs.pack(library, made.slug) == made
    assert packs.pack(library, f"https://library.example.org/packs/{made.slug}/") == made


def test_its_address_cannot_be_guessed_and_can_be_read_out(library: Library, guides: list[str]) -> None:
    slugs = {packs.create(library, Contents("To begin", guides)).slug for _ in range(20)}
    assert len(slugs) == 20
    # twenty letters of thirty-two: 100 bits
    assert all(re.fullmatch(r"(?:[0-9a-hj-km-np-tv-z]{4}-){4}[0-9a-hj-km-np-tv-z]{4}", slug) for slug in slugs)


def test_a_pack_is_listed_nowhere(library: Library, guides: list[str]) -> None:
    made = packs.create(library, Contents("To begin", guides))
    assert browsing.collections(library) == ()
    assert browsing.home(library).shelves == ()
    assert browsing.resource(library, guides[0]).places == ()
    with pytest.raises(NotFound) as problem:
        archive.contents(library, made.slug)
    assert "Did you mean" not in str(problem.value)
    with pytest.raises(NotFound) as problem:
        archive.contents(library, made.slug[:-1] + "*")
    assert made.slug not in str(problem.value)


def test_a_shelf_of_the_same_name_as_a_pack_is_another_thing(library: Library, guides: list[str]) -> None:
    made = packs.create(library, Contents("To begin", guides[:1]))
    with library.database.writing() as session:
        collections.put(session, catalogue.find(session, guides[2]), Placement("To begin"))
    assert len(packs.pack(library, made.slug).items) == 1
    assert [item.card.title for item in archive.contents(library, "to-begin").items] == ["Guide 2"]


def test_withdrawn_resources_drop_out_and_are_counted(library: Library, guides: list[str]) -> None:
    made = packs.create(library, Contents("To begin", guides))
    catalogue.withdraw(library, guides[1], "Too old")
    now = packs.reading(library, made.slug)
    assert [card.slug for card, _ in now.items] == [guides[0], guides[2]]
    assert now.dropped == 1


def test_a_pack_is_taken_away_once(library: Library, guides: list[str]) -> None:
    made = packs.create(library, Contents("To begin", guides))
    assert packs.withdraw(library, made.slug) is True
    assert packs.withdraw(library, made.slug) is False
    with pytest.raises(Withdrawn):
        packs.reading(library, made.slug)
    assert packs.pack(library, made.slug).withdrawn_at is not None
    assert len(packs.packs(library)) == 1


def test_what_cannot_be_in_a_pack_is_said_and_nothing_is_made(library: Library, guides: list[str]) -> None:
    draft = making.a_resource(library, "Draft", "Words.", draft=True)
    old = making.a_resource(library, "Old", "Words.")
    catalogue.withdraw(library, old, "Too old")
    for contents, kind, sentence in (
        (Contents("  ", guides), Invalid, "no title"),
        (Contents("To begin", []), Invalid, "empty"),
        (Contents("To begin", ["guide-9"]), NotFound, "Did you mean “guide-"),
        (Contents("To begin", [*guides, draft]), Invalid, "“draft” is a draft"),
        (Contents("To begin", [old]), Invalid, "“old” is withdrawn"),
        (Contents("To begin", guides, notes={"guide-9": "Why"}), Invalid, "not in this pack"),
    ):
        with pytest.raises(kind, match=sentence):
            packs.create(library, contents)
    assert packs.packs(library) == ()


def test_a_shelf_is_no_pack(library: Library) -> None:
    making.a_resource(library, "Guide", "Words.", place=Placement("A shelf"))
    with pytest.raises(NotFound, match="pack list"):
        packs.pack(library, "a-shelf")
