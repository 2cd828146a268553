"""Names as a curator types them: pasted from the site or a letter, or begun and completed with Tab."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import click
from click.shell_completion import CompletionItem

from clearinghouse import settings, slugs
from clearinghouse.errors import AnyProblem
from clearinghouse.library import Library

_QUOTES = "\"'“”‘’«» \t"


class Name(click.ParamType[str]):
    """The slug of a thing that stands at `place` on the site: alone, in quotes, in an address, or as a title."""

    name = "slug"

    def __init__(self, place: str, known: Callable[[Library], Iterable[tuple[str, str]]]) -> None:
        self.place = re.compile(rf"(?:^|/){place}/([^/?#]+)")
        self.known = known
        """Slug and title of each that there is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The slug that is meant; whether there is one of that name is for the use case to say."""
        word = str(value).strip(_QUOTES)
        found = self.place.search(word)
        return slugs.slugify(found.group(1) if found else word, fallback=word)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The slugs that begin so, each with its title."""
        from clearinghouse.cli.base import opened

        if not settings.from_environment().home.is_dir():  # a Tab makes no library
            return []
        try:
            with opened() as library:
                known = sorted(self.known(library))
        except AnyProblem:
            return []
        return [CompletionItem(slug, help=title) for slug, title in known if slug.startswith(incomplete)]


def _resources(library: Library) -> Iterable[tuple[str, str]]:
    from clearinghouse.holdings import catalogue

    return catalogue.names(library)


def _collections(library: Library) -> Iterable[tuple[str, str]]:
    from clearinghouse.holdings import shelves

    return ((each.slug, each.title) for each in shelves.listing(library))


def _topics(library: Library) -> Iterable[tuple[str, str]]:
    from clearinghouse.words import topics

    return ((each.slug, each.preferred) for each in topics.entries(library))


RESOURCE = Name("resources", _resources)
COLLECTION = Name("collections", _collections)
TOPIC = Name("topics", _topics)
