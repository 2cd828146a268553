from __future__ import annotations

import pytest

from ingest import Extracted, Page, suggest


def about(title: str, text: str) -> Extracted:
    return Extracted(pages=(Page(1, "1", "", text),), title=title)


@pytest.mark.parametrize(
    ("title", "text", "kind", "audience"),
    [
        ("A Charter of Peer Support", "We believe consumers lead.", "charter", "consumers"),
        (
            "Module 2: Group facilitation",
            "Learning outcomes. The facilitator training.",
            "training-module",
            "staff",
        ),
        ("A systematic review of peer workers", "Included studies, abstract, methods.", "review", "staff"),
        ("Caring for someone: fact sheet", "For family and friends and carers.", "fact-sheet", "carers"),
        ("Hiring peer workers: a toolkit for employers", "Recruitment, managers.", "guideline", "providers"),
        ("My recovery story", "I was lost. I felt alone. I began again.", "story", "consumers"),
    ],
)
def test_words_point_to_a_kind_and_an_audience(title: str, text: str, kind: str, audience: str) -> None:
    found = suggest(about(title, text))
    assert found.kind == kind
    assert audience in found.audiences


def test_the_words_that_led_there_are_told() -> None:
    found = suggest(about("A Charter of Peer Support", "For service users."))
    assert "charter" in found.because
    assert "service users" in found.because


def test_words_that_point_nowhere_suggest_nothing() -> None:
    found = suggest(about("Bread", "Mix flour and water, and wait."))
    assert (found.kind, found.audiences, found.because) == (None, (), ())
