"""`todo`: what wants doing now."""

from __future__ import annotations

import click

from clearinghouse.cli.base import as_json, example, note, opened, print_json, table
from clearinghouse.overview import waiting


@click.command(epilog=example("clearinghouse todo"))
@as_json
def todo(as_json: bool) -> None:
    """Say what wants doing now, and the command for each."""
    with opened() as library:
        found = [each for each in waiting.everything(library) if each.number]
    if as_json:
        print_json(found)
    elif found:
        table([(f"{each.number:>4}", each.what, f"clearinghouse {each.command}") for each in found])
    else:
        note("Nothing waits for you. `clearinghouse doctor` looks over the library itself.")


COMMANDS = {"todo": todo}
