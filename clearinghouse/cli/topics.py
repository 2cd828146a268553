"""`topics`: the controlled vocabulary, from a file and to a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from clearinghouse.cli.base import (
    as_json,
    example,
    index_follows,
    note,
    opened,
    print_json,
    read_text,
    table,
    write_text,
)
from clearinghouse.cli.groups import group
from clearinghouse.cli.names import TOPIC
from clearinghouse.cli.telling import history_line
from clearinghouse.errors import Invalid
from clearinghouse.facts import topic_file
from clearinghouse.facts.thesaurus import Entry
from clearinghouse.words import topic_history
from clearinghouse.words import topics as use_cases
from clearinghouse.words.topics import Branch, Filing, Loaded

_WORDS = {"other": "Other words", "historical": "Historical words", "clinical": "Clinical words"}


@group(epilog=example("clearinghouse topics export topics.toml", "clearinghouse topics load topics.toml"))
def topics() -> None:
    """Look at and change the topics: preferred words, and the words that lead to them."""


@topics.command(name="list", epilog=example("clearinghouse topics list"))
@as_json
def list_(as_json: bool) -> None:
    """List the topics as a tree, with the number of published resources about each.

    What is about a narrower topic is counted with the broader one too, as visitors find it.
    """
    with opened() as library:
        branches = use_cases.tree(library)
    if as_json:
        print_json([_branch(each) for each in branches])
    elif branches:
        table(
            [
                (f"{'  ' * depth}{each.topic.slug}", str(each.count), each.topic.label)
                for depth, each in _flat(branches)
            ]
        )
    else:
        note("There are no topics; load some with `clearinghouse topics load FILE`.")


@topics.command(epilog=example("clearinghouse topics show peer-worker"))
@click.argument("slug", type=TOPIC)
@as_json
def show(slug: str, as_json: bool) -> None:
    """Show a topic with every word that leads to it, those too that visitors never see."""
    with opened() as library:
        filing = use_cases.show(library, slug)
    if as_json:
        print_json({**dataclasses.asdict(filing.view), "words": filing.words, "resources": filing.resources})
    else:
        _print(filing)


@topics.command(epilog=example("clearinghouse topics history", "clearinghouse topics history peer-worker"))
@click.argument("slug", required=False, type=TOPIC)
@as_json
def history(slug: str | None, as_json: bool) -> None:
    """Show who changed what of the topics, or of the topic SLUG, and when.

    The topics that came with the program have no history until somebody changes them; that of a topic which was
    removed stays.
    """
    with opened() as library:
        entries = topic_history.read(library, slug)
    if as_json:
        print_json(entries)
    elif entries:
        for each in entries:
            click.echo(history_line(each.at, each.who, f"{each.what} {each.topic}", each.details))
    else:
        note("Nothing was changed yet.")


@topics.command(
    epilog=example("clearinghouse topics load topics.toml --dry-run", "clearinghouse topics load thesaurus.ttl")
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--remove", is_flag=True, help="Take out topics that the file does not have and no resource uses.")
@click.option("--dry-run", is_flag=True, help="Only check the file and say what would change.")
@as_json
def load(file: Path, remove: bool, dry_run: bool, as_json: bool) -> None:
    """Make the topics what FILE says: TOML as `topics export` writes it, or SKOS as Turtle.

    The whole file is checked first; where anything in it is wrong, nothing is changed. A topic that the file
    does not have stays where resources use it. The slug is what makes it the same topic: its words may change.
    """
    wanted = _read(file)
    with opened() as library:
        loaded = use_cases.load(library, wanted, remove=remove, dry_run=dry_run)
        if not dry_run:
            index_follows(library)
    if as_json:
        print_json({"dry_run": dry_run, **dataclasses.asdict(loaded)})
    else:
        _say(loaded, dry_run=dry_run)


@topics.command(
    epilog=example(
        "clearinghouse topics export topics.toml", "clearinghouse topics export topics.ttl --format skos"
    )
)
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=False)
@click.option(
    "--format", "format_", type=click.Choice(["toml", "skos"]), help="By the name of the file if left out."
)
@click.option("--base", help="Where topics live, for SKOS, such as https://library.example.org/topics/.")
def export(file: Path | None, format_: str | None, base: str | None) -> None:
    """Write the topics to FILE, or to the screen. Loaded again, the file changes nothing."""
    chosen = format_ or ("skos" if file is not None and _is_turtle(file) else "toml")
    if base and chosen != "skos":
        raise click.UsageError("--base is for SKOS, where topics have addresses; add --format skos.")
    with opened() as library:
        text = (
            _as_skos(library.settings.site_name, use_cases.entries(library), base)
            if chosen == "skos"
            else use_cases.as_toml(library)
        )
        number = len(use_cases.entries(library))
    if file is None:
        click.echo(text, nl=False)
    else:
        write_text(file, text)
        note(f"{number} topics written to {file}.")


def _as_skos(site: str, entries: Sequence[Entry], base: str | None) -> str:
    from clearinghouse.words import skos

    if base is None:
        note(f"Addresses begin with {skos.BASE}; give your own with --base before you share the file.")
    return skos.write(entries, f"Topics of {site}", base or skos.BASE)


def _is_turtle(file: Path) -> bool:
    return file.suffix.lower() in {".ttl", ".turtle"}


def _read(file: Path) -> list[Entry]:
    """The topics of a file, by its suffix, or by how it begins where the suffix says nothing."""
    text = read_text(file, use_cases.LARGEST_FILE)
    turtle = _is_turtle(file) or (file.suffix.lower() != ".toml" and "[[topic]]" not in text)
    try:
        if not turtle:
            return topic_file.read(text)
        from clearinghouse.words import skos

        return skos.read(text)
    except Invalid as problem:
        raise Invalid(f"{file} cannot be loaded, and nothing was changed.\n{problem}") from problem


def _flat(branches: Sequence[Branch], depth: int = 0) -> Iterator[tuple[int, Branch]]:
    for each in branches:
        yield depth, each
        yield from _flat(each.narrower, depth + 1)


def _branch(branch: Branch) -> dict[str, Any]:
    return {
        "slug": branch.topic.slug,
        "preferred": branch.topic.label,
        "resources": branch.count,
        "narrower": [_branch(each) for each in branch.narrower],
    }


def _print(filing: Filing) -> None:
    view = filing.view
    rows = [
        ("Topic", view.label),
        ("Slug", view.slug),
        ("Scope note", view.scope_note),
        *((label, ", ".join(filing.words.get(kind, ()))) for kind, label in _WORDS.items()),
        ("Broader", view.broader.slug if view.broader else ""),
        ("Narrower", ", ".join(each.slug for each in view.narrower)),
        ("Related", ", ".join(each.slug for each in view.related)),
        ("Resources", str(filing.resources)),
    ]
    table([(f"{name}:", value) for name, value in rows if value])


def _say(loaded: Loaded, *, dry_run: bool) -> None:
    for slug in loaded.added:
        click.echo(f"added: {slug}")
    for slug, what in loaded.changed.items():
        click.echo(f"changed: {slug} ({', '.join(what)})")
    for slug in loaded.removed:
        click.echo(f"removed: {slug}")
    for slug, uses in loaded.kept.items():
        if uses:
            note(
                f"Kept though the file does not have it: {slug}, "
                f"which {uses} resource{'s use' if uses > 1 else ' uses'}."
            )
        else:
            note(f"Kept though the file does not have it: {slug}, which nothing uses; --remove takes it out.")
    if not (loaded.added or loaded.changed or loaded.removed):
        click.echo(
            f"Nothing to change; all {loaded.total} topics are as the file has them."
            if not loaded.kept
            else "Nothing to change."
        )
    elif dry_run:
        click.echo("That is what would change; nothing was.")
    else:
        click.echo(f"Done; there are {loaded.total} topics.")


COMMANDS = {"topics": topics}
