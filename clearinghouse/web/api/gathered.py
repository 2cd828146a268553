"""Collections, and the people to talk to."""

from __future__ import annotations

from clearinghouse.errors import NotFound
from clearinghouse.visiting import archive, browsing, listing
from clearinghouse.web import site
from clearinghouse.web.api import asked as may_ask
from clearinghouse.web.api import making, shapes
from clearinghouse.web.api.operations import operation


@operation("/collections", "Collections")
def collections(asked: may_ask.Paged) -> shapes.Collections:
    """Training series, then shelves, by title."""
    every = browsing.collections(site.library())
    return shapes.Collections(
        total=len(every),
        collections=[making.listed_collection(each) for each in every[asked.start : asked.end]],
    )


@operation("/collections/<slug>", "Collections")
def collection(asked: may_ask.Paged, slug: str) -> shapes.Collection:
    """One collection in its order, with the note on each resource."""
    library = site.library()
    try:
        taken = archive.contents(library, slug)
    except NotFound as problem:
        raise NotFound("There is no collection at this address. /api/v1/collections has them all.") from problem
    items = taken.items[asked.start : asked.end]
    notes = {each.card.id: each.note for each in items}
    return shapes.Collection(
        slug=taken.card.slug,
        url=making.address("collections.show", slug=taken.card.slug),
        title=taken.card.title,
        description=taken.card.description,
        kind=taken.card.kind,
        citations=making.citations("citations.collection", taken.card.slug),
        total=len(taken.items),
        items=[
            shapes.Item(resource=making.resource(each), note=notes[each.card.id])
            for each in listing.resources(library, list(notes))
        ],
    )


@operation("/help-lines", "Help lines")
def help_lines(asked: may_ask.Asked) -> shapes.HelpLines:
    """Every help line, those that stand on every page first."""
    return shapes.HelpLines(help_lines=[making.help_line(each) for each in browsing.help_lines(site.library())])
