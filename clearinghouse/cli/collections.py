"""`collection`: training series and shelves, and the order of what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import click

from clearinghouse import vocabulary
from clearinghouse.cli import collections_shown
from clearinghouse.cli.base import (
    as_json,
    each_by_itself,
    end_failed,
    example,
    note,
    opened,
    print_json,
    say_failed,
    table,
)
from clearinghouse.cli.groups import group
from clearinghouse.cli.names import COLLECTION, RESOURCE
from clearinghouse.cli.telling import say_changes
from clearinghouse.cli.values import AUDIENCE, Word
from clearinghouse.holdings import shelves
from clearinghouse.library import Library

_KIND = click.option(
    "--kind",
    type=Word("collection-kind"),
    help="training (modules in order, numbered) or shelf (a path for somebody).",
)
_DESCRIPTION = click.option("--description", help="What it is for, in a sentence or two.")
_DOOR = click.option(
    "--door",
    type=AUDIENCE,
    help=f"Begin the page of this audience with it. One of {', '.join(vocabulary.AUDIENCES)}.",
)
_ORDERED = {
    "ignore_unknown_options": True
}  # so that a place of -1 is refused in a sentence, not taken for an option


@group(
    epilog=example(
        'clearinghouse collection create "Hiring your first peer worker" --door providers',
        "clearinghouse collection add hiring-your-first-peer-worker our-guide a-checklist",
    )
)
def collection() -> None:
    """Put resources in order: training series and shelves."""


@collection.command(
    epilog=example(
        'clearinghouse collection create "Peer training" --kind training --description "Three evenings."',
        'clearinghouse collection create "If you care about someone" --door carers',
    )
)
@click.argument("title")
@_KIND
@_DESCRIPTION
@_DOOR
@click.option("--slug", help="Its name in addresses; made from the title if you give none.")
@as_json
def create(
    title: str, kind: str | None, description: str | None, door: str | None, slug: str | None, as_json: bool
) -> None:
    """Begin a collection, empty for now."""
    with opened() as library:
        made = shelves.create(
            library, title, kind=kind or "shelf", description=description or "", door=door, slug=slug
        )
    if as_json:
        print_json(made)
        return
    click.echo(f"Made: {made.shelf.title} [{made.shelf.slug}]")
    collections_shown.door(made)
    note(f"Add to it with `clearinghouse collection add {made.shelf.slug} RESOURCE`.")


@collection.command(name="list", epilog=example("clearinghouse collection list"))
@as_json
def list_(as_json: bool) -> None:
    """List the collections: training series first, then shelves."""
    with opened() as library:
        found = shelves.listing(library)
    if as_json:
        print_json(found)
    elif found:
        table(
            [
                (
                    each.slug,
                    each.kind,
                    collections_shown.size(each),
                    f"door: {each.door}" if each.door else "",
                    each.title,
                )
                for each in found
            ]
        )
    else:
        note('There are no collections yet; begin one with `clearinghouse collection create "A title"`.')


@collection.command(epilog=example("clearinghouse collection show hiring-your-first-peer-worker"))
@click.argument("slug", type=COLLECTION)
@as_json
def show(slug: str, as_json: bool) -> None:
    """Show a collection in its order, with the status of each resource and its note."""
    with opened() as library:
        shelf = shelves.show(library, slug)
    if as_json:
        print_json(shelf)
        return
    table([(f"{name}:", value) for name, value in collections_shown.facts(shelf) if value])
    collections_shown.items(shelf)
    if not shelf.shown:
        note("Visitors are told that there is nothing on this shelf at the moment: nothing in it is published.")


@collection.command(
    epilog=example(
        'clearinghouse collection edit peer-training --title "Peer training, 2026"',
        "clearinghouse collection edit peer-training --door staff",
    )
)
@click.argument("slug", type=COLLECTION)
@click.option("--title", help="What it is called. Its address stays as it is.")
@_DESCRIPTION
@_KIND
@_DOOR
@click.option("--no-door", is_flag=True, help="Take it away from the page it begins.")
@as_json
def edit(slug: str, as_json: bool, no_door: bool, **given: Any) -> None:
    """Change how a collection is shown. Only what you name changes."""
    if no_door and given["door"]:
        raise click.UsageError("--door and --no-door cannot both be meant; give one of them.")
    if no_door:
        given["door"] = ""
    if all(value is None for value in given.values()):
        raise click.UsageError("Say what to change, such as --title or --door; see --help.")
    with opened() as library:
        done = shelves.edit(library, slug, **given)
    if as_json:
        print_json(done)
        return
    say_changes(done.changed)
    collections_shown.door(done)


@collection.command(
    epilog=example(
        "clearinghouse collection add peer-training module-1 module-2 module-3",
        'clearinghouse collection add peer-training a-story --position 2 --note "For the break."',
    )
)
@click.argument("slug", type=COLLECTION)
@click.argument("resources", nargs=-1, required=True, metavar="RESOURCE...", type=RESOURCE)
@click.option("--position", type=int, help="Place of the first of them, counted from 1; the end if you give none.")
@click.option("--note", "text", help="Why it stands there, for those who read it.")
@as_json
def add(slug: str, resources: tuple[str, ...], position: int | None, text: str | None, as_json: bool) -> None:
    """Stand resources in a collection; those after them move on."""
    next_place = position

    def one(library: Library, resource: str) -> None:
        nonlocal next_place
        placed = shelves.add(library, slug, resource, position=next_place, note=text)
        collections_shown.placed(resource, placed, as_json=as_json)
        if next_place is not None:
            next_place = placed.position + 1

    _each(slug, resources, one, as_json=as_json)


@collection.command(
    epilog=example("clearinghouse collection move peer-training a-story 1"), context_settings=_ORDERED
)
@click.argument("slug", type=COLLECTION)
@click.argument("resource", type=RESOURCE)
@click.argument("position", type=int)
@as_json
def move(slug: str, resource: str, position: int, as_json: bool) -> None:
    """Give a resource another place in its collection, counted from 1."""
    with opened() as library:
        placed = shelves.move(library, slug, resource, position)
    collections_shown.placed(resource, placed, as_json=as_json)


@collection.command(epilog=example("clearinghouse collection remove peer-training a-story"))
@click.argument("slug", type=COLLECTION)
@click.argument("resources", nargs=-1, required=True, metavar="RESOURCE...", type=RESOURCE)
@as_json
def remove(slug: str, resources: tuple[str, ...], as_json: bool) -> None:
    """Take resources out of a collection. They stay in the library."""

    def one(library: Library, resource: str) -> None:
        left = shelves.remove(library, slug, resource)
        if as_json:
            print_json({"resource": resource, "left": len(left.items), "error": None}, one_line=True)
        else:
            click.echo(f"Taken out: {resource}; it stays in the library.")

    _each(slug, resources, one, as_json=as_json)


@collection.command(
    name="note", epilog=example('clearinghouse collection note peer-training a-story "For the break."')
)
@click.argument("slug", type=COLLECTION)
@click.argument("resource", type=RESOURCE)
@click.argument("text")
@as_json
def note_(slug: str, resource: str, text: str, as_json: bool) -> None:
    """Say why a resource stands in a collection. An empty text takes the note away."""
    with opened() as library:
        shelves.note(library, slug, resource, text)
    if as_json:
        print_json({"resource": resource, "note": text.strip()})
    else:
        click.echo(f"Noted beside {resource}." if text.strip() else f"The note beside {resource} is gone.")


@collection.command(epilog=example("clearinghouse collection delete peer-training"))
@click.argument("slug", type=COLLECTION)
@as_json
def delete(slug: str, as_json: bool) -> None:
    """Delete the list. None of its resources is touched."""
    with opened() as library:
        was = shelves.delete(library, slug)
    if as_json:
        print_json(was)
        return
    click.echo(f"Deleted the list “{was.title}”. What was in it stays in the library:")
    collections_shown.items(was)


def _each(slug: str, resources: tuple[str, ...], act: Callable[[Library, str], None], *, as_json: bool) -> None:
    """Act on each resource; one that fails stops none of the others, and ends the command with 1."""

    def fail(resource: str, problem: Exception) -> None:
        say_failed(problem, {"resource": resource}, as_json=as_json)

    with opened() as library:
        shelves.show(library, slug)  # a wrong slug is one error, not one for each resource
        well = each_by_itself(resources, partial(act, library), fail)
    if not well:
        end_failed()


COMMANDS = {"collection": collection}
