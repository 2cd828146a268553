"""One work that comes in twice: as a page, and as a record that links to that page."""

from __future__ import annotations

from clearinghouse.acquisition import drafts
from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.holdings import apart, forms
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from tests.clearinghouse import making
from tests.site import Site, some_words


def _page(title: str) -> str:
    return f"<title>{title}</title><h1>{title}</h1><p>{some_words(title)}</p>"


def test_a_page_that_a_record_links_to_is_kept_as_a_draft_and_says_so(library: Library, site: Site) -> None:
    address = site.put("/kettle.html", _page("Tea and company"))
    making.a_resource(library, "The kettle", link=address)
    (found,) = making.take_in(library, making.wanted(address))
    assert (found.outcome, found.status) == ("added", "draft")
    assert found.warnings[0] == "Its address is the link of “the-kettle”."
    assert f"clearinghouse edition move {found.slug} the-kettle" in found.warnings[1]
    slug = found.slug or ""
    assert [each.slug for each in drafts.show(library, slug).alike] == ["the-kettle"]
    forms.move(library, slug, "the-kettle")
    assert [each.key for each in forms.listing(library, "the-kettle")] == ["full"]


def test_that_they_are_two_works_is_said_once(library: Library, site: Site) -> None:
    address = site.put("/kettle.html", _page("Tea and company"))
    making.a_resource(library, "The kettle", link=address)
    (found,) = making.take_in(library, making.wanted(address))
    apart.keep(library, found.slug or "", "the-kettle")
    assert drafts.show(library, found.slug or "").alike == ()


def test_a_record_of_a_page_that_is_here_is_known_by_address_and_title(library: Library, site: Site) -> None:
    address = site.put("/kettle.html", _page("The kettle"))
    (page,) = making.take_in(library, making.wanted(address))
    records = [
        Wanted(shown="a list", record=Record(title=title, link=address)) for title in ("The kettle", "A course")
    ]
    same, other = making.take_in(library, *records)
    assert same.slug == page.slug
    assert other.slug not in {page.slug, None}


def test_many_resources_may_link_to_one_front_page(library: Library, site: Site) -> None:
    address = site.put("/", _page("A school"))
    making.a_resource(library, "A course", link=address)
    (found,) = making.take_in(library, making.wanted(address))
    assert found.alike == ()
