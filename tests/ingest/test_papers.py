"""What a document says of itself, read from its pages alone, in the layouts that publishers use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import Extracted
from ingest.extract import pdf
from tests.files.make import LONG, Said, paragraph
from tests.files.make import pdf as make_pdf

BODY = f"{LONG} " * 3
ABSTRACT = (
    "Peer workers are asked to lead supervision in more and more services, and little is known of what changes "
    "when they do. We spoke with forty workers in nine teams over two years. Meetings became shorter, and fewer "
    "were missed."
)


def read(folder: Path, pages: list[list[Said]], name: str = "scan0042.pdf", **info: str) -> Extracted:
    path = folder / "made.pdf"
    path.write_bytes(make_pdf(pages, info))
    return pdf.extract(path, name)


def with_notes(left: float, bottom: float, *names: tuple[str, str], size: float = 13) -> Iterator[Said]:
    """Names in one line, each with the sign of its note raised behind it."""
    for at, (name, sign) in enumerate(names):
        yield size, left, bottom, name
        left += _width(name, size)
        yield size * 0.6, left, bottom + size * 0.35, sign
        left += _width(sign, size * 0.6)
        yield size, left, bottom, ", " if at < len(names) - 1 else ""
        left += _width(", ", size)


def _width(words: str, size: float) -> float:
    """Points that `words` take in Helvetica, from its table of widths."""
    wide = {"i": 222, "l": 222, "j": 222, "f": 278, "t": 278, " ": 278, ",": 278, "*": 389, "r": 333, ".": 278}
    wide |= dict.fromkeys("ckszvxyJ", 500) | dict.fromkeys("ABEKPSVXY", 667) | dict.fromkeys("CDHNRUw", 722)
    wide |= dict.fromkeys("GOQ", 778) | {
        "m": 833,
        "M": 833,
        "W": 944,
        "I": 278,
        "F": 611,
        "T": 611,
        "Z": 611,
        "L": 556,
    }
    return sum(wide.get(letter, 556) for letter in words) * size / 1000


def columns(text: str, top: float) -> list[Said]:
    """`text` in two columns, drawn one after the other."""
    lines = paragraph(text, top, left=50, width=48)
    half = (len(lines) + 1) // 2
    return [
        *lines[:half],
        *((size, 310.0, top - at * 12, said) for at, (size, _, _, said) in enumerate(lines[half:])),
    ]


def two_columns_of_a_publisher() -> list[list[Said]]:
    """A journal's head, raised letters behind names, the abstract's heading spaced out, keywords at its side."""
    first = [
        (8, 50, 815, "Imagined Studies in Care 45 (2019) 103-112"),
        (8, 210, 795, "Contents lists available at ExampleDirect"),
        (14, 200, 770, "Imagined Studies in Care"),
        (17, 50, 720, "Supervision led by peers: a study of what"),
        (17, 50, 700, "changes in nine community teams"),
        *with_notes(50, 675, ("Linh Nguyen", "a,*"), ("Chidi B. Okafor", "b"), ("Mary van der Berg", "a")),
        (8, 55, 655, "School of Examples, University of Nowhere, 12 Long Street, Nowhere 5000, Australia"),
        (8, 55, 644, "Institute for Example Health, Elsewhere, Australia"),
        (9, 50, 610, "A R T I C L E  I N F O"),
        (9, 220, 610, "A B S T R A C T"),
        (8, 50, 590, "Keywords:"),
        (8, 50, 580, "Peer supervision"),
        (8, 50, 570, "Community teams"),
        *paragraph(ABSTRACT, 590, 8, 220, 75),
        (10, 50, 500, "1. Introduction"),
        *columns(BODY, 480),
        (7, 50, 60, "* Corresponding author. E-mail address: linh@example.org (L. Nguyen)."),
        (7, 50, 45, "https://doi.org/10.5555/isc.2019.103112"),
        (7, 50, 35, "Received 3 May 2018; Received in revised form 9 November 2018; Accepted 2 January 2019"),
    ]
    head = (8, 50, 815, "L. Nguyen et al. / Imagined Studies in Care 45 (2019) 103-112")
    return [first, *([head, *columns(BODY * 2, 780)] for _ in range(3))]


def conference() -> list[list[Said]]:
    """A long title in the middle, authors side by side with their places under them, an abstract in one line."""
    first = [
        (22, 110, 770, "Hearing Together: Group Practice"),
        (22, 150, 745, "without a Facilitator"),
        (11, 70, 710, "Ana Ruiz"),
        (11, 250, 710, "Samuel O. Hill"),
        (11, 430, 710, "Wei Zhang"),
        (10, 70, 697, "University of Nowhere"),
        (10, 250, 697, "Example Institute"),
        (10, 430, 697, "Elsewhere College"),
        (10, 70, 684, "ana@example.org"),
        (10, 250, 684, "sam@example.org"),
        (10, 430, 684, "wei@example.org"),
        *columns(f"Abstract—{ABSTRACT}", 640),
        (9, 50, 520, "Index Terms—group practice, hearing voices, self-help"),
        (10, 120, 500, "I. INTRODUCTION"),
        *columns(BODY, 480),
        (8, 50, 40, "978-1-0000-0000-0/21/$31.00 ©2021 IEEX"),
    ]
    return [first, columns(BODY * 2, 780)]


def thesis() -> list[list[Said]]:
    return [
        [
            (12, 200, 760, "University of Nowhere"),
            (12, 200, 740, "School of Examples"),
            (20, 120, 620, "The Long Way Back to Work:"),
            (20, 120, 596, "Stories of Peer Workers"),
            (12, 280, 520, "by"),
            (14, 240, 500, "Rosa M. Example"),
            (11, 120, 420, "A thesis submitted in partial fulfilment of the requirements"),
            (11, 120, 405, "for the degree of Doctor of Philosophy"),
            (12, 250, 300, "October 2017"),
        ],
        [(14, 60, 780, "Abstract"), *paragraph(ABSTRACT, 750)],
        paragraph(BODY, 780),
    ]


def report_of_a_government() -> list[list[Said]]:
    return [
        [
            (11, 60, 800, "Department of Example Services"),
            (30, 60, 600, "Working Alongside"),
            (16, 60, 560, "A framework for the peer workforce 2020-2025"),
            (11, 60, 120, "June 2020"),
        ],
        [
            (10, 60, 780, "© Department of Example Services 2020"),
            (10, 60, 760, "This work is licensed under a Creative Commons Attribution 4.0 International licence."),
            *paragraph(BODY, 700),
        ],
        [(16, 60, 780, "Foreword"), *paragraph(BODY, 740)],
    ]


def booklet() -> list[list[Said]]:
    return [
        [
            (12, 60, 800, "Fact sheet 4"),
            (28, 60, 700, "Asking for a Second Opinion"),
            (12, 60, 660, "Your rights, step by step"),
        ],
        [(18, 60, 780, "What You Can Say"), *paragraph(LONG, 740)],
    ]


def test_a_paper_in_two_columns(tmp_path: Path) -> None:
    found = read(tmp_path, two_columns_of_a_publisher())
    assert found.title == "Supervision led by peers: a study of what changes in nine community teams"
    assert found.authors == ("Linh Nguyen", "Chidi B. Okafor", "Mary van der Berg")
    assert (found.year, found.identifiers) == (2019, {"doi": "10.5555/isc.2019.103112"})
    assert found.summary == ABSTRACT
    assert found.keywords == ("Peer supervision", "Community teams")
    assert all("et al. / Imagined" not in page.text for page in found.pages)


def test_a_paper_of_a_conference(tmp_path: Path) -> None:
    found = read(tmp_path, conference())
    assert found.title == "Hearing Together: Group Practice without a Facilitator"
    assert found.authors == ("Ana Ruiz", "Samuel O. Hill", "Wei Zhang")
    assert found.year == 2021
    assert found.summary == ABSTRACT
    assert found.keywords == ("group practice", "hearing voices", "self-help")


def test_a_thesis(tmp_path: Path) -> None:
    found = read(tmp_path, thesis())
    assert found.title == "The Long Way Back to Work: Stories of Peer Workers"
    assert (found.authors, found.year, found.summary) == (("Rosa M. Example",), 2017, ABSTRACT)


def test_a_report(tmp_path: Path) -> None:
    found = read(tmp_path, report_of_a_government())
    assert found.title.startswith("Working Alongside")
    assert (found.authors, found.year, found.licence) == ((), 2020, "CC BY 4.0")


def test_a_booklet_says_little_of_itself_and_no_more_is_made_up(tmp_path: Path) -> None:
    found = read(tmp_path, booklet())
    assert (found.title, found.authors, found.year) == ("Asking for a Second Opinion", (), None)
    assert (found.summary, found.keywords, found.identifiers) == ("", (), {})


def test_the_name_of_the_journal_in_larger_type_is_not_the_title(tmp_path: Path) -> None:
    first, *rest = two_columns_of_a_publisher()
    first[2] = (26, 120, 765, "Imagined Studies in Care")
    found = read(tmp_path, [first, *rest])
    assert found.title == "Supervision led by peers: a study of what changes in nine community teams"


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("Microsoft Word - final v3.doc", "ksmith2"),
        ("untitled", "Administrator"),
        ("Discussion paper template", "user"),
        ("imagined_2col.dvi", "DTP-3"),
        ("", "Acrobat PDFMaker 11 for Word"),
    ],
)
def test_what_programs_leave_in_the_metadata_is_not_believed(tmp_path: Path, title: str, author: str) -> None:
    found = read(tmp_path, two_columns_of_a_publisher(), Title=title, Author=author)
    assert found.title == "Supervision led by peers: a study of what changes in nine community teams"
    assert found.authors == ("Linh Nguyen", "Chidi B. Okafor", "Mary van der Berg")
    assert found.told_by["authors"] == "its first page"


def test_the_first_author_alone_in_the_metadata_gives_way_to_all_under_the_title(tmp_path: Path) -> None:
    found = read(
        tmp_path, conference(), Author="Ana Ruiz", Title="Hearing Together: Group Practice without a Facilitator"
    )
    assert found.authors == ("Ana Ruiz", "Samuel O. Hill", "Wei Zhang")
    assert found.told_by["title"] == "its own metadata"


def test_true_metadata_is_kept_and_told(tmp_path: Path) -> None:
    found = read(
        tmp_path, booklet(), Title="Asking for a Second Opinion", Author="Rosa Example", Keywords="rights; doctors"
    )
    assert (found.authors, found.keywords) == (("Rosa Example",), ("rights", "doctors"))
    assert found.told_by == {
        "title": "its own metadata",
        "authors": "its own metadata",
        "keywords": "its own metadata",
    }
