"""The page on how to search."""

from __future__ import annotations

from flask import Blueprint, render_template

from clearinghouse import vocabulary

blueprint = Blueprint("searching", __name__)

#: What may be typed and what it finds; a test sees that each finds something in the sample library.
SEARCHES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Words",
        (
            ('"lived experience"', "Words that stand together, in this order. Put them between quotation marks."),
            ("supervision -manager", "Leave out what has a word. Put a minus sign before it."),
            ("carer OR family", "Either of two words. Write OR in capitals."),
            ("recover*", "Every word that begins so. Put a star at the end."),
            ("CHC43515", "A course code, a report number or a DOI, whole."),
        ),
    ),
    (
        "Where the words are",
        (
            ("title:charter", "In the title."),
            ("author:davidson", "Who wrote or published it."),
            ("topic:supervision", "In the name of one of its topics."),
            ("summary:recovery", "In its summary."),
            ("text:boundaries", "In its full text."),
            ('title:"peer support"', "Several words in one field. Put them between quotation marks."),
        ),
    ),
    (
        "What sort of thing it is",
        (
            ("year:2015", "From one year."),
            ("year:2010..2020", "From a span of years. Leave one end off for “from” or “up to”: year:2015.."),
            ("kind:guideline", "A kind of resource."),
            ("audience:carers", "Who it is for."),
            ("form:easy-read", "A form it can be read in."),
            ("language:italian", "A language it can be read in."),
            ("speaks:consumer-led", "Who is speaking."),
            ("where:vic", "The state or territory it is about."),
        ),
    ),
    (
        "Put together",
        (
            ("supervision kind:guideline", "Guidelines on supervision."),
            ('"peer worker" title:supervision -template', "As many of these as you like, in any order."),
        ),
    ),
)

#: Words that some fields take.
FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("kind", tuple(vocabulary.KINDS)),
    ("audience", tuple(vocabulary.AUDIENCES)),
    ("form", tuple(vocabulary.FORMS)),
    ("speaks", tuple(vocabulary.SPEAKS)),
    ("where", tuple(each.lower() for each in vocabulary.JURISDICTIONS)),
)


@blueprint.get("/search/help")
def help() -> str:  # noqa: A001 - the endpoint's name
    """How to search: nothing needs to be known, and what may be."""
    return render_template("help/searching.html", searches=SEARCHES, fields=FIELDS)
