"""Engine and sessions, migrations included. SQLite by default; PostgreSQL by URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import Session

from clearinghouse import outbox, stamps
from clearinghouse.commits import Commits
from clearinghouse.errors import BadSetting, Occupied, Problem, StorageFailed
from clearinghouse.models import Resource

#: The newest migration; a test holds it equal to the scripts'.
HEAD = "0010"

#: How long, in seconds, a writer waits for another writer.
_PATIENCE = 30

_MIGRATIONS = Path(__file__).parent / "migrations"

T = TypeVar("T")


class Database:
    """Sessions that read and sessions that write, with the outbox and the stamps listening on the writers."""

    def __init__(self, url: str) -> None:
        """Raises `BadSetting` where `url` cannot be understood."""
        self.engine = _engine(_parsed(url))
        # A writer takes SQLite's write lock when it begins, so that it waits its turn there rather
        # than failing half-way: a reader that turns writer cannot wait (SQLITE_BUSY_SNAPSHOT).
        self._writing_engine = self.engine.execution_options(writing=True)
        self._commits = Commits(self.engine)
        self._remembered: dict[Callable[[Session], Any], tuple[object, Any]] = {}

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads. Raises `StorageFailed` where the database cannot be read."""
        with _plainly(), Session(self.engine) as session:
            yield session

    def remembered(self, read: Callable[[Session], T]) -> T:
        """What `read` makes of the rows, read again only once somebody has committed, in this process or another.

        For what every page needs and few commands change. `read` is a function of a module, by which what it
        made is known; that is shared between threads, so let nobody change it. Raises as `reading` does.
        """
        stamp = self._commits.stamp()  # taken before the rows are read, so that what is kept is no older
        known = self._remembered.get(read)
        if known is None or known[0] != stamp:
            with self.reading() as session:
                known = self._remembered[read] = (stamp, read(session))
        made: T = known[1]
        return made

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction: all of it or nothing. Raises `Occupied` or `StorageFailed`."""
        with _plainly(), Session(self._writing_engine) as session, session.begin():
            outbox.listen(session)
            stamps.listen(session)
            session.connection()  # take our turn now, not at the first statement
            yield session

    @contextmanager
    def forgetting(self) -> Iterator[Session]:
        """As `writing`; what is deleted in it is then on the disk no more, where the database is SQLite."""
        with self.writing() as session:
            yield session
        if _is_sqlite(self.engine.url):
            self._empty_log()

    def _empty_log(self) -> None:
        """Let nothing stand in SQLite's log that has left the database; put off while somebody is reading."""
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        finally:
            connection.close()

    def version(self) -> str | None:
        """The migration this database is at; None where it is empty."""
        with _plainly(), self.engine.connect() as connection:
            return _version(connection)

    def migrate(self) -> bool:
        """Bring the tables to `HEAD`, in one transaction. Returns whether the database was empty before.

        Two processes may do this at once: the second waits, and finds nothing left to do.
        """
        with _plainly(), self._writing_engine.begin() as connection:
            before = _version(connection)
            if before is None:
                _create(connection)
            elif before != HEAD:
                _upgrade(connection)
            return before is None

    def close(self) -> None:
        """Give back every connection."""
        self._commits.close()
        self.engine.dispose()


def as_the_driver_has_it(session: Session, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Rows of `statement`, which has a question mark for each of `values`, with nothing made of what is in them.

    For what every page of results waits for: SQLAlchemy takes longer to prepare a statement and to wrap its rows
    than a database to answer it. Raises as the session's own statements do.
    """
    connection = session.connection()
    dialect: Any = connection.dialect
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statement if dialect.paramstyle == "qmark" else statement.replace("?", "%s"), tuple(values))
        return list(cursor.fetchall())
    except dialect.dbapi.Error as problem:
        raise DBAPIError.instance(
            statement, None, problem, dialect.dbapi.Error, hide_parameters=True, dialect=dialect
        ) from problem
    finally:
        cursor.close()


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _create(connection: Connection) -> None:
    """Make every table as the models say; a test holds that the migrations make exactly the same."""
    Resource.metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _upgrade(connection: Connection) -> None:
    from alembic import command  # slow to import, and seldom needed
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as problem:
        raise StorageFailed(
            "This library was made by a newer version of the program; install that version, or choose "
            f"another home with CLEARINGHOUSE_HOME ({problem})."
        ) from problem


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError) as problem:
        raise BadSetting(
            f"CLEARINGHOUSE_DATABASE is “{url}”, which is not a database URL; use one such as "
            "sqlite:////srv/library/library.db or postgresql+psycopg://user@host/name."
        ) from problem
    return parsed


def _engine(url: URL) -> Engine:
    try:
        # What people typed stands in no error that reaches a log.
        engine = create_engine(
            url, connect_args={"timeout": _PATIENCE} if _is_sqlite(url) else {}, hide_parameters=True
        )
    except ModuleNotFoundError as problem:
        raise BadSetting(
            f"CLEARINGHOUSE_DATABASE needs the Python package {problem.name}; install it with "
            "`pip install peer-support-clearinghouse[postgresql]`."
        ) from problem
    if _is_sqlite(url):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    # What is deleted or moved is overwritten at once: an enquiry that is purged must not be left in the file.
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("writing", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # which waits for nobody, and asks nothing of the file: SQLAlchemy would take longer to say it
        connection.connection.cursor().execute("BEGIN").close()


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn what a database driver says into a sentence for a curator."""
    try:
        yield
    except OperationalError as problem:
        raise _sentence(problem) from problem
    except DBAPIError as problem:
        if any(words in str(problem.orig) for words in ("malformed", "not a database")):
            raise _sentence(problem) from problem
        raise


def _sentence(problem: DBAPIError) -> Problem:
    said = str(problem.orig).lower()
    for words, kind, sentence in _SAID:
        if any(word in said for word in words):
            return kind(sentence)
    return StorageFailed(f"The library's database cannot be used: {problem.orig}. Check CLEARINGHOUSE_DATABASE.")


#: What a driver says, what that is, and what to do.
_SAID: tuple[tuple[tuple[str, ...], type[Problem], str], ...] = (
    (
        ("locking protocol",),
        StorageFailed,
        "The disk of the library lets no two programs take turns; keep its home on a disk of this machine.",
    ),
    (
        ("locked", "busy"),
        Occupied,
        "Another command or a backup is writing to this library; wait until it has ended and try again.",
    ),
    (("full",), StorageFailed, "The disk of the library is full; make room and run the command again."),
    (
        ("disk i/o error",),
        StorageFailed,
        "The disk of the library refuses to be written; make room on it, or check that it is well and not shared.",
    ),
    (
        ("readonly", "read-only"),
        StorageFailed,
        "The library's database may only be read; run the command as the user who owns the files in its home.",
    ),
    (
        ("unable to open",),
        StorageFailed,
        "The library's database cannot be opened; check that its disk is there, and who owns the files on it.",
    ),
    (
        ("malformed", "not a database"),
        StorageFailed,
        "The library's database file is damaged; put back a copy of library.db.",
    ),
)
