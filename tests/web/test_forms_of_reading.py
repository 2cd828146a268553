"""How pages, slides and stretches of time are named, and what a visitor is told of pages that a machine read."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import update

from clearinghouse.acquisition import intake
from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Page
from clearinghouse.web import create_app
from tests.clearinghouse import making
from tests.files import office

TALK = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Amal>Welcome.

00:12:30.000 --> 00:12:34.000
<v Amal>A lantern is what we called it.
"""


def added(library: Library, folder: Path, name: str, data: bytes, kind: str, **said: str) -> str:
    """The slug of what comes of a file."""
    (folder / name).write_bytes(data)
    record = Record(kind=kind, audiences=("staff",))
    wanted = Wanted(shown=name, location=str(folder / name), record=record, **said)
    (outcome,) = intake.take_in(library, [wanted])
    assert outcome.slug is not None, outcome.error
    return outcome.slug


def page(library: Library, address: str) -> BeautifulSoup:
    answer = create_app(library).test_client().get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def names(shown: BeautifulSoup) -> list[str]:
    return [heading.get_text(strip=True) for heading in shown.select("section.page h2")]


def test_a_hit_in_a_transcript_says_when_it_was_said(library: Library, tmp_path: Path) -> None:
    slug = added(library, tmp_path, "talk-about-hope.vtt", TALK.encode(), "video")
    (link,) = page(library, "/search?q=lantern").select(".card a[href*='#page-2']")
    assert link.get_text() == "At 12:30 of Talk about hope"
    shown = page(library, f"/resources/{slug}/transcript/read")
    assert names(shown) == ["At 0:01", "At 12:30"]
    assert "Transcript" in shown.get_text()


def test_captions_of_a_video_that_is_here_are_its_transcript(library: Library, tmp_path: Path) -> None:
    slug = making.a_resource(library, "A talk", "What it is about.")
    added(library, tmp_path, "talk.srt", b"1\n00:00:01,000 --> 00:00:02,000\nHello\n", "video", edition_of=slug)
    shown = page(library, f"/resources/{slug}")
    assert [form.get_text(strip=True) for form in shown.select(".edition h3")] == ["Full text", "Transcript"]
    assert "SubRip captions" in shown.get_text()


def test_slides_are_named_by_number_and_title(library: Library, tmp_path: Path) -> None:
    slug = added(library, tmp_path, "workshop.pptx", office.slides(), "training-module")
    shown = page(library, f"/resources/{slug}/full/read")
    assert names(shown)[1:] == ["Slide 2: What a group needs", "Slide 3: Who does what"]
    assert [row.get_text(strip=True) for row in shown.select("#page-3 li")] == [
        "Who | What",
        "Amal | Opens the door",
        "Everybody",
    ]
    (link,) = page(library, "/search?q=door+opens").select(".card a[href*='#page-3']")
    assert link.get_text(strip=True) == "Slide 3: Who does what"


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ([2, 3], "2 pages were read by a machine from a picture of the page: pages 2 to 3. It may hold mistakes"),
        ([1, 2, 3], "Its text was read by a machine from pictures of its pages. It may hold mistakes"),
    ],
)
def test_pages_read_by_a_machine_say_so_on_the_record_and_where_they_are_read(
    library: Library, numbers: list[int], sentence: str
) -> None:
    slug = making.a_resource(library, "A scan", "First.", "Second.", "Third.")
    assert "by a machine" not in page(library, f"/resources/{slug}").get_text()
    with library.database.writing() as session:
        session.execute(update(Page).where(Page.number.in_(numbers)).values(read_by="ocr"))
    assert sentence in page(library, f"/resources/{slug}").get_text()
    marked = page(library, f"/resources/{slug}/full-en/read").select(".by-machine")
    assert [each.find_parent("section")["id"] for each in marked] == [f"page-{number}" for number in numbers]
    assert marked[0].get_text() == "Read by a machine from a picture of the page; it may hold mistakes."
