"""`report`: what a curator may want to work on next."""

from __future__ import annotations

import click

from clearinghouse import reports
from clearinghouse.cli.base import AUDIENCE, as_json, example, note, opened, print_json, table, years


@click.group(epilog=example("clearinghouse report missing-forms --audience carers"))
def report() -> None:
    """Say what the library lacks, and how hard it is to read."""


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


def _years(schooling: float | None) -> str:
    return "not known" if schooling is None else years(schooling)


COMMANDS = {"report": report}
