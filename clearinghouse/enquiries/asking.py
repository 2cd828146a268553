"""Use case of a visitor who asks the project officer: the question is kept, once, and a receipt given for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from clearinghouse import own_secret
from clearinghouse.enquiries import enquiry_words
from clearinghouse.enquiries.enquiry_words import Question
from clearinghouse.errors import Invalid, NotFound, TooMany
from clearinghouse.library import Library
from clearinghouse.models import Enquiry
from clearinghouse.orm import now

#: More new enquiries than this in an hour are no longer people asking one officer.
MOST_AN_HOUR = 100

_KEY = "enquiry-form"
#: How often a reference or a form that another process wrote a moment ago is met before we give up.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a visitor is told once an enquiry is kept."""

    reference: str
    can_be_answered: bool
    new: bool
    """False where the same form had been sent before."""


def signing_key(library: Library) -> str:
    """The secret that signs the enquiry form: made once, and the same for every process from then on."""
    return own_secret.of(library, _KEY)


def ask(library: Library, question: Question, form: str) -> Receipt:
    """Keep an enquiry. `form` is the token of the form it came in: the same form with the same words is one.

    Raises `Invalid` where `enquiry_words.faults` finds any, `TooMany` when more have come in the last hour
    than one officer could read.
    """
    faults = enquiry_words.faults(question)
    if faults:
        raise Invalid(" ".join(faults.values()))
    digest = hashlib.sha256("\0".join((form, *map(str, question.everything()))).encode()).hexdigest()
    for _ in range(_TRIES - 1):
        try:
            return _keep(library, question, digest)
        except IntegrityError:  # the same form at the same moment on PostgreSQL, or a reference that is taken
            continue
    return _keep(library, question, digest)


def _keep(library: Library, question: Question, digest: str) -> Receipt:
    with library.database.writing() as session:
        row = session.scalars(select(Enquiry).where(Enquiry.form == digest)).one_or_none()
        if row is not None:
            return Receipt(row.reference, bool(row.reach), new=False)
        recent = select(func.count()).where(Enquiry.received_at > now() - timedelta(hours=1))
        if (session.scalar(recent) or 0) >= MOST_AN_HOUR:
            raise TooMany("More questions have come in the last hour than we can read. Please try again later.")
        row = Enquiry(
            reference=enquiry_words.new_reference(),
            form=digest,
            need=question.need,
            audience=question.audience,
            nickname=question.nickname,
            reach=question.reach,
            may_leave_message=question.may_leave_message and bool(question.reach),
        )
        session.add(row)
        session.flush()
        return Receipt(row.reference, bool(row.reach), new=True)


def receipt(library: Library, reference: str) -> Receipt:
    """What was said when it was kept, to be shown again. Raises `NotFound`, also once it is deleted."""
    with library.database.reading() as session:
        wanted = enquiry_words.reference(reference)
        row = session.scalars(select(Enquiry).where(Enquiry.reference == wanted)).one_or_none()
        if row is None:
            raise NotFound(f"There is no question “{wanted}” here; it may have been deleted since it was closed.")
        return Receipt(row.reference, bool(row.reach), new=False)
