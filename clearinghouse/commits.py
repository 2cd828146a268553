"""Whether anybody has committed a change: until then, what was read from rows and kept in memory is right."""

from __future__ import annotations

import sqlite3
import threading
from typing import Any

from sqlalchemy import Engine, PoolProxiedConnection, text
from sqlalchemy.exc import DBAPIError

_SNAPSHOT = text("SELECT CAST(pg_current_snapshot() AS text)")
"""Which transactions are done, and which are under way: two that are the same see the same rows."""


class Commits:
    """Tells of commits by every process and thread, this one among them. Safe to share between threads.

    On SQLite a connection of its own, which never writes, is asked for ``PRAGMA data_version``: that number
    changes whenever another connection has committed, and costs two millionths of a second. On PostgreSQL the
    snapshot is asked for. It changes more often than need be, with every transaction of the whole server.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._watching: PoolProxiedConnection | None = None

    def stamp(self) -> object:
        """Equal to an earlier one only if nothing was committed in between; never, where that cannot be told."""
        try:
            match self._engine.dialect.name:
                case "sqlite":
                    return self._data_version()
                case "postgresql":
                    with self._engine.connect() as connection:
                        return connection.execute(_SNAPSHOT).scalar_one()
        except (sqlite3.Error, DBAPIError):
            pass  # whoever reads the rows now is told what is wrong
        return object()

    def close(self) -> None:
        """Give back the connection."""
        with self._lock:
            watching, self._watching = self._watching, None
        if watching is not None:
            watching.close()

    def _data_version(self) -> object:
        with self._lock:
            if self._watching is None:
                self._watching = self._engine.raw_connection()
                self._watching.detach()  # it stays ours: the pool would count it among its few
            connection: Any = self._watching.dbapi_connection
            cursor = connection.execute("PRAGMA data_version")
            number = cursor.fetchone()
            cursor.close()  # ends the look: a reader that lingers would keep the log from being emptied
            return number
