"""Resources, their editions, and the text of these."""

from __future__ import annotations

from clearinghouse.errors import NotFound
from clearinghouse.search import similar as use_case
from clearinghouse.views import EditionView
from clearinghouse.visiting import browsing, listing
from clearinghouse.web import site
from clearinghouse.web.api import asked as may_ask
from clearinghouse.web.api import making, shapes
from clearinghouse.web.api.operations import operation

AREA = "Resources"


@operation("/resources", AREA)
def resources(asked: may_ask.Resources) -> shapes.Resources:
    """Everything in the library, newest first or by title."""
    found = listing.published(site.library(), page=asked.page, size=asked.size, order=asked.sort)
    return shapes.Resources(total=found.total, resources=[making.resource(each) for each in found.resources])


@operation("/resources/<slug>", AREA)
def resource(asked: may_ask.Asked, slug: str) -> shapes.Resource:
    """One resource, with every form it comes in."""
    return making.resource(browsing.resource(site.library(), slug))


@operation("/resources/<slug>/similar", AREA)
def similar(asked: may_ask.Asked, slug: str) -> shapes.Resources:
    """Resources like this one, at most four, most alike first."""
    library = site.library()
    browsing.resource(library, slug)
    found = listing.resources(library, [each.id for each in use_case.to(library, slug)])
    return shapes.Resources(total=len(found), resources=[making.resource(each) for each in found])


@operation("/resources/<slug>/editions", AREA)
def editions(asked: may_ask.Asked, slug: str) -> shapes.Editions:
    """Every form that a resource comes in: full text, Easy Read, translations."""
    found = browsing.resource(site.library(), slug).editions
    return shapes.Editions(editions=[making.edition(slug, each) for each in found])


@operation("/resources/<slug>/editions/<key>", AREA)
def edition(asked: may_ask.Asked, slug: str, key: str) -> shapes.Edition:
    """One form of a resource."""
    return making.edition(slug, _edition(slug, key))


@operation("/resources/<slug>/editions/<key>/pages", AREA)
def pages(asked: may_ask.Paged, slug: str, key: str) -> shapes.Pages:
    """The text of an edition, page by page: printed pages, or sections with a heading."""
    total = _edition(slug, key).page_count
    found = browsing.pages(site.library(), slug, key, first=asked.start + 1, most=asked.size)
    return shapes.Pages(total=total, pages=[making.page(slug, key, each) for each in found])


@operation("/resources/<slug>/editions/<key>/pages/<int(max=1000000):number>", AREA)
def page(asked: may_ask.Asked, slug: str, key: str, number: int) -> shapes.Page:
    """One page of an edition, with its text."""
    for found in browsing.pages(site.library(), slug, key, first=number):
        return making.page(slug, key, found)
    raise NotFound(f"This edition has no page {number}.")


def _edition(slug: str, key: str) -> EditionView:
    found = browsing.resource(site.library(), slug).editions
    for each in found:
        if each.key == key:
            return each
    known = ", ".join(each.key for each in found) or "none"
    raise NotFound(f"This resource has no edition of that key. It has: {known}.")
