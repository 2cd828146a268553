"""Keeps the index equal to the database: the index is its shadow, and can always be made again.

`documents` makes from rows what the index is given, `shadow` keeps the index equal to them, and `following` does
that in a process beside while more rows are written.
"""

from __future__ import annotations

from clearinghouse.indexing.shadow import (
    Drift,
    Synced,
    check,
    is_of_no_use,
    pending,
    rebuild,
    repair,
    size,
    sync,
)

__all__ = ["Drift", "Synced", "check", "is_of_no_use", "pending", "rebuild", "repair", "size", "sync"]
