"""A library exported and taken in again is the same library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import bagit
import pytest

from clearinghouse import indexing
from clearinghouse.acquisition import importing as catalogues
from clearinghouse.errors import Invalid, Occupied
from clearinghouse.holdings import apart, catalogue
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library, open_library
from clearinghouse.orm import Base
from clearinghouse.search import discovery
from clearinghouse.search.discovery import Question
from clearinghouse.settings import Settings
from clearinghouse.transfer import bag, exporting, importing, new_folder
from clearinghouse.transfer.parts import LEFT_BEHIND, PARTS, Part
from clearinghouse.upkeep import health
from clearinghouse.visiting import browsing
from tests.clearinghouse.making import a_resource, an_edition

NewLibrary = Callable[[str], Library]


@pytest.fixture
def another(tmp_path: Path) -> Iterator[NewLibrary]:
    """Makes an empty library with a home of its own."""
    with ExitStack() as opened:

        def make(name: str) -> Library:
            library = open_library(Settings(home=tmp_path / name, curator="Another Curator"))
            opened.callback(library.close)
            return library

        yield make


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _a_mixed_library(library: Library) -> None:
    """Published, draft and withdrawn resources, translations, collections, a pack's worth of everything."""
    a_resource(library, "Hope in practice", "Words about hope.", topics=("hope",), authors=("Ann Lee", "Bo Ng"))
    an_edition(library, "hope-in-practice", "Parole sulla speranza.", form="translation", language="it")
    a_resource(library, "Not yet seen", "A zebrafinch nobody may find.", draft=True)
    a_resource(library, "Taken back", "An old numbat.", place=Placement("A shelf", 1, "First"))
    a_resource(library, "Stays", "Something that stays.", place=Placement("A shelf", 2, "Second"))
    catalogue.withdraw(library, "taken-back", "Replaced")
    apart.keep(library, "stays", "not-yet-seen")
    catalogue.revise(library, "stays", Record(year=2019, summary="Ünïcode — “quoted”, مرحبا, 🙂"))
    indexing.sync(library)


def test_the_sample_library_comes_in_as_the_same_library(
    sample_library: Library, another: NewLibrary, tmp_path: Path
) -> None:
    exported = exporting.export(sample_library, tmp_path / "out")
    library = another("b")
    imported = importing.import_bag(library, tmp_path / "out")
    assert imported.same is True
    assert imported.digest == exported.digest == exporting.look(library).digest
    assert imported.counts == exported.counts
    assert [each.name for each in health.examine(library) if not each.well] == []
    assert not indexing.check(library)
    question = Question("peer supervision")
    assert [each.card.slug for each in discovery.search(library, question).found] == [
        each.card.slug for each in discovery.search(sample_library, question).found
    ]
    again = exporting.export(library, tmp_path / "again")
    told, told_again = (bag.contents(tmp_path / name)["records"] for name in ("out", "again"))
    assert told == told_again
    assert again.digest == exported.digest


def test_the_bag_is_one_that_others_can_check(sample_library: Library, tmp_path: Path) -> None:
    exporting.export(sample_library, tmp_path / "out")
    assert bagit.Bag(str(tmp_path / "out")).is_valid()
    files = _files(tmp_path / "out")
    assert {f"data/{name}.jsonl" for name in PARTS} <= set(files)
    sizes = sum(len(content) for path, content in files.items() if path.startswith("data/originals/"))
    assert sizes > 100_000


def test_what_visitors_do_not_see_stays_out(library: Library, tmp_path: Path) -> None:
    _a_mixed_library(library)
    exported = exporting.export(library, tmp_path / "out")
    assert exported.left_out == {"draft": 1, "withdrawn": 1}
    everything = b"".join(_files(tmp_path / "out").values())
    for unseen in (b"zebrafinch", b"numbat", b"not-yet-seen", b"taken-back", b"A Curator", str(tmp_path).encode()):
        assert unseen not in everything
    lists = (tmp_path / "out/data/collections.jsonl").read_text(encoding="utf-8")
    items = [json.loads(line)["items"] for line in lists.splitlines()]
    assert [[each["resource"] for each in found] for found in items] == [["stays"]]


def test_everything_comes_in_with_its_history(library: Library, another: NewLibrary, tmp_path: Path) -> None:
    _a_mixed_library(library)
    exported = exporting.export(library, tmp_path / "out", everything=True)
    new = another("b")
    assert importing.import_bag(new, tmp_path / "out").same is True
    assert exporting.look(new, everything=True).digest == exported.digest
    assert catalogue.show(new, "not-yet-seen") == catalogue.show(library, "not-yet-seen")
    assert catalogue.history(new, "taken-back") == catalogue.history(library, "taken-back")
    assert apart.together(new, "not-yet-seen", "stays") == ("stays",)
    assert browsing.resource(new, "hope-in-practice") == browsing.resource(library, "hope-in-practice")


def test_what_comes_in_can_be_added_to(library: Library, another: NewLibrary, tmp_path: Path) -> None:
    _a_mixed_library(library)
    exporting.export(library, tmp_path / "out")
    new = another("b")
    importing.import_bag(new, tmp_path / "out")
    slug = a_resource(new, "Hope in practice", "Another of that name.")
    assert slug == "hope-in-practice-2"
    indexing.sync(new)
    assert discovery.search(new, Question("another")).total == 1


def test_what_came_in_before_a_kill_is_found_after_the_next_sync(
    library: Library, another: NewLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _a_mixed_library(library)
    exporting.export(library, tmp_path / "out", everything=True)

    def killed(_: Library) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importing.fingerprints, "work_out", killed)  # the first step after the rows are committed
    fresh = another("fresh")
    with pytest.raises(KeyboardInterrupt):
        importing.import_bag(fresh, tmp_path / "out")
    assert indexing.pending(fresh)
    indexing.sync(fresh)
    assert not indexing.check(fresh)
    assert [each.card.slug for each in discovery.search(fresh, Question("hope")).found] == ["hope-in-practice"]


def test_a_library_that_holds_something_refuses(library: Library, tmp_path: Path) -> None:
    _a_mixed_library(library)
    exporting.export(library, tmp_path / "out")
    before = exporting.look(library, everything=True).digest
    with pytest.raises(Invalid, match="empty one only"):
        importing.import_bag(library, tmp_path / "out")
    assert exporting.look(library, everything=True).digest == before


def test_a_dry_run_writes_nothing(library: Library, another: NewLibrary, tmp_path: Path) -> None:
    _a_mixed_library(library)
    exporting.export(library, tmp_path / "out")
    new = another("b")
    before = exporting.look(new, everything=True).digest
    assert importing.import_bag(new, tmp_path / "out", dry_run=True).same is True
    assert exporting.look(new, everything=True).digest == before
    assert list(new.originals.kept()) == []
    assert catalogues.is_empty(new)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda data: (data / "resources.jsonl").write_text("{}\n"), "not as it was exported"),
        (lambda data: (data / "topics.jsonl").unlink(), "not as it was exported"),
        (lambda data: (data / "more.txt").write_text("slipped in"), "not as it was exported"),
        (lambda data: next((data / "originals").glob("*/*")).write_bytes(b"other"), "not as it was exported"),
        (lambda data: (data.parent / "manifest-sha256.txt").write_text("../../x  y\n"), "export"),
        (lambda data: (data.parent / "manifest-sha256.txt").unlink(), "export"),
    ],
)
def test_an_export_that_was_tampered_with_changes_nothing(
    library: Library, another: NewLibrary, tmp_path: Path, harm: Callable[[Path], object], said: str
) -> None:
    _a_mixed_library(library)
    exporting.export(library, tmp_path / "out")
    harm(tmp_path / "out" / "data")
    new = another("b")
    before = exporting.look(new, everything=True).digest
    with pytest.raises(Invalid, match=said):
        importing.import_bag(new, tmp_path / "out")
    assert exporting.look(new, everything=True).digest == before
    assert list(new.originals.kept()) == []


def _again_a_bag(folder: Path) -> None:
    """Digests made anew, as somebody would who tampers with care."""
    bagit.Bag(str(folder)).save(manifests=True)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"status":"published"', '"status":"secret"', "status cannot be “secret”"),
        ('"slug":"stays"', '"slug":"../stays"', "slug cannot be"),
        ('"slug":"stays"', '"slug":"hope-in-practice"', "stands here twice"),
        ('"topics":["hope"]', '"topics":["no-such-topic"]', "there is no topic “no-such-topic”"),
        ('"year":2019', '"year":"2019"', "year cannot be"),
        ('"year":2019', '"year":2019,"colour":"red"', "“colour” means nothing"),
        ('"title":"Stays"', '"title":null', "title says nothing"),
        ('"title":"Stays"', '"title":"Goes"', "digest of its records differs"),
        ('"editions":[{', '"editions":[7,{', "cannot be taken in"),
        ('{"audiences"', '["audiences"', "is no JSON"),
    ],
)
def test_a_record_that_was_made_up_is_named_and_nothing_comes_in(
    library: Library, another: NewLibrary, tmp_path: Path, before: str, after: str, said: str
) -> None:
    _a_mixed_library(library)
    exporting.export(library, tmp_path / "out")
    path = tmp_path / "out/data/resources.jsonl"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    _again_a_bag(tmp_path / "out")
    new = another("b")
    with pytest.raises(Invalid, match=said):
        importing.import_bag(new, tmp_path / "out")
    assert catalogues.is_empty(new)
    assert browsing.help_lines(new)


def test_an_export_of_a_newer_program_says_so(library: Library, another: NewLibrary, tmp_path: Path) -> None:
    exporting.export(library, tmp_path / "out")
    path = tmp_path / "out/data" / bag.CONTENTS
    path.write_text(json.dumps({**json.loads(path.read_text()), "tables": "9999"}))
    _again_a_bag(tmp_path / "out")
    with pytest.raises(Invalid, match="newer version"):
        importing.import_bag(another("b"), tmp_path / "out")


def test_what_an_older_program_did_not_say_is_as_in_a_new_record(
    library: Library, another: NewLibrary, tmp_path: Path
) -> None:
    _a_mixed_library(library)
    exporting.export(library, tmp_path / "out")
    records = tmp_path / "out/data/resources.jsonl"
    told = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    for each in told:
        del each["jurisdiction"], each["identifiers"]
    records.write_text("".join(json.dumps(each) + "\n" for each in told), encoding="utf-8")
    path = tmp_path / "out/data" / bag.CONTENTS
    path.write_text(json.dumps({**json.loads(path.read_text()), "tables": "0001"}))
    _again_a_bag(tmp_path / "out")
    new = another("b")
    assert importing.import_bag(new, tmp_path / "out").same is None
    assert browsing.resource(new, "stays").card.title == "Stays"


def test_a_folder_that_is_no_export_says_so(library: Library, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.txt").write_text("A picture")
    with pytest.raises(Invalid, match="not an export"):
        importing.import_bag(library, tmp_path / "pictures")
    bagit.make_bag(str(tmp_path / "pictures"))
    with pytest.raises(Invalid, match="not an export of a library"):
        importing.import_bag(library, tmp_path / "pictures")


def test_a_folder_that_has_something_in_it_is_left_alone(library: Library, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("Mine")
    with pytest.raises(Invalid, match="there already"):
        exporting.export(library, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_two_exports_to_one_folder_do_not_mix(library: Library, tmp_path: Path) -> None:
    with new_folder.made(tmp_path / "out") as making:
        (making / "one").write_text("one")
        with pytest.raises(Occupied, match="Another export"):
            exporting.export(library, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["one"]


def test_an_export_goes_on_where_another_was_killed(library: Library, tmp_path: Path) -> None:
    (tmp_path / "out.half-made" / "data").mkdir(parents=True)
    (tmp_path / "out.half-made" / "data" / "left.jsonl").write_text("{}")
    exporting.export(library, tmp_path / "out")
    assert not (tmp_path / "out.half-made").exists()
    assert "data/left.jsonl" not in _files(tmp_path / "out")


def test_a_lost_original_is_named_and_the_rest_goes_out(
    library: Library, another: NewLibrary, tmp_path: Path
) -> None:
    _a_mixed_library(library)
    lost, *others = sorted(library.originals.kept())
    library.originals.path(lost).unlink()
    exported = exporting.export(library, tmp_path / "out", everything=True)
    assert exported.missing == (lost,)
    new = another("b")
    imported = importing.import_bag(new, tmp_path / "out")
    assert (imported.same, imported.missing) == (True, (lost,))
    assert sorted(new.originals.kept()) == others


def test_every_table_travels_or_says_why_it_stays() -> None:
    def tables(part: Part) -> set[str]:
        below = set().union(*map(tables, part.hanging.values())) if part.hanging else set()
        return {part.table.name, *(each.name for each in part.linked.values())} | below

    travelling = set().union(*map(tables, PARTS.values()))
    assert travelling | set(LEFT_BEHIND) == set(Base.metadata.tables)
    assert not travelling & set(LEFT_BEHIND)
