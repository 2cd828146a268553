"""Makes what the index is given of each resource, from the rows that the database has of it now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from clearinghouse import languages, topic_tree
from clearinghouse.library import Library
from clearinghouse.models import Author, Edition, Page, Resource, ResourceAudience, Topic, resource_topic
from index import Document, PageText

#: Resources read from the database at a time, and resources whose texts are read at a time: they bound memory.
_ROWS = 500
_TEXTS = 64


def of(library: Library, ids: Sequence[int]) -> Iterator[Document]:
    """The documents of `ids`, a few rows in memory at a time."""
    for start in range(0, len(ids), _ROWS):
        with library.database.reading() as session:
            for row in _rows(session, ids[start : start + _ROWS]):
                yield _document(row)


def _document(row: Any) -> Document:
    """One of `_rows`, as the index is given it."""
    facets = {
        "audience": tuple(sorted(each.audience for each in row.audiences)),
        "kind": (row.kind,) if row.kind else (),
        "topic": tuple(sorted(row.filed_under)),
        "language": tuple(sorted({each.language.split("-")[0] for each in row.editions if each.language})),
        "form": tuple(sorted({each.form for each in row.editions})),
        "speaks": (row.speaks,) if row.speaks else (),
        "jurisdiction": (row.jurisdiction,) if row.jurisdiction else (),
        # So that a visitor can do without those that have notes.
        "notes": ("noted" if row.content_notes else "none",),
    }
    return Document(
        id=str(row.id),
        title=row.title,
        summary="\n".join([row.summary, *row.keywords, *_languages(row.editions)]).strip(),
        authors=tuple(author.name for author in row.authors),
        organisation=row.organisation,
        topics=tuple(topic.preferred for topic in row.topics),
        identifiers=tuple(str(value) for _, value in sorted(row.identifiers.items())),
        pages=tuple(_page_texts(row.editions)),
        facets=facets,
        year=row.year,
        added=row.published_at.isoformat() if row.published_at else "",
    )


def _languages(editions: Iterable[Any]) -> list[str]:
    """Names of the languages it is in beside English: whoever looks for “Arabic” or “العربية” means these."""
    tags = sorted({each.language for each in editions if languages.own_name(each.language)})
    return [f"{languages.name(tag)} {languages.own_name(tag)}" for tag in tags]


def _page_texts(editions: Sequence[Any]) -> Iterator[PageText]:
    """Every page. Where there is English, that tells what it is about: the model of meaning read little else."""
    has_english = any(_is_english(each) for each in editions if each.pages)
    for edition in editions:
        meant = _is_english(edition) or not has_english
        for page in edition.pages:
            text = f"{page.heading}\n{page.text}" if page.heading else page.text
            yield PageText(edition.key, page.number, text, meant)


def _is_english(edition: Any) -> bool:
    return (edition.language or "en").split("-")[0].lower() == "en"


def _rows(session: Session, ids: Sequence[int]) -> Iterator[Any]:
    """Resources with what hangs on them, by the names `Resource` gives it, columns instead of objects;
    and `filed_under`, the topics and what takes them in, so that whoever chooses a broad topic finds the narrow.

    Objects that could be changed and saved, one for each page, take longer to make than to index.
    """
    authors = _by_owner(session, select(Author.resource_id, Author.name).order_by(Author.position), ids)
    audiences = _by_owner(session, select(ResourceAudience.resource_id, ResourceAudience.audience), ids)
    named = select(resource_topic.c.resource_id, resource_topic.c.topic_id, Topic.preferred)
    topics = _by_owner(session, named.join(Topic).order_by(Topic.preferred), ids)
    slugs = _slugs_of_topics(session)
    forms = select(Edition.resource_id, Edition.id, Edition.key, Edition.form, Edition.language)
    editions = _by_owner(session, forms.order_by(Edition.id), ids)
    themselves = select(*_COLUMNS).where(Resource.id.in_(ids)).order_by(Resource.id)
    rows = session.connection().execute(themselves).mappings().all()
    for start in range(0, len(rows), _TEXTS):
        some = rows[start : start + _TEXTS]
        pages = _pages(session, [edition.id for row in some for edition in editions.get(row["id"], ())])
        for row in some:
            under = topics.get(row["id"], ())
            yield SimpleNamespace(
                **row,
                authors=authors.get(row["id"], ()),
                audiences=audiences.get(row["id"], ()),
                topics=under,
                filed_under={slug for topic in under for slug in slugs[topic.topic_id]},
                editions=[
                    SimpleNamespace(key=key, form=form, language=language, pages=pages.get(number, ()))
                    for _, number, key, form, language in editions.get(row["id"], ())
                ],
            )


def _slugs_of_topics(session: Session) -> dict[int, list[str]]:
    """Topic id to the slugs of the topic and of what takes it in."""
    within = topic_tree.within()
    pairs = select(within.c.topic_id, Topic.slug).join(Topic, Topic.id == within.c.within_id)
    found: dict[int, list[str]] = {}
    for topic_id, slug in session.execute(pairs):
        found.setdefault(topic_id, []).append(slug)
    return found


_COLUMNS = (
    Resource.id,
    Resource.title,
    Resource.summary,
    Resource.organisation,
    Resource.year,
    Resource.kind,
    Resource.speaks,
    Resource.jurisdiction,
    Resource.content_notes,
    Resource.identifiers,
    Resource.keywords,
    Resource.published_at,
)
"""What the index is given of a resource itself."""


def _pages(session: Session, editions: Sequence[int]) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    texts = select(Page.edition_id, Page.number, Page.heading, Page.text)
    return _by_owner(session, texts.order_by(Page.edition_id, Page.number), editions)


def _by_owner(
    session: Session, rows: Select[*tuple[Any, ...]], owners: Sequence[int]
) -> dict[int, list[Row[*tuple[Any, ...]]]]:
    """Those of `rows` whose first column is one of `owners`, by it, in their order."""
    found: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    among = rows.where(rows.selected_columns[0].in_(bindparam("owners", expanding=True)))
    for row in session.connection().execute(among, {"owners": owners}):
        found.setdefault(row[0], []).append(row)
    return found
