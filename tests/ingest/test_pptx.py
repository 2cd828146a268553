from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from ingest import Damaged, formats, read_file
from ingest.extract import pptx
from tests.files import office


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "workshop.pptx"
    path.write_bytes(office.slides())
    return path


def test_a_slide_is_a_page_with_its_number_and_its_title(deck: Path) -> None:
    found = pptx.extract(deck, "workshop.pptx")
    assert [(page.number, page.label, page.heading) for page in found.pages] == [
        (1, "1", "Starting a peer support group"),
        (2, "2", "What a group needs"),
        (3, "3", "Who does what"),
    ]
    assert found.pages[0].text == "A workshop in one morning"


def test_bullets_grouped_shapes_and_notes_are_read_and_notes_say_so(deck: Path) -> None:
    text = pptx.extract(deck, "workshop.pptx").pages[1].text
    assert text == (
        "• A room with a door\n• Tea and time\n\nNobody leads alone.\n\n"
        "Speaker notes:\n\nAsk who has been in a group before."
    )


def test_a_row_of_a_table_is_a_line_and_a_merged_cell_is_said_once(deck: Path) -> None:
    assert (
        pptx.extract(deck, "workshop.pptx").pages[2].text == "| Who | What\n| Amal | Opens the door\n| Everybody"
    )


def test_a_presentation_gives_its_title_and_author(deck: Path, tmp_path: Path) -> None:
    found = pptx.extract(deck, "workshop.pptx")
    assert (found.title, found.authors) == ("Starting a peer support group", ("Rosa Example",))
    left = tmp_path / "left.pptx"
    left.write_bytes(office.slides(title="PowerPoint Presentation"))  # what PowerPoint writes by itself
    found = pptx.extract(left, "final.pptx")
    assert (found.title, found.title_from) == ("Starting a peer support group", "heading")


def test_the_numbers_of_a_chart_are_a_table(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    data = CategoryChartData()
    data.categories = ["2023", "2024"]
    data.add_series("Groups", (4, 7.5))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Inches(4), Inches(3), data)
    deck.save(str(tmp_path / "chart.pptx"))
    assert pptx.extract(tmp_path / "chart.pptx", "c.pptx").pages[0].text == "| 2023 | 2024\n| Groups | 4 | 7.5"


def test_a_slide_without_words_keeps_its_number(tmp_path: Path) -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "Hope"
    deck.save(str(tmp_path / "two.pptx"))
    assert [page.heading for page in pptx.extract(tmp_path / "two.pptx", "two.pptx").pages] == ["", "Hope"]


def test_a_presentation_without_a_word_or_broken_is_damaged(deck: Path, tmp_path: Path) -> None:
    empty = Presentation()
    empty.slides.add_slide(empty.slide_layouts[6])
    out = io.BytesIO()
    empty.save(out)
    (tmp_path / "empty.pptx").write_bytes(out.getvalue())
    with pytest.raises(Damaged, match="holds no words"):
        pptx.extract(tmp_path / "empty.pptx", "empty.pptx")
    (tmp_path / "cut.pptx").write_bytes(deck.read_bytes()[:9_000])
    with pytest.raises(Damaged, match="not a whole"):
        pptx.extract(tmp_path / "cut.pptx", "cut.pptx")


def test_a_presentation_is_known_by_its_bytes(deck: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "slides.zip"
    renamed.write_bytes(deck.read_bytes())
    assert read_file(renamed, max_bytes=1 << 30).media_type == formats.PPTX


@pytest.mark.parametrize(
    "kind",
    [
        "openxmlformats-officedocument.presentationml.slideshow",
        "openxmlformats-officedocument.presentationml.template",
        "ms-powerpoint.slideshow.macroEnabled",
        "ms-powerpoint.template.macroEnabled",
    ],
)
def test_shows_templates_and_those_with_macros_are_read(deck: Path, tmp_path: Path, kind: str) -> None:
    usual = b"openxmlformats-officedocument.presentationml.presentation.main"
    with zipfile.ZipFile(deck) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    types = members["[Content_Types].xml"]
    members["[Content_Types].xml"] = types.replace(usual, kind.encode() + b".main")
    (tmp_path / "show.ppsx").write_bytes(office.zipped(members))
    assert read_file(tmp_path / "show.ppsx", max_bytes=1 << 30).media_type == formats.PPTX
    assert len(pptx.extract(tmp_path / "show.ppsx", "show.ppsx").pages) == 3
