"""`index` and `doctor`: the library is kept well."""

from __future__ import annotations

import click

from clearinghouse import indexing
from clearinghouse.cli.base import as_json, bar, example, note, opened, print_json, watched
from clearinghouse.cli.groups import group
from clearinghouse.indexing import Drift
from clearinghouse.upkeep import health


@group(epilog=example("clearinghouse index check --repair"))
def index() -> None:
    """Keep the search index equal to the database."""


@index.command(epilog=example("clearinghouse index sync"))
@as_json
def sync(as_json: bool) -> None:
    """Write waiting changes to the index."""
    with opened() as library:
        done = indexing.sync(library)
    if as_json:
        print_json(done)
    else:
        click.echo(f"{done.put} resources written, {done.dropped} dropped.")


@index.command(epilog=example("clearinghouse index rebuild"))
@as_json
def rebuild(as_json: bool) -> None:
    """Make the whole index again. Visitors see the old one until the new one is whole."""
    with opened() as library, bar(indexing.size(library), "Indexing") as progress:
        done = indexing.rebuild(library, progress=progress)
    if as_json:
        print_json(done)
    else:
        click.echo(f"Index made again: {done.put} resources.")


@index.command(epilog=example("clearinghouse index check", "clearinghouse index check --repair"))
@click.option("--repair", is_flag=True, help="Mend every difference.")
@as_json
def check(repair: bool, as_json: bool) -> None:
    """Compare the index with the database, both ways. Exits with 1 where they differ.

    Every resource is compared as a whole. Of 64 resources, others each time, every word is looked up too; where
    one is lost, --repair makes the whole index again.
    """
    with opened() as library:
        drift = indexing.repair(library) if repair else indexing.check(library)
    if as_json:
        print_json({"equal": not drift, "repaired": repair and bool(drift), **_json(drift)})
    else:
        _print(drift, repair=repair)
    if drift and not repair:
        click.get_current_context().exit(1)


@click.command(epilog=example("clearinghouse doctor"))
@as_json
def doctor(as_json: bool) -> None:
    """Look over the whole library. Exits with 1 where something is wrong."""
    with opened() as library:
        findings = list(watched(health.examine(library), None, "Looking"))
    if as_json:
        print_json(findings)
    else:
        for finding in findings:
            click.echo(f"{'ok   ' if finding.well else 'WRONG'}  {finding.name}: {finding.sentence}")
    if not all(finding.well for finding in findings):
        click.get_current_context().exit(1)


def _json(drift: Drift) -> dict[str, object]:
    return {
        "missing": drift.missing,
        "different": drift.different,
        "surplus": drift.surplus,
        "lacking": drift.lacking,
        "waiting": drift.waiting,
    }


def _print(drift: Drift, *, repair: bool) -> None:
    for what, slugs in (
        ("Missing from the index", drift.missing),
        ("Out of date in the index", drift.different),
        ("In the index though not published", drift.surplus),
        ("In the index without all of its words", drift.lacking),
    ):
        for slug in slugs:
            click.echo(f"{what}: {slug}")
    if drift and not repair:
        note("Mend it with `clearinghouse index check --repair`.")
    else:
        click.echo(
            "Mended; the index is equal to the database." if drift else "The index is equal to the database."
        )


COMMANDS = {"index": index, "doctor": doctor}
