"""The word bridge: other words for what was typed, from broad to narrow, beside it and never in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select, update

import index
from clearinghouse import indexing
from clearinghouse.library import Library, open_library
from clearinghouse.models import Topic, TopicWord
from clearinghouse.search import bridging, discovery
from clearinghouse.search.bridging import WEIGHT, Bridged
from clearinghouse.search.discovery import Answer, Question
from clearinghouse.settings import Settings
from clearinghouse.words import topic_words
from tests.clearinghouse import making

Bridge = Callable[[str], Bridged]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Resources that say the same in several words, and the topics of a new library; tests only read it."""
    library = open_library(Settings(home=tmp_path_factory.mktemp("bridge") / "home", curator="A Curator"))
    making.a_resource(library, "Jobs", "Wages for a peer practitioner.", audiences=("staff",), kind="policy")
    making.a_resource(library, "More jobs", "Wages for a lived experience worker.", audiences=("staff",))
    making.a_resource(library, "Advice", "A consumer consultant advises.", audiences=("carers",))
    making.a_resource(library, "Wards", "The patient waits.", audiences=("consumers",))
    making.a_resource(library, "Hopes", "About something else.", topics=("hope",), audiences=("carers",))
    indexing.sync(library)
    yield library
    library.close()


@pytest.fixture(scope="module")
def bridge(shelf: Library) -> Bridge:
    with shelf.database.reading() as session:
        words = topic_words.read(session)
    return lambda typed: bridging.bridge(words, index.parse(typed))


def _ask(library: Library, words: str, **more: object) -> Answer:
    return discovery.search(library, Question(words, **more))  # type: ignore[arg-type]


def _others(bridged: Bridged) -> dict[str, tuple[str, ...]]:
    return {each.typed: each.words for each in bridged.expansions}


def _titles(answer: Answer) -> set[str]:
    return {found.card.title for found in answer.found}


@pytest.mark.parametrize("typed", ["peer worker", "Peer workers", "peer-worker", "lived experience workers"])
def test_other_words_for_the_same_are_found_in_any_form(shelf: Library, typed: str) -> None:
    assert _titles(_ask(shelf, typed)) >= {"Jobs", "More jobs"}


def test_words_anywhere_in_a_question_are_bridged_the_longest_term_first(bridge: Bridge) -> None:
    bridged = bridge("wages for lived experience workers")
    assert list(_others(bridged)) == ["lived experience workers"]
    wages, *covered = bridged.query.must
    assert [clause.words for clause in wages] == [("wages",)]
    assert [group[0].words for group in covered] == [("lived",), ("experience",), ("workers",)]
    for group in covered:
        assert ("peer", "practitioner") in [clause.words for clause in group]
        assert {clause.weight for clause in group[1:]} == {WEIGHT}


def test_a_question_finds_what_says_it_in_other_words(shelf: Library) -> None:
    answer = _ask(shelf, "wages for lived experience workers")
    assert [found.card.title for found in answer.found][:2] == ["More jobs", "Jobs"], "as typed comes first"
    assert ("peer practitioner", True) in [
        (" ".join(text for text, marked in page.snippet if marked).removeprefix("Wages "), True)
        for found in answer.found
        for page in found.pages
    ]


def test_words_lead_from_broad_to_narrow_and_never_back(bridge: Bridge, shelf: Library) -> None:
    assert "Consumer consultant" in _others(bridge("peer worker"))["peer worker"]
    assert not {"Peer worker", "peer practitioner"} & set(
        _others(bridge("consumer consultant"))["consumer consultant"]
    )
    assert "Advice" in _titles(_ask(shelf, "peer worker"))
    assert _titles(_ask(shelf, "consumer consultant")) == {"Advice"}


def test_related_topics_are_not_searched(bridge: Bridge) -> None:
    assert not {"Co-design", "codesign"} & set(_others(bridge("co-production"))["co-production"])


def test_historical_and_clinical_words_find_and_nothing_leads_to_them(bridge: Bridge) -> None:
    (expansion,) = bridge("patients").expansions
    assert (expansion.kind, expansion.topic.slug) == ("historical", "consumer")
    assert "service user" in expansion.words
    assert "patient" not in " ".join(_others(bridge("consumer"))["consumer"])
    assert "efficacy" not in _others(bridge("evaluation"))["evaluation"]


@pytest.mark.parametrize(
    "typed",
    [
        '"peer worker"',
        "title:peer title:worker",
        "peer worker -hiring",
        "peer work* supervision",
        "peer OR worker",
        "peer worker CHC43515",
    ],
)
def test_a_precise_question_is_searched_as_it_is(bridge: Bridge, typed: str) -> None:
    assert bridge(typed).expansions == ()
    assert bridge(typed).query.must == index.parse(typed).must


def test_only_the_words_typed_are_searched_where_that_is_wished(shelf: Library) -> None:
    assert _titles(_ask(shelf, "peer practitioner", as_typed=True)) == {"Jobs"}
    answer = _ask(shelf, "patients", as_typed=True)
    assert [each.kind for each in answer.expansions] == ["historical"], (
        "it leads to the preferred word all the same"
    )
    assert [each.words for each in answer.expansions] == [()]


def test_parts_of_hyphenated_words_and_stop_words_lead_nowhere(bridge: Bridge) -> None:
    assert bridge("consumer-led").expansions == ()
    assert bridge("say").expansions == (), "`having a say` is more than `say`"
    assert bridge("having a say").expansions[0].topic.slug == "self-advocacy"


def test_no_question_is_given_many_words(bridge: Bridge) -> None:
    bridged = bridge("peer worker service user peer supervision family carer self disclosure jobs " * 40)
    assert 0 < sum(len(each.words) for each in bridged.expansions) <= 12
    assert sum(map(len, bridged.query.must)) < 120


def test_a_change_of_topics_counts_at_once(library: Library) -> None:
    def read() -> topic_words.TopicWords:
        with library.database.reading() as session:
            return topic_words.read(session)

    before = read()
    assert read() is before, "read once, then kept"
    with library.database.writing() as session:
        hope = session.scalars(select(Topic).where(Topic.slug == "hope")).one()
        hope.words.append(TopicWord(word="brightness", kind="other"))
    after = read()
    assert before.of("brightness") is None
    assert (found := after.of("Brightness")) is not None
    assert found.topic == "hope"


def test_where_nothing_is_found_each_filter_says_what_there_is_without_it(shelf: Library) -> None:
    answer = _ask(shelf, "wages", filters={"audience": ("carers",)}, years=(None, None))
    assert answer.total == 0
    assert [(each.name, each.total) for each in answer.let_go] == [("audience", 2)]
    both = _ask(shelf, "wages", filters={"audience": ("staff",), "kind": ("story", "video")}, years=(1990, None))
    assert [(each.name, each.total) for each in both.let_go] == [("all", 2)], "no filter alone keeps it away"
    assert [(each.name, each.total) for each in _ask(shelf, "wages", years=(1990, None)).let_go] == [("year", 2)]
    assert _ask(shelf, "wages", filters={"audience": ("staff",)}).let_go == ()


def test_where_little_is_found_topics_that_share_its_words_are_offered(shelf: Library) -> None:
    assert [each.slug for each in _ask(shelf, "holding onions").near] == ["hope"]
    assert _ask(shelf, "zzzz").near == ()
    assert "hope" not in [each.slug for each in _ask(shelf, "hope").near], "what was asked is no other search"


def test_the_loop_of_a_broken_vocabulary_ends(library: Library) -> None:
    with library.database.writing() as session:
        ids = {
            slug: session.scalars(select(Topic.id).where(Topic.slug == slug)).one() for slug in ("hope", "stigma")
        }
        for slug, broader in (("hope", "stigma"), ("stigma", "hope")):
            session.execute(update(Topic).where(Topic.slug == slug).values(broader_id=ids[broader]))
    with library.database.reading() as session:
        assert topic_words.read(session).beneath["hope"] == ("stigma",)
    assert discovery.search(library, Question("hope")).total == 0


def test_among_many_words_only_terms_of_several_words_are_bridged(bridge: Bridge) -> None:
    long = bridge("what evidence do lived experience workers need to show a hospital board about costs")
    assert not long.query.every
    others = _others(long)
    assert others["evidence"] == ()
    assert "peer practitioner" in others["lived experience workers"]
    assert _others(bridge("evidence"))["evidence"]
