"""A collection as `collection` shows it, and what was done to it."""

from __future__ import annotations

import dataclasses

import click

from clearinghouse import vocabulary
from clearinghouse.cli.base import note, print_json
from clearinghouse.holdings.shelves import Placed, Said, Shelf

_STATUSES = {"draft": "a draft", "withdrawn": "withdrawn"}


def door(done: Said) -> None:
    """Whose page it begins, and what stood there before."""
    if done.shelf.door:
        click.echo(f"The page for {done.shelf.door} (/for/{done.shelf.door}) begins with it.")
    if done.stepped_aside:
        click.echo(f"“{done.stepped_aside}” stood at that door until now; it is still a collection.")


def placed(resource: str, done: Placed, *, as_json: bool) -> None:
    """Where `resource` stands now."""
    if as_json:
        print_json({"resource": resource, **dataclasses.asdict(done), "error": None}, one_line=True)
        return
    where = f"number {done.position} of {done.of}"
    if done.before is None:
        click.echo(f"Added: {resource}, {where}")
    elif done.before == done.position:
        click.echo(f"{resource} stands there already, {where}.")
    else:
        click.echo(f"Moved: {resource}, from {done.before} to {done.position} of {done.of}")
    if done.status != "published":
        note(f"{resource} is {_STATUSES[done.status]}: visitors do not see it there.")


def items(shelf: Shelf) -> None:
    """What stands in it, in order, with what a curator wrote beside."""
    if not shelf.items:
        click.echo("It is empty.")
    for item in shelf.items:
        status = "" if item.status == "published" else f"  ({item.status})"
        click.echo(f"{item.position:>3}. {item.slug}  {item.title}{status}")
        if item.note:
            click.echo(f"     {item.note}")


def facts(shelf: Shelf) -> list[tuple[str, str]]:
    """Name and value of what is said of the collection itself."""
    return [
        ("Title", shelf.title),
        ("Slug", shelf.slug),
        ("Kind", vocabulary.COLLECTION_KINDS[shelf.kind]),
        ("Door", shelf.door or ""),
        ("Description", shelf.description),
        ("Holds", size(shelf)),
    ]


def size(shelf: Shelf) -> str:
    """`7`, or `7, 2 shown` where visitors do not see them all."""
    return str(len(shelf.items)) + (f", {shelf.shown} shown" if shelf.shown < len(shelf.items) else "")
