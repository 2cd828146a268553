"""The index is the database's shadow: each change leaves word, a sync writes just that, a check finds drift."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse import indexing, lease
from clearinghouse.errors import Occupied
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.indexing import Drift, Synced, documents
from clearinghouse.library import Library
from clearinghouse.models import Change, Edition, Page, Resource, Topic
from clearinghouse.search import discovery
from clearinghouse.search.discovery import Question
from clearinghouse.upkeep import health
from index import Document, layout
from index.errors import Unavailable
from index.layout import Laid
from tests.clearinghouse import making


def _documents(library: Library) -> dict[str, Document]:
    """Title to the document of every published resource."""
    with library.database.reading() as session:
        ids = list(session.scalars(select(Resource.id).where(Resource.status == "published")))
    return {each.title: each for each in documents.of(library, ids)}


def _waiting(library: Library) -> set[str]:
    """Slugs with a change in the outbox."""
    with library.database.reading() as session:
        return set(session.scalars(select(Resource.slug).where(Resource.id.in_(select(Change.resource_id)))))


def _topics(session: Session) -> None:
    topic = session.scalars(select(Topic).where(Topic.slug == "hope")).one()
    topic.preferred = "Hope and optimism"


def _page(session: Session) -> None:
    session.scalars(select(Page)).first().text = "Other words."  # type: ignore[union-attr]


def _edition(session: Session) -> None:
    session.scalars(select(Edition)).first().language = "it"  # type: ignore[union-attr]


def _gone(session: Session) -> None:
    session.delete(session.scalars(select(Edition)).first())


@pytest.mark.parametrize(
    "said",
    [
        Record(title="Another title"),
        Record(authors=("Somebody",)),
        Record(audiences=("carers",)),
        Record(topics=("stigma",)),
        Record(identifiers={"doi": "10.1/2"}),
        Record(year=1999),
    ],
)
def test_whatever_a_curator_changes_waits_for_the_index(library: Library, said: Record) -> None:
    slug = making.a_resource(library, "A guide", "Words.", topics=("hope",))
    making.a_resource(library, "Another", "Words.")
    indexing.sync(library)
    catalogue.revise(library, slug, said)
    assert _waiting(library) == {slug}
    assert indexing.check(library) == Drift(different=(slug,), waiting=indexing.pending(library))
    assert indexing.sync(library) == Synced(put=1, dropped=0)
    assert indexing.check(library) == Drift()


@pytest.mark.parametrize("change", [_topics, _page, _edition, _gone])
def test_whatever_hangs_on_a_resource_waits_for_the_index(
    library: Library, change: Callable[[Session], None]
) -> None:
    slug = making.a_resource(library, "A guide", "Words.", topics=("hope",))
    making.a_resource(library, "Another")
    indexing.sync(library)
    with library.database.writing() as session:
        change(session)
    assert _waiting(library) == {slug}
    indexing.sync(library)
    assert indexing.check(library) == Drift()


def test_a_change_that_is_undone_leaves_nothing_waiting(library: Library) -> None:
    slug = making.a_resource(library, "A guide")
    indexing.sync(library)

    def fail() -> None:
        with library.database.writing() as session:
            catalogue.find(session, slug).year = 1999
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _waiting(library) == set()


def test_a_sync_writes_exactly_what_changed(library: Library) -> None:
    slugs = [making.a_resource(library, f"Guide {number}", "Words.") for number in range(5)]
    making.a_resource(library, "A draft", draft=True)
    assert indexing.sync(library) == Synced(put=5, dropped=1)
    assert indexing.sync(library) == Synced(put=0, dropped=0)
    catalogue.revise(library, slugs[0], Record(year=2000))
    catalogue.revise(library, slugs[0], Record(year=2001))
    catalogue.withdraw(library, slugs[1], "Old")
    assert indexing.sync(library) == Synced(put=1, dropped=1)
    assert len(library.engine.digests()) == 4


def test_a_change_made_while_the_index_is_written_is_not_forgotten(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = making.a_resource(library, "A guide", "Words.")
    real = documents.of

    def slow(of: Library, ids: list[int]) -> object:
        made = list(real(of, ids))
        if indexing.pending(of) and not changed:
            changed.append(catalogue.revise(of, slug, Record(year=1999)))
        return iter(made)

    changed: list[object] = []
    monkeypatch.setattr(documents, "of", slow)
    indexing.sync(library)
    assert changed
    monkeypatch.undo()
    assert indexing.pending(library) == 0
    assert indexing.check(library) == Drift()


def test_one_process_at_a_time_writes_the_index(library: Library) -> None:
    making.a_resource(library, "A guide")
    with lease.held(library.database), pytest.raises(Occupied):
        indexing.sync(library, wait=0)
    assert indexing.sync(library).put == 1


def test_a_rebuild_makes_the_same_index_again(library: Library) -> None:
    for number in range(3):
        making.a_resource(library, f"Guide {number}", "Words.")
    indexing.sync(library)
    before = library.engine.digests()
    shutil.rmtree(Path(library.settings.index_url.removeprefix("whoosh://")))
    assert indexing.check(library).missing == ("guide-0", "guide-1", "guide-2")
    done: list[int] = []
    assert indexing.rebuild(library, progress=done.append) == Synced(put=3, dropped=0)
    assert done == [1, 2, 3]
    assert indexing.size(library) == 3
    assert library.engine.digests() == before
    assert indexing.pending(library) == 0


def test_words_lost_within_the_index_are_found_and_it_is_made_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        making.a_resource(library, f"Guide {number}", f"Words of hope {number}.")

    def without_hope(documents: Sequence[Document]) -> list[Laid]:
        return [
            replace(laid, postings={key: each for key, each in laid.postings.items() if b"hope" not in key})
            for laid in layout.lay_out(documents)
        ]

    with monkeypatch.context() as broken:
        broken.setattr("index.whoosh_store.lay_out", without_hope)
        indexing.sync(library)
    assert discovery.search(library, Question("hope")).total == 0
    drift = indexing.check(library)
    assert drift == Drift(lacking=("guide-0", "guide-1", "guide-2"))
    assert [each.well for each in health.examine(library) if each.name == "index"] == [False]
    assert indexing.repair(library) == drift
    assert indexing.check(library) == Drift()
    assert discovery.search(library, Question("hope")).total == 3


def test_a_check_looks_into_some_of_many(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearinghouse.indexing.shadow.LOOKED_INTO", 5)
    monkeypatch.setattr("clearinghouse.indexing.shadow._TOGETHER", 2)
    for number in range(12):
        making.a_resource(library, f"Guide {number}", "Words.")
    indexing.sync(library)
    looked: list[int] = []
    lacking = library.engine.lacking

    def looking(some: list[Document]) -> set[str]:
        looked.append(len(some))
        return lacking(some)

    monkeypatch.setattr(library.engine, "lacking", looking)
    assert indexing.check(library) == Drift()
    assert looked == [2, 2, 1]


def test_a_check_names_every_difference_and_a_repair_mends_them(library: Library) -> None:
    slugs = [making.a_resource(library, f"Guide {number}", "Words.") for number in range(4)]
    indexing.sync(library)
    with library.database.reading() as session:
        rows = {row.slug: row for row in session.scalars(select(Resource))}
        wrong = _documents(library)["Guide 1"]
        gone = str(rows[slugs[0]].id)
    catalogue.withdraw(library, slugs[2], "Old")
    with library.database.writing() as session:
        session.execute(Change.__table__.delete())  # as if the word of it had been lost
    library.engine.write([replace(wrong, title="Wrong"), Document(id="999", title="Surplus")], [gone])
    drift = indexing.check(library)
    assert (drift.missing, drift.different, set(drift.surplus)) == ((slugs[0],), (slugs[1],), {slugs[2], "999"})
    assert indexing.repair(library) == drift
    assert indexing.check(library) == Drift()
    assert discovery.search(library, Question("guide")).total == 3


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves the file open
def test_an_index_that_is_damaged_is_made_again_by_a_rebuild(library: Library) -> None:
    making.a_resource(library, "A guide", "Words.")
    indexing.sync(library)
    for path in Path(library.settings.index_url.removeprefix("whoosh://")).iterdir():
        path.write_bytes(b"rubbish")
    library.engine.close()
    with pytest.raises(Unavailable, match="`clearinghouse index rebuild`"):
        indexing.check(library)
    indexing.rebuild(library)
    assert indexing.check(library) == Drift()


def test_a_document_says_what_a_visitor_may_choose(library: Library) -> None:
    slug = making.a_resource(
        library, "A guide", "One.", "Two.", audiences=("staff", "carers"), topics=("hope",), year=2001
    )
    making.an_edition(library, slug, "Uno.", form="translation", language="it-IT")
    document = _documents(library)["A guide"]
    assert document.facets == {
        "audience": ("carers", "staff"),
        "kind": ("guideline",),
        "topic": ("hope",),
        "language": ("en", "it"),
        "form": ("full", "translation"),
        "speaks": (),
        "jurisdiction": (),
        "notes": ("none",),
    }
    assert [(page.edition, page.number, page.text, page.meant) for page in document.pages] == [
        ("full-en", 1, "One.", True),
        ("full-en", 2, "Two.", True),
        ("translation-it", 1, "Uno.", False),
    ]
    assert document.topics == ("Hope",)


def test_what_is_in_no_english_tells_what_it_is_about_as_it_is(library: Library) -> None:
    slug = making.a_resource(library, "Una guida")
    making.an_edition(library, slug, "Uno.", language="it")
    making.an_edition(library, slug, "Eins.", form="translation", language="de")
    assert [page.meant for page in _documents(library)["Una guida"].pages] == [True, True]


def test_a_resource_is_found_under_every_topic_that_takes_its_own_in_and_counted_once(library: Library) -> None:
    making.a_resource(library, "Groups", "Words.", topics=("group-facilitation", "intentional-peer-support"))
    making.a_resource(library, "Support", "Words.", topics=("peer-support",))
    making.a_resource(library, "Hope", "Words.", topics=("hope",))
    indexing.sync(library)
    found = discovery.search(library, Question(filters={"topic": ("peer-support",)}))
    assert {each.card.title for each in found.found} == {"Groups", "Support"}
    assert (found.total, found.counts["topic"]["peer-support"], found.counts["topic"]["group-facilitation"]) == (
        2,
        2,
        1,
    )
    assert _documents(library)["Groups"].topics == ("Group facilitation", "Intentional Peer Support")


def test_a_topic_that_moves_takes_what_is_beneath_it_along(library: Library) -> None:
    making.a_resource(library, "A circle", topics=("group-facilitation",))
    making.a_resource(library, "Hope")
    indexing.sync(library)
    with library.database.writing() as session:
        topics = {each.slug: each for each in session.scalars(select(Topic))}
        topics["peer-support"].broader = topics["hope"]
    assert _waiting(library) == {"a-circle"}
    indexing.sync(library)
    assert indexing.check(library) == Drift()
    assert discovery.search(library, Question(filters={"topic": ("hope",)})).total == 1
