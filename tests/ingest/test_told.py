"""Where each fact of a document was found."""

from __future__ import annotations

from ingest import told
from ingest.extracted import Extracted


def test_every_fact_that_is_known_has_a_source_and_no_other() -> None:
    found = told.told(Extracted((), title="Hope", title_from="first page", publisher="A network", year=2012))
    assert found.told_by == {
        "title": "its first page",
        "year": "the document itself",
        "organisation": "the document itself",
    }


def test_what_a_reader_says_counts_and_stays_when_asked_again() -> None:
    found = Extracted((), title="Hope", title_from="metadata", publisher="A network", authors=("Kim Lee",))
    once = told.told(found, {"publisher": told.METADATA, "authors": told.FIRST_PAGE, "year": told.TEXT})
    assert once.told_by == {
        "title": "its own metadata",
        "authors": "its first page",
        "organisation": "its own metadata",
    }
    assert told.told(once).told_by == once.told_by


def test_what_metadata_does_not_say_was_found_elsewhere() -> None:
    where = told.stated_or(told.TEXT, {"date": "2012-05", "title": "Hope"})
    assert (where["year"], where["licence"], where["authors"]) == (told.METADATA, told.TEXT, told.METADATA)
