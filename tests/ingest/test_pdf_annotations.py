from __future__ import annotations

from pathlib import Path

from ingest import Extracted, ocr, quality
from ingest.extract import pdf
from ingest.layout import Line, Sheet
from ingest.ocr import Eye
from tests.files.make import filled_form


def read(folder: Path, *, scanned: bool = False, eye: Eye | None = None) -> Extracted:
    path = folder / "form.pdf"
    path.write_bytes(filled_form(scanned))
    return pdf.extract(path, "form.pdf", eye=eye)


def test_what_was_filled_in_and_written_in_boxes_follows_the_text_of_its_page(tmp_path: Path) -> None:
    (page,) = read(tmp_path).pages
    assert page.text == (
        "What do you hope for?\n\n"
        "Rosa Example\nTo be heard.\nTo walk beside others.\nFriday\n0491 570 006\nMeet at the back door"
    )


def test_what_a_reader_of_the_page_does_not_see_is_left_out(tmp_path: Path) -> None:
    text = read(tmp_path).pages[0].text
    for unseen in ("Write your name", "swordfish", "hidden words", "note that opens", "comment", "out of sight"):
        assert unseen not in text


def test_a_scanned_form_with_a_field_filled_in_is_still_to_be_read_by_its_picture(tmp_path: Path) -> None:
    (page,) = quality.judged(read(tmp_path, scanned=True).pages)
    assert page.text.startswith("Rosa Example")
    assert page.quality == 0.0

    class Reader(Eye):
        def sheet(self, picture: object) -> Sheet:
            return Sheet((Line("What do you hope for in the year that comes?", 60, 300, 700, 12),), 842.0, 595.0)

    (page,) = read(tmp_path, scanned=True, eye=Reader("eng", 10.0, 5, (0,))).pages
    assert page.text.startswith("What do you hope for in the year that comes?\n\nRosa Example")
    assert page.read_by == "ocr" == ocr.OCR
