"""`search`: what it answers to programs and to people, and how it is narrowed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.library import open_library
from clearinghouse.settings import Settings
from tests.conftest import Run

Put = Callable[[str, str | bytes], Path]
SHOWN = ("--kind", "guideline", "--audience", "staff")


def test_a_search_answers_with_what_was_promised(shelf: Run) -> None:
    answer = shelf("search", "supervision", "--json").json
    assert list(answer) == ["total", "hits", "filters", "suggestion", "having_all_words"]
    assert answer["total"] == 2
    hit = next(hit for hit in answer["hits"] if hit["slug"] == "groups")
    assert (hit["title"], hit["kind"], hit["audiences"], hit["year"]) == ("Groups", "guideline", ["staff"], 2015)
    assert hit["score"] > 0
    page = hit["pages"][0]
    assert (page["number"], page["label"]) == (2, "2")
    assert page["snippet"].startswith("Later") or "Supervision of peer workers lasts." in page["snippet"]
    assert answer["filters"]["audience"] == {"staff": 2}
    assert answer["filters"]["kind"] == {"guideline": 2}
    assert answer["suggestion"] is None


def test_a_search_may_be_narrowed_ordered_and_paged(shelf: Run) -> None:
    def slugs(*arguments: object) -> list[str]:
        return [hit["slug"] for hit in shelf("search", "--json", *arguments).json["hits"]]

    assert slugs("peer", "--audience", "providers") == ["hiring-peer-workers"]
    assert set(slugs("peer", "--kind", "policy", "--kind", "guideline")) == {
        "groups",
        "hiring-peer-workers",
        "peer-supervision",
    }
    assert slugs("--topic", "Hope") == ["peer-supervision"]
    assert set(slugs("--year", "2013..2020")) == {"groups", "hiring-peer-workers"}
    assert slugs("--year", "..2012") == slugs("--year", "2012") == ["peer-supervision"]
    assert slugs("--sort", "title") == ["groups", "hiring-peer-workers", "peer-supervision"]
    assert slugs("--sort", "title", "--limit", 2, "--page", 2) == ["peer-supervision"]
    assert slugs("--page", 9) == []
    assert slugs('"peer workers" -hiring') == ["groups"]
    assert slugs("peer", "workers", "-hiring") == ["groups"]
    assert slugs("-hiring", "--sort", "title", "peer") == ["groups", "peer-supervision"]
    assert slugs("title:supervision") == ["peer-supervision"]
    assert slugs("--language", "fr") == []


def test_a_search_for_people_shows_where_the_words_stand(shelf: Run) -> None:
    ran = shelf("search", "supervision")
    assert ran.code == 0
    assert "Groups  [groups]" in ran.out
    assert "  Later: " in ran.out
    assert "2 found; page 1 of 1." in ran.out
    nothing = shelf("search", "supervison")
    assert (nothing.code, nothing.out) == (0, "")
    assert "Nothing found." in nothing.err
    assert "Did you mean: supervision" in nothing.err
    assert "only 1 pages of results" in shelf("search", "--page", "7").err


def test_a_search_is_explained_to_programs(shelf: Run) -> None:
    told = shelf("search", "peer practitioner -hiring", "--explain", "--json").json["explanation"]
    assert [group[0]["words"] for group in told["groups"]] == ["peer", "practitioner"]
    assert [clause["words"] for clause in told["excluded"]] == ["hiring"]
    assert (told["expanded"], told["widened"]) == ([], False), "a precise question is given no other words"
    answer = shelf("search", "peer", "practitioner", "--audience", "staff", "--explain", "--json").json
    told = answer["explanation"]
    (expanded,) = told["expanded"]
    assert (expanded["typed"], expanded["topic"], expanded["weight"]) == ("peer practitioner", "peer-worker", 0.3)
    assert "Peer worker" in expanded["words"]
    assert {"words": "Peer worker", "phrase": True, "prefix": False, "field": None, "weight": 0.3} in told[
        "groups"
    ][0]
    assert told["filters"] == {"audience": ["staff"]}
    for hit in answer["hits"]:
        assert abs(sum(hit["parts"].values()) - hit["score"]) < 0.001


def test_a_search_is_explained_to_people(shelf: Run) -> None:
    ran = shelf("search", "peer practitioner", "--explain")
    assert "“peer practitioner” leads to the topic Peer worker (other word)" in ran.out
    assert "also searched, at 0.3: Peer worker" in ran.out
    assert "  score " in ran.out
    assert "Also searched for: Peer worker" in ran.err
    plain = shelf("search", "peer practitioner", "--as-typed")
    assert "Also searched" not in plain.err
    assert "score" not in plain.out


def test_where_nothing_is_found_the_choice_to_let_go_of_is_named(shelf: Run) -> None:
    ran = shelf("search", "peer", "--year", "1990", "--kind", "policy")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == ["Nothing found.", "Without --year: 1.", "Without all that was chosen: 3."]


def test_a_search_says_what_the_index_has_yet_to_take(shelf: Run, tmp_path: Path) -> None:
    library = open_library(Settings(home=tmp_path / "home", curator="A Curator"))
    catalogue.revise(
        library, "groups", Record(year=2019)
    )  # as far as a command comes that is killed before its sync
    library.close()
    ran = shelf("search", "groups")
    assert "Changes that are not in the search index yet: 1. `clearinghouse index sync`" in ran.err
    assert shelf("index", "sync").code == 0
    assert shelf("search", "groups").err == ""
