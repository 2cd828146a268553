"""`proposals`: what sources say anew of fields that a curator set by hand."""

from __future__ import annotations

import click

from clearinghouse.cli.base import as_json, example, index_follows, note, opened, print_json
from clearinghouse.cli.groups import group
from clearinghouse.cli.names import RESOURCE
from clearinghouse.cli.telling import in_words, tell_changes
from clearinghouse.holdings import proposals
from clearinghouse.holdings.proposals import Proposed


@group(epilog=example("clearinghouse proposals list", "clearinghouse proposals accept our-guide year"))
def proposing() -> None:
    """See what sources now say differently from you, and take it or leave it.

    What you set by hand stays, whatever a document or a catalogue says when it is read again. Where it says
    something new of such a field, that waits here for your word.
    """


@proposing.command(
    name="list", epilog=example("clearinghouse proposals list", "clearinghouse proposals list our-guide")
)
@click.argument("slug", required=False, type=RESOURCE)
@as_json
def list_(slug: str | None, as_json: bool) -> None:
    """List what waits for your word, of one resource or of all."""
    with opened() as library:
        waiting = proposals.listing(library, slug)
    if as_json:
        print_json(waiting)
        return
    last = ""
    for each in waiting:
        if each.slug != last:
            click.echo(f"{each.title} [{each.slug}]")
        last = each.slug
        _say(each)
    if waiting:
        note("Take one with `clearinghouse proposals accept SLUG FIELD`, or keep yours with `proposals dismiss`.")
    else:
        note("Nothing waits for your word.")


@proposing.command(
    epilog=example("clearinghouse proposals accept our-guide", "clearinghouse proposals accept our-guide year")
)
@click.argument("slug", type=RESOURCE)
@click.argument("fields", nargs=-1, metavar="[FIELD]...")
@as_json
def accept(slug: str, fields: tuple[str, ...], as_json: bool) -> None:
    """Let a resource say what its source now says, of the fields you name or of all."""
    with opened() as library:
        changed = proposals.accept(library, slug, fields)
        index_follows(library)
    tell_changes(changed, as_json=as_json, slug=slug)


@proposing.command(epilog=example("clearinghouse proposals dismiss our-guide title"))
@click.argument("slug", type=RESOURCE)
@click.argument("fields", nargs=-1, metavar="[FIELD]...")
@as_json
def dismiss(slug: str, fields: tuple[str, ...], as_json: bool) -> None:
    """Keep what you said. The same is not proposed again."""
    with opened() as library:
        kept = proposals.dismiss(library, slug, fields)
    if as_json:
        print_json({"slug": slug, "kept": kept})
    else:
        click.echo(f"Yours stays: {', '.join(name.replace('_', ' ') for name in kept)}.")


def _say(each: Proposed) -> None:
    click.echo(f"  {each.name.replace('_', ' ')}: {in_words(each.here)} → {in_words(each.there)}")
    click.echo(f"    {each.source}")


COMMANDS = {"proposals": proposing}
