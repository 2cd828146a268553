"""Taking documents and records in: what each thing ends as, and that nothing is half-added."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from sqlalchemy import func, select

from clearinghouse import files, indexing
from clearinghouse.acquisition import wanted
from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Change, Event, Ingestion, Original, Resource
from clearinghouse.search import discovery
from clearinghouse.search.discovery import Question
from clearinghouse.visiting import archive
from tests.clearinghouse import making
from tests.clearinghouse.making import STAFF, document, sha256, take_in


def _count(library: Library, what: type[object]) -> int:
    with library.database.reading() as session:
        return session.scalar(select(func.count()).select_from(what)) or 0


def _attempts(library: Library) -> list[tuple[str, str]]:
    with library.database.reading() as session:
        rows = session.execute(select(Ingestion.outcome, Ingestion.sentence).order_by(Ingestion.id))
        return [(outcome, sentence) for outcome, sentence in rows]


def test_a_document_is_added_published_and_found(library: Library) -> None:
    path = document(library, "hope.md", "# On hope\n\nMutual support grows.\n\n## Later\n\nIt lasts.\n")
    (outcome,) = take_in(library, making.wanted(path))
    assert (outcome.source, outcome.outcome, outcome.slug, outcome.title, outcome.status) == (
        str(path),
        "added",
        "on-hope",
        "On hope",
        "published",
    )
    assert (outcome.pages, outcome.error) == (2, None)
    assert outcome.words > 4
    answer = discovery.search(library, Question("mutual"))
    assert [found.card.slug for found in answer.found] == ["on-hope"]
    edition = catalogue.show(library, "on-hope").view.editions[0]
    assert edition.original is not None
    assert library.originals.path(edition.original.sha256).read_bytes() == path.read_bytes()
    assert indexing.pending(library) == 0


def test_outcomes_come_in_the_order_given_and_one_failure_stops_nothing(library: Library) -> None:
    first = document(library, "a.md", "# First\n\nHope.")
    empty = document(library, "b.md", "")
    damaged = document(library, "c.pdf", b"%PDF-1.7\nnot really")
    missing = library.settings.home / "nowhere.md"
    last = document(library, "d.md", "# Last\n\nHope.")
    record = Wanted(shown="row 5", record=Record(title="A record", kind="policy", audiences=("staff",)))
    things = [making.wanted(each) for each in (first, empty, damaged, missing, last, first)]
    outcomes = take_in(library, *things[:4], record, *things[4:])
    assert [each.outcome for each in outcomes] == [
        "added",
        "failed",
        "failed",
        "failed",
        "added",
        "added",
        "duplicate",
    ]
    assert [each.source for each in outcomes] == [
        str(first),
        str(empty),
        str(damaged),
        str(missing),
        "row 5",
        str(last),
        str(first),
    ]
    for failed in outcomes[1:4]:
        assert failed.error
        assert failed.slug is None
        assert "\n" not in failed.error
    assert [card.title for card in catalogue.listing(library)] == ["A record", "First", "Last"]
    assert [outcome for outcome, _ in _attempts(library)].count("failed") == 3


def test_the_same_bytes_twice_in_one_batch_are_one_resource(library: Library) -> None:
    one = document(library, "one.txt", "The very same words\n\nof hope")
    other = document(library, "two.txt", "The very same words\n\nof hope")
    outcomes = take_in(library, making.wanted(one), making.wanted(other))
    assert [each.outcome for each in outcomes] == ["added", "duplicate"]
    assert outcomes[0].slug == outcomes[1].slug
    assert outcomes[1].warnings == ()
    assert _count(library, Resource) == _count(library, Original) == 1


def test_a_duplicate_changes_nothing(library: Library) -> None:
    path = document(library, "hope.md", "# On hope\n\nWords.")
    take_in(library, making.wanted(path))
    before = catalogue.history(library, "on-hope")
    (again,) = take_in(library, making.wanted(path, Record(title="Other", kind="policy", audiences=("carers",))))
    assert again.outcome == "duplicate"
    assert catalogue.history(library, "on-hope") == before
    assert catalogue.show(library, "on-hope").view.card.kind == "guideline"


def test_new_content_at_the_same_place_updates_and_keeps_the_old_original(library: Library) -> None:
    path = document(library, "hope.md", "# On hope\n\nOld words, wombat.")
    old, new = sha256(path.read_bytes()), b"# On hope, again\n\nNew words, platypus."
    take_in(library, making.wanted(path))
    path.write_bytes(new)
    (outcome,) = take_in(library, making.wanted(path))
    assert (outcome.outcome, outcome.slug, outcome.title) == ("updated", "on-hope", "On hope, again")
    entry = next(each for each in catalogue.history(library, "on-hope") if each.what == "updated")
    assert entry.details == {"edition": "full", "original": [old, sha256(new)]}
    assert library.originals.digest(old) == old
    assert discovery.search(library, Question("wombat")).total == 0
    assert discovery.search(library, Question("platypus")).total == 1
    assert bool(indexing.check(library)) is False


def test_content_that_comes_back_is_an_update_too(library: Library) -> None:
    path = document(library, "hope.md", "# On hope\n\nFirst.")
    outcomes = []
    for content in ("First.", "Second.", "First."):
        path.write_text(f"# On hope\n\n{content}")
        outcomes += take_in(library, making.wanted(path))
    assert [each.outcome for each in outcomes] == ["added", "updated", "updated"]
    assert _count(library, Original) == 2
    assert catalogue.show(library, "on-hope").texts[0][0].text.endswith("First.")


def test_an_update_leaves_the_curators_title_alone(library: Library) -> None:
    path = document(library, "hope.md", "# On hope\n\nOld.")
    take_in(library, making.wanted(path, Record(title="Hope for all", kind="story", audiences=("carers",))))
    path.write_text("# Something else\n\nNew.")
    (outcome,) = take_in(library, making.wanted(path))
    assert (outcome.slug, outcome.title) == ("hope-for-all", "Hope for all")


def test_another_edition_stands_beside_the_first(library: Library) -> None:
    full = document(library, "full.md", "# Our charter\n\nThe principles.")
    easy = document(library, "easy.md", "# The charter, made easy\n\nWhat we say.")
    take_in(library, making.wanted(full))
    (outcome,) = take_in(
        library, making.wanted(easy, Record(), edition_of="our-charter", form="easy-read", language="en-AU")
    )
    assert (outcome.outcome, outcome.slug, outcome.title) == ("added", "our-charter", "Our charter")
    editions = catalogue.show(library, "our-charter").view.editions
    assert [edition.key for edition in editions] == ["full", "easy-read-en"]
    assert discovery.search(library, Question("principles say")).total == 1


def test_an_edition_of_nothing_fails_in_one_sentence(library: Library) -> None:
    path = document(library, "easy.md", "# Easy\n\nWords.")
    (outcome,) = take_in(library, making.wanted(path, edition_of="no-such-thing"))
    assert outcome.outcome == "failed"
    assert "There is no resource “no-such-thing”" in (outcome.error or "")
    assert _count(library, Resource) == 0


def test_things_of_one_group_are_editions_of_one_resource(library: Library) -> None:
    full = document(library, "full.md", "# The framework\n\nAll of it.")
    short = document(library, "short.md", "# In short\n\nA little.")
    group = [
        making.wanted(full, group="row 2"),
        making.wanted(short, group="row 2", form="summary"),
        Wanted(shown="row 2", record=STAFF, group="row 2", form="video", edition_link="https://example.org/v"),
    ]
    outcomes = take_in(library, *group)
    assert {each.slug for each in outcomes} == {"the-framework"}
    assert catalogue.show(library, "the-framework").view.card.forms == ("full", "summary", "video")


def test_a_group_that_grows_stays_one_resource(library: Library) -> None:
    said = Record(title="A talk", kind="video", audiences=("carers",))
    video = Wanted(shown="r", record=said, group="r", form="video", edition_link="https://example.org/talk")
    take_in(library, video)
    transcript = document(library, "transcript.md", "# Transcript\n\nWhat was said.")
    outcomes = take_in(library, video, making.wanted(transcript, said, group="r"))
    assert [(each.outcome, each.slug) for each in outcomes] == [("duplicate", "a-talk"), ("added", "a-talk")]
    transcript.write_text("# Transcript\n\nWhat was really said.")
    easy = document(library, "easy.md", "# Easy\n\nWhat was meant.")
    outcomes = take_in(
        library,
        making.wanted(transcript, said, group="r"),
        making.wanted(easy, said, group="r", form="easy-read"),
    )
    assert [(each.outcome, each.slug) for each in outcomes] == [("updated", "a-talk"), ("added", "a-talk")]
    assert _count(library, Resource) == 1


def test_the_text_of_a_draft_suggests_what_it_is_and_says_how_to_publish(library: Library) -> None:
    text = "# A guideline for carers\n\nThis guideline is for family, friends and carers. " + "Carers matter. " * 9
    (outcome,) = take_in(library, making.wanted(document(library, "g.md", text), Record()))
    assert outcome.status == "draft"
    view = catalogue.show(library, outcome.slug or "").view
    assert view.guessed["kind"] == "guideline"
    assert "carers" in view.guessed["audiences"]  # type: ignore[operator]
    said = outcome.warnings[-1]
    assert "guessed to be a guideline for carers" in said
    assert "`clearinghouse edit a-guideline-for-carers --kind guideline --audience carers" in said
    assert "`clearinghouse publish a-guideline-for-carers`" in said
    assert discovery.search(library, Question("carers")).total == 0


def test_a_draft_that_was_asked_for_waits_with_everything_said(library: Library) -> None:
    (outcome,) = take_in(library, making.wanted(document(library, "g.md", "# Hope\n\nWords."), draft=True))
    assert outcome.status == "draft"
    assert outcome.warnings[-1] == "Kept as a draft; show it to visitors with `clearinghouse publish hope`."
    assert catalogue.publish(library, "hope") is True


def test_a_place_in_a_collection_moves_the_others_on(library: Library) -> None:
    for title, position in (("Third", None), ("First", 1), ("Second", 2), ("Last", 99)):
        record = Record(title=title, kind="training-module", audiences=("staff",))
        take_in(library, Wanted(shown=title, record=record, placement=Placement("Our series", position)))
    shown = archive.contents(library, "our-series")
    assert [item.card.title for item in shown.items] == ["First", "Second", "Third", "Last"]


def test_a_folder_of_pictures_alone_is_one_failure(library: Library) -> None:
    folder = document(library, "pictures/a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100).parent
    document(library, "pictures/b.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 100)
    things = wanted.walk([str(folder)], Wanted(shown="", record=STAFF))
    outcomes = list(wanted.without_empty_folders(take_in(library, *things), [str(folder)]))
    assert [each.outcome for each in outcomes] == ["skipped", "skipped", "failed"]
    assert outcomes[-1].source == str(folder)
    assert outcomes[-1].error == (
        f"{folder} holds nothing that can be read; docs/formats.md lists what can, such as PDF, Word and HTML."
    )


def test_what_is_no_document_beside_documents_is_passed_over(library: Library) -> None:
    folder = document(library, "mixed/a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100).parent
    document(library, "mixed/b.md", "# Hope\n\nWords.")
    things = wanted.walk([str(folder)], Wanted(shown="", record=STAFF))
    outcomes = list(wanted.without_empty_folders(take_in(library, *things), [str(folder)]))
    assert [each.outcome for each in outcomes] == ["skipped", "added"]


def test_a_document_in_a_folder_that_is_not_what_its_name_says_fails(library: Library) -> None:
    folder = document(library, "mixed/a.docx", b"PK\x03\x04 and then nothing").parent
    document(library, "mixed/b.md", "# Hope\n\nWords.")
    things = wanted.walk([str(folder)], Wanted(shown="", record=STAFF))
    outcomes = list(wanted.without_empty_folders(take_in(library, *things), [str(folder)]))
    assert [each.outcome for each in outcomes] == ["failed", "added"]


def test_a_name_that_is_not_utf8_stops_nothing(library: Library) -> None:
    folder = document(library, "old/b.md", "# Hope\n\nWords.").parent
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md")).write_text("# Coffee\n\nWith a peer.")
    except OSError:
        pytest.skip("This file system keeps no names that are not UTF-8.")
    things = wanted.walk([str(folder)], Wanted(shown="", record=STAFF))
    outcomes = take_in(library, *things)
    assert len(outcomes) == 2
    assert outcomes[0].title == "Hope"
    assert outcomes[1].title == "Coffee" or "caf\ufffd.md" in (outcomes[1].error or "")
    assert outcomes[1].source.encode("utf-8")


def test_a_full_disk_is_one_sentence_and_nothing_is_half_added(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = document(library, "hope.md", "# On hope\n\nWords.")
    with monkeypatch.context() as filled:
        filled.setattr(files.os, "fsync", full)
        outcomes = take_in(library, making.wanted(path), making.wanted(path))
    assert [each.outcome for each in outcomes] == ["failed", "failed"]
    assert outcomes[0].error == "The disk of the library is full; make room and run the command again."
    for table in (Resource, Original, Event, Change):
        assert _count(library, table) == 0
    assert [each for each in library.originals.root.rglob("*") if each.is_file()] == []
    assert [each.outcome for each in take_in(library, making.wanted(path))] == ["added"]


def test_a_database_that_cannot_grow_adds_nothing_and_loses_nothing(library: Library) -> None:
    first = document(library, "first.md", "# First\n\nHope.")
    take_in(library, making.wanted(first))
    large = document(library, "large.md", "# Large\n\n" + "many words of hope " * 40_000)

    with library.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    (outcome,) = take_in(library, making.wanted(large))
    assert (outcome.outcome, outcome.error) == (
        "failed",
        "The disk of the library is full; make room and run the command again.",
    )
    library.database.close()
    assert [card.title for card in catalogue.listing(library)] == ["First"]
    assert bool(indexing.check(library)) is False
    assert [each.outcome for each in take_in(library, making.wanted(large))] == ["added"]


def test_a_text_is_kept_in_the_language_of_its_words_unless_the_curator_says_another(library: Library) -> None:
    italian = "Il sostegno tra pari è l'aiuto che le persone che hanno vissuto lo stesso si danno a vicenda. " * 3
    page = f"<html lang=en><title>Pari</title><body><main><h1>Pari</h1><p>{italian}</p></main></body></html>"
    path = making.document(library, "pari.html", page)
    (found,) = making.take_in(library, making.wanted(path))
    (edition,) = catalogue.show(library, found.slug or "").view.editions
    assert (edition.key, edition.language, edition.language_name) == ("full-it", "it", "Italian")
    assert "its words are Italian" in found.warnings[0]
    other = making.document(library, "pari2.html", page.replace("Il sostegno", "Un sostegno"))
    (found,) = making.take_in(library, making.wanted(other, language="en", edition_of=found.slug))
    editions = catalogue.show(library, found.slug or "").view.editions
    assert [each.language for each in editions] == ["it", "en"]
    assert not any("Italian" in each for each in found.warnings)


def test_a_draft_keeps_what_its_words_suggest_and_why_and_a_published_one_nothing(library: Library) -> None:
    text = (
        "Fact sheet\n\nPeer supervision is time to think. "
        + "A peer worker brings a question to supervision. " * 6
    )
    path = making.document(library, "sheet.txt", "Peer supervision\n\n" + text)
    (found,) = making.take_in(library, making.wanted(path, Record()))
    with library.database.reading() as session:
        guessed = catalogue.find(session, found.slug or "").guessed
    assert (guessed["kind"], guessed["topics"][0], guessed["speaks"]) == ("fact-sheet", "peer-supervision", None)
    assert "“peer supervision” in the title" in guessed["because"]["topics"][0]
    assert "staff" in guessed["audiences"]
    catalogue.revise(library, found.slug or "", Record(kind="guideline", audiences=("staff",)))
    catalogue.publish(library, found.slug or "")
    path.write_text(path.read_text() + "A line more.", encoding="utf-8")
    (found,) = making.take_in(library, making.wanted(path, Record()))
    with library.database.reading() as session:
        row = catalogue.find(session, found.slug or "")
        assert (found.outcome, row.kind, row.topics, row.guessed) == ("updated", "guideline", [], {})
