"""Use cases of the project officer's desk: what visitors asked is read, answered and closed.

Nothing here says who somebody is beyond what they chose to write, and a set time after an enquiry is closed
`purge` forgets all of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session, joinedload, selectinload

from clearinghouse import vocabulary
from clearinghouse.enquiries import enquiry_words, packs
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.library import Library
from clearinghouse.models import Enquiry, EnquiryNote
from clearinghouse.orm import now


@dataclass(frozen=True, slots=True)
class Note:
    """What the officer wrote on an enquiry."""

    at: datetime
    who: str
    kind: str
    """``note`` for the officer alone, or ``answer``."""
    text: str
    pack: str | None
    """Slug of the answer pack that went with it."""


@dataclass(frozen=True, slots=True)
class EnquiryView:
    """An enquiry as the officer sees it."""

    reference: str
    received_at: datetime
    status: str
    need: str
    audience: str | None
    nickname: str
    reach: str
    may_leave_message: bool
    closed_at: datetime | None
    deleted_after: datetime | None
    """From when on `purge` deletes it; None while it is not closed."""
    notes: tuple[Note, ...]

    @property
    def can_be_answered(self) -> bool:
        """Whether they left a way to reach them."""
        return bool(self.reach)


def listing(library: Library, status: str | None = None) -> tuple[EnquiryView, ...]:
    """Enquiries: open ones first, then answered, then closed; within each the oldest first."""
    order = {name: place for place, name in enumerate(vocabulary.ENQUIRY_STATUSES)}
    wanted = _whole().order_by(case(order, value=Enquiry.status), Enquiry.id)
    if status is not None:
        wanted = wanted.where(Enquiry.status == status)
    with library.database.reading() as session:
        return tuple(_view(library, row) for row in session.scalars(wanted))


def show(library: Library, reference: str) -> EnquiryView:
    """One enquiry with its notes. Raises `NotFound`."""
    with library.database.reading() as session:
        return _view(library, _find(session, reference))


def note(library: Library, reference: str, text: str) -> EnquiryView:
    """Write a note for the officer alone; the status stays. Raises `NotFound`, or `Invalid` without words."""
    written = enquiry_words.clean(text)
    if not written:
        raise Invalid("The note is empty; write it after the reference, or give - and type it.")
    with library.database.writing() as session:
        row = _find(session, reference)
        row.notes.append(EnquiryNote(who=library.curator, text=written))
        session.flush()
        return _view(library, row)


def answer(library: Library, reference: str, text: str, pack: str | None = None) -> EnquiryView:
    """Record what was answered, with an answer pack or without. A closed enquiry is open again by it.

    Nothing is sent: the officer does that. Raises `NotFound` for the enquiry or the pack, `Invalid` where
    there is neither text nor pack, or where the pack holds who asked.
    """
    written = enquiry_words.clean(text)
    if not written and pack is None:
        raise Invalid("The answer is empty; write it after the reference, give - and type it, or name a --pack.")
    with library.database.writing() as session:
        row = _find(session, reference)
        said = EnquiryNote(who=library.curator, kind="answer", text=written)
        if pack is not None:
            chosen = packs.find(session, pack)
            if chosen.withdrawn_at is not None:
                raise Invalid(f"The answer pack “{chosen.slug}” was withdrawn; make another with `pack create`.")
            _require_nobody_named(packs.words(chosen), row)
            said.collection = chosen
        row.notes.append(said)
        row.status, row.closed_at = "answered", None
        session.flush()
        return _view(library, row)


def make_pack(library: Library, reference: str, contents: packs.Contents) -> packs.Pack:
    """Make an answer pack for an enquiry, and note on the enquiry that it was made.

    Raises `NotFound` and `Invalid` as `packs.create` does; `Invalid` too where the pack holds who asked.
    """
    with library.database.writing() as session:
        row = _find(session, reference)
        _require_nobody_named(contents.words(), row)
        made = packs.make(session, contents)
        row.notes.append(EnquiryNote(who=library.curator, text=f"Made the pack “{made.title}”.", collection=made))
        slug = made.slug
    return packs.pack(library, slug)


def close(library: Library, reference: str) -> tuple[EnquiryView, bool]:
    """Close an enquiry: from now on its days are counted. False where it was closed already.

    Raises `NotFound`.
    """
    with library.database.writing() as session:
        row = _find(session, reference)
        open_still = row.status != "closed"
        if open_still:
            row.status, row.closed_at = "closed", now()
        session.flush()
        return _view(library, row), open_still


def delete(library: Library, reference: str) -> str:
    """Delete an enquiry with its notes now, whatever its status: whoever asked may ask for that.

    Returns its reference. Packs made for it stay. Raises `NotFound`.
    """
    with library.database.forgetting() as session:
        row = _find(session, reference)
        session.delete(row)
        return row.reference


def purge(library: Library, *, dry_run: bool = False) -> tuple[str, ...]:
    """Delete every enquiry closed more than `enquiry_days` ago, with its notes. Returns their references."""
    if dry_run:
        with library.database.reading() as session:
            return tuple(row.reference for row in session.scalars(_due(library)))
    with library.database.forgetting() as session:
        rows = list(session.scalars(_due(library)))
        for row in rows:
            session.delete(row)
        return tuple(row.reference for row in rows)


def overdue(library: Library) -> int:
    """How many closed enquiries are kept past their day."""
    return len(purge(library, dry_run=True))


def _due(library: Library) -> Select[Enquiry]:
    return _whole().where(Enquiry.closed_at <= now() - _kept_for(library)).order_by(Enquiry.id)


def _kept_for(library: Library) -> timedelta:
    return timedelta(days=library.settings.enquiry_days)


def _whole() -> Select[Enquiry]:
    return select(Enquiry).options(selectinload(Enquiry.notes).options(joinedload(EnquiryNote.collection)))


def _find(session: Session, reference: str) -> Enquiry:
    wanted = enquiry_words.reference(reference)
    row = session.scalars(_whole().where(Enquiry.reference == wanted)).one_or_none()
    if row is None:
        near = vocabulary.did_you_mean(wanted, session.scalars(select(Enquiry.reference)))
        raise NotFound(f"There is no enquiry “{wanted}”.{near} `clearinghouse enquiries list` shows them all.")
    return row


def _require_nobody_named(texts: Iterable[str], row: Enquiry) -> None:
    named = enquiry_words.named_in("\n".join(texts), row.reference, row.nickname, row.reach)
    if named:
        raise Invalid(
            f"The pack holds {named}; a pack never says who asked, because anybody with its address can read it. "
            "Make one that says it in other words."
        )


def _view(library: Library, row: Enquiry) -> EnquiryView:
    return EnquiryView(
        reference=row.reference,
        received_at=row.received_at,
        status=row.status,
        need=row.need,
        audience=row.audience,
        nickname=row.nickname,
        reach=row.reach,
        may_leave_message=row.may_leave_message,
        closed_at=row.closed_at,
        deleted_after=row.closed_at + _kept_for(library) if row.closed_at else None,
        notes=tuple(
            Note(each.at, each.who, each.kind, each.text, each.collection.slug if each.collection else None)
            for each in row.notes
        ),
    )
