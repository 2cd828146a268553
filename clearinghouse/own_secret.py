"""Secrets of the library's own, kept in its database so that every process has the same."""

from __future__ import annotations

import secrets

from sqlalchemy.exc import IntegrityError

from clearinghouse.library import Library
from clearinghouse.models import Secret

#: How often a secret that another process wrote a moment ago is met before we give up.
_TRIES = 3


def of(library: Library, name: str) -> str:
    """The secret called `name`: made when first asked for, and the same for every process from then on."""
    for _ in range(_TRIES):
        with library.database.reading() as session:
            kept = session.get(Secret, name)
            if kept is not None:
                return kept.value
        try:
            with library.database.writing() as session:
                if session.get(Secret, name) is None:
                    session.add(Secret(name=name, value=secrets.token_urlsafe(32)))
        except IntegrityError:  # PostgreSQL lets two processes make it at once; the first one counts
            continue
    raise AssertionError("a secret that was written can be read")
