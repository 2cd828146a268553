"""`glossary`: the words that visitors can have explained."""

from __future__ import annotations

from collections.abc import Sequence

import click

from clearinghouse.cli.base import as_json, example, note, opened, print_json, table
from clearinghouse.cli.groups import group
from clearinghouse.views import WordView
from clearinghouse.words import dictionaries, glossary
from clearinghouse.words.dictionaries import Accepted

_OUTCOMES = {
    "new": "New",
    "other meaning": "Another meaning than the glossary has",
    "known": "There already",
}


@group(name="glossary", epilog=example("clearinghouse glossary harvest speaking-up"))
def words() -> None:
    """Keep the words that visitors can have explained."""


@words.command(name="list", epilog=example("clearinghouse glossary list", "clearinghouse glossary list --offered"))
@click.option("--offered", is_flag=True, help="Words that documents offered and nobody has accepted yet.")
@as_json
def list_(offered: bool, as_json: bool) -> None:
    """List the words, A to Z."""
    with opened() as library:
        found = glossary.words(library, offered=offered)
    if as_json:
        print_json(found)
    elif found:
        table([(each.slug, each.word, each.source or "-", each.meaning) for each in found])
    elif offered:
        note("No words are waiting; read a booklet’s Dictionary with `clearinghouse glossary harvest SLUG`.")
    else:
        note("The glossary has no words; add one with `clearinghouse glossary add`.")


@words.command(epilog=example("clearinghouse glossary show recovery"))
@click.argument("word")
@as_json
def show(word: str, as_json: bool) -> None:
    """Show one word with its meaning and examples."""
    with opened() as library:
        _say(glossary.show(library, word), as_json=as_json)


@words.command(
    epilog=example(
        'clearinghouse glossary add stigma "Unfair ideas about a group of people." '
        '--example "A joke that makes you hide where you were."'
    )
)
@click.argument("word")
@click.argument("meaning")
@click.option("--example", "examples", multiple=True, help="A sentence that shows it; may be repeated.")
@as_json
def add(word: str, meaning: str, examples: tuple[str, ...], as_json: bool) -> None:
    """Add a word, which visitors see at once."""
    with opened() as library:
        _say(glossary.add(library, word, meaning, examples), as_json=as_json, did="Added")


@words.command(
    epilog=example('clearinghouse glossary edit stigma --meaning "Unfair ideas, and the shame they leave."')
)
@click.argument("word")
@click.option("--word", "new_word", help="How the word is to be written.")
@click.option("--meaning", help="What it means, in one or two short sentences.")
@click.option(
    "--example",
    "examples",
    multiple=True,
    help="A sentence that shows it; may be repeated, and replaces all of them.",
)
@click.option("--no-examples", is_flag=True, help="Take its examples away.")
@as_json
def edit(
    word: str,
    new_word: str | None,
    meaning: str | None,
    examples: tuple[str, ...],
    no_examples: bool,
    as_json: bool,
) -> None:
    """Change a word, accepted or offered. Only what you name changes; its address stays."""
    if new_word is None and meaning is None and not examples and not no_examples:
        raise click.UsageError("Say what to change: --word, --meaning, --example or --no-examples.")
    with opened() as library:
        changed = glossary.edit(
            library,
            word,
            new_word=new_word,
            meaning=meaning,
            examples=examples if examples or no_examples else None,
        )
        _say(changed, as_json=as_json, did="Changed")


@words.command(epilog=example("clearinghouse glossary remove stigma"))
@click.argument("word")
@as_json
def remove(word: str, as_json: bool) -> None:
    """Take a word out for good, and say what it was."""
    with opened() as library:
        _say(glossary.remove(library, word), as_json=as_json, did="Removed")


@words.command(
    epilog=example(
        "clearinghouse glossary harvest speaking-up",
        "clearinghouse glossary harvest speaking-up --edition easy-read-en",
    )
)
@click.argument("slug")
@click.option(
    "--edition", "key", help="Which edition to read, such as easy-read-en; otherwise the Easy Read ones."
)
@as_json
def harvest(slug: str, key: str | None, as_json: bool) -> None:
    """Read the Dictionary a booklet ends with, and offer its words.

    Visitors see none of them before you accept them. A word that is in the glossary stays as it is.
    """
    with opened() as library:
        offers = dictionaries.harvest(library, slug, key)
    if as_json:
        print_json(offers)
        return
    for each in offers:
        click.echo(f"{_OUTCOMES[each.outcome]}: {each.word.word} [{each.word.slug}]")
        click.echo(f"    {each.word.meaning}")
        if each.now:
            click.echo(f"    The glossary has: {each.now}")
    waiting = [each for each in offers if each.outcome != "known"]
    if waiting:
        names = " ".join(each.word.slug for each in waiting[:3])
        more = " …" if len(waiting) > 3 else ""
        note(f"{len(waiting)} of {len(offers)} words wait; accept those you want:")
        note(f"    clearinghouse glossary accept {names}{more}")
    if any(each.outcome == "new" for each in offers):
        note(f"    clearinghouse glossary accept --all-from {slug}    (every new one)")


@words.command(
    epilog=example(
        "clearinghouse glossary accept advocate complaint", "clearinghouse glossary accept --all-from speaking-up"
    )
)
@click.argument("names", nargs=-1, metavar="WORD...")
@click.option("--all-from", "source", metavar="SLUG", help="Every new word that this resource offered.")
@as_json
def accept(names: tuple[str, ...], source: str | None, as_json: bool) -> None:
    """Show offered words to visitors. Exits with 1 where one could not be accepted."""
    if bool(names) == bool(source):
        raise click.UsageError("Name the words to accept, or give --all-from and a resource.")
    with opened() as library:
        done = dictionaries.accept_all_from(library, source) if source else dictionaries.accept(library, names)
    if as_json:
        print_json(done)
    else:
        _say_accepted(done)
    if any(each.word is None for each in done):
        click.get_current_context().exit(1)


def _say_accepted(done: Sequence[Accepted]) -> None:
    for each in done:
        if each.word is None:
            note(f"Not accepted: {each.error}")
        elif each.replaced:
            click.echo(f"Accepted: {each.word.word}, in place of “{each.replaced}”")
        else:
            click.echo(f"Accepted: {each.word.word}")


def _say(word: WordView, *, as_json: bool, did: str = "") -> None:
    if as_json:
        print_json(word)
        return
    click.echo(f"{did + ': ' if did else ''}{word.word} [{word.slug}]{'' if word.accepted else ' (offered)'}")
    click.echo(f"    {word.meaning}")
    for each in word.examples:
        click.echo(f"    For example: {each}")
    if word.source:
        click.echo(f"    From: {word.source}")


COMMANDS = {"glossary": words}
