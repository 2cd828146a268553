"""Editions: one form of a work, with its original and its pages."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

import ingest
from clearinghouse import slugs
from clearinghouse.holdings import apart, fingerprints
from clearinghouse.models import Edition, Original, Page, Resource
from clearinghouse.orm import now
from ingest import Extracted, Source


def holding(session: Session, sha256: str) -> Edition | None:
    """The edition whose original has these bytes, if one has."""
    return session.scalars(select(Edition).where(Edition.original_sha256 == sha256)).first()


def taken_from(session: Session, location: str) -> Edition | None:
    """The edition that came from this path or address, if one did."""
    return session.scalars(select(Edition).where(Edition.location == location).order_by(Edition.id)).first()


def new(
    session: Session,
    row: Resource,
    source: Source,
    extracted: Extracted,
    form: str,
    language: str | None,
    label: str,
) -> Edition:
    """Another edition of `row`, with the text read from `source`; `form` empty for what that is by itself."""
    edition = begin(session, row, source, extracted, form, language, label)
    settle(session, edition, extracted)
    return edition


def begin(
    session: Session,
    row: Resource,
    source: Source,
    extracted: Extracted,
    form: str,
    language: str | None,
    label: str,
) -> Edition:
    """As `new`, but written with all else that is said of `row` until then, when it is settled."""
    spoken, assumed = language or extracted.language, not (language or _said(extracted))
    edition = _begin(row, form or _form(source), spoken, label, assumed=assumed)
    edition.location = source.location
    _fill(session, edition, source, extracted)
    return edition


def settle(session: Session, edition: Edition, extracted: Extracted) -> None:
    """Write an edition that was begun, and its fingerprint."""
    session.flush()
    fingerprints.add(session, edition.id, extracted.fingerprint)


def linked(session: Session, row: Resource, link: str, form: str, language: str | None, label: str) -> Edition:
    """An edition of `row` that lives elsewhere."""
    edition = _begin(row, form, language, label)
    edition.link = link
    session.flush()
    return edition


def replace_text(session: Session, edition: Edition, source: Source, extracted: Extracted) -> str | None:
    """Give `edition` the newly read text and original; returns the digest of the original before."""
    before = edition.original_sha256
    if [page.text for page in edition.pages] != [page.text for page in extracted.pages]:
        apart.forget(session, edition.resource_id)
    edition.pages.clear()
    session.flush()  # the old page numbers go before the new ones come
    _fill(session, edition, source, extracted)
    edition.updated_at = now()
    session.flush()
    fingerprints.keep(session, edition, extracted.fingerprint)
    return before


def _form(source: Source) -> str:
    """Captions are what is said in a video or a recording, and no text of their own."""
    return "transcript" if ingest.unit_of(source.media_type) == "time" else "full"


def _said(extracted: Extracted) -> bool:
    """Whether the document says itself which language it is in."""
    return "language" not in extracted.told_by


def _begin(row: Resource, form: str, language: str | None, label: str, *, assumed: bool = False) -> Edition:
    """`assumed`: nobody said the language. Then a text in English, as most are, has a key without it."""
    primary = language.split("-")[0].lower() if language else ""
    base = slugs.slugify(f"{form}-{primary}" if primary and not (assumed and primary == "en") else form)
    edition = Edition(
        key=slugs.free(base, {each.key for each in row.editions}),
        form=form,
        language=language,
        label=label,
        page_count=0,
        word_count=0,
        warnings=[],
        location="",
        link="",
        pages=[],
    )
    row.editions.append(edition)
    return edition


def _fill(session: Session, edition: Edition, source: Source, extracted: Extracted) -> None:
    with session.no_autoflush:  # the edition is written once, when it is whole
        kept = session.get(Original, source.sha256)
    edition.original = kept or Original(
        sha256=source.sha256, name=source.name, media_type=source.media_type, size=source.size
    )
    edition.page_count = len(extracted.pages)
    edition.word_count = extracted.words
    edition.warnings = list(extracted.warnings)
    edition.language = edition.language or extracted.language
    said = edition.language or "en"
    edition.schooling = extracted.schooling if said.lower().split("-")[0] == "en" else None
    edition.pages.extend(
        Page(
            number=page.number,
            label=page.label,
            heading=page.heading,
            text=page.text,
            quality=page.quality,
            read_by=page.read_by,
        )
        for page in extracted.pages
    )
