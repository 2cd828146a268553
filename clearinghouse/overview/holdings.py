"""What the library holds, counted: whom it is for and of which kind, when it came, and how old it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from clearinghouse import vocabulary
from clearinghouse.library import Library
from clearinghouse.models import Resource, ResourceAudience

T = TypeVar("T")

#: Months that are looked back on.
MONTHS = 24


@dataclass(frozen=True, slots=True)
class Holdings:
    """Counts of resources; of published ones, where nothing else is said."""

    by_status: Mapping[str, int]
    """Every status of the vocabulary, in its order."""
    grid: Mapping[str, Mapping[str, int]]
    """Kind to audience to how many; every kind and audience is there. One for two audiences counts twice."""
    for_audience: Mapping[str, int]
    of_kind: Mapping[str, int]
    added: Mapping[str, int]
    """The last `MONTHS` months (``2026-03``), oldest first, to how many visitors saw first then."""
    added_before: int
    years: Mapping[int, int]
    """Year of publication to how many, where any."""
    without_year: int

    @property
    def published(self) -> int:
        """Resources that visitors see."""
        return self.by_status["published"]

    @property
    def holes(self) -> tuple[tuple[str, str], ...]:
        """(kind, audience) of which there is nothing, though there is some of that kind for somebody else."""
        return tuple(
            (kind, audience)
            for kind, cells in self.grid.items()
            for audience, number in cells.items()
            if not number and self.of_kind[kind]
        )


def count(library: Library, today: date) -> Holdings:
    """The library as it stands `today`."""
    with library.database.reading() as session:
        statuses = dict(session.execute(select(Resource.status, func.count()).group_by(Resource.status)).all())
        kinds = _by(session, Resource.kind)
        months = Counter(
            f"{moment:%Y-%m}"
            for moment in session.scalars(select(Resource.published_at).where(Resource.shown()))
            if moment
        )
        years = _by(session, Resource.year)
        return Holdings(
            by_status={status: statuses.get(status, 0) for status in vocabulary.STATUSES},
            grid=_grid(session),
            for_audience=_for_audience(session),
            of_kind={kind: kinds.get(kind, 0) for kind in vocabulary.KINDS},
            added=(added := {month: months.get(month, 0) for month in _last_months(today)}),
            added_before=sum(months.values()) - sum(added.values()),
            years=dict(sorted((year, number) for year, number in years.items() if year is not None)),
            without_year=years.get(None, 0),
        )


def _by(session: Session, column: InstrumentedAttribute[T]) -> dict[T, int]:
    rows = select(column, func.count()).where(Resource.shown()).group_by(column)
    return dict(session.execute(rows).all())


def _grid(session: Session) -> dict[str, dict[str, int]]:
    rows = (
        select(Resource.kind, ResourceAudience.audience, func.count())
        .join(ResourceAudience, ResourceAudience.resource_id == Resource.id)
        .where(Resource.shown())
        .group_by(Resource.kind, ResourceAudience.audience)
    )
    found = {(kind, audience): number for kind, audience, number in session.execute(rows)}
    return {
        kind: {audience: found.get((kind, audience), 0) for audience in vocabulary.AUDIENCES}
        for kind in vocabulary.KINDS
    }


def _for_audience(session: Session) -> dict[str, int]:
    rows = (
        select(ResourceAudience.audience, func.count())
        .join(Resource, Resource.id == ResourceAudience.resource_id)
        .where(Resource.shown())
        .group_by(ResourceAudience.audience)
    )
    found = dict(session.execute(rows).all())
    return {audience: found.get(audience, 0) for audience in vocabulary.AUDIENCES}


def _last_months(today: date) -> list[str]:
    last = today.year * 12 + today.month - 1
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(last - MONTHS + 1, last + 1)]
