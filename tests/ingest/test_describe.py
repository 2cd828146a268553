from __future__ import annotations

import pytest

from ingest import describe


@pytest.mark.parametrize(
    "title",
    [
        "",
        "untitled",
        "Untitled-2.indd",
        "Document1",
        "PowerPoint Presentation",
        "Slide 1",
        "final_v3",
        "FINAL",
        "Microsoft Word - Peer charter.doc",
        "C:\\Users\\kim\\plan",
        "https://example.org/a.pdf",
        "S0140673612345",
        "peer-work-guide-2",
        "doi:10.1002/j.2051-5545.2012.tb00113.x",
        "wps_20123 123..128",
        "Letterhead template",
        "1471-244X-12-34",
        "12",
        "Layout 1",
        "report.docx",
        "Skip to content",
        "word\ufffd\ufffd",
        "Microsoft Office User",
        "Click here to add title",
    ],
)
def test_what_programs_leave_behind_is_no_title(title: str) -> None:
    assert describe.is_junk(title)


@pytest.mark.parametrize(
    "title",
    [
        "Peer work framework",
        "ARC4CFD: Learning how to use a computer",
        "Hope",
        "A guide to the NDIS",
        "treesiftr",
        "Reports from the field",
        "Peer supervision template",
        "Welcome to the ward: a guide",
        "Why 1 in 5 matters",
        "Self-care",
        "自助グループの手引き",
        "Final years: caring at home",
        "CHC43515 Certificate IV in Mental Health Peer Work",
    ],
)
def test_an_author_s_words_are_a_title(title: str) -> None:
    assert not describe.is_junk(title)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("my_file-v2.pdf", "My file"),
        ("peer-work_guide_FINAL_v3.docx", "Peer work guide"),
        ("PeerWorkFramework.pdf", "Peer Work Framework"),
        ("final_v3.pdf", "Document without a title"),
        ("C:\\plans\\Team charter (draft 2).doc", "Team charter"),
        ("", "Document without a title"),
    ],
)
def test_a_file_name_becomes_words(name: str, words: str) -> None:
    assert describe.from_name((), name) == words


def test_the_last_resort_comes_with_a_warning() -> None:
    title = describe.choose(stated=("untitled",), name="team_plan.pdf")
    assert (title.words, title.found) == ("Team plan", "file name")
    assert "file name was used" in title.warnings[0]


def test_a_name_inside_a_program_s_mark_is_better_than_the_file_s() -> None:
    assert describe.choose(stated=("Microsoft Word - peer_plan.doc",), name="x1.pdf").words == "Peer plan"


def test_a_stated_title_equal_to_the_file_s_bare_name_is_not_trusted() -> None:
    assert (
        describe.choose(stated=("peer-guide",), text="Guide for peers", name="peer-guide.pdf").words
        == "Guide for peers"
    )


def test_a_first_line_that_is_a_long_sentence_is_cut_at_its_end() -> None:
    text = "Peer work is something people do together every day. " + "It goes on and on. " * 20
    assert describe.first_line(text) == "Peer work is something people do together every day"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("This book tells you all about\n•\t Peer work\n•\t The way we do it\n About peer work", "Peer work"),
        ("Peer work helps people, and that is known.\n\nHere is more of it.\n\nA charter\n\nMore.", "A charter"),
        ("Only a sentence is here.\n\nAnd another, after it.", "Only a sentence is here"),
        ("Hope on an ordinary day\n\nText.", "Hope on an ordinary day"),
        ("• a list\n• of things\n\nWhat to bring", "What to bring"),
    ],
)
def test_a_title_is_looked_for_among_the_first_lines(text: str, title: str) -> None:
    assert describe.first_line(text) == title
