"""The sample library and the standing facts are whole, true to their own lists, and safe to show."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

import clearinghouse.facts
import clearinghouse.samples
from clearinghouse.samples import build

SAMPLES = Path(clearinghouse.samples.__file__).parent
FACTS = Path(clearinghouse.facts.__file__).parent

AUDIENCES = {"consumers", "carers", "staff", "providers"}
KINDS = {
    "research-paper", "review", "charter", "framework", "guideline", "training-module", "template",
    "fact-sheet", "story", "video", "policy", "directory-entry", "web-page",
}  # fmt: skip
FORMS = {"full", "summary", "easy-read", "audio", "video", "translation"}
SPEAKS = {"consumer-led", "carer-led", "co-produced", "clinical", "academic", "organisation"}
ENTRIES = {"course", "program", "qualification", "network", "service"}
PLACES = {"National", "ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"}
RESOURCE_KEYS = {
    "title", "kind", "audiences", "topics", "summary", "authors", "organisation", "year", "jurisdiction",
    "speaks", "licence", "link", "doi", "content_notes", "entry", "provider", "cost", "time", "collection",
    "position", "note", "edition",
}  # fmt: skip
NEVER_SHOWN = re.compile(
    r"\bpatients?\b|\bcommit(s|ted|ting)? suicide\b|\bcaregivers?\b|\b(substance|drug) abuse\b",
    re.IGNORECASE,
)


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


MANIFEST = toml(SAMPLES / "manifest.toml")
RESOURCES: list[dict[str, Any]] = MANIFEST["resource"]
TOPICS: list[dict[str, Any]] = toml(FACTS / "topics.toml")["topic"]
LINES: list[dict[str, Any]] = toml(FACTS / "help_lines.toml")["line"]
EDITIONS = [(resource, edition) for resource in RESOURCES for edition in resource.get("edition", [])]
FILES = sorted((SAMPLES / "files").iterdir())


@cache
def words_of(path: Path) -> str:
    """What a reader sees of a file, near enough for counting and for finding words."""
    if path.suffix == ".pdf":
        with PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
    if path.suffix == ".docx":
        source = next(text for text in build.TEXTS.glob("*.md") if build.read(text).file == path.name)
        return source.read_text(encoding="utf-8")
    return re.sub(r"(?s)<style>.*?</style>|<[^>]+>", " ", path.read_text(encoding="utf-8"))


def test_there_are_enough_resources_for_a_visitor_to_search() -> None:
    assert len(RESOURCES) >= 44
    titles = [resource["title"] for resource in RESOURCES]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda r: r["title"][:40])
def test_each_resource_uses_known_keys_and_values(resource: dict[str, Any]) -> None:
    assert resource.keys() <= RESOURCE_KEYS
    assert {"title", "kind", "audiences", "topics", "summary"} <= resource.keys()
    assert resource["kind"] in KINDS
    assert resource["audiences"]
    assert set(resource["audiences"]) <= AUDIENCES
    assert resource["topics"]
    assert set(resource["topics"]) <= {topic["slug"] for topic in TOPICS}
    assert resource.get("speaks", "academic") in SPEAKS
    assert resource.get("jurisdiction", "National") in PLACES
    assert resource.get("link", "https://").startswith("https://")
    assert resource["summary"].count(".") >= 2


def test_every_kind_and_every_audience_is_met() -> None:
    assert {resource["kind"] for resource in RESOURCES} == KINDS
    for audience in AUDIENCES:
        assert sum(audience in resource["audiences"] for resource in RESOURCES) >= 10


def test_every_topic_leads_to_a_resource() -> None:
    used = {topic for resource in RESOURCES for topic in resource["topics"]}
    assert used == {topic["slug"] for topic in TOPICS}


def test_every_file_named_exists_and_every_file_is_named_once() -> None:
    named = [edition["file"] for _, edition in EDITIONS if "file" in edition]
    assert sorted(named) == [f"files/{path.name}" for path in FILES]


def test_every_format_the_library_reads_is_there_and_is_what_it_says() -> None:
    assert {path.suffix for path in FILES} == {".pdf", ".html", ".docx", ".txt", ".md"}
    for path in FILES:
        start = path.read_bytes()[:15]
        assert start.startswith(b"%PDF-") == (path.suffix == ".pdf")
        assert is_zipfile(path) == (path.suffix == ".docx")
        assert start.startswith(b"<!doctype html>") == (path.suffix == ".html")


def test_the_samples_stay_small_enough_to_travel_in_the_package() -> None:
    assert sum(path.stat().st_size for path in FILES) < 3 * 1024 * 1024


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_has_substance_and_shows_no_word_we_do_not_use(path: Path) -> None:
    words = words_of(path)
    assert len(words.split()) > 280
    assert not NEVER_SHOWN.search(words)


def test_the_manifest_shows_no_word_we_do_not_use() -> None:
    shown = [f"{each['title']} {each['summary']} {each.get('note', '')}" for each in RESOURCES]
    shown += [f"{topic['preferred']} {topic['scope_note']} {topic['other_words']}" for topic in TOPICS]
    assert [text for text in shown if NEVER_SHOWN.search(text)] == []
    assert any("patient" in topic["historical_words"] for topic in TOPICS)


def test_editions_have_a_form_and_a_language_and_pair_as_promised() -> None:
    forms: dict[str, set[str]] = {}
    for resource, edition in EDITIONS:
        assert edition["form"] in FORMS
        assert re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", edition["language"])
        assert ("file" in edition) != ("link" in edition)
        forms.setdefault(resource["title"], set()).add(edition["form"])
    for form in ("easy-read", "summary", "translation"):
        assert any({"full", form} <= have for have in forms.values())
    assert all("full" in have for have in forms.values())


def test_an_easy_read_booklet_ends_in_a_dictionary_that_explains_each_blue_word() -> None:
    booklets = [text for text in build.TEXTS.glob("*.md") if build.read(text).look == "easy-read"]
    assert len(booklets) == 2
    for path in booklets:
        body, dictionary = build.read(path).body.split("## Dictionary\n")
        assert "\n## " not in dictionary
        explained = re.findall(r"### (.+)", dictionary)
        assert explained == sorted(explained)
        blue = {word.lower().removesuffix("s") for word in re.findall(r"\*\*(.+?)\*\*", body)}
        assert blue == {word.removesuffix("s") for word in explained}
        assert dictionary.count("For example") == len(explained)


def test_collections_number_their_resources_from_one_and_say_why() -> None:
    slugs = {collection["slug"]: collection for collection in MANIFEST["collection"]}
    for slug, collection in slugs.items():
        assert collection["kind"] in {"training", "shelf"}
        inside = [resource for resource in RESOURCES if resource.get("collection") == slug]
        assert sorted(resource["position"] for resource in inside) == list(range(1, len(inside) + 1))
        assert all(resource["note"] for resource in inside)
        items = collection.get("item", [])
        assert bool(items) != bool(inside)
        assert {item["resource"] for item in items} <= {resource["title"] for resource in RESOURCES}
        assert all(item["note"] for item in items)
    assert {resource["collection"] for resource in RESOURCES if "collection" in resource} <= set(slugs)
    training = [r for r in RESOURCES if r.get("collection") == "setting-up-and-running-peer-support"]
    assert all(r["title"].startswith(f"Module {r['position']}:") for r in training)
    assert len(training) == 3


def test_each_door_has_one_shelf_of_things_for_those_who_come_in_by_it() -> None:
    doors = {each["door"]: each for each in MANIFEST["collection"] if "door" in each}
    assert sorted(each["door"] for each in MANIFEST["collection"] if "door" in each) == sorted(AUDIENCES)
    audiences = {resource["title"]: resource["audiences"] for resource in RESOURCES}
    for audience, shelf in doors.items():
        titles = [item["resource"] for item in shelf.get("item", [])]
        titles += [each["title"] for each in RESOURCES if each.get("collection") == shelf["slug"]]
        assert len(titles) >= 4
        assert all(audience in audiences[title] for title in titles)


def test_each_directory_entry_says_what_it_is_who_runs_it_and_where_and_claims_no_check() -> None:
    for resource in RESOURCES:
        assert ("entry" in resource) == (resource["kind"] == "directory-entry")
        if "entry" in resource:
            assert resource["entry"] in ENTRIES
            assert resource["provider"]
            assert resource["jurisdiction"] in PLACES
            assert "checked_on" not in resource


@pytest.mark.parametrize(("resource", "edition"), EDITIONS, ids=lambda part: str(part.get("file", ""))[6:40])
def test_what_touches_suicide_seclusion_or_restraint_says_so_first(
    resource: dict[str, Any], edition: dict[str, Any]
) -> None:
    words = words_of(SAMPLES / edition["file"])
    # Naming the help line for people bereaved by suicide is not a text about suicide.
    words = re.sub(r"Suicide\s+Call\s+Back\s+Service|When\s+someone\s+talks\s+about\s+suicide", "", words)
    hard = re.findall(r"\b(?:suicid|seclu|restrain)\w*", words, re.IGNORECASE)
    assert not hard or resource.get("content_notes"), f"{hard} without a content note"


def test_a_printed_number_is_one_the_help_lines_know() -> None:
    numbers = [line[key] for line in LINES for key in ("number", "text_number") if key in line]
    known = {number.replace(" ", "") for number in numbers}
    for path in FILES:
        for found in re.findall(r"\b(?:1[38]00[ \d]{6,9}|13 \d\d \d\d|04\d\d[ \d]{6,9})", words_of(path)):
            assert re.sub(r"\s", "", found) in known, f"{path.name} names {found}"


def test_pdfs_carry_title_author_language_tags_and_page_labels() -> None:
    for path in FILES:
        if path.suffix != ".pdf":
            continue
        reader = PdfReader(path)
        text = next(t for t in map(build.read, build.TEXTS.glob("*.md")) if t.file == path.name)
        assert reader.metadata is not None
        assert (reader.metadata.title, reader.metadata.author) == (text.title, build.AUTHOR)
        assert str(reader.root_object["/Lang"]) == "en-AU"
        assert "/StructTreeRoot" in reader.root_object
        assert reader.page_labels[:2] == (["Cover", "1"] if text.cover else ["1", "2"])


def said(path: Path) -> bytes:
    """What a built file says, apart from how this machine's zlib packs it."""
    if path.suffix == ".docx":
        with ZipFile(path) as packed:
            return packed.read("word/document.xml") + packed.read("docProps/core.xml")
    return path.read_bytes()


@pytest.mark.parametrize("suffix", [".html", ".docx", ".txt", ".md"])
def test_built_files_are_what_their_texts_make_today(suffix: str, tmp_path: Path) -> None:
    tried = 0
    for path in build.TEXTS.glob("*.md"):
        if build.read(path).file.endswith(suffix):
            made, tried = build.build(path, tmp_path), tried + 1
            assert said(made) == said(build.FILES / made.name), f"build {path.name} again"
    assert tried >= 5


def test_a_printed_pdf_has_every_heading_of_its_text() -> None:
    for text in map(build.read, build.TEXTS.glob("*.md")):
        if text.file.endswith(".pdf"):
            printed = re.sub(r"\W", "", words_of(build.FILES / text.file))
            for heading in re.findall(r"(?m)^#+ (.+)$", text.body):
                assert re.sub(r"\W", "", heading) in printed, f"build {text.file} again"


def test_topics_point_only_at_topics_and_share_no_word() -> None:
    slugs = {topic["slug"] for topic in TOPICS}
    assert len(slugs) == len(TOPICS)
    owner: dict[str, str] = {}
    for topic in TOPICS:
        assert set(topic["related"]) | {topic.get("broader", topic["slug"])} <= slugs
        assert topic["slug"] not in topic["related"]
        assert topic["scope_note"].endswith(".")
        only_find = topic["historical_words"] + topic.get("clinical_words", [])
        for word in {topic["preferred"], *topic["other_words"], *only_find}:
            assert owner.setdefault(word.lower(), topic["slug"]) == topic["slug"]


def test_words_that_only_look_the_same_are_kept_apart() -> None:
    by_slug = {topic["slug"]: topic for topic in TOPICS}
    assert by_slug["consumer-consultant"]["broader"] == "peer-worker"
    assert "consumer consultant" not in by_slug["peer-worker"]["other_words"]
    assert "co-design" in by_slug["co-production"]["related"]
    assert "co-design" not in by_slug["co-production"]["other_words"]
    assert "co-reflection" in by_slug["peer-supervision"]["related"]
    assert "lived experience" not in by_slug["peer-worker"]["other_words"]


def test_each_help_line_has_a_source_and_claims_no_check_that_was_not_made() -> None:
    for line in LINES:
        assert {"name", "number", "hours", "jurisdiction", "who", "link", "source"} <= line.keys()
        assert line["link"].startswith("https://")
        assert line["source"].startswith("https://")
        assert line["jurisdiction"] in PLACES
        assert ("checked_on" in line) == ("check_by" in line)
        if "checked_on" in line:
            assert line["checked_on"] < line["check_by"]


def test_emergency_lifeline_and_one_more_stand_on_every_page() -> None:
    always = [line for line in LINES if line.get("always")]
    assert [line["number"] for line in always[:2]] == ["000", "13 11 14"]
    assert len(always) == 3
    assert all(line["hours"].startswith("24 hours") and line["jurisdiction"] == "National" for line in always)
    assert any("text_number" in line for line in always)
