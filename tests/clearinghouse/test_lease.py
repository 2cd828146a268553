"""The lease: one writer of the index at a time, and none kept out by the dead."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from clearinghouse import lease
from clearinghouse.database import Database
from clearinghouse.errors import Occupied
from clearinghouse.library import Library
from clearinghouse.models import Lease
from clearinghouse.orm import now


def _holder(library: Library) -> str:
    with library.database.reading() as session:
        return session.execute(select(Lease.holder)).scalar_one()


def _hold_for_ever(url: str, ready: multiprocessing.synchronize.Event) -> None:
    with lease.held(Database(url)):
        ready.set()
        time.sleep(60)


def test_a_second_process_waits_and_then_is_told_who_is_in_the_way(library: Library) -> None:
    def hold() -> None:
        with lease.held(library.database, wait=0.2):
            pass

    with lease.held(library.database), pytest.raises(Occupied, match="writing the search index"):
        hold()


def test_the_lease_is_given_back_at_the_end(library: Library) -> None:
    with lease.held(library.database):
        assert _holder(library)
    assert _holder(library) == ""


def test_the_lease_is_given_back_when_the_work_fails(library: Library) -> None:
    with pytest.raises(RuntimeError), lease.held(library.database):
        raise RuntimeError
    with lease.held(library.database, wait=0):
        pass


def test_the_lease_of_a_killed_process_is_free_at_once(library: Library) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    child = context.Process(target=_hold_for_ever, args=(library.settings.database_url, ready))
    child.start()
    assert ready.wait(60)
    with pytest.raises(Occupied), lease.held(library.database, wait=0.2):
        pass
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()
    child.close()
    with lease.held(library.database, wait=1):
        pass


def test_a_lease_that_ran_out_on_another_machine_is_free(library: Library) -> None:
    with library.database.writing() as session:
        session.merge(Lease(name="index", holder="elsewhere/pid:[1] 1 x", until=now() - timedelta(seconds=1)))
    with lease.held(library.database, wait=0):
        pass


def test_a_lease_in_use_on_another_machine_is_respected(library: Library) -> None:
    with library.database.writing() as session:
        session.merge(Lease(name="index", holder="elsewhere/pid:[1] 1 x", until=now() + timedelta(seconds=60)))
    with pytest.raises(Occupied), lease.held(library.database, wait=0.2):
        pass


def test_a_clock_that_was_set_back_keeps_nobody_out(library: Library) -> None:
    with library.database.writing() as session:
        session.merge(Lease(name="index", holder="elsewhere/pid:[1] 1 x", until=now() + timedelta(hours=1)))
    with lease.held(library.database, wait=0):
        pass


def test_the_lease_is_renewed_while_the_work_goes_on(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "RENEWED_EVERY", 0.1)

    def until() -> datetime:
        with library.database.reading() as session:
            return session.execute(select(Lease.until)).scalar_one()

    with lease.held(library.database):
        first, given_up = until(), time.monotonic() + 60
        while until() == first and time.monotonic() < given_up:
            time.sleep(0.05)
        assert until() > first
