"""Values that options and arguments take: words of controlled lists, days and years."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
from click.shell_completion import CompletionItem

from clearinghouse import vocabulary
from clearinghouse.errors import Unknown


class Word(click.ParamType[str]):
    """A word of a controlled list; a wrong one is answered with the nearest and with all of them."""

    def __init__(self, list_name: str) -> None:
        self.name = list_name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as the list spells it."""
        try:
            return vocabulary.require(self.name, value)
        except Unknown as problem:
            several = [word.strip() for word in value.split(",") if word.strip()]
            if len(several) > 1 and isinstance(param, click.Option) and param.multiple:
                apart = " ".join(f"{param.opts[0]} {word}" for word in several)
                self.fail(f"“{value}” is more than one; give the option once for each: {apart}", param, ctx)
            self.fail(str(problem), param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The words of the list that begin so."""
        words = vocabulary.words(self.name)
        return [CompletionItem(word, help=label) for word, label in words.items() if word.startswith(incomplete)]


AUDIENCE, KIND, FORM, STATUS, SPEAKS, JURISDICTION = map(
    Word, ("audience", "kind", "form", "status", "speaks", "jurisdiction")
)


class OrNothing(click.ParamType[Any]):
    """What `of` takes, or an empty word: nothing."""

    def __init__(self, of: click.ParamType[Any]) -> None:
        self.of = of
        self.name = of.name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """What `of` makes of it; the empty text where there is nothing."""
        return "" if isinstance(value, str) and not value.strip() else self.of.convert(value, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """As `of` does."""
        return self.of.shell_complete(ctx, param, incomplete)


class Day(click.ParamType[date]):
    """``2026-11-22``."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is no day; write it like 2026-11-22.", param, ctx)


class Years(click.ParamType[tuple[int | None, int | None]]):
    """``2015``, ``2010..2020``, ``2010..`` or ``..2020``."""

    name = "years"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int | None, int | None]:
        """First and last year, None where open."""
        if isinstance(value, tuple):
            return value
        first, dots, last = str(value).partition("..")
        if not dots:
            last = first
        if any(each and not (each.isascii() and each.isdigit()) for each in (first, last)) or not (first or last):
            self.fail(f"“{value}” is no year or span of years; write 2015 or 2010..2020.", param, ctx)
        return (int(first) if first else None, int(last) if last else None)
