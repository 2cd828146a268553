"""Topics and the glossary."""

from __future__ import annotations

from clearinghouse import vocabulary
from clearinghouse.errors import NotFound
from clearinghouse.visiting import browsing
from clearinghouse.web import site
from clearinghouse.web.api import asked as may_ask
from clearinghouse.web.api import making, shapes
from clearinghouse.web.api.operations import operation
from clearinghouse.words import glossary as use_case

AREA = "Topics and words"


@operation("/topics", AREA)
def topics(asked: may_ask.Paged) -> shapes.Topics:
    """Every topic, A to Z, with how many resources are about it."""
    every = browsing.topics(site.library())
    return shapes.Topics(
        total=len(every),
        topics=[
            shapes.ListedTopic(
                slug=topic.slug,
                url=making.address("topics.show", slug=topic.slug),
                api_url=making.address("api.topic", slug=topic.slug),
                label=topic.label,
                resources=count,
            )
            for topic, count in every[asked.start : asked.end]
        ],
    )


@operation("/topics/<slug>", AREA)
def topic(asked: may_ask.Asked, slug: str) -> shapes.Topic:
    """A topic: what it takes in, and its neighbours. `/api/v1/search?topic=` finds what is about it."""
    library = site.library()
    found, _ = browsing.topic(library, slug)
    counts = {each.slug: count for each, count in browsing.topics(library)}
    return shapes.Topic(
        slug=found.slug,
        url=making.address("topics.show", slug=found.slug),
        label=found.label,
        scope_note=found.scope_note,
        resources=counts[found.slug],
        broader=making.topic_name(found.broader) if found.broader else None,
        narrower=[making.topic_name(each) for each in found.narrower],
        related=[making.topic_name(each) for each in found.related],
    )


@operation("/glossary", AREA)
def glossary(asked: may_ask.Paged) -> shapes.Words:
    """Every word of the glossary, A to Z, with what it means in plain language."""
    every = use_case.words(site.library())
    return shapes.Words(total=len(every), words=[making.word(each) for each in every[asked.start : asked.end]])


@operation("/glossary/<slug>", AREA)
def word(asked: may_ask.Asked, slug: str) -> shapes.Word:
    """A word of the glossary."""
    every = {each.slug: each for each in use_case.words(site.library())}
    if slug not in every:
        raise NotFound(f"The glossary has no such word.{vocabulary.did_you_mean(slug[:80], every)}")
    return making.word(every[slug])
