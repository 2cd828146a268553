"""What a harvester may ask: the six verbs of OAI-PMH 2.0, their arguments, and how each is refused.

https://www.openarchives.org/OAI/2.0/openarchivesprotocol.htm, sections 2.7.1, 3.6 and 4
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

#: Letters that may stand in a setSpec and in a metadataPrefix.
_UNRESERVED = r"[A-Za-z0-9\-_.!~*'()]+"
_SET = re.compile(rf"{_UNRESERVED}(?::{_UNRESERVED})*")
_PREFIX = re.compile(_UNRESERVED)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SECOND = re.compile(rf"{_DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z")

#: A request's own arguments longer than this are no identifier, date, set or token of ours.
_LONGEST = 2000


class Refused(Exception):  # noqa: N818 - the protocol calls it an error, we a refusal
    """A request that cannot be answered, with the protocol's own word for why."""

    def __init__(self, code: str, sentence: str) -> None:
        """`code`: such as ``badArgument``."""
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Verb:
    """Which arguments a verb takes."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    resumed: bool = False
    """Whether a ``resumptionToken`` may stand in place of all of them."""

    @property
    def known(self) -> frozenset[str]:
        """Every argument it may have."""
        return self.required | self.optional | ({"resumptionToken"} if self.resumed else set())


_LIST = Verb(frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), resumed=True)
VERBS: Mapping[str, Verb] = {
    "Identify": Verb(),
    "ListMetadataFormats": Verb(optional=frozenset({"identifier"})),
    "ListSets": Verb(resumed=True),
    "GetRecord": Verb(frozenset({"identifier", "metadataPrefix"})),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
}


def read(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The arguments of a request by name, with its ``verb``. Raises `Refused`."""
    arguments: dict[str, str] = {}
    for name, value in said:
        if name in arguments:
            raise Refused("badVerb" if name == "verb" else "badArgument", f"“{_shown(name)}” is said twice.")
        arguments[name] = value
    verb = VERBS.get(arguments.get("verb", ""))
    if verb is None:
        raise Refused("badVerb", f"Say what you want with verb=, one of {', '.join(VERBS)}.")
    given = arguments.keys() - {"verb"}
    _require_known(verb, given, arguments)
    if verb.resumed and "resumptionToken" in given:
        if len(given) > 1:
            raise Refused("badArgument", "A resumptionToken stands alone: it knows what was asked.")
    elif missing := verb.required - given:
        raise Refused("badArgument", f"Say {', '.join(f'{each}=' for each in sorted(missing))} too.")
    return arguments


def _require_known(verb: Verb, given: Iterable[str], arguments: Mapping[str, str]) -> None:
    for name in given:
        if name not in verb.known:
            raise Refused("badArgument", f"{arguments['verb']} has no argument “{_shown(name)}”.")
        if len(arguments[name]) > _LONGEST:
            raise Refused(
                "badResumptionToken" if name == "resumptionToken" else "badArgument", "That is too long."
            )


def echoed(arguments: Mapping[str, str]) -> dict[str, str]:
    """The arguments that an answer may repeat: those that its schema has a shape for and that fit it."""
    shapes = {
        "set": _SET,
        "metadataPrefix": _PREFIX,
        "from": re.compile(f"{_DAY.pattern}|{_SECOND.pattern}"),
        "identifier": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/@!$&'()*+,;=-]+"),
        "resumptionToken": re.compile(r"[!-~]+"),
        "verb": re.compile("|".join(VERBS)),
    }
    shapes["until"] = shapes["from"]
    return {name: value for name, value in arguments.items() if name in shapes and shapes[name].fullmatch(value)}


def group(arguments: Mapping[str, str]) -> str:
    """The set asked for; empty for none. Raises `Refused` for what can be no set."""
    asked = arguments.get("set", "")
    if "set" in arguments and not _SET.fullmatch(asked):
        raise Refused("badArgument", "That is no setSpec; verb=ListSets names them all.")
    return asked


def period(arguments: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """(first moment, first moment after) asked for; None where it is open. Raises `Refused`."""
    first, last = arguments.get("from"), arguments.get("until")
    if first is not None and last is not None and len(first) != len(last):
        raise Refused("badArgument", "from and until must be written alike: both as days or both as seconds.")
    since = _moment("from", first) if first is not None else None
    until = _moment("until", last) if last is not None else None
    if since is not None and until is not None and since > until:
        raise Refused("badArgument", "from is later than until.")
    return since, _after(until, last or "") if until is not None else None


def _moment(name: str, written: str) -> datetime:
    shape = "%Y-%m-%d" if _DAY.fullmatch(written) else "%Y-%m-%dT%H:%M:%SZ" if _SECOND.fullmatch(written) else ""
    try:
        return datetime.strptime(written, shape).replace(tzinfo=UTC)
    except ValueError:
        sentence = f"{name} is no moment; write it like 2026-11-26 or 2026-11-26T18:30:00Z, in UTC."
        raise Refused("badArgument", sentence) from None


def _after(until: datetime, written: str) -> datetime | None:
    """The moment after the day or second `until`; None after the last there is."""
    try:
        return until + (timedelta(days=1) if _DAY.fullmatch(written) else timedelta(seconds=1))
    except OverflowError:
        return None


def _shown(name: str) -> str:
    return re.sub(r"[^\w.:-]", " ", name)[:40]
