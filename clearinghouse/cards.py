"""How a card is read: resources as they stand in a list, straight from the tables.

A list of ten costs two short statements and makes no objects of the ORM, which would take longer than the rest of
a page. Whoever has a whole `Resource` at hand makes the same card of it with `made_of`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from clearinghouse import languages, vocabulary
from clearinghouse.models import Author, Edition, Resource, ResourceAudience
from clearinghouse.views import Card, FormName

_MOST = 256
"""Resources read by one statement."""
_AUTHOR, _AUDIENCE, _EDITION = "author", "audience", "edition"

_resource, _author = Resource.__table__.c, Author.__table__.c
_audience, _edition = ResourceAudience.__table__.c, Edition.__table__.c
_SHOWN = (
    *(_resource.id, _resource.slug, _resource.title, _resource.summary, _resource.organisation, _resource.year),
    *(_resource.kind, _resource.speaks, _resource.link, _resource.content_notes, _resource.details),
    *(_resource.status, _resource.published_at, _resource.changed_at),
)


def published(session: Session, ids: Sequence[int]) -> dict[int, Card]:
    """The cards of those of `ids` that visitors may see, in the order of `ids`."""
    return {number: card for number, card in read(session, ids).items() if card.status == "published"}


def read(session: Session, ids: Sequence[int]) -> dict[int, Card]:
    """The cards of `ids` in their order, drafts and withdrawn ones too. An id that is not there is left out."""
    found: dict[int, Card] = {}
    for start in range(0, len(ids), _MOST):
        found.update(_some(session, ids[start : start + _MOST]))
    return {number: found[number] for number in ids if number in found}


def made_of(row: Any, authors: Iterable[str], audiences: Collection[str], editions: Sequence[Any]) -> Card:
    """The card of `row`, a `Resource` or its columns. `editions` are rows too, in the order they were made."""
    entry = row.details.get("entry", "") if row.kind == "directory-entry" else ""
    return Card(
        id=row.id,
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        kind=row.kind,
        # Of a directory entry, which sort of entry, where that was said.
        kind_label=vocabulary.ENTRIES.get(entry) or vocabulary.KINDS.get(row.kind or "", ""),
        audiences=tuple(each for each in vocabulary.AUDIENCES if each in audiences),
        authors=tuple(authors),
        organisation=row.organisation,
        year=row.year,
        forms=tuple(dict.fromkeys(edition.form for edition in editions)),
        form_names=tuple(
            _form_name(each.key, each.form, each.language, each.label, readable=each.page_count > 0)
            for each in editions
        ),
        languages=tuple(dict.fromkeys(edition.language for edition in editions if edition.language)),
        speaks_label=vocabulary.SPEAKS.get(row.speaks or "", ""),
        content_notes=tuple(row.content_notes),
        status=row.status,
        link=row.link,
        published_at=row.published_at,
        changed_at=row.changed_at,
    )


@lru_cache(maxsize=1_000)
def _form_name(key: str, form: str, language: str | None, label: str, *, readable: bool) -> FormName:
    """The edition by name; its language is said where it is not English. Most of a library have the same few."""
    name = label or vocabulary.FORMS[form]
    if language and not language.lower().startswith("en") and not label:
        name = f"{name} in {languages.name(language)}"
    return FormName(key, form, name, readable)


def _some(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, Card]]:
    if not ids:
        return
    size = 1 << (len(ids) - 1).bit_length()  # few sizes, so that few statements have to be put together
    given = {f"id{at}": ids[min(at, len(ids) - 1)] for at in range(size)}
    connection = session.connection()
    authors: dict[int, list[str]] = {}
    audiences: dict[int, list[str]] = {}
    editions: dict[int, list[Any]] = {}
    for part in connection.execute(_hanging(size), given).all():
        if part.what == _AUTHOR:
            authors.setdefault(part.resource_id, []).append(part.key)
        elif part.what == _AUDIENCE:
            audiences.setdefault(part.resource_id, []).append(part.key)
        else:
            editions.setdefault(part.resource_id, []).append(part)
    for row in connection.execute(_resources(size), given).all():
        number = row.id
        yield (
            number,
            made_of(row, authors.get(number, ()), audiences.get(number, ()), editions.get(number, ())),
        )


@cache
def _resources(size: int) -> Select[Any]:
    return select(*_SHOWN).where(_resource.id.in_(_ids(size)))


@cache
def _hanging(size: int) -> CompoundSelect[Any]:
    """What hangs on resources, of each sort in its order: a line for each author, audience and edition."""
    ids = _ids(size)
    empty: ColumnElement[Any] = literal_column("''")
    zero: ColumnElement[Any] = literal_column("0")
    authors = select(
        *(_author.resource_id, literal_column(f"'{_AUTHOR}'").label("what"), _author.position.label("place")),
        *(_author.name.label("key"), empty.label("form"), empty.label("language")),
        *(empty.label("label"), zero.label("page_count")),
    )
    audiences = select(
        *(_audience.resource_id, literal_column(f"'{_AUDIENCE}'"), zero, _audience.audience),
        *(empty, empty, empty, zero),
    )
    editions = select(
        *(_edition.resource_id, literal_column(f"'{_EDITION}'"), _edition.id, _edition.key),
        *(_edition.form, _edition.language, _edition.label, _edition.page_count),
    )
    return union_all(
        authors.where(_author.resource_id.in_(ids)),
        audiences.where(_audience.resource_id.in_(ids)),
        editions.where(_edition.resource_id.in_(ids)),
    ).order_by("place")


def _ids(size: int) -> list[BindParameter[Any]]:
    """Each by itself: a list that SQLAlchemy writes out at each execution takes as long as reading the rows."""
    return [bindparam(f"id{at}") for at in range(size)]
