"""What stands between the enquiry form and robots, other sites and floods, without a puzzle for people.

Nothing here is kept on a disk, and no address of a visitor is kept anywhere: senders are counted in memory
under a digest with a salt that this process alone knows.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import secrets
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from enum import Enum

from itsdangerous import BadSignature, URLSafeSerializer

#: Seconds in which nobody can have read the form and written an answer.
FASTEST = 2.0
#: Seconds for which a form may be filled in: a day, because writing this can take more than one go.
SLOWEST = 24 * 60 * 60.0

#: New enquiries from one sender in this many seconds. A whole ward or library may share one address.
MOST_A_SENDER = 10
SENDER_SECONDS = 600.0
#: Senders counted at once; beyond these the one seen longest ago is forgotten.
_MOST_SENDERS = 10_000

_COOKIE_VALUE = re.compile(r"[A-Za-z0-9_-]{22}")


class Verdict(Enum):
    """What to do with a form that came in."""

    FINE = "fine"
    FOREIGN = "foreign"
    """Sent by a page of another site."""
    UNSURE = "unsure"
    """The browser does not say which page sent it, and the form's cookie did not come with it."""
    OLD = "old"
    """Too old, or not a form we gave out."""
    FAST = "fast"


@dataclass(frozen=True, slots=True)
class Slip:
    """What goes out with a form."""

    token: str
    cookie: str | None
    """To be set beside it; None where the browser itself says which page a form was sent by."""


class Forms:
    """Gives out signed tokens and knows them again. No token is kept, so none runs out in a flood.

    `Origin` says nothing here: with `Referrer-Policy: no-referrer` browsers send `Origin: null` for our own
    form too. `Sec-Fetch-Site` says it, in every browser since 2023, on HTTPS; elsewhere the form's own cookie
    must come back with the token it was signed together with, which no other site can see.
    """

    def __init__(self, key: str) -> None:
        self._serializer = URLSafeSerializer(key, salt="enquiry form")

    def issue(self, moment: float, fetch_site: str | None, cookie: str | None) -> Slip:
        """A fresh token at `moment` (seconds since 1970); the browser sent this `Sec-Fetch-Site` and cookie."""
        if fetch_site is not None:
            return Slip(self._token(moment, None), None)
        kept = cookie if cookie and _COOKIE_VALUE.fullmatch(cookie) else secrets.token_urlsafe(16)
        return Slip(self._token(moment, kept), kept)

    def judge(self, token: str, moment: float, fetch_site: str | None, cookie: str | None) -> Verdict:
        """Whether a form with this token, at `moment`, is one of ours, sent by a person from our own page."""
        site = fetch_site or "none"
        if site not in {"same-origin", "none"}:
            return Verdict.FOREIGN
        try:
            issued, _, seal = self._serializer.loads(token)
            age = moment - float(issued)
        except (BadSignature, TypeError, ValueError):
            return Verdict.OLD if site == "same-origin" else Verdict.UNSURE
        if site == "none" and not (cookie and seal and secrets.compare_digest(seal, _seal(cookie))):
            return Verdict.UNSURE
        if age > SLOWEST:
            return Verdict.OLD
        return Verdict.FAST if age < FASTEST else Verdict.FINE

    def _token(self, moment: float, cookie: str | None) -> str:
        made = self._serializer.dumps(
            [round(moment, 3), secrets.token_urlsafe(12), _seal(cookie) if cookie else None]
        )
        return made if isinstance(made, str) else made.decode()


class Senders:
    """How many enquiries each sender made lately, without knowing any of them."""

    def __init__(self) -> None:
        self._salt = secrets.token_bytes(32)
        self._seen: OrderedDict[bytes, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def may_ask(self, address: str | None, moment: float) -> bool:
        """Whether this address may make another enquiry at `moment` (seconds)."""
        with self._lock:
            return len(self._lately(self._name(address), moment)) < MOST_A_SENDER

    def count(self, address: str | None, moment: float) -> None:
        """An enquiry of this address was kept at `moment` (seconds)."""
        name = self._name(address)
        with self._lock:
            self._seen[name] = self._lately(name, moment)
            self._seen[name].append(moment)
            self._seen.move_to_end(name)
            while len(self._seen) > _MOST_SENDERS:
                self._seen.popitem(last=False)

    def _lately(self, name: bytes, moment: float) -> deque[float]:
        times = self._seen.get(name, deque())
        while times and times[0] <= moment - SENDER_SECONDS:
            times.popleft()
        return times

    def _name(self, address: str | None) -> bytes:
        return hashlib.blake2b(_network(address or "").encode(), key=self._salt, digest_size=16).digest()


def _network(address: str) -> str:
    """An IPv6 address stands for its /64, which is what one household is given."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if not parsed.is_loopback else address


def _seal(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()[:32]
