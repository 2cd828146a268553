"""`add`: what goes in, what it says, and what it exits with."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfWriter

from clearinghouse import database
from clearinghouse.database import Database
from clearinghouse.settings import Settings
from ingest import polite
from tests.cli.conftest import Site
from tests.conftest import Run

KEYS = ["source", "outcome", "slug", "title", "status", "pages", "words", "warnings", "error", "alike"]
SHOWN = ("--kind", "guideline", "--audience", "staff")
Put = Callable[[str, str | bytes], Path]


def _page(title: str, text: str) -> str:
    filler = "<p>Peer workers meet, listen and learn from one another in every part of the service.</p>" * 5
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><main><h1>{title}</h1>"
        f"<p>{text}</p>{filler}</main></body></html>"
    )


@pytest.fixture
def encrypted(tmp_path: Path) -> Path:
    path = tmp_path / "locked.pdf"
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)
    writer.close()
    return path


def test_a_document_with_kind_and_audience_is_shown_at_once(run: Run, put: Put) -> None:
    ran = run("add", put("hope.md", "# On hope\n\nWords of hope."), *SHOWN)
    assert ran.code == 0
    assert "Added: On hope (1 page, 3 words)" in ran.out
    assert "[on-hope]" in ran.out
    assert ran.out.endswith("1 added.\n")
    assert ran.err == ""


def test_a_document_without_them_is_a_draft_and_says_how_to_publish(run: Run, put: Put) -> None:
    ran = run("add", put("hope.md", "# On hope\n\nWords of hope."))
    assert ran.code == 0
    assert "Kept as a draft" in ran.out
    assert "`clearinghouse publish on-hope`" in ran.out
    assert [each["status"] for each in run("list", "--json").json] == ["draft"]


def test_everything_that_can_be_said_is_kept(run: Run, put: Put) -> None:
    ran = run(
        *("add", put("a.md", "# Module\n\nWords."), *SHOWN, "--audience", "carers", "--topic", "hope"),
        *("--title", "Module 1", "--author", "A Person", "--author", "B Person", "--year", 2020),
        *("--summary", "What it is.", "--organisation", "A Service", "--form", "summary", "--language", "en-AU"),
        *("--collection", "Our series", "--position", 1, "--speaks", "co-produced", "--jurisdiction", "nsw"),
        *("--licence", "CC BY 4.0", "--doi", "10.1000/182", "--content-note", "grief", "--draft", "--jobs", 1),
        *("--link", "https://example.org/m", "--checked-on", "2026-11-22"),
    )
    assert ran.code == 0
    shown = run("show", "module-1", "--json").json
    expected = {
        "slug": "module-1",
        "title": "Module 1",
        "kind": "guideline",
        "audiences": ["carers", "staff"],
        "authors": ["A Person", "B Person"],
        "year": 2020,
        "summary": "What it is.",
        "organisation": "A Service",
        "status": "draft",
    }
    assert {name: shown[name] for name in expected} == expected
    (edition,) = shown["editions"]
    assert (edition["form"], edition["language"]) == ("summary", "en-AU")
    assert [place["slug"] for place in shown["places"]] == ["our-series"]
    assert [topic["slug"] for topic in shown["topics"]] == ["hope"]


def test_json_is_one_object_a_source_with_the_keys_that_were_promised(run: Run, put: Put) -> None:
    good, empty = put("docs/a.md", "# Alpha\n\nWords."), put("docs/b.md", "")
    put("docs/c.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    ran = run("add", "--json", good.parent, "nowhere.pdf", *SHOWN)
    assert ran.code == 1
    added, failed, missing = ran.lines
    assert [list(each) for each in ran.lines] == [KEYS] * 3
    assert (added["source"], added["outcome"], added["slug"], added["status"]) == (
        str(good),
        "added",
        "alpha",
        "published",
    )
    assert (added["pages"], added["words"], added["error"]) == (1, 1, None)
    assert (failed["source"], failed["outcome"]) == (str(empty), "failed")
    assert missing["error"].startswith("There is no file or folder nowhere.pdf")
    assert "Passed over" in ran.err


def test_the_same_bytes_are_a_duplicate_and_no_failure(run: Run, put: Put) -> None:
    path, other = put("a.md", "# Alpha\n\nWords."), put("b.md", "# Alpha\n\nWords.")
    run("add", path, *SHOWN)
    ran = run("add", "--json", path, other, *SHOWN)
    assert ran.code == 0
    assert [(each["outcome"], each["slug"]) for each in ran.lines] == [("duplicate", "alpha")] * 2
    assert "Already here: Alpha" in run("add", path).out


def test_an_easy_read_edition_stands_beside_the_full_one(run: Run, put: Put) -> None:
    run("add", put("full.md", "# Our charter\n\nWords."), *SHOWN)
    ran = run(
        "add", "--json", put("easy.md", "# Easy\n\nPlain."), "--edition-of", "our-charter", "--form", "easy-read"
    )
    assert (ran.code, ran.lines[0]["slug"]) == (0, "our-charter")
    assert [each["form"] for each in run("show", "our-charter", "--json").json["editions"]] == [
        "full",
        "easy-read",
    ]
    another = run(
        "add", put("summary.md", "# In short\n\nShort."), "--edition-of", "our-charter", "--form", "summary"
    )
    assert another.err == "`clearinghouse edition list our-charter` shows all its forms.\n"
    ran = run("add", put("x.md", "# X\n\nX."), "--edition-of", "our-chartre")
    assert ran.code == 1
    assert "Did you mean “our-charter”?" in ran.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Missing argument 'SOURCE...'"),
        (
            ("a.md", "--audience", "patients"),
            "There is no audience “patients”. Known: consumers, carers, staff, pro",
        ),
        (("a.md", "--audience", "carer"), "Did you mean “carers”?"),
        (("a.md", "--kind", "guidline"), "Did you mean “guideline”?"),
        (("a.md", "--kind", "guidline"), "Known: research-paper, review, charter"),
        (("a.md", "--form", "easyread"), "Did you mean “easy-read”?"),
        (("a.md", "--topic", "hopp"), "There is no topic “hopp”. Did you mean “hope”?"),
        (("a.md", "--year", "soon"), "'soon' is not a valid integer"),
        (("a.md", "--position", "2"), "name it with --collection"),
        (("a.md", "b.md", "--title", "One"), "--title names one document"),
        (("a.md", "--audiance", "staff"), "--audience"),
        (("a.md", "--jobs", "0"), "--jobs"),
    ],
)
def test_what_was_asked_for_wrongly_is_2_and_names_what_would_be_right(
    run: Run, put: Put, arguments: tuple[str, ...], sentence: str
) -> None:
    put("a.md", "# A\n\nWords.")
    ran = run("add", *arguments)
    assert ran.code == 2
    assert sentence in " ".join(ran.err.split())
    assert ran.out == ""


def test_bad_files_end_as_one_sentence_each_and_add_nothing(run: Run, put: Put, encrypted: Path) -> None:
    bad = {
        put("empty.pdf", b""): "empty",
        encrypted: "password",
        put("damaged.pdf", b"%PDF-1.7\n" + b"junk " * 40): "damaged.pdf",
        put("not-a.docx", b"PK\x03\x04" + b"junk" * 20): "not-a.docx",
        put("picture.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 50): "picture.pdf",
    }
    ran = run("add", "--json", *bad, "missing.pdf", *SHOWN)
    assert ran.code == 1
    assert [each["outcome"] for each in ran.lines] == ["failed"] * 6
    for each, word in zip(ran.lines, [*bad.values(), "missing.pdf"], strict=True):
        assert word in each["error"]
        assert "\n" not in each["error"]
        assert "Traceback" not in each["error"]
        assert each["slug"] is None
    assert run("list", "--json").json == []
    assert run("index", "check").code == 0


def test_what_a_file_is_stands_in_its_bytes_and_not_in_its_name(run: Run, put: Put) -> None:
    ran = run("add", "--json", put("page.pdf", _page("Peer work", "What it is.")), *SHOWN)
    assert (ran.lines[0]["outcome"], ran.lines[0]["title"]) == ("added", "Peer work")


def test_a_folder_without_a_document_is_a_failure(run: Run, put: Put) -> None:
    folder = put("pictures/a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50).parent
    ran = run("add", folder, *SHOWN)
    assert ran.code == 1
    assert "holds nothing that can be read; docs/formats.md lists what can" in ran.err
    (folder / "a.png").unlink()
    assert "There is no readable document in the folder" in run("add", folder).err


def test_a_file_over_the_limit_is_refused(run: Run, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_MAX_MEGABYTES", "1")
    path = put("large.txt", "")
    os.truncate(path, 2 << 30)  # a hole: two gigabytes that take no room
    ran = run("add", path, *SHOWN)
    assert ran.code == 1
    assert "2 GiB" in ran.err


def test_a_second_writer_is_told_in_one_sentence(run: Run, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put("a.md", "# A\n\nWords.")
    assert run("list").code == 0
    other = Database(Settings(home=path.parent / "home").database_url)
    monkeypatch.setattr(database, "_PATIENCE", 0.1)
    monkeypatch.setattr("clearinghouse.indexing.shadow.sync.__kwdefaults__", {"wait": 0.1})
    with other.writing():
        ran = run("add", "--json", path, *SHOWN)
        edited = run("withdraw", "a", "--reason", "x")
    other.close()
    assert (ran.code, edited.code) == (1, 1)
    sentence = "Another command or a backup is writing to this library; wait until it has ended and try again."
    assert [(each["outcome"], each["error"]) for each in ran.lines] == [("failed", sentence)]
    assert sentence in edited.err
    assert run("add", path, *SHOWN).code == 0


@pytest.fixture
def private(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let addresses inside this machine be fetched."""
    monkeypatch.setenv("CLEARINGHOUSE_ALLOW_PRIVATE", "yes")


def test_an_address_inside_is_refused_unless_a_setting_allows_it(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = site.put("/page", _page("Peer work", "What it is."))
    ran = run("add", address, *SHOWN)
    assert ran.code == 1
    assert f"{address} could not be fetched" in ran.err
    monkeypatch.setenv("CLEARINGHOUSE_ALLOW_PRIVATE", "yes")
    assert run("add", address, *SHOWN).code == 0


@pytest.mark.usefixtures("private")
def test_new_content_at_an_address_is_an_update_and_the_old_is_kept(run: Run, site: Site) -> None:
    address = site.put("/page", _page("Peer work", "Old words, wombat."))
    (added,) = run("add", "--json", address, *SHOWN).lines
    assert (added["outcome"], added["title"], added["source"]) == ("added", "Peer work", address)
    assert run("add", "--json", address, *SHOWN).lines[0]["outcome"] == "duplicate"
    site.put("/page", _page("Peer work", "New words, platypus."))
    (updated,) = run("add", "--json", address, *SHOWN).lines
    assert (updated["outcome"], updated["slug"]) == ("updated", added["slug"])
    history = run("history", added["slug"], "--json").json
    old, new = next(entry["files"] for entry in history if entry["what"] == "updated")
    assert "wombat" in Path(old).read_text()
    assert "platypus" in Path(new).read_text()
    assert run("search", "wombat", "--json").json["total"] == 0


@pytest.mark.usefixtures("private")
def test_bad_addresses_end_as_one_sentence_each(run: Run, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARINGHOUSE_FETCH_SECONDS", "2")
    monkeypatch.setenv("CLEARINGHOUSE_FETCH_PAUSE", "0")
    monkeypatch.setattr(polite, "Manners", partial(polite.Manners, first_wait=0.05))
    monkeypatch.setenv("CLEARINGHOUSE_MAX_MEGABYTES", "1")
    good = site.put("/good", _page("Peer work", "What it is."))
    bad = {
        site / "nowhere": "404",
        site / "broken": "500",
        site / "round": "redirects more than 5 times",
        site / "silent": "in time",
        site / "endless": "keeps on sending",
        "ftp://example.org/x": "only http and https",
        "http://127.0.0.1:9/closed": "no server answers there",
    }
    ran = run("add", "--json", *bad, good, *SHOWN)
    assert ran.code == 1
    assert [each["outcome"] for each in ran.lines] == ["failed"] * len(bad) + ["added"]
    for (address, word), each in zip(bad.items(), ran.lines, strict=False):
        assert each["source"] == address
        assert word in each["error"]
        assert "\n" not in each["error"]
    assert len(run("list", "--json").json) == 1
