"""Decisions as a program writes them."""

from __future__ import annotations

import json

import pytest

from clearinghouse.acquisition import decisions
from clearinghouse.acquisition.decisions import Refused
from clearinghouse.acquisition.reviewing import Decision
from clearinghouse.errors import Invalid, Unknown
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library


def one(library: Library, **entry: object) -> Decision | Refused:
    (found,) = decisions.read(library, json.dumps([entry]))
    return found


def sentence(library: Library, **entry: object) -> str:
    found = one(library, **entry)
    assert isinstance(found, Refused)
    return found.sentence


def test_an_array_and_an_object_a_line_say_the_same(library: Library) -> None:
    entries = [{"slug": "a", "do": "publish"}, {"slug": "b", "do": "discard", "reason": "An advert"}]
    wanted = [Decision("a", "publish"), Decision("b", "discard", reason="An advert")]
    assert list(decisions.read(library, json.dumps(entries))) == wanted
    assert list(decisions.read(library, "\ufeff" + "\n\n".join(map(json.dumps, entries)))) == wanted
    assert list(decisions.read(library, "")) == []


def test_fields_are_said_as_in_a_catalogue(library: Library) -> None:
    values = {"title": "A", "audience": "staff; carers", "year": 2020, "doi": "10.1/2", "topics": ["hope"]}
    found = one(library, slug="a", do="change", set=values)
    assert isinstance(found, Decision)
    assert found.said == Record(
        title="A", audiences=("staff", "carers"), year=2020, identifiers={"doi": "10.1/2"}, topics=("hope",)
    )


def test_nothing_said_of_a_field_empties_it(library: Library) -> None:
    found = one(library, slug="a", do="change", set={"year": None, "authors": [], "doi": "", "cost": None})
    assert isinstance(found, Decision)
    assert found.emptied == ("year", "authors", "identifiers")
    assert found.said == Record(details={"cost": ""})


def test_guesses_are_named_by_their_fields(library: Library) -> None:
    found = one(library, slug="a", do="accept", guesses=["kind", "audience"])
    assert isinstance(found, Decision)
    assert found.guesses == ("kind", "audiences")


def test_what_is_wrong_with_one_decision_stops_no_other(library: Library) -> None:
    text = '[{"slug": "a", "do": "publsh"}, 7, {"slug": "b", "do": "skip"}]'
    found = list(decisions.read(library, text))
    assert [isinstance(each, Refused) for each in found] == [True, True, False]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"do": "publish"}, "an object with a slug"),
        ({"slug": "a"}, "Say what to do with “a”: accept, change"),
        ({"slug": "a", "do": "publish", "sett": {}}, "Did you mean “set”"),
        ({"slug": "a", "do": "change", "set": {"file": "x"}}, "no field that can be set"),
        ({"slug": "a", "do": "change", "set": {"kind": "novel"}}, "no kind “novel”"),
        ({"slug": "a", "do": "change", "set": {"topics": "novels"}}, "no topic “novels”"),
        ({"slug": "a", "do": "change", "set": ["kind"]}, "“set” is not an object"),
        ({"slug": "a", "do": "accept", "guesses": "kind"}, "“guesses” is not a list"),
        ({"slug": "a", "do": "move"}, "Say in “to” which resource gets the forms"),
        ({"slug": "a", "do": "skip", "updated_at": "yesterday"}, "is no moment"),
    ],
)
def test_a_decision_that_cannot_be_read_is_refused_with_what_to_do(
    library: Library, entry: dict[str, object], said: str
) -> None:
    assert said in sentence(library, **entry)


@pytest.mark.parametrize("text", ['[{"slug": "a"', '{"slug": "a"}\nnot json', "[" * 100_000])
def test_what_is_no_json_is_refused_whole(library: Library, text: str) -> None:
    with pytest.raises(Invalid, match="JSON"):
        list(decisions.read(library, text))


def test_a_field_may_be_named_loosely() -> None:
    assert [decisions.field_named(word) for word in ("Author", "content-notes", "for")] == [
        "authors",
        "content_notes",
        "audiences",
    ]
    with pytest.raises(Unknown, match="Did you mean “year”"):
        decisions.field_named("yaer")
