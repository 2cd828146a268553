"""Searching: the results page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from clearinghouse import discovery
from clearinghouse.web import asking, site

blueprint = Blueprint("search", __name__)

#: Values of one filter that stand open; more are folded away.
SHOWN_CHOICES = 5
#: Page links either side of the one shown.
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter value in use, and the address without it."""

    label: str
    address: str


@blueprint.get("/search")
def results() -> str:
    """Everything that answers, a card each, with filters beside."""
    asked = asking.question(request.args)
    answer = discovery.search(site.library(), asked)
    return render_template(
        "search/results.html",
        answer=answer,
        crisis=site.suggests_crisis(),
        asked=asked,
        chosen=_chosen(answer, asked),
        sorts=asking.SORTS,
        address=asking.address,
        page_links=_page_links(asked.page, answer.pages),
        shown_choices=SHOWN_CHOICES,
    )


def _chosen(answer: discovery.Answer, asked: discovery.Question) -> list[Chosen]:
    found = [
        Chosen(choice.label, asking.without(asked, each.name, choice.value))
        for each in answer.filters
        for choice in each.choices
        if choice.chosen
    ]
    first, last = asked.years
    if first or last:
        label = f"{first} to {last}" if first and last else f"From {first}" if first else f"Up to {last}"
        found.append(Chosen(label, asking.address(asked, **{"from": None, "to": None})))
    return found


def _page_links(page: int, pages: int) -> list[int | None]:
    """Numbers to link: the first, the last and those near `page`; None stands for a gap."""
    near = sorted({1, pages, *range(max(1, page - _NEAR), min(pages, page + _NEAR) + 1)})
    found: list[int | None] = []
    for number in near:
        if found and found[-1] is not None and number - found[-1] > 1:
            found.append(None)
        found.append(number)
    return found
