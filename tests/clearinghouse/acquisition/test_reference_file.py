"""Files of reference managers, as rows of a catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clearinghouse.acquisition import catalogue_file, importing, reference_file
from clearinghouse.citation import citation_files
from clearinghouse.citation.citing import Item
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library

RIS = """TY  - JOUR
TI  - Peer support & hope
AU  - van den Berg, Bo
AU  - Department of Health
PY  - 2020/05/01/
AB  - An abstract.
KW  - Peer support
KW  - Hope
DO  - 10.1000/ABC
UR  - https://example.org/1
L1  - file:///C:/private.pdf
ER  -

TY  - RPRT
T1  - An older way of writing it
A1  - O'Hagan, Mary
Y1  - 1999///
N2  - Notes.
M3  - Fact sheet
DO  - https://doi.org/10.1000/2
ER  -
"""
BIBTEX = r"""% made by a program
@string{pub = "A Publisher"}
@comment{nothing}
@article{one,
  title = {{Peer support} in {NSW}: hope \& {\'e}lan},
  author = {van den Berg, Bo and O'Hagan, Mary and {Department of Health}},
  year = 2020, doi = {10.1000/x_1}, publisher = pub,
  abstract = {Words of \emph{hope}, 50\% more.},
  keywords = {peer support, hope},
  url = {https://a.test/~x_1},
}
"""


def test_a_record_of_a_ris_file_is_read_whole() -> None:
    one, two = reference_file.ris(RIS)
    assert (one.line, one.problem) == (1, "")
    assert one.values == {
        "title": "Peer support & hope",
        "authors": ["Bo van den Berg", "Department of Health"],
        "year": "2020",
        "summary": "An abstract.",
        "doi": "10.1000/abc",
        "link": "https://example.org/1",
        "keywords": ["Peer support", "Hope"],
        "kind": "research-paper",
    }
    assert two.line == 14
    assert two.values == {
        "title": "An older way of writing it",
        "authors": ["Mary O'Hagan"],
        "year": "1999",
        "summary": "Notes.",
        "doi": "10.1000/2",
        "link": "https://doi.org/10.1000/2",
        "kind": "fact-sheet",
    }


def test_an_entry_of_a_bibtex_file_is_read_as_text() -> None:
    (one,) = reference_file.bibtex(BIBTEX)
    assert one.line == 4
    assert one.values == {
        "title": "Peer support in NSW: hope & élan",
        "authors": ["Bo van den Berg", "Mary O'Hagan", "Department of Health"],
        "year": "2020",
        "summary": "Words of hope, 50% more.",
        "organisation": "A Publisher",
        "doi": "10.1000/x_1",
        "link": "https://a.test/~x_1",
        "keywords": ["peer support", "hope"],
        "kind": "research-paper",
    }


def test_a_broken_entry_is_a_row_with_a_problem_and_stops_none() -> None:
    broken = "@misc{a, title={A}}\n@misc{b, title={B}\n@misc{c, title={C}, note=nowhere}\n@misc{d, title={D}}\n"
    rows = list(reference_file.bibtex(broken))
    assert [row.values.get("title") for row in rows] == ["A", None, None, "D"]
    assert [row.line for row in rows if row.problem] == [2, 3]
    assert "cannot be read" in rows[1].problem
    assert list(reference_file.bibtex("no entry at all")) == []
    bad, good = reference_file.ris("TY  - JOUR\nnonsense\nER  - \nTY  - JOUR\nTI  - Good\n")
    assert bad.problem
    assert good.values["title"] == "Good"  # though its end is missing


@pytest.mark.parametrize(("ending", "write"), [("ris", citation_files.ris), ("bib", citation_files.bibtex)])
def test_what_this_library_writes_it_reads_again(tmp_path: Path, ending: str, write: object) -> None:
    work: Item = {
        "id": "one",
        "type": "report",
        "title": "Words & 50% {hope}",
        "author": [{"family": "O’Hagan", "given": "Mary"}, {"literal": "A Service"}],
        "issued": {"date-parts": [[2020]]},
        "genre": "Fact sheet",
        "DOI": "10.1000/x_1",
        "URL": "https://a.test/x_1",
    }
    path = tmp_path / f"one.{ending}"
    path.write_text(write([work]), encoding="utf-8")  # type: ignore[operator]
    ((row,), _) = catalogue_file.read(path)
    assert {name: row.values.get(name) for name in ("title", "authors", "year", "kind", "doi", "link")} == {
        "title": "Words & 50% {hope}",
        "authors": ["Mary O’Hagan", "A Service"],
        "year": "2020",
        "kind": "fact-sheet",
        "doi": "10.1000/x_1",
        "link": "https://a.test/x_1",
    }


def test_a_file_of_a_reference_manager_is_imported(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "zotero.ris"
    path.write_text(RIS)
    outcomes = list(importing.import_file(library, path, otherwise=Record(audiences=("staff",))))
    assert [(each.outcome, each.status) for each in outcomes] == [("added", "published")] * 2
    view = catalogue.show(library, "peer-support-hope").view
    assert (view.card.kind, view.card.audiences, view.card.year) == ("research-paper", ("staff",), 2020)
    assert json.dumps(dict(view.identifiers)) == '{"doi": "10.1000/abc"}'
    again = list(importing.import_file(library, path))
    assert [each.outcome for each in again] == ["duplicate"] * 2
