"""`harvest`: places that list documents, asked again and again for what is new."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Iterator
from typing import Any

import click

from clearinghouse.acquisition import visits
from clearinghouse.acquisition.harvesting import running, sources, trying
from clearinghouse.acquisition.harvesting.options import KINDS, Options
from clearinghouse.acquisition.harvesting.running import Ended
from clearinghouse.acquisition.harvesting.sources import HarvestView
from clearinghouse.acquisition.wanted import Outcome
from clearinghouse.cli.base import as_json, example, note, opened, print_json, say, table, watched
from clearinghouse.cli.groups import group
from clearinghouse.cli.taking_in import sum_of, tell
from clearinghouse.cli.telling import in_words
from clearinghouse.cli.values import AUDIENCE, KIND, SPEAKS
from clearinghouse.errors import AnyProblem
from clearinghouse.holdings import proposals
from clearinghouse.holdings.record import Record

_QUIET = frozenset({"unchanged", "duplicate"})
"""What a run does not tell of one by one."""


@group(
    epilog=example(
        "clearinghouse harvest add our-news https://example.org/feed.xml",
        "clearinghouse harvest run",
    )
)
def harvest() -> None:
    """Take in what other places list, and again what is new there.

    A place is the sitemap of a site, an RSS or Atom feed, an OAI-PMH repository, a catalogue at an address, a
    folder, or one page. It is asked politely: as its robots.txt says, with pauses, and only for what changed.
    """


@harvest.command(
    epilog=example(
        "clearinghouse harvest add our-news https://example.org/feed.xml",
        "clearinghouse harvest add a-site https://example.org --kind sitemap --only '*/resources/*'",
        "clearinghouse harvest add a-university https://example.org/oai --set peer-work --audience staff "
        "--kind-of-resource research-paper",
        "clearinghouse harvest add shared-folder /srv/shared/guides",
    )
)
@click.argument("name")
@click.argument("address", metavar="ADDRESS|FOLDER")
@click.option("--kind", type=click.Choice(list(KINDS)), help="What the place is, where its answer does not say.")
@click.option(
    "--audience", "audiences", type=AUDIENCE, multiple=True, help="Whom what is new is for; may be repeated."
)
@click.option(
    "--kind-of-resource", type=KIND, help="What kind of resource it is; with --audience it is shown at once."
)
@click.option("--topic", "topics", multiple=True, help="What it is about; may be repeated.")
@click.option("--speaks", type=SPEAKS, help="Who speaks in it.")
@click.option("--licence", help="What others may do with it.")
@click.option("--collection", default="", metavar="NAME", help="Stand what is new in this collection.")
@click.option(
    "--draft", is_flag=True, help="Keep what is new from visitors, even where audience and kind are said."
)
@click.option(
    "--only", multiple=True, metavar="PATTERN", help="Only addresses such as '*/resources/*'; may be repeated."
)
@click.option("--set", "only_set", default="", metavar="SPEC", help="Of an OAI-PMH repository: only this set.")
@click.option(
    "--format", "prefix", default="oai_dc", show_default=True, help="Of an OAI-PMH repository: the format."
)
@click.option("--with-files", is_flag=True, help="Fetch the documents that a record links to as well.")
@click.option("--take-topics", is_flag=True, help="Let words of the list that are topics here count at once.")
@as_json
def add(name: str, address: str, kind: str | None, as_json: bool, **given: Any) -> None:
    """Keep a place to harvest. Nothing is taken in before `harvest run`.

    What kind of place it is shows in what it answers. What is new in it becomes a draft, unless you say here whom
    it is for and what kind of resource it is.
    """
    names = ("audiences", "topics", "speaks", "licence")
    said = Record(kind=given.pop("kind_of_resource"), **{each: given.pop(each) or None for each in names})
    options = Options(**given)
    with opened() as library:
        added = sources.add(library, name, address, kind=kind, said=said, options=options)
    if as_json:
        print_json(added.view)
        return
    click.echo(f"Kept: {name}, {KINDS[added.view.kind]} at {added.view.address}")
    for each in added.notes:
        click.echo(f"  {each}")
    shown = bool(said.publishable and not options.draft)
    click.echo(f"What is new in it {'is shown to visitors at once' if shown else 'is kept as drafts'}.")
    click.echo(f"Take it in with `clearinghouse harvest run {name}`; --dry-run only says what there is.")


@harvest.command(
    epilog=example(
        "clearinghouse harvest run",
        "clearinghouse harvest run our-news --dry-run",
        "clearinghouse harvest run --every 60",
    )
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--dry-run", is_flag=True, help="Read the lists, say what is new, and write nothing.")
@click.option("--again", is_flag=True, help="Ask for everything anew, changed or not.")
@click.option("--withdraw-missing", is_flag=True, help="Take from visitors what is no longer at its source.")
@click.option("--every", type=click.IntRange(1), metavar="MINUTES", help="Run again and again, until stopped.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Documents read at the same time.")
@as_json
def run(names: tuple[str, ...], dry_run: bool, every: int | None, as_json: bool, **given: Any) -> None:
    """Take in what is new in a harvest, or in all of them.

    A run that was cut off goes on where it stopped. What you set by hand stays; where a source says something new
    of it, `clearinghouse proposals list` shows both. What is gone from its source is named, and stays here.
    """
    well = True
    with opened() as library:
        while True:
            wanted = names or tuple(each.name for each in sources.listing(library))
            if not wanted:
                note("There is no harvest yet; keep one with `clearinghouse harvest add NAME ADDRESS`.")
            visitor = visits.visitor(library.settings)  # one for all, so that two on one host wait for one another
            for name in [sources.show(library, each).name for each in wanted]:
                if dry_run:
                    outcomes = trying.run(library, name, visitor=visitor)
                else:
                    outcomes = running.run(library, name, visitor=visitor, **given)
                well = _told(name, outcomes, as_json=as_json) and well
            if every is None:
                break
            time.sleep(every * 60)
    if not well:
        click.get_current_context().exit(1)


@harvest.command(name="list", epilog=example("clearinghouse harvest list"))
@as_json
def list_(as_json: bool) -> None:
    """List the harvests, and when each was last run."""
    with opened() as library:
        found = sources.listing(library)
    if as_json:
        print_json(found)
    elif found:
        table([(each.name, each.kind, _when(each), each.address) for each in found])
    else:
        note("There is no harvest yet; keep one with `clearinghouse harvest add NAME ADDRESS`.")


@harvest.command(epilog=example("clearinghouse harvest show our-news"))
@click.argument("name")
@as_json
def show(name: str, as_json: bool) -> None:
    """Show a harvest: what was asked of it, what it lists, what failed and what has gone."""
    with opened() as library:
        view = sources.show(library, name)
    if as_json:
        print_json(view)
        return
    click.echo(f"{view.name}: {KINDS[view.kind]}")
    click.echo(view.address)
    for label, value in {**view.said, **view.options}.items():
        click.echo(f"  {label.replace('_', ' ')}: {in_words(value)}")
    click.echo(_when(view))
    if view.sentence:
        click.echo(f"It stopped before its end: {view.sentence}")
    click.echo(", ".join(f"{number} {state}" for state, number in sorted(view.counts.items())) or "Nothing yet.")
    for each in view.troubles:
        where = f" [{each.slug}]" if each.slug else ""
        click.echo(f"{each.state.capitalize()}{where}: {each.identifier}")
        if each.sentence:
            click.echo(f"  {each.sentence}")


@harvest.command(epilog=example("clearinghouse harvest remove our-news"))
@click.argument("name")
@as_json
def remove(name: str, as_json: bool) -> None:
    """Forget a harvest. What was taken in from it stays in the library."""
    with opened() as library:
        sources.remove(library, name)
    if as_json:
        print_json({"name": name, "removed": True})
    else:
        click.echo(f"Forgotten: {name}. What was taken in from it stays.")


def _told(name: str, outcomes: Iterator[Outcome | Ended], *, as_json: bool) -> bool:
    """Tell each outcome as it comes, then how the run ended; whether it came to its end with nothing failed."""
    ended, drafts = Ended(name, {}), 0
    try:
        for each in outcomes if as_json and sys.stdout.isatty() else watched(outcomes, None, f"Harvesting {name}"):
            if isinstance(each, Ended):
                ended = each
            elif as_json:
                print_json({"harvest": name, **dataclasses.asdict(each)}, one_line=True)
            else:
                drafts += each.outcome == "added" and each.status == "draft"
                _tell(each)
    except KeyboardInterrupt:
        note(f"Stopped. `clearinghouse harvest run {name}` goes on where it was.")
        click.get_current_context().exit(1)
    except AnyProblem as problem:  # it could not be begun, or the index not be written
        ended = dataclasses.replace(ended, sentence=str(problem))
    if as_json:
        print_json({**dataclasses.asdict(ended), "ended": not ended.sentence}, one_line=True)
    else:
        _say_end(ended, drafts)
    return not ended.sentence and not ended.counts.get("failed")


def _tell(outcome: Outcome) -> None:
    """Tell of one thing in a line, and of what waits for the curator's word; `review` tells the rest of drafts."""
    waits = tuple(each for each in outcome.warnings if proposals.is_sentence(each))
    if outcome.outcome not in _QUIET or waits:
        tell(dataclasses.replace(outcome, warnings=waits), as_json=False, quiet=False)


def _say_end(ended: Ended, drafts: int) -> None:
    if ended.continued:
        say(f"{ended.harvest}: went on where the last run was cut off.")
    say(f"{ended.harvest}: {sum_of(ended.counts)}")
    if drafts:
        note(f"New drafts: {drafts}. Go through them with `clearinghouse review`.")
    for each in ended.notes:
        note(each)
    if any(not each.withdrawn for each in ended.gone):
        note("What is gone stays in the library; `clearinghouse withdraw SLUG` takes it from visitors.")
    if ended.sentence:
        note(f"{ended.harvest} did not come to its end: {ended.sentence}")
        note(f"Then `clearinghouse harvest run {ended.harvest}` goes on with it.")


def _when(view: HarvestView) -> str:
    if view.unfinished:
        return "cut off; the next run goes on"
    return f"last run {view.ended_at:%Y-%m-%d %H:%M}" if view.ended_at else "not run yet"


COMMANDS = {"harvest": harvest}
