"""What every engine does. Each test runs against every engine, the real one."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import index
from index import layout, tantivy_layout
from index.document import Document, PageText
from index.engine import Engine, Results
from index.parse import parse
from index.query import Clause
from tests.index.library import LIBRARY, document

ENGINES = {
    "whoosh": lambda folder: f"whoosh://{folder}/index",
    "tantivy": lambda folder: f"tantivy://{folder}/index",
}


@pytest.fixture(params=sorted(ENGINES))
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return ENGINES[request.param](tmp_path)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = index.open(url)
    opened.replace(LIBRARY)
    yield opened
    opened.close()


Ask = Callable[..., Results]


@pytest.fixture
def ask(engine: Engine) -> Ask:
    return lambda text, **more: engine.search(parse(text, **more))


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results.hits]


def found(results: Results) -> set[str]:
    return set(ids(results))


def having_all(results: Results) -> set[str]:
    """Those that have every word, without what a widened search found besides."""
    return set(ids(results)[: results.whole])


# Sound


def test_nothing_is_lacking_in_what_was_written_well(engine: Engine) -> None:
    assert engine.lacking(LIBRARY) == set()
    odd = [
        document("wordless", "?", text="…"),
        document("odd", "Café self-care co-design “IPS” 漢字 مرحبا 🙂", f"half \ud800 a sign {'x' * 70_000}"),
    ]
    engine.write(odd, [])
    assert engine.lacking([*LIBRARY, *odd]) == set()
    assert engine.digests() == {each.id: each.digest() for each in (*LIBRARY, *odd)}


def _lay_outs(url: str) -> tuple[str, Callable[[list[Document]], list[Any]]]:
    """Where the engine at `url` finds what lays its documents out, and that."""
    if url.startswith("tantivy"):
        return "index.tantivy_store.lay_out", tantivy_layout.lay_out
    return "index.whoosh_store.lay_out", layout.lay_out


def _without_some(laid: layout.Laid | tantivy_layout.Laid) -> object:
    """`laid` without two words, wherever they stand."""

    def stays(term: str) -> bool:
        return re.split("[\0\x1f]", term)[-2:][0] not in {"word10", "word21"}

    if isinstance(laid, tantivy_layout.Laid):
        return replace(laid, texts=[(name, " ".join(filter(stays, text.split(" ")))) for name, text in laid.texts])
    return replace(laid, postings={key: each for key, each in laid.postings.items() if stays(key.decode())})


def test_words_lost_within_the_index_are_noticed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"word{number}" for number in range(40)]
    documents = [document(f"d{at}", f"Guide {at}", " ".join(words[at::4])) for at in range(4)]
    name, lay_out = _lay_outs(url)
    monkeypatch.setattr(name, lambda some: [_without_some(each) for each in lay_out(some)])
    engine = index.open(url)
    engine.replace(documents)
    assert engine.digests() == {each.id: each.digest() for each in documents}  # they tell nothing of it
    assert engine.lacking(documents) == {"d1", "d2"}
    monkeypatch.undo()
    engine.write([documents[2]], [])
    assert engine.lacking(documents) == {"d1"}
    engine.close()


def test_what_is_no_longer_indexed_so_lacks_nothing(engine: Engine) -> None:
    changed = replace(LIBRARY[0], title="Another title of words that are not there")
    assert engine.lacking([changed, document("never", "Never indexed")]) == set()


def test_vectors_that_were_lost_are_noticed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("wordllama")
    name, lay_out = _lay_outs(url)

    def laid(some: list[Document], meaning: bytes) -> list[Any]:
        made = lay_out(some)
        return [replace(each, meaning=meaning) if each.id == LIBRARY[1].id else each for each in made]

    (another,) = lay_out([LIBRARY[0]])
    for meaning in (another.meaning, bytes(len(another.meaning))):
        monkeypatch.setattr(name, lambda some, meaning=meaning: laid(some, meaning))
        engine = index.open(url)
        engine.replace(LIBRARY)
        assert engine.lacking(LIBRARY) == {LIBRARY[1].id}
        engine.close()


# Words


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("charter", {"charter"}),
        ("CHARTER", {"charter"}),
        ("supervision", {"charter", "supervision"}),
        ("supervise worker", {"charter", "supervision"}),
        ("organization", {"supervision"}),
        ("programme", {"evaluation"}),
        ("bronte", {"charter", "carers"}),
        ("carers", {"carers"}),
        ("carer’s", {"carers"}),
        ("codesign", {"carers"}),
        ("co-design", {"carers"}),
        ("co design", {"carers"}),
        ("hospital peer", {"evaluation"}),
        ("the hospital", {"evaluation"}),
        ("human rights", {"charter"}),
        ("mutual agreement", {"charter"}),
        ("Harbor Network", {"charter"}),
        ("chc43515", {"supervision"}),
        ("10.1002/wps.20123", {"supervision"}),
        ("https://doi.org/10.1002/wps.20123", {"supervision"}),
        ("xylophone", set()),
    ],
)
def test_all_words_are_wanted_in_any_field_and_form(ask: Ask, typed: str, wanted: set[str]) -> None:
    results = ask(typed)
    assert found(results) == wanted
    assert results.total == len(wanted)


WRITTEN_IN_MANY_WAYS = (
    "CHC43515 Certificate IV in Mental Health Peer Work",
    "A peer-led organisation’s counselling, co-designed",
    "Module 2: behaviour and the carers' café",
    "See https://doi.org/10.1177/0004867414561526.",
)
"""Documents 0 to 3; each question below is one of them written otherwise."""


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        *(
            (typed, 0)
            for typed in ("cert iv", "Cert IV", "Certificate 4", "certificate four", "cert4", "CertIV", "certs")
        ),
        *(
            (typed, 0)
            for typed in ('"certificate 4 in mental health"', "title:certificate iv", "chc43515", "CHC43515")
        ),
        *(
            (typed, 1)
            for typed in ("peer led", "peer-led", "peerled", "organization", "organisations", "organizations'")
        ),
        *(
            (typed, 1)
            for typed in ("counseling", "councelling OR counseling", "codesigned", "co design", "co‑design")
        ),
        *(
            (typed, 2)
            for typed in (
                "module ii",
                "Modules II",
                "behavior",
                "behaviors",
                "carer's",
                "carers’",
                "cafe",
                "CAFÉS",
            )
        ),
        *((typed, 3) for typed in ("10.1177/0004867414561526", "doi:10.1177/0004867414561526")),
        *(
            (typed, 3)
            for typed in ("http://dx.doi.org/10.1177/0004867414561526.", "doi.org/10.1177%2F0004867414561526")
        ),
        *(
            (typed, None)
            for typed in ("cert iii", "CHC43315", "CHC4351", "10.1177/0004867414561527", '"module 2 in mental"')
        ),
    ],
)
def test_a_word_is_found_however_it_is_written(engine: Engine, typed: str, wanted: int | None) -> None:
    engine.replace([document(str(n), text) for n, text in enumerate(WRITTEN_IN_MANY_WAYS)])
    in_title = having_all(engine.search(parse(typed)))
    engine.replace([document(str(n), "", text) for n, text in enumerate(WRITTEN_IN_MANY_WAYS)])
    in_text = having_all(engine.search(parse(typed.removeprefix("title:"))))
    assert in_title == in_text == (set() if wanted is None else {str(wanted)})


@pytest.mark.parametrize(
    ("typed", "whole", "others"),
    [
        ("charter hospitals", set(), {"charter", "evaluation"}),
        ("supervision respect", {"charter"}, {"supervision"}),
        ("xylophone hospitals", set(), {"evaluation"}),
    ],
)
def test_a_short_search_that_finds_less_than_a_page_is_widened(
    ask: Ask, typed: str, whole: set[str], others: set[str]
) -> None:
    for sort in ("relevance", "newest", "title"):
        results = ask(typed, sort=sort)
        assert results.whole == len(whole)
        assert set(ids(results)[: len(whole)]) == whole, "those with every word come first"
        assert set(ids(results)[len(whole) :]) == others
        assert results.total == len(whole | others)


def test_a_widened_search_counts_what_its_filters_leave(ask: Ask) -> None:
    results = ask("charter hospitals")
    assert results.counts["kind"] == {"charter": 1, "research-paper": 1}
    for kind in results.counts["kind"]:
        assert ask("charter hospitals", filters={"kind": [kind]}).total == 1


@pytest.mark.parametrize(
    "typed", ['"charter" hospitals', "title:charter hospitals", "charter hosp*", "chc43515 peer"]
)
def test_what_says_exactly_what_it_wants_is_not_widened(ask: Ask, typed: str) -> None:
    results = ask(typed)
    assert results.whole is None
    assert results.total == (0 if "chc" not in typed else len(results.hits))


def test_what_has_every_word_is_not_widened_where_it_fills_a_page(engine: Engine) -> None:
    engine.replace([document(str(n), f"{n} tea", "tea cake" if n else "tea") for n in range(12)])
    results = engine.search(parse("tea cake"))
    assert (results.total, results.whole) == (11, None)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ('"peer support"', {"charter"}),
        ('"support peer"', set()),
        ('"received as equals"', {"charter"}),
        ('"is offered and received as"', {"charter"}),
        ('"as equals recovery is"', {"charter"}),
        ('"support human"', set()),
        ("“lived experience workforce”", {"supervision"}),
        ("support -carers", {"charter"}),
        ('supervision -"line management"', {"supervision"}),
        ("-support", {"supervision", "evaluation"}),
        ("charter OR hospitals", {"charter", "evaluation"}),
        ("peer charter OR hospitals", {"charter", "evaluation"}),
        ("superv*", {"charter", "supervision"}),
        ("brontë* charter", {"charter"}),
        ("title:support", {"charter", "carers"}),
        ("title:supervision", {"supervision"}),
        ("author:ward", {"supervision"}),
        ('author:"nadia bronte"', {"charter", "carers"}),
        ("author:network", {"charter"}),
        ("topic:self-care", {"carers"}),
        ("summary:respect", {"charter"}),
        ("text:charter", {"charter"}),
        ("text:ward", set()),
        ("support -title:carer", {"charter"}),
        ("year:2015", {"carers"}),
        ("year:2015..", {"carers", "supervision"}),
        ("kind:guideline audience:staff", {"supervision"}),
    ],
)
def test_what_can_be_typed_besides_words(ask: Ask, typed: str, wanted: set[str]) -> None:
    assert found(ask(typed)) == wanted


def test_a_question_in_a_sentence_wants_the_words_that_say_most(ask: Ask) -> None:
    results = ask("what does supervision of peer workers mean for someone starting in my organisation?")
    assert ids(results)[0] == "supervision"


def test_another_word_finds_as_much_and_counts_for_less_than_the_one_typed(engine: Engine) -> None:
    # One length, and as many of each, so that nothing but the weight is different.
    text = "{} helps every one of us along the way"
    engine.replace([document(f"{word}{n}", "", text.format(word)) for word in ("carer", "kin") for n in range(3)])

    def scores(weight: float) -> dict[str, float]:
        query = replace(parse("carer"), must=((Clause(("carer",)), Clause(("kin",), weight=weight)),), about="")
        return {hit.id: hit.score for hit in engine.search(query).hits}

    assert found(engine.search(replace(parse("x"), must=((Clause(("kin",), weight=0.2),),), about=""))) == {
        "kin0",
        "kin1",
        "kin2",
    }
    shares = [scores(weight)["kin1"] / scores(weight)["carer1"] for weight in (0.1, 0.5, 0.9, 1.0)]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[1] < shares[2] < 1
    assert shares[3] == pytest.approx(1.0)


def test_a_phrase_beside_words_stands_for_all_of_them(engine: Engine) -> None:
    engine.replace(
        [document("typed", "", "a lived experience worker"), document("other", "", "a peer practitioner")]
    )
    phrase = Clause(("peer", "practitioner"), weight=0.3)
    query = parse("lived experience worker")
    results = engine.search(replace(query, must=tuple((*group, phrase) for group in query.must)))
    assert ids(results) == ["typed", "other"]
    assert all(hit.pages for hit in results.hits)


def test_a_title_counts_for_more_than_the_text(ask: Ask) -> None:
    assert ids(ask("supervision"))[0] == "supervision"


def test_scores_fall_from_hit_to_hit(ask: Ask) -> None:
    scores = [hit.score for hit in ask("peer").hits]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


@pytest.mark.parametrize("typed", ["", "   ", "-", '"', "*", ":", "…", "\x00"])
def test_a_question_without_words_is_everything_newest_first(ask: Ask, typed: str) -> None:
    results = ask(typed)
    assert ids(results) == ["evaluation", "charter", "carers", "supervision"]
    assert {hit.score for hit in results.hits} == {0.0}
    assert {hit.pages for hit in results.hits} == {()}


# Order and pages of hits


def test_hits_come_by_title_without_the_article(ask: Ask) -> None:
    assert ids(ask("", sort="title")) == ["carers", "charter", "evaluation", "supervision"]


def test_hits_come_newest_first(ask: Ask) -> None:
    assert ids(ask("peer", sort="newest")) == ["evaluation", "charter", "supervision"]


def test_pages_of_hits_together_are_all_hits_once(ask: Ask) -> None:
    for sort in ("relevance", "newest", "title"):
        pages = [ids(ask("peer OR support", sort=sort, page=page, size=2)) for page in (1, 2, 3)]
        assert [len(page) for page in pages] == [2, 2, 0]
        assert [*pages[0], *pages[1]] == ids(ask("peer OR support", sort=sort))
        assert ask("peer OR support", sort=sort, page=3, size=2).total == 4


def test_equal_answers_come_by_title_then_id(engine: Engine) -> None:
    engine.replace([document(str(n), f"{'yx'[n % 2]} leaflet", "same words") for n in range(6)])
    assert ids(engine.search(parse("words"))) == ["1", "3", "5", "0", "2", "4"]
    assert ids(engine.search(parse("words", size=2, page=2))) == ["5", "0"]


def test_no_hits_may_be_asked_for(ask: Ask) -> None:
    results = ask("peer", size=0)
    assert (results.total, results.hits) == (3, ())
    assert results.counts["kind"]["charter"] == 1


# Filters and counts


def test_two_values_of_a_filter_mean_either_and_two_filters_both(ask: Ask) -> None:
    assert found(ask("", filters={"audience": ["carers", "staff"]})) == {"charter", "supervision", "carers"}
    both = ask("", filters={"audience": ["carers", "staff"], "kind": ["guideline"]})
    assert found(both) == {"supervision", "carers"}
    assert both.total == 2


def test_a_filters_own_counts_ignore_its_own_choice(ask: Ask) -> None:
    counts = ask("", filters={"audience": ["carers"]}).counts
    assert counts["audience"] == {"consumers": 1, "staff": 2, "carers": 1, "providers": 2}
    assert counts["kind"] == {"guideline": 1}
    assert counts["year"] == {"2015": 1}


def test_counts_are_of_what_the_words_find(ask: Ask) -> None:
    counts = ask("supervision").counts
    assert counts["kind"] == {"charter": 1, "guideline": 1}
    assert counts["year"] == {"2011": 1, "2019": 1}


def test_counts_equal_what_choosing_the_value_finds(ask: Ask) -> None:
    for typed in ("", "peer", "support OR hospitals"):
        chosen = {"language": ["en"], "audience": ["staff", "carers"]}
        for name, values in ask(typed, filters=chosen).counts.items():
            for value, count in values.items():
                assert ask(typed, filters={**chosen, name: [value]}).total == count


def test_years_are_a_span_with_both_ends(ask: Ask) -> None:
    assert found(ask("", years=(2011, 2015))) == {"charter", "carers"}
    assert found(ask("", years=(None, 2014))) == {"charter"}
    assert ask("", years=(2019, None)).counts["year"] == {"2011": 1, "2015": 1, "2019": 1}
    assert ask("", years=(2019, 2011)).total == 0


def test_a_filter_nobody_knows_finds_nothing(ask: Ask) -> None:
    assert ask("", filters={"colour": ["red"]}).total == 0
    assert ask("", filters={"kind": ["poem"]}).total == 0
    assert ask("", filters={"kind": []}).total == 4


def test_resources_left_out_are_in_no_hit_count_or_suggestion(ask: Ask) -> None:
    results = ask("supervision", without={"supervision"})
    assert ids(results) == ["charter"]
    assert results.total == 1
    assert results.counts["kind"] == {"charter": 1}
    assert ask("hospitls").suggestion == "hospitals"
    assert ask("hospitls", without={"evaluation"}).suggestion is None


def test_a_search_within_one_resource_tells_its_pages(ask: Ask) -> None:
    results = ask("recovery", within="charter", pages_per_hit=50)
    assert ids(results) == ["charter"]
    assert {(page.edition, page.number) for page in results.hits[0].pages} == {("full-en", 2), ("easy-en", 1)}
    assert ask("hospitals", within="charter").total == 0
    assert ask("recovery", within="nothing").total == 0


# Best pages


def best(results: Results) -> list[tuple[str, int]]:
    return [(page.edition, page.number) for page in results.hits[0].pages]


def test_the_best_page_has_the_most_of_the_words(ask: Ask) -> None:
    assert best(ask("peer supervision", within="charter"))[0] == ("full-en", 3)
    assert best(ask('"hope is shared"')) == [("full-en", 2)]
    assert best(ask("peer", pages_per_hit=2, within="charter"))[0] == ("full-en", 3)
    assert len(best(ask("peer", pages_per_hit=2, within="charter"))) == 2


def test_words_found_only_in_the_title_have_no_page(ask: Ask) -> None:
    assert ask("author:ward").hits[0].pages == ()


def test_every_page_of_a_long_document_can_be_found(engine: Engine) -> None:
    pages = tuple(PageText("full-en", n, f"words number{n} " * 40) for n in range(1, 301))
    engine.write([document("long", "Long", pages=pages)], [])
    for number in (1, 2, 150, 299, 300):
        assert best(engine.search(parse(f"number{number}"))) == [("full-en", number)]


def test_a_page_is_told_behind_pages_in_any_writing(engine: Engine) -> None:
    texts = ("Пациент и 同伴支援", "naïve élan — 🌈", "a self-care plan", "number the last")
    pages = tuple(
        PageText(edition, n, text) for edition in ("full-en", "easy-en") for n, text in enumerate(texts, 1)
    )
    engine.write([document("mixed", "Mixed", pages=pages)], [])
    for number, typed in enumerate(("пациент", "élan", "selfcare", '"the last"'), start=1):
        assert best(engine.search(parse(typed, within="mixed"))) == [("full-en", number), ("easy-en", number)]


def test_a_phrase_over_the_end_of_a_page_is_on_the_page_it_begins_on(engine: Engine) -> None:
    pages = (PageText("full-en", 1, "it ends in the middle"), PageText("full-en", 2, "way of a word"))
    engine.write([document("over", "Over", pages=pages)], [])
    assert best(engine.search(parse('"middle way"'))) == [("full-en", 1)]


def test_a_short_search_is_widened_the_same_whatever_else_is_chosen(engine: Engine) -> None:
    engine.replace([document(str(n), f"{n}", "tea cake" if n < 12 else "tea", year=2000 + n) for n in range(14)])
    assert engine.search(parse("tea cake", years=(2010, None))).whole is None, "twelve have both words"
    assert engine.search(parse("tea cake", without=["1", "2", "3"])).total == 9
    assert engine.search(parse("tea cake", page=2)).total == 12


# Suggestions


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("recovry", "recovery"),
        ("Hopsitals cost", "hospitals cost"),
        ("supervison of peer wokers", "supervision of peer workers"),
        ("recovery", None),
        ("xqzwy", None),
        ("chc43516", None),
        ('"recovry"', None),
        (
            "what would supervison of peer workers mean in a hospital",
            "what would supervision of peer workers mean in a hospital",
        ),
        ("what are supervison’s aims for peer workers", "what are supervision’s aims for peer workers"),
        ("what if supervison doesn't help peer workers", "what if supervision doesn't help peer workers"),
        ("why doesn’t anybody speak of peer support", None),
        ("'recovry' alone", "'recovery' alone"),
        ("supervize", None),
        ("carping", None),
        ("Cairns", None),
        ("sertraline", None),
    ],
)
def test_misspelt_words_are_mended_where_that_finds_more(ask: Ask, typed: str, suggestion: str | None) -> None:
    assert ask(typed).suggestion == suggestion


def test_a_suggestion_finds_what_it_promises(ask: Ask) -> None:
    suggestion = ask("recovry kind:charter").suggestion
    assert suggestion == "recovery kind:charter"
    assert ask(suggestion).total == 1


# Writing


def test_an_index_never_written_is_empty(url: str) -> None:
    engine = index.open(url)
    assert engine.search(parse("peer")) == Results(total=0)
    assert engine.search(parse("")).total == 0
    assert engine.digests() == {}


def test_the_last_of_each_id_is_kept(engine: Engine) -> None:
    engine.write([document("a", "first"), document("a", "second"), document("b", "third")], [])
    assert engine.search(parse("first")).total == 0
    assert ids(engine.search(parse("second"))) == ["a"]
    engine.replace([document("a", "first"), document("b", "third"), document("a", "second")])
    assert engine.search(parse("")).total == 2
    assert engine.search(parse("first")).total == 0
    assert len(engine.digests()) == 2


def test_what_is_put_again_replaces_what_was(engine: Engine) -> None:
    for n in range(5):
        engine.write([replace(LIBRARY[0], title=f"Edition number{n}")], [])
        assert engine.search(parse("")).total == 4
        assert ids(engine.search(parse(f"title:number{n}"))) == ["charter"]
    assert engine.search(parse("title:charter")).total == 0


def test_what_is_dropped_is_gone_and_dropping_it_again_is_no_error(engine: Engine) -> None:
    engine.write([], ["charter", "never-there"])
    engine.write([], ["charter"])
    results = engine.search(parse("peer"))
    assert found(results) == {"supervision", "evaluation"}
    assert results.counts["kind"] == {"guideline": 1, "research-paper": 1}
    assert "charter" not in engine.digests()
    engine.write([], [document.id for document in LIBRARY])
    assert engine.search(parse("")).total == 0
    assert engine.search(parse("peer")).total == 0


def test_an_id_both_dropped_and_put_is_put(engine: Engine) -> None:
    engine.write([document("charter", "New charter")], ["charter"])
    assert found(engine.search(parse("title:new"))) == {"charter"}


def test_digests_are_those_of_the_documents(engine: Engine) -> None:
    assert engine.digests() == {document.id: document.digest() for document in LIBRARY}
    changed = replace(LIBRARY[1], year=2020)
    engine.write([changed], [])
    assert engine.digests()["supervision"] == changed.digest() != LIBRARY[1].digest()


def test_replacing_leaves_exactly_what_is_given(engine: Engine) -> None:
    engine.replace(iter([document("only", "One")]))
    assert list(engine.digests()) == ["only"]
    engine.replace([])
    assert engine.digests() == {}
    assert engine.search(parse("")).total == 0


def test_a_failing_stream_changes_nothing(engine: Engine) -> None:
    def stream() -> Iterator[object]:
        yield document("new", "New")
        raise ZeroDivisionError

    for write in (lambda: engine.write(stream(), ["charter"]), lambda: engine.replace(stream())):  # type: ignore[arg-type]
        with pytest.raises(ZeroDivisionError):
            write()
        assert set(engine.digests()) == {document.id for document in LIBRARY}
    engine.write([document("new", "New")], [])
    assert ids(engine.search(parse("new"))) == ["new"]


def test_another_engine_on_the_same_index_sees_each_change(engine: Engine, url: str) -> None:
    other = index.open(url)
    assert other.search(parse("")).total == 4
    engine.write([document("new", "A wombat")], [])
    assert ids(other.search(parse("wombat"))) == ["new"]
    other.write([], ["new"])
    assert engine.search(parse("wombat")).total == 0
    engine.replace(LIBRARY[:1])
    assert ids(other.search(parse(""))) == ["charter"]


def test_many_threads_search_while_one_writes(engine: Engine) -> None:
    engine.write([document("steady", "steady words")], [])
    problems: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                assert ids(engine.search(parse("steady"))) == ["steady"]
                assert engine.search(parse("peer", filters={"language": ["en"]})).total == 3
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for n in range(12):
        engine.write([document(f"n{n}", "more")], [f"n{n - 2}"])
    engine.replace([*LIBRARY, document("steady", "steady words")])
    done.set()
    for thread in threads:
        thread.join()
    assert problems == []


@pytest.mark.parametrize(
    "odd",
    [
        document("no words"),
        document("ünïcödé/☃", "☃", "心理健康 支持 नमस्ते مرحبا"),
        document("big", "word " * 9000, "x" * 100_000 + " " + "y" * 70),
        document("many", authors=tuple(f"Author Number{n}" for n in range(3000)), summary="s " * 20_000),
        document("facets", facets={"audience": ("a", "a", "b"), "empty": ()}, year=0),
        document("control", "a\x00b\x1fc", "\ud800 lone half"),
    ],
    ids=lambda odd: odd.id[:8],
)
def test_odd_documents_are_kept_and_found(engine: Engine, odd: object) -> None:
    engine.write([odd], [])  # type: ignore[list-item]
    assert engine.search(parse("")).total == 5
    assert engine.digests()[odd.id] == odd.digest()  # type: ignore[attr-defined]


def test_languages_without_spaces_are_found(engine: Engine) -> None:
    engine.write([document("zh", "心理健康服务", "同伴支持可以帮助恢复"), document("ar", "الصحّة النفسية")], [])
    assert ids(engine.search(parse("同伴支持"))) == ["zh"]
    assert engine.search(parse("持支伴同")).total == 0
    assert ids(engine.search(parse("الصحة"))) == ["ar"]


@pytest.mark.parametrize(
    "typed",
    [
        '"unclosed peer',
        "peer OR",
        "OR OR OR",
        "-- - -peer",
        "title:title:title:",
        "((peer) AND [support]) ~2 ^4 {x TO y}",
        "peer\x00\x1f\u202esupport",
        "*:* peer*a* ?",
        "a" * 1_000_000,
        "peer " * 200_000,
        "\ud83d" + "🙂" * 100,
        "year:99999 year:.. kind: kind:,",
        "'; DROP TABLE resources; --",
    ],
    ids=lambda typed: typed[:12],
)
def test_nothing_that_can_be_typed_is_an_error(ask: Ask, typed: str) -> None:
    assert ask(typed).total >= 0
