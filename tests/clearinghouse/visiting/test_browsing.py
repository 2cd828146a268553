"""A visitor looks around: published things only, with their neighbours."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearinghouse.errors import NotFound, Withdrawn
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record
from clearinghouse.interchange import sitemaps
from clearinghouse.library import Library
from clearinghouse.visiting import archive, browsing, listing
from tests.clearinghouse import making


def test_a_draft_is_not_there(library: Library) -> None:
    slug = making.a_resource(library, "A guide", "Words.", draft=True)
    for look in (
        lambda: browsing.resource(library, slug),
        lambda: browsing.reading(library, slug, "full-en"),
        lambda: browsing.original(library, slug, "full-en"),
        lambda: browsing.resource(library, "no-such-thing"),
    ):
        with pytest.raises(NotFound, match="no resource at this address"):
            look()


def test_what_was_withdrawn_says_so_wherever_it_is_looked_for(library: Library) -> None:
    slug = making.a_resource(library, "A guide", "Words.")
    catalogue.withdraw(library, slug, "Out of date.")
    for look in (
        lambda: browsing.resource(library, slug),
        lambda: browsing.reading(library, slug, "full-en"),
        lambda: browsing.original(library, slug, "full-en"),
    ):
        with pytest.raises(Withdrawn, match=r"“A guide” has been withdrawn. Out of date\."):
            look()


def test_reading_goes_part_by_part(library: Library) -> None:
    pages = [f"Page {number}." for number in range(1, 46)]
    slug = making.a_resource(library, "A long guide", *pages)
    first, last = browsing.reading(library, slug, "full-en"), browsing.reading(library, slug, "full-en", 3)
    assert (first.part, first.parts, len(first.pages)) == (1, 3, browsing.PAGES_PER_PART)
    assert [page.number for page in last.pages] == [41, 42, 43, 44, 45]
    for part in (0, 4, -1):
        with pytest.raises(NotFound, match=f"has 3 parts to read here; there is no part {part}"):
            browsing.reading(library, slug, "full-en", part)
    with pytest.raises(NotFound, match="has no edition “easy-read”"):
        browsing.reading(library, slug, "easy-read")


def test_an_original_is_given_as_it_came_or_said_to_be_missing(library: Library) -> None:
    slug = making.a_resource(library, "A guide", "Words.")
    view, path = browsing.original(library, slug, "full-en")
    assert making.sha256(path.read_bytes()) == view.sha256
    assert path.stat().st_size == view.size
    path.unlink()
    with pytest.raises(NotFound, match="is not kept here"):
        browsing.original(library, slug, "full-en")


def test_neighbours_in_a_collection_skip_drafts_and_what_was_withdrawn(library: Library) -> None:
    place = Placement("Our series")
    for title in ("One", "Two", "Three", "Four"):
        making.a_resource(library, title, place=place, draft=title == "Two")
    gone = making.a_resource(library, "Five", place=place)
    making.a_resource(library, "Six", place=place)
    catalogue.withdraw(library, gone, "Old.")
    (three,) = browsing.resource(library, "three").places
    assert (three.previous, three.next, three.position, three.of) == (("one", "One"), ("four", "Four"), 2, 4)
    (one,) = browsing.resource(library, "one").places
    assert one.previous is None
    (six,) = browsing.resource(library, "six").places
    assert (six.previous, six.next) == (("four", "Four"), None)
    view = archive.contents(library, "our-series")
    assert [item.card.title for item in view.items] == ["One", "Three", "Four", "Six"]
    assert view.card.size == 4


def test_neighbours_with_content_notes_are_passed_over_where_a_visitor_wishes(
    library: Library,
) -> None:
    place = Placement("Our series")
    for title in ("One", "Two", "Three", "Four"):
        noted = ("seclusion",) if title in {"Two", "Three"} else ()
        making.a_resource(library, title, place=place, content_notes=noted)
    (one,) = browsing.resource(library, "one", hide_noted=True).places
    assert (one.previous, one.next, one.position, one.of, one.hidden) == (None, ("four", "Four"), 1, 4, 2)
    (two,) = browsing.resource(library, "two", hide_noted=True).places
    assert (two.previous, two.next, two.hidden) == (("one", "One"), ("four", "Four"), 1)
    (two,) = browsing.resource(library, "two").places
    assert (two.next, two.hidden) == (("three", "Three"), 0)


def test_a_collection_of_drafts_is_not_listed(library: Library) -> None:
    making.a_resource(library, "One", place=Placement("Hidden"), draft=True)
    making.a_resource(library, "Two", place=Placement("Shown", note="Read this first."))
    assert [card.title for card in browsing.collections(library)] == ["Shown"]
    assert archive.contents(library, "shown").items[0].note == "Read this first."
    with pytest.raises(NotFound, match=r"no collection “show”. Did you mean “shown”"):
        archive.contents(library, "show")


def test_the_first_page_shows_what_is_new_and_counts_only_what_is_published(library: Library) -> None:
    making.a_resource(library, "Our charter", "Words.", kind="charter", audiences=("consumers", "staff"))
    making.a_resource(library, "A draft", audiences=("carers",), draft=True)
    for number in range(7):
        making.a_resource(library, f"Guide {number}")
    home = browsing.home(library)
    assert home.total == 8
    assert home.counts == {"consumers": 1, "carers": 0, "staff": 8, "providers": 0}
    assert [card.title for card in home.newest] == [f"Guide {number}" for number in (6, 5, 4, 3, 2, 1)]
    assert home.charter is not None
    assert home.charter.title == "Our charter"


def test_a_topic_shows_its_preferred_word_and_none_that_only_finds_it(library: Library) -> None:
    making.a_resource(library, "A guide", topics=("consumer",))
    making.a_resource(library, "A draft", topics=("consumer",), draft=True)
    view, cards = browsing.topic(library, "consumer")
    assert view.label == "Consumer"
    assert not any(word in repr(view) for word in ("service user", "patient", "severe mental illness"))
    assert [card.title for card in cards] == ["A guide"]
    assert {name.slug: number for name, number in browsing.topics(library)}["consumer"] == 1
    with pytest.raises(NotFound, match=r"no topic “consumr”. Did you mean “consumer”"):
        browsing.topic(library, "consumr")


def test_a_topic_has_what_is_about_anything_it_takes_in(library: Library) -> None:
    making.a_resource(library, "Circles", topics=("group-facilitation", "intentional-peer-support"))
    making.a_resource(library, "With", topics=("peer-support",))
    _, cards = browsing.topic(library, "peer-support")
    assert [card.title for card in cards] == ["With", "Circles"]
    counts = {name.slug: number for name, number in browsing.topics(library)}
    assert (counts["peer-support"], counts["group-facilitation"], counts["hope"]) == (2, 1, 0)
    listed = listing.published(library, page=1, size=10, topic="peer-support")
    assert (listed.total, [each.card.title for each in listed.resources]) == (2, ["With", "Circles"])
    assert sitemaps.topics(library) == ("group-facilitation", "intentional-peer-support", "peer-support")


def test_help_lines_say_where_they_come_from_and_are_due_until_they_are_checked(library: Library) -> None:
    lines = browsing.help_lines(library)
    assert sum(line.always for line in lines) >= 2
    assert [line.always for line in lines] == sorted((line.always for line in lines), reverse=True)
    for line in lines:
        assert line.source
        assert line.tel.isdigit()
        assert line.checked_on is not None or line.overdue


def test_a_view_holds_no_row(library: Library) -> None:
    slug = making.a_resource(library, "A guide", "Words.", topics=("hope",), place=Placement("A shelf"))
    catalogue.revise(library, slug, Record(details={"cost": "free"}))
    view = browsing.resource(library, slug)
    assert "clearinghouse.models" not in repr(view)
    assert view.card.form_labels == ("Full text",)
    assert view.card.audience_labels == ("People who work in services",)
    assert view.editions[0].language_name == "English"
    assert view.editions[0].has_numbered_pages is False
    assert view.topics[0].label == "Hope"


def test_looking_around_writes_nothing(library: Library) -> None:
    making.a_resource(library, "A guide", "Words.")
    library.database.close()
    before = Path(library.settings.home / "library.db").read_bytes()
    browsing.home(library)
    browsing.reading(library, "a-guide", "full-en")
    library.database.close()
    assert Path(library.settings.home / "library.db").read_bytes() == before
