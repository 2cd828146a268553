"""The parts of the overview: what each count means in a sentence, its table, and its picture.

The table is the whole truth and the picture the same at a glance, so that nobody needs the picture. A part of
which nothing is known says which command would tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clearinghouse import vocabulary
from clearinghouse.library import Library
from clearinghouse.overview import holdings, pictures, waiting
from clearinghouse.overview.holdings import Holdings
from clearinghouse.search import tally
from clearinghouse.upkeep import dated_facts, links, reports, text_health

#: Rows of a list that are shown; the command that is named gives the rest.
_MOST = 12
_YEARS = 20
_LABEL = 40
_DAYS = 90

Cell = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; the first cell of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left_out: int = 0
    """Rows that are not shown."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to know."""

    title: str
    sentence: str
    """What it comes to."""
    table: Table | None = None
    picture: str = ""
    """SVG, or empty."""
    command: str = ""
    """Tells more, or does something about it."""


def every(library: Library, today: date) -> Iterator[Part]:
    """All parts in order, drawn where Matplotlib is here."""
    counted = holdings.count(library, today)
    yield _what_there_is(counted)
    yield _for_whom(counted)
    yield _when_added(counted)
    yield _how_old(counted, today)
    yield _text(library)
    yield _forms(library)
    yield _links(library)
    yield _facts(library)
    yield _unmet(library)
    yield _waiting(library)


def _what_there_is(counted: Holdings) -> Part:
    rows = [(label, counted.by_status[status]) for status, label in vocabulary.STATUSES.items()]
    sentence = f"{_count(counted.published, 'resource')} can be found by visitors."
    return Part("What there is", sentence, Table("Resources by status", ("Status", "Resources"), tuple(rows)))


def _for_whom(counted: Holdings) -> Part:
    kinds = [kind for kind in vocabulary.KINDS if counted.of_kind[kind]]
    missing = [vocabulary.KINDS[kind] for kind in vocabulary.KINDS if not counted.of_kind[kind]]
    sentences = [
        f"In {_count(len(counted.holes), 'place')} of the grid there is nothing.",
        f"Of these kinds there is nothing for anybody: {', '.join(missing).lower()}." if missing else "",
        "One resource may be for several audiences.",
    ]
    rows = [(vocabulary.KINDS[kind], *_cells(counted.grid[kind]), counted.of_kind[kind]) for kind in kinds]
    rows.append(("All kinds", *_cells(counted.for_audience), counted.published))
    names, heads = [vocabulary.KINDS[kind] for kind in kinds], [*_AUDIENCES.values()]
    numbers = [list(counted.grid[kind].values()) for kind in kinds]
    return Part(
        "Who finds something here",
        " ".join(filter(None, sentences)),
        Table("Published resources by kind and audience", ("Kind", *heads, "Any"), tuple(rows)),
        _drawn(lambda: pictures.heat_map(names, heads, numbers)) if kinds else "",
    )


def _cells(numbers: Mapping[str, int]) -> tuple[Cell, ...]:
    return tuple(number or "none" for number in numbers.values())


def _when_added(counted: Holdings) -> Part:
    here = sum(counted.added.values())
    named = {_month(month): number for month, number in counted.added.items()}
    rows = [(_month(month), number) for month, number in counted.added.items() if number]
    return Part(
        "When it came",
        f"{_count(here, 'resource')} came in the last {holdings.MONTHS} months, {counted.added_before} before.",
        Table("Published resources by the month in which visitors first saw them", ("Month", "Came"), tuple(rows)),
        _drawn(lambda: pictures.columns(named, every=3)) if here else "",
    )


def _how_old(counted: Holdings, today: date) -> Part:
    first = today.year - _YEARS + 1
    shown = {f"before {first}": sum(number for year, number in counted.years.items() if year < first)}
    shown |= {str(year): counted.years.get(year, 0) for year in range(first, today.year + 2)}
    recent = sum(number for year, number in counted.years.items() if year > today.year - 10)
    known = sum(counted.years.values())
    rows = [(year, number) for year, number in shown.items() if number] + [("not known", counted.without_year)]
    short = {year.replace("before ", "<"): number for year, number in shown.items()}
    return Part(
        "How old it is",
        f"Of {_count(known, 'resource')} whose year is known, {recent} are from the last ten years. "
        f"Of {counted.without_year} the year is not known.",
        Table("Published resources by the year in which the work appeared", ("Year", "Resources"), tuple(rows)),
        _drawn(lambda: pictures.columns(short, every=2)) if known else "",
    )


def _text(library: Library) -> Part:
    found = text_health.text_health(library)
    pages = sum(len(each.without_text) + len(each.unreadable) for each in found.forms)
    title = "How well the text was read"
    if not found.forms:
        return Part(
            title, f"All {_count(found.looked_at, 'form')} with text were read well, as far as can be told."
        )
    rows = [
        (each.title, each.key, len(each.without_text), len(each.unreadable), each.pages) for each in found.forms
    ]
    head = ("Title", "Form", "Without text", "Makes no sense", "Of pages")
    worst = [(each.title[:_LABEL], len(each.without_text) + len(each.unreadable)) for each in found.forms[:_MOST]]
    return Part(
        title,
        f"{len(found.forms)} of {_count(found.looked_at, 'form')} have a page that could not be read, or lost "
        f"characters: {_count(pages, 'page')} in all.",
        _list("Pages that could not be read, the worst forms first", head, rows),
        _drawn(lambda: pictures.bars(worst)) if pages else "",
        command="clearinghouse report text-health",
    )


def _forms(library: Library) -> Part:
    rows, without = [], []
    for audience, label in _AUDIENCES.items():
        found = reports.missing_forms(library, audience)
        rows.append((label, found.with_easy_read, len(found.missing)))
        without.append((label, len(found.missing)))
    lacking = reports.missing_forms(library)
    return Part(
        "Forms that are missing",
        f"{len(lacking.missing)} of {lacking.published} resources for people who use services, or for family, "
        "friends and carers, have no Easy Read form.",
        Table("Published resources with and without an Easy Read form", ("For", "With", "Without"), tuple(rows)),
        _drawn(lambda: pictures.bars(without)) if lacking.missing else "",
        command="clearinghouse report missing-forms",
    )


def _links(library: Library) -> Part:
    found = links.report(library)
    title = "Links to other places"
    if found.last_asked is None:
        return Part(title, "Nobody has asked yet whether they answer.", command="clearinghouse links check")
    counts = {
        "answer": found.well,
        "have moved": len(found.moved),
        "for a person to look at": len(found.unsure),
        "failed on one day": len(found.failed_once),
        "broken": len(found.broken),
        "never asked": found.never_asked,
    }
    rows = [(each.address, each.sentence, ", ".join(use.name for use in each.uses)) for each in found.broken]
    sentence = (
        f"{_count(len(found.broken), 'link')} of {sum(counts.values())} failed on two days or more, "
        f"as of {_day(found.last_asked)}."
    )
    table = _list("Broken links", ("Address", "What it answers", "Where it stands"), rows) if rows else None
    picture = _drawn(lambda: pictures.bars([*counts.items()]))
    return Part(title, sentence, table or _counts("Links", counts), picture, "clearinghouse report links")


def _facts(library: Library) -> Part:
    due = dated_facts.due(library)
    never = sum(each.checked_on is None for each in due)
    rows = [(each.name, each.what, str(each.due_on or "never checked")) for each in due]
    sentence = (
        f"{_count(len(due), 'fact')} must be checked; {never} of them nobody has checked yet."
        if due
        else ("Every help line, course, program and service was checked in time.")
    )
    table = _list("Facts that are due", ("Name", "What it is", "Due since"), rows) if rows else None
    return Part("Facts to check", sentence, table, command="clearinghouse facts due" if due else "")


def _unmet(library: Library) -> Part:
    found = tally.report(library, _DAYS)
    searches = sum(each.searches for each in found.days)
    nothing = sum(each.nothing_found for each in found.days)
    title = "What people look for and do not find"
    if not found.counted and not searches:
        return Part(title, "Searches are not counted here (CLEARINGHOUSE_COUNT_SEARCHES).")
    sentence = f"{_count(searches, 'search', 'searches')} in {_DAYS} days; {nothing} found nothing."
    if not found.unmet:
        return Part(title, f"{sentence} No words yet: they are kept once several days have seen them.")
    rows = [(each.words, each.nothing_found, each.searches) for each in found.unmet]
    counts = [(each.words[:_LABEL], each.nothing_found) for each in found.unmet[:_MOST]]
    table = _list("Words for which nothing was found", ("Words", "Without result", "Searches"), rows)
    return Part(title, sentence, table, _drawn(lambda: pictures.bars(counts)), "clearinghouse report searches")


def _waiting(library: Library) -> Part:
    found = waiting.decisions(library)
    rows = [(each.what, each.number, f"clearinghouse {each.command}") for each in found]
    number = sum(each.number for each in found)
    sentence = "One thing waits" if number == 1 else f"{number:,} things wait"
    table = Table("Waiting", ("What", "How many", "Command"), tuple(rows))
    return Part("What waits for a curator", f"{sentence} for a curator.", table)


#: Short enough to stand over a column.
_AUDIENCES: Mapping[str, str] = {
    "consumers": "People who use services",
    "carers": "Family, friends, carers",
    "staff": "People who work in services",
    "providers": "Organisations",
}


def _drawn(draw: Callable[[], str]) -> str:
    return draw() if pictures.can_be_drawn() else ""


def _counts(what: str, counts: Mapping[str, int]) -> Table:
    return Table(what, (what, "How many"), tuple(counts.items()))


def _list(caption: str, head: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table(caption, head, tuple(rows[:_MOST]), max(0, len(rows) - _MOST))


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def _month(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%b %Y}"


def _day(moment: datetime) -> str:
    here = moment.astimezone()
    return f"{here.day} {here:%B %Y}"
