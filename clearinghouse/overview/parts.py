"""The parts of the overview: what each count means in a sentence, its table, and its picture.

The table is the whole truth and the picture the same at a glance, so that nobody needs the picture. A part of which
nothing is known says which command would tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clearinghouse import vocabulary
from clearinghouse.acquisition import drafts, failures
from clearinghouse.holdings import proposals
from clearinghouse.library import Library
from clearinghouse.overview import holdings, pictures
from clearinghouse.overview.holdings import Holdings
from clearinghouse.search import tally
from clearinghouse.upkeep import dated_facts, links, reports

#: Rows of a list that are shown; the command that is named gives the rest.
_MOST = 12
_YEARS = 20
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
    holes = len(counted.holes)
    parts = [
        f"There is nothing in {_count(holes, 'place')} of the grid."
        if holes
        else "Every place of the grid is filled."
    ]
    if missing:
        parts.append(f"Of these kinds there is nothing for anybody: {', '.join(missing).lower()}.")
    rows = [
        (
            vocabulary.KINDS[kind],
            *(number or "none" for number in counted.grid[kind].values()),
            counted.of_kind[kind],
        )
        for kind in kinds
    ]
    rows.append(("All kinds", *(number or "none" for number in counted.for_audience.values()), counted.published))
    numbers = [list(counted.grid[kind].values()) for kind in kinds]
    return Part(
        "Who finds something here",
        " ".join(parts) + " One resource may be for several audiences.",
        Table("Published resources by kind and audience", ("Kind", *_AUDIENCES.values(), "Any"), tuple(rows)),
        _drawn(
            lambda: pictures.heat_map([vocabulary.KINDS[kind] for kind in kinds], [*_AUDIENCES.values()], numbers)
        )
        if kinds
        else "",
    )


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
    older = sum(number for year, number in counted.years.items() if year < first)
    shown = {
        f"before {first}": older,
        **{str(year): counted.years.get(year, 0) for year in range(first, today.year + 1)},
    }
    ten = sum(number for year, number in counted.years.items() if year > today.year - 10)
    known = sum(counted.years.values())
    rows = [(year, number) for year, number in shown.items() if number] + [("not known", counted.without_year)]
    return Part(
        "How old it is",
        f"Of {_count(known, 'resource')} whose year is known, {ten} are from the last ten years. "
        f"Of {counted.without_year} the year is not known.",
        Table("Published resources by the year in which the work appeared", ("Year", "Resources"), tuple(rows)),
        _drawn(lambda: pictures.columns(_short(shown), every=2)) if known else "",
    )


def _forms(library: Library) -> Part:
    having: dict[str, int] = {}
    rows = []
    for audience, label in _AUDIENCES.items():
        found = reports.missing_forms(library, audience)
        having[label] = found.with_easy_read
        rows.append((label, found.with_easy_read, len(found.missing)))
    lacking = reports.missing_forms(library)
    return Part(
        "Forms that are missing",
        f"{len(lacking.missing)} of {lacking.published} resources for people who use services, or for family, friends "
        "and carers, have no Easy Read form.",
        Table("Published resources with and without an Easy Read form", ("For", "With", "Without"), tuple(rows)),
        _drawn(lambda: pictures.bars({f"{name}: with": number for name, number in having.items()}))
        if any(having.values())
        else "",
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
    picture = _drawn(lambda: pictures.bars(counts))
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
    counts = {each.words: each.nothing_found for each in found.unmet[:_MOST]}
    table = _list("Words for which nothing was found", ("Words", "Without result", "Searches"), rows)
    return Part(title, sentence, table, _drawn(lambda: pictures.bars(counts)), "clearinghouse report searches")


def _waiting(library: Library) -> Part:
    rows = [
        ("Drafts to decide on", drafts.number(library), "clearinghouse review"),
        ("What sources say anew", len(proposals.listing(library)), "clearinghouse proposals list"),
        ("Sources that could not be taken in", len(failures.listing(library)), "clearinghouse ingest failures"),
    ]
    number = sum(row[1] for row in rows)
    sentence = (
        f"{_count(number, 'thing')} wait for a curator." if number != 1 else "One thing waits for a curator."
    )
    return Part(
        "What waits for a curator", sentence, Table("Waiting", ("What", "How many", "Command"), tuple(rows))
    )


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


def _short(years: Mapping[str, int]) -> dict[str, int]:
    return {year.replace("before ", "<"): number for year, number in years.items()}
