"""`harvest` and `proposals`: what a curator types and reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.oai import Repository, record
from tests.site import Said, Site, serving

Put = Callable[[str, str | bytes], Path]
OUTCOME = ["harvest", "source", "outcome", "slug", "title", "status", "pages", "words", "warnings", "error"]


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Another site on this machine, which may be asked without a pause."""
    monkeypatch.setenv("CLEARINGHOUSE_ALLOW_PRIVATE", "yes")
    monkeypatch.setenv("CLEARINGHOUSE_FETCH_PAUSE", "0")
    monkeypatch.setenv("CLEARINGHOUSE_CONTACT", "officer@example.org")
    with serving() as site:
        yield site


@pytest.fixture
def repository(other: Site) -> Repository:
    made = Repository(other)
    for number in (1, 2):
        title, link = f"Work {number}", ("identifier", f"https://a.test/{number}")
        made.put(record(str(number), f"2026-01-0{number}T00:00:00Z", title, ("date", "2020"), link))
    return made


def test_a_harvest_is_kept_run_shown_and_forgotten(run: Run, repository: Repository) -> None:
    ran = run("harvest", "add", "theirs", repository.address)
    assert ran.code == 0
    assert f"Kept: theirs, an OAI-PMH repository at {repository.address}" in ran.out
    assert "What is new in it is kept as drafts." in ran.out
    assert "not run yet" in run("harvest", "list").out
    ran = run("harvest", "run")
    assert ran.code == 0
    assert ran.out == "Added: Work 1 [work-1]\nAdded: Work 2 [work-2]\ntheirs: 2 added.\n"
    assert "New drafts: 2. Go through them with `clearinghouse review`." in ran.err
    assert run("harvest", "run", "theirs").out == "theirs: Nothing to do.\n"
    assert "2 taken" in run("harvest", "show", "theirs").out
    assert run("harvest", "remove", "theirs").code == 0
    assert run("harvest", "list", "--json").json == []
    assert len(run("list", "--json").json) == 2


def test_json_is_an_object_for_each_thing_and_one_for_the_end(run: Run, repository: Repository) -> None:
    added = run("harvest", "add", "theirs", repository.address, "--json").json
    assert (added["name"], added["kind"], added["unfinished"]) == ("theirs", "oai", False)
    one, two, end = run("harvest", "run", "--json").lines
    assert list(one)[: len(OUTCOME)] == OUTCOME
    assert (one["harvest"], two["outcome"], two["slug"]) == ("theirs", "added", "work-2")
    assert (end["counts"], end["gone"], end["ended"]) == ({"added": 2}, [], True)


def test_what_the_curator_says_of_a_harvest_is_said_of_what_is_new(run: Run, repository: Repository) -> None:
    said = ("--audience", "staff", "--kind-of-resource", "research-paper", "--collection", "From elsewhere")
    assert "is shown to visitors at once" in run("harvest", "add", "theirs", repository.address, *said).out
    run("harvest", "run")
    shown = run("show", "work-1", "--json").json
    assert (shown["status"], shown["kind"], shown["audiences"]) == ("published", "research-paper", ["staff"])
    assert [place["title"] for place in shown["places"]] == ["From elsewhere"]


def test_a_failure_and_what_is_gone_are_told_and_the_exit_code_says_so(run: Run, other: Site) -> None:
    page = "# A guide\n\nWords of hope for everybody who works with others.\n"
    one, two = other.put("/one.md", page), other.put("/two.md", Said(b"no", 403))
    sitemap = other.put("/sitemap.xml", f"<urlset><url><loc>{one}</loc></url><url><loc>{two}</loc></url></urlset>")
    run("harvest", "add", "theirs", sitemap)
    ran = run("harvest", "run")
    assert ran.code == 1
    assert f"Failed: {two} could not be fetched" in ran.err
    other.put("/one.md", Said(b"gone", 410))
    ran = run("harvest", "run")
    assert f"Gone: {one} is no longer at its source." in ran.err
    assert "What is gone stays in the library" in ran.err
    assert "Missing [a-guide]" in run("harvest", "show", "theirs").out
    assert "No longer at its source since" in run("show", "a-guide").out
    run("harvest", "run", "--withdraw-missing")
    assert [card["status"] for card in run("list", "--json").json] == ["withdrawn"]


def test_a_dry_run_writes_nothing(run: Run, repository: Repository) -> None:
    run("harvest", "add", "theirs", repository.address)
    ran = run("harvest", "run", "--dry-run")
    assert ran.out == "New: Work 1\nNew: Work 2\ntheirs: 2 new.\n"
    assert run("list", "--json").json == []


def test_a_source_that_says_something_new_is_put_before_the_curator(run: Run, repository: Repository) -> None:
    run("harvest", "add", "theirs", repository.address)
    run("harvest", "run")
    run("edit", "work-1", "--title", "The first", "--year", 2019)
    link = ("identifier", "https://a.test/1")
    repository.put(record("1", "2026-11-27T00:00:00Z", "Work one", ("date", "2021"), link))
    assert "It now says another title, year; yours stays." in run("harvest", "run").out
    assert "Its source now says another title: Work one" in run("show", "work-1").out
    assert "  title: The first → Work one" in run("proposals", "list").out
    assert run("proposals", "accept", "work-1", "year").out == "year: 2019 → 2021\n"
    assert run("proposals", "dismiss", "work-1").out == "Yours stays: title.\n"
    assert run("proposals", "list", "--json").json == []
    assert run("proposals", "accept", "work-1").code == 1


def test_an_address_inside_is_refused_unless_a_setting_allows_it(
    run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLEARINGHOUSE_ALLOW_PRIVATE")
    ran = run("harvest", "add", "theirs", repository.address)
    assert ran.code == 1
    assert "points inside a private network" in ran.err
    assert run("harvest", "list", "--json").json == []


def test_every_request_says_how_to_reach_the_curator(run: Run, other: Site, repository: Repository) -> None:
    run("harvest", "add", "theirs", repository.address)
    (agent,) = {each.headers["User-Agent"] for each in other.requests}
    assert agent.startswith("peer-support-clearinghouse/")
    assert agent.endswith("(library; contact: officer@example.org)")


def test_what_cannot_be_a_harvest_is_a_sentence(run: Run, other: Site, put: Put) -> None:
    file = put("a.md", "# A\n")
    for address, words in ((str(file), "is a file"), (str(file.parent / "no"), "There is no folder")):
        ran = run("harvest", "add", "theirs", address)
        assert (ran.code, words in ran.err) == (1, True)
    assert "There is no harvest “their”" in run("harvest", "run", "their").err
    assert run("harvest", "run").code == 0
    assert "There is no harvest yet" in run("harvest", "list").err
