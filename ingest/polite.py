"""Visits to other people's servers as a good guest makes them.

One request at a time to a host, with a pause after each; robots.txt is asked for first and kept to; a server that
says "later" is left alone for as long as it says, and is asked again with growing pauses, but not for ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ingest import robots
from ingest.asking import FetchPolicy, asked
from ingest.errors import Disallowed, Silent, TryLater, Unreachable
from ingest.fetching import fetch
from ingest.source import Source, Validators

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")

_RULES_LAST = 24 * 3600.0
"""Seconds for which rules are kept (RFC 9309, 2.4)."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How this program behaves on other people's servers. Times are in seconds."""

    pause: float = 1.0
    """After each request, before the next to the same host; a longer Crawl-delay counts before it."""
    longest_pause: float = 60.0
    """The most that is waited because a server asks for it. One that asks for more is left for another day."""
    tries: int = 4
    """How often one address is asked before it is given up."""
    first_wait: float = 2.0
    """Before the second try; each later wait is twice as long."""
    robots: bool = True
    """Whether robots.txt is kept to. Off only for a single address that a person named."""


@dataclass(frozen=True, slots=True)
class Body:
    """What an address answered, held in memory."""

    address: str
    """The address that answered in the end."""
    content: bytes
    media_type: str
    """As the server states it, such as ``application/xml``; empty where it does not."""
    validators: Validators


@dataclass(frozen=True, slots=True)
class Status:
    """That an address answered, and how."""

    address: str
    """The address that answered in the end."""
    code: int
    """HTTP status of the last answer; 304 where nothing changed since it was last asked."""
    moved_to: str
    """Where it says that it has moved for good; empty where it has not."""
    later: float | None
    """For how many seconds it asks to be left alone, where it does."""
    validators: Validators


class Visitor:
    """Asks for addresses politely, remembering each host it met. For one thread."""

    def __init__(
        self,
        policy: FetchPolicy | None = None,
        manners: Manners | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.policy = policy or FetchPolicy()
        self.manners = manners or Manners()
        self._sleep, self._clock = sleep, clock
        self._free: dict[str, float] = {}
        """Host to the moment from which it may be asked again."""
        self._rules: dict[str, tuple[float, robots.Rules]] = {}
        """Origin to its rules and the moment they were read."""
        self._met: list[str] = []
        """Hosts asked in the request that is going on."""

    def fetch(self, address: str, into: Path, known: Validators | None = None) -> Source:
        """As `ingest.fetch`, politely. Raises also `Disallowed`."""
        return self._patiently(
            lambda: fetch(address, into, policy=self.policy, known=known, before_hop=self._before_hop)
        )

    def read(self, address: str, *, max_bytes: int | None = None, known: Validators | None = None) -> Body:
        """What `address` answers, in memory; at most `max_bytes`. Raises as `fetch` does, but never `Damaged`."""
        policy = replace(self.policy, max_bytes=min(max_bytes or self.policy.max_bytes, self.policy.max_bytes))
        return self._patiently(lambda: self._read(address, policy, known, self._before_hop))

    def knock(self, address: str, known: Validators | None = None) -> Status:
        """How `address` answers, whatever its status; the body is left where it is.

        Its head alone is asked for first; where that gives an error, the whole, as some servers know no HEAD.
        Raises as `fetch` does where there is no answer at all.
        """
        status = self._patiently(lambda: self._knock(address, known, "HEAD"))
        if status.code < 400 or status.later is not None:
            return status
        return self._patiently(lambda: self._knock(address, known, "GET"))

    def _knock(self, address: str, known: Validators | None, method: str) -> Status:
        asking = asked(
            address, self.policy, known=known, before_hop=self._before_hop, any_status=True, method=method
        )
        with asking as answer:
            code, later = answer.response.status_code, answer.later
            return Status(answer.address, code, answer.moved_to, later if code >= 400 else None, answer.validators)

    def rules(self, address: str) -> robots.Rules:
        """What the site of `address` asks of programs."""
        import httpx

        return self._rules_of(httpx.URL(address))

    def _patiently(self, ask: Callable[[], T]) -> T:
        """What `ask` gives, asked again with growing pauses where the server cannot answer now."""
        wait = self.manners.first_wait
        for left in range(self.manners.tries - 1, -1, -1):
            try:
                return self._once(ask)
            except TryLater as problem:
                asked_for = problem.seconds or 0.0
                if not left or asked_for > self.manners.longest_pause:
                    raise
                self._sleep(max(wait, asked_for))
                wait = min(wait * 2, self.manners.longest_pause)
        raise AssertionError("a visitor tries at least once")

    def _once(self, ask: Callable[[], T]) -> T:
        outer, self._met = self._met, []
        try:
            return ask()
        finally:
            for host in self._met:  # the pause begins when the answer has ended
                self._free[host] = self._clock() + self._pause(host)
            self._met = outer

    def _pause(self, host: str) -> float:
        asked_for = [rules.delay for origin, (_, rules) in self._rules.items() if origin.endswith(f"//{host}")]
        return min(max(self.manners.pause, *asked_for, 0.0), self.manners.longest_pause)

    def _before_hop(self, url: httpx.URL) -> None:
        """Keep to the rules of the site, and wait until its turn has come."""
        if self.manners.robots and url.path != "/robots.txt" and not self._rules_of(url).allow(str(url)):
            raise Disallowed("its robots.txt asks programs to stay away from there")
        self._wait_for(url.netloc.decode("ascii"))

    def _wait_for(self, host: str) -> None:
        wait = self._free.get(host, 0.0) - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._free[host] = self._clock() + self._pause(host)
        self._met.append(host)

    def _rules_of(self, url: httpx.URL) -> robots.Rules:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if origin not in self._rules or self._clock() - self._rules[origin][0] >= _RULES_LAST:
            rules = self._once(lambda: self._ask_rules(origin))
            self._rules[origin] = (self._clock(), rules)
            host = url.netloc.decode("ascii")
            self._free[host] = self._clock() + self._pause(host)  # which its Crawl-delay may have made longer
        return self._rules[origin][1]

    def _ask_rules(self, origin: str) -> robots.Rules:
        endless = 1 << 50  # however long it is, its beginning counts
        policy = replace(self.policy, max_bytes=endless, max_redirects=max(5, self.policy.max_redirects))
        try:
            return robots.read(self._beginning(f"{origin}/robots.txt", policy))
        except Silent:
            raise Silent("no server answers there") from None
        except TryLater as problem:  # until the site can say what its rules are, everything is forbidden
            raise TryLater(
                "its robots.txt cannot be read, so nothing there may be asked for", problem.seconds
            ) from None
        except Unreachable:  # 4xx: there are none
            return robots.Rules()

    def _beginning(self, address: str, policy: FetchPolicy) -> bytes:
        """The first bytes of a robots.txt: one that is too long counts as far as it was read."""
        body = b""
        with asked(address, policy, before_hop=lambda url: self._wait_for(url.netloc.decode("ascii"))) as answer:
            for block in answer.blocks():
                body += block
                if len(body) >= robots.MOST_BYTES:
                    break
        return body

    @staticmethod
    def _read(
        address: str,
        policy: FetchPolicy,
        known: Validators | None,
        before_hop: Callable[[httpx.URL], None],
    ) -> Body:
        with asked(address, policy, known=known, before_hop=before_hop) as answer:
            content = b"".join(answer.blocks())
            media = answer.response.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Body(answer.address, content, media, answer.validators)
