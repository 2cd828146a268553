"""`links check` and `report links`, and what `show`, `doctor` and the resource's page say of a broken link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from clearinghouse.library import open_library
from clearinghouse.models import HelpLine, LinkCheck
from clearinghouse.orm import now
from clearinghouse.settings import Settings
from clearinghouse.web import create_app
from clearinghouse.web.showing import day
from tests.cli.conftest import SHOWN, Put
from tests.conftest import Run
from tests.site import Said, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


@pytest.fixture
def linked(run: Run, put: Put, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A resource that links to a page which is not there, one whose page has moved; help lines lead nowhere."""
    monkeypatch.setenv("CLEARINGHOUSE_ALLOW_PRIVATE", "yes")
    monkeypatch.setenv("CLEARINGHOUSE_FETCH_PAUSE", "0")
    site.put("/new", "words")
    site.put("/old", Said(b"", 301, {"Location": "/new"}))
    assert run("add", put("a.md", "# A guide\n\nHope.\n"), *SHOWN, "--link", f"{site.address}/gone").code == 0
    assert run("add", put("b.md", "# A film\n\nHope.\n"), *SHOWN, "--link", f"{site.address}/old").code == 0
    library = open_library(Settings(home=tmp_path / "home"))
    with library.database.writing() as session:
        for row in session.query(HelpLine):
            row.link, row.source = "", "A book"
    library.close()
    return run


def yesterday(tmp_path: Path) -> None:
    library = open_library(Settings(home=tmp_path / "home"))
    with library.database.writing() as session:
        for row in session.query(LinkCheck):
            row.asked_at -= timedelta(days=1)
    library.close()


@pytest.fixture
def broken(linked: Run, tmp_path: Path) -> Run:
    """The same, after two days of asking."""
    linked("links", "check")
    yesterday(tmp_path)
    linked("links", "check")
    return linked


def test_asking_says_what_did_not_go_well_and_sums_it_up(linked: Run, site: Site) -> None:
    ran = linked("links", "check")
    assert ran.code == 0
    assert f"Failed: {site.address}/gone\n  There is no such page (404).\n" in ran.out
    assert f"It says that it has moved for good to {site.address}/new" in ran.out
    assert ran.out.endswith("1 answered, 1 failed and will be asked again on another day.\n")
    assert linked("links", "check").out == "No address is due to be asked.\n"


def test_a_run_may_be_a_small_one_and_a_program_may_read_it(linked: Run) -> None:
    first = linked("links", "check", "--limit", 1, "--json")
    assert [set(each) for each in first.lines] == [{"address", "outcome", "sentence", "moved_to", "broken"}]
    assert len(linked("links", "check", "--json").lines) == 1


def test_the_report_says_what_is_broken_where_and_how_to_mend_it(broken: Run, site: Site) -> None:
    ran = broken("report", "links")
    assert ran.out.startswith(
        f"Broken\n\n  {site.address}/gone\n    There is no such page (404). It has failed since"
    )
    assert "In A guide [a-guide] (its link)" in ran.out
    assert "clearinghouse edit a-guide --link NEW-ADDRESS" in ran.out
    assert f"clearinghouse edit a-film --link {site.address}/new" in ran.out
    report = broken("report", "links", "--json").json
    assert [len(report[name]) for name in ("broken", "failed_once", "moved", "unsure")] == [1, 0, 1, 0]


def test_before_anything_was_asked_the_report_says_how(linked: Run) -> None:
    ran = linked("report", "links")
    assert (ran.out, "2 were never asked: run `clearinghouse links check`" in ran.err) == ("", True)


def test_the_record_shows_what_its_links_answered(broken: Run, site: Site) -> None:
    shown = broken("show", "a-guide").out
    assert f"{site.address}/gone (broken since {date.today()})" in shown  # noqa: DTZ011
    assert f"It has moved for good to {site.address}/new." in broken("show", "a-film").out
    assert broken("show", "a-guide", "--json").json["links"][0]["failed_days"] == 2


def test_the_doctor_has_one_line_about_it(broken: Run) -> None:
    (line,) = [each for each in broken("doctor", "--json").json if each["name"] == "links"]
    assert (line["well"], line["sentence"]) == (
        True,
        "1 outside link is broken; see `clearinghouse report links`.",
    )


def test_a_visitor_is_told_quietly_and_keeps_the_link(broken: Run, site: Site, tmp_path: Path) -> None:
    library = open_library(Settings(home=tmp_path / "home"))
    pages = {
        slug: create_app(library).test_client().get(f"/resources/{slug}").text for slug in ("a-guide", "a-film")
    }
    library.close()
    said = f"This link did not answer when we last tried on {day(date.today())}."  # noqa: DTZ011
    assert pages["a-guide"].count(said) == 1
    assert f'href="{site.address}/gone"' in pages["a-guide"]
    assert "did not answer" not in pages["a-film"]


def test_a_visitor_is_told_that_a_doi_did_not_answer(broken: Run, tmp_path: Path) -> None:
    broken("edit", "a-guide", "--doi", "10.5555/lost")
    library = open_library(Settings(home=tmp_path / "home"))
    with library.database.writing() as session:
        session.add(
            LinkCheck(address="https://doi.org/10.5555/lost", asked_at=now(), outcome="failed", failed_days=2)
        )
    page = create_app(library).test_client().get("/resources/a-guide").text
    library.close()
    said = f"10.5555/lost</a> (it did not answer when we last tried on {day(date.today())})"  # noqa: DTZ011
    assert said in page


def test_a_link_that_failed_on_one_day_is_not_spoken_of(linked: Run, tmp_path: Path) -> None:
    linked("links", "check")
    library = open_library(Settings(home=tmp_path / "home"))
    page = create_app(library).test_client().get("/resources/a-guide").text
    library.close()
    assert "did not answer" not in page


def test_the_form_of_a_resource_gets_another_link(linked: Run, put: Put) -> None:
    row = (
        '[{"title": "Talk", "kind": "video", "audiences": "staff", "form": "video", "link": "https://a.example"}]'
    )
    linked("import", put("c.json", row))
    assert linked("edition", "edit", "talk", "video", "--link", "nowhere").code == 1
    assert linked("edition", "edit", "talk", "video", "--link", "https://example.org/b").code == 0
    assert linked("show", "talk", "--json").json["editions"][0]["link"] == "https://example.org/b"
