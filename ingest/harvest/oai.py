"""An OAI-PMH 2.0 repository (openarchives.org/OAI/openarchivesprotocol.html): what it is, and its records.

A reader of our own over a polite visitor, because Sickle and oaipmh-scythe connect by themselves: past the guard
that keeps a redirect out of this network.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from ingest.errors import Damaged, TryLater, Unreachable, Unsupported
from ingest.harvest import dublin_core, markup
from ingest.harvest.listing import Ask, Batch, Cursor, Description, Item

_DAY = "YYYY-MM-DD"
_OTHER = {
    "cannotDisseminateFormat": "does not give records as {prefix}: choose another format with --format",
    "noSetHierarchy": "has no sets: leave --set out",
    "badVerb": "does not answer as an OAI-PMH repository does: check its address",
}


@dataclass(frozen=True, slots=True)
class Repository:
    """What a repository says of itself."""

    name: str
    granularity: str
    """``YYYY-MM-DD``, or ``YYYY-MM-DDThh:mm:ssZ``."""
    deleted: str
    """Whether it tells of deleted records: ``no``, ``transient`` or ``persistent``."""


class _Expired(Exception):  # noqa: N818 - caught in this module
    """The repository no longer knows the resumption token."""


def identify(ask: Ask, address: str) -> Repository:
    """Raises `Damaged` where `address` is no OAI-PMH repository, or what `ask` raises."""
    root, _ = _asked(ask, address, {"verb": "Identify"}, "")
    said = next((each for each in root if markup.name(each) == "identify"), None)
    if said is None:
        raise Damaged(f"{address} is no OAI-PMH repository: it does not say what it is. Check its address.")
    return Repository(
        markup.text(said, "repositoryname"),
        markup.text(said, "granularity") or _DAY,
        markup.text(said, "deletedrecord") or "no",
    )


def listing(
    ask: Ask, address: str, cursor: Cursor, *, prefix: str = "oai_dc", only_set: str = ""
) -> Iterator[Batch]:
    """Every record that changed since ``cursor.since``, a batch a page.

    Goes on at ``cursor.token``; where the repository has forgotten the token, the listing begins again, once.
    Raises `Damaged` or `Unsupported` with what the repository says, or what `ask` raises.
    """
    begun_again = False
    before: tuple[str, tuple[str, ...]] = ("", ())
    while True:
        try:
            root, token = _page(ask, address, cursor, prefix, only_set)
        except _Expired:
            if begun_again:
                raise Damaged(f"{address} forgets where its own listing stands: tell those who run it.") from None
            begun_again, cursor = True, replace(cursor, token="", began="")
            continue
        records = (each for part in root if markup.name(part) == "listrecords" for each in part)
        items = tuple(_item(each) for each in records if markup.name(each) == "record")
        here = (token, tuple(each.identifier for each in items))
        if token and here == before:
            raise Damaged(f"{address} gives the same page again and again: tell those who run it.")
        cursor, before = replace(cursor, token=token, began=cursor.began or _response_date(root)), here
        yield Batch(items, cursor)
        if not token:
            return


def _page(ask: Ask, address: str, cursor: Cursor, prefix: str, only_set: str) -> tuple[Any, str]:
    """The root of one page, and the token of the next."""
    if cursor.token:
        try:
            return _asked(ask, address, {"verb": "ListRecords", "resumptionToken": cursor.token}, prefix)
        except TryLater:
            raise
        except Unreachable as problem:  # some answer a token they do not know with 400, 404 or 422
            raise _Expired from problem
    wanted = {"verb": "ListRecords", "metadataPrefix": prefix}
    if only_set:
        wanted["set"] = only_set
    if cursor.since:
        whole = identify(ask, address).granularity != _DAY
        wanted["from"] = cursor.since if whole else cursor.since[: len(_DAY)]
    return _asked(ask, address, wanted, prefix)


def _asked(ask: Ask, address: str, wanted: dict[str, str], prefix: str) -> tuple[Any, str]:
    root = markup.tree(ask(_with_query(address, wanted)).content, address)
    if markup.name(root) != "oai-pmh":
        raise Damaged(f"{address} is no OAI-PMH repository: check its address.")
    for error in root.iter("{*}error"):
        code, said = error.get("code", ""), " ".join("".join(error.itertext()).split())
        if code == "noRecordsMatch":
            return root, ""
        if code == "badResumptionToken" and "resumptionToken" in wanted:
            raise _Expired
        reason = _OTHER.get(code, f"says “{said or code}”").format(prefix=prefix)
        raise Unsupported(f"{address} {reason}.")
    token = next(root.iter("{*}resumptionToken"), None)
    return root, "".join(token.itertext()).strip() if token is not None else ""


def _with_query(address: str, wanted: dict[str, str]) -> str:
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, urlencode(wanted))))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _response_date(root: Any) -> str:
    """The moment of an answer, ``2026-11-26T18:00:00Z``, by the server's clock; empty where it does not say."""
    return markup.text(root, "responsedate")[:20]


def _item(record: Any) -> Item:
    header = next((each for each in record if markup.name(each) == "header"), record)
    identifier, datestamp = markup.text(header, "identifier"), markup.text(header, "datestamp")
    if header.get("status") == "deleted":
        return Item(identifier, datestamp=datestamp, deleted=True)
    holder = next((each for each in record if markup.name(each) == "metadata"), None)
    metadata = next(iter(holder), None) if holder is not None else None
    if metadata is None:
        return Item(identifier, datestamp=datestamp, problem=f"{identifier} comes without a description.")
    described, files = dublin_core.read(metadata)
    if not described.title:
        return Item(identifier, datestamp=datestamp, problem=f"{identifier} has no title in its description.")
    return Item(identifier, datestamp=datestamp, described=_with_sets(described, header), files=files)


def _with_sets(described: Description, header: Any) -> Description:
    """`described` with what the sets of its record say: those of this program are for audiences and of kinds."""
    sets = ["".join(each.itertext()).strip() for each in header if markup.name(each) == "setspec"]
    audiences = [each for each in sets if each.startswith("audience:")]
    kinds = [each.removeprefix("kind:") for each in sets if each.startswith("kind:")]
    return replace(
        described,
        audiences=tuple(dict.fromkeys((*audiences, *described.audiences))),
        types=tuple(dict.fromkeys((*described.types, *kinds))),
    )
