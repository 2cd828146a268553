"""Advice to a curator: what to do next, word for word."""

from __future__ import annotations

from collections.abc import Mapping

from clearinghouse.models import Resource
from ingest.errors import IngestProblem, Refused, TooLarge, TooSlow

#: Which settings an operator may change where a source met a limit.
_SETTINGS: Mapping[type[IngestProblem], str] = {
    TooLarge: "CLEARINGHOUSE_MAX_MEGABYTES and CLEARINGHOUSE_EXTRACT_MEMORY",
    TooSlow: "CLEARINGHOUSE_FETCH_SECONDS and CLEARINGHOUSE_EXTRACT_SECONDS",
    Refused: "CLEARINGHOUSE_ALLOW_PRIVATE",
}


def with_setting(problem: Exception) -> str:
    """What is wrong, and the settings that an operator may change about it."""
    names = next((names for kind, names in _SETTINGS.items() if isinstance(problem, kind)), "")
    return f"{problem} (Settings: {names}.)" if names else str(problem)


def how_to_publish(row: Resource) -> tuple[str, ...]:
    """The commands that would publish a draft, with what was guessed filled in; nothing for other resources."""
    if row.status != "draft":
        return ()
    if row.kind and row.audiences:
        return (f"Kept as a draft; show it to visitors with `clearinghouse publish {row.slug}`.",)
    kind = row.kind or row.guessed.get("kind")
    audiences = [each.audience for each in row.audiences] or row.guessed.get("audiences") or []
    guess = " ".join([*([f"a {kind}"] if kind else []), *([f"for {', '.join(audiences)}"] if audiences else [])])
    options = " ".join([f"--kind {kind or 'KIND'}", *(f"--audience {each}" for each in audiences or ["AUDIENCE"])])
    return (
        (
            f"Kept as a draft{f', guessed to be {guess}' if guess else ''}; to publish it: "
            f"`clearinghouse edit {row.slug} {options}`, then `clearinghouse publish {row.slug}`."
        ),
    )
