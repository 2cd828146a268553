"""What could not be taken in is listed until it is, and tried again as it was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clearinghouse.acquisition import asked, failures
from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.errors import NotFound
from clearinghouse.holdings import catalogue, shelves
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Ingestion
from tests.clearinghouse.making import STAFF, document, sha256, take_in, wanted

BROKEN = b"%PDF-1.4\nbroken"


def _names(library: Library) -> list[str]:
    return [Path(each.source).name for each in failures.listing(library)]


def test_everything_that_was_asked_of_an_attempt_can_be_asked_again() -> None:
    everything = Wanted(
        shown="catalogue.csv line 2",
        location="/srv/paper.pdf",
        record=Record(
            title="A paper",
            year=2020,
            kind="review",
            audiences=("staff", "carers"),
            topics=("hope",),
            authors=("A. Person",),
            identifiers={"doi": "10.1000/1"},
            details={"cost": "free"},
            content_notes=("suicide",),
            checked_on=date(2026, 3, 3),
        ),
        form="easy-read",
        language="en-AU",
        label="In short",
        edition_link="https://example.org/film",
        edition_of="a-paper",
        group="1",
        placement=Placement("Peer training", 2, "Read this first."),
        draft=True,
        walked=True,
    )
    assert asked.wanted_again(everything.shown, asked.kept(everything)) == everything
    for nothing in (Wanted(shown="x"), Wanted(shown="x", location="https://example.org/")):
        assert asked.wanted_again("x", asked.kept(nothing)) == nothing


def test_an_attempt_that_kept_nothing_is_tried_as_a_file_or_an_address() -> None:
    assert asked.wanted_again("/srv/a.pdf", None) == Wanted(shown="/srv/a.pdf", location="/srv/a.pdf")


def test_a_mended_file_is_taken_in_with_the_options_given_before(library: Library) -> None:
    path = document(library, "paper.pdf", BROKEN)
    said = replace(STAFF, year=2020, title="A paper that was broken")
    take_in(library, wanted(path, said, placement=Placement("Peer training")))
    take_in(library, wanted(path, said, placement=Placement("Peer training")))
    (failure,) = failures.listing(library)
    assert (failure.source, failure.times) == (str(path), 2)
    assert "look for a whole copy" in failure.sentence

    path.write_text("# Whole now\n\nWords of hope.\n")
    (outcome,) = failures.retry(library, [failure])
    assert (outcome.outcome, outcome.title, outcome.status) == ("added", "A paper that was broken", "published")
    assert catalogue.show(library, outcome.slug or "").view.card.year == 2020
    assert [item.slug for item in shelves.show(library, "peer-training").items] == [outcome.slug]
    assert failures.listing(library) == ()


def test_one_that_fails_again_says_how_often(library: Library) -> None:
    path = document(library, "paper.pdf", BROKEN)
    take_in(library, wanted(path))
    assert [each.outcome for each in failures.retry(library, failures.listing(library))] == ["failed"]
    assert [each.times for each in failures.listing(library)] == [2]


def test_the_latest_failure_comes_first_and_success_is_none(library: Library) -> None:
    for name in ("one.pdf", "two.pdf"):
        take_in(library, wanted(document(library, name, BROKEN + name.encode())))
    take_in(library, wanted(document(library, "good.md", "# Good\n\nWords.\n")))
    assert _names(library) == ["two.pdf", "one.pdf"]


def test_a_source_is_one_from_whatever_folder_it_is_named(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = document(library, "papers/paper.pdf", BROKEN)
    monkeypatch.chdir(path.parent)
    take_in(library, wanted("paper.pdf"))
    monkeypatch.chdir(path.parent.parent)
    take_in(library, wanted("papers/paper.pdf"))
    assert [each.times for each in failures.listing(library)] == [2]
    assert failures.named(library, ["papers/paper.pdf", str(path)]) == failures.listing(library)
    path.write_text("# Whole\n\nWords.\n")
    take_in(library, wanted(path))
    assert failures.listing(library) == ()


def test_bytes_that_came_in_from_elsewhere_are_no_failure(library: Library) -> None:
    text = "# Small\n\nWords.\n"
    with library.database.writing() as session:
        failed = Ingestion(source="/usb/small.md", outcome="failed", milliseconds=1, sentence="It is gone.")
        failed.sha256 = sha256(text)
        session.add(failed)
    assert _names(library) == ["small.md"]
    take_in(library, wanted(document(library, "small.md", text)))
    assert failures.listing(library) == ()


def test_a_failure_that_was_let_go_comes_back_when_it_fails_again(library: Library) -> None:
    path = document(library, "paper.pdf", BROKEN)
    take_in(library, wanted(path))
    failures.dismiss(library, failures.listing(library))
    assert failures.listing(library) == ()
    take_in(library, wanted(path))
    assert [each.times for each in failures.listing(library)] == [2]


def test_what_is_no_failure_is_answered_with_the_nearest_and_nothing_is_tried(library: Library) -> None:
    path = document(library, "paper.pdf", BROKEN)
    take_in(library, wanted(path))
    with pytest.raises(NotFound, match=r"Did you mean .*paper\.pdf"):
        failures.named(library, [f"{path}x"])


def test_an_edition_that_failed_is_tried_again_as_one_of_what_its_group_began(library: Library) -> None:
    full = wanted(document(library, "full.md", "# The guide\n\nWords of hope.\n"), group="1")
    easy_path = document(library, "easy.pdf", BROKEN)
    take_in(library, full, wanted(easy_path, group="1", form="easy-read"))
    easy_path.write_text("# The guide, in short\n\nHope.\n")
    (outcome,) = failures.retry(library, failures.listing(library))
    assert outcome.slug == "the-guide"
    editions = catalogue.show(library, "the-guide").view.editions
    assert [each.form for each in editions] == ["full", "easy-read"]
