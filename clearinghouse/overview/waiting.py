"""What waits for a curator or the project officer: how many of each, and the command that goes through them."""

from __future__ import annotations

from dataclasses import dataclass

from clearinghouse.acquisition import alike, drafts, failures
from clearinghouse.enquiries import desk
from clearinghouse.holdings import proposals
from clearinghouse.library import Library
from clearinghouse.upkeep import dated_facts, link_checks, links
from clearinghouse.words import glossary


@dataclass(frozen=True, slots=True)
class Waiting:
    """Things of one kind that wait; `number` may be 0."""

    what: str
    number: int
    command: str


def decisions(library: Library) -> tuple[Waiting, ...]:
    """What waits for somebody's word, people who asked first."""
    return (
        Waiting("Questions to answer", len(desk.listing(library, "open")), "enquiries list --status open"),
        Waiting("Drafts to decide on", drafts.number(library), "review"),
        Waiting("Texts nearly the same as another", len(alike.pairs(library)), "report duplicates"),
        Waiting("What sources say anew", len(proposals.listing(library)), "proposals list"),
        Waiting(
            "Words offered for the glossary", len(glossary.words(library, offered=True)), "glossary list --offered"
        ),
        Waiting("Sources that could not be taken in", len(failures.listing(library)), "ingest failures"),
    )


def everything(library: Library) -> tuple[Waiting, ...]:
    """Decisions, and what has gone stale since somebody last looked."""
    return (
        *decisions(library),
        Waiting("Answered questions to close", len(desk.listing(library, "answered")), "enquiries list"),
        Waiting("Closed questions past their day", desk.overdue(library), "enquiries purge"),
        Waiting("Help lines and entries to check", len(dated_facts.due(library)), "facts due"),
        Waiting("Broken links", len(links.report(library).broken), "report links"),
        Waiting("Links to ask whether they answer", len(link_checks.due(library)), "links check"),
    )
