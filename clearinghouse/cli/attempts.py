"""`ingest`: what could not be taken in, and trying it again."""

from __future__ import annotations

import click

from clearinghouse.acquisition import failures
from clearinghouse.acquisition.failures import Failure
from clearinghouse.cli.base import as_json, example, note, opened, print_json
from clearinghouse.cli.groups import group
from clearinghouse.cli.taking_in import report


@group(epilog=example("clearinghouse ingest failures", "clearinghouse ingest retry --all"))
def ingest() -> None:
    """See what could not be taken in, and try it again."""


@ingest.command(name="failures", epilog=example("clearinghouse ingest failures"))
@as_json
def failures_(as_json: bool) -> None:
    """List the files and addresses that could not be taken in, the latest first.

    One that was taken in since is not listed, from wherever it came.
    """
    with opened() as library:
        found = failures.listing(library)
    if as_json:
        print_json([_json(each) for each in found])
        return
    for each in found:
        click.echo(each.source)
        click.echo(f"  {each.sentence}")
        click.echo(f"  {_tried(each)}")
    if found:
        number = "1 source" if len(found) == 1 else f"{len(found)} sources"
        note(f"{number} could not be taken in. Mend what is said, then `clearinghouse ingest retry --all`.")
    else:
        note("Nothing has failed, or all of it was taken in since.")


@ingest.command(
    epilog=example("clearinghouse ingest retry --all", "clearinghouse ingest retry papers/scan.pdf"),
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--all", "every", is_flag=True, help="Everything that `ingest failures` lists.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Documents read at the same time.")
@as_json
def retry(sources: tuple[str, ...], every: bool, jobs: int | None, as_json: bool) -> None:
    """Try again what could not be taken in, with the options that were given then."""
    with opened() as library:
        chosen = _chosen(sources, failures.listing(library) if every else None)
        wanted = failures.named(library, sources) if chosen is None else chosen
        report(failures.retry(library, wanted, jobs=jobs), len(wanted), "Trying again", as_json=as_json)


@ingest.command(epilog=example("clearinghouse ingest dismiss papers/not-ours.pdf"))
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--all", "every", is_flag=True, help="Everything that `ingest failures` lists.")
@as_json
def dismiss(sources: tuple[str, ...], every: bool, as_json: bool) -> None:
    """Let failures go that nobody will mend. They come back if they are tried again and fail."""
    with opened() as library:
        chosen = _chosen(sources, failures.listing(library) if every else None)
        found = failures.named(library, sources) if chosen is None else chosen
        failures.dismiss(library, found)
    if as_json:
        print_json({"dismissed": [each.source for each in found]})
        return
    for each in found:
        click.echo(f"Let go: {each.source}")
    if not found:
        note("Nothing has failed, or all of it was taken in since.")


def _chosen(sources: tuple[str, ...], every: tuple[Failure, ...] | None) -> tuple[Failure, ...] | None:
    """All of them, or None where they are named. Raises `UsageError` where neither or both were asked for."""
    if bool(sources) == (every is not None):
        raise click.UsageError("Name the sources, or give --all; `clearinghouse ingest failures` lists them.")
    return every


def _tried(each: Failure) -> str:
    times = "Tried once" if each.times == 1 else f"Failed {each.times} times since {each.first_at:%Y-%m-%d}"
    return f"{times}, last on {each.at:%Y-%m-%d %H:%M} UTC."


def _json(each: Failure) -> dict[str, object]:
    return {
        "source": each.source,
        "location": each.location,
        "at": each.at,
        "first_at": each.first_at,
        "times": each.times,
        "sentence": each.sentence,
    }


COMMANDS = {"ingest": ingest}
