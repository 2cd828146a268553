"""One resource: found, listed, revised, published, withdrawn, and its history."""

from __future__ import annotations

import pytest

from clearinghouse.errors import Invalid, NotFound, Unknown, Withdrawn, http_status
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.visiting import browsing
from tests.clearinghouse import making


def test_a_draft_without_kind_and_audience_cannot_be_published(library: Library) -> None:
    slug = making.a_resource(library, "A guide", kind=None, audiences=None, draft=True)
    sentence = "needs a kind and an audience .*`clearinghouse edit a-guide --kind KIND --audience AUDIENCE`"
    with pytest.raises(Invalid, match=sentence):
        catalogue.publish(library, slug)
    assert catalogue.show(library, slug).view.card.status == "draft"


def test_only_what_is_missing_is_asked_for(library: Library) -> None:
    slug = making.a_resource(library, "A guide", audiences=None, draft=True)
    with pytest.raises(Invalid, match=r"needs an audience before .*`clearinghouse edit a-guide --audience AUD"):
        catalogue.publish(library, slug)


def test_publishing_twice_is_publishing_once(library: Library) -> None:
    slug = making.a_resource(library, "A guide", draft=True)
    assert catalogue.publish(library, slug) is True
    first = catalogue.show(library, slug).view.card.published_at
    assert catalogue.publish(library, slug) is False
    assert catalogue.show(library, slug).view.card.published_at == first
    assert [entry.what for entry in catalogue.history(library, slug)] == ["added", "published"]


def test_a_published_resource_never_loses_its_audience(library: Library) -> None:
    slug = making.a_resource(library, "A guide")
    with pytest.raises(Invalid, match="needs an audience"):
        catalogue.revise(library, slug, Record(audiences=()))
    assert catalogue.show(library, slug).view.card.audiences == ("staff",)


@pytest.mark.parametrize("reason", ["", "  "])
def test_withdrawing_needs_a_reason(library: Library, reason: str) -> None:
    slug = making.a_resource(library, "A guide")
    with pytest.raises(Invalid, match=r"Say why it is withdrawn.*--reason"):
        catalogue.withdraw(library, slug, reason)
    assert browsing.resource(library, slug).card.status == "published"


def test_a_withdrawn_resource_is_gone_with_its_reason(library: Library) -> None:
    slug = making.a_resource(library, "A guide", "Some words.")
    assert catalogue.withdraw(library, slug, " Replaced by the 2024 edition. ") is True
    assert catalogue.withdraw(library, slug, "Again") is False
    with pytest.raises(Withdrawn, match=r"“A guide” has been withdrawn. Replaced by the 2024 edition.") as problem:
        browsing.resource(library, slug)
    assert http_status(problem.value) == 410
    filing = catalogue.show(library, slug)
    assert filing.view.withdrawn_reason == "Replaced by the 2024 edition."
    assert filing.texts[0][0].text == "Some words."


def test_a_withdrawn_resource_may_come_back(library: Library) -> None:
    slug = making.a_resource(library, "A guide")
    since = catalogue.show(library, slug).view.card.published_at
    catalogue.withdraw(library, slug, "A mistake in it")
    assert catalogue.publish(library, slug) is True
    shown = browsing.resource(library, slug)
    assert shown.withdrawn_reason == ""
    assert shown.card.published_at == since
    assert [entry.what for entry in catalogue.history(library, slug)] == [
        "added",
        "published",
        "withdrawn",
        "published",
    ]


def test_an_address_never_changes_though_the_title_does(library: Library) -> None:
    slug = making.a_resource(library, "A guide")
    catalogue.revise(library, slug, Record(title="A better guide"))
    assert slug == "a-guide"
    assert browsing.resource(library, slug).card.title == "A better guide"


def test_works_of_the_same_title_have_addresses_of_their_own(library: Library) -> None:
    slugs = [making.a_resource(library, "Peer support: a guide") for _ in range(3)]
    assert slugs == ["peer-support-a-guide", "peer-support-a-guide-2", "peer-support-a-guide-3"]


def test_a_title_without_a_latin_letter_has_an_address_too(library: Library) -> None:
    assert making.a_resource(library, "心理健康") == "xin-li-jian-kang"
    assert making.a_resource(library, "Ψυχή") == "psychi"
    assert making.a_resource(library, "🙂") == "resource"


def test_an_unknown_slug_names_the_nearest(library: Library) -> None:
    making.a_resource(library, "A guide to hope")
    sentence = "no resource “a-guide-to-hoep”. Did you mean “a-guide-to-hope”.*`clearinghouse list`"
    for use_case in (
        catalogue.show,
        catalogue.history,
        catalogue.publish,
        lambda library, slug: catalogue.withdraw(library, slug, "Why not"),
        lambda library, slug: catalogue.revise(library, slug, Record(year=2001)),
    ):
        with pytest.raises(NotFound, match=sentence):
            use_case(library, "a-guide-to-hoep")


def test_the_history_says_who_changed_what_and_when(library: Library) -> None:
    slug = making.a_resource(library, "A guide", year=2001)
    catalogue.revise(library, slug, Record(year=2002, topics=("hope",)))
    catalogue.revise(library, slug, Record(year=2002))
    last = catalogue.history(library, slug)[-1]
    assert (last.who, last.what) == ("A Curator", "revised")
    assert last.details == {"year": [2001, 2002], "topics": [[], ["hope"]]}
    assert last.at.tzinfo is not None
    assert len(catalogue.history(library, slug)) == 3


def test_the_list_is_by_title_and_narrowed_by_each_filter(library: Library) -> None:
    making.a_resource(library, "B", kind="video", audiences=("carers",))
    making.a_resource(library, "A", kind="policy", audiences=("carers", "staff"))
    making.a_resource(library, "C", kind="policy", draft=True)
    assert [card.title for card in catalogue.listing(library)] == ["A", "B", "C"]
    assert [card.title for card in catalogue.listing(library, audience="carers")] == ["A", "B"]
    assert [card.title for card in catalogue.listing(library, kind="policy")] == ["A", "C"]
    assert [card.title for card in catalogue.listing(library, kind="policy", status="draft")] == ["C"]
    with pytest.raises(Unknown, match="no status “live”"):
        catalogue.listing(library, status="live")
