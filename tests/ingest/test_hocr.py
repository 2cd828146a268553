from __future__ import annotations

import pytest

from ingest import Damaged, hocr

PAGE = """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><div class="ocr_page">
<span class="ocr_line" title="bbox 100 200 900 240; baseline 0 -5; x_size 40">
  <span class="ocrx_word" title="bbox 100 200 300 240; x_wconf 95">Hope</span>
  <span class="ocrx_word" title="bbox 310 200 900 240; x_wconf 91"><em>lasts</em></span></span>
<span class="ocr_line" title="bbox 100 300 900 340">
  <span class="ocrx_word" title="bbox 100 300 900 340; x_wconf 7">~|;=</span></span>
{more}</div></body></html>"""


def line(words: str) -> str:
    word = f'<span class="ocrx_word" title="x_wconf 90">{words}</span>'
    return f'<span class="ocr_line" title="bbox 0 400 9 420">{word}</span>'


def test_lines_have_words_a_place_and_a_size() -> None:
    (found,) = hocr.read(PAGE.format(more="").encode(), 1000, 0.5).lines
    assert (found.text, found.left, found.right, found.base, found.size) == ("Hope lasts", 50, 450, 382.5, 20)


def test_specks_taken_for_letters_are_left_out_and_make_a_page_less_sure() -> None:
    found = hocr.read(PAGE.format(more="").encode(), 1000, 0.5)
    assert [each.text for each in found.lines] == ["Hope lasts"]
    assert 60 < found.sure < 70


def test_points_of_a_list_that_were_taken_for_letters_are_points_again() -> None:
    found = hocr.read(PAGE.format(more=line("¢ Tea") + line("e Time") + line("e-mail us")).encode(), 1000, 0.5)
    assert [each.text for each in found.lines[1:]] == ["• Tea", "• Time", "e-mail us"]
    alone = hocr.read(PAGE.format(more=line("© Rosa Example")).encode(), 1000, 0.5)
    assert alone.lines[1].text == "© Rosa Example"


def test_what_is_no_xml_is_damaged() -> None:
    with pytest.raises(Damaged):
        hocr.read(b"<html>", 1000, 0.5)
