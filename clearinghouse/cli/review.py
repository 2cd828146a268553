"""`review`: the drafts, one at a time, with what was found and guessed; or all of them for a program."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from clearinghouse.acquisition import decisions, drafts, reviewing
from clearinghouse.acquisition.decisions import Refused
from clearinghouse.acquisition.reviewing import Decision
from clearinghouse.cli.base import as_json, example, index_follows, note, opened, print_json, read_text, watched
from clearinghouse.cli.names import RESOURCE
from clearinghouse.cli.review_desk import DraftDesk
from clearinghouse.cli.review_news import NewsDesk
from clearinghouse.cli.values import KIND
from clearinghouse.errors import AnyProblem
from clearinghouse.holdings import proposals
from clearinghouse.library import Library

_MOST_BYTES = 100_000_000


@click.command(
    epilog=example(
        "clearinghouse review",
        "clearinghouse review --kind fact-sheet --limit 20",
        "clearinghouse review --json > drafts.json",
        "clearinghouse review --apply decisions.json",
    )
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...", type=RESOURCE)
@click.option("--kind", type=KIND, help="Only drafts that are said or guessed to be of this kind.")
@click.option("--harvest", metavar="NAME", help="Only what this harvest brought.")
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@click.option(
    "--apply",
    "file",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Carry out the decisions in a JSON file (- for standard input) instead of asking.",
)
@as_json
def review(
    slugs: tuple[str, ...],
    kind: str | None,
    harvest: str | None,
    limit: int | None,
    file: Path | None,
    as_json: bool,
) -> None:
    """Go through the drafts: see what was found and what is guessed, and decide.

    Those that came first come first, those you skipped last. Each decision is kept at once, so you can stop at any
    time. Only you publish: a guess is nobody’s word until you accept it. Type ? for what can be decided. After the
    drafts comes what a source now says differently from you.

    With --json every draft is printed for a program, which answers with --apply: a JSON array, or an object a
    line, such as {"slug": "a-guide", "do": "publish", "set": {"year": 2024}}. To do are accept, change, publish,
    skip, discard and move (with "to").
    """
    if file is not None and (slugs or kind or harvest or limit):
        raise click.UsageError("--apply takes its drafts from the file; leave everything else out.")
    with opened() as library:
        if file is not None:
            _apply(library, file, as_json=as_json)
            return
        chosen = slugs or drafts.waiting(library, kind=kind, harvest=harvest, limit=limit)
        if as_json:
            print_json([drafts.show(library, slug) for slug in chosen[:limit]])
            return
        news = () if slugs or kind or harvest else _with_news(library)
        if not chosen and not news:
            note("No draft waits; add documents with `clearinghouse add`.")
            return
        try:
            _sit(library, chosen[:limit], news[:limit])
        finally:
            index_follows(library)


def _sit(library: Library, slugs: Sequence[str], news: Sequence[str]) -> None:
    desk = DraftDesk(library, slugs)
    if slugs:
        desk.sit()
    if news and not desk.left:
        NewsDesk(library, news).sit()


def _with_news(library: Library) -> tuple[str, ...]:
    """Resources of which a source says something new."""
    return tuple(dict.fromkeys(each.slug for each in proposals.listing(library)))


def _apply(library: Library, file: Path, *, as_json: bool) -> None:
    text = sys.stdin.read() if str(file) == "-" else read_text(file, _MOST_BYTES)
    wanted = list(decisions.read(library, text))
    failed = 0
    for done in watched(_each(library, wanted), len(wanted), "Deciding"):
        failed += done["error"] is not None
        if as_json:
            print_json(done, one_line=True)
        elif done["error"]:
            note(f"Error: {done['error']}")
        else:
            click.echo(f"{_DONE[str(done['do'])]}: {done['slug']}")
    index_follows(library)
    if failed:
        note(f"{failed} of {len(wanted)} decisions could not be carried out; the others were.")
        click.get_current_context().exit(1)


_DONE = {
    "accept": "Accepted",
    "change": "Changed",
    "publish": "Published",
    "skip": "Skipped",
    "discard": "Discarded",
    "move": "Moved",
}


def _each(library: Library, wanted: list[Decision | Refused]) -> Iterator[dict[str, object]]:
    for each in wanted:
        if isinstance(each, Refused):
            yield {"slug": each.slug, "do": None, "status": None, "changed": {}, "error": each.sentence}
            continue
        try:
            done = reviewing.decide(library, each)
        except AnyProblem as problem:
            yield {"slug": each.slug, "do": each.do, "status": None, "changed": {}, "error": str(problem)}
        else:
            yield {
                "slug": done.slug,
                "do": done.do,
                "status": done.status,
                "changed": done.changed,
                "error": None,
            }


COMMANDS = {"review": review}
