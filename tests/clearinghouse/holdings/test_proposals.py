"""What a source says anew: taken where no curator has spoken, else put before the curator."""

from __future__ import annotations

import pytest

from clearinghouse.errors import NotFound
from clearinghouse.holdings import catalogue, proposals
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from tests.clearinghouse.making import STAFF, document, take_in, wanted


def write(library: Library, title: str, year: int, text: str = "Words of hope.") -> str:
    """The same file again, as it now is; returns what `add` says of it."""
    page = f"---\ntitle: {title}\ndate: {year}\n---\n\n{text} {title} {year}\n"
    (outcome,) = take_in(library, wanted(document(library, "guide.md", page)))
    assert outcome.error is None
    return " ".join(outcome.warnings)


def shown(library: Library) -> tuple[str, int | None]:
    card = catalogue.show(library, "a-guide").view.card
    return card.title, card.year


def waiting(library: Library) -> list[tuple[str, object, object]]:
    return [(each.name, each.here, each.there) for each in proposals.listing(library)]


def test_what_no_curator_has_spoken_on_follows_the_document(library: Library) -> None:
    write(library, "A guide", 2020)
    write(library, "A guide", 2024)
    assert shown(library) == ("A guide", 2024)
    assert waiting(library) == []
    (change,) = [each for each in catalogue.history(library, "a-guide") if each.what == "revised"]
    assert change.details == {"year": [2020, 2024]}


def test_a_curators_word_stays_and_what_is_new_waits(library: Library) -> None:
    write(library, "A guide", 2020)
    catalogue.revise(library, "a-guide", Record(year=2021))
    said = write(library, "A guide", 2024)
    assert shown(library) == ("A guide", 2021)
    assert waiting(library) == [("year", 2021, 2024)]
    assert "It now says another year; yours stays. See `clearinghouse proposals list a-guide`." in said


def test_what_the_document_said_all_along_is_no_news(library: Library) -> None:
    write(library, "A guide", 2020)
    catalogue.revise(library, "a-guide", Record(year=2021, title="The guide"))
    write(library, "A guide", 2020, "Other words of hope.")
    assert waiting(library) == []


def test_what_is_accepted_is_said_and_stays_the_curators(library: Library) -> None:
    write(library, "A guide", 2020)
    catalogue.revise(library, "a-guide", Record(year=2021, title="The guide"))
    write(library, "A better guide", 2024)
    assert proposals.accept(library, "a-guide", ["year"]) == {"year": [2021, 2024]}
    assert waiting(library) == [("title", "The guide", "A better guide")]
    write(library, "A better guide", 2025)
    assert shown(library) == ("The guide", 2024)
    assert {name for name, _, _ in waiting(library)} == {"title", "year"}


def test_what_is_dismissed_is_not_proposed_again(library: Library) -> None:
    write(library, "A guide", 2020)
    catalogue.revise(library, "a-guide", Record(year=2021))
    write(library, "A guide", 2024)
    assert proposals.dismiss(library, "a-guide") == ("year",)
    write(library, "A guide", 2024, "Other words.")
    assert waiting(library) == []


def test_a_curator_who_speaks_again_settles_it(library: Library) -> None:
    write(library, "A guide", 2020)
    catalogue.revise(library, "a-guide", Record(year=2021))
    write(library, "A guide", 2024)
    catalogue.revise(library, "a-guide", Record(year=2022))
    assert waiting(library) == []


def test_nothing_waits_where_the_source_has_come_to_say_the_same(library: Library) -> None:
    write(library, "A guide", 2020)
    catalogue.revise(library, "a-guide", Record(year=2021))
    write(library, "A guide", 2024)
    write(library, "A guide", 2021)
    assert waiting(library) == []


def test_what_is_not_proposed_cannot_be_accepted(library: Library) -> None:
    write(library, "A guide", 2020)
    with pytest.raises(NotFound, match="Nothing is proposed for “a-guide”"):
        proposals.accept(library, "a-guide")
    with pytest.raises(NotFound, match="There is no resource"):
        proposals.listing(library, "no-guide")


def test_the_word_of_the_catalogue_that_lists_it_counts_before_its_own(library: Library) -> None:
    path = document(library, "a.md", "# Words\n\nWords of hope.\n")
    described = Record(title="What the catalogue says", year=1999)
    (outcome,) = take_in(library, wanted(path, STAFF, described=described))
    card = catalogue.show(library, outcome.slug or "").view.card
    assert (card.title, card.year) == ("What the catalogue says", 1999)
