"""`edition` and `report`: the forms of a resource at the curator's desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import Put
from tests.conftest import Run

TEXT = "# A charter\n\n" + "You can ask for one. You can say no. They will help you.\n\n" * 12
EASY = "# A charter\n\nYou can ask.\n\nYou can say no.\n"


@pytest.fixture
def charter(run: Run, put: Put) -> Run:
    """A published charter for consumers with its full text only."""
    ran = run("add", put("charter.md", TEXT), "--kind", "charter", "--audience", "consumers", "--title", "Charter")
    assert ran.code == 0, ran.err
    return run


def test_the_forms_of_a_resource_are_listed_mended_reported_and_removed(charter: Run, put: Put) -> None:
    run = charter
    assert "full-en" not in run("edition", "list", "charter").out  # the document names no language
    assert run("edition", "list", "charter", "--json").json[0]["language"] == "en"  # but its words are English
    assert run("edition", "list", "charter").out.split()[:3] == ["full", "Full", "text"]
    assert "1 year" in run("edition", "list", "charter").out
    assert "1 year of schooling" in run("show", "charter").out

    ran = run("edition", "edit", "charter", "full", "--schooling", 6, "--language", "en-AU")
    assert ran.out == "language: en → en-AU\nschooling: nothing → 6\n"
    assert "6 years (by hand)" in run("edition", "list", "charter").out
    assert "6 years of schooling as you said" in run("show", "charter").out
    assert run("show", "charter", "--json").json["editions"][0]["schooling"] == 6.0
    assert "schooling: nothing → 6" in run("history", "charter").out
    assert (
        run("edition", "edit", "charter", "full", "--schooling", 6).out == "Nothing changed; it says so already.\n"
    )
    ran = run("edition", "edit", "charter", "full", "--schooling", "none", "--json")
    assert ran.json == {"slug": "charter", "key": "full", "changed": {"schooling": [6, None]}}

    ran = run("report", "missing-forms")
    assert ran.out.split() == ["1", "year", "156", "words", "charter", "Charter"]
    assert "1 of 1 published resources for consumers and carers have no Easy Read form; 0 have one." in ran.err
    assert run("add", put("easy.md", EASY), "--edition-of", "charter", "--form", "easy-read").code == 0
    assert run("report", "missing-forms", "--audience", "consumers", "--json").json == {
        "audiences": ["consumers"],
        "published": 1,
        "with_easy_read": 1,
        "missing": [],
    }
    ran = run("report", "reading-level")
    assert ran.out.split() == ["1", "year", "156", "words", "charter", "full"]
    assert "1 forms with text have none" in ran.err
    assert "No form has such a level." in run("report", "reading-level", "--over", 12).err

    ran = run("edition", "remove", "charter", "easy-read")
    assert ran.out.startswith("Removed from charter: easy-read (Easy Read).\nIts original stays here: ")
    assert "form removed" in run("history", "charter").out
    assert len(run("edition", "list", "charter", "--json").json) == 1


def test_a_form_is_removed_with_its_originals_where_somebody_takes_it_back(charter: Run, tmp_path: Path) -> None:
    originals = tmp_path / "home" / "originals"
    assert str(originals) in charter("history", "charter").out
    ran = charter("edition", "remove", "charter", "full", "--with-originals")
    assert (ran.code, ran.out) == (0, "Removed from charter: full (Full text).\n")
    assert "Backups and exports made before still hold it" in ran.err
    assert list(originals.glob("??/*")) == []
    assert str(originals) not in charter("history", "charter").out


def test_working_out_says_how_many_were_told(charter: Run) -> None:
    ran = charter("edition", "work-out")
    assert ran.out == "Reading level worked out for 0 forms; 0 are too short, or not in English.\n"
    assert charter("edition", "work-out", "--json").json == {"looked_at": 0, "told": 0, "fingerprints": 0}


def test_text_that_was_not_read_well_is_reported_with_what_to_do(run: Run, put: Put) -> None:
    assert "There is no text yet." in run("report", "text-health").err
    lost = TEXT + "\n\nThis w\ufffdrd and th\ufffds one were lost on the way.\n"
    assert run("add", put("lost.md", lost), "--title", "Lost", "--draft").code == 0
    assert run("add", put("well.md", TEXT), "--title", "Well", "--draft").code == 0
    ran = run("report", "text-health")
    assert ran.out.startswith(
        "lost (full, draft): Lost\n  2 characters were lost and shown as \ufffd.\n  To do: compare it"
    )
    assert "1 of 2 forms could not be read as they should." in ran.err
    found = run("report", "text-health", "--json").json
    assert (found["looked_at"], found["forms"][0]["slug"], found["forms"][0]["lost_characters"]) == (2, "lost", 2)
    assert found["forms"][0]["to_do"].startswith("compare it")


def test_show_says_who_told_what(charter: Run) -> None:
    assert charter("edit", "charter", "--year", 2020, "--keyword", "rights", "--keyword", "choice").code == 0
    assert "Keywords: rights; choice" in " ".join(charter("show", "charter").out.split())
    told = charter("show", "charter", "--json").json["told_by"]
    assert (told["title"], told["year"]) == ("a curator", "a curator")
    assert "Told by: title: a curator" in " ".join(charter("show", "charter").out.split())


def test_what_cannot_be_done_is_a_sentence(run: Run, put: Put) -> None:
    row = '{"title": "Charter", "editions": [{"link": "https://example.org/talk", "form": "video"}]}'
    bare = '{"title": "Bare", "link": "https://example.org/bare"}'
    assert run("import", put("c.json", f"[{row}, {bare}]")).code == 0
    assert "`clearinghouse add FILE --edition-of bare`" in run("edition", "list", "bare").err
    of_charter = ("edition", "edit", "charter", "video")
    wrong: tuple[tuple[tuple[str, ...], int, str], ...] = (
        (("edition", "list", "chart"), 1, "There is no resource “chart”. Did you mean “charter”?"),
        (
            ("edition", "edit", "charter", "easy-read", "--label", "x"),
            1,
            "“charter” has no form “easy-read”. It has",
        ),
        (("edition", "remove", "charter", "full-en"), 1, "“charter” has no form “full-en”. It has video."),
        (of_charter, 2, "Say what to change, such as --schooling or --form"),
        ((*of_charter, "--schooling", "seven"), 2, "“seven” is no number of years; give one such as 7, or none."),
        ((*of_charter, "--schooling", "40"), 1, "Nobody has 40 years of schooling; give from 1 to 18, or none."),
        ((*of_charter, "--language", "?"), 2, "“?” is no language; give its tag, such as en-AU or it."),
        (("report", "missing-forms", "--audience", "carer"), 2, "Did you mean “carers”?"),
    )
    for arguments, code, sentence in wrong:
        ran = run(*arguments)
        assert (ran.code, ran.out) == (code, "")
        assert sentence in ran.err


def test_a_document_nearly_the_same_is_told_reported_and_made_a_form_of_the_other(charter: Run, put: Put) -> None:
    run = charter
    again = put("again.md", TEXT.replace("# A charter", "# Our charter of 2024"))
    ran = run("add", again, "--kind", "charter", "--audience", "consumers")
    assert "the same as “charter”." in ran.out
    assert "clearinghouse edition move our-charter-of-2024 charter" in ran.out
    assert run("show", "our-charter-of-2024", "--json").json["status"] == "draft"

    ran = run("report", "duplicates")
    assert "the same:" in ran.out
    assert "our-charter-of-2024" in ran.out
    (pair,) = run("report", "duplicates", "--json").json
    assert (pair["one"]["slug"], pair["other"]["slug"]) == ("charter", "our-charter-of-2024")
    assert 0.5 <= pair["share"] <= 1

    ran = run("add", again, "--edition-of", "charter")
    assert "Make it a form of the other with `clearinghouse edition move our-charter-of-2024 charter`" in ran.out
    assert run("edition", "move", "our-charter-of-2024", "charter", "--json").json["keys"] == ["full-2"]
    assert "No two resources have nearly the same text." in run("report", "duplicates").err
    assert run("edition", "move", "our-charter-of-2024", "charter").code == 1
