"""Report: which forms have text that was not read well, and what a curator can do about each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clearinghouse.library import Library
from clearinghouse.models import Edition, Original, Page, Resource
from clearinghouse.views import PageName, spans
from ingest import UNREADABLE
from ingest.quality import of_text

_LOST = "\ufffd"
_JUDGED_BELOW = 400
"""Letters of a page below which it may have too few words to be judged; a longer one without a judgement is from
before pages were judged."""


@dataclass(frozen=True, slots=True)
class FormHealth:
    """How well the text of one form was read."""

    slug: str
    title: str
    status: str
    key: str
    name: str
    """Of the original file."""
    pages: int
    without_text: tuple[PageName, ...]
    """Pages that are pictures, as far as a program can tell."""
    unreadable: tuple[PageName, ...]
    """Pages with text of which most words are none."""
    lost_characters: int
    """Characters of its text that stand for ones that were lost."""
    quality: float | None
    """The mean of its pages, from 0 to 1; None where none could be judged."""

    @property
    def troubles(self) -> tuple[str, ...]:
        """What is wrong with it, a sentence each."""
        said = []
        for pages, what in (
            (self.without_text, "hold pictures and no text"),
            (self.unreadable, "hold text that makes no sense"),
        ):
            if pages:
                where = "" if len(pages) == self.pages else f" ({spans(pages)})"
                said.append(f"{len(pages)} of {self.pages} pages {what}{where}.")
        if self.lost_characters:
            many = "1 character was" if self.lost_characters == 1 else f"{self.lost_characters} characters were"
            said.append(f"{many} lost and shown as {_LOST}.")
        return tuple(said)

    @property
    def to_do(self) -> str:
        """What a curator can do about the worst of it."""
        instead = f"and take this form away: `clearinghouse edition remove {self.slug} {self.key}`."
        if self.unreadable:
            return (
                "open the original; where it looks right, save it anew from the program that made it, or print it "
                f"to a PDF. Add that with `--edition-of {self.slug}`, {instead}"
            )
        if self.without_text:
            return (
                "look at these pages. Where they are scans of text, add a copy that has its text with "
                f"`--edition-of {self.slug}`, {instead} `clearinghouse doctor` says whether this machine can "
                "read pictures of text."
            )
        return f"compare it with the original, and add a mended copy with `--edition-of {self.slug}`, {instead}"


@dataclass(frozen=True, slots=True)
class TextHealth:
    """The forms that were not read well, the worst first."""

    looked_at: int
    """Forms with pages."""
    forms: tuple[FormHealth, ...]


def text_health(library: Library) -> TextHealth:
    """Every form, withdrawn resources' left out, that has a page that could not be read, or lost characters."""
    with library.database.reading() as session:
        lost = _lost_characters(session)
        unread = _unread(session)
        quality = _means(session)
        rows = session.execute(
            select(Edition, Resource, Original.name)
            .join(Resource, Resource.id == Edition.resource_id)
            .outerjoin(Original, Original.sha256 == Edition.original_sha256)
            .where(Edition.page_count > 0, Resource.status != "withdrawn")
            .order_by(Resource.slug, Edition.id)
        ).all()
        forms = [
            FormHealth(
                slug=resource.slug,
                title=resource.title,
                status=resource.status,
                key=edition.key,
                name=name or "",
                pages=edition.page_count,
                without_text=_named(page for page in unread.get(edition.id, ()) if not page[2]),
                unreadable=_named(page for page in unread.get(edition.id, ()) if page[2]),
                lost_characters=lost.get(edition.id, 0),
                quality=quality.get(edition.id),
            )
            for edition, resource, name in rows
            if edition.id in unread or edition.id in lost
        ]
    forms.sort(key=lambda each: (-_share(each), -each.lost_characters, each.slug))
    return TextHealth(len(rows), tuple(forms))


def _share(form: FormHealth) -> float:
    return (len(form.without_text) + len(form.unreadable)) / form.pages


def _named(pages: Iterable[tuple[int, str, bool]]) -> tuple[PageName, ...]:
    return tuple(PageName(number, label or str(number)) for number, label, _ in pages)


def _unread(session: Session) -> dict[int, list[tuple[int, str, bool]]]:
    """Edition id to number, label and "has text" of each page that could not be read."""
    found: dict[int, list[tuple[int, str, bool]]] = defaultdict(list)
    judged = select(Page.edition_id, Page.number, Page.label, Page.text != "").where(Page.quality < UNREADABLE)
    for edition, number, label, has_text in session.execute(judged):
        found[edition].append((number, label, bool(has_text)))
    for edition, number, label, text in session.execute(
        select(Page.edition_id, Page.number, Page.label, Page.text)
        .where(Page.quality.is_(None), func.length(Page.text) >= _JUDGED_BELOW)
        .execution_options(yield_per=200)
    ):
        quality = of_text(text)
        if quality is not None and quality < UNREADABLE:
            found[edition].append((number, label, True))
    return {edition: sorted(pages) for edition, pages in found.items()}


def _means(session: Session) -> dict[int, float]:
    rows = session.execute(
        select(Page.edition_id, func.avg(Page.quality)).where(Page.quality.is_not(None)).group_by(Page.edition_id)
    )
    return {edition: round(float(mean), 2) for edition, mean in rows}


def _lost_characters(session: Session) -> dict[int, int]:
    lost = func.sum(func.length(Page.text) - func.length(func.replace(Page.text, _LOST, "")))
    rows = session.execute(
        select(Page.edition_id, lost).where(Page.text.contains(_LOST)).group_by(Page.edition_id)
    )
    return {edition: int(count) for edition, count in rows}
