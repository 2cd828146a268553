"""The rules of the controlled vocabulary, each broken on purpose, and the two shapes it is written in."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.namespace import RDF, SKOS

from clearinghouse import facts
from clearinghouse.errors import Invalid
from clearinghouse.facts import thesaurus, toml_text, topic_file
from clearinghouse.facts.thesaurus import Entry
from clearinghouse.words import skos

STANDING = topic_file.read(facts.text("topics.toml"))


def _faults(*entries: Entry) -> str:
    return "\n".join(thesaurus.faults(entries))


def test_the_standing_topics_keep_every_rule() -> None:
    assert thesaurus.faults(STANDING) == []
    assert {kind for entry in STANDING for kind in entry.words} == set(thesaurus.WORD_KINDS)


def test_a_loop_of_broader_topics_is_named_once_and_whole() -> None:
    one, two, three = (Entry(a, a, broader=b) for a, b in (("one", "two"), ("two", "three"), ("three", "one")))
    said = _faults(one, two, three, Entry("four", "four", broader="one"))
    assert said == (
        "Broader goes round in a loop: “one” → “two” → “three” → “one”; take “broader” out of one of them."
    )


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ([Entry("a", "A", place="entry 1"), Entry("a", "B")], "Topic “a” has the slug of another"),
        ([Entry("a", "", place="entry 1")], "Topic “a” (entry 1) has no preferred word"),
        ([Entry("", "Hope", place="entry 2")], "Topic “Hope” (entry 2) has no slug that can stand in an address"),
        ([Entry("Two Words", "Hope")], "Topic “Two Words” has no slug"),
        ([Entry("a--b", "Hope")], "no slug that can stand in an address"),
        ([Entry("a", "A", broader="x")], "Topic “a” has “x” as broader; there is no such topic"),
        ([Entry("a", "A", related=("x",))], "Topic “a” has “x” as related; there is no such topic"),
        ([Entry("a", "A", broader="a")], "Topic “a” is broader to itself"),
        ([Entry("a", "A", related=("a",))], "Topic “a” is related to itself"),
        (
            [Entry("a", "A", words={"other": ("client",), "historical": ("Client",)})],
            "Topic “a” has “Client” as an other word and as a historical word; keep one of them.",
        ),
        (
            [Entry("a", "Self-care", words={"other": ("self care",)})],
            "Topic “a” has “self care” as the preferred word and as an other word",
        ),
        ([Entry("a", "A", words={"clinical": ("",)})], "Topic “a” has an empty word among its clinical words"),
        (
            [
                Entry("a", "A", words={"other": ("co-design",)}),
                Entry("b", "B", words={"clinical": ("Co design",)}),
            ],
            "“Co design” leads to topic “b” and to topic “a”; keep it in one of them.",
        ),
        ([Entry("a", "Hope"), Entry("b", "B", words={"other": ("hope",)})], "“hope” leads to topic “b” and"),
        ([Entry("peer-work", "A"), Entry("b", "B", words={"other": ("peer work",)})], "“peer work” leads to"),
        (
            [Entry("a", "A", broader="b", related=("b",)), Entry("b", "B")],
            "related, which stands above it already",
        ),
        (
            [Entry("a", "A", broader="b"), Entry("b", "B", related=("a",))],
            "related, which stands below it already",
        ),
        ([Entry("a", "x" * 121)], "has a word of more than 120 characters"),
        ([Entry("a", "A\x00B")], "characters that nobody can see"),
    ],
)
def test_each_broken_rule_names_its_entry_and_what_to_do(entries: list[Entry], sentence: str) -> None:
    assert sentence in _faults(*entries)


def test_every_fault_of_a_file_is_said_at_once() -> None:
    said = thesaurus.faults([Entry("a", ""), Entry("a", "B", broader="x"), Entry("C", "C")])
    assert len(said) == 4


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("not = [toml", "This is not TOML that can be read"),
        ("", "There are no topics in it; each begins with a line [[topic]]."),
        ('topic = "hope"', "There are no topics in it"),
        ('title = "x"\n[[topic]]\nslug = "a"', "There is no “title” in a file of topics"),
        ('[[topic]]\nslug = "a"\nother = ["b"]', "Topic “a” (entry 1): there is no “other”; known are slug,"),
        ('[[topic]]\nslug = "a"\nother_words = "b"', "“other_words” must be a list of words"),
        ("[[topic]]\nslug = 3", "“slug” must be words in quotation marks"),
    ],
)
def test_a_file_that_is_no_file_of_topics_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Invalid) as problem:
        topic_file.read(text)
    assert sentence in str(problem.value)


def test_a_file_that_is_written_is_read_again_as_it_was_with_its_comment() -> None:
    text = topic_file.write(STANDING, toml_text.head(facts.text("topics.toml")))
    assert topic_file.read(text) == STANDING
    assert text.startswith("# Topics: what resources are about")
    assert "clinical_words" in text.split("\n[[topic]]\n")[0]
    assert "--- Who people are" not in text


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
    st.lists(st.text("aä\"\\'\n\t\x7f#]=", max_size=9)),
)
def test_any_text_can_be_written_as_toml_and_read_again(text: str, words: list[str]) -> None:
    written = toml_text.tables("line", [{"text": text, "words": words, "yes": True}])
    assert tomllib.loads(written) == {"line": [{"text": text, "words": words, "yes": True}]}


def test_topics_as_skos_come_back_as_they_were() -> None:
    back = skos.read(skos.write(STANDING, "Topics"))
    assert {entry.slug for entry in back} == {entry.slug for entry in STANDING}
    by_slug = {entry.slug: entry for entry in STANDING}
    for entry in back:
        before = by_slug[entry.slug]
        assert (entry.preferred, entry.scope_note, entry.broader) == (
            before.preferred,
            before.scope_note,
            before.broader,
        )
        assert set(entry.related) == set(before.related)
        assert {kind: set(words) for kind, words in entry.words.items()} == {
            kind: set(words) for kind, words in before.words.items()
        }


def test_what_is_written_as_skos_keeps_the_integrity_rules_of_skos() -> None:
    graph = Graph().parse(
        data=skos.write(STANDING, "Topics", "https://library.example.org/topics/"), format="turtle"
    )
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert str(scheme) == "https://library.example.org/topics"
    assert len(concepts) == len(STANDING)
    assert all(str(each).startswith("https://library.example.org/topics/") for each in concepts)
    for concept in concepts:
        assert (concept, SKOS.inScheme, scheme) in graph
        preferred = list(graph.objects(concept, SKOS.prefLabel))
        assert [each.language for each in preferred] == ["en-AU"]  # S14: one preferred label a language
        other = set(graph.objects(concept, SKOS.altLabel))
        hidden = set(graph.objects(concept, SKOS.hiddenLabel))
        assert not (set(preferred) & other)
        assert not (set(preferred) & hidden)
        assert not (other & hidden)
        above = set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        related = set(graph.objects(concept, SKOS.related)) | set(graph.subjects(SKOS.related, concept))
        assert not above & related  # S27
        for broader in graph.objects(concept, SKOS.broader):
            assert (broader, SKOS.narrower, concept) in graph  # S25
    patient = next(graph.subjects(SKOS.hiddenLabel, next(o for o in graph.objects() if str(o) == "patient")))
    assert str(patient).endswith("/consumer")


FOREIGN = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://x.org/c#hope> a skos:Concept ; skos:prefLabel "Hope"@en, "Espoir"@fr ; skos:altLabel "hoping"@en-GB ;
  skos:hiddenLabel "wishing"@en ; skos:narrower <http://x.org/c#small-hope> .
<http://x.org/c#small-hope> a skos:Concept ; skos:prefLabel "Small hope" .
"""


def test_somebody_elses_skos_is_read_as_far_as_it_can_be() -> None:
    hope, small = skos.read(FOREIGN)
    assert (hope.slug, hope.preferred) == ("hope", "Hope")
    assert hope.words == {"other": ("hoping",), "historical": ("wishing",)}
    assert (small.slug, small.broader) == ("small-hope", "hope")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("hello", "This is not Turtle that can be read"),
        ("<a> <b> <c> .", "There are no topics in it; each is a skos:Concept."),
        (
            FOREIGN + "<http://x.org/c#small-hope> skos:broader <http://x.org/c#other> .",
            "Topic “small-hope” has “hope” and “other” as broader; here a topic has one at most",
        ),
        (
            FOREIGN + '<http://x.org/c#hope> skos:prefLabel "Hopes"@en .',
            "Topic “hope” has the preferred words “Hope” and “Hopes” in one language; keep one.",
        ),
    ],
)
def test_turtle_that_cannot_be_topics_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Invalid) as problem:
        skos.read(text)
    assert sentence in str(problem.value)


@pytest.mark.parametrize("base", ["library", "ftp://x.org/", "https://x.org/topics", "https://x.org/a b/"])
def test_a_base_that_begins_no_address_is_refused(base: str) -> None:
    with pytest.raises(Invalid, match="cannot be where topics live"):
        skos.write(STANDING, "Topics", base)


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_readers(text: str) -> None:
    for read in (topic_file.read, skos.read):
        with pytest.raises(Invalid):
            read(text)
