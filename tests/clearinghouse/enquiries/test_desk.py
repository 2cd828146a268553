"""The officer's desk: what is answered, and what is forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select, update

from clearinghouse.enquiries import asking, desk, packs
from clearinghouse.enquiries.enquiry_words import Question
from clearinghouse.enquiries.packs import Contents
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.library import Library
from clearinghouse.models import Enquiry, EnquiryNote
from clearinghouse.orm import now
from clearinghouse.upkeep import health
from tests.clearinghouse import making

SAM = Question("How do I begin a group?", "carers", "sam@example.org or 0412 345 678", True, "Sam")


def _closed_days_ago(library: Library, reference: str, days: float) -> None:
    desk.close(library, reference)
    with library.database.writing() as session:
        session.execute(
            update(Enquiry).where(Enquiry.reference == reference).values(closed_at=now() - timedelta(days=days))
        )


def test_an_unknown_reference_says_what_to_do(library: Library) -> None:
    for use_case in (desk.show, desk.close):
        with pytest.raises(NotFound, match="enquiries list"):
            use_case(library, "KM3R-7WHX")


def test_open_enquiries_stand_first_and_the_oldest_of_them_on_top(library: Library) -> None:
    made = [asking.ask(library, Question(f"Question {at}"), str(at)).reference for at in range(4)]
    desk.close(library, made[0])
    desk.answer(library, made[1], "So it is.")
    assert [each.reference for each in desk.listing(library)] == [made[2], made[3], made[1], made[0]]
    assert [each.reference for each in desk.listing(library, "answered")] == [made[1]]


def test_notes_and_answers_are_kept_in_order_with_who_wrote_them(library: Library) -> None:
    reference = asking.ask(library, SAM, "form").reference
    desk.note(library, reference, "Rang; nobody there.\x07")
    shown = desk.answer(library, reference, "Read this.")
    assert [(each.kind, each.text, each.who) for each in shown.notes] == [
        ("note", "Rang; nobody there.", "A Curator"),
        ("answer", "Read this.", "A Curator"),
    ]
    assert shown.status == "answered"


@pytest.mark.parametrize("words", ["", "  \n", "\x00"])
def test_an_empty_note_or_answer_is_refused(library: Library, words: str) -> None:
    reference = asking.ask(library, SAM, "form").reference
    for use_case in (desk.note, desk.answer):
        with pytest.raises(Invalid, match="is empty"):
            use_case(library, reference, words)
    assert desk.show(library, reference).notes == ()


def test_an_answer_opens_a_closed_enquiry_again_so_that_it_is_not_deleted(library: Library) -> None:
    reference = asking.ask(library, SAM, "form").reference
    _closed_days_ago(library, reference, 91)
    assert desk.answer(library, reference, "One more thing.").closed_at is None
    assert desk.purge(library) == ()


def test_closing_twice_counts_from_the_first_time(library: Library) -> None:
    reference = asking.ask(library, SAM, "form").reference
    first, done = desk.close(library, reference)
    again, done_again = desk.close(library, reference)
    assert (done, done_again) == (True, False)
    assert first.closed_at == again.closed_at
    assert first.deleted_after == first.closed_at + timedelta(days=90)


def test_purge_deletes_what_is_past_its_day_and_nothing_else(library: Library) -> None:
    old, young, answered, open_ = (
        asking.ask(library, Question(f"Question {at}"), str(at)).reference for at in range(4)
    )
    desk.note(library, old, "A note")
    desk.note(library, young, "Another note")
    desk.answer(library, answered, "An answer")
    _closed_days_ago(library, old, 90.01)
    _closed_days_ago(library, young, 89.99)
    assert desk.overdue(library) == 1
    assert desk.purge(library, dry_run=True) == (old,)
    assert len(desk.listing(library)) == 4
    assert desk.purge(library) == (old,)
    assert {each.reference for each in desk.listing(library)} == {young, answered, open_}
    with library.database.reading() as session:
        assert sorted(session.scalars(select(EnquiryNote.text))) == ["An answer", "Another note"]
    assert desk.purge(library) == ()


def _purge(library: Library, _reference: str) -> None:
    desk.purge(library)


@pytest.mark.parametrize("forget", [desk.delete, _purge])
def test_what_was_deleted_is_nowhere_on_the_disk(
    library: Library, tmp_path: Path, forget: Callable[[Library, str], object]
) -> None:
    # As on a system whose SQLite does not overwrite what it deletes unless it is told to.
    event.listen(library.database.engine, "connect", _overwrite_nothing, insert=True)
    library.database.engine.dispose()
    references = []
    for at in range(30):
        question = Question("A sentence that nobody else wrote. " * at * 4 + "!", reach=f"wombat{at}@example.org")
        references.append(asking.ask(library, question, str(at)).reference)
        desk.note(library, references[-1], f"Rang the wombat {at}. " * 5)
    for reference in references:
        desk.answer(library, reference, "Dear wombat")
        _closed_days_ago(library, reference, 100)

    def bytes_kept() -> bytes:
        files = (tmp_path / "home").glob("library.db*")
        return b"".join(each.read_bytes() for each in files)

    assert b"wombat7@example.org" in bytes_kept()
    for reference in references:
        forget(library, reference)
    assert desk.listing(library) == ()
    for trace in (b"nobody else wrote", b"@example.org", b"Rang the", b"Dear wombat"):
        assert trace not in bytes_kept()


def _overwrite_nothing(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA secure_delete = OFF")


def test_the_doctor_says_how_many_are_past_their_day(library: Library) -> None:
    for at in range(2):
        _closed_days_ago(library, asking.ask(library, Question("Q"), str(at)).reference, 91)
    (finding,) = (each for each in health.examine(library) if each.name == "enquiries")
    assert not finding.well
    assert finding.sentence.startswith(
        "2 closed enquiries are kept past 90 days; run `clearinghouse enquiries purge`"
    )
    desk.purge(library)
    assert all(each.well for each in health.examine(library) if each.name == "enquiries")


def test_an_answer_carries_its_pack(library: Library) -> None:
    guide = making.a_resource(library, "Guide", "Words.")
    reference = asking.ask(library, SAM, "form").reference
    made = desk.make_pack(library, reference, Contents("To begin", [guide]))
    shown = desk.answer(library, reference, "", made.slug)
    assert [(each.kind, each.pack) for each in shown.notes] == [("note", made.slug), ("answer", made.slug)]


@pytest.mark.parametrize(
    "words",
    [
        "For SAM, with care",
        "Write to sam@example.org",
        "Ring 0412345678",
        "Ring (0412) 345-678 first",
        "About REFERENCE",
        "About reference",
    ],
)
@pytest.mark.parametrize("where", ["title", "introduction", "note"])
def test_a_pack_that_holds_who_asked_is_refused(library: Library, words: str, where: str) -> None:
    guide = making.a_resource(library, "Guide", "Words.")
    reference = asking.ask(library, SAM, "form").reference
    said = words.replace("REFERENCE", reference).replace("reference", reference.lower())
    contents = {
        "title": Contents(said, [guide]),
        "introduction": Contents("To begin", [guide], introduction=said),
        "note": Contents("To begin", [guide], notes={guide: said}),
    }[where]
    with pytest.raises(Invalid, match="a pack never says who asked"):
        desk.make_pack(library, reference, contents)
    assert packs.packs(library) == ()
    named = packs.create(library, contents)
    with pytest.raises(Invalid, match="a pack never says who asked"):
        desk.answer(library, reference, "Here", named.slug)
    assert desk.show(library, reference).notes == ()


@pytest.mark.parametrize("words", ["The same guide", "A balsam fir", "0412", "Example.org has more"])
def test_words_that_only_look_like_somebody_are_no_obstacle(library: Library, words: str) -> None:
    guide = making.a_resource(library, "Guide", "Words.")
    reference = asking.ask(library, SAM, "form").reference
    assert desk.make_pack(library, reference, Contents(words, [guide])).title == words


def test_a_withdrawn_pack_cannot_go_with_an_answer(library: Library) -> None:
    guide = making.a_resource(library, "Guide", "Words.")
    reference = asking.ask(library, SAM, "form").reference
    made = packs.create(library, Contents("To begin", [guide]))
    packs.withdraw(library, made.slug)
    with pytest.raises(Invalid, match="was withdrawn"):
        desk.answer(library, reference, "Here", made.slug)


def test_a_purged_enquiry_leaves_its_pack(library: Library) -> None:
    guide = making.a_resource(library, "Guide", "Words.")
    reference = asking.ask(library, SAM, "form").reference
    made = desk.make_pack(library, reference, Contents("To begin", [guide]))
    _closed_days_ago(library, reference, 100)
    assert desk.purge(library) == (reference,)
    assert packs.pack(library, made.slug).title == "To begin"
