from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update

from clearinghouse.acquisition import drafts
from clearinghouse.acquisition.alike import alike, pairs
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.holdings import apart, catalogue, fingerprints, forms
from clearinghouse.library import Library
from clearinghouse.models import Fingerprint, FingerprintBand
from tests.clearinghouse import making

TEXT = " ".join(
    f"In week {number} the group speaks of {topic}, and of what each of them would have wanted to hear then."
    for number, topic in enumerate(
        ("hope", "anger", "sleep", "work", "money", "friends", "trust", "medicine", "family", "rights", "rest")
    )
)
NEARLY = TEXT.replace("anger", "fear").replace("sleep", "dreams")
OTHER = " ".join(
    f"Peer work is paid work, and year {number} of it is unlike year {number + 1}." for number in range(9)
)


def test_a_document_that_is_nearly_the_same_as_another_is_kept_as_a_draft_and_says_so(library: Library) -> None:
    making.a_resource(library, "The group book", TEXT)
    path = making.document(library, "again.txt", NEARLY)
    (found,) = making.take_in(library, making.wanted(path))
    assert (found.outcome, found.status) == ("added", "draft")
    assert [each.slug for each in found.alike] == ["the-group-book"]
    assert 0.6 < found.alike[0].share < 0.95
    assert found.warnings[0] == f"{found.alike[0].share:.0%} the same as “the-group-book”."
    assert f"clearinghouse edition move {found.slug} the-group-book" in found.warnings[1]
    assert catalogue.publish(library, found.slug or "")


def test_a_document_unlike_all_others_is_shown_at_once(library: Library) -> None:
    making.a_resource(library, "The group book", TEXT)
    (found,) = making.take_in(library, making.wanted(making.document(library, "other.txt", OTHER)))
    assert (found.status, found.alike) == ("published", ())


def test_what_was_withdrawn_is_named_with_its_reason(library: Library) -> None:
    making.a_resource(library, "The group book", TEXT)
    catalogue.withdraw(library, "the-group-book", "The authors asked for it.")
    (found,) = making.take_in(library, making.wanted(making.document(library, "again.txt", NEARLY)))
    assert "which was withdrawn: The authors asked for it." in found.warnings[0]
    assert [pair.one.status for pair in pairs(library)] == ["withdrawn"]


def test_another_form_of_the_same_work_is_no_duplicate(library: Library) -> None:
    slug = making.a_resource(library, "The group book", TEXT)
    path = making.document(library, "again.txt", NEARLY)
    (found,) = making.take_in(library, making.wanted(path, edition_of=slug))
    assert (found.status, found.alike) == ("published", ())
    assert pairs(library) == ()


def test_pairs_come_once_by_their_most_alike_forms_and_the_most_alike_first(library: Library) -> None:
    making.a_resource(library, "First", TEXT)
    making.a_resource(library, "Second", NEARLY)
    making.an_edition(library, "second", TEXT.replace("hope", "joy"), form="summary")
    making.a_resource(library, "Third", TEXT + " A last word.")
    making.a_resource(library, "Fourth", OTHER)
    found = pairs(library)
    assert {(pair.one.slug, pair.other.slug) for pair in found} == {
        ("first", "second"),
        ("first", "third"),
        ("second", "third"),
    }
    assert [pair.share for pair in found] == sorted((pair.share for pair in found), reverse=True)
    assert next(pair for pair in found if pair.other.slug == "second").other.key == "summary-en"
    assert pairs(library, least=0.99) == ()


def test_a_newer_edition_that_took_the_place_of_a_withdrawn_one_is_no_pair(library: Library) -> None:
    making.a_resource(library, "First", TEXT)
    making.a_resource(library, "Second", NEARLY)
    catalogue.withdraw(library, "first", "Replaced by the second.")
    assert pairs(library) == ()


def test_a_text_that_is_replaced_or_taken_away_takes_its_fingerprint_with_it(library: Library) -> None:
    slug = making.a_resource(library, "First", TEXT)
    with library.database.writing() as session:
        (edition,) = catalogue.find(session, slug).editions
        source = making.ingest.read_file(making.document(library, "new.txt", OTHER), max_bytes=10_000)
        making.editions.replace_text(session, edition, source, making.extracted(OTHER))
        places = fingerprints.read(session.get_one(Fingerprint, edition.id))
        assert tuple(places) == making.extracted(OTHER).fingerprint
    forms.remove(library, slug, "full-en")
    with library.database.reading() as session:
        assert session.scalars(select(Fingerprint.edition_id)).all() == []
        assert session.scalars(select(FingerprintBand.edition_id)).all() == []


def test_a_library_older_than_fingerprints_gets_them_worked_out(library: Library) -> None:
    making.a_resource(library, "First", TEXT)
    making.a_resource(library, "Second", NEARLY)
    making.a_resource(library, "Short", "Two words.")
    with library.database.writing() as session:
        session.execute(delete(FingerprintBand))
        session.execute(update(Fingerprint).values(version=0))
    assert pairs(library) == ()
    assert fingerprints.waiting(library) == 2
    assert fingerprints.work_out(library) == 2
    assert fingerprints.waiting(library) == 0
    assert [pair.other.slug for pair in pairs(library)] == ["second"]


def test_forms_of_a_resource_become_forms_of_another(library: Library) -> None:
    making.a_resource(library, "First", TEXT)
    making.a_resource(library, "Second", NEARLY, draft=True)
    assert forms.move(library, "second", "first") == ("full-en-2",)
    assert [each.key for each in forms.listing(library, "first")] == ["full-en", "full-en-2"]
    left = catalogue.show(library, "second")
    assert (left.view.card.status, left.view.withdrawn_reason) == ("withdrawn", "It is a form of “First” now.")
    assert catalogue.history(library, "first")[-1].details == {"moved from": "second", "edition": "full-en-2"}
    with pytest.raises(Invalid, match="no form that could be moved"):
        forms.move(library, "second", "first")
    with pytest.raises(Invalid, match="into itself"):
        forms.move(library, "first", "first")


def test_alike_finds_nothing_for_a_text_too_short_to_be_known(library: Library) -> None:
    making.a_resource(library, "Short", "Two words.")
    making.a_resource(library, "Short too", "Two words.")
    with library.database.reading() as session:
        assert alike(session, catalogue.find(session, "short").editions[0]) == []


def test_a_pair_that_a_curator_said_is_not_the_same_is_named_no_more(library: Library) -> None:
    making.a_resource(library, "First", TEXT)
    making.a_resource(library, "Second", NEARLY, draft=True)
    making.a_resource(library, "Third", TEXT + " A last word.")
    assert apart.keep(library, "second", "first") == ("first",)
    assert apart.keep(library, "first", "second") == ()
    assert {(pair.one.slug, pair.other.slug) for pair in pairs(library)} == {
        ("first", "third"),
        ("second", "third"),
    }
    assert [(pair.one.slug, pair.other.slug) for pair in pairs(library, kept_apart=True)] == [("first", "second")]
    assert [each.slug for each in drafts.show(library, "second").alike] == ["third"]
    assert catalogue.history(library, "second")[-1].details == {"from": "first"}


def test_a_pair_that_was_kept_apart_can_be_put_together_again(library: Library) -> None:
    making.a_resource(library, "First", TEXT)
    making.a_resource(library, "Second", NEARLY)
    apart.keep(library, "first", "second")
    assert apart.together(library, "second", "first") == ("first",)
    assert apart.together(library, "second", "first") == ()
    assert [pair.other.slug for pair in pairs(library)] == ["second"]
    with pytest.raises(Invalid, match="the same as itself"):
        apart.keep(library, "first", "first")
    with pytest.raises(NotFound):
        apart.keep(library, "first", "secnod")


def test_a_pair_is_kept_apart_until_one_of_its_texts_is_another(library: Library) -> None:
    making.a_resource(library, "First", TEXT)
    making.a_resource(library, "Second", NEARLY)
    apart.keep(library, "first", "second")

    def read_again(text: str) -> None:
        with library.database.writing() as session:
            (edition,) = catalogue.find(session, "second").editions
            source = making.ingest.read_file(making.document(library, "again.txt", text), max_bytes=10_000)
            making.editions.replace_text(session, edition, source, making.extracted(text))

    read_again(NEARLY)
    assert pairs(library) == ()
    read_again(NEARLY.replace("trust", "doubt"))
    assert [pair.other.slug for pair in pairs(library)] == ["second"]
