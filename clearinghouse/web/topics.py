"""Topics: what the library is about."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template

from clearinghouse import browsing
from clearinghouse.web import carried, site

blueprint = Blueprint("topics", __name__, url_prefix="/topics")


@blueprint.get("")
def index() -> str:
    """Topics that have resources, A to Z: one that leads nowhere is no help to somebody in a hurry."""
    every = browsing.topics(site.library(), hide_noted=carried.now().hide_noted)
    about = [(topic, count) for topic, count in every if count]
    found = sorted(about, key=lambda pair: pair[0].label.casefold())
    by_letter = groupby(found, key=lambda pair: pair[0].label[:1].upper())
    letters = [(letter, list(pairs)) for letter, pairs in by_letter]
    return render_template("topics/index.html", letters=letters)


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """One topic: what it means, its neighbours, and what is newest about it."""
    topic, found = browsing.topic(site.library(), slug, hide_noted=carried.now().hide_noted)
    return render_template("topics/show.html", topic=topic, found=found)
