"""Searching: the results page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, Request, render_template, request

from clearinghouse.citation.citation_files import FORMATS, CitationFile
from clearinghouse.search import discovery, tally, ways_on
from clearinghouse.search.filters import Choice, Filter
from clearinghouse.web import asking, carried, citations, paths, showing, site
from clearinghouse.words import glossary

blueprint = Blueprint("search", __name__)


@dataclass(frozen=True, slots=True)
class LetGo:
    """A filter without which something is found: what was chosen of it, how many there are, and where."""

    labels: list[str]
    total: int
    address: str


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """One filter as it is shown: what stands open of it, and what is folded away."""

    name: str
    label: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]
    open: bool
    """Whether something chosen is among `more`."""


#: Values of one filter that stand open; more are folded away.
SHOWN_CHOICES = 5
#: What the address of a search that was typed has; more is added when its results are narrowed.
_OF_A_NEW_SEARCH = {"q", carried.AUDIENCE, carried.EASY, carried.NOTES}
_ROBOT = re.compile(r"bot\b|crawl|spider|slurp|preview|^$", re.IGNORECASE)
#: Other words that are named; the rest are counted.
_SHOWN_WORDS = 5
_AS_TYPED = "Only the words you typed"
#: Page links either side of the one shown.
_NEAR = 2


@blueprint.get("/search")
def results() -> str:
    """Everything that answers, a card each, with filters beside."""
    asked = asking.question(request.args)
    answer = discovery.search(site.library(), asked)
    crisis = site.suggests_crisis()
    if _is_a_search(request) and not crisis:
        tally.count(site.library(), asked.words, found=bool(answer.total))
    typed = asked.words
    if meant := discovery.as_meant(site.library(), answer):
        asked, answer = meant.question, meant
    chosen = _chosen(answer, asked)
    return render_template(
        "search/results.html",
        answer=answer,
        crisis=crisis,
        asked=asked,
        instead_of=typed if typed != asked.words else "",
        feed=paths.to("feeds.search", **asking.parameters(asked)),
        citation_files=_citation_files(asked),
        most_cited=citations.MOST_OF_A_SEARCH,
        meaning=glossary.meaning(site.library(), asked.words) if asked.page == 1 else None,
        chosen=chosen,
        everything=_everything(asked) if len(chosen) > 1 else "",
        also=_also(answer),
        let_go=_let_go(answer, asked),
        having_all=_having_all(answer),
        sorts=asking.SORTS,
        address=asking.addresses(asked),
        page_links=_page_links(asked.page, answer.pages),
        doors=[
            choice.label
            for each in answer.filters
            if each.name == carried.AUDIENCE
            for choice in each.choices
            if choice.chosen
        ],
        filter_groups=_filter_groups(answer.filters),
    )


def _filter_groups(filters: Iterable[Filter]) -> list[FilterGroup]:
    """Filters that leave something to choose; of each, values that something has or that are chosen."""
    groups = []
    for each in filters:
        every = each.name == carried.AUDIENCE  # a door that leads to nothing here is told of all the same
        wanted = tuple(choice for choice in each.choices if every or choice.count or choice.chosen)
        shown, more = wanted[:SHOWN_CHOICES], wanted[SHOWN_CHOICES:]
        if len(wanted) > 1 or any(choice.chosen for choice in wanted):
            groups.append(FilterGroup(each.name, each.label, shown, more, any(choice.chosen for choice in more)))
    return groups


def _citation_files(asked: discovery.Question) -> list[tuple[CitationFile, str]]:
    """Each format, and where what is found can be had in it, in the same order."""
    said = {**asking.parameters(asked), "sort": None if asked.sort == "relevance" else asked.sort}
    return [(each, paths.to("citations.search", ending=each.ending, **said)) for each in FORMATS.values()]


def _is_a_search(asking_for: Request) -> bool:
    """Whether a person searches: turning a page or choosing a filter is no new search, and a robot is nobody."""
    agent = asking_for.headers.get("User-Agent", "")
    return set(asking_for.args) <= _OF_A_NEW_SEARCH and not _ROBOT.search(agent)


def _chosen(answer: discovery.Answer, asked: discovery.Question) -> list[carried.Choice]:
    """Everything that narrows or changes what is shown, each with the address without it."""
    found = [
        carried.Choice(choice.label, asking.without(asked, each.name, choice.value))
        for each in answer.filters
        for choice in each.choices
        if choice.chosen
    ]
    first, last = asked.years
    if first or last:
        label = f"{first} to {last}" if first and last else f"From {first}" if first else f"Up to {last}"
        found.append(carried.Choice(label, asking.address(asked, **{"from": None, "to": None})))
    if carried.now().easy_first:
        found.append(carried.Choice(carried.EASY_LABEL, asking.address(asked, **{carried.EASY: None})))
    if asked.as_typed:
        found.append(carried.Choice(_AS_TYPED, asking.address(asked, **{asking.WORDS: None})))
    if asked.hide_noted:
        found.append(carried.Choice(carried.HIDE_LABEL, asking.address(asked, **{carried.NOTES: None})))
    return found


def _also(answer: discovery.Answer) -> list[str]:
    """What was searched beside the words typed, as it stands in a sentence: a few, and how many more."""
    words = list(dict.fromkeys(word for each in answer.expansions for word in each.words))
    shown = [f"“{showing.in_a_sentence(word)}”" for word in words[:_SHOWN_WORDS]]
    more = len(words) - len(shown)
    return [*shown, f"{more} more"] if more else shown


def _let_go(answer: discovery.Answer, asked: discovery.Question) -> list[LetGo]:
    """Filters without which something is found, with what was chosen of each."""
    chosen = {
        each.name: [f"“{choice.label}”" for choice in each.choices if choice.chosen] for each in answer.filters
    }
    chosen[ways_on.ALL] = ["anything you have chosen"]
    return [
        LetGo(chosen.get(each.name) or ["the years"], each.total, asking.letting_go(asked, each.name))
        for each in answer.let_go
    ]


def _having_all(answer: discovery.Answer) -> int:
    """How many of the results on this page have every word; the others, which have some, come after them."""
    before = (answer.question.page - 1) * answer.question.size
    whole = answer.total if answer.whole is None else answer.whole
    return max(0, min(len(answer.found), whole - before))


def _everything(asked: discovery.Question) -> str:
    """The address of the same words, in the same order, with nothing else chosen."""
    return asking.address(
        discovery.Question(asked.words, sort=asked.sort), **dict.fromkeys(carried.now().values())
    )


def _page_links(page: int, pages: int) -> list[int | None]:
    """Numbers to link: the first, the last and those near `page`; None stands for a gap."""
    near = sorted({1, pages, *range(max(1, page - _NEAR), min(pages, page + _NEAR) + 1)})
    found: list[int | None] = []
    for number in near:
        if found and found[-1] is not None and number - found[-1] > 1:
            found.append(None)
        found.append(number)
    return found
