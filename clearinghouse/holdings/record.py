"""What somebody says of a resource: a curator by hand, a row of a catalogue, or the document itself.

A `Record` holds only what was said. Applied to a resource it changes just those fields; what a curator set
by hand, a document never overwrites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from clearinghouse import vocabulary
from clearinghouse.errors import Invalid, Unknown
from clearinghouse.library import Library
from clearinghouse.models import Author, Resource, ResourceAudience, Topic, TopicWord
from clearinghouse.orm import now
from ingest import Extracted

#: What may be said of a directory entry, by the names it has in ``details``.
DETAILS = ("entry", "provider", "cost", "time")
#: Who told what a document did not: the feed, catalogue or site it was named in.
DESCRIBED = "the list that named it"
_FIRST_YEAR = 1000


@dataclass(frozen=True, slots=True)
class Record:
    """None is "not said". Checked words only: make one with `checked`, or from a document."""

    title: str | None = None
    summary: str | None = None
    organisation: str | None = None
    year: int | None = None
    kind: str | None = None
    audiences: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    """Topic slugs, preferred words or other words."""
    authors: tuple[str, ...] | None = None
    speaks: str | None = None
    jurisdiction: str | None = None
    licence: str | None = None
    link: str | None = None
    content_notes: tuple[str, ...] | None = None
    identifiers: Mapping[str, str] | None = None
    keywords: tuple[str, ...] | None = None
    details: Mapping[str, str] | None = None
    """Some of `DETAILS`; those not named stay as they are, and an empty one goes."""
    checked_on: date | None = None

    def said(self) -> dict[str, Any]:
        """Field name to value, of the fields that were said."""
        return {
            each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name) is not None
        }

    @property
    def publishable(self) -> bool:
        """Whether it says kind and audience, as a published resource must."""
        return bool(self.kind and self.audiences)


def checked(record: Record) -> Record:
    """`record` with controlled words as the vocabulary spells them.

    Raises `Unknown` for a word that is not in its list, `Invalid` for a year or link that cannot be one.
    """
    values = record.said()
    if record.kind is not None:
        values["kind"] = vocabulary.require("kind", record.kind)
    if record.audiences is not None:
        values["audiences"] = tuple(
            dict.fromkeys(vocabulary.require("audience", each) for each in record.audiences)
        )
    if record.speaks is not None:
        values["speaks"] = vocabulary.require("speaks", record.speaks)
    if entry := (record.details or {}).get("entry"):
        values["details"] = {**values["details"], "entry": vocabulary.require("entry", entry)}
    if record.year is not None and not _FIRST_YEAR <= record.year <= now().year + 1:
        raise Invalid(f"The year {record.year} cannot be right; give one from {_FIRST_YEAR} to {now().year + 1}.")
    if record.link and not record.link.startswith(("http://", "https://")):
        raise Invalid(f"The link “{record.link}” is not a web address; it must begin with https:// or http://.")
    if record.title is not None and not record.title.strip():
        raise Invalid("The title is empty; give a title in words.")
    return Record(**values)


def of_document(extracted: Extracted) -> Record:
    """What a document says of itself."""
    return Record(
        title=extracted.title or None,
        summary=extracted.summary or None,
        organisation=extracted.publisher or None,
        year=extracted.year,
        authors=extracted.authors or None,
        licence=extracted.licence or None,
        identifiers=extracted.identifiers or None,
        keywords=extracted.keywords or None,
    )


def note_tellers(resource: Resource, extracted: Extracted, described: Record) -> None:
    """Keep where each field stands in the document, or that the list told it that named the document."""
    told = {**extracted.told_by, **dict.fromkeys(described.said(), DESCRIBED)}
    resource.told_by = {name: where for name, where in told.items() if name not in resource.curated}


def over(first: Record, then: Record) -> Record:
    """What `first` says, and what `then` says where `first` says nothing."""
    return Record(**{**then.said(), **first.said()})


def as_json(record: Record) -> dict[str, Any]:
    """What `record` says, for `from_json`."""
    return {name: _as_json(value) for name, value in record.said().items()}


def from_json(said: Mapping[str, Any]) -> Record:
    """The record that `as_json` wrote down."""
    values: dict[str, Any] = {name: tuple(each) if isinstance(each, list) else each for name, each in said.items()}
    if "checked_on" in values:
        values["checked_on"] = date.fromisoformat(values["checked_on"])
    return Record(**values)


def _as_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    return value.isoformat() if isinstance(value, date) else value


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


def find_topic(session: Session, word: str) -> Topic:
    """The topic of this slug, preferred word or other word. Raises `Unknown`, naming the nearest."""
    wanted = word.strip().lower()
    found = session.scalars(
        select(Topic)
        .outerjoin(TopicWord)
        .where(
            or_(
                Topic.slug == wanted.replace(" ", "-"),
                func.lower(Topic.preferred) == wanted,
                func.lower(TopicWord.word) == wanted,
            )
        )
        .order_by(Topic.slug != wanted.replace(" ", "-"), Topic.id)
    ).first()
    if found is None:
        known = list(session.scalars(select(Topic.slug).order_by(Topic.slug)))
        near = vocabulary.did_you_mean(wanted.replace(" ", "-"), known)
        raise Unknown(f"There is no topic “{word}”.{near} Known: {', '.join(known)}.")
    return found


def topics_named(session: Session, words: Iterable[str]) -> tuple[str, ...]:
    """The slugs of the topics that `words` name; words that name none are passed over."""
    said = {word.strip().lower() for word in words}
    named = or_(func.lower(Topic.preferred).in_(said), func.lower(TopicWord.word).in_(said), Topic.slug.in_(said))
    rows = select(Topic.slug).outerjoin(TopicWord).where(named).distinct().order_by(Topic.slug)
    return tuple(session.scalars(rows)) if said else ()


def topic_slugs(library: Library, words: Iterable[str]) -> tuple[str, ...]:
    """The slugs of the topics that `words` name. Raises `Unknown`."""
    with library.database.reading() as session:
        return tuple(find_topic(session, word).slug for word in words)


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
        found = [find_topic(session, word) for word in words]
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
    **{name: [] for name in ("audiences", "topics", "authors", "content_notes")},
    **{name: {} for name in ("identifiers", "details")},
}
