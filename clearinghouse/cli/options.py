"""Options by which a curator says what a resource is: the same for `add` and `edit`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from clearinghouse import vocabulary
from clearinghouse.cli.values import AUDIENCE, JURISDICTION, KIND, SPEAKS, Day, OrNothing, Word
from clearinghouse.holdings import record
from clearinghouse.holdings.record import Record

_OPTIONS = (
    click.option("--title", help="What it is called."),
    click.option(
        "--audience",
        "audiences",
        type=OrNothing(AUDIENCE),
        multiple=True,
        help=f"Whom it is for; may be repeated. One of {', '.join(vocabulary.AUDIENCES)}.",
    ),
    click.option("--kind", type=OrNothing(KIND), help=f"What it is. One of {', '.join(vocabulary.KINDS)}."),
    click.option("--topic", "topics", multiple=True, help="What it is about; may be repeated."),
    click.option("--author", "authors", multiple=True, help="Who wrote it; may be repeated, in order."),
    click.option("--keyword", "keywords", multiple=True, help="A word it is found by; may be repeated."),
    click.option("--year", type=OrNothing(click.INT), help="Year it was published."),
    click.option("--summary", help="Two or three plain sentences."),
    click.option("--organisation", help="Who published it."),
    click.option("--speaks", type=OrNothing(SPEAKS), help=f"Who speaks. One of {', '.join(vocabulary.SPEAKS)}."),
    click.option(
        "--jurisdiction",
        type=OrNothing(JURISDICTION),
        help=f"Where it applies. One of {', '.join(vocabulary.JURISDICTIONS)}.",
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
        type=OrNothing(Word("entry")),
        help=f"Of a directory entry: what it is. One of {', '.join(vocabulary.ENTRIES)}.",
    ),
    click.option("--provider", help="Of a directory entry: who runs it."),
    click.option("--cost", help="Of a directory entry: what it costs."),
    click.option("--time", help="Of a directory entry: how long it takes, or when it is open."),
    click.option("--checked-on", type=OrNothing(Day()), help="Day it was last checked, such as 2026-11-22."),
)


def describing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` every option that says what a resource is."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


#: Fields of which nothing is said with an empty text.
_TEXTS = ("title", "summary", "organisation", "licence", "link")
_WORDS = ("kind", "year", "speaks", "jurisdiction", "checked_on")
_LISTS = ("audiences", "topics", "authors", "keywords", "content_notes")


def emptied(given: dict[str, Any]) -> tuple[str, ...]:
    """The fields that were given an empty word, and shall say nothing; ask before `said`."""
    names = [name for name in _WORDS if given[name] == ""]
    names += [name for name in _LISTS if given[name] and not any(map(str.strip, given[name]))]
    return (*names, "identifiers") if given["doi"] == "" else tuple(names)


def said(given: dict[str, Any]) -> Record:
    """Take those options out of `given` and make a record of what was said.

    Raises `Unknown` or `Invalid`, as `record.checked` does.
    """
    doi = given.pop("doi")
    values: dict[str, Any] = {name: given.pop(name) for name in _TEXTS}
    values |= {name: given.pop(name) or None for name in _WORDS}
    values |= {name: tuple(filter(str.strip, given.pop(name))) or None for name in _LISTS}
    details = {name: value for name in record.DETAILS if (value := given.pop(name)) is not None}
    identifiers = {"doi": doi} if doi else None
    return record.checked(Record(**values, identifiers=identifiers, details=details or None))
