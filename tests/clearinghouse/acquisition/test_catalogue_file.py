"""Catalogue files: CSV, JSON and TOML read into rows that know their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearinghouse.acquisition import catalogue_file
from clearinghouse.acquisition.rows import Row
from clearinghouse.errors import Invalid


def _rows(tmp_path: Path, name: str, content: str | bytes) -> list[Row]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return catalogue_file.read(path)[0]


def test_a_csv_row_becomes_a_record(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "c.csv", "Title,Audience,URL,Content Notes\nHope,carers; staff,https://x.org,\n")
    assert rows == [Row(2, {"title": "Hope", "audiences": "carers; staff", "link": "https://x.org"})]


@pytest.mark.parametrize("sign", [";", "\t"])
def test_columns_may_stand_apart_by_what_the_spreadsheet_puts_there(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "catalogue.csv"
    lines = [("Title", "Audience", '"Content notes"'), ('"Hope; and peers"', '"staff; carers"', "grief, loss")]
    path.write_text("\ufeff" + "\r\n".join(sign.join(each) for each in lines) + "\r\n", "utf-8", newline="")
    (row,), _ = catalogue_file.read(path)
    assert row.values == {"title": "Hope; and peers", "audiences": "staff; carers", "content_notes": "grief, loss"}


def test_the_unicode_text_of_a_spreadsheet_is_read(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.txt"
    path.write_bytes("title\taudiences\r\nCafé “hope” – more\tstaff\r\n".encode("utf-16"))
    (row,), _ = catalogue_file.read(path)
    assert (row.line, row.values) == (2, {"title": "Café “hope” – more", "audiences": "staff"})


def test_the_mark_a_spreadsheet_puts_in_front_is_no_part_of_a_column(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "c.csv", b"\xef\xbb\xbftitle\r\nHope\r\n")
    assert rows == [Row(2, {"title": "Hope"})]


def test_line_numbers_stay_right_after_a_quoted_newline_and_an_empty_line(tmp_path: Path) -> None:
    content = 'title,summary\nOne,"two\nlines"\n\n,\nTwo,"a ""word"" here"\nThree,x\n'
    rows = _rows(tmp_path, "c.csv", content)
    assert [(row.line, row.values["title"]) for row in rows] == [(2, "One"), (6, "Two"), (7, "Three")]
    assert rows[0].values["summary"] == "two\nlines"
    assert rows[1].values["summary"] == 'a "word" here'


def test_an_unknown_column_names_the_nearest_and_all(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"column “Titel” that means nothing here. Did you mean “title”.*Known: ti"):
        _rows(tmp_path, "c.csv", "Titel,kind\nHope,policy\n")


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="more than one column for audiences"):
        _rows(tmp_path, "c.csv", "title,audience,audiences\nHope,staff,carers\n")


def test_too_many_cells_spoil_one_row_only(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "c.csv", "title,kind\nHope, despair and hope,policy\nHealing,policy\n")
    assert rows[0].problem == "it has 3 values for 2 columns; put quotation marks round commas."
    assert rows[1] == Row(3, {"title": "Healing", "kind": "policy"})


def test_a_quotation_mark_never_closed_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"line 3: .*check the quotation marks"):
        _rows(tmp_path, "c.csv", 'title\nHope\n"Despair\n')


@pytest.mark.parametrize(
    "content",
    [
        '[\n  {"title": "One"},\n  {"title": "Two",\n   "authors": ["A", "B"]}\n]\n',
        '\n{"title": "One"}\n{"title": "Two", "authors": ["A", "B"]}\n',
    ],
)
def test_json_may_be_a_list_or_an_object_a_line(tmp_path: Path, content: str) -> None:
    rows = _rows(tmp_path, "c.json", content)
    assert [(row.line, dict(row.values)) for row in rows] == [
        (2, {"title": "One"}),
        (3, {"title": "Two", "authors": ["A", "B"]}),
    ]


def test_what_json_does_not_say_is_not_there(tmp_path: Path) -> None:
    (row,) = _rows(tmp_path, "c.json", '[{"title": "One", "year": null, "summary": "", "topics": []}]')
    assert row.values == {"title": "One"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('[\n{"title": "One"},\n{"title": Two}\n]', "line 3: this is not JSON"),
        ('{"title": "One"}\n\n{"title"\n', "line 4: this is not JSON"),
        ('[{"title": "One"},', "ends before its list does"),
        ("[" * 100_000, "line 1: this is no record"),
        ('[{"year": ' + "9" * 5000 + "}]", "line 1: this is no record"),
    ],
)
def test_broken_json_is_named_with_its_line(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        _rows(tmp_path, "c.json", content)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('["One"]', "it is not an object with a title"),
        ('[{"titel": "One"}]', "“titel” means nothing here. Did you mean “title”?"),
        ('[{"title": "One", "editions": "one.pdf"}]', "its editions are not a list of objects"),
        ('[{"title": "One \\ud83d"}]', "it holds half a character"),
    ],
)
def test_an_object_that_cannot_be_used_spoils_itself_only(tmp_path: Path, content: str, problem: str) -> None:
    rows = _rows(tmp_path, "c.json", content[:-1] + ', {"title": "Two"}]')
    assert problem in rows[0].problem
    assert rows[1].values == {"title": "Two"}


def test_toml_holds_collections_and_records_with_their_editions(tmp_path: Path) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text(
        '[[collection]]\ntitle = "A series"\n\n[[resource]] # the first\ntitle = "One"\n'
        '[[resource.edition]]\nfile = "a.pdf"\n[[resource.edition]]\nfile = "b.pdf"\nform = "easy-read"\n\n'
        '[[resource]]\ntitle = "Two"\n'
    )
    rows, lists = catalogue_file.read(path)
    assert [(row.line, row.values["title"]) for row in rows] == [(4, "One"), (12, "Two")]
    assert rows[0].editions == ({"file": "a.pdf"}, {"file": "b.pdf", "form": "easy-read"})
    assert lists == [{"title": "A series"}]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [("[[resource]\n", "is not TOML: .*line 1"), ('[resource]\ntitle = "One"\n', r"with \[\[resource\]\]")],
)
def test_toml_that_cannot_be_read_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        _rows(tmp_path, "c.toml", content)


def test_what_is_no_file_of_text_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"There is no file .*nowhere.csv; check the name"):
        catalogue_file.read(tmp_path / "nowhere.csv")
    with pytest.raises(Invalid, match=r"is a folder; .*use `clearinghouse add`"):
        catalogue_file.read(tmp_path)
    with pytest.raises(Invalid, match=r"is not UTF-8 text; .*CSV UTF-8"):
        _rows(tmp_path, "c.csv", "title\nCafé\n".encode("latin-1"))


def test_an_empty_file_holds_no_rows(tmp_path: Path) -> None:
    assert [_rows(tmp_path, name, "") for name in ("c.csv", "c.json", "c.toml")] == [[], [], []]


@pytest.mark.parametrize("beginning", [b"%PDF-1.7\n%\xe2\xe3", b"PK\x03\x04\xff\xfe", b"\xd0\xcf\x11\xe0\xff"])
def test_a_spreadsheet_or_a_document_is_told_from_a_catalogue(tmp_path: Path, beginning: bytes) -> None:
    with pytest.raises(Invalid, match=r"is no catalogue: save a spreadsheet as “CSV UTF-8”.*clearinghouse add"):
        _rows(tmp_path, "c.xlsx", beginning)
