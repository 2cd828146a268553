"""How a question was read, for `search --explain`: to programs and to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from clearinghouse.search.discovery import Answer
from index import Clause


def as_values(answer: Answer) -> dict[str, Any]:
    """How the question of `answer` was read, ready to be printed as JSON."""
    query = answer.query
    return {
        "groups": [[_clause(clause) for clause in group] for group in query.must],
        "wanted": "every group" if query.every else "the groups that say most",
        "excluded": [_clause(clause) for clause in query.must_not],
        "filters": {name: sorted(values) for name, values in query.filters.items()},
        "years": list(query.years),
        "by_meaning": bool(query.about),
        "expanded": [
            {
                "typed": each.typed,
                "topic": each.topic.slug,
                "kind": each.kind,
                "words": list(each.words),
                "weight": each.weight,
            }
            for each in answer.expansions
        ],
        "widened": answer.whole is not None,
    }


def show(answer: Answer) -> None:
    """Print how the question was read, before its results."""
    values = as_values(answer)
    click.echo("How this was read")
    for number, group in enumerate(answer.query.must, start=1):
        click.echo(f"  {number}. " + ", or ".join(_words(clause) for clause in group if clause.weight == 1.0))
    if len(answer.query.must) > 1:
        click.echo(f"  Wanted: {values['wanted']}.")
    for clause in answer.query.must_not:
        click.echo(f"  Left out: {_words(clause)}")
    for name, chosen in values["filters"].items():
        click.echo(f"  Only {name}: {' or '.join(chosen)}")
    if any(answer.query.years):
        click.echo(f"  Only years: {answer.query.years[0] or ''}..{answer.query.years[1] or ''}")
    for each in answer.expansions:
        others = f"also searched, at {each.weight:g}: {', '.join(each.words)}" if each.words else "nothing besides"
        click.echo(f"  “{each.typed}” leads to the topic {each.topic.label} ({each.kind} word); {others}.")
    click.echo(f"  Widened to resources with some of the words: {'yes' if values['widened'] else 'no'}.")
    click.echo()


def parts(found: Mapping[str, float]) -> str:
    """The parts of a score in one line."""
    return " + ".join(f"{value:.4f} {name}" for name, value in found.items())


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "words": " ".join(clause.words),
        "phrase": len(clause.words) > 1,
        "prefix": clause.prefix,
        "field": clause.field,
        "weight": clause.weight,
    }


def _words(clause: Clause) -> str:
    said = " ".join(clause.words) + ("*" if clause.prefix else "")
    said = f"“{said}”" if len(clause.words) > 1 else said
    return f"{clause.field}:{said}" if clause.field else said
