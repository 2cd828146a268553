"""The glossary: every word with what it means, A to Z."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template

from clearinghouse.web import site
from clearinghouse.words import glossary

blueprint = Blueprint("glossary", __name__, url_prefix="/glossary")


@blueprint.get("")
def index() -> str:
    """A section for each letter, an entry for each word; a word's address is `#word-` and its slug."""
    words = glossary.a_to_z(site.library())
    letters = [
        (letter, list(found)) for letter, found in groupby(words, key=lambda each: each.word.word[:1].upper())
    ]
    return render_template("glossary/index.html", letters=letters)
