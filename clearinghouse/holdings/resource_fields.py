"""What a resource says, field by field: changed as a `Record` says, and put back.

A record changes just the fields it names; what a curator set by hand, a document never overwrites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from clearinghouse import vocabulary
from clearinghouse.errors import Invalid, Unknown
from clearinghouse.holdings import topic_names
from clearinghouse.holdings.record import Record
from clearinghouse.models import Author, Resource, ResourceAudience
from clearinghouse.orm import now
from ingest import Extracted

#: Who told what a document did not: the feed, catalogue or site it was named in.
DESCRIBED = "the list that named it"


def apply(session: Session, resource: Resource, record: Record, *, by_curator: bool) -> dict[str, list[Any]]:
    """Change `resource` as `record` says; returns field -> [before, after] of what changed.

    A curator's fields are remembered and a document (`by_curator` false) leaves them alone.
    Raises `Unknown` for a topic that is not in the vocabulary.
    """
    changed: dict[str, list[Any]] = {}
    for name, value in record.said().items():
        if not by_curator and name in resource.curated:
            continue
        if by_curator and name not in resource.curated:
            resource.curated = [*resource.curated, name]
        before = shown(resource, name)
        _SETTERS.get(name, _plain(name))(session, resource, value)
        after = shown(resource, name)
        if before != after:
            changed[name] = [before, after]
    if changed:
        resource.updated_at = now()
    return changed


def shown(resource: Resource, name: str) -> Any:
    """A field's value as the history keeps it: plain JSON."""
    value = getattr(resource, name)
    if name == "authors":
        return [author.name for author in value]
    if name == "audiences":
        return sorted(each.audience for each in value)
    if name == "topics":
        return sorted(topic.slug for topic in value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def is_said(resource: Resource, name: str, value: Any) -> bool:
    """Whether the field says what `value`, plain JSON, does."""
    here = shown(resource, name)
    if isinstance(here, str) and isinstance(value, str):
        return here.split() == value.split()
    if name in {"audiences", "topics"}:
        return bool(here == sorted(value))
    return bool(here == value)


def empty(session: Session, resource: Resource, names: Iterable[str]) -> dict[str, list[Any]]:
    """Let fields say nothing, by a curator's word; returns field -> [before, after] of what changed.

    Raises `Invalid` for the title, without which nothing can be shown, and `Unknown` for what is no field.
    """
    changed: dict[str, list[Any]] = {}
    for name in names:
        if name == "title":
            raise Invalid("A resource needs a title; give it another one instead.")
        if name not in _FIELDS:
            raise Unknown(f"There is no field “{name}”.{vocabulary.did_you_mean(name, _FIELDS)}")
        before = shown(resource, name)
        put_back(session, resource, {name: _NOTHING.get(name, "")})
        if before != shown(resource, name):
            changed[name] = [before, shown(resource, name)]
        if name not in resource.curated:
            resource.curated = [*resource.curated, name]
    if changed:
        resource.updated_at = now()
    return changed


def kept(resource: Resource) -> dict[str, Any]:
    """Every field as plain JSON, for `put_back`."""
    return {name: shown(resource, name) for name in _FIELDS}


def put_back(session: Session, resource: Resource, values: Mapping[str, Any]) -> None:
    """Make fields what `kept` found them to be; whose word they are is not touched."""
    for name, value in values.items():
        if shown(resource, name) == value:
            continue
        if name == "checked_on" and value:
            resource.checked_on = date.fromisoformat(value)
        elif name in {"authors", "audiences", "topics"}:
            _SETTERS[name](session, resource, tuple(value))
        else:
            setattr(resource, name, value)


def note_tellers(resource: Resource, extracted: Extracted, described: Record) -> None:
    """Keep where each field stands in the document, or that the list told it that named the document."""
    told = {**extracted.told_by, **dict.fromkeys(described.said(), DESCRIBED)}
    resource.told_by = {name: where for name, where in told.items() if name not in resource.curated}


def _plain(name: str) -> Callable[[Session, Resource, Any], None]:
    def setter(_session: Session, resource: Resource, value: Any) -> None:
        if isinstance(value, str):
            value = " ".join(value.split()) if name != "summary" else value.strip()
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, Mapping):
            value = dict(value)
        setattr(resource, name, value)

    return setter


def _set_authors(session: Session, resource: Resource, names: tuple[str, ...]) -> None:
    names = tuple(" ".join(name.split()) for name in names if name.strip())
    if [author.name for author in resource.authors] == list(names):
        return
    if resource.authors:
        resource.authors.clear()
        session.flush()  # the old positions go before the new ones come
    resource.authors.extend(Author(position=position, name=name) for position, name in enumerate(names, start=1))


def _set_audiences(_session: Session, resource: Resource, audiences: tuple[str, ...]) -> None:
    kept = {each.audience: each for each in resource.audiences}
    resource.audiences[:] = [kept.get(each) or ResourceAudience(audience=each) for each in audiences]


def _set_topics(session: Session, resource: Resource, words: tuple[str, ...]) -> None:
    with session.no_autoflush:
        found = [topic_names.find(session, word) for word in words]
    resource.topics[:] = list(dict.fromkeys(found))


def _set_details(_session: Session, resource: Resource, details: Mapping[str, str]) -> None:
    merged = {**resource.details, **{name: " ".join(value.split()) for name, value in details.items()}}
    resource.details = {name: value for name, value in merged.items() if value}


_SETTERS: Mapping[str, Callable[[Session, Resource, Any], None]] = {
    "authors": _set_authors,
    "audiences": _set_audiences,
    "topics": _set_topics,
    "details": _set_details,
}

_FIELDS = tuple(each.name for each in fields(Record))
#: What a field holds that says nothing, where that is not an empty text.
_NOTHING: Mapping[str, Any] = {
    **dict.fromkeys(("year", "kind", "speaks", "checked_on")),
    **{name: [] for name in ("audiences", "topics", "authors", "keywords", "content_notes")},
    **{name: {} for name in ("identifiers", "details")},
}
