"""Use case: ask every address outside whether it still answers, politely, and write down what it said.

Each answer is written as it comes, so that a run which is cut off goes on where it was: what was asked is not due.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from sqlalchemy import select

from clearinghouse.acquisition import visits
from clearinghouse.library import Library
from clearinghouse.models import LinkCheck
from clearinghouse.orm import now
from clearinghouse.upkeep import links
from ingest import Disallowed, IngestProblem, Refused, TryLater, Validators
from ingest.errors import Silent
from ingest.polite import Status

#: Days after which an address that answered is asked again, unless the curator says otherwise.
ASKED_EVERY = 30
#: Seconds within which an address must have answered, redirects and all; and within which it must say something.
_PATIENCE, _SILENCE = 30, 10
#: How often one that cannot be reached is tried in one run.
_TRIES = 2
#: Hosts that must all be silent before the silence is taken for this machine's own.
_ALL_SILENT = 3
#: How long a server that only says "too often" is left alone.
_A_DAY = 86_400.0

_WORDS = {
    401: "It asks for a password, so a person must look.",
    403: "It lets no program in, so a person must look.",
    404: "There is no such page (404).",
    410: "The page is gone for good (410).",
    451: "It may not be shown, for a legal reason (451).",
}
_GONE = {404, 410}


class Knocker(Protocol):
    """Whoever asks: `ingest.polite.Visitor`."""

    def knock(self, address: str, known: Validators | None = None) -> Status:
        """How it answers. Raises an `IngestProblem` where there is no answer."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What one address answered just now."""

    address: str
    outcome: str
    sentence: str
    moved_to: str
    broken: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    outcome: str
    sentence: str
    status: int | None = None
    moved_to: str = ""
    later: float | None = None
    validators: Validators | None = None
    heard: bool = True
    """Whether a server said anything."""


def due(library: Library, *, older_than: int = ASKED_EVERY, limit: int | None = None) -> tuple[str, ...]:
    """Addresses to ask now, the hosts mixed: those never asked, those that failed before today, then the oldest.

    One that answered is due after `older_than` days; one whose server asked to be left alone, not before that.
    What nothing leads to any more is forgotten.
    """
    moment, today = now(), _day(now())
    with library.database.writing() as session:
        leading = links.uses(session)
        rows = {row.address: row for row in session.scalars(select(LinkCheck))}
        for address in rows.keys() - leading.keys():
            session.delete(rows[address])
        ranks: list[tuple[int, datetime, str]] = []
        for address in leading:
            row = rows.get(address)
            if row is None:
                ranks.append((0, moment, address))
            elif row.ask_after and row.ask_after > moment:
                continue
            elif row.failed_days and _day(row.asked_at) < today:
                ranks.append((1, row.asked_at, address))
            elif row.asked_at <= moment - timedelta(days=older_than):
                ranks.append((2, row.asked_at, address))
    return tuple(_mixed(address for _, _, address in sorted(ranks)[:limit]))


def check(library: Library, addresses: Iterable[str], knocker: Knocker | None = None) -> Iterator[Asked]:
    """Ask each address and write down what it answers. Where a server says "later", its others are left alone.

    Silence is written down once any server was heard. Raises `Silent` at the end where several were asked and none
    was, not even one that answered lately: then it is this machine that cannot be heard.
    """
    guest = knocker or _guest(library)
    left_alone: set[str] = set()
    waiting: list[tuple[str, _Answer]] = []
    heard = False
    for address in addresses:
        if _host(address) in left_alone:
            continue
        answer = _ask(guest, address, _known(library, address))
        if answer.outcome == "put off":
            left_alone.add(_host(address))
        heard = heard or answer.heard
        waiting.append((address, answer))
        if heard:
            yield from (_written(library, *each) for each in waiting)
            waiting.clear()
    if len({_host(address) for address, _ in waiting}) >= _ALL_SILENT and not _is_heard(library, guest):
        raise Silent(
            "Not one server answered, so this machine seems to have no way out; nothing was written down. Try "
            "again when it has."
        )
    yield from (_written(library, *each) for each in waiting)


def _is_heard(library: Library, guest: Knocker) -> bool:
    """Whether one of the addresses that answered last does so now."""
    lately = select(LinkCheck.address).where(LinkCheck.outcome == "answered").order_by(LinkCheck.asked_at.desc())
    with library.database.reading() as session:
        addresses = list(session.scalars(lately.limit(_TRIES)))
    return any(_ask(guest, address, None).heard for address in addresses)


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()


def _guest(library: Library) -> Knocker:
    guest = visits.visitor(library.settings)
    guest.policy = replace(guest.policy, timeout=_PATIENCE, connect_timeout=_SILENCE)
    guest.manners = replace(guest.manners, tries=_TRIES)
    return guest


def _ask(guest: Knocker, address: str, known: Validators | None) -> _Answer:
    try:
        status = guest.knock(address, known)
    except Disallowed as problem:
        return _Answer("not asked", _shortly(address, problem))
    except Refused as problem:
        return _Answer("not asked", _shortly(address, problem), heard=False)
    except TryLater as problem:
        if problem.seconds is not None:
            return _Answer("put off", _shortly(address, problem), later=problem.seconds)
        return _Answer("failed", _shortly(address, problem), heard=not isinstance(problem, Silent))
    except IngestProblem as problem:
        return _Answer("failed", _shortly(address, problem), heard=False)
    return _read(status, known)


def _read(status: Status, known: Validators | None) -> _Answer:
    code = status.code
    if code < 400:
        kept = status.validators or (known if code == 304 else None)
        return _Answer("answered", "", code, status.moved_to, validators=kept)
    if code == 429 or (code == 503 and status.later is not None):
        return _Answer("put off", "It asked to be left alone for a while.", code, later=status.later or _A_DAY)
    if code in _GONE or code >= 500:
        return _Answer("failed", _WORDS.get(code, f"Its server has a fault ({code})."), code)
    return _Answer("unsure", _WORDS.get(code, f"It answers {code} to a program, so a person must look."), code)


def _shortly(address: str, problem: IngestProblem) -> str:
    """What is wrong, without the address and without advice for those who wanted the document itself."""
    reason = str(problem).removeprefix(f"{address} could not be fetched: ")
    reason = re.sub(r"^\S+ could not be fetched: ", "", reason).partition(". ")[0].rstrip(".")
    if reason.startswith(address):
        reason = "It is no web address" if "not a web address" in reason else reason
    return f"{reason[:1].upper()}{reason[1:]}."


def _known(library: Library, address: str) -> Validators | None:
    with library.database.reading() as session:
        row = session.get(LinkCheck, address)
        return Validators(row.etag, row.last_modified) or None if row and not row.failed_days else None


def _written(library: Library, address: str, answer: _Answer) -> Asked:
    moment = now()
    with library.database.writing() as session:
        row = session.get(LinkCheck, address)
        if row is None:
            row = LinkCheck(address=address, asked_at=moment, outcome="", failed_days=0)
            session.add(row)
            failed_today = False
        else:
            failed_today = bool(row.failed_days) and _day(row.asked_at) == _day(moment)
        row.outcome, row.status, row.sentence = answer.outcome, answer.status, answer.sentence
        row.ask_after = moment + timedelta(seconds=answer.later) if answer.later else None
        if answer.outcome == "failed":
            row.failing_since = row.failing_since or _day(moment)
            row.failed_days += not failed_today
        elif answer.outcome != "not asked":  # its server is there
            row.failing_since, row.failed_days, row.answered_at = None, 0, moment
            row.moved_to = answer.moved_to
        if answer.outcome == "answered":
            said = answer.validators or Validators()
            row.etag, row.last_modified = said.etag, said.last_modified
        row.asked_at = moment
        broken = row.failed_days >= links.DAYS_BEFORE_BROKEN
        return Asked(address, answer.outcome, answer.sentence, row.moved_to or "", broken)


def _mixed(addresses: Iterable[str]) -> Iterator[str]:
    """A turn for each host, then the next: while one host rests, the others are asked."""
    queues: dict[str, deque[str]] = defaultdict(deque)
    for address in addresses:
        queues[_host(address)].append(address)
    while queues:
        for host in list(queues):
            yield queues[host].popleft()
            if not queues[host]:
                del queues[host]


def _day(moment: datetime) -> date:
    """The day where the library stands."""
    return moment.astimezone().date()
