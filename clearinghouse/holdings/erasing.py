"""Taking a form away for good: its text from the database, and its originals from where they are kept."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from clearinghouse.holdings import catalogue, editions, forms
from clearinghouse.library import Library
from clearinghouse.models import Event, Original, Resource
from clearinghouse.views import EditionView


def erase(library: Library, slug: str, key: str) -> EditionView:
    """Take a form away with its original and the originals it had before; returns what it was.

    An original that another form has too stays. Where one cannot be deleted nothing is changed. Raises `NotFound`
    and `StorageFailed`.
    """
    with library.database.forgetting() as session:
        row = catalogue.find(session, slug)
        view = forms.remove_row(session, library, row, key)
        session.flush()
        gone = [each for each in _originals(session, row, key) if editions.holding(session, each) is None]
        session.execute(delete(Original).where(Original.sha256.in_(gone)))
        for digest in gone:
            library.originals.forget(digest)
        return view


def _originals(session: Session, row: Resource, key: str) -> list[str]:
    """Digests of every original that the form has had, by the history of its resource."""
    said = session.scalars(select(Event.details).where(Event.resource_id == row.id))
    found: dict[str, None] = {}
    for details in said:
        if details.get("edition") == key:
            digests = details.get("original") or ()
            found |= dict.fromkeys([digests] if isinstance(digests, str) else filter(None, digests))
    return list(found)
