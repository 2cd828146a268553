"""What waits, counted where it waits."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from clearinghouse.enquiries import asking, desk
from clearinghouse.enquiries.enquiry_words import Question
from clearinghouse.library import Library
from clearinghouse.models import Enquiry, HelpLine
from clearinghouse.orm import now
from clearinghouse.overview import waiting
from clearinghouse.upkeep import help_lines
from tests.clearinghouse.making import a_resource


def test_in_a_new_library_only_the_help_lines_wait(library: Library) -> None:
    found = _numbers(library)
    assert set(found) == {"Help lines and entries to check", "Links to ask whether they answer"}
    assert found["Help lines and entries to check"] == len(help_lines.lines(library))


def test_an_enquiry_waits_until_it_is_gone(library: Library) -> None:
    with library.database.writing() as session:
        session.execute(delete(HelpLine))
    reference = asking.ask(library, Question("How do I begin?"), "form").reference
    assert _numbers(library) == {"Questions to answer": 1}
    desk.answer(library, reference, "So.")
    assert _numbers(library) == {"Answered questions to close": 1}
    desk.close(library, reference)
    assert _numbers(library) == {}
    with library.database.writing() as session:
        session.execute(update(Enquiry).values(closed_at=now() - timedelta(days=91)))
    assert _numbers(library) == {"Closed questions past their day": 1}


def test_people_who_asked_come_before_papers(library: Library) -> None:
    a_resource(library, "A draft", "Words.", draft=True)
    a_resource(library, "Elsewhere", "Words.", link="https://example.org/elsewhere")
    asking.ask(library, Question("How do I begin?"), "form")
    found = [each.what for each in waiting.everything(library) if each.number]
    assert found[:2] == ["Questions to answer", "Drafts to decide on"]
    assert found[-1] == "Links to ask whether they answer"


def _numbers(library: Library) -> dict[str, int]:
    return {each.what: each.number for each in waiting.everything(library) if each.number}
