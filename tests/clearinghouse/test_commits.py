"""What is remembered from rows: right until somebody commits, whoever that is."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clearinghouse.database import Database
from clearinghouse.errors import StorageFailed
from clearinghouse.models import CrisisPhrase

_read = 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{file}")
    made.migrate()
    yield made
    made.close()


def number(session: Session) -> int:
    """How many phrases there are; counts how often it was asked."""
    global _read  # what is remembered is known by a function of a module
    _read += 1
    return session.scalar(select(func.count()).select_from(CrisisPhrase)) or 0


def _add(database: Database, phrase: str) -> None:
    with database.writing() as session:
        session.add(CrisisPhrase(phrase=phrase))


def test_rows_are_read_once_while_nobody_commits(database: Database) -> None:
    before = _read
    assert [database.remembered(number) for _ in range(5)] == [0] * 5
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(CrisisPhrase)) == 0
    assert database.remembered(number) == 0
    assert _read == before + 1


def test_a_commit_of_this_process_is_noticed_at_once(database: Database) -> None:
    for expected in range(5):
        assert database.remembered(number) == expected
        _add(database, f"phrase {expected}")


def test_a_commit_of_another_connection_is_noticed_at_once(database: Database, file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    for expected in range(3):
        assert database.remembered(number) == expected
        other.execute("INSERT INTO crisis_phrase VALUES (?)", (f"phrase {expected}",))
    other.close()


def test_a_commit_of_another_process_is_noticed_at_once(database: Database, file: Path) -> None:
    assert database.remembered(number) == 0
    write = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
    say = [sys.executable, "-c", write, str(file)]
    subprocess.run([*say, "INSERT INTO crisis_phrase VALUES ('a phrase')"], check=True)
    assert database.remembered(number) == 1
    subprocess.run([*say, "DELETE FROM crisis_phrase"], check=True)
    assert database.remembered(number) == 0


def test_what_is_not_committed_is_not_seen_and_is_seen_when_it_is(database: Database) -> None:
    with database.writing() as session:
        session.add(CrisisPhrase(phrase="a phrase"))
        session.flush()
        assert database.remembered(number) == 0
    assert database.remembered(number) == 1


def test_a_commit_while_rows_are_being_read_is_not_missed(database: Database) -> None:
    assert database.remembered(_number_and_then_one_more) == 0
    assert database.remembered(_number_and_then_one_more) == 1


def _number_and_then_one_more(session: Session) -> int:
    found = session.scalar(select(func.count()).select_from(CrisisPhrase)) or 0
    url = str(session.get_bind().engine.url)
    other = Database(url)
    _add(other, f"phrase {found}")
    other.close()
    return found


def test_a_look_keeps_no_reader_open_so_that_what_was_deleted_can_leave_the_disk(
    database: Database, file: Path
) -> None:
    _add(database, "something that nobody is to find")
    database.remembered(number)
    with database.forgetting() as session:
        session.delete(session.get_one(CrisisPhrase, "something that nobody is to find"))
    assert file.with_name("library.db-wal").stat().st_size == 0
    assert b"nobody is to find" not in file.read_bytes()


def test_many_threads_remember_one_thing_and_none_sees_less_than_it_wrote(database: Database) -> None:
    def write_and_look(at: int) -> bool:
        _add(database, f"phrase {at}")
        return database.remembered(_phrases) >= {f"phrase {at}"}

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(write_and_look, range(40)))
    assert len(database.remembered(_phrases)) == 40


def _phrases(session: Session) -> set[str]:
    return set(session.scalars(select(CrisisPhrase.phrase)))


def test_a_database_that_was_closed_is_opened_again_by_whoever_asks(database: Database) -> None:
    assert database.remembered(number) == 0
    database.close()
    assert database.remembered(number) == 0


def test_a_database_that_is_damaged_says_so_and_is_not_taken_for_unchanged(file: Path) -> None:
    file.write_bytes(b"This is no database at all, and long enough to be looked into. " * 20)
    damaged = Database(f"sqlite:///{file}")
    for _ in range(2):
        with pytest.raises(StorageFailed, match="damaged"):
            damaged.remembered(number)
    damaged.close()
