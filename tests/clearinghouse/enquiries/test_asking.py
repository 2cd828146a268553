"""A visitor asks: what is kept, once, and what is refused."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from clearinghouse.enquiries import asking, desk, enquiry_words
from clearinghouse.enquiries.enquiry_words import Question
from clearinghouse.errors import Invalid, NotFound, TooMany
from clearinghouse.library import Library, open_library
from clearinghouse.models import Enquiry, Secret
from clearinghouse.orm import now
from clearinghouse.settings import Settings

SAM = Question("How do I begin a group?", "carers", "sam@example.org or 0412 345 678", True, "Sam")


def test_what_was_asked_is_kept_as_it_was_typed(library: Library) -> None:
    kept = asking.ask(library, SAM, "form")
    assert kept.new
    assert kept.can_be_answered
    shown = desk.show(library, kept.reference)
    assert (shown.need, shown.audience, shown.reach, shown.nickname) == (*SAM.everything()[:3], "Sam")
    assert shown.may_leave_message
    assert shown.status == "open"


def test_the_same_form_sent_twice_is_one_enquiry_and_a_changed_one_is_another(library: Library) -> None:
    first = asking.ask(library, SAM, "form")
    again = asking.ask(library, SAM, "form")
    assert (again.reference, again.new) == (first.reference, False)
    changed = asking.ask(library, Question("How do I begin a group? And where?"), "form")
    assert changed.new
    assert len(desk.listing(library)) == 2


def test_one_form_sent_at_the_same_moment_by_four_is_one_enquiry(library: Library) -> None:
    kept: list[asking.Receipt] = []
    threads = [threading.Thread(target=lambda: kept.append(asking.ask(library, SAM, "form"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each.reference for each in kept}) == 1
    assert sum(each.new for each in kept) == 1
    assert len(desk.listing(library)) == 1


def test_nothing_to_reach_by_is_kept_and_cannot_be_answered(library: Library) -> None:
    kept = asking.ask(library, Question("A question", may_leave_message=True), "form")
    assert not kept.can_be_answered
    shown = desk.show(library, kept.reference)
    assert not shown.can_be_answered
    assert not shown.may_leave_message, "there is nowhere to leave one"


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (Question(""), "need"),
        (Question("x" * 5001), "need"),
        (Question("x", reach="y" * 301), "reach"),
        (Question("x", nickname="y" * 81), "nickname"),
    ],
)
def test_what_cannot_be_kept_says_which_field_and_what_to_do(
    library: Library, question: Question, field: str
) -> None:
    assert list(enquiry_words.faults(question)) == [field]
    with pytest.raises(Invalid):
        asking.ask(library, question, "form")
    assert desk.listing(library) == ()


def test_five_thousand_characters_are_kept_whole(library: Library) -> None:
    need = "wörd " * 999 + "ended"
    assert len(need) == 5000
    assert desk.show(library, asking.ask(library, Question(need), "form").reference).need == need


def test_more_in_an_hour_than_anybody_could_read_is_refused_and_an_hour_later_is_not(library: Library) -> None:
    with library.database.writing() as session:
        session.add_all(Enquiry(reference=f"R{at}", need="spam", nickname="", reach="") for at in range(100))
    with pytest.raises(TooMany):
        asking.ask(library, SAM, "form")
    with library.database.writing() as session:
        session.execute(update(Enquiry).values(received_at=now() - timedelta(minutes=61)))
    assert asking.ask(library, SAM, "form").new


def test_the_key_of_the_form_is_made_once_and_lasts(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    opened = open_library(settings)
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(asking.signing_key(opened))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened.close()
    again = open_library(settings)
    assert {*keys, asking.signing_key(again)} == {keys[0]}
    assert len(keys[0]) >= 40
    with again.database.reading() as session:
        assert len(session.scalars(select(Secret)).all()) == 1
    again.close()


def test_a_visitor_is_told_of_an_unknown_reference_and_never_of_another(library: Library) -> None:
    known = asking.ask(library, SAM, "form").reference
    with pytest.raises(NotFound, match="no question “KM3R-7WHX” here") as problem:
        asking.receipt(library, "KM3R-7WHX")
    assert known not in str(problem.value)
    assert asking.receipt(library, known.lower()).reference == known
