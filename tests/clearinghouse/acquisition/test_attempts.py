"""Each attempt to take something in leaves one row, whatever way it ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from clearinghouse import files
from clearinghouse.acquisition import failures, importing, wanted
from clearinghouse.acquisition.wanted import Outcome, Wanted
from clearinghouse.errors import StorageFailed
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Ingestion
from tests.clearinghouse import making
from tests.clearinghouse.making import STAFF, document, take_in
from tests.files.make import laughs


def _rows(library: Library) -> list[Ingestion]:
    with library.database.reading() as session:
        return list(session.scalars(select(Ingestion).order_by(Ingestion.id)))


def _agree(outcomes: list[Outcome], rows: list[Ingestion]) -> None:
    """As many rows as outcomes, each of one source, in which they say the same."""
    assert sorted((each.source, each.outcome) for each in outcomes) == sorted(
        (row.source, row.outcome) for row in rows
    )
    sentences = {(each.source, each.outcome): each.error or " ".join(each.warnings) for each in outcomes}
    assert all(row.sentence == sentences[row.source, row.outcome] for row in rows)


def test_every_way_an_attempt_can_end_leaves_one_row_with_bytes_time_and_sentence(library: Library) -> None:
    good = document(library, "in/a good one.md", "# On hope\n\nMutual support grows.")
    document(library, "in/damaged.pdf", b"%PDF-1.7\nnot really")
    document(library, "in/empty.md", "")
    document(library, "in/photo.png", b"\x89PNG\r\n\x1a\nnot a document")
    document(library, "in/twin.md", good.read_bytes())
    missing = good.parent / "nowhere.md"
    things = [
        *wanted.walk([str(good.parent), str(missing), "ftp://example.org/a.pdf"], Wanted("", record=STAFF)),
        Wanted("http://127.0.0.1:9/a.pdf", location="http://127.0.0.1:9/a.pdf"),
        Wanted("row 5", record=Record(title="A record", kind="policy", audiences=("staff",))),
    ]
    mistyped = {each.shown for each in things if each.mistyped}
    outcomes = take_in(library, *things)
    rows = _rows(library)
    _agree([each for each in outcomes if each.source not in mistyped], rows)
    by_name = {Path(row.source).name: row for row in rows}
    assert [row.outcome for row in rows].count("failed") == 3
    assert {name: by_name[name].outcome for name in ("a good one.md", "twin.md", "photo.png", "row 5")} == {
        "a good one.md": "added",
        "twin.md": "duplicate",
        "photo.png": "skipped",
        "row 5": "added",
    }
    assert mistyped == {str(missing), "ftp://example.org/a.pdf"}
    assert len(rows) == len(things) - len(mistyped) == 7
    for name in ("a good one.md", "damaged.pdf", "twin.md"):
        assert by_name[name].sha256 == making.sha256((good.parent / name).read_bytes())
    assert all(row.milliseconds >= 0 for row in rows)
    assert all(row.sentence for row in rows if row.outcome in {"failed", "skipped"})
    assert by_name["a good one.md"].resource_id is not None


def test_a_row_of_a_catalogue_that_cannot_be_understood_is_an_attempt_too(library: Library) -> None:
    catalogue = document(
        library,
        "catalogue.csv",
        "title,kind,audiences,file,link\n"
        "Good,policy,staff,,\n"
        "Bad,poem,staff,,\n"
        ",,,,\n"
        "No file,policy,staff,nowhere.pdf,\n"
        "Far,policy,staff,http://127.0.0.1:9/a.pdf,\n"
        "Odd link,policy,staff,,nowhere\n",
    )
    outcomes = list(importing.import_file(library, catalogue))
    assert [each.outcome for each in outcomes].count("failed") >= 4
    _agree(outcomes, _rows(library))


def test_checking_a_catalogue_without_writing_is_no_attempt(library: Library) -> None:
    catalogue = document(library, "catalogue.csv", "title,kind,audiences\nGood,policy,staff\nBad,poem,staff\n")
    assert [each.outcome for each in importing.import_file(library, catalogue, dry_run=True)] == [
        "checked",
        "failed",
    ]
    assert _rows(library) == []


def test_a_row_of_a_catalogue_tried_again_by_itself_says_where_to_mend_it(library: Library) -> None:
    catalogue = document(library, "catalogue.csv", "title,kind,audiences\nBad,poem,staff\n")
    list(importing.import_file(library, catalogue))
    (again,) = failures.retry(library, failures.listing(library))
    assert again.outcome == "failed"
    assert "catalogue.csv line 2 could not be understood; mend it there and import it again" in str(again.error)


def test_milliseconds_are_those_of_opening_reading_and_keeping_it(library: Library) -> None:
    slow = document(library, "slow.pdf", laughs())
    hurried = replace(library, settings=replace(library.settings, extract_seconds=1))
    take_in(hurried, making.wanted(slow))
    (row,) = _rows(library)
    assert row.outcome == "failed"
    assert 1000 <= row.milliseconds < 30_000


def test_what_the_disk_refuses_is_an_attempt_that_failed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise StorageFailed("The disk of the library is full; make room and run the command again.")

    good = document(library, "good.md", "# On hope\n\nMutual support grows.")
    monkeypatch.setattr(files.Originals, "keep", full)
    (outcome,) = take_in(library, making.wanted(good))
    (row,) = _rows(library)
    assert (row.outcome, row.sentence) == ("failed", outcome.error)
    assert row.sha256 == making.sha256(good.read_bytes())
