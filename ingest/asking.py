"""One request to an address on the web, with its redirects: guarded, limited, and every trouble one sentence."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from ingest.errors import (
    Damaged,
    Disallowed,
    Gone,
    IngestProblem,
    NotModified,
    Refused,
    Silent,
    TooLarge,
    TooSlow,
    TryLater,
    Unreachable,
)
from ingest.source import Validators, size_in_words

if TYPE_CHECKING:
    import httpx

    from ingest.transport import Deadline

_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_GONE = {404: "says there is no such page (404)", 410: "says the page is gone for good (410)"}
_WORDS = {
    401: "asks for a password",
    403: "does not let this program in",
    451: "may not show it, for a legal reason (451)",
}
_BLOCK = 64 * 1024

#: Told of each address before it is asked; may wait, and may raise an `IngestProblem` to have it left alone.
BeforeHop = Callable[["httpx.URL"], None]


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a download may do."""

    max_bytes: int = 200 * 1024 * 1024
    timeout: float = 60.0
    """Seconds for the whole, redirects and all."""
    connect_timeout: float = 15.0
    """Seconds for a connection, or for the server to say something."""
    max_redirects: int = 5
    allow_private: bool = False
    """Whether an address inside a private network may be fetched."""
    user_agent: str = "peer-support-clearinghouse (library; adds documents at a curator's request)"


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer whose body is still to come, for as long as the block that asked for it lasts."""

    response: httpx.Response
    policy: FetchPolicy
    deadline: Deadline
    moved_to: str = ""
    """Where it says that it has moved for good (301, 308); empty where it has not."""

    @property
    def later(self) -> float | None:
        """For how many seconds it asks to be left alone; None where it does not say."""
        return _seconds(self.response)

    @property
    def address(self) -> str:
        """The address that answered in the end."""
        return str(self.response.url)

    @property
    def validators(self) -> Validators:
        """By what to ask for news of it later."""
        headers = self.response.headers
        return Validators(headers.get("etag", ""), headers.get("last-modified", ""))

    def blocks(self) -> Iterator[bytes]:
        """The body, unpacked, in blocks. Raises `TooLarge` or `TooSlow` as the policy says."""
        announced = self.response.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > self.policy.max_bytes:
            raise TooLarge(f"it holds {size_in_words(int(announced))}")
        size = 0
        for block in self.response.iter_bytes(_BLOCK):
            size += len(block)
            if size > self.policy.max_bytes:
                raise TooLarge("it keeps on sending")
            self.deadline.left()
            yield block


@contextmanager
def asked(
    address: str,
    policy: FetchPolicy,
    *,
    known: Validators | None = None,
    before_hop: BeforeHop | None = None,
    any_status: bool = False,
    method: str = "GET",
) -> Iterator[Answer]:
    """The answer of `address`. With `known`, only what changed since is asked for.

    Raises an `IngestProblem` (`Refused`, `Gone`, `TryLater`, `Unreachable`, `TooLarge`, `TooSlow`, or what
    `before_hop` raises) whose sentence names the address, also for trouble inside the block; `NotModified` where
    nothing changed. With `any_status` an error status is an answer too, and raises nothing.
    """
    from ingest.transport import Deadline  # httpx takes a while to import; files need none of it

    deadline = Deadline(policy.timeout)
    with _said_plainly(address, policy), ExitStack() as stack:
        response, moved_to = _follow(address, policy, deadline, stack, known, before_hop, method)
        yield Answer(response if any_status else _good(response, known), policy, deadline, moved_to)


def _follow(
    address: str,
    policy: FetchPolicy,
    deadline: Deadline,
    stack: ExitStack,
    known: Validators | None,
    before_hop: BeforeHop | None,
    method: str,
) -> tuple[httpx.Response, str]:
    """The answer at the end of the redirects, and where those that are for good led."""
    import httpx

    from ingest.transport import GuardedTransport

    headers = {"User-Agent": policy.user_agent, "Accept-Encoding": "gzip, identity"}
    headers.update(known.headers() if known else {})
    url = httpx.URL(address.strip())
    moved_to, for_good = "", True
    for _ in range(policy.max_redirects + 1):
        url = _allowed(url)
        if before_hop is not None:
            started = time.monotonic()
            before_hop(url)
            deadline.extend(time.monotonic() - started)
        # a client a hop: a connection made for one name is never reused for another
        transport = stack.enter_context(GuardedTransport(deadline, allow_private=policy.allow_private))
        client = stack.enter_context(
            httpx.Client(transport=transport, timeout=policy.connect_timeout, trust_env=False, headers=headers)
        )
        response = stack.enter_context(client.stream(method, url))
        if response.status_code not in _REDIRECTS or "location" not in response.headers:
            return response, moved_to
        url = url.join(response.headers["location"])
        for_good = for_good and response.status_code in _FOR_GOOD
        moved_to = str(url) if for_good else moved_to
    raise Unreachable(f"it redirects more than {policy.max_redirects} times")


def _allowed(url: httpx.URL) -> httpx.URL:
    """`url` without what no server needs to see. Raises `Refused` or `httpx.InvalidURL`."""
    import httpx

    if url.scheme not in {"http", "https"} or not url.host:
        raise Refused("only http and https addresses can be asked for")
    if re.search(r"[%\s]", url.host) or not 0 < (url.port or 80) < 65536:
        raise httpx.InvalidURL("no name of a server looks like this")
    return url.copy_with(fragment=None, username=None, password=None)


def _good(response: httpx.Response, known: Validators | None) -> httpx.Response:
    status = response.status_code
    if status in {200, 203}:
        return response
    if status == 304 and known:
        raise NotModified
    if status in _GONE:
        raise Gone(f"its server {_GONE[status]}")
    if status == 429:
        raise TryLater("its server says it was asked too often", _seconds(response))
    if status >= 500:
        raise TryLater(f"its server has a fault ({status})", _seconds(response))
    raise Unreachable(f"its server {_WORDS.get(status, f'answers {status} instead of a document')}")


def _seconds(response: httpx.Response) -> float | None:
    """What Retry-After asks for, in seconds from now: it holds a number, or a moment (RFC 9110, 10.2.3)."""
    said = response.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


_NOT_FETCHED = " could not be fetched: "


@contextmanager
def _said_plainly(address: str, policy: FetchPolicy) -> Iterator[None]:
    """Whatever goes wrong inside, as one sentence that names the address."""
    import httpcore
    import httpx

    try:
        yield
    except IngestProblem as problem:
        _, asked_before, said = str(problem).partition(_NOT_FETCHED)  # of robots.txt
        sentence = said if asked_before else f"{str(problem).rstrip('.')}. {_advice(problem, policy)}"
        problem.args = (f"{address}{_NOT_FETCHED}{sentence}",)
        raise
    except (httpcore.TimeoutException, httpx.TimeoutException):
        raise TooSlow(
            f"{address} could not be fetched: its server did not answer in time. "
            "Try again later, or download it and add the file."
        ) from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol, UnicodeError):
        raise Refused(f"{address} is not a web address: write one that begins with https://") from None
    except (httpcore.ConnectError, httpx.ConnectError) as error:
        if "certificate" in str(error).lower():
            raise Unreachable(
                f"{address} could not be fetched: its certificate cannot be trusted. "
                "Open it in a browser to check it."
            ) from None
        raise Silent(
            f"{address} could not be fetched: no server answers there. Open it in a browser to check it."
        ) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError):
        raise Silent(
            f"{address} could not be fetched: its server broke off before it was whole. Try again later."
        ) from None


def _advice(problem: IngestProblem, policy: FetchPolicy) -> str:
    if isinstance(problem, Refused):
        return "Use its public address, or let the operator allow private ones."
    if isinstance(problem, Disallowed):
        return "Ask those who run the site, or open it in a browser, save it and add the file."
    if isinstance(problem, TooLarge):
        return f"At most {size_in_words(policy.max_bytes)} are allowed: link to it instead, or raise the limit."
    if isinstance(problem, TooSlow):
        return "Try again later, or download it and add the file."
    if isinstance(problem, TryLater):
        return _when(problem.seconds)
    if isinstance(problem, Damaged):
        return "Open it in a browser to check it."
    return "Open it in a browser to check the address."


def _when(seconds: float | None) -> str:
    if seconds is None:
        return "Try again later."
    for size, one, several in ((86400, "a day", "days"), (3600, "an hour", "hours"), (60, "a minute", "minutes")):
        if seconds > size:
            return f"Try again in {-int(-seconds // size)} {several}."
        if seconds == size:
            return f"Try again in {one}."
    return "Try again in a minute."
