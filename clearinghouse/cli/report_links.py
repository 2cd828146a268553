"""`report links`: links to other places that are broken or have moved."""

from __future__ import annotations

import click

from clearinghouse.cli.base import as_json, example, note, opened, print_json
from clearinghouse.upkeep import links
from clearinghouse.upkeep.links import Link, LinkReport

_MEANS = {
    "resource": "its link",
    "licence": "its licence",
    "form": "where this form lives",
    "source": "where it was taken from; the original is kept here",
    "help line": "a help line",
}


@click.command(name="links", epilog=example("clearinghouse report links", "clearinghouse report links --json"))
@as_json
def links_(as_json: bool) -> None:
    """Say which links to other places are broken or have moved, and how to mend each.

    By what `clearinghouse links check` was answered. A link is called broken when it failed on two days.
    """
    with opened() as library:
        found = links.report(library)
    if as_json:
        print_json(found)
        return
    for heading, those in (
        ("Broken", found.broken),
        ("Failed on one day; asked again on another", found.failed_once),
        ("Moved for good", found.moved),
        ("Look at these yourself", found.unsure),
    ):
        if those:
            click.echo(f"{heading}\n")
        for each in those:
            _tell_link(each)
    note(_how_links_are(found))


def _tell_link(each: Link) -> None:
    click.echo(f"  {each.address}")
    if each.sentence:
        since = f" It has failed since {each.failing_since}." if each.failing_since else ""
        click.echo(f"    {each.sentence}{since}")
    if each.moved_to:
        click.echo(f"    It is now at {each.moved_to}")
    for use in each.uses:
        click.echo(f"    In {use.name} [{use.slug}{f', {use.key}' if use.key else ''}] ({_MEANS[use.what]})")
        if use.cure and (each.moved_to or each.broken):
            click.echo(f"      {use.cure} {each.moved_to or 'NEW-ADDRESS'}")
    click.echo()


def _how_links_are(found: LinkReport) -> str:
    asked = f"; last asked on {found.last_asked:%Y-%m-%d}" if found.last_asked else ""
    parts = [f"{found.well} links answer"]
    if found.never_asked:
        parts.append(f"{found.never_asked} were never asked: run `clearinghouse links check`")
    return f"{', '.join(parts)}{asked}."
