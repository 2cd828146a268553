"""Records that come without bytes: known again by link and title, never by half of them."""

from __future__ import annotations

from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from tests.clearinghouse.making import take_in


def _record(title: str, link: str | None = None, **rest: object) -> Wanted:
    said = Record(title=title, kind="directory-entry", audiences=("staff",), link=link, **rest)  # type: ignore[arg-type]
    return Wanted(shown=title, record=said)


def test_a_record_that_only_links_out_is_added_once_and_updated_when_it_changes(library: Library) -> None:
    course = _record("A course", "https://example.org/course")
    assert take_in(library, course)[0].outcome == "added"
    assert take_in(library, course)[0].outcome == "duplicate"
    changed = _record("A course", "https://example.org/course", summary="Five days.")
    assert take_in(library, changed)[0].outcome == "updated"
    renamed = _record("A better course", "https://example.org/course")
    assert [(each.outcome, each.slug) for each in take_in(library, renamed)] == [("updated", "a-course")]
    assert len(catalogue.listing(library)) == 1


def test_two_works_may_stand_at_one_address(library: Library) -> None:
    courses = [_record(title, "https://example.org/courses") for title in ("Certificate IV", "Diploma")]
    assert [each.outcome for each in take_in(library, *courses)] == ["added", "added"]
    assert [each.outcome for each in take_in(library, *courses)] == ["duplicate", "duplicate"]
    assert [card.title for card in catalogue.listing(library)] == ["Certificate IV", "Diploma"]


def test_a_record_without_link_or_file_is_known_by_its_title(library: Library) -> None:
    outcomes = take_in(library, _record("A program"), _record("A program"), _record("Another program"))
    assert [each.outcome for each in outcomes] == ["added", "duplicate", "added"]


def test_a_linked_edition_is_known_again(library: Library) -> None:
    said = Record(title="A film", kind="video", audiences=("carers",))
    film = Wanted(shown="row", record=said, form="video", edition_link="https://example.org/film")
    assert [each.outcome for each in take_in(library, film)] == ["added"]
    assert [each.outcome for each in take_in(library, film)] == ["duplicate"]
