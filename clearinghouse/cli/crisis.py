"""`crisis`: the phrases that put help above the results of a search."""

from __future__ import annotations

import click

from clearinghouse.cli.base import as_json, example, note, opened, print_json
from clearinghouse.cli.groups import group
from clearinghouse.words import crisis as use_cases


@group(epilog=example('clearinghouse crisis try "I can\'t go on"'))
def crisis() -> None:
    """Choose the phrases that show the help card above the results of a search."""


@crisis.command(name="list", epilog=example("clearinghouse crisis list"))
@as_json
def list_(as_json: bool) -> None:
    """List the phrases."""
    with opened() as library:
        phrases = use_cases.phrases(library)
    if as_json:
        print_json(phrases)
    else:
        for each in phrases:
            click.echo(each)


@crisis.command(
    epilog=example('clearinghouse crisis add "nobody would miss me"', 'clearinghouse crisis add "=overdose"')
)
@click.argument("phrase")
@as_json
def add(phrase: str, as_json: bool) -> None:
    """Add a phrase, as somebody would type it.

    Capitals, accents, apostrophes, slips of spelling and what stands between words make no difference; the words
    must stand side by side. Choose phrases that say how somebody feels, and not what a study is about. With =
    before it, as in "=suicide", a phrase counts only where the whole search is that and nothing else.
    """
    with opened() as library:
        titles = use_cases.add(library, phrase)
    if as_json:
        print_json({"phrase": phrase, "added": titles is not None, "titles": titles or 0})
    elif titles is None:
        click.echo("Nothing changed; that phrase is there already.")
    else:
        click.echo(f"Added: {phrase}")
    if titles:
        number = "One title has" if titles == 1 else f"{titles} titles have"
        note(f"{number} it: a search for one of those will show the help card too.")


@crisis.command(epilog=example('clearinghouse crisis remove "nobody would miss me"'))
@click.argument("phrase")
@as_json
def remove(phrase: str, as_json: bool) -> None:
    """Take a phrase out."""
    with opened() as library:
        removed = use_cases.remove(library, phrase)
    if as_json:
        print_json({"removed": removed})
    else:
        click.echo(f"Removed: {removed}")


@crisis.command(name="try", epilog=example('clearinghouse crisis try "I can\'t go on any more"'))
@click.argument("words", nargs=-1, required=True)
@as_json
def try_(words: tuple[str, ...], as_json: bool) -> None:
    """Say whether a search for WORDS would show the help card, and by which phrase. Nothing is kept."""
    with opened() as library:
        found = use_cases.found_in(use_cases.phrases(library), " ".join(words))
    if as_json:
        print_json({"suggests": bool(found), "phrases": found})
    elif found:
        click.echo(f"The help card is shown, for: {', '.join(found)}")
    else:
        click.echo("The help card is not shown.")


COMMANDS = {"crisis": crisis}
