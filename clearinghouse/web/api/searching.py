"""Searching, as the page does it: a search made here suggests, widens and warns as one made there."""

from __future__ import annotations

from clearinghouse import vocabulary
from clearinghouse.errors import NotFound
from clearinghouse.search import discovery, filters, found, suggesting
from clearinghouse.views import ResourceView
from clearinghouse.visiting import browsing, listing
from clearinghouse.web import site
from clearinghouse.web.api import asked as may_ask
from clearinghouse.web.api import making, shapes
from clearinghouse.web.api import shapes_of_search as answers
from clearinghouse.web.api.operations import operation
from clearinghouse.words import glossary

AREA = "Search"


@operation("/search", AREA)
def search(asked: may_ask.Search) -> answers.Answer:
    """What answers a question, with the best pages of each, the filters and how many each would leave.

    The parameters are those of the search page, so that the address of any search of a visitor's, with
    `/api/v1` before it, is the same search here. It is counted in no report of what visitors search for.
    """
    library = site.library()
    question = _question(asked)
    answer = discovery.search(library, question)
    _require_topics(asked, answer)
    whole = {each.card.id: each for each in listing.resources(library, [each.card.id for each in answer.found])}
    meaning = glossary.meaning(library, question.words) if asked.page == 1 else None
    return answers.Answer(
        total=answer.total,
        found=[
            _found(each, whole[each.card.id], question.words) for each in answer.found if each.card.id in whole
        ],
        filters=[_filter(each) for each in answer.filters],
        years=_years(answer),
        suggestion=answer.suggestion,
        having_all=answer.whole,
        topic=making.topic_name(answer.topic) if answer.topic else None,
        other_words=[
            answers.OtherWords(typed=each.typed, topic=making.topic_name(each.topic), words=list(each.words))
            for each in answer.expansions
            if each.words
        ],
        meaning=making.word(meaning) if meaning else None,
        let_go=[answers.LetGo(filter=each.name, total=each.total) for each in answer.let_go],
        near_topics=[making.topic_name(each) for each in answer.near],
        hidden=answer.hidden,
        help=_help() if site.suggests_crisis() else [],
    )


@operation("/suggestions", AREA)
def suggestions(asked: may_ask.Suggestions) -> answers.Suggestions:
    """What somebody may be typing: topics, words of the glossary and titles, at most eight. Kept nowhere."""
    found = suggesting.suggestions(site.library(), asked.q)
    return answers.Suggestions(
        suggestions=[answers.Suggestion(label=each.label, kind=each.kind, slug=each.slug) for each in found]
    )


def _question(asked: may_ask.Search) -> discovery.Question:
    years = [each if isinstance(each, int) else None for each in (asked.first, asked.last)]
    if None not in years:
        years.sort(key=lambda year: year or 0)
    return discovery.Question(
        words=" ".join(asked.q.split()),
        filters={name: tuple(values) for name in filters.FILTERS if (values := getattr(asked, name))},
        years=(years[0], years[1]),
        sort=asked.sort,
        page=asked.page,
        size=asked.size,
        hide_noted=asked.notes == "hide",
        as_typed=asked.words == "typed",
    )


def _require_topics(asked: may_ask.Search, answer: discovery.Answer) -> None:
    """A page leaves out a topic that nobody knows; a program would take what it gets for an answer."""
    (of_topics,) = (each for each in answer.filters if each.name == "topic")
    for slug in set(asked.topic) - {each.value for each in of_topics.choices if each.chosen}:
        near = vocabulary.did_you_mean(slug, (topic.slug for topic, _ in browsing.topics(site.library())))
        raise NotFound(f"There is no topic “{slug}”.{near} /api/v1/topics has them all.")


def _found(each: found.Found, view: ResourceView, words: str) -> answers.Found:
    slug = each.card.slug
    return answers.Found(
        resource=making.resource(view),
        title=making.marked(each.title),
        summary=making.marked(each.summary),
        pages=[
            answers.FoundPage(
                edition=page.edition,
                number=page.number,
                label=page.label,
                heading=page.heading,
                url=making.page_address(slug, page.edition, page.number, words),
                snippet=making.marked(page.snippet),
            )
            for page in each.pages
        ],
    )


def _filter(each: filters.Filter) -> answers.Filter:
    return answers.Filter(
        name=each.name,
        label=each.label,
        choices=[
            answers.Choice(value=choice.value, label=choice.label, count=choice.count, chosen=choice.chosen)
            for choice in each.choices
        ],
    )


def _years(answer: discovery.Answer) -> list[answers.Year]:
    counts = answer.counts.get("year", {})
    return [answers.Year(year=int(year), count=count) for year, count in sorted(counts.items()) if year.isdigit()]


def _help() -> list[shapes.HelpLine]:
    return [making.help_line(each) for each in browsing.help_lines(site.library()) if each.always]
