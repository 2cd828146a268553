"""`facts`: help lines and directory entries, and when each was last checked."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import click

from clearinghouse.cli.base import as_json, example, note, opened, print_json, read_text, table, write_text
from clearinghouse.cli.groups import group
from clearinghouse.cli.telling import say_changes
from clearinghouse.cli.values import Day
from clearinghouse.errors import Invalid
from clearinghouse.upkeep import dated_facts, help_lines
from clearinghouse.upkeep.dated_facts import Checked
from clearinghouse.upkeep.help_lines import Loaded
from clearinghouse.views import HelpLineView

_DAY = Day()


@group(epilog=example("clearinghouse facts due", "clearinghouse facts checked lifeline"))
def facts() -> None:
    """Keep help lines and directory entries true: what must be checked, and that it was."""


@facts.command(name="list", epilog=example("clearinghouse facts list"))
@as_json
def list_(as_json: bool) -> None:
    """List the help lines, and mark those that are due to be checked."""
    with opened() as library:
        lines = help_lines.lines(library)
    if as_json:
        print_json(lines)
        return
    if lines:
        table([(_mark(each), each.name, each.number, each.jurisdiction, each.hours) for each in lines])
    overdue = sum(each.overdue for each in lines)
    if overdue:
        note(f"{overdue} of {len(lines)} are due to be checked; `clearinghouse facts due` says how.")


@facts.command(epilog=example("clearinghouse facts due", "clearinghouse facts due --within 30"))
@click.option(
    "--within", type=click.IntRange(0, 3650), default=0, metavar="DAYS", help="Also what is due so soon."
)
@as_json
def due(within: int, as_json: bool) -> None:
    """List what must be checked: help lines, and courses, programs and services.

    A help line is due until it was checked, and again by the day that was set then. A directory entry is due
    until it was checked, and again after a year.
    """
    with opened() as library:
        found = dated_facts.due(library, within=within)
    if as_json:
        print_json(found)
        return
    for each in found:
        since = f", due {each.due_on}" if each.due_on else ""
        click.echo(f"{each.name} ({each.what}{since})")
        click.echo(f"  {each.to_do}")
        if each.source and each.source != each.link:
            click.echo(f"  The number is from {each.source}.")
    if not found:
        click.echo("Nothing is due.")


@facts.command(
    epilog=example(
        "clearinghouse facts checked lifeline",
        'clearinghouse facts checked sane --on 2026-11-20 --hours "Weekdays, 10 am to 10 pm"',
    )
)
@click.argument("name")
@click.option("--on", type=_DAY, help="Day it was checked; today if left out.")
@click.option("--again-by", type=_DAY, help="Day to check a help line again; in six months if left out.")
@click.option("--number", help="The number, where it has changed.")
@click.option("--text-number", help='The number for text messages, where it has changed; "" takes it away.')
@click.option("--hours", help="When somebody answers, where that has changed.")
@click.option("--who", help="Whom it is for, where that has changed.")
@click.option("--link", help="The service's own page, where it has changed.")
@click.option("--source", help="Where the number was checked, where that has changed.")
@click.option("--entry", is_flag=True, help="The directory entry of a service that has a help line too.")
@as_json
def checked(
    name: str, on: date | None, again_by: date | None, entry: bool, as_json: bool, **details: str | None
) -> None:
    """Write down that you checked NAME: a help line by its name, or a directory entry by its slug.

    Say what has changed in the same breath; who checked it and when is kept beside it.
    """
    said = {key: value for key, value in details.items() if value is not None}
    with opened() as library:
        done = dated_facts.checked(library, name, on=on, again_by=again_by, details=said, entry=entry)
    if as_json:
        print_json(done)
    else:
        _say_checked(done)


@facts.command(
    epilog=example("clearinghouse facts export help_lines.toml", "clearinghouse facts load help_lines.toml")
)
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def load(file: Path, as_json: bool) -> None:
    """Make the help lines what FILE says, in its order.

    The whole file is checked first; where anything in it is wrong, nothing is changed. 000 and two lines that
    answer day and night must stand on every page.
    """
    text = read_text(file, help_lines.LARGEST_FILE)
    with opened() as library:
        try:
            loaded = help_lines.load(library, text)
        except Invalid as problem:
            raise Invalid(f"{file} cannot be loaded, and nothing was changed.\n{problem}") from problem
    if as_json:
        print_json(loaded)
    else:
        _say_loaded(loaded)


@facts.command(epilog=example("clearinghouse facts export help_lines.toml"))
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=False)
def export(file: Path | None) -> None:
    """Write the help lines to FILE, or to the screen. Loaded again, the file changes nothing."""
    with opened() as library:
        text = help_lines.as_toml(library)
    if file is None:
        click.echo(text, nl=False)
    else:
        write_text(file, text)
        note(f"Help lines written to {file}.")


def _mark(line: HelpLineView) -> str:
    if line.checked_on is None:
        return "NEVER CHECKED"
    return f"{'DUE, checked' if line.overdue else 'checked'} {line.checked_on}"


def _say_checked(done: Checked) -> None:
    if done.changed:
        say_changes(done.changed)
    click.echo(f"{done.name}: checked on {done.on} by {done.by}, to be checked again by {done.again_by}.")


def _say_loaded(loaded: Loaded) -> None:
    for what in ("added", "changed", "removed"):
        for name in dataclasses.asdict(loaded)[what]:
            click.echo(f"{what}: {name}")
    if not (loaded.added or loaded.changed or loaded.removed):
        click.echo(f"Nothing to change; all {loaded.total} help lines are as the file has them.")
    else:
        click.echo(f"Done; there are {loaded.total} help lines.")


COMMANDS = {"facts": facts}
