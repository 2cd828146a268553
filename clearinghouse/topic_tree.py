"""What is about a topic: resources filed under it, and under every topic that it takes in, however far down."""

from __future__ import annotations

from sqlalchemy import CTE, Subquery, func, select

from clearinghouse.models import Resource, Topic, resource_topic


def within() -> CTE:
    """Pairs of topics, `topic_id` and one that takes it in, `within_id`; each is within itself too."""
    pairs = select(Topic.id.label("topic_id"), Topic.id.label("within_id")).cte("within", recursive=True)
    # a union without repeats, so that a loop, which loading refuses, would end
    return pairs.union(
        select(pairs.c.topic_id, Topic.broader_id)
        .join(Topic, Topic.id == pairs.c.within_id)
        .where(Topic.broader_id.is_not(None))
    )


def about() -> Subquery:
    """Pairs of a resource and a topic that it is about, `resource_id` and `topic_id`, each pair once."""
    pairs = within()
    found = select(resource_topic.c.resource_id, pairs.c.within_id.label("topic_id"))
    return found.join(pairs, pairs.c.topic_id == resource_topic.c.topic_id).distinct().subquery("about")


def numbers(*, hide_noted: bool = False) -> Subquery:
    """Topics about which a visitor is shown something, `topic_id`, and the `number` of resources."""
    pairs = about()
    found = select(pairs.c.topic_id, func.count().label("number"))
    shown = found.join(Resource, Resource.id == pairs.c.resource_id).where(Resource.shown(hide_noted=hide_noted))
    return shown.group_by(pairs.c.topic_id).subquery("numbers")
