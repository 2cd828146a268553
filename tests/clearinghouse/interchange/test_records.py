"""Records in the order in which they changed: what reading them costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from clearinghouse.holdings.collections import Placement
from clearinghouse.interchange import records
from clearinghouse.interchange.records import Wanted
from clearinghouse.library import Library
from tests.clearinghouse import making


@contextmanager
def _asked(library: Library) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(library.database.engine, "before_cursor_execute", note)
    yield found
    event.remove(library.database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("whole", [True, False])
def test_many_records_cost_no_more_queries_than_one(library: Library, whole: bool) -> None:
    for number in range(6):
        making.a_resource(
            library, f"Guide {number}", "Words.", topics=("hope",), authors=("A B",), place=Placement("S")
        )
    counts = []
    for most in (1, 6):
        with _asked(library) as statements:
            assert len(records.some(library, Wanted(), most=most, whole=whole)) == most
        counts.append(len(statements))
    assert counts[0] == counts[1] < 12
