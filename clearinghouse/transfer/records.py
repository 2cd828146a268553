"""Rows as plain records, some at a time, and what each value is called in JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Select, Table, select
from sqlalchemy.orm import Session

from clearinghouse.transfer.parts import NAMED_BY, Part

Record = dict[str, Any]

#: Rows read at a time, with all that hangs on them: this bounds memory.
_ROWS = 64


class Reader:
    """Records of one library, as its rows are in one session."""

    def __init__(self, session: Session, *, everything: bool) -> None:
        """`everything`: drafts, withdrawn resources and the library's own books too."""
        self._session = session
        self._everything = everything
        self._names: dict[str, dict[Any, str]] = {}

    def records(self, part: Part) -> Iterator[Record]:
        """Every record of `part`, in the order in which its rows were made."""
        if part.private and not self._everything:
            return
        key = _only(part.table.primary_key.columns) if part.number is None else part.number
        last: Any = None
        while rows := self._some(part, key, last):
            last = rows[-1][key.name]
            yield from self._told(part, rows)

    def _some(self, part: Part, key: Column[Any], last: Any) -> Sequence[Mapping[str, Any]]:
        wanted = self._shown(part, select(part.table)).order_by(key).limit(_ROWS)
        if last is not None:
            wanted = wanted.where(key > last)
        return [dict(row) for row in self._session.execute(wanted).mappings()]

    def _shown(self, part: Part, wanted: Select[Any]) -> Select[Any]:
        return wanted if self._everything or part.shared is None else wanted.where(part.shared())

    def _told(self, part: Part, rows: Sequence[Mapping[str, Any]], owner: Table | None = None) -> Iterator[Record]:
        """`rows` as records; `owner` is the table they hang on, whose number they need not say."""
        numbers = [row["id"] for row in rows] if part.number is not None else []
        hung: dict[str, Mapping[int, Sequence[Any]]] = {
            name: self._hanging(part.table, numbers, each)
            for name, each in part.hanging.items()
            if self._everything or not each.private
        }
        hung |= {name: self._linked(numbers, each) for name, each in part.linked.items()}
        told = [column for column in part.table.columns if not _is_left_out(column, part, owner)]
        for row in rows:
            record: Record = {said(column): self._value(part, column, row[column.name]) for column in told}
            for name, found in hung.items():
                record[name] = list(found.get(row["id"], ()))
            yield record

    def _hanging(self, owner: Table, numbers: Sequence[int], part: Part) -> dict[int, list[Record]]:
        """Number of an owner to the records that hang on it."""
        to_owner = reference(part.table, owner)
        order = part.table.primary_key.columns
        rows = self._session.execute(
            self._shown(part, select(part.table)).where(to_owner.in_(numbers)).order_by(*order)
        ).mappings()
        kept = [dict(row) for row in rows]
        found: dict[int, list[Record]] = {}
        for row, record in zip(kept, self._told(part, kept, owner), strict=True):
            found.setdefault(row[to_owner.name], []).append(record)
        return found

    def _linked(self, numbers: Sequence[int], pairs: Table) -> dict[int, list[str]]:
        """Number of an owner to the names of what it is linked to, in order of the names."""
        to_owner, to_other = pairs.primary_key.columns
        found: dict[int, list[str]] = {}
        for row in self._session.execute(select(to_owner, to_other).where(to_owner.in_(numbers))):
            name = self._name(_target(to_other), row[1])
            if name is not None:
                found.setdefault(row[0], []).append(name)
        return {owner: sorted(names) for owner, names in found.items()}

    def _value(self, part: Part, column: Column[Any], value: Any) -> Any:
        if value is not None and is_reference(column):
            return self._name(_target(column), value)
        if column.name in part.discreet and not self._everything:
            value = part.discreet[column.name](value)
        return plain(value)

    def _name(self, table: Table, number: int) -> str | None:
        """What the row with this `number` is called; None where it does not travel."""
        if table.name not in self._names:
            named = select(table.c.id, table.c[NAMED_BY[table.name]])
            if table.name == "resource" and not self._everything:
                named = named.where(table.c.status == "published")
            self._names[table.name] = {row[0]: row[1] for row in self._session.execute(named)}
        return self._names[table.name].get(number)


def line(record: Record) -> str:
    """`record` as a line of JSON, the same on every machine."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def plain(value: Any) -> Any:
    """A value of a column as JSON has it: moments and days as ISO 8601, bytes as Base64."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def said(column: Column[Any]) -> str:
    """What a record calls the value of `column`."""
    return column.name.removesuffix("_id") if is_reference(column) else column.name


def is_reference(column: Column[Any]) -> bool:
    """Whether `column` holds the number of a row that records name otherwise."""
    return any(key.column.table.name in NAMED_BY for key in column.foreign_keys)


def reference(table: Table, owner: Table) -> Column[Any]:
    """The column of `table` that says to which row of `owner` a row belongs."""
    return next(
        column for column in table.columns if any(key.column.table is owner for key in column.foreign_keys)
    )


def _is_left_out(column: Column[Any], part: Part, owner: Table | None) -> bool:
    return column is part.number or (owner is not None and column is reference(part.table, owner))


def _target(column: Column[Any]) -> Table:
    table: Table = _only(column.foreign_keys).column.table
    return table


def _only(found: Any) -> Any:
    (one,) = found
    return one
