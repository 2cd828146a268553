"""The glossary: kept by a curator, fed by booklets, found in texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearinghouse.errors import Invalid, NotFound
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.words import dictionaries, glossary
from tests.clearinghouse import making
from tests.clearinghouse.making import a_resource, an_edition

SAMPLES = Path(glossary.__file__).parents[1] / "samples" / "files"

BOOKLET = (
    "You can ask a zebrafinch.\n\nDictionary\n\nzebrafinch\nA bird that sings.\nFor example, it sings at dawn.\n\n"
    "recovery\nGetting the bird back.\n\nconsumer\nOne who eats.\nFor example, you are a patient."
)


def find(library: Library, text: str) -> list[str]:
    """What is found in `text`, as it stands there."""
    return [text[start:end] for start, end, _ in glossary.explainer(library).find(text)]


def test_a_new_library_has_words_of_the_field_in_order_without_any_that_are_never_shown(library: Library) -> None:
    words = glossary.words(library)
    assert len(words) >= 30
    assert [each.word.casefold() for each in words] == sorted(each.word.casefold() for each in words)
    for each in words:
        glossary.edit(library, each.slug, meaning=each.meaning)  # refuses what is never shown
        assert each.meaning
        assert each.examples


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A peer worker and two Peer Workers met.", ["peer worker", "Peer Workers"]),
        ("Peer\nsupport, peer  supporters", ["Peer\nsupport"]),
        ("co-design, Codesign, co design and co‑design", ["co-design", "Codesign", "co design", "co‑design"]),
        ("a recovery coach for recovery", ["recovery coach", "recovery"]),
        ("self-advocacy is not advocacy", ["self-advocacy", "advocacy"]),
        ("stigmatise; peer-worker-led; unrestraint", []),
        ("the NDIS, not the ndis", ["NDIS"]),
        ("one boundary, many boundaries", ["boundary", "boundaries"]),
        ("the peer worker’s supervision", ["peer worker", "supervision"]),
        ("İİİ stigma", ["stigma"]),
    ],
)
def test_words_are_found_whole_the_longest_first_in_their_forms(
    library: Library, text: str, found: list[str]
) -> None:
    assert find(library, text) == found


def test_a_singular_is_not_made_of_a_word_that_has_another_sense_then(library: Library) -> None:
    glossary.add(library, "rights", "What everybody is owed.")
    assert find(library, "the right way to have rights") == ["rights"]


@pytest.mark.parametrize(
    "question",
    [
        "stigma",
        "Stigma?",
        "“stigma”",
        "what is stigma?",
        "What does the word stigma mean",
        "what's stigma",
        "stigma meaning",
        "meaning of stigma",
        "define stigma",
    ],
)
def test_a_question_about_a_word_is_answered(library: Library, question: str) -> None:
    answer = glossary.meaning(library, question)
    assert answer is not None
    assert answer.slug == "stigma"


@pytest.mark.parametrize("question", ["", " ", "stigma in services", "what is", "meaning", "what does stigma do"])
def test_a_question_about_something_else_is_not(library: Library, question: str) -> None:
    assert glossary.meaning(library, question) is None


def test_what_was_found_follows_every_change(library: Library) -> None:
    assert find(library, "a zebrafinch") == []
    glossary.add(library, "zebrafinch", "A bird.")
    assert find(library, "a zebrafinch") == ["zebrafinch"]
    glossary.edit(library, "zebrafinch", new_word="lyrebird")
    assert find(library, "a zebrafinch, a lyrebird") == ["lyrebird"]
    glossary.remove(library, "lyrebird")
    assert find(library, "a lyrebird") == []


def test_a_word_keeps_its_address_when_it_is_changed(library: Library) -> None:
    changed = glossary.edit(library, "stigma", new_word="stigma and shame", examples=[])
    assert (changed.slug, changed.word, changed.examples) == ("stigma", "stigma and shame", ())
    assert changed.meaning == glossary.show(library, "stigma").meaning


@pytest.mark.parametrize(
    ("word", "meaning", "sentence"),
    [
        ("Codesign", "Again.", "“co-design” is in the glossary already; change it with"),
        (" ! ", "Something.", "The word is empty"),
        ("lyrebird", "  ", "The meaning of “lyrebird” is empty"),
        ("l" * 81, "A bird.", "The word has 81 letters"),
        ("lyrebird", "b" * 2001, "The meaning has 2001 letters"),
        ("ward", "Where patients stay.", "“ward” is explained with the word “patient”"),
    ],
)
def test_a_word_that_cannot_be_kept_is_refused_in_a_sentence(
    library: Library, word: str, meaning: str, sentence: str
) -> None:
    before = glossary.words(library)
    with pytest.raises(Invalid, match=sentence):
        glossary.add(library, word, meaning)
    assert glossary.words(library) == before


def test_a_word_that_is_not_there_is_answered_with_the_nearest(library: Library) -> None:
    with pytest.raises(NotFound, match=r"no word “sigma”\. Did you mean “stigma”"):
        glossary.show(library, "sigma")


def test_a_harvest_offers_words_and_changes_none_that_is_accepted(library: Library) -> None:
    slug = a_resource(library, "A full text", "Nothing of note.")
    an_edition(library, slug, BOOKLET, form="easy-read")
    before = glossary.words(library)
    offers = dictionaries.harvest(library, slug)
    assert [(each.word.word, each.outcome) for each in offers] == [
        ("zebrafinch", "new"),
        ("recovery", "other meaning"),
        ("consumer", "other meaning"),
    ]
    assert offers[0].word.examples == ("It sings at dawn.",)
    assert offers[0].word.source == slug
    assert glossary.words(library) == before
    assert [each.slug for each in glossary.words(library, offered=True)] == [
        "consumer-2",
        "recovery-2",
        "zebrafinch",
    ]
    assert find(library, "zebrafinch") == []


def test_a_second_harvest_renews_what_waits_and_doubles_nothing(library: Library) -> None:
    slug = a_resource(library, "A booklet", BOOKLET, form="easy-read")
    dictionaries.harvest(library, slug)
    glossary.edit(library, "zebrafinch", meaning="Something else.")
    dictionaries.harvest(library, slug)
    assert len(glossary.words(library, offered=True)) == 3
    assert glossary.show(library, "zebrafinch").meaning == "A bird that sings."


def test_accepting_all_leaves_other_meanings_and_says_how_to_choose_them(library: Library) -> None:
    slug = a_resource(library, "A booklet", BOOKLET, form="easy-read")
    dictionaries.harvest(library, slug)
    recovery = glossary.show(library, "recovery")
    done = {each.name: each for each in dictionaries.accept_all_from(library, slug)}
    assert done["zebrafinch"].word is not None
    assert "glossary accept recovery-2" in done["recovery-2"].error
    assert glossary.show(library, "recovery") == recovery
    assert find(library, "zebrafinches") == ["zebrafinches"]
    assert dictionaries.harvest(library, slug)[0].outcome == "known"


def test_naming_an_offered_word_puts_it_in_the_place_of_the_accepted_one(library: Library) -> None:
    slug = a_resource(library, "A booklet", BOOKLET, form="easy-read")
    dictionaries.harvest(library, slug)
    before = glossary.show(library, "recovery")
    (done,) = dictionaries.accept(library, ["recovery-2"])
    assert done.replaced == before.meaning
    now = glossary.show(library, "recovery")
    assert (now.slug, now.meaning, now.source) == ("recovery", "Getting the bird back.", slug)
    assert [each.slug for each in glossary.words(library, offered=True)] == ["consumer-2", "zebrafinch"]


def test_one_word_that_cannot_be_accepted_stops_no_other(library: Library) -> None:
    slug = a_resource(library, "A booklet", BOOKLET, form="easy-read")
    dictionaries.harvest(library, slug)
    done = dictionaries.accept(library, ["nothing", "consumer-2", "stigma", "zebrafinch"])
    assert [each.error.split(";")[0] for each in done] == [
        "No document has offered “nothing”",
        "“consumer” is explained with the word “patient”, which this library never shows",
        "“stigma” is accepted already",
        "",
    ]
    glossary.edit(library, "consumer-2", examples=["You see a support worker."])
    assert dictionaries.accept(library, ["consumer-2"])[0].replaced


def test_a_word_that_two_documents_offer_must_be_named_by_its_slug(library: Library) -> None:
    for title in ("One booklet", "Another booklet"):
        dictionaries.harvest(library, a_resource(library, title, BOOKLET, form="easy-read"))
    (done,) = dictionaries.accept(library, ["Zebrafinch"])
    assert "Several documents offer “Zebrafinch”" in done.error
    assert dictionaries.accept(library, ["zebrafinch-2"])[0].word is not None


def test_harvesting_where_there_is_nothing_says_so(library: Library) -> None:
    plain = a_resource(library, "A plain text", "There is a Dictionary somewhere else.")
    record = a_resource(library, "A record", link="https://www.example.org/")
    with pytest.raises(Invalid, match=r"“A plain text” \(edition full-en\) has no Dictionary"):
        dictionaries.harvest(library, plain)
    with pytest.raises(Invalid, match="“A record” holds no text"):
        dictionaries.harvest(library, record)
    with pytest.raises(NotFound, match=r"has no edition “easy-read-en”\. It has: full-en"):
        dictionaries.harvest(library, plain, "easy-read-en")
    with pytest.raises(NotFound, match="no words that wait"):
        dictionaries.accept_all_from(library, plain)
    with pytest.raises(NotFound):
        dictionaries.harvest(library, "no-such-resource")


def test_a_word_outlives_the_document_it_came_from_being_withdrawn(library: Library) -> None:
    slug = a_resource(library, "A booklet", BOOKLET, form="easy-read")
    dictionaries.harvest(library, slug)
    dictionaries.accept(library, ["zebrafinch"])
    assert next(each for each in glossary.a_to_z(library) if each.word.slug == "zebrafinch").source == (
        slug,
        "A booklet",
    )
    catalogue.withdraw(library, slug, "Old.")
    assert next(each for each in glossary.a_to_z(library) if each.word.slug == "zebrafinch").source is None


@pytest.mark.parametrize("name", ["what-a-peer-worker-does-easy-read.html", "speaking-up-easy-read.pdf"])
def test_a_sample_booklet_gives_all_its_words(library: Library, name: str) -> None:
    (outcome,) = making.take_in(library, making.wanted(SAMPLES / name))
    offers = dictionaries.harvest(library, str(outcome.slug))
    assert len(offers) == 8
    assert all(len(each.word.examples) == 1 for each in offers)
