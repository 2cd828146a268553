"""Topics: what the library is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from flask import Blueprint, render_template

from clearinghouse.visiting import browsing
from clearinghouse.web import carried, site
from clearinghouse.words import topics as use_cases
from clearinghouse.words.topics import Branch

blueprint = Blueprint("topics", __name__, url_prefix="/topics")


@blueprint.get("")
def index() -> str:
    """Topics A to Z, each with its narrower ones beneath it.

    One that leads nowhere is left out: it is no help to somebody in a hurry.
    """
    every = browsing.topics(site.library(), hide_noted=carried.now().hide_noted)
    counts = {topic.slug: count for topic, count in every}
    shown = sorted(_every(_with_resources(use_cases.tree(site.library()), counts)), key=_name)
    by_letter = groupby(shown, key=lambda each: _name(each)[:1].upper())
    letters = [(letter, list(branches)) for letter, branches in by_letter]
    return render_template("topics/index.html", letters=letters)


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """One topic: what it means, its neighbours, and what is newest about it."""
    topic, found = browsing.topic(site.library(), slug, hide_noted=carried.now().hide_noted)
    return render_template("topics/show.html", topic=topic, found=found)


def _with_resources(branches: Iterable[Branch], counts: Mapping[str, int]) -> Iterator[Branch]:
    """Those with resources about them, by `counts`."""
    for each in branches:
        count = counts.get(each.topic.slug, 0)
        if count:
            yield replace(each, count=count, narrower=tuple(_with_resources(each.narrower, counts)))


def _every(branches: Iterable[Branch]) -> Iterator[Branch]:
    """Narrower topics too: whoever looks under C for “consumer consultant” finds it there as well."""
    for each in branches:
        yield each
        yield from _every(each.narrower)


def _name(branch: Branch) -> str:
    return branch.topic.label.casefold()
