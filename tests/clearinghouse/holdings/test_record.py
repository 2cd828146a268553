"""What is said of a resource: words are checked, and what was not said is not there."""

from __future__ import annotations

import pytest

from clearinghouse.errors import Invalid, Unknown
from clearinghouse.holdings import record
from clearinghouse.holdings.record import Record
from clearinghouse.orm import now
from tests.clearinghouse import making


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Record(kind="guidline"), "no kind “guidline”. Did you mean “guideline”.*Known: research-paper, review"),
        (Record(audiences=("carer",)), "no audience “carer”. Did you mean “carers”.*Known: consumers, carers"),
        (Record(speaks="clinicle"), "no “who speaks” value “clinicle”. Did you mean “clinical”.*Known:"),
        (Record(audiences=("qqq",)), r"no audience “qqq”. Known: consumers, carers, staff, providers\."),
    ],
)
def test_an_unknown_word_names_the_nearest_and_the_whole_list(said: Record, sentence: str) -> None:
    with pytest.raises(Unknown, match=sentence):
        record.checked(said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Record(year=20), "The year 20 cannot be right"),
        (Record(year=now().year + 2), "cannot be right"),
        (Record(link="ftp://somewhere"), "must begin with https://"),
        (Record(link="javascript:alert(1)"), "must begin with https://"),
        (Record(title="  "), "The title is empty"),
        (Record(identifiers={"doi": "nonsense"}), "“nonsense” is no DOI; one begins with 10."),
    ],
)
def test_what_cannot_be_so_is_refused_with_advice(said: Record, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        record.checked(said)


def test_words_may_be_said_as_people_say_them() -> None:
    said = record.checked(Record(kind="Research Paper", audiences=("Family, friends and carers", "STAFF")))
    assert said.kind == "research-paper"
    assert said.audiences == ("carers", "staff")


@pytest.mark.parametrize(
    "written",
    ["10.1000/ABC", "https://doi.org/10.1000/abc", "http://dx.doi.org/10.1000%2Fabc", "DOI: 10.1000/abc"],
)
def test_a_doi_is_one_however_it_is_written(written: str) -> None:
    assert record.checked(Record(identifiers={"doi": written, "isbn": "X"})).identifiers == {
        "doi": "10.1000/abc",
        "isbn": "X",
    }


def test_spaces_in_an_address_are_written_as_addresses_write_them() -> None:
    assert record.checked(Record(link=" https://example.org/a page ")).link == "https://example.org/a%20page"


def test_empty_parts_of_a_list_are_not_said() -> None:
    said = record.checked(Record(authors=("A Person", " "), keywords=("",), content_notes=("", "grief")))
    assert (said.authors, said.keywords, said.content_notes) == (("A Person",), (), ("grief",))


@pytest.mark.parametrize("written", ["VIC", "vic", "Victoria"])
def test_a_place_may_be_written_out(written: str) -> None:
    assert record.checked(Record(jurisdiction=written)).jurisdiction == "VIC"


def test_what_a_document_does_not_say_is_not_said() -> None:
    assert record.of_document(making.extracted("words")).said() == {}
    assert record.of_document(making.extracted("words", title="Hope", year=2012)).said() == {
        "title": "Hope",
        "year": 2012,
    }
