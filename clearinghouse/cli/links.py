"""`links`: whether the addresses outside that the library leads to still answer."""

from __future__ import annotations

from collections import Counter

import click

from clearinghouse.cli.base import as_json, bar, example, note, opened, print_json, say
from clearinghouse.cli.groups import group
from clearinghouse.upkeep import link_checks
from clearinghouse.upkeep.link_checks import Asked


@group(epilog=example("clearinghouse links check", "clearinghouse report links"))
def links() -> None:
    """Find out which links to other places still work."""


@links.command(epilog=example("clearinghouse links check", "clearinghouse links check --limit 200 --older-than 7"))
@click.option("--limit", type=click.IntRange(1), help="Ask at most so many now; the rest the next time.")
@click.option(
    "--older-than",
    type=click.IntRange(0, 3650),
    default=link_checks.ASKED_EVERY,
    show_default=True,
    metavar="DAYS",
    help="Ask again what answered longer ago than this.",
)
@as_json
def check(limit: int | None, older_than: int, as_json: bool) -> None:
    """Ask the addresses that resources, DOIs, forms and help lines lead to whether they still answer.

    One request at a time to a host, with a pause, as robots.txt asks, and the head alone where that is enough.
    What failed is asked again on another day: one is called broken when it failed on two. Stop it at any time;
    run again, it goes on. Let a timer run it every day; `clearinghouse report links` says what to mend.
    """
    counts: Counter[str] = Counter()
    stopped = False
    with opened() as library:
        due = link_checks.due(library, older_than=older_than, limit=limit)
        try:
            with bar(len(due), "Asking") as progress:
                for done, each in enumerate(link_checks.check(library, due), start=1):
                    counts["broken" if each.broken else each.outcome] += 1
                    _tell(each, as_json=as_json)
                    progress(done)
        except KeyboardInterrupt:
            stopped = True
    if stopped:
        note("Stopped. What was asked is written down; run the same command again to go on.")
    if not as_json:
        click.echo(_sum(counts, len(due)))
    if stopped:
        click.get_current_context().exit(1)


def _tell(each: Asked, *, as_json: bool) -> None:
    if as_json:
        print_json(each, one_line=True)
    elif each.outcome != "answered":
        say(f"{'Broken' if each.broken else each.outcome.capitalize()}: {each.address}")
        say(f"  {each.sentence}")
    elif each.moved_to:
        say(f"Moved: {each.address}")
        say(f"  It says that it has moved for good to {each.moved_to}")


def _sum(counts: Counter[str], due: int) -> str:
    asked = sum(counts.values())
    if not due:
        return "No address is due to be asked."
    words = {
        "answered": "answered",
        "failed": "failed and will be asked again on another day",
        "broken": "broken",
        "unsure": "for a person to look at",
        "not asked": "not to be asked by a program",
        "put off": "put off by their server",
    }
    told = [f"{counts[name]} {word}" for name, word in words.items() if counts[name]]
    rest = f" {due - asked} are left for the next time." if asked < due else ""
    return f"{', '.join(told) or 'None was asked'}.{rest}"


COMMANDS = {"links": links}
