"""The curator's review: what a draft shows, and what each decision does to it and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearinghouse.acquisition import drafts, reviewing
from clearinghouse.acquisition.reviewing import Decided, Decision
from clearinghouse.errors import Invalid, NotFound, Unknown
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Harvest, HarvestItem, Resource
from clearinghouse.visiting import browsing
from tests.clearinghouse.making import a_resource, document, take_in, wanted

GUESSED = {
    "kind": "guideline",
    "audiences": ["staff", "carers"],
    "because": {"kind": ["handbook"], "audiences": ["supervision", "families"]},
}


def a_draft(library: Library, title: str = "A handbook", *pages: str, **guessed: object) -> str:
    """A draft without kind or audience, with guesses at both."""
    slug = a_resource(library, title, *(pages or ("How to begin.",)), kind=None, audiences=None, draft=True)
    with library.database.writing() as session:
        catalogue.find(session, slug).guessed = guessed or GUESSED
    return slug


def do(library: Library, slug: str, what: str, **rest: object) -> Decided:
    return reviewing.decide(library, Decision(slug, what, **rest))  # type: ignore[arg-type]


def everything(library: Library, slug: str) -> dict[str, object]:
    """The columns of the row and what hangs on it."""
    with library.database.reading() as session:
        row = catalogue.find(session, slug)
        names = {each.name for each in Resource.__table__.columns} - {"changed_at"}  # taking back is a change too
        columns = {name: getattr(row, name) for name in names}
        hanging = {"audiences": {each.audience for each in row.audiences}, "topics": len(row.topics)}
        return columns | hanging | {"forms": {each.key: each.word_count for each in row.editions}}


def test_a_draft_says_what_was_found_and_what_is_guessed_and_why(library: Library) -> None:
    slug = a_draft(library, "A handbook", "Words of hope.")
    draft = drafts.show(library, slug)
    assert [(each.name, each.value, each.told_by) for each in draft.found] == [
        ("title", "A handbook", "a curator")
    ]
    assert [(each.name, each.value, each.because) for each in draft.guessed] == [
        ("kind", "guideline", ("handbook",)),
        ("audiences", ("staff", "carers"), ("supervision", "families")),
    ]
    assert draft.lacks == ()
    assert draft.beginning == "Words of hope."


def test_what_is_lacking_and_not_even_guessed_is_said(library: Library) -> None:
    assert drafts.show(library, a_draft(library, kind="guideline")).lacks == ("audiences",)


def test_the_guesses_of_an_older_draft_share_their_words(library: Library) -> None:
    slug = a_draft(library, kind="guideline", audiences=["staff"], because=["handbook"])
    assert [each.because for each in drafts.show(library, slug).guessed] == [("handbook",)] * 2


def test_accepting_makes_a_guess_the_curators_word_and_publishes_nothing(library: Library) -> None:
    slug = a_draft(library)
    decided = do(library, slug, "accept")
    assert decided.changed == {"kind": [None, "guideline"], "audiences": [[], ["carers", "staff"]]}
    assert decided.status == "draft"
    draft = drafts.show(library, slug)
    assert draft.guessed == ()
    assert [each.told_by for each in draft.found if each.name == "kind"] == ["a curator"]


def test_one_guess_can_be_accepted_and_the_other_left(library: Library) -> None:
    slug = a_draft(library)
    do(library, slug, "accept", guesses=("kind",))
    assert [each.name for each in drafts.show(library, slug).guessed] == ["audiences"]
    with pytest.raises(Invalid, match="There is no guess at “kind”; guessed of “a-handbook” is audiences"):
        do(library, slug, "accept", guesses=("kind",))


def test_publishing_takes_the_guesses_and_shows_it_to_visitors(library: Library) -> None:
    slug = a_draft(library)
    do(library, slug, "publish")
    card = browsing.resource(library, slug).card
    assert (card.kind, card.audiences) == ("guideline", ("carers", "staff"))
    assert [each.what for each in catalogue.history(library, slug)][-2:] == ["revised", "published"]


def test_what_a_curator_said_counts_before_a_guess(library: Library) -> None:
    slug = a_draft(library)
    do(library, slug, "publish", said=Record(audiences=("providers",)))
    assert browsing.resource(library, slug).card.audiences == ("providers",)


def test_a_field_emptied_by_hand_is_not_filled_by_a_guess(library: Library) -> None:
    slug = a_draft(library, kind="story", audiences=["staff"], topics=["hope"])
    do(library, slug, "change", emptied=("topics",))
    assert [each.name for each in drafts.show(library, slug).guessed] == ["kind", "audiences"]
    do(library, slug, "publish")
    assert browsing.resource(library, slug).topics == ()


def test_a_draft_that_lacks_something_is_not_published_and_not_half_changed(library: Library) -> None:
    slug = a_draft(library, kind="story")
    before = everything(library, slug)
    with pytest.raises(Invalid, match="needs an audience"):
        do(library, slug, "publish", said=Record(year=2020))
    assert everything(library, slug) == before


def test_a_skipped_draft_comes_after_the_others(library: Library) -> None:
    slugs = [a_draft(library, title) for title in ("One", "Two", "Three")]
    do(library, slugs[1], "skip")
    do(library, slugs[0], "skip")
    assert drafts.waiting(library) == ("three", "two", "one")
    assert drafts.waiting(library, limit=2) == ("three", "two")


def test_drafts_can_be_asked_for_by_the_kind_they_have_or_seem_to_have(library: Library) -> None:
    a_draft(library, "Guessed")
    a_resource(library, "Said", kind="guideline", audiences=None, draft=True)
    a_draft(library, "Other", kind="story")
    assert drafts.waiting(library, kind="guideline") == ("guessed", "said")
    assert drafts.number(library, kind="Story") == 1
    with pytest.raises(Unknown):
        drafts.waiting(library, kind="novel")


def test_a_discarded_draft_is_kept_unseen_and_known_when_its_file_comes_again(library: Library) -> None:
    path = document(library, "advert.md", "# An advert\n\nBuy now.\n")
    (outcome,) = take_in(library, wanted(path, Record()))
    slug = outcome.slug or ""
    do(library, slug, "discard", reason="An advert")
    with pytest.raises(NotFound):
        browsing.resource(library, slug)
    assert catalogue.show(library, slug).view.withdrawn_reason == "Discarded in review: An advert"
    assert catalogue.history(library, slug)[-1].what == "discarded"
    assert drafts.waiting(library) == ()
    assert [each.outcome for each in take_in(library, wanted(path, Record()))] == ["duplicate"]


@pytest.mark.parametrize("what", reviewing.DECISIONS)
def test_every_decision_can_be_taken_back_whole(library: Library, what: str) -> None:
    a_resource(library, "The guide", "Words.")
    slug = a_draft(library, kind="story", audiences=["staff"], topics=["hope"])
    before = everything(library, slug)
    said = Record(title="Another", authors=("A. Person",), details={"cost": "free"})
    decided = do(library, slug, what, said=said, to="the-guide")
    assert everything(library, slug) != before
    reviewing.undo(library, decided)
    assert everything(library, slug) == before
    assert catalogue.history(library, slug)[-1].what == "undone"


def test_decisions_are_taken_back_one_after_the_other(library: Library) -> None:
    slug = a_draft(library)
    before = everything(library, slug)
    first = do(library, slug, "accept", guesses=("kind",))
    second = do(library, slug, "skip")
    third = do(library, slug, "publish")
    for decided in (third, second, first):
        reviewing.undo(library, decided)
    assert everything(library, slug) == before


def test_what_somebody_changed_since_is_not_taken_back(library: Library) -> None:
    slug = a_draft(library)
    decided = do(library, slug, "publish")
    catalogue.revise(library, slug, Record(title="Better"))
    with pytest.raises(Invalid, match="has changed since"):
        reviewing.undo(library, decided)
    assert browsing.resource(library, slug).card.title == "Better"


def test_a_decision_on_a_draft_that_has_changed_since_it_was_looked_at_is_refused(library: Library) -> None:
    slug = a_draft(library)
    looked = Decision(slug, "publish", seen=drafts.show(library, slug).updated_at)
    catalogue.revise(library, slug, Record(title="Better"))
    with pytest.raises(Invalid, match="look again"):
        reviewing.decide(library, looked)
    reviewing.decide(library, replace(looked, seen=drafts.show(library, slug).updated_at))
    assert browsing.resource(library, slug).card.title == "Better"


@pytest.mark.parametrize("what", reviewing.DECISIONS)
def test_nothing_guessed_touches_what_is_published(library: Library, what: str) -> None:
    slug = a_resource(library, "Shown")
    with library.database.writing() as session:
        catalogue.find(session, slug).guessed = {"speaks": "academic", "because": ["methods"]}
    before = everything(library, slug)
    with pytest.raises(Invalid, match="is published, no draft"):
        do(library, slug, what)
    assert everything(library, slug) == before


def test_nobody_can_do_what_is_no_decision(library: Library) -> None:
    with pytest.raises(Unknown, match="Did you mean “publish”"):
        do(library, a_draft(library), "pubish")


def test_a_draft_that_is_another_form_of_a_work_is_moved_there_and_back(library: Library) -> None:
    a_resource(library, "The guide", "Words of hope.")
    slug = a_draft(library, "The guide, once more", "Other words.")
    decided = do(library, slug, "move", to="the-guide")
    assert [each.key for each in catalogue.show(library, "the-guide").view.editions] == ["full-en", "full-en-2"]
    assert drafts.waiting(library) == ()
    reviewing.undo(library, decided)
    assert [each.key for each in catalogue.show(library, "the-guide").view.editions] == ["full-en"]
    assert [each.key for each in drafts.show(library, slug).editions] == ["full-en"]
    with pytest.raises(NotFound, match="Did you mean “the-guide”"):
        do(library, slug, "move", to="the-gide")


def test_nearly_the_same_text_is_named_with_its_share(library: Library) -> None:
    text = " ".join(f"Word number {number} of a long text about hope and peers." for number in range(60))
    first = document(library, "first.md", f"# A guide\n\n{text}\n")
    second = document(library, "second.md", f"# A guide\n\n{text} And a few words more.\n")
    take_in(library, wanted(first), wanted(second, Record()))
    (slug,) = drafts.waiting(library)
    (other,) = drafts.show(library, slug).alike
    assert (other.slug, other.share > 0.9) == ("a-guide", True)


def test_drafts_can_be_asked_for_by_the_harvest_that_brought_them(library: Library) -> None:
    slug = a_draft(library)
    a_draft(library, "Another")
    with library.database.writing() as session:
        harvest = Harvest(name="journal", address="https://example.org/feed", kind="feed", said={}, options={})
        row = catalogue.find(session, slug)
        item = HarvestItem(key="1", identifier="1", state="taken", resource=row, described={}, files=[])
        harvest.items.append(item)
        session.add(harvest)
    assert drafts.waiting(library, harvest="journal") == (slug,)
    with pytest.raises(NotFound, match="Did you mean “journal”"):
        drafts.waiting(library, harvest="jurnal")
