"""Use case: everything that is published, A to Z, for whoever cannot or will not search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from sqlalchemy import select

from clearinghouse import vocabulary
from clearinghouse.cards import published
from clearinghouse.library import Library
from clearinghouse.models import Edition, Original, Resource
from clearinghouse.views import Card
from index.analysis import fold

#: Where titles stand that begin with no letter of the English alphabet.
OTHER = "other"
#: Kinds of file that could run a script of their own where they are opened from a folder: these stay behind.
ACTIVE = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml"})
#: Cards read at a time: this bounds memory.
_CARDS = 200


@dataclass(frozen=True, slots=True)
class Title:
    """A resource by its title alone."""

    slug: str
    title: str
    kind_label: str


def titles(library: Library) -> dict[str, list[Title]]:
    """First letter, in order and `OTHER` last, to the titles that begin with it, in order."""
    wanted = select(Resource.slug, Resource.title, Resource.kind).where(Resource.shown())
    with library.database.reading() as session:
        rows = session.execute(wanted).all()
    every = [Title(slug, title, vocabulary.KINDS.get(kind or "", "")) for slug, title, kind in rows]
    found: dict[str, list[Title]] = {}
    for each in sorted(every, key=lambda each: (fold(each.title), each.slug)):
        found.setdefault(_letter(each.title), []).append(each)
    return dict(sorted(found.items(), key=lambda each: (each[0] == OTHER, each[0])))


def originals(library: Library) -> dict[tuple[str, str], str]:
    """Slug and key of each edition whose original is kept, to the ending of the original's name."""
    wanted = select(Resource.slug, Edition.key, Original.name, Original.media_type, Original.sha256)
    joined = wanted.join(Edition.resource).join(Edition.original).where(Resource.shown())
    with library.database.reading() as session:
        return {
            (slug, key): PurePosixPath(name).suffix.lower()
            for slug, key, name, media_type, sha256 in session.execute(joined)
            if media_type not in ACTIVE and library.originals.path(sha256).is_file()
        }


def newest(library: Library) -> tuple[int, ...]:
    """Numbers of all published resources, the newest first."""
    order = (Resource.published_at.desc(), Resource.id.desc())
    with library.database.reading() as session:
        return tuple(session.scalars(select(Resource.id).where(Resource.shown()).order_by(*order)))


def cards(library: Library, numbers: Sequence[int]) -> Iterator[Card]:
    """The cards of `numbers`, in their order, without those that have gone meanwhile."""
    for start in range(0, len(numbers), _CARDS):
        with library.database.reading() as session:
            found = published(session, numbers[start : start + _CARDS])
        yield from found.values()


def _letter(title: str) -> str:
    first = fold(title.lstrip(" “‘\"'(["))[:1]
    return first if first.isascii() and first.isalpha() else OTHER
