"""Importing a catalogue: the rules of `add`, a row at a time."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from clearinghouse.acquisition import importing
from clearinghouse.acquisition.wanted import Outcome
from clearinghouse.errors import Invalid
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.models import Collection
from clearinghouse.orm import Base
from clearinghouse.visiting import archive
from tests.clearinghouse.making import document


def _import(library: Library, name: str, content: str, *, dry_run: bool = False) -> list[Outcome]:
    return list(importing.import_file(library, document(library, name, content), dry_run=dry_run))


def _sizes(library: Library) -> dict[str, int]:
    with library.database.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_a_row_says_everything_that_a_record_holds(library: Library) -> None:
    content = (
        "title,kind,audiences,topics,summary,authors,organisation,year,jurisdiction,speaks,licence,link,doi,"
        "content_notes,provider,cost,time,checked_on,collection,position,note,form,language,label\n"
        "A course,directory entry,carers; Staff,hope|peer practitioner,Five days.,A Person; B Person,A School,"
        "2021,nsw,Carer-led,CC BY 4.0,https://example.org/c,10.1000/182,suicide,The School,free,five days,"
        "2026-11-22,First steps,1,Begin here,summary,en-AU,In short\n"
    )
    (outcome,) = _import(library, "c.csv", content)
    assert (outcome.outcome, outcome.slug, outcome.status) == ("added", "a-course", "published")
    view = catalogue.show(library, "a-course").view
    card = view.card
    assert (card.kind, card.audiences, card.authors) == (
        "directory-entry",
        ("carers", "staff"),
        ("A Person", "B Person"),
    )
    assert (card.summary, card.organisation, card.year, card.link) == (
        "Five days.",
        "A School",
        2021,
        "https://example.org/c",
    )
    assert (view.jurisdiction, view.speaks, view.licence) == ("NSW", "carer-led", "CC BY 4.0")
    assert [topic.slug for topic in view.topics] == ["hope", "peer-worker"]
    assert (view.identifiers, view.checked_on) == ({"doi": "10.1000/182"}, date(2026, 11, 22))
    assert view.details == {"provider": "The School", "cost": "free", "time": "five days"}
    assert card.content_notes == ("suicide",)
    assert [(place.slug, place.note) for place in view.places] == [("first-steps", "Begin here")]
    (edition,) = view.editions
    assert (edition.form, edition.language, edition.label, edition.link) == (
        "summary",
        "en-AU",
        "In short",
        "https://example.org/c",
    )


def test_files_are_read_from_the_catalogues_own_folder(library: Library) -> None:
    document(library, "list/docs/hope.md", "# On hope\n\nWords.")
    (outcome,) = _import(library, "list/c.csv", "file,kind,audiences\ndocs/hope.md,story,carers\n")
    assert (outcome.outcome, outcome.slug) == ("added", "on-hope")
    assert outcome.source.endswith("c.csv line 2")


def test_importing_again_adds_nothing(library: Library) -> None:
    document(library, "hope.md", "# On hope\n\nWords.")
    content = "title,file,link,kind,audiences\nHope,hope.md,,story,carers\nA page,,https://x.org/y,policy,staff\n"
    assert [each.outcome for each in _import(library, "c.csv", content)] == ["added", "added"]
    assert [each.outcome for each in _import(library, "c.csv", content)] == ["duplicate", "duplicate"]


def test_each_bad_row_is_named_with_its_line_and_the_others_come_in(library: Library) -> None:
    rows = [
        {"title": "Good", "kind": "policy", "audiences": ["staff"]},
        {"title": "Bad kind", "kind": "polcy"},
        {"title": "Bad year", "year": "about 1990"},
        {"title": "Far year", "year": "9" * 5000},
        {"title": "Bad day", "checked_on": "22.11.2026"},
        {"title": "Bad place", "jurisdiction": "Mars"},
        {"title": "Bad topic", "topics": "hopp"},
        {"title": "Bad link", "link": "www.example.org"},
        {"title": "No file", "file": "nowhere.pdf"},
        {"title": "Bad edition", "editions": [{"fil": "x.pdf"}]},
        {"title": "Bad status", "status": "withdrwan"},
        {"title": "Gone already", "kind": "policy", "audiences": "staff", "status": "withdrawn"},
        {"kind": "policy", "audiences": "staff"},
        {"title": "Also good", "kind": "policy", "audiences": "staff"},
    ]
    content = "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"
    outcomes = _import(library, "c.json", content)
    assert [each.outcome for each in outcomes] == ["added", *["failed"] * 12, "added"]
    for line, (outcome, words) in enumerate(
        zip(
            outcomes[1:-1],
            [
                "no kind “polcy”. Did you mean “policy”?",
                "The year “about 1990” is not a whole number",
                "is not a whole number",
                "write it like 2026-11-22",
                "no jurisdiction “Mars”. Known: National",
                "no topic “hopp”. Did you mean “hope”?",
                "“www.example.org” is not a web address",
                "There is no file",
                "“fil” means nothing in an edition. Did you mean “file”?",
                "no status “withdrwan”",
                "cannot come in as withdrawn",
                "neither a title nor a file",
            ],
            strict=True,
        ),
        start=3,
    ):
        assert outcome.source.endswith(f"c.json line {line}")
        assert (outcome.error or "").startswith(f"{outcome.source}: ")
        assert words in (outcome.error or "")
    assert [card.title for card in catalogue.listing(library)] == ["Also good", "Good"]


def test_a_dry_run_checks_every_row_and_writes_nothing(library: Library) -> None:
    document(library, "hope.md", "# On hope\n\nWords.")
    before = _sizes(library)
    content = "title,file,kind,collection\nHope,hope.md,story,A shelf\nBad,,stroy,\n"
    outcomes = _import(library, "c.csv", content, dry_run=True)
    assert [(each.outcome, each.title) for each in outcomes] == [("checked", "Hope"), ("failed", None)]
    assert _sizes(library) == before
    assert not library.originals.root.exists()


def test_a_row_may_stay_a_draft(library: Library) -> None:
    (outcome,) = _import(library, "c.csv", "title,kind,audiences,status\nHope,story,staff,draft\n")
    assert outcome.status == "draft"


def test_a_manifest_names_its_collections(library: Library) -> None:
    content = (
        '[[collection]]\nslug = "first-steps"\ntitle = "First steps"\ndescription = "In order."\n'
        'kind = "training"\n\n[[resource]]\ntitle = "One"\nkind = "training-module"\naudiences = ["staff"]\n'
        'collection = "first-steps"\nposition = 1\nchecked_on = 2026-11-22\nyear = 2020\n'
    )
    _import(library, "m.toml", content)
    view = archive.contents(library, "first-steps")
    assert (view.card.title, view.card.description, view.card.kind) == ("First steps", "In order.", "training")
    assert [item.card.title for item in view.items] == ["One"]


@pytest.mark.parametrize(
    ("collection", "sentence"),
    [
        ('title = "A"\nkind = "series"', "“A”: There is no kind of collection “series”. Known: training, shelf"),
        ('slug = "a"', "without a title"),
    ],
)
def test_a_collection_that_could_not_be_shown_is_refused(library: Library, collection: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        _import(library, "m.toml", f"[[collection]]\n{collection}\n")
    with library.database.reading() as session:
        assert session.scalars(select(Collection)).all() == []


def test_editions_of_a_row_are_one_resource(library: Library, tmp_path: Path) -> None:
    document(library, "full.md", "# The charter\n\nAll of it.")
    document(library, "easy.md", "# Easy\n\nWhat it means.")
    row = {
        "title": "Our charter",
        "kind": "charter",
        "audiences": ["consumers"],
        "editions": [{"file": "full.md"}, {"file": "easy.md", "form": "easy-read", "language": "en-AU"}],
    }
    path = tmp_path / "c.json"
    path.write_text(json.dumps([row]))
    assert importing.size(path) == 2
    outcomes = list(importing.import_file(library, path))
    assert {each.slug for each in outcomes} == {"our-charter"}
    assert catalogue.show(library, "our-charter").view.card.forms == ("full", "easy-read")


def test_the_sample_library_comes_in_whole(sample_library: Library) -> None:
    assert importing.is_empty(sample_library) is False
    cards = catalogue.listing(sample_library)
    assert len(cards) >= 40
    assert {card.status for card in cards} == {"published"}


def test_a_library_knows_that_it_is_empty(library: Library) -> None:
    assert importing.is_empty(library) is True


def test_commas_between_words_of_a_list_and_the_paths_of_windows_are_understood(library: Library) -> None:
    folder = library.settings.home.parent / "guides"
    folder.mkdir()
    (folder / "one.txt").write_text("Peers meet on Mondays.")
    rows = [
        {
            "title": "One",
            "kind": "guideline",
            "audiences": "staff, Family, friends and carers",
            "topics": "hope, peer work",
            "file": "guides\\one.txt",
        },
        {"title": "Two", "audiences": "Family, friends and carers; staff"},
    ]
    outcomes = _import(library, "c.json", json.dumps(rows))
    assert [each.outcome for each in outcomes] == ["failed", "added"]
    rows[0]["audiences"] = "staff, carers"
    outcomes = _import(library, "c.json", json.dumps(rows))
    assert [each.outcome for each in outcomes] == ["added", "duplicate"]
    card = catalogue.show(library, "one").view.card
    assert card.audiences == ("carers", "staff")
