"""A visitor's question: filters, counts, years, order, pages and snippets; and nothing withdrawn, ever."""

from __future__ import annotations

import string
from collections.abc import Iterator
from random import Random

import pytest

from clearinghouse import indexing
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library, open_library
from clearinghouse.search import discovery
from clearinghouse.search.discovery import Answer, Question
from clearinghouse.settings import Settings
from tests.clearinghouse import making


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A few resources that differ in what can be chosen; tests only read it."""
    library = open_library(Settings(home=tmp_path_factory.mktemp("shelf") / "home", curator="A Curator"))
    making.a_resource(
        library,
        "Peer supervision",
        "Reflection in groups.",
        "Supervision helps peer workers, and supervision lasts.",
        kind="guideline",
        audiences=("staff",),
        year=2012,
        topics=("hope",),
    )
    making.a_resource(
        library, "Support for families", "Peer workers listen.", kind="guideline", audiences=("carers",), year=2015
    )
    making.a_resource(
        library,
        "Hiring peer workers",
        "A peer worker is hired.",
        kind="policy",
        audiences=("providers", "staff"),
        year=2020,
    )
    making.a_resource(
        library, "Ascolto", "Il peer ascolta.", kind="story", audiences=("consumers",), language="it-IT"
    )
    making.a_resource(library, "A draft on peer work", "Peer peer peer.", draft=True)
    indexing.sync(library)
    yield library
    library.close()


def _ask(library: Library, words: str = "", **rest: object) -> Answer:
    return discovery.search(library, Question(words, **rest))  # type: ignore[arg-type]


def _titles(answer: Answer) -> set[str]:
    return {found.card.title for found in answer.found}


def _chosen(answer: Answer, name: str) -> dict[str, tuple[int, bool]]:
    (shown,) = (each for each in answer.filters if each.name == name)
    return {choice.value: (choice.count, choice.chosen) for choice in shown.choices}


def test_drafts_are_never_found(shelf: Library) -> None:
    answer = _ask(shelf, "peer")
    assert answer.total == 4
    assert "A draft on peer work" not in _titles(answer)


def test_two_values_of_one_filter_mean_either_and_two_filters_mean_both(shelf: Library) -> None:
    either = _ask(shelf, filters={"audience": ("carers", "providers")})
    assert _titles(either) == {"Support for families", "Hiring peer workers"}
    both = _ask(shelf, filters={"audience": ("carers", "providers"), "kind": ("policy",)})
    assert _titles(both) == {"Hiring peer workers"}


def test_the_counts_of_a_filter_ignore_its_own_choice(shelf: Library) -> None:
    answer = _ask(shelf, "peer", filters={"audience": ("carers",)})
    assert answer.total == 1
    assert _chosen(answer, "audience") == {
        "consumers": (1, False),
        "carers": (1, True),
        "staff": (2, False),
        "providers": (1, False),
    }
    assert _chosen(answer, "kind") == {"guideline": (1, False)}


def test_a_chosen_value_that_finds_nothing_is_still_shown(shelf: Library) -> None:
    answer = _ask(shelf, "supervision", filters={"kind": ("video",)})
    assert (answer.total, answer.found) == (0, ())
    assert _chosen(answer, "kind")["video"] == (0, True)


def test_audiences_and_kinds_keep_the_order_of_the_vocabulary(shelf: Library) -> None:
    answer = _ask(shelf)
    assert [*_chosen(answer, "audience")] == ["consumers", "carers", "staff", "providers"]
    assert [*_chosen(answer, "kind")] == ["guideline", "story", "policy"]


@pytest.mark.parametrize(
    ("years", "titles"),
    [
        ((2012, 2015), {"Peer supervision", "Support for families"}),
        ((2016, None), {"Hiring peer workers"}),
        ((None, 2012), {"Peer supervision"}),
        ((2030, 2001), set()),
    ],
)
def test_a_span_of_years_holds_both_its_ends(
    shelf: Library, years: tuple[int | None, int | None], titles: set[str]
) -> None:
    assert _titles(_ask(shelf, years=years)) == titles


def test_a_choice_that_nobody_knows_is_ignored(shelf: Library) -> None:
    filters = {"audience": ("patients", "carers"), "kind": ("<b>",), "colour": ("red",), "topic": ("x" * 500,)}
    assert _titles(_ask(shelf, filters=filters)) == {"Support for families"}


def test_topics_and_languages_may_be_chosen(shelf: Library) -> None:
    assert _titles(_ask(shelf, filters={"topic": ("hope",)})) == {"Peer supervision"}
    assert _titles(_ask(shelf, filters={"language": ("it",)})) == {"Ascolto"}
    (topics,) = (each for each in _ask(shelf).filters if each.name == "topic")
    assert [(choice.value, choice.label) for choice in topics.choices] == [("hope", "Hope")]


def test_results_may_be_ordered_by_title_or_by_what_is_new(shelf: Library) -> None:
    by_title = [found.card.title for found in _ask(shelf, sort="title").found]
    assert by_title == ["Ascolto", "Hiring peer workers", "Peer supervision", "Support for families"]
    newest = [found.card.title for found in _ask(shelf, sort="newest").found]
    assert newest == ["Ascolto", "Hiring peer workers", "Support for families", "Peer supervision"]


def test_a_page_past_the_end_is_empty_and_keeps_the_sum(shelf: Library) -> None:
    assert [len(_ask(shelf, page=page, size=3).found) for page in (1, 2, 3)] == [3, 1, 0]
    past = _ask(shelf, page=10**9, size=3)
    assert (past.total, past.pages, past.found) == (4, 2, ())


def test_the_best_pages_come_first_with_the_words_marked(shelf: Library) -> None:
    (found,) = _ask(shelf, "supervision").found
    page = found.pages[0]
    assert (page.edition, page.number, page.label, page.unit) == ("full-en", 2, "2", "section")
    assert [text for text, marked in page.snippet if marked] == ["Supervision", "supervision"]
    assert ("supervision", True) in found.title
    assert "".join(text for text, _ in page.snippet) == "Supervision helps peer workers, and supervision lasts."


def test_the_pages_of_one_resource_that_match_are_its_own(shelf: Library) -> None:
    pages = discovery.pages_that_match(shelf, "peer-supervision", "supervision")
    assert [page.number for page in pages] == [2]
    assert discovery.pages_that_match(shelf, "peer-supervision", "ascolta") == ()
    assert discovery.pages_that_match(shelf, "a-draft-on-peer-work", "peer") == ()
    assert discovery.pages_that_match(shelf, "peer-supervision", "  ") == ()


def test_a_misspelt_word_is_suggested_as_it_should_be(shelf: Library) -> None:
    assert _ask(shelf, "supervison").suggestion == "supervision"


def test_a_text_is_marked_as_a_snippet_is(shelf: Library) -> None:
    fragments = discovery.marker(shelf, "workers")("A worker <works>.")
    assert fragments == (("A ", False), ("worker", True), (" <works>.", False))


def test_nothing_that_can_be_typed_is_an_error(shelf: Library) -> None:
    random = Random(20261122)
    signs = string.printable + "“”«»−：\u0000\ud800\U0001f600İßéأ心" + '"-*:()[]{}~^' * 4
    words = ["OR", "AND", "NOT", "title:", "-", '"', "*", "year:", "..", "kind:x", "peer", "\\", "~1"]
    typed = ["*", "a*", '"', '""', "-", "--", "OR", "OR OR", "title:", ":", "year:2010..", "[" * 500, "a " * 3000]
    for _ in range(60):
        typed.append("".join(random.choices(signs, k=random.randint(1, 60))))
        typed.append(random.choice(["", " "]).join(random.choices(words, k=random.randint(1, 12))))
    for each in typed:
        answer = _ask(shelf, each)
        assert 0 <= answer.total <= 4, each
        assert len(answer.found) == answer.total, each
        discovery.pages_that_match(shelf, "peer-supervision", each)
        discovery.marker(shelf, each)("Some text.")


def test_what_is_withdrawn_is_gone_at_once_though_the_index_does_not_know(library: Library) -> None:
    making.a_resource(library, "A guide", "Peer workers.", kind="policy", audiences=("carers",))
    slug = making.a_resource(library, "Secret wombats", "Peer wombats.", kind="story", topics=("hope",))
    indexing.sync(library)
    assert _ask(library, "wombatz").suggestion == "wombats"
    catalogue.withdraw(library, slug, "It named somebody")
    assert indexing.pending(library) > 0
    answer = _ask(library, "peer")
    assert (answer.total, _titles(answer)) == (1, {"A guide"})
    assert answer.counts["kind"] == {"policy": 1}
    assert answer.counts.get("topic", {}) == {}
    assert _ask(library).total == 1
    assert _ask(library, "wombats").total == 0
    assert _ask(library, "wombatz").suggestion is None
    assert discovery.pages_that_match(library, slug, "wombats") == ()
    assert len(library.engine.digests()) == 2  # it stands in the index still, so the above was no accident


def test_an_empty_library_answers(library: Library) -> None:
    answer = _ask(library, "anything")
    assert (answer.total, answer.found, answer.pages, answer.suggestion) == (0, (), 1, None)


@pytest.mark.parametrize("words", ["Italian", "italiano", "in Italian"])
def test_a_language_is_found_by_its_name_in_either(shelf: Library, words: str) -> None:
    assert _titles(_ask(shelf, words)) == {"Ascolto"}
    assert _titles(_ask(shelf, "English")) == set()
