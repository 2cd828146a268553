"""What a harvest lists, as rows: which of it is wanted, and which has gone."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from clearinghouse.acquisition.harvesting.listings import WHOLE
from clearinghouse.acquisition.harvesting.options import OAI, PAGE, SITEMAP, from_json
from clearinghouse.models import Harvest, HarvestItem
from clearinghouse.orm import now
from ingest.harvest import Description, Item

WANTED, TAKEN, FAILED, MISSING = "wanted", "taken", "failed", "missing"
#: No document, such as a picture in a folder; and what a curator discarded, which does not come back by itself.
LEFT, DISCARDED = "left", "discarded"

_AT_ONCE = 500

#: Kinds whose pages are asked for again at each run where the list does not say whether they changed.
_ASKED_AGAIN = frozenset({SITEMAP, PAGE})


def put(session: Session, harvest: Harvest, items: Iterable[Item], *, again: bool) -> None:
    """Keep what was listed; what is new or has changed is wanted. With `again` everything is wanted."""
    options = from_json(harvest.options)
    listed = {key_of(each.identifier): each for each in items if options.wants(each.address or each.identifier)}
    here = known(session, harvest, listed)
    for key, item in listed.items():
        row = here.get(key)
        if row is None and item.deleted:  # gone before it was ever here
            continue
        if row is None:
            row = HarvestItem(harvest_id=harvest.id, key=key, identifier=item.identifier, state=WANTED)
            row.described, row.files, row.datestamp, row.address = {}, [], "", ""
            session.add(row)
        _update(row, item, harvest, again=again)


def known(session: Session, harvest: Harvest, keys: Iterable[str]) -> dict[str, HarvestItem]:
    """The rows of these keys, by key; asked for in parts, because databases take only so many at once."""
    found: dict[str, HarvestItem] = {}
    left = iter(keys)
    while part := list(islice(left, _AT_ONCE)):
        rows = select(HarvestItem).where(HarvestItem.harvest_id == harvest.id, HarvestItem.key.in_(part))
        found.update((row.key, row) for row in session.scalars(rows))
    return found


def _update(row: HarvestItem, item: Item, harvest: Harvest, *, again: bool) -> None:
    row.seen = harvest.runs
    if row.state in {TAKEN, MISSING} and row.resource_id is None:
        row.state, row.sentence = DISCARDED, "You discarded it."
    if row.state == DISCARDED:
        return
    if item.deleted and row.resource_id is None:  # it never came
        row.state, row.sentence = LEFT, "It was deleted at its source before it was taken in."
        return
    if item.deleted:
        lose(row)
        return
    if item.problem:  # told with the rest of the run
        row.state, row.sentence, row.address, row.described = WANTED, item.problem, "", {}
        return
    described = _as_json(item.described)
    unknown = not item.datestamp and harvest.kind in _ASKED_AGAIN
    changed = (row.datestamp, row.described, row.files) != (item.datestamp, described, list(item.files))
    row.address, row.datestamp, row.described, row.files = (
        item.address,
        item.datestamp,
        described,
        list(item.files),
    )
    if again or changed or unknown or row.state in {FAILED, MISSING}:
        row.state, row.sentence = WANTED, ""


def what_of(row: HarvestItem | None, item: Item) -> str:
    """What a run would come to for a listed thing: ``new``, ``changed``, ``missing``, ``failed``, or nothing."""
    if item.deleted:
        return "missing" if row is not None and row.state != MISSING else ""
    if item.problem:
        return "failed"
    if row is None:
        return "new"
    same = (row.datestamp, row.described, row.files) == (
        item.datestamp,
        _as_json(item.described),
        list(item.files),
    )
    return "" if same and row.state not in {WANTED, FAILED, MISSING} else "changed"


def lose(row: HarvestItem) -> None:
    """Mark that it is no longer at its source."""
    if row.state != MISSING:
        row.state, row.missing_since = MISSING, now()
        row.sentence = "It is no longer at its source."


def find(row: HarvestItem) -> None:
    """Mark that it is at its source, and was taken in."""
    row.state, row.missing_since, row.sentence = TAKEN, None, ""


def after_a_whole_list(session: Session, harvest: Harvest) -> None:
    """Look after what a whole list no longer names.

    A page may be there still, so it is asked for; of what has no address of its own, the list is the only word.
    """
    unlisted = [
        HarvestItem.harvest_id == harvest.id,
        HarvestItem.seen < harvest.runs,
        HarvestItem.state.in_([WANTED, TAKEN, FAILED, LEFT]),
    ]
    never_here = [*unlisted, HarvestItem.resource_id.is_(None)]
    for row in session.scalars(select(HarvestItem).where(*never_here)):
        session.delete(row)
    session.flush()
    if harvest.kind in _ASKED_AGAIN:
        session.execute(update(HarvestItem).where(*unlisted).values(state=WANTED))
        return
    for row in session.scalars(select(HarvestItem).where(*unlisted)):
        lose(row)


def all_as_they_were(session: Session, harvest: Harvest) -> None:
    """The list has not changed: everything in it counts as listed again."""
    here = HarvestItem.harvest_id == harvest.id
    session.execute(update(HarvestItem).where(here).values(seen=harvest.runs))


def try_again(session: Session, harvest: Harvest) -> None:
    """What failed is wanted again."""
    failed = [HarvestItem.harvest_id == harvest.id, HarvestItem.state == FAILED]
    for row in session.scalars(select(HarvestItem).where(*failed)):
        if row.address or row.described:
            row.state, row.sentence = WANTED, ""


def wanted(session: Session, harvest: Harvest, after: int, most: int) -> list[HarvestItem]:
    """The next items that are wanted, in the order in which they were first listed."""
    rows = select(HarvestItem).where(
        HarvestItem.harvest_id == harvest.id, HarvestItem.state == WANTED, HarvestItem.id > after
    )
    return list(session.scalars(rows.order_by(HarvestItem.id).limit(most)))


def missing(session: Session, harvest: Harvest) -> list[HarvestItem]:
    """What is no longer at its source, in the order in which it was first listed."""
    gone = [HarvestItem.harvest_id == harvest.id, HarvestItem.state == MISSING]
    return list(session.scalars(select(HarvestItem).where(*gone).order_by(HarvestItem.id)))


def counts(session: Session, harvest: Harvest) -> Mapping[str, int]:
    """State to number of items."""
    rows = select(HarvestItem.state, func.count()).where(HarvestItem.harvest_id == harvest.id)
    return dict(session.execute(rows.group_by(HarvestItem.state)).all())


def is_whole(harvest: Harvest) -> bool:
    """Whether the list that was read named everything there is."""
    return harvest.kind in WHOLE or (harvest.kind == OAI and not harvest.cursor.get("since"))


def description(row: HarvestItem) -> Description:
    """What the list says of it."""
    said: dict[str, Any] = {
        name: tuple(tuple(each) if isinstance(each, list) else each for each in value)
        if isinstance(value, list)
        else value
        for name, value in row.described.items()
    }
    return Description(**said)


def key_of(identifier: str) -> str:
    """SHA-256 of an identifier."""
    return hashlib.sha256(identifier.encode("utf-8", "replace")).hexdigest()


def _as_json(described: Description | None) -> dict[str, Any]:
    if described is None:
        return {}
    said = dataclasses.asdict(described)
    empty = dataclasses.asdict(Description())
    kept = {name: value for name, value in said.items() if value != empty[name]}
    return {name: _lists(value) if isinstance(value, tuple) else value for name, value in kept.items()}


def _lists(value: Any) -> Any:
    return [_lists(each) for each in value] if isinstance(value, tuple) else value
