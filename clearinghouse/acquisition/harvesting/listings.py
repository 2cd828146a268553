"""What a harvest lists, read from its place: one batch after another, each with where to go on after it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ingest
from clearinghouse.acquisition import catalogue_file, catalogue_values
from clearinghouse.acquisition.harvesting.options import CATALOGUE, FEED, FOLDER, OAI, PAGE, SITEMAP, Options
from clearinghouse.acquisition.rows import Row
from clearinghouse.errors import Invalid
from ingest import Validators
from ingest.harvest import Batch, Cursor, Description, Item, feed, guess, joined, markup, oai, sitemap
from ingest.polite import Body, Visitor

#: Kinds whose list is whole each time, so that what it no longer names has left it. A feed only has the newest.
WHOLE = frozenset({SITEMAP, CATALOGUE, FOLDER, PAGE})


@dataclass(frozen=True, slots=True)
class Place:
    """What is listed where."""

    kind: str
    address: str
    options: Options


class Reader:
    """Reads a list by way of a polite visitor, and remembers what its server said of the list itself."""

    def __init__(self, visitor: Visitor, known: Validators) -> None:
        self._visitor = visitor
        self._known = known
        self.validators = Validators()

    def batches(self, place: Place, cursor: Cursor) -> Iterator[Batch]:
        """Raises an `IngestProblem`, `Invalid`, or `NotModified` where the whole list is as it was."""
        if place.kind == SITEMAP:
            return sitemap.listing(self._ask, place.address, cursor)
        if place.kind == FEED:
            return feed.listing(self._ask_once, place.address, cursor)
        if place.kind == OAI:
            options = place.options
            return oai.listing(self._ask, place.address, cursor, prefix=options.prefix, only_set=options.only_set)
        if place.kind == CATALOGUE:
            return _catalogue(self._ask_once(place.address), cursor)
        if place.kind == FOLDER:
            return _folder(place.address, cursor)
        return iter([Batch((Item(place.address, place.address),), cursor)])

    def _ask(self, address: str) -> Body:
        return self._visitor.read(address, max_bytes=markup.MOST_BYTES)

    def _ask_once(self, address: str) -> Body:
        body = self._visitor.read(address, max_bytes=markup.MOST_BYTES, known=self._known or None)
        self.validators = body.validators
        return body


def _folder(address: str, cursor: Cursor) -> Iterator[Batch]:
    """Every file below a folder; one whose size and time are as they were is not even opened."""
    files = []
    for location in ingest.find(address):
        try:
            status = Path(location).stat()
        except OSError:  # it went away while we looked
            continue
        files.append(Item(location, location, f"{status.st_mtime_ns} {status.st_size}"))
    yield Batch(tuple(files), cursor)


def _catalogue(body: Body, cursor: Cursor) -> Iterator[Batch]:
    with TemporaryDirectory(prefix="clearinghouse-") as folder:
        path = Path(folder) / f"catalogue{guess.ending_of(body) or '.csv'}"
        path.write_bytes(markup.unpacked(body.content, body.address))
        try:
            rows, _ = catalogue_file.read(path)
        except Invalid as problem:
            raise Invalid(str(problem).replace(str(path), body.address)) from None
    items = [_item(row, body.address) for row in rows]
    often = Counter(each.identifier for each in items)
    yield Batch(tuple(_by_title_too(each) if often[each.identifier] > 1 else each for each in items), cursor)


def _by_title_too(item: Item) -> Item:
    """Where several rows share an address, as the courses of one school do, each is known by its title as well."""
    title = item.described.title if item.described else ""
    return replace(item, identifier=f"{item.identifier} {title}")


def _item(row: Row, address: str) -> Item:
    values = row.values
    title, doi = str(values.get("title", "")), str(values.get("doi", ""))
    file = joined(address, str(values["file"])) if values.get("file") else ""
    identifier = doi or str(values.get("link", "")) or file or title or f"line {row.line}"
    said = json.dumps(dict(values), sort_keys=True, default=str, ensure_ascii=False)
    stamp = hashlib.sha256(said.encode()).hexdigest()
    if row.problem:
        return Item(identifier, problem=f"{address} line {row.line}: {row.problem}")
    try:
        described = _described(values)
    except Invalid as problem:
        return Item(identifier, problem=f"{address} line {row.line}: {problem}")
    if not title and not file:
        return Item(identifier, problem=f"{address} line {row.line}: it has neither a title nor a file.")
    return Item(identifier, file, stamp, described)


def _described(values: Any) -> Description:
    several = catalogue_values.several
    doi = str(values.get("doi", ""))
    return Description(
        title=str(values.get("title", "")),
        summary=str(values.get("summary", "")),
        authors=several(values, "authors") or (),
        organisation=str(values.get("organisation", "")),
        year=catalogue_values.whole_number(values, "year"),
        licence=str(values.get("licence", "")),
        link=str(values.get("link", "")),
        identifiers=(("doi", doi),) if doi else (),
        subjects=(*(several(values, "topics") or ()), *(several(values, "keywords") or ())),
        types=(str(values["kind"]),) if values.get("kind") else (),
    )
