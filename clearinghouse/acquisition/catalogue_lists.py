"""The collections of a catalogue file: how they are shown, whose page one begins, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from clearinghouse import slugs, vocabulary
from clearinghouse.acquisition.wanted import Outcome
from clearinghouse.errors import Invalid, Unknown
from clearinghouse.holdings import catalogue, collections
from clearinghouse.library import Library
from clearinghouse.models import Resource

_KEYS = ("title", "slug", "description", "kind", "door", "item")
_ITEM_KEYS = ("resource", "note")


@dataclass(frozen=True, slots=True)
class Described:
    """A collection as a catalogue describes it."""

    shown: str
    """How outcomes name it: the catalogue and its title."""
    name: str
    """Slug or title, by which it is known."""
    title: str
    description: str
    kind: str
    door: str | None
    items: tuple[tuple[str, str], ...]
    """(slug or title of a resource, note), in order."""


def read(path: Path, entries: Iterable[Mapping[str, Any]]) -> tuple[Described, ...]:
    """The lists of a catalogue. Raises `Invalid`, naming the list that is wrong."""
    found = tuple(_described(path, entry) for entry in entries)
    doors = [each.door for each in found if each.door]
    if twice := next((door for door in doors if doors.count(door) > 1), None):
        raise Invalid(f"{path} puts two collections at the door “{twice}”; it has room for one.")
    return found


def describe(library: Library, lists: Iterable[Described]) -> Iterator[Outcome]:
    """Set how the collections are shown. A door where another stands already is left to it, and that is said."""
    for each in lists:
        with library.database.writing() as session:
            row = collections.describe(
                session, each.name, title=each.title, description=each.description, kind=each.kind
            )
            there = collections.at_door(session, each.door) if each.door else None
            if there is None and each.door:
                row.door = each.door
            keeps, slug = (there.slug if there is not None and there is not row else None), row.slug
        if keeps:
            sentence = (
                f"The page for {each.door} goes on beginning with “{keeps}”; to begin it with this one, "
                f"`clearinghouse collection edit {slug} --door {each.door}`."
            )
            yield Outcome(each.shown, "skipped", error=f"{each.shown}: {sentence}")


def fill(library: Library, lists: Iterable[Described]) -> Iterator[Outcome]:
    """Stand what each list names at its place, from 1 on; a name that finds nothing is a failure of its own."""
    for each in lists:
        position = 0
        for name, note in each.items:
            with library.database.writing() as session:
                resource = _resource(session, name)
                if resource is not None:
                    position += 1
                    _stand(session, library, each, resource, position, note)
            if resource is None:
                yield _missing(each, name)


def check(library: Library, lists: Iterable[Described], titles: Iterable[str]) -> Iterator[Outcome]:
    """A failure for each name that neither the library nor `titles`, those of the catalogue, know."""
    coming = {key for title in titles for key in (title.lower(), slugs.slugify(title))}
    with library.database.reading() as session:
        for each in lists:
            for name, _ in each.items:
                if name.lower() not in coming and _resource(session, name) is None:
                    yield _missing(each, name)


def _stand(
    session: Session, library: Library, each: Described, resource: Resource, position: int, note: str
) -> None:
    row = collections.named(session, each.name)
    is_new = all(item.resource_id != resource.id for item in row.items)
    collections.stand(row, resource, position, note)
    if is_new:
        catalogue.remember(session, library, resource, "placed", {"collection": row.slug, "position": position})


def _resource(session: Session, name: str) -> Resource | None:
    named = select(Resource).where(or_(Resource.slug == name, func.lower(Resource.title) == name.lower()))
    return session.scalars(named.order_by(Resource.slug != name, Resource.id)).first()


def _missing(each: Described, name: str) -> Outcome:
    sentence = f"There is no resource “{name}” to stand in it; give its slug or its whole title."
    return Outcome(each.shown, "failed", error=f"{each.shown}: {sentence}")


def _described(path: Path, entry: Mapping[str, Any]) -> Described:
    title = str(entry.get("title", "")).strip()
    if not title:
        raise Invalid(f"{path} has a [[collection]] without a title; give it one.")
    shown = f"{path} collection “{title}”"
    _require_keys(shown, entry, _KEYS)
    try:
        kind = vocabulary.require("collection-kind", str(entry.get("kind", "shelf")))
        door = vocabulary.require("audience", str(entry["door"])) if entry.get("door") else None
    except Unknown as problem:
        raise Invalid(f"{shown}: {problem}") from problem
    return Described(
        shown=shown,
        name=str(entry.get("slug") or title),
        title=title,
        description=str(entry.get("description", "")),
        kind=kind,
        door=door,
        items=tuple(_items(shown, entry.get("item", []))),
    )


def _items(shown: str, items: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise Invalid(f"{shown}: begin each thing that stands in it with [[collection.item]].")
    for each in items:
        _require_keys(shown, each, _ITEM_KEYS)
        name = str(each.get("resource", "")).strip()
        if not name:
            raise Invalid(f"{shown}: an item names no resource; give its slug or its title.")
        yield name, str(each.get("note", "")).strip()


def _require_keys(shown: str, entry: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in entry:
        if name not in known:
            near = vocabulary.did_you_mean(name, known)
            raise Invalid(f"{shown}: “{name}” means nothing there.{near} Known: {', '.join(known)}.")
