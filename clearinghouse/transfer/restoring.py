"""Records as rows of an empty library."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Integer,
    LargeBinary,
    Table,
    delete,
    insert,
    text,
    update,
)
from sqlalchemy.orm import Session

from clearinghouse import vocabulary
from clearinghouse.errors import Invalid
from clearinghouse.orm import UtcDateTime
from clearinghouse.transfer.parts import NAMED_BY, PARTS, Part
from clearinghouse.transfer.records import Record, is_reference, reference, said

Row = dict[str, Any]

#: Records taken in at a time: this bounds memory.
_RECORDS = 64


class Writer:
    """Puts records into an empty library, in one session of the caller's."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._next: dict[str, int] = {}
        self._numbers: dict[str, dict[str, int]] = {name: {} for name in NAMED_BY}
        self._later: list[tuple[Column[Any], int, str]] = []
        self._pairs: list[tuple[Table, int, str]] = []

    def clear(self) -> None:
        """Take away what a new library is born with: its topics, glossary, help lines and crisis phrases."""
        for part in reversed(list(PARTS.values())):
            for table in (*part.linked.values(), *(each.table for each in part.hanging.values()), part.table):
                self._session.execute(delete(table))

    def write(self, part: Part, records: Iterable[tuple[str, Record]]) -> int:
        """Insert `records`, each with where it stands. Returns how many. Raises `Invalid`."""
        done = 0
        waiting = iter(records)
        while some := list(islice(waiting, _RECORDS)):
            rows: dict[str, list[Row]] = {}
            for place, record in some:
                with _said_of(place):
                    self._take(part, dict(record), rows, {})
            for name, each in rows.items():
                self._session.execute(insert(part.table.metadata.tables[name]), each)
            done += len(some)
        with _said_of("A record"):
            self._fill_in()
        return done

    def settle(self) -> None:
        """Let the next row that the library makes follow the rows written; PostgreSQL counts on its own."""
        if self._session.get_bind().dialect.name != "postgresql":
            return
        for name, number in self._next.items():
            self._session.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :number)"),
                {"table": name, "number": number},
            )

    def _take(self, part: Part, record: Record, rows: dict[str, list[Row]], given: Row) -> None:
        """Put the rows of `record` and of all that hangs on it into `rows`, by the names of their tables."""
        lists = {name: record.pop(name, []) for name in (*part.hanging, *part.linked)}
        row = dict(given)
        if part.number is not None:
            row["id"] = self._next[part.table.name] = self._next.get(part.table.name, 0) + 1
        for column in part.table.columns:
            if column.name not in row:
                row[column.name] = self._read(column, record, row)
        if record:
            raise _Wrong(f"“{next(iter(record))}” means nothing here")
        if part.table.name in NAMED_BY:
            self._name(part.table, row)
        rows.setdefault(part.table.name, []).append(row)
        for name, each in part.hanging.items():
            for one in lists[name]:
                self._take(each, dict(one), rows, {reference(each.table, part.table).name: row["id"]})
        for name, pairs in part.linked.items():
            self._link(pairs, row["id"], lists[name], rows)

    def _name(self, table: Table, row: Row) -> None:
        name = row[NAMED_BY[table.name]]
        if name in self._numbers[table.name]:
            raise _Wrong(f"“{name}” stands here twice")
        self._numbers[table.name][name] = row["id"]

    def _read(self, column: Column[Any], record: Record, row: Row) -> Any:
        name = said(column)
        if name not in record:
            return _unsaid(column)
        value = record.pop(name)
        if value is None:
            if not column.nullable:
                raise _Wrong(f"its {name} says nothing")
            return None
        if is_reference(column):
            return self._number(column, str(value), row)
        return _typed(column, value)

    def _number(self, column: Column[Any], name: str, row: Row) -> int | None:
        """The number of the row called `name`; one of the same table may come later, and is filled in then."""
        (key,) = column.foreign_keys
        table = key.column.table
        if table is column.table:
            self._later.append((column, row["id"], name))
            return None
        return self._known(table, name)

    def _known(self, table: Table, name: str) -> int:
        try:
            return self._numbers[table.name][name]
        except KeyError:
            raise _Wrong(f"there is no {table.name} “{name}”") from None

    def _link(self, pairs: Table, number: int, names: Sequence[str], rows: dict[str, list[Row]]) -> None:
        to_owner, to_other = pairs.primary_key.columns
        (owner,), (other,) = to_owner.foreign_keys, to_other.foreign_keys
        for name in names:
            if owner.column.table is other.column.table:
                self._pairs.append((pairs, number, name))
            else:
                row = {to_owner.name: number, to_other.name: self._known(other.column.table, name)}
                rows.setdefault(pairs.name, []).append(row)

    def _fill_in(self) -> None:
        """What rows say of others of their own table, now that all of them are there."""
        for column, number, name in self._later:
            table = column.table
            assert isinstance(table, Table)
            filled = {column.name: self._known(table, name)}
            self._session.execute(update(table).where(table.c.id == number).values(filled))
        for pairs, number, name in self._pairs:
            to_owner, to_other = pairs.primary_key.columns
            (other,) = to_other.foreign_keys
            row = {to_owner.name: number, to_other.name: self._known(other.column.table, name)}
            self._session.execute(insert(pairs).values(row))
        self._later.clear()
        self._pairs.clear()


@contextmanager
def _said_of(place: str) -> Iterator[None]:
    try:
        yield
    except (_Wrong, AttributeError, KeyError, TypeError, ValueError) as problem:
        raise Invalid(
            f"{place} cannot be taken in: {problem}. Nothing was taken in; make the export again."
        ) from problem


class _Wrong(Exception):  # noqa: N818 - becomes a sentence with the place where it stands
    """What is wrong with a record."""


def _unsaid(column: Column[Any]) -> Any:
    """What a column holds where an export made before it was invented says nothing of it."""
    default = column.default
    if default is not None and default.is_scalar:
        return default.arg  # type: ignore[attr-defined] # typed on a subclass that SQLAlchemy keeps to itself
    if default is not None and default.is_callable:
        return default.arg(None)  # type: ignore[attr-defined]
    if column.nullable:
        return None
    raise _Wrong(f"it has no {said(column)}")


def _typed(column: Column[Any], value: Any) -> Any:
    kind = column.type
    if isinstance(kind, JSON):
        return value
    allowed = _ALLOWED.get((column.table.name, column.name))
    if allowed is not None and not allowed.fullmatch(str(value)):
        raise _Wrong(f"its {said(column)} cannot be “{str(value)[:60]}”")
    for sort, wanted, read in _KINDS:
        if isinstance(kind, sort):
            if not isinstance(value, wanted) or isinstance(value, bool) != (sort is Boolean):
                break
            try:
                return read(value)
            except (ValueError, binascii.Error):
                break
    else:
        if isinstance(value, str):
            return value
    raise _Wrong(f"its {said(column)} cannot be “{str(value)[:60]}”")


def _moment(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError(value)
    return found


_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,119}")
#: What stands in addresses, and what decides who sees a thing.
_ALLOWED = {
    ("resource", "slug"): _NAME,
    ("resource", "status"): re.compile("|".join(vocabulary.STATUSES)),
    ("resource_audience", "audience"): re.compile("|".join(vocabulary.AUDIENCES)),
    ("edition", "key"): re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}"),
    ("collection", "slug"): _NAME,
    ("topic", "slug"): _NAME,
    ("glossary_entry", "slug"): _NAME,
    ("original", "sha256"): re.compile(r"[0-9a-f]{64}"),
}

_KINDS: tuple[tuple[type, type | tuple[type, ...], Any], ...] = (
    (UtcDateTime, str, _moment),
    (Date, str, date.fromisoformat),
    (Boolean, bool, bool),
    (Integer, int, int),
    (Float, (int, float), float),
    (LargeBinary, str, lambda value: base64.b64decode(value, validate=True)),
)
