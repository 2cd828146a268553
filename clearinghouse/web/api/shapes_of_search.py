"""What a search answers with: see `shapes`."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from clearinghouse.search import filters
from clearinghouse.web.api.shapes import (
    Address,
    Count,
    HelpLine,
    Named,
    Number,
    Resource,
    Shape,
    Total,
    Word,
    said,
)


class Marked(Shape):
    """Plain text, and where the words looked for are in it."""

    text: str
    marks: Annotated[
        list[tuple[int, int]],
        said("Start of each and where it has ended, in Unicode characters (in JavaScript, of `[...text]`)."),
    ]


class FoundPage(Shape):
    """A page that has the words looked for."""

    edition: Annotated[str, said("Key of its edition.")]
    number: Number
    label: str
    heading: str
    url: Annotated[Address, said("Where people read it, the words marked.")]
    snippet: Marked


class Found(Shape):
    """A resource that answers, and where in it."""

    resource: Resource
    title: Marked
    summary: Marked
    pages: Annotated[list[FoundPage], said("Its best pages.")]


class Choice(Shape):
    """One value of a filter."""

    value: str
    label: str
    count: Annotated[int, Meta(ge=0, description="How many of what is found have it.")]
    chosen: bool


class Filter(Shape):
    """A way to narrow the search. Two values of one filter mean either; two filters mean both."""

    name: Annotated[
        str, Meta(description="The parameter to give.", extra_json_schema={"enum": [*filters.FILTERS]})
    ]
    label: str
    choices: list[Choice]


class Year(Shape):
    """How many of what is found are from one year."""

    year: int
    count: Count


class OtherWords(Shape):
    """Words that were searched beside the ones typed, because they mean the same."""

    typed: str
    topic: Named
    words: list[str]


class LetGo(Shape):
    """A filter without which something is found."""

    filter: Annotated[str, said("Its name; `year` for `from` and `to`.")]
    total: Count


class Answer(Shape):
    """What a search finds, and ways on."""

    total: Total
    found: list[Found]
    filters: list[Filter]
    years: list[Year]
    suggestion: Annotated[str | None, said("Did you mean: words that are spelt otherwise.")]
    having_all: Annotated[
        int | None,
        said("Where few have every word, the search is widened: so many have all of them, and come first."),
    ]
    topic: Annotated[Named | None, said("The topic that the words name.")]
    other_words: list[OtherWords]
    meaning: Annotated[Word | None, said("What the words mean, where they are a word of the glossary.")]
    let_go: Annotated[list[LetGo], said("Where nothing is found: filters without which something is.")]
    near_topics: Annotated[list[Named], said("Where little is found: topics to look at.")]
    hidden: Annotated[
        int, Meta(ge=0, description="How many were left out for their content notes, by `notes=hide`.")
    ]
    help: Annotated[
        list[HelpLine],
        said("Not empty where the words suggest that somebody may need help now: please show these first."),
    ]


class Suggestion(Shape):
    """What somebody may be typing."""

    label: str
    kind: Annotated[str, Meta(extra_json_schema={"enum": ["topic", "word", "resource"]})]
    slug: str


class Suggestions(Shape):
    """What somebody may be typing: topics, words of the glossary, titles."""

    suggestions: list[Suggestion]
