"""`report`: what a curator may want to work on next."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from clearinghouse.acquisition import alike
from clearinghouse.cli.base import AUDIENCE, as_json, example, note, opened, print_json, table
from clearinghouse.cli.telling import years
from clearinghouse.overview import page as overview
from clearinghouse.search import tally
from clearinghouse.upkeep import links, reports
from clearinghouse.upkeep import text_health as health
from clearinghouse.upkeep.links import Link, LinkReport


@click.group(
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
    epilog=example(
        "clearinghouse report duplicates",
        "clearinghouse report duplicates --over 80 --json",
        "clearinghouse report duplicates --not-the-same",
    )
)
@click.option(
    "--over",
    type=click.IntRange(round(alike.LEAST * 100), 99),
    default=round(alike.LEAST * 100),
    show_default=True,
    metavar="PERCENT",
    help="Only what is the same in more than this.",
)
@click.option("--not-the-same", is_flag=True, help="Those instead of which you said that they are not the same.")
@as_json
def duplicates(over: int, not_the_same: bool, as_json: bool) -> None:
    """List resources with nearly the same text, two by two, the most alike first.

    Compared are runs of three words, so that one word changed in twenty leaves three quarters the same. Two forms
    of one resource do not count, nor does what was withdrawn, unless a draft is like it.
    """
    with opened() as library:
        found = alike.pairs(library, least=over / 100, kept_apart=not_the_same)
    if as_json:
        print_json(found)
        return
    for pair in found:
        click.echo(f"{pair.share:.0%} the same:")
        table([("", each.slug, each.status, each.title) for each in (pair.one, pair.other)])
    if found and not_the_same:
        one, other = found[0].one.slug, found[0].other.slug
        note(f"The same after all? clearinghouse edition not-the-same {one} {other} --undo")
    elif found:
        one, other = found[0].one.slug, found[0].other.slug
        note(
            f"Another edition of one work? clearinghouse edition move {other} {one}\n"
            f'The same twice? clearinghouse withdraw {other} --reason "The same as {one}"\n'
            f"Neither? clearinghouse edition not-the-same {other} {one}"
        )
    elif not_the_same:
        note("You said of no two resources that they are not the same.")
    else:
        note("No two resources have nearly the same text.")


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


@report.command(epilog=example("clearinghouse report searches", "clearinghouse report searches --days 90 --json"))
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


@report.command(name="links", epilog=example("clearinghouse report links", "clearinghouse report links --json"))
@as_json
def links_(as_json: bool) -> None:
    """Say which links to other places are broken or have moved, and how to mend each.

    By what `clearinghouse links check` was answered. A link is called broken when it failed on two days.
    """
    with opened() as library:
        found = links.report(library)
    if as_json:
        print_json(found)
        return
    for heading, those in (
        ("Broken", found.broken),
        ("Failed on one day; asked again on another", found.failed_once),
        ("Moved for good", found.moved),
        ("Look at these yourself", found.unsure),
    ):
        if those:
            click.echo(f"{heading}\n")
        for each in those:
            _tell_link(each)
    note(_how_links_are(found))


def _tell_link(each: Link) -> None:
    click.echo(f"  {each.address}")
    if each.sentence:
        since = f" It has failed since {each.failing_since}." if each.failing_since else ""
        click.echo(f"    {each.sentence}{since}")
    if each.moved_to:
        click.echo(f"    It is now at {each.moved_to}")
    for use in each.uses:
        click.echo(f"    In {use.name} [{use.slug}{f', {use.key}' if use.key else ''}] ({_MEANS[use.what]})")
        if use.cure and (each.moved_to or each.broken):
            click.echo(f"      {use.cure} {each.moved_to or 'NEW-ADDRESS'}")
    click.echo()


_MEANS = {
    "resource": "its link",
    "licence": "its licence",
    "form": "where this form lives",
    "source": "where it was taken from; the original is kept here",
    "help line": "a help line",
}


def _how_links_are(found: LinkReport) -> str:
    asked = f"; last asked on {found.last_asked:%Y-%m-%d}" if found.last_asked else ""
    parts = [f"{found.well} links answer"]
    if found.never_asked:
        parts.append(f"{found.never_asked} were never asked: run `clearinghouse links check`")
    return f"{', '.join(parts)}{asked}."


COMMANDS = {"report": report}
