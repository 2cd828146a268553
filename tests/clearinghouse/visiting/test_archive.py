"""Taking a collection away: every original in one zip, named safely, and a list that says the truth."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearinghouse.errors import NotFound
from clearinghouse.holdings import catalogue, shelves
from clearinghouse.library import Library
from clearinghouse.models import Edition, Original, Resource
from clearinghouse.views import CollectionCard
from clearinghouse.visiting import archive
from clearinghouse.visiting.archive import Contents
from tests.clearinghouse import making

FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def a_shelf(library: Library, *slugs: str) -> str:
    shelves.create(library, "A shelf", description="What is here.")
    for slug in slugs:
        shelves.add(library, "a-shelf", slug, note=f"Why {slug}.")
    return "a-shelf"


def unpacked(taken: Contents) -> zipfile.ZipFile:
    packed = zipfile.ZipFile(io.BytesIO(b"".join(archive.as_zip(taken, "Our library"))))
    assert packed.testzip() is None
    return packed


def the_list(packed: zipfile.ZipFile) -> str:
    return packed.read("contents.txt").decode("utf-8-sig")


def test_every_published_original_is_there_exactly_as_it_came(library: Library) -> None:
    one = making.a_resource(library, "One", "Words.")
    making.an_edition(library, one, "Easy words.", form="easy-read")
    making.an_edition(library, one, "Parole.", form="translation", language="it")
    two = making.a_resource(library, "Two: the second", "More words.", licence="CC BY 4.0")
    draft = making.a_resource(library, "Draft", "Not yet.", draft=True)
    taken = archive.contents(library, a_shelf(library, two, draft, one))
    packed = unpacked(taken)
    assert packed.namelist() == [
        "01 Two - the second.txt",
        "02 One.txt",
        "02 One (Easy Read).txt",
        "02 One (Translation, Italian).txt",
        "contents.txt",
    ]
    for file in taken.files:
        assert packed.read(file.name) == file.path.read_bytes()
    assert all(each.compress_type == zipfile.ZIP_STORED for each in packed.infolist())
    assert taken.size == sum(file.path.stat().st_size for file in taken.files)
    said = the_list(packed)
    assert "From Our library, " in said
    assert "1. Two: the second\r\n   Why two-the-second.\r\n   Licence: CC BY 4.0\r\n" in said
    assert "   Licence: not said; ask before you copy it\r\n" in said
    assert "Draft" not in said


def test_an_original_that_is_missing_is_said_and_fails_nothing(library: Library) -> None:
    for title in ("One", "Two", "Three"):
        making.a_resource(library, title, f"Words of {title}.")
    slug = a_shelf(library, "one", "two", "three")
    before = archive.contents(library, slug)
    before.items[0].files[0].path.unlink()
    taken = archive.contents(library, slug)
    assert (len(taken.files), taken.items[0].missing) == (2, ("Full text",))
    taken.items[1].files[0].path.unlink()  # between the page and the download
    packed = unpacked(taken)
    assert packed.namelist() == ["03 Three.txt", "contents.txt"]
    assert "   Full text: not in this zip, because its file is missing from the library" in the_list(packed)
    assert "   02 Two.txt: could not be packed: its file is missing from the library" in the_list(packed)


def test_what_lives_elsewhere_is_listed_with_its_address(library: Library) -> None:
    making.a_resource(library, "Elsewhere", link="https://example.org/paper")
    making.a_resource(library, "Nowhere")
    taken = archive.contents(library, a_shelf(library, "elsewhere", "nowhere"))
    assert taken.files == ()
    said = the_list(unpacked(taken))
    assert "   It is at https://example.org/paper" in said
    assert "   The library holds a record of it, and no copy." in said


def test_a_withdrawn_resource_is_in_neither(library: Library) -> None:
    making.a_resource(library, "One", "Words.")
    slug = a_shelf(library, "one")
    catalogue.withdraw(library, "one", "Out of date.")
    taken = archive.contents(library, slug)
    assert (taken.items, taken.size) == ((), 0)
    with pytest.raises(NotFound):
        archive.contents(library, "nowhere")


def test_names_that_look_the_same_are_told_apart(library: Library) -> None:
    slug = making.a_resource(library, "A Guide", "One.")
    making.an_edition(library, slug, "Two.", form="easy-read")
    making.an_edition(library, slug, "Three.", form="easy-read")
    taken = archive.contents(library, a_shelf(library, slug))
    assert [file.name for file in taken.files] == [
        "01 A Guide.txt",
        "01 A Guide (Easy Read).txt",
        "01 A Guide (Easy Read) 2.txt",
    ]


@settings(deadline=None)  # a busy machine is no failure
@given(
    titles=st.lists(st.text(max_size=400), min_size=1, max_size=4),
    name=st.text(max_size=40),
    form=st.sampled_from(["full", "easy-read", "translation"]),
)
def test_any_title_makes_names_that_every_system_takes(
    sample_library: Library, titles: list[str], name: str, form: str
) -> None:
    some = archive.contents(sample_library, "hiring-your-first-peer-worker").items[0].editions[0]
    assert some.original is not None
    edition = replace(
        some, form=form, language="it", language_name="Italian", original=replace(some.original, name=name)
    )
    taken: set[str] = set()
    names = [archive._name(f"01 {title}", edition, taken) for title in titles * 2]
    assert len({each.casefold() for each in names}) == len(names)
    for each in names:
        assert each.startswith("01")
        assert len(each.encode()) <= 130
        assert not FORBIDDEN.search(each)
        assert each == each.rstrip(". ")
        assert Path(each).name == each


def test_a_shelf_of_any_size_is_sent_without_being_held_in_memory(library: Library, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(64_000_000)
    packed = archive.Packed("01 Large.bin", large, 64_000_000)
    slug = making.a_resource(library, "One", "Words.")
    item = archive.contents(library, a_shelf(library, slug)).items[0]
    listed = archive.Listed(1, item.card, "", "", item.editions, (packed,), ())
    taken = Contents(CollectionCard("s", "S", "", "shelf", "Shelf", None, 1), (listed,))
    for _ in archive.as_zip(Contents(taken.card, (item,)), "warm up"):
        pass
    tracemalloc.start()
    sent = sum(map(len, archive.as_zip(taken, "Our library")))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > 64_000_000
    assert peak < 4_000_000


def test_a_file_that_breaks_off_ends_the_download_rather_than_seem_whole(library: Library) -> None:
    making.a_resource(library, "One", "Words.")
    taken = archive.contents(library, a_shelf(library, "one"))
    path = taken.files[0].path
    path.unlink()
    path.mkdir()  # it opens for nobody
    with pytest.raises(OSError, match="directory"):
        b"".join(archive.as_zip(taken, "Our library"))


def test_an_original_without_an_ending_gets_one_from_what_it_is(library: Library) -> None:
    slug = making.a_resource(library, "A page", "Words.")
    with library.database.writing() as session:
        row = session.query(Edition).join(Resource).filter(Resource.slug == slug).one()
        original = session.get(Original, row.original_sha256)
        assert original is not None
        original.name, original.media_type = "a page", "text/html; charset=utf-8"
    assert archive.contents(library, a_shelf(library, slug)).files[0].name == "01 A page.html"
