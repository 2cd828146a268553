"""Use cases on topics, the controlled vocabulary: load it from a file, export it, look at it as a tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from clearinghouse import facts, showing, topic_tree, vocabulary
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.facts import thesaurus, toml_text, topic_file
from clearinghouse.facts.thesaurus import Entry
from clearinghouse.library import Library
from clearinghouse.models import Topic, TopicWord, resource_topic
from clearinghouse.views import TopicName, TopicView
from clearinghouse.words import topic_history

#: A file of topics larger than this, in bytes, is something else.
LARGEST_FILE = 5_000_000

_NOT_IN_FILE = "in the library, not in the file"


@dataclass(frozen=True, slots=True)
class Branch:
    """A topic with those beneath it."""

    topic: TopicName
    count: int
    """Number of published resources about it or about anything narrower."""
    narrower: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Filing:
    """The whole of a topic, for a curator: every word that leads to it too."""

    view: TopicView
    words: Mapping[str, tuple[str, ...]]
    """Kind of word (``other``, ``historical``, ``clinical``) to words."""
    resources: int
    """Number of resources filed under it itself, whatever their status."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load changed, or would change."""

    added: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    """Slug to what is different, such as ``("preferred", "words")``."""
    removed: tuple[str, ...]
    kept: Mapping[str, int]
    """Slug of a topic that the file does not have, to the number of resources that use it."""
    total: int
    """Number of topics afterwards."""


def tree(library: Library) -> tuple[Branch, ...]:
    """Every topic, narrower ones within their broader one, in order of name."""
    with library.database.reading() as session:
        rows = list(session.scalars(select(Topic).order_by(func.lower(Topic.preferred))))
        counts: dict[int, int] = dict(session.execute(select(topic_tree.numbers())).all())
        beneath: dict[int | None, list[Topic]] = {}
        for row in rows:
            beneath.setdefault(row.broader_id, []).append(row)

        def branches(of: int | None) -> tuple[Branch, ...]:
            return tuple(
                Branch(showing.topic_name(row), counts.get(row.id, 0), branches(row.id))
                for row in beneath.get(of, [])
            )

        return branches(None)


def show(library: Library, slug: str) -> Filing:
    """The topic of this slug with all its words. Raises `NotFound`, suggesting the nearest slug."""
    with library.database.reading() as session:
        row = session.scalars(select(Topic).where(Topic.slug == slug)).one_or_none()
        if row is None:
            near = vocabulary.did_you_mean(slug, session.scalars(select(Topic.slug)))
            raise NotFound(f"There is no topic “{slug}”.{near} `clearinghouse topics list` shows them all.")
        return Filing(showing.topic(row), _entry(row).words, _uses(session).get(slug, 0))


def entries(library: Library) -> tuple[Entry, ...]:
    """Every topic as a file would have it, in the order in which they were added."""
    with library.database.reading() as session:
        return tuple(map(_entry, _rows(session)))


def as_toml(library: Library) -> str:
    """The vocabulary as a file for `load`, with the comment that explains each key."""
    return topic_file.write(entries(library), toml_text.head(facts.text("topics.toml")))


def load(library: Library, file: Sequence[Entry], *, remove: bool = False, dry_run: bool = False) -> Loaded:
    """Make the vocabulary what `file` says, all of it or nothing.

    A topic that the file does not have stays, unless `remove` is said and no resource uses it. Raises
    `Invalid`, with a line for each fault, where a rule of `thesaurus.faults` is broken.
    """
    with library.database.writing() as session:
        rows = {row.slug: row for row in _rows(session)}
        uses = _uses(session)
        missing = [slug for slug in rows if slug not in {entry.slug for entry in file}]
        removed = tuple(slug for slug in missing if remove and not uses.get(slug))
        kept = {slug: uses.get(slug, 0) for slug in missing if slug not in removed}
        wanted = [*file, *(_without(_entry(rows[slug]), removed) for slug in kept)]
        _require_sound(wanted)
        loaded = Loaded(
            added=tuple(entry.slug for entry in file if entry.slug not in rows),
            changed={
                entry.slug: differing
                for entry in wanted
                if entry.slug in rows and (differing := _differing(_entry(rows[entry.slug]), entry))
            },
            removed=removed,
            kept=kept,
            total=len(wanted),
        )
        if not dry_run:
            before = {slug: _entry(row) for slug, row in rows.items()}
            after = {entry.slug: entry for entry in wanted}
            touched = (*loaded.added, *loaded.changed, *removed)
            topic_history.remember(session, library, touched, before, after)
            _write(session, rows, wanted, removed)
        return loaded


def _require_sound(wanted: Sequence[Entry]) -> None:
    faults = thesaurus.faults(wanted)
    if faults:
        number = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise Invalid(
            f"Nothing was changed: there {'is' if len(faults) == 1 else 'are'} {number} to mend.\n"
            + "\n".join(faults)
        )


def _rows(session: Session) -> list[Topic]:
    loaded = (selectinload(Topic.words), selectinload(Topic.related), selectinload(Topic.broader))
    return list(session.scalars(select(Topic).order_by(Topic.id).options(*loaded)))


def _uses(session: Session) -> dict[str, int]:
    """Slug to number of resources filed under the topic; those without any are left out."""
    counted = select(Topic.slug, func.count()).join(resource_topic, resource_topic.c.topic_id == Topic.id)
    return dict(session.execute(counted.group_by(Topic.slug)).all())


def _entry(row: Topic) -> Entry:
    words: dict[str, tuple[str, ...]] = {}
    for kind in thesaurus.WORD_KINDS:
        of_kind = tuple(each.word for each in row.words if each.kind == kind)
        if of_kind:
            words[kind] = of_kind
    return Entry(
        slug=row.slug,
        preferred=row.preferred,
        scope_note=row.scope_note,
        words=words,
        broader=row.broader.slug if row.broader else None,
        related=tuple(each.slug for each in row.related),
        place=_NOT_IN_FILE,
    )


def _without(entry: Entry, gone: Iterable[str]) -> Entry:
    """`entry` with nothing in it that leads to topics that are gone."""
    away = set(gone)
    related = tuple(slug for slug in entry.related if slug not in away)
    return replace(entry, broader=None if entry.broader in away else entry.broader, related=related)


def _differing(before: Entry, after: Entry) -> tuple[str, ...]:
    """Names of what differs; the order of words and of related topics says nothing."""
    same = {
        "preferred": before.preferred == after.preferred,
        "scope note": before.scope_note == after.scope_note,
        "words": _as_sets(before) == _as_sets(after),
        "broader": before.broader == after.broader,
        "related": set(before.related) == set(after.related),
    }
    return tuple(name for name, equal in same.items() if not equal)


def _as_sets(entry: Entry) -> dict[str, set[str]]:
    return {kind: set(words) for kind, words in entry.words.items()}


def _write(session: Session, rows: dict[str, Topic], wanted: Sequence[Entry], removed: Iterable[str]) -> None:
    """Rows as `wanted` has them. The outbox listens, so what is about a changed topic is indexed anew."""
    for entry in wanted:
        if entry.slug not in rows:
            rows[entry.slug] = Topic(slug=entry.slug, preferred=entry.preferred, words=[], related=[])
            session.add(rows[entry.slug])
    for entry in wanted:
        row = rows[entry.slug]
        row.preferred, row.scope_note = entry.preferred, entry.scope_note
        row.broader = rows[entry.broader] if entry.broader else None
        if {each.slug for each in row.related} != set(entry.related):
            row.related = [rows[slug] for slug in entry.related]
        _write_words(row, entry)
    session.flush()  # nothing leads to the removed any more
    for slug in removed:
        session.delete(rows[slug])


def _write_words(row: Topic, entry: Entry) -> None:
    wanted = {word: kind for kind, words in entry.words.items() for word in words}
    for each in list(row.words):
        if each.word not in wanted:
            row.words.remove(each)
        else:
            each.kind = wanted.pop(each.word)
    row.words.extend(TopicWord(word=word, kind=kind) for word, kind in wanted.items())
