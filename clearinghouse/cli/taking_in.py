"""`add`, `import` and `sample`: documents and records come in."""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from clearinghouse.acquisition import intake, wanted
from clearinghouse.acquisition.wanted import Outcome, Wanted
from clearinghouse.cli.base import as_json, example, note, opened, print_json, say, watched
from clearinghouse.cli.names import RESOURCE
from clearinghouse.cli.options import describing, said
from clearinghouse.cli.values import AUDIENCE, FORM, KIND
from clearinghouse.errors import AnyProblem
from clearinghouse.holdings import catalogue, topic_names
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record

_SAYS = {
    "added": "Added",
    "updated": "Updated",
    "duplicate": "Already here",
    "unchanged": "Unchanged",
    "checked": "Good",
    "new": "New",
    "changed": "Changed",
}
_TROUBLES = {"failed": "Failed", "missing": "Gone"}


@click.command(
    epilog=example(
        "clearinghouse add guide.pdf --audience staff --kind guideline",
        "clearinghouse add papers/ --audience staff --audience providers --kind research-paper",
        "clearinghouse add easy.html --edition-of our-charter --form easy-read",
    )
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@describing
@click.option(
    "--form",
    type=FORM,
    help="Which form of the work this is: full where you do not say, transcript for captions.",
)
@click.option("--language", help="Language of the text, such as en-AU or it.")
@click.option(
    "--edition-of", metavar="SLUG", type=RESOURCE, help="Another form of a resource that is here already."
)
@click.option("--collection", metavar="NAME", help="Stand it in this collection, made if there is none.")
@click.option("--position", type=click.IntRange(1), help="Its place in the collection.")
@click.option("--draft", is_flag=True, help="Keep it from visitors for now.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Documents read at the same time.")
@as_json
def add(sources: tuple[str, ...], as_json: bool, jobs: int | None, **given: Any) -> None:
    """Add files, folders or web addresses to the library.

    A folder is walked; what is no document in it is passed over. With --kind and --audience the resource is
    shown to visitors at once; without them it is kept as a draft, and you are told how to publish it.
    Adding the same bytes again changes nothing; adding a changed file from the same place updates it.
    """
    template = _template(given)
    _only_one_may_be_named(sources, template)
    with opened() as library:
        if template.edition_of:
            catalogue.show(library, template.edition_of)
        topic_names.slugs(library, template.record.topics or ())
        things = list(wanted.walk(sources, template))
        folders = [source for source in sources if Path(source).is_dir()]
        outcomes = wanted.without_empty_folders(intake.take_in(library, things, jobs=jobs), folders)
        report(outcomes, len(things), "Adding", as_json=as_json)
    if template.edition_of and not as_json:
        note(f"`clearinghouse edition list {template.edition_of}` shows all its forms.")


@click.command(
    name="import",
    epilog=example(
        "clearinghouse import catalogue.csv --dry-run",
        "clearinghouse import catalogue.csv",
        "clearinghouse import zotero.ris --audience staff --kind research-paper",
        "clearinghouse import /media/stick/library",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--audience", "audiences", type=AUDIENCE, multiple=True, help="For rows that do not say: whom for.")
@click.option("--kind", type=KIND, help="For rows that do not say: what they are.")
@click.option("--dry-run", is_flag=True, help="Check every row and write nothing.")
@as_json
def import_(file: Path, audiences: tuple[str, ...], kind: str | None, dry_run: bool, as_json: bool) -> None:
    """Import a catalogue: CSV, JSON, TOML, RIS or BibTeX. Or a whole library from an export.

    Each row is a resource, with a file beside the catalogue, a link, or neither. The first line of a CSV names
    its columns: title, kind, audiences, topics, summary, authors, organisation, year, link, file and more;
    put semicolons between several audiences, topics or authors. A bad row is named with its line, and the
    others are imported. A folder that `clearinghouse export` made comes into an empty library, all of it or
    nothing.
    """
    # `add`, which begins much more often, has no use for what reads lists, nor for all that the site needs
    from clearinghouse.acquisition import importing
    from clearinghouse.transfer import bag

    if bag.is_one(file):
        from clearinghouse.cli.transferring import import_export

        import_export(file, dry_run=dry_run, as_json=as_json)
        return
    with opened() as library:
        otherwise = Record(audiences=audiences or None, kind=kind)
        outcomes = importing.import_file(library, file, dry_run=dry_run, otherwise=otherwise)
        report(outcomes, importing.size(file), "Importing", as_json=as_json)


@click.command(epilog=example("clearinghouse sample"))
@click.option("--if-empty", is_flag=True, help="Do nothing where the library holds anything already.")
@as_json
def sample(if_empty: bool, as_json: bool) -> None:
    """Load the sample library, to look around with.

    Its resources were written for this project. Loading it again adds nothing twice.
    """
    from clearinghouse.acquisition import importing

    with opened() as library, importing.samples() as manifest:
        if if_empty and not importing.is_empty(library):
            return
        outcomes = importing.import_file(library, manifest)
        report(outcomes, importing.size(manifest), "Loading the samples", as_json=as_json, quiet=True)


def _template(given: dict[str, Any]) -> Wanted:
    placement = None
    collection, position = given.pop("collection"), given.pop("position")
    if collection:
        placement = Placement(collection, position)
    elif position:
        raise click.UsageError("--position is a place in a collection; name it with --collection.")
    word = said(given)
    given["form"] = given["form"] or ""
    return Wanted(shown="", record=word, placement=placement, **given)


def _only_one_may_be_named(sources: tuple[str, ...], template: Wanted) -> None:
    if template.record.title is not None and (len(sources) > 1 or Path(sources[0]).is_dir()):
        raise click.UsageError("--title names one document; give one file or address, or leave --title out.")


def report(outcomes: Iterator[Outcome], total: int, label: str, *, as_json: bool, quiet: bool = False) -> None:
    """Tell each outcome as it comes, then their sums; exit 1 if any failed or if we were stopped."""
    counts: Counter[str] = Counter()
    if not (as_json and sys.stdout.isatty()):  # JSON on a terminal is left whole, without a bar
        outcomes = watched(outcomes, total, label)
    trouble, drafts = "", 0
    try:
        for outcome in outcomes:
            counts[outcome.outcome] += 1
            drafts += outcome.status == "draft"
            tell(outcome, as_json=as_json, quiet=quiet)
    except KeyboardInterrupt:
        trouble = "Stopped. What was added is safe; run the same command again to go on, or `index sync`."
    except AnyProblem as problem:  # after the outcomes: the index could not be written
        trouble = f"Error: {problem} What was added is safe; run `clearinghouse index sync` when that is mended."
    if trouble:
        note(trouble)
    if not as_json:
        say(sum_of(counts))
        if drafts > 1:
            note(f"{drafts} are kept as drafts; go through them with `clearinghouse review`.")
    if trouble or counts["failed"]:
        click.get_current_context().exit(1)


def tell(outcome: Outcome, *, as_json: bool, quiet: bool) -> None:
    """Say how one thing ended."""
    if outcome.outcome == "skipped":
        note(f"Passed over: {outcome.error}")
    elif as_json:
        print_json(dataclasses.asdict(outcome), one_line=True)
    elif outcome.outcome in _TROUBLES:
        where = "" if str(outcome.error).startswith(outcome.source) else f"{outcome.source}: "
        note(f"{_TROUBLES[outcome.outcome]}: {where}{outcome.error or 'it is no longer at its source.'}")
    elif not quiet:
        _say(outcome)


def _say(outcome: Outcome) -> None:
    pages = "1 page" if outcome.pages == 1 else f"{outcome.pages} pages"
    size = f" ({pages}, {outcome.words} words)" if outcome.pages else ""
    name = outcome.title or outcome.source
    say(f"{_SAYS[outcome.outcome]}: {name}{size}" + (f" [{outcome.slug}]" if outcome.slug else ""))
    for warning in outcome.warnings:
        say(f"  {warning}")


def sum_of(counts: Mapping[str, int]) -> str:
    """How many things ended in which way, as one sentence."""
    words = {
        "added": "added",
        "updated": "updated",
        "duplicate": "already here",
        "unchanged": "unchanged",
        "checked": "good",
        "new": "new",
        "changed": "changed",
        "missing": "gone",
        "skipped": "passed over",
        "failed": "failed",
    }
    said_ = [f"{counts[name]} {word}" for name, word in words.items() if counts.get(name)]
    return ", ".join(said_).capitalize() + "." if said_ else "Nothing to do."


COMMANDS = {"add": add, "import": import_, "sample": sample}
