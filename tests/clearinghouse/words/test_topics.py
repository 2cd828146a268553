"""The controlled vocabulary in a library: loaded whole or not at all, and followed by the index."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearinghouse import indexing
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.facts import thesaurus, topic_file
from clearinghouse.facts.thesaurus import Entry
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.search import discovery
from clearinghouse.search.discovery import Question
from clearinghouse.words import topic_history, topics
from tests.clearinghouse import making


def _found(library: Library, words: str) -> list[str]:
    indexing.sync(library)
    return [found.card.title for found in discovery.search(library, Question(words)).found]


def _with(library: Library, slug: str, **change: object) -> list[Entry]:
    return [replace(each, **change) if each.slug == slug else each for each in topics.entries(library)]  # type: ignore[arg-type]


def test_loading_what_was_exported_changes_nothing(library: Library) -> None:
    making.a_resource(library, "A guide", topics=("hope", "group-facilitation"))
    indexing.sync(library)
    loaded = topics.load(library, topic_file.read(topics.as_toml(library)))
    assert (loaded.added, loaded.changed, loaded.removed, loaded.kept) == ((), {}, (), {})
    assert indexing.pending(library) == 0


def test_a_renamed_topic_keeps_its_slug_and_is_found_by_its_new_name(library: Library) -> None:
    making.a_resource(library, "A guide", topics=("self-care",))
    assert _found(library, "thriving") == []
    loaded = topics.load(library, _with(library, "self-care", preferred="Thriving"))
    assert loaded.changed == {"self-care": ("preferred",)}
    assert indexing.pending(library) == 1
    assert _found(library, "thriving") == ["A guide"]
    assert topics.show(library, "self-care").view.label == "Thriving"


@pytest.mark.parametrize("kind", ["other", "historical", "clinical"])
def test_a_new_word_of_any_kind_finds_at_once_and_leads_to_the_preferred_one(library: Library, kind: str) -> None:
    making.a_resource(library, "A guide", topics=("self-care",))
    assert _found(library, "zephyr days") == []
    loaded = topics.load(library, _with(library, "self-care", words={kind: ("zephyr day",)}))
    assert loaded.changed == {"self-care": ("words",)}
    assert _found(library, "Zephyr days") == ["A guide"]
    answer = discovery.search(library, Question("zephyr day"))
    assert answer.topic is not None
    assert answer.topic.label == "Self-care"
    assert answer.suggestion is None
    topics.load(library, _with(library, "self-care", words={}))
    assert _found(library, "zephyr day") == []


def test_words_that_mean_the_same_find_the_same(library: Library) -> None:
    making.a_resource(library, "About people", topics=("consumer",))
    making.a_resource(library, "About families", topics=("carer",))
    for words in ("patient", "patients", "SMI", "service user", "expert by experience", "Consumer"):
        assert _found(library, words) == ["About people"], words
    for words in ("caregivers", "next of kin", "family of choice"):
        assert _found(library, words) == ["About families"], words


def test_a_broad_word_finds_the_narrow_and_never_the_other_way_round(library: Library) -> None:
    making.a_resource(library, "Advising", topics=("consumer-consultant",))
    making.a_resource(library, "Working", topics=("peer-worker",))
    making.a_resource(library, "Living", topics=("lived-experience",))
    assert sorted(_found(library, "peer practitioners")) == ["Advising", "Working"]
    assert _found(library, "consumer advisor") == ["Advising"]


@pytest.mark.parametrize("words", ['"service user"', "service -user", "title:client", "clien*"])
def test_a_precise_question_is_left_as_it_is(library: Library, words: str) -> None:
    making.a_resource(library, "About people", topics=("consumer",))
    assert _found(library, words) == []


def test_a_file_with_a_fault_changes_nothing_at_all(library: Library) -> None:
    before = topics.entries(library)
    wanted = [*_with(library, "hope", preferred="Hopes"), Entry("a-new-one", "New", broader="nowhere")]
    with pytest.raises(Invalid, match=r"Nothing was changed: there is one fault to mend.\nTopic “a-new-one”"):
        topics.load(library, wanted)
    assert topics.entries(library) == before
    wanted.append(Entry("a-new-one", ""))
    with pytest.raises(Invalid, match="there are 3 faults to mend"):
        topics.load(library, wanted)


def test_a_trial_changes_nothing_and_says_the_same(library: Library) -> None:
    before = topics.entries(library)
    wanted = [*_with(library, "hope", preferred="Hopes"), Entry("a-new-one", "New", broader="hope")]
    tried = topics.load(library, wanted, dry_run=True)
    assert topics.entries(library) == before
    assert topics.load(library, wanted) == tried
    assert tried.added == ("a-new-one",)
    assert [each.topic.slug for each in _branch(topics.tree(library), "hope").narrower] == ["a-new-one"]


def test_a_topic_in_use_is_never_removed_and_one_out_of_use_only_when_told(library: Library) -> None:
    making.a_resource(library, "A guide", topics=("mutuality",))
    making.a_resource(library, "A draft", topics=("mutuality",), draft=True)
    wanted = [
        _without(each, {"hope", "mutuality"})
        for each in topics.entries(library)
        if each.slug not in {"hope", "mutuality"}
    ]
    kept = topics.load(library, wanted)
    assert kept.kept == {"hope": 0, "mutuality": 2}
    assert kept.removed == ()
    removed = topics.load(library, wanted, remove=True)
    assert (removed.removed, removed.kept) == (("hope",), {"mutuality": 2})
    with pytest.raises(NotFound, match=r"no topic “hope”"):
        topics.show(library, "hope")
    assert [topic.slug for topic in catalogue.show(library, "a-guide").view.topics] == ["mutuality"]


def test_a_removed_topic_leaves_nothing_that_leads_to_it(library: Library) -> None:
    making.a_resource(library, "A guide", topics=("consumer-consultant",))
    narrow = [each for each in topics.entries(library) if each.slug not in {"peer-worker", "consumer-consultant"}]
    wanted = [_without(each, {"peer-worker", "consumer-consultant"}) for each in narrow]
    loaded = topics.load(library, wanted, remove=True)
    assert loaded.removed == ("peer-worker",)
    assert loaded.changed["consumer-consultant"] == ("broader",)
    assert topics.show(library, "consumer-consultant").view.broader is None


def test_a_kept_topic_still_counts_when_a_file_is_checked(library: Library) -> None:
    making.a_resource(library, "A guide", topics=("hope",))
    wanted = [_without(each, {"hope"}) for each in topics.entries(library) if each.slug != "hope"]
    with pytest.raises(Invalid, match=r"“hope” \(in the library, not in the file\)"):
        topics.load(library, [*wanted, Entry("hoping", "Hoping", words={"other": ("holding hope",)})])


def test_a_word_may_move_from_one_topic_to_another(library: Library) -> None:
    wanted = [
        replace(each, words={**each.words, "other": tuple(w for w in each.words["other"] if w != "burnout")})
        if each.slug == "self-care"
        else each
        for each in topics.entries(library)
    ]
    loaded = topics.load(library, [*wanted, Entry("burnout", "Burnout")])
    assert (loaded.added, loaded.changed) == (("burnout",), {"self-care": ("words",)})


def test_the_tree_counts_what_visitors_can_see(library: Library) -> None:
    making.a_resource(library, "A guide", topics=("group-facilitation",))
    making.a_resource(library, "A draft", topics=("group-facilitation",), draft=True)
    support = _branch(topics.tree(library), "peer-support")
    assert support.count == 1
    assert [(each.topic.slug, each.count) for each in support.narrower] == [
        ("group-facilitation", 1),
        ("intentional-peer-support", 0),
    ]
    assert topics.show(library, "group-facilitation").resources == 2


def test_loading_again_by_other_means_loses_no_word(library: Library) -> None:
    filing = topics.show(library, "consumer")
    assert set(filing.words) == set(thesaurus.WORD_KINDS)
    assert "patient" in filing.words["historical"]
    catalogue_slug = making.a_resource(library, "A guide", topics=("patient",))
    catalogue.revise(library, catalogue_slug, Record(topics=("inpatient",)))
    assert [each.slug for each in catalogue.show(library, catalogue_slug).view.topics] == ["consumer"]


def _branch(branches: tuple[topics.Branch, ...], slug: str) -> topics.Branch:
    return next(each for each in branches if each.topic.slug == slug)


def _without(entry: Entry, gone: set[str]) -> Entry:
    return replace(
        entry,
        broader=None if entry.broader in gone else entry.broader,
        related=tuple(each for each in entry.related if each not in gone),
    )


def test_the_history_says_who_changed_what_and_stays_when_a_topic_goes(library: Library) -> None:
    assert topic_history.read(library) == ()
    assert topic_history.read(library, "hope") == ()
    wanted = [*_with(library, "hope", preferred="Hoping"), Entry("a-new-one", "New", broader="hope")]
    topics.load(library, wanted, dry_run=True)
    topics.load(library, wanted)
    topics.load(library, wanted)
    (added, changed) = topic_history.read(library)
    assert (changed.who, changed.topic, changed.what) == (library.curator, "hope", "changed")
    assert changed.details == {"preferred": ["Hope", "Hoping"]}
    assert (added.topic, added.what) == ("a-new-one", "added")
    assert added.details == {"preferred": ["", "New"], "broader": [None, "hope"]}
    topics.load(library, [each for each in wanted if each.slug != "a-new-one"], remove=True)
    assert [each.what for each in topic_history.read(library, "a-new-one")] == ["added", "removed"]
    with pytest.raises(NotFound, match=r"no topic “a-new-on”. Did you mean “a-new-one”"):
        topic_history.read(library, "a-new-on")
