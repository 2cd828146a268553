"""What is special to tantivy: damage to its files, other versions, growth, how a question is said to it."""

from __future__ import annotations

import gc
import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import index
from index.document import PageText
from index.errors import Outdated, Unavailable
from index.parse import parse
from index.tantivy_engine import TantivyEngine
from index.tantivy_fields import SCHEMA_NUMBER
from index.tantivy_store import CURRENT
from index.tantivy_vectors import BYTES
from index.tantivy_vectors import NAME as VECTORS
from tests.index.library import LIBRARY, document

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> TantivyEngine:
    engine = TantivyEngine(folder, patience=0.2)
    engine.replace(LIBRARY)
    return engine


def total(engine: TantivyEngine, typed: str = "") -> int:
    return engine.search(parse(typed)).total


def ids(engine: TantivyEngine, typed: str, **more: object) -> list[str]:
    return [hit.id for hit in engine.search(parse(typed, **more)).hits]  # type: ignore[arg-type]


def generation(folder: Path) -> Path:
    return folder / (folder / CURRENT).read_text()


# Damage and other versions


def spoil_pointer(folder: Path) -> None:
    (folder / CURRENT).write_bytes(b"\xffjunk")


def empty_pointer(folder: Path) -> None:
    (folder / CURRENT).write_bytes(b"")


def spoil_meta(folder: Path) -> None:
    (generation(folder) / "meta.json").write_bytes(b"junk")


def remove_generation(folder: Path) -> None:
    for path in generation(folder).iterdir():
        path.unlink()


def change_files(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        for path in generation(folder).iterdir():
            if re.match(r"[0-9a-f]{32}\.", path.name):
                data = path.read_bytes()
                path.unlink()
                path.write_bytes(change(data))

    return damage


cut_files = change_files(lambda data: data[: len(data) // 2])
zero_files = change_files(lambda data: bytes(len(data)))
empty_files = change_files(lambda data: b"")


@pytest.mark.parametrize(
    "damage",
    [spoil_pointer, empty_pointer, spoil_meta, remove_generation, cut_files, zero_files, empty_files],
)
def test_a_damaged_index_says_so_and_can_be_replaced(
    engine: TantivyEngine, folder: Path, damage: Callable[[Path], None]
) -> None:
    engine.close()
    damage(folder)
    engine = TantivyEngine(folder, patience=0.2)
    for reading in (lambda: total(engine, "charter"), engine.digests, lambda: engine.write(LIBRARY, ["charter"])):
        with pytest.raises(Unavailable, match="clearinghouse index rebuild"):
            reading()
    engine.replace(LIBRARY)
    assert total(engine) == len(LIBRARY)
    assert total(engine, "supervision") == 2


def test_vectors_that_became_zeros_are_noticed_and_written_again(engine: TantivyEngine, folder: Path) -> None:
    pytest.importorskip("wordllama")
    vectors = generation(folder) / VECTORS
    vectors.write_bytes(bytes(vectors.stat().st_size))
    engine = TantivyEngine(folder)
    right = {each.id: each.digest() for each in LIBRARY}
    assert engine.digests().keys() == right.keys()
    assert not engine.digests().items() & right.items()
    engine.write(LIBRARY, [])
    assert engine.digests() == right
    engine.close()


def test_an_index_without_its_vectors_says_so(engine: TantivyEngine, folder: Path) -> None:
    pytest.importorskip("wordllama")
    (generation(folder) / VECTORS).unlink()
    engine = TantivyEngine(folder)
    for reading in (lambda: total(engine, "charter"), engine.digests):
        with pytest.raises(Unavailable, match="clearinghouse index rebuild"):
            reading()


def test_an_index_of_another_version_says_so_until_it_is_replaced(engine: TantivyEngine, folder: Path) -> None:
    there = generation(folder)
    other = there.with_name(there.name.replace(f"tantivy{SCHEMA_NUMBER}.", f"tantivy{SCHEMA_NUMBER + 1}."))
    there.rename(other)
    (folder / CURRENT).write_text(other.name)
    for engine_now in (engine, TantivyEngine(folder)):
        for reading in (lambda: total(engine_now), engine_now.digests, lambda: engine_now.write(LIBRARY, [])):  # noqa: B023
            with pytest.raises(Outdated, match="index rebuild"):
                reading()
    engine.replace(LIBRARY)
    assert total(engine) == len(LIBRARY)
    assert not other.exists()


def test_without_the_package_one_sentence_names_the_extra(tmp_path: Path) -> None:
    code = (
        "from importlib.machinery import PathFinder\n"
        "find = PathFinder.find_spec\n"
        "PathFinder.find_spec = lambda name, *rest: None if name == 'tantivy' else find(name, *rest)\n"
        "import index\n"
        "from index.errors import Unavailable\n"
        "try:\n"
        f"    index.open('tantivy://{tmp_path}')\n"
        "except Unavailable as problem:\n"
        "    print(problem)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "pip install 'peer-support-clearinghouse[tantivy]'" in said


# Growth


def test_many_small_writes_leave_few_files(engine: TantivyEngine, folder: Path) -> None:
    most = 0
    for n in range(120):
        engine.write([document(f"n{n % 70}", f"Number {n}", "some words")], [f"n{n - 60}"])
        most = max(most, len(list(generation(folder).iterdir())))
    assert most < 200
    assert total(engine, "number") == len(engine.digests()) - len(LIBRARY)
    named = {
        each["segment_id"].replace("-", "")
        for each in json.loads((generation(folder) / "meta.json").read_text())["segments"]
    }
    there = {
        path.name.split(".")[0] for path in generation(folder).iterdir() if not path.name.startswith((".", "meta"))
    }
    assert there - {VECTORS} == named


def test_what_is_kept_of_documents_is_kept_in_small_blocks(engine: TantivyEngine, folder: Path) -> None:
    engine.write([document("more", "More")], [])
    settings = json.loads((generation(folder) / "meta.json").read_text())["index_settings"]
    assert settings["docstore_blocksize"] == 4096, (
        "after the first commit and the second, as written down by tantivy"
    )


def test_rows_of_vectors_are_used_again_when_few_documents_have_them(engine: TantivyEngine, folder: Path) -> None:
    pytest.importorskip("wordllama")
    river = document("river", "A", "The bank was high above the water and the boats and the fish.")
    money = document("money", "B", "The bank was good with the loans and the cash and the accounts.")
    engine.replace([river, money])
    for n in range(4):
        many = [document(f"n{at}", f"Number {n}", f"some words {at}") for at in range(700)]
        engine.write(many, [])
        engine.write([], [each.id for each in many])
        assert ids(engine, "bank savings") == ["money", "river"]
        assert ids(engine, "bank swimming") == ["river", "money"]
    assert (generation(folder) / VECTORS).stat().st_size < 2000 * BYTES


def test_replacing_again_and_again_leaves_one_generation(engine: TantivyEngine, folder: Path) -> None:
    for _ in range(5):
        engine.replace(LIBRARY)
        assert total(engine) == len(LIBRARY)
    assert [path.name for path in folder.iterdir() if path.is_dir()] == [generation(folder).name]


def test_what_no_search_uses_is_let_go(engine: TantivyEngine, folder: Path) -> None:
    maps = Path("/proc/self/maps")
    if not maps.exists():
        pytest.skip("this system does not tell what a process has mapped")
    for n in range(20):
        engine.replace([document("n", f"Number {n}")])
        assert total(engine, "number") == 1
    gc.collect()
    mapped = {line.split("/")[-2] for line in maps.read_text().splitlines() if str(folder) in line}
    assert mapped <= {generation(folder).name}


# How a question is said


@pytest.fixture
def written(engine: TantivyEngine) -> TantivyEngine:
    engine.replace(
        [
            document("hyphen", "A", "We co-design with carers and self-care matters"),
            document("one", "B", "We codesign with carers and selfcare matters"),
            document("two", "C", "We co design with carers and self care matters"),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("codesign", ["hyphen", "one"]),
        ("co-design", ["hyphen", "one", "two"]),
        ('"co-design with carers"', ["hyphen", "one", "two"]),
        ('"codesign with carers"', ["hyphen", "one", "two"]),
        ('"co design with carers"', ["hyphen", "two"]),
        ('"codesign with carers and self-care"', ["hyphen", "one", "two"]),
        ("text:selfcare", ["hyphen", "one"]),
        ('"carers codesign"', []),
    ],
)
def test_hyphenated_words_are_found_however_they_are_written(
    written: TantivyEngine, typed: str, wanted: list[str]
) -> None:
    hits = written.search(parse(typed)).hits
    assert sorted(hit.id for hit in hits) == wanted
    assert all([(page.edition, page.number) for page in hit.pages] == [("full-en", 1)] for hit in hits)


def test_equal_answers_keep_their_order_however_many_there_are(engine: TantivyEngine) -> None:
    titles = [f"Leaflet about peer support, number {n:03}" for n in range(150)]
    shuffled = random.Random(5).sample(list(enumerate(titles)), len(titles))
    engine.replace([document(f"d{n:03}", title, "same words") for n, title in shuffled[:90]])
    engine.write([document(f"d{n:03}", title, "same words") for n, title in shuffled[90:]], [])
    found = [hit for page in range(1, 17) for hit in ids(engine, "text:words", page=page)]
    assert found == [f"d{n:03}" for n in range(150)]


def test_a_phrase_may_run_over_the_end_of_a_page_but_not_of_an_edition(engine: TantivyEngine) -> None:
    pages = (
        PageText("full-en", 1, "hope is"),
        PageText("full-en", 2, "shared among"),
        PageText("easy-en", 1, "us all"),
    )
    engine.replace([document("a", "A", pages=pages)])
    hit = engine.search(parse('"hope is shared"')).hits[0]
    assert [(page.edition, page.number) for page in hit.pages] == [("full-en", 1)]
    assert total(engine, '"shared among us"') == 0


def test_a_long_question_leaves_out_what_has_only_its_commonest_words(engine: TantivyEngine) -> None:
    rare = [document(f"r{n}", "Wombat burrows", "wombat burrow ledger") for n in range(600)]
    common = [document(f"c{n}", "Notes", "people together") for n in range(2000)]
    engine.replace([*rare, *common, *(document(f"x{n}", "Other", "nothing here") for n in range(3000))])
    results = engine.search(parse("what wombat burrow ledger helps people together"))
    assert results.total == 600
    assert results.hits[0].id.startswith("r")


def test_pages_far_beyond_the_last_are_empty_at_once(engine: TantivyEngine) -> None:
    results = engine.search(parse("peer", page=10**12, size=10**6))
    assert (results.total, results.hits) == (3, ())


def test_another_process_sees_each_commit(engine: TantivyEngine, folder: Path) -> None:
    code = (
        "import sys\n"
        "import index\n"
        "from index.parse import parse\n"
        "engine = index.open(f'tantivy://{sys.argv[1]}')\n"
        "for line in sys.stdin:\n"
        "    print(engine.search(parse(line.strip())).total, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        for n in range(5):
            engine.write([document("n", f"Wombat number{n}")], [])
            for word, wanted in ((f"number{n}", "1\n"), (f"number{n - 1}", "0\n")):
                other.stdin.write(f"{word}\n")
                other.stdin.flush()
                assert other.stdout.readline() == wanted
        other.stdin.close()


def test_the_address_names_the_folder(tmp_path: Path) -> None:
    engine = index.open(f"tantivy://{tmp_path}/with%20space")
    engine.replace(LIBRARY[:1])
    assert (tmp_path / "with space" / CURRENT).is_file()
