"""What a harvest asks of intake: for each listed thing, what is wanted of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

import ingest
from clearinghouse.acquisition.harvesting import items
from clearinghouse.acquisition.harvesting.options import FOLDER, SITEMAP, Options, from_json
from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.errors import Problem
from clearinghouse.holdings import record
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record
from clearinghouse.models import Harvest, HarvestItem
from ingest import Validators
from ingest.harvest import Description

_MOST_FILES = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is wanted of intake, and the listed thing for which it is."""

    item: int
    wanted: Wanted
    first: bool
    last: bool
    """Whether it is the first, or the last, that is wanted for that thing."""


def asked(session: Session, harvest: Harvest, rows: list[HarvestItem], *, again: bool) -> Iterator[Asked]:
    """What is wanted for each of `rows`. With `again`, whole and not only where it changed."""
    options, said = from_json(harvest.options), record.from_json(harvest.said)
    for row in rows:
        wanted = _wanted(row, harvest, options, said, again=again)
        for number, each in enumerate(wanted, start=1):
            yield Asked(row.id, each, first=number == 1, last=number == len(wanted))


def word_of(described: Description) -> Record:
    """What a list says, as a record; a year or a link that cannot be one is left out."""
    said = Record(
        title=described.title or None,
        summary=described.summary or None,
        organisation=described.organisation or None,
        authors=described.authors or None,
        licence=described.licence or None,
        identifiers=dict(described.identifiers) or None,
        keywords=described.subjects or None,
    )
    for doubtful in (Record(year=described.year), Record(link=described.link or None)):
        try:
            said = record.over(said, record.checked(doubtful))
        except Problem:
            continue
    return said


def _wanted(row: HarvestItem, harvest: Harvest, options: Options, said: Record, *, again: bool) -> list[Wanted]:
    if not row.address and not row.described:
        return [Wanted(row.identifier, problem=row.sentence or f"{row.identifier} leads nowhere.")]
    if (
        row.address and harvest.kind != FOLDER and not ingest.is_address(row.address)
    ):  # never a file of this machine
        return [
            Wanted(row.identifier, problem=f"{row.address} is no web address, so it is not taken from a list.")
        ]
    described = items.description(row)
    known = Validators() if again or row.resource_id is None else Validators(row.etag, row.last_modified)
    base = Wanted(
        shown=row.address or row.identifier,
        record=said,
        described=word_of(described),
        language=described.language,
        placement=Placement(options.collection) if options.collection else None,
        draft=options.draft,
        harvested=True,
    )
    if row.address:
        return [_of_document(base, row.address, known, walked=harvest.kind in {FOLDER, SITEMAP})]
    return [*_of_record(base, row, known, with_files=options.with_files)]


def _of_document(base: Wanted, address: str, known: Validators, *, walked: bool = False) -> Wanted:
    return replace(base, shown=address, location=address, known=known, walked=walked)


def _of_record(base: Wanted, row: HarvestItem, known: Validators, *, with_files: bool) -> Iterator[Wanted]:
    """The description; and the documents that belong to it, as editions of what it made."""
    files = row.files[:_MOST_FILES] if with_files else []
    slug = row.resource.slug if row.resource else None
    group = row.identifier if files else None
    yield replace(base, edition_of=slug, group=group)
    for file in files:
        only = known if len(files) == 1 else Validators()
        yield replace(_of_document(base, file, only), edition_of=slug, group=group)
