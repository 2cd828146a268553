"""`report duplicates`: what may have come in twice."""

from __future__ import annotations

import click

from clearinghouse.acquisition import alike
from clearinghouse.cli.base import as_json, example, note, opened, print_json, table


@click.command(
    epilog=example(
        "clearinghouse report duplicates",
        "clearinghouse report duplicates --over 80 --json",
        "clearinghouse report duplicates --not-the-same",
    )
)
@click.option(
    "--over",
    type=click.IntRange(round(alike.LEAST * 100), 99),
    default=round(alike.LEAST * 100),
    show_default=True,
    metavar="PERCENT",
    help="Only what is the same in more than this.",
)
@click.option("--not-the-same", is_flag=True, help="Those instead of which you said that they are not the same.")
@as_json
def duplicates(over: int, not_the_same: bool, as_json: bool) -> None:
    """List resources with nearly the same text, two by two, the most alike first.

    Compared are runs of three words, so that one word changed in twenty leaves three quarters the same. Two forms
    of one resource do not count, nor does what was withdrawn, unless a draft is like it.
    """
    with opened() as library:
        found = alike.pairs(library, least=over / 100, kept_apart=not_the_same)
    if as_json:
        print_json(found)
        return
    for pair in found:
        click.echo(f"{pair.share:.0%} the same:")
        table([("", each.slug, each.status, each.title) for each in (pair.one, pair.other)])
    if found and not_the_same:
        one, other = found[0].one.slug, found[0].other.slug
        note(f"The same after all? clearinghouse edition not-the-same {one} {other} --undo")
    elif found:
        one, other = found[0].one.slug, found[0].other.slug
        note(
            f"Another edition of one work? clearinghouse edition move {other} {one}\n"
            f'The same twice? clearinghouse withdraw {other} --reason "The same as {one}"\n'
            f"Neither? clearinghouse edition not-the-same {other} {one}"
        )
    elif not_the_same:
        note("You said of no two resources that they are not the same.")
    else:
        note("No two resources have nearly the same text.")
