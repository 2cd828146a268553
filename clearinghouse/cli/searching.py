"""`search`: what a visitor would find."""

from __future__ import annotations

import re
from typing import Any

import click

from clearinghouse import indexing
from clearinghouse.cli import explaining
from clearinghouse.cli.base import as_json, example, note, opened, print_json
from clearinghouse.cli.values import AUDIENCE, FORM, JURISDICTION, KIND, SPEAKS, Years
from clearinghouse.holdings import topic_names
from clearinghouse.library import Library
from clearinghouse.search import discovery
from clearinghouse.search.discovery import Answer, Question
from clearinghouse.search.filters import FILTERS
from clearinghouse.search.found import Found, FoundPage, Fragments
from clearinghouse.search.ways_on import ALL

_LEFT_OUT = re.compile(r"-[^-\W]\w")


class _Search(click.Command):
    """Takes ``-word`` as a word to leave out, as visitors type it, and not as an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, once words to leave out stand behind ``--``."""
        end = args.index("--") if "--" in args else len(args)
        left_out = [each for each in args[:end] if _LEFT_OUT.match(each)]
        others = [each for each in args[:end] if each not in left_out]
        return super().parse_args(ctx, [*others, "--", *args[end + 1 :], *left_out])


@click.command(
    cls=_Search,
    epilog=example(
        "clearinghouse search peer supervision --audience staff",
        "clearinghouse search 'lived experience worker' --explain",
        "clearinghouse search '\"lived experience\" -clinical title:framework' --year 2010..2020",
    ),
)
@click.argument("words", nargs=-1)
@click.option("--audience", type=AUDIENCE, multiple=True, help="Only what is for this audience; may be repeated.")
@click.option("--kind", type=KIND, multiple=True, help="Only this kind; may be repeated.")
@click.option("--topic", multiple=True, help="Only this topic; may be repeated.")
@click.option("--form", type=FORM, multiple=True, help="Only with an edition of this form; may be repeated.")
@click.option("--speaks", type=SPEAKS, multiple=True, help="Only where these speak; may be repeated.")
@click.option(
    "--jurisdiction",
    type=JURISDICTION,
    multiple=True,
    help="Only what applies there; may be repeated.",
)
@click.option("--hide-noted", is_flag=True, help="Leave out resources with content notes.")
@click.option("--language", multiple=True, help="Only with an edition in this language; may be repeated.")
@click.option("--year", type=Years(), default=(None, None), help="A year or a span of years, such as 2010..2020.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "title"]),
    default="relevance",
    show_default=True,
    help="Order of the results.",
)
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Results a page.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which page of results.")
@click.option("--as-typed", is_flag=True, help="Only the words typed, not others that mean the same.")
@click.option("--explain", is_flag=True, help="Say how the question was read and what each score is made of.")
@as_json
def search(words: tuple[str, ...], as_json: bool, explain: bool, **given: Any) -> None:
    """Search the library as a visitor does.

    Words are wanted together; "a phrase" in quotation marks, -word to leave out, OR between words, prefix*,
    and title:word, author:word or topic:word all work.
    """
    with opened() as library:
        answer = discovery.search(library, _question(library, words, given))
        waiting = indexing.pending(library)
    if waiting:  # a command was killed, or the index could not be written
        note(f"Changes that are not in the search index yet: {waiting}. `clearinghouse index sync` writes them.")
    if as_json:
        print_json({**_json(answer), **({"explanation": explaining.as_values(answer)} if explain else {})})
        return
    if explain:
        explaining.show(answer)
    _print(answer, explain=explain)


def _question(library: Library, words: tuple[str, ...], given: dict[str, Any]) -> Question:
    filters = {name: given[name] for name in FILTERS if given.get(name)}
    if "topic" in filters:
        filters["topic"] = topic_names.slugs(library, filters["topic"])
    if "language" in filters:
        filters["language"] = tuple(each.split("-")[0].lower() for each in filters["language"])
    return Question(
        words=" ".join(words),
        filters=filters,
        years=given["year"],
        sort=given["sort"],
        page=given["page"],
        size=given["limit"],
        hide_noted=given["hide_noted"],
        as_typed=given["as_typed"],
    )


def _json(answer: Answer) -> dict[str, Any]:
    return {
        "total": answer.total,
        "hits": [
            {
                "slug": found.card.slug,
                "title": found.card.title,
                "kind": found.card.kind,
                "audiences": found.card.audiences,
                "year": found.card.year,
                "score": round(found.score, 4),
                "parts": {name: round(value, 4) for name, value in found.parts.items()},
                "pages": [_page(page) for page in found.pages],
            }
            for found in answer.found
        ],
        "filters": {name: dict(counts) for name, counts in answer.counts.items()},
        "suggestion": answer.suggestion,
        "having_all_words": answer.total if answer.whole is None else answer.whole,
    }


def _page(page: FoundPage) -> dict[str, Any]:
    return {
        "edition": page.edition,
        "number": page.number,
        "label": page.label,
        "heading": page.heading,
        "snippet": "".join(text for text, _ in page.snippet),
        "marked": [text for text, marked in page.snippet if marked],
    }


def _print(answer: Answer, *, explain: bool) -> None:
    if not answer.found:
        _say_nothing_found(answer)
    for found in answer.found:
        _print_one(found, explain=explain)
    if answer.found:
        shown = answer.question.page
        click.echo(f"{answer.total} found; page {shown} of {answer.pages}.")
    if answer.hidden:
        note(f"Left out: {answer.hidden} with content notes.")
    if answer.whole is not None and answer.found:
        note(f"{answer.whole or 'None'} of them {'has' if answer.whole == 1 else 'have'} all of these words.")
    words = list(dict.fromkeys(word for each in answer.expansions for word in each.words))
    if words:
        note(f"Also searched for: {', '.join(words)}. --as-typed searches only for the words typed.")
    if answer.suggestion:
        note(f"Did you mean: {answer.suggestion}")


def _say_nothing_found(answer: Answer) -> None:
    if answer.total:
        note(f"There are only {answer.pages} pages of results.")
        return
    note("Nothing found.")
    for each in answer.let_go:
        note(f"Without {'all that was chosen' if each.name == ALL else f'--{each.name}'}: {each.total}.")


def _print_one(found: Found, *, explain: bool) -> None:
    card = found.card
    click.echo(click.style(_marked(found.title), bold=True) + f"  [{card.slug}]")
    about = [card.kind_label, ", ".join(card.audiences), str(card.year or "")]
    click.echo("  " + " · ".join(filter(None, about)))
    if explain:
        click.echo(f"  score {found.score:.4f} = {explaining.parts(found.parts)}")
    for page in found.pages:
        click.echo(f"  {_place(page)}: {_marked(page.snippet)}")
    click.echo()


def _place(page: FoundPage) -> str:
    """Where in it: ``page iv``, ``slide 3``, ``at 12:30``, or a section's heading."""
    if page.unit == "page":
        return f"page {page.label or page.number}"
    if page.unit == "slide":
        return f"slide {page.number}"
    return f"at {page.label}" if page.unit == "time" else page.heading or f"section {page.number}"


def _marked(fragments: Fragments) -> str:
    return "".join(click.style(text, underline=True) if marked else text for text, marked in fragments)


COMMANDS = {"search": search}
