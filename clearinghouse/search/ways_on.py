"""Where to go on where little or nothing was found: what to let go of, and topics that are near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from clearinghouse.views import TopicName
from clearinghouse.words.topic_words import TopicWords
from index import Engine, Query
from index.analysis import STOP_WORDS, runs

LITTLE = 3
"""Where no more is found, other searches are offered."""
ALL = "all"
_MOST_TOPICS = 5


@dataclass(frozen=True, slots=True)
class LetGo:
    """A filter whose choice keeps everything away."""

    name: str
    """``audience``, ``kind`` …; ``year`` for a span of years; `ALL` for everything that was chosen."""
    total: int
    """How many resources there are without it."""


def let_go(engine: Engine, query: Query, chosen: Sequence[str]) -> tuple[LetGo, ...]:
    """Of the filters `chosen`, those without which something is found, most first; last, `ALL` of several.

    Whole filters: with two values of one chosen, either is let in, so letting go of one lets nothing in.
    """
    counting = replace(query, size=0, page=1, typed="")  # what was typed is mended elsewhere
    found = []
    for name in chosen:
        if name == "year":
            without = replace(counting, years=(None, None))
        else:
            without = replace(
                counting, filters={each: values for each, values in query.filters.items() if each != name}
            )
        found.append(LetGo(name, engine.search(without).total))
    found.sort(key=lambda each: (-each.total, each.name))
    if len(found) > 1:
        rest = {each: values for each, values in query.filters.items() if each not in chosen}
        found.append(LetGo(ALL, engine.search(replace(counting, years=(None, None), filters=rest)).total))
    return tuple(each for each in found if each.total)


def topics_near(
    engine: Engine, query: Query, words: TopicWords, named: Iterable[TopicName]
) -> tuple[TopicName, ...]:
    """Topics of something published that share words with a question, then those beside the ones `named`."""
    known = {topic.slug for topic in named}
    shown = engine.search(Query(size=0, without=query.without)).counts.get("topic", {})
    near = [*_sharing(words, query.typed), *(each for slug in sorted(known) for each in words.beside[slug])]
    slugs = [slug for slug in dict.fromkeys(near) if slug in shown and slug not in known]
    return tuple(TopicName(slug, words.topics[slug]) for slug in slugs[:_MOST_TOPICS])


def _sharing(words: TopicWords, typed: str) -> list[str]:
    """Topics whose words share stems with what was typed; stems of few topics say most."""
    asked = {word.stem for _, _, run in runs(typed) for word in run.words if word.text not in STOP_WORDS}
    having = {slug: asked & _stems(words, slug) for slug in words.topics}
    topics_with = Counter(stem for stems in having.values() for stem in stems)
    worth: Mapping[str, float] = {
        slug: sum(1 / topics_with[stem] for stem in stems) for slug, stems in having.items() if stems
    }
    return sorted(worth, key=lambda slug: (-worth[slug], words.topics[slug]))


def _stems(words: TopicWords, slug: str) -> set[str]:
    return {stem for term in words.terms[slug] if term.kind != "historical" for row in term.rows for stem in row}
