from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Damaged, Encrypted, Extracted
from ingest.extract import pdf
from tests.files.make import LONG, Said, paragraph
from tests.files.make import pdf as make_pdf


def read(folder: Path, pages: list[list[Said]], name: str = "scan0042.pdf", **info: str) -> Extracted:
    path = folder / "made.pdf"
    path.write_bytes(make_pdf(pages, info))
    return pdf.extract(path, name)


def test_a_page_keeps_its_printed_label(files: Path) -> None:
    found = pdf.extract(files / "labelled-pages.pdf", "x.pdf")
    assert [(page.number, page.label) for page in found.pages] == [(1, "i"), (2, "ii"), (3, "1"), (4, "2")]
    assert found.pages[2].text.startswith("Page 3.")


def test_a_paper_gives_what_it_says_of_itself(files: Path) -> None:
    found = pdf.extract(files / "research-paper.pdf", "final_v3.pdf")
    assert found.title == "What changes when peer workers lead supervision in community teams"
    assert found.title_from == "first page"
    assert found.authors == ("Linh Nguyen", "Chidi B. Okafor", "Mary van der Berg")
    assert (found.year, found.licence) == (2021, "CC BY 4.0")
    assert found.identifiers == {"doi": "10.5555/peer.2021.7"}
    assert found.summary == LONG


def test_the_largest_words_are_the_title_where_metadata_has_none(files: Path) -> None:
    found = pdf.extract(files / "no-title-metadata.pdf", "scan0042.pdf")
    assert (found.title, found.title_from) == ("Leading a Peer Support Group", "first page")


def test_a_title_left_by_a_template_gives_way_to_the_page(tmp_path: Path) -> None:
    lines = [(24, 60, 700, "Our Way of Working"), *paragraph(LONG, 600)]
    found = read(tmp_path, [lines], Title="Hospital Discharge Planning Pack")
    assert (found.title, found.title_from) == ("Our Way of Working", "first page")


def test_a_stated_title_that_the_page_shows_is_kept(tmp_path: Path) -> None:
    lines = [(24, 60, 700, "ANNUAL"), (12, 60, 650, "Walking Together: Peers at Work"), *paragraph(LONG, 600)]
    found = read(tmp_path, [lines], Title="Walking Together: Peers at Work", Author="Sam Hill; Ana Ruiz")
    assert (found.title, found.title_from) == ("Walking Together: Peers at Work", "metadata")
    assert found.authors == ("Sam Hill", "Ana Ruiz")


def test_a_scan_has_pages_without_text_and_says_so(files: Path) -> None:
    found = pdf.extract(files / "scan-without-text.pdf", "my_scan-final.pdf")
    assert [page.text for page in found.pages] == ["", ""]
    assert found.title == "My scan"
    assert any("probably a scan" in warning for warning in found.warnings)
    assert any("file name was used" in warning for warning in found.warnings)


def test_lines_of_a_paragraph_are_joined_and_paragraphs_kept_apart(tmp_path: Path) -> None:
    lines = [
        *paragraph(LONG, 760),
        *paragraph(LONG, 700),
        (10, 60, 650, "• first"),
        (10, 60, 638, "• second"),
    ]
    found = read(tmp_path, [[(20, 60, 800, "Listening Well Together"), *lines]])
    assert found.pages[0].text.split("\n\n") == ["Listening Well Together", LONG, LONG, "• first\n• second"]


def test_a_word_cut_at_the_end_of_a_line_is_made_whole(tmp_path: Path) -> None:
    said = (
        "Peer work is built on mutual respect and shared responsi-",
        "bility; a well-being plan helps. It needs time, and a well-",
        "being of its own. The team was informed of trauma, so trauma-",
        "informed care came of it, which no one can give from outside.",
    )
    text = read(tmp_path, [[(10, 60, 700 - at * 12, line) for at, line in enumerate(said)]]).pages[0].text
    assert "shared responsibility; a well-being plan" in text
    assert "a well-being of its own" in text
    assert "so trauma-informed care" in text


def test_a_foot_that_comes_again_on_each_page_is_left_out(tmp_path: Path) -> None:
    pages = [[*paragraph(f"{at} {LONG}", 700), (8, 60, 30, f"The Network, page {at}")] for at in range(1, 6)]
    found = read(tmp_path, pages)
    assert all(page.text == f"{at} {LONG}" for at, page in enumerate(found.pages, 1))


def test_heads_that_change_with_the_chapter_and_the_side_are_left_out(tmp_path: Path) -> None:
    heads = ["Listening", "A handbook", "Listening", "A handbook", "Listening", "A handbook"]
    pages = [
        [(9, 60 + 300 * (at % 2), 810, head), *paragraph(f"{at} {LONG}", 700), (9, 290, 30, str(at + 11))]
        for at, head in enumerate(heads)
    ]
    assert [page.text for page in read(tmp_path, pages).pages] == [f"{at} {LONG}" for at in range(6)]


@pytest.mark.parametrize("apart", [False, True])
def test_a_head_that_changes_on_every_page_goes_with_the_number_it_stands_by(tmp_path: Path, apart: bool) -> None:
    heads = ["Hope and work", "Smith and others", "The long road", "Where we met", "An open door"]
    pages = []
    for at, head in enumerate(heads):
        number = str(at + 41)
        left = at % 2
        drawn: list[Said] = [(9, 60 if left else 300, 800, f"{number} {head}" if left else f"{head} {number}")]
        if apart:
            drawn = [(9, 60, 800, head), (9, 500, 800, number)]
        pages.append([*drawn, *paragraph(f"In part {at} of it we go on. {LONG}", 740)])
    found = read(tmp_path, pages)
    assert [page.text.split(" of it")[0] for page in found.pages] == [f"In part {at}" for at in range(5)]


def test_titles_of_slides_and_steps_that_are_counted_stay(tmp_path: Path) -> None:
    titles = ["Listen", "Ask", "Wait", "Thank"]
    pages = [[(24, 60, 790, f"{at} {title}"), *paragraph(LONG, 700)] for at, title in enumerate(titles, 1)]
    found = read(tmp_path, pages)
    assert [page.text.split("\n")[0] for page in found.pages] == ["1 Listen", "2 Ask", "3 Wait", "4 Thank"]


def test_a_heading_at_the_top_of_one_page_stays(tmp_path: Path) -> None:
    pages = [
        [(14, 60, 800, f"{what} matters"), *paragraph(LONG, 700)] for what in ("Hope", "Time", "Rest", "Food")
    ]
    assert [page.text.split("\n")[0] for page in read(tmp_path, pages).pages][2] == "Rest matters"


def test_numbers_that_count_lines_in_the_margin_are_left_out(tmp_path: Path) -> None:
    said = paragraph(f"{LONG} " * 4, 740, left=90)
    counted: list[Said] = [(8, 60.0, bottom, str(at)) for at, (_, _, bottom, _) in enumerate(said, 1)]
    assert read(tmp_path, [[*counted, *said]]).pages[0].text == f"{LONG} {LONG} {LONG} {LONG}"


def test_text_that_is_the_same_on_each_page_is_no_running_head(tmp_path: Path) -> None:
    found = read(tmp_path, [[*paragraph(LONG * 3, 800)] for _ in range(4)])
    assert all(page.text == LONG * 3 for page in found.pages)


def test_columns_are_read_one_after_the_other_though_drawn_a_row_at_a_time(tmp_path: Path) -> None:
    left = paragraph(f"{LONG} " * 4, 740, left=60, width=46)
    right = paragraph("Groups that last are those that rest. " * 18, 740, left=310, width=46)
    rows = [line for pair in zip(left, right, strict=False) for line in pair]
    text = read(tmp_path, [[(18, 60, 790, "A heading over both columns"), *rows]]).pages[0].text
    assert text.startswith("A heading over both columns\n\nPeer workers draw on their own experience of recovery")
    assert "rest. Groups that last are those that rest. Groups" in text
    assert text.rindex("Peer workers") < text.index("Groups that last")


def test_columns_drawn_in_their_order_are_kept_and_a_sentence_goes_on_in_the_next(tmp_path: Path) -> None:
    said = paragraph(f"{LONG} " * 4, 740, left=60, width=46)
    half = len(said) // 2
    moved = [(size, 310.0, 740 - at * 12.0, text) for at, (size, _, _, text) in enumerate(said[half:])]
    assert read(tmp_path, [[*said[:half], *moved]]).pages[0].text == f"{LONG} {LONG} {LONG} {LONG}"


def test_rows_of_a_table_stay_rows(tmp_path: Path) -> None:
    rows = [
        ((10, 60, 700 - at * 14, f"Course {at}"), (10, 320, 700 - at * 14, f"{at} days")) for at in range(1, 9)
    ]
    text = read(tmp_path, [[line for row in rows for line in row]]).pages[0].text
    assert "Course 1 1 days" in " ".join(text.split())
    assert "Course 7 7 days" in " ".join(text.split())


def test_a_word_cut_at_the_end_of_a_page_is_made_whole(tmp_path: Path) -> None:
    first = [*paragraph(LONG, 700), (10, 60, 640, "It was their shared responsi-")]
    found = read(tmp_path, [first, [(10, 60, 700, "bility to begin again."), *paragraph(LONG, 660)]])
    assert found.pages[0].text.endswith("shared responsibility")
    assert found.pages[1].text.startswith("to begin again.")


def test_a_file_encrypted_with_an_empty_password_is_read(files: Path) -> None:
    assert "walk beside" in pdf.extract(files / "encrypted-empty-password.pdf", "x.pdf").pages[0].text


def test_a_password_is_asked_for_in_a_sentence(files: Path) -> None:
    with pytest.raises(Encrypted, match=r"^minutes\.pdf asks for a password: .*\.$"):
        pdf.extract(files / "encrypted.pdf", "minutes.pdf")


def test_a_damaged_file_is_called_damaged(files: Path) -> None:
    with pytest.raises(Damaged, match=r"^guide\.pdf is damaged"):
        pdf.extract(files / "damaged.pdf", "guide.pdf")


def test_a_file_without_its_table_of_places_is_still_read(tmp_path: Path) -> None:
    whole = make_pdf([[(20, 60, 700, "Found Again After All"), *paragraph(LONG, 600)]])
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: whole.index(b"xref\n")])
    assert pdf.extract(path, "cut.pdf").title == "Found Again After All"


def test_what_xmp_says_is_read_and_a_picture_s_own_packet_is_not(tmp_path: Path) -> None:
    head = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    about = (
        b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" %b><dc:title><rdf:Alt><rdf:li '
        b'xml:lang="x-default">%b</rdf:li></rdf:Alt></dc:title><dc:rights><rdf:Alt><rdf:li>'
        b"https://creativecommons.org/licenses/by/4.0/</rdf:li></rdf:Alt></dc:rights></rdf:Description>"
    )
    foot = b"</rdf:RDF></x:xmpmeta>"
    document = head + about % (b'xmlns:pdf="http://ns.adobe.com/pdf/1.3/"', b"Held in XMP Alone") + foot
    picture = head + about % (b"", b"A sunset over water") + foot
    path = tmp_path / "xmp.pdf"
    path.write_bytes(make_pdf([paragraph(LONG, 700)]) + b"%" + document + b"\n%" + picture)
    found = pdf.extract(path, "x.pdf")
    assert (found.title, found.title_from, found.licence) == ("Held in XMP Alone", "metadata", "CC BY 4.0")
