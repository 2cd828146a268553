"""Options by which a curator says what a resource is: the same for `add` and `edit`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from clearinghouse import vocabulary
from clearinghouse.cli.base import AUDIENCE, KIND, SPEAKS, Word
from clearinghouse.holdings import record
from clearinghouse.holdings.record import Record

_OPTIONS = (
    click.option("--title", help="What it is called."),
    click.option(
        "--audience",
        "audiences",
        type=AUDIENCE,
        multiple=True,
        help=f"Whom it is for; may be repeated. One of {', '.join(vocabulary.AUDIENCES)}.",
    ),
    click.option("--kind", type=KIND, help=f"What it is. One of {', '.join(vocabulary.KINDS)}."),
    click.option("--topic", "topics", multiple=True, help="What it is about; may be repeated."),
    click.option("--author", "authors", multiple=True, help="Who wrote it; may be repeated, in order."),
    click.option("--keyword", "keywords", multiple=True, help="A word it is found by; may be repeated."),
    click.option("--year", type=int, help="Year it was published."),
    click.option("--summary", help="Two or three plain sentences."),
    click.option("--organisation", help="Who published it."),
    click.option("--speaks", type=SPEAKS, help=f"Who speaks. One of {', '.join(vocabulary.SPEAKS)}."),
    click.option(
        "--jurisdiction",
        type=click.Choice(list(vocabulary.JURISDICTIONS), case_sensitive=False),
        help="Where it applies.",
    ),
    click.option("--licence", help="What others may do with it, such as CC BY 4.0."),
    click.option("--link", help="Where it lives outside this library."),
    click.option("--doi", help="Its DOI, such as 10.1000/182."),
    click.option(
        "--content-note",
        "content_notes",
        multiple=True,
        help="What a reader may want to know before, such as suicide; may be repeated.",
    ),
    click.option(
        "--entry",
        type=Word("entry"),
        help=f"Of a directory entry: what it is. One of {', '.join(vocabulary.ENTRIES)}.",
    ),
    click.option("--provider", help="Of a directory entry: who runs it."),
    click.option("--cost", help="Of a directory entry: what it costs."),
    click.option("--time", help="Of a directory entry: how long it takes, or when it is open."),
    click.option("--checked-on", type=click.DateTime(["%Y-%m-%d"]), help="Day it was last checked."),
)


def describing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` every option that says what a resource is."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def said(given: dict[str, Any]) -> Record:
    """Take those options out of `given` and make a record of what was said.

    Raises `Unknown` or `Invalid`, as `record.checked` does.
    """
    checked_on: datetime | None = given.pop("checked_on")
    doi = given.pop("doi")
    details = {name: value for name in record.DETAILS if (value := given.pop(name)) is not None}
    values = {
        name: given.pop(name)
        for name in (
            "title",
            "kind",
            "year",
            "summary",
            "organisation",
            "speaks",
            "jurisdiction",
            "licence",
            "link",
        )
    }
    lists = {
        name: given.pop(name) or None for name in ("audiences", "topics", "authors", "keywords", "content_notes")
    }
    return record.checked(
        Record(
            **values,
            **lists,
            identifiers={"doi": doi} if doi else None,
            details=details or None,
            checked_on=checked_on.date() if checked_on else None,
        )
    )
