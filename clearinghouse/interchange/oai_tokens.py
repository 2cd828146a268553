"""Resumption tokens: all that is needed to go on, in the token itself, signed, so that nothing is kept here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from clearinghouse import own_secret
from clearinghouse.interchange.oai_request import Refused
from clearinghouse.interchange.records import Place
from clearinghouse.library import Library
from clearinghouse.orm import now

#: How long a harvester may take between two requests.
LASTS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Going:
    """A list on its way."""

    verb: str
    arguments: dict[str, str]
    """As the list was asked for: ``metadataPrefix``, and perhaps ``from``, ``until``, ``set``."""
    after: Place
    """The last record given."""
    given: int
    """Records given so far."""
    size: int
    """Records there were in all when the list was begun."""


def written(library: Library, going: Going) -> tuple[str, datetime]:
    """The token, and when it expires."""
    moment, slug = going.after
    said = [going.verb, going.arguments, moment.isoformat(), slug, going.given, going.size]
    token = _serializer(library).dumps(said)
    return token if isinstance(token, str) else token.decode(), now() + LASTS


def read(library: Library, token: str, verb: str) -> Going:
    """What a token of ours says. Raises `Refused` for one that is not, that expired, or that another verb gave."""
    try:
        given, arguments, moment, slug, count, size = _serializer(library).loads(
            token, max_age=int(LASTS.total_seconds())
        )
    except SignatureExpired:
        raise Refused("badResumptionToken", "That token has expired; begin the list again.") from None
    except (BadData, ValueError, TypeError):
        raise Refused("badResumptionToken", "That is no token of this library; begin the list again.") from None
    if given != verb:
        raise Refused("badResumptionToken", f"That token goes on with {given}.")
    return Going(given, arguments, (datetime.fromisoformat(moment), slug), count, size)


def _serializer(library: Library) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(own_secret.of(library, "oai"), salt="resumption token")
