"""`report searches`: what people look for, and what they do not find."""

from __future__ import annotations

import click

from clearinghouse.cli.base import as_json, example, note, opened, print_json, table
from clearinghouse.search import tally


@click.command(epilog=example("clearinghouse report searches", "clearinghouse report searches --days 90 --json"))
@click.option("--days", type=click.IntRange(1, 365), default=30, show_default=True, help="How far to look back.")
@as_json
def searches(days: int, as_json: bool) -> None:
    """Say what people search for: first what they did not find.

    Counts only, never who. Words are kept once three days have seen them, without numbers, addresses and what
    looks like a name; a search that suggests a crisis is not counted at all. CLEARINGHOUSE_COUNT_SEARCHES=no
    switches the counting off. What was searched for in the last minute is not in it yet.
    """
    with opened() as library:
        found = tally.report(library, days)
    if as_json:
        print_json(found)
        return
    if not found.counted:
        note("Searches are not counted now (CLEARINGHOUSE_COUNT_SEARCHES); what stands here is from before.")
    total = sum(each.searches for each in found.days)
    nothing = sum(each.nothing_found for each in found.days)
    searches_made = "1 search" if total == 1 else f"{total} searches"
    click.echo(f"{searches_made} on {len(found.days)} of the last {days} days; {nothing} found nothing.")
    for heading, words in (
        ("Unmet needs: nothing was found for", found.unmet),
        ("Most searched for", found.asked),
    ):
        if words:
            click.echo(f"\n{heading}")
            table(
                [
                    (f"  {each.words}", f"{each.searches} times, {each.nothing_found} without result")
                    for each in words
                ]
            )
    if not found.asked:
        note(f"No words yet: they are kept once {tally.DAYS_BEFORE_WORDS} days have seen them.")
