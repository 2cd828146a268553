"""`report`: what a curator may want to work on next."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from clearinghouse.cli import report_duplicates, report_links, report_searches
from clearinghouse.cli.base import as_json, example, note, opened, print_json, table
from clearinghouse.cli.groups import group
from clearinghouse.cli.telling import years
from clearinghouse.cli.values import AUDIENCE
from clearinghouse.overview import page as overview
from clearinghouse.upkeep import reports
from clearinghouse.upkeep import text_health as health


@group(
    invoke_without_command=True,
    epilog=example("clearinghouse report --html library.html", "clearinghouse report missing-forms"),
)
@click.option(
    "--html",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the whole library at a glance to one page, to print or to send (- for standard output).",
)
@click.pass_context
def report(context: click.Context, file: Path | None) -> None:
    """Say what the library lacks, how hard it is to read, and what people look for.

    With --html all of it stands on one page that needs nothing else: who finds something here and who does not,
    when it came, how old it is, what is missing, broken, due or looked for in vain. Pictures are drawn where the
    extra "report" is installed.
    """
    if context.invoked_subcommand is None and file is None:
        raise click.exceptions.NoArgsIsHelpError(context)
    if context.invoked_subcommand is None and file is not None:
        _write_overview(file)
    elif file is not None:
        raise click.UsageError(f"--html holds all reports; leave {context.invoked_subcommand} out, or --html.")


def _write_overview(file: Path) -> None:
    with opened() as library:
        made = overview.make(library)
    if str(file) == "-":
        click.echo(made.html)
    else:
        file.write_text(made.html, encoding="utf-8")
        click.echo(f"Written: {file}")
    if made.note:
        note(made.note)


@report.command(
    name="missing-forms",
    epilog=example(
        "clearinghouse report missing-forms", "clearinghouse report missing-forms --audience carers --json"
    ),
)
@click.option(
    "--audience", type=AUDIENCE, help="Only what is for this audience (consumers and carers if you name none)."
)
@as_json
def missing_forms(audience: str | None, as_json: bool) -> None:
    """List published resources without an Easy Read form, those most in need of one first.

    In need are those that take the most years of schooling to read, then the longest. A form that is only a link
    counts as there.
    """
    with opened() as library:
        found = reports.missing_forms(library, audience)
    if as_json:
        print_json(found)
        return
    if found.missing:
        table([(_years(each.schooling), f"{each.words} words", each.slug, each.title) for each in found.missing])
    note(
        f"{len(found.missing)} of {found.published} published resources for {' and '.join(found.audiences)} "
        f"have no Easy Read form; {found.with_easy_read} have one."
    )
    if found.missing:
        note(f"Add one: clearinghouse add FILE --edition-of {found.missing[0].slug} --form easy-read")


@report.command(
    name="reading-level",
    epilog=example(
        "clearinghouse report reading-level", "clearinghouse report reading-level --audience carers --over 8"
    ),
)
@click.option("--audience", type=AUDIENCE, help="Only what is for this audience.")
@click.option(
    "--over", type=click.IntRange(0), default=0, metavar="YEARS", help="Only what takes more years than this."
)
@as_json
def reading_level(audience: str | None, over: int, as_json: bool) -> None:
    """List the forms of published resources by years of schooling they take to read, the hardest first.

    By the Coleman-Liau index, which counts letters, words and sentences; where a curator has said the years,
    those.
    """
    with opened() as library:
        found = reports.reading_levels(library, audience, over=over)
    if as_json:
        print_json(found)
        return
    table(
        [
            (_years(each.schooling), "by hand" if each.by_hand else "", f"{each.words} words", each.slug, each.key)
            for each in found.forms
        ]
    )
    if not found.forms:
        note("No form has such a level.")
    if found.without:
        note(
            f"{found.without} forms with text have none: they are too short, not in English, or older than levels "
            "(then run `clearinghouse edition work-out`)."
        )


@report.command(
    name="text-health",
    epilog=example("clearinghouse report text-health", "clearinghouse report text-health --json"),
)
@as_json
def text_health(as_json: bool) -> None:
    """List the forms whose text was not read well, the worst first, and what to do about each.

    A page counts as read where most of its words are words: pictures of text, fonts without a table of letters
    and lost spaces leave none. Drafts are listed too; mend them before they are shown.
    """
    with opened() as library:
        found = health.text_health(library)
    if as_json:
        forms = [{**asdict(each), "troubles": each.troubles, "to_do": each.to_do} for each in found.forms]
        print_json({"looked_at": found.looked_at, "forms": forms})
        return
    for each in found.forms:
        click.echo(f"{each.slug} ({each.key}, {each.status}): {each.title}")
        for sentence in each.troubles:
            click.echo(f"  {sentence}")
        click.echo(f"  To do: {each.to_do}")
    if found.forms:
        note(f"{len(found.forms)} of {found.looked_at} forms could not be read as they should.")
    else:
        note(f"All {found.looked_at} forms were read well." if found.looked_at else "There is no text yet.")


def _years(schooling: float | None) -> str:
    return "not known" if schooling is None else years(schooling)


for each in (report_duplicates.duplicates, report_links.links_, report_searches.searches):
    report.add_command(each)

COMMANDS = {"report": report}
