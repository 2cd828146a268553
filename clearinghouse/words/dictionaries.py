"""Use case: words read from a document's Dictionary are offered to the curator, who accepts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from clearinghouse.errors import AnyProblem, Invalid, NotFound
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.models import Edition, GlossaryEntry, Resource
from clearinghouse.orm import now
from clearinghouse.views import WordView
from clearinghouse.words import glossary
from clearinghouse.words.explaining import same_word
from ingest import Page, dictionary
from ingest.dictionary import Meaning


@dataclass(frozen=True, slots=True)
class Offer:
    """A word that was read, and how it stands to the glossary."""

    word: WordView
    """As offered; or, where `outcome` is ``known``, as the glossary has it."""
    outcome: str
    """``new``; ``other meaning`` where an accepted word says something else; ``known`` where it says the same."""
    now: str = ""
    """The meaning the glossary has, where it is another one."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of one word that was to be accepted."""

    name: str
    """The word or slug as it was given."""
    word: WordView | None
    """None where it could not be accepted."""
    replaced: str = ""
    """The meaning that stood there before, where the curator chose this one over it."""
    error: str = ""


def harvest(library: Library, slug: str, key: str | None = None) -> tuple[Offer, ...]:
    """Read the Dictionary of a resource and keep its words as offered. An accepted word is never changed.

    Without `key` the Easy Read editions are read, or every edition where there is none. Harvesting again renews
    what was offered. Raises `NotFound` where the resource or edition is not there, `Invalid` where it has no
    Dictionary.
    """
    with library.database.writing() as session:
        row = catalogue.find(session, slug)
        read: dict[str, Meaning] = {}
        editions = _editions(row, key)
        for edition in editions:
            for each in dictionary.read(_pages(edition)):
                read.setdefault(each.word.casefold(), each)
        if not read:
            raise Invalid(_nothing(row, editions))
        return tuple(_offer(session, row, each) for each in read.values())


def accept(library: Library, names: Iterable[str]) -> tuple[Accepted, ...]:
    """Show these offered words to visitors; one that cannot be accepted says why and stops no other.

    Where the glossary has the word already, the offered meaning takes the place of the accepted one: naming it
    is how a curator chooses.
    """
    return tuple(_accept_one(library, name) for name in dict.fromkeys(names))


def accept_all_from(library: Library, slug: str) -> tuple[Accepted, ...]:
    """Show every word that `slug` offered, but those that have another meaning in the glossary.

    Raises `NotFound` where there is no such resource or it has offered nothing.
    """
    with library.database.reading() as session:
        row = catalogue.find(session, slug)
        offered = select(GlossaryEntry).where(
            GlossaryEntry.resource_id == row.id, GlossaryEntry.accepted.is_(False)
        )
        found = [
            (each.slug, glossary.accepted_entry(session, each.word) is not None)
            for each in session.scalars(offered.order_by(GlossaryEntry.id))
        ]
    if not found:
        raise NotFound(
            f"“{slug}” has no words that wait to be accepted; read its Dictionary with "
            f"`clearinghouse glossary harvest {slug}`."
        )
    return tuple(_left_alone(name) if taken else _accept_one(library, name) for name, taken in found)


def _left_alone(name: str) -> Accepted:
    sentence = (
        f"“{name}” has another meaning in the glossary, which was left as it is; to put this one in its place, "
        f"run `clearinghouse glossary accept {name}`."
    )
    return Accepted(name, None, error=sentence)


def _accept_one(library: Library, name: str) -> Accepted:
    try:
        with library.database.writing() as session:
            row = _offered(session, name)
            glossary.require_fit_to_show(session, row)
            old = glossary.accepted_entry(session, row.word)
            if old is None:
                row.accepted, row.updated_at = True, now()
                return Accepted(name, glossary.view(session, row))
            before = old.meaning
            old.meaning, old.examples, old.resource_id = row.meaning, row.examples, row.resource_id
            old.updated_at = now()
            session.delete(row)
            return Accepted(name, glossary.view(session, old), replaced=before)
    except AnyProblem as problem:
        return Accepted(name, None, error=str(problem))


def _offered(session: Session, name: str) -> GlossaryEntry:
    """The offered row of this slug or word. Raises `NotFound`, or `Invalid` where several documents offer it."""
    waiting = session.scalars(select(GlossaryEntry).where(GlossaryEntry.accepted.is_(False))).all()
    found = [row for row in waiting if row.slug == name] or [row for row in waiting if same_word(row.word, name)]
    if len(found) > 1:
        each = " or ".join(f"`clearinghouse glossary accept {row.slug}`" for row in found)
        raise Invalid(f"Several documents offer “{name}”; choose one with {each}.")
    if found:
        return found[0]
    if glossary.accepted_entry(session, name) is not None:
        raise Invalid(f"“{name}” is accepted already; visitors see it.")
    raise NotFound(f"No document has offered “{name}”; see `clearinghouse glossary list --offered`.")


def _editions(row: Resource, key: str | None) -> list[Edition]:
    if key is not None:
        found = [edition for edition in row.editions if edition.key == key]
        if not found:
            known = ", ".join(edition.key for edition in row.editions) or "none"
            raise NotFound(f"“{row.slug}” has no edition “{key}”. It has: {known}.")
        return found
    return [edition for edition in row.editions if edition.form == "easy-read"] or list(row.editions)


def _pages(edition: Edition) -> Sequence[Page]:
    return [Page(page.number, page.label, page.heading, page.text) for page in edition.pages]


def _nothing(row: Resource, editions: Sequence[Edition]) -> str:
    where = f"edition {editions[0].key}" if len(editions) == 1 else "editions"
    if not any(edition.pages for edition in editions):
        return f"“{row.title}” holds no text to read words from; add a file with `clearinghouse add --edition-of`."
    return (
        f"“{row.title}” ({where}) has no Dictionary with words that could be read; name another with "
        "--edition, or add its words by hand with `clearinghouse glossary add`."
    )


def _offer(session: Session, row: Resource, read: Meaning) -> Offer:
    word = read.word[: glossary.LONGEST_WORD]
    meaning = read.meaning[: glossary.LONGEST_MEANING]
    accepted = glossary.accepted_entry(session, word)
    if accepted is not None and accepted.meaning == meaning:
        return Offer(glossary.view(session, accepted), "known")
    mine = select(GlossaryEntry).where(GlossaryEntry.resource_id == row.id, GlossaryEntry.accepted.is_(False))
    entry = next((each for each in session.scalars(mine) if same_word(each.word, word)), None)
    if entry is None:
        entry = glossary.new_row(session, word)
        entry.accepted, entry.resource_id = False, row.id
        session.add(entry)
    entry.word, entry.meaning, entry.examples, entry.updated_at = word, meaning, list(read.examples), now()
    session.flush()
    if accepted is not None:
        return Offer(glossary.view(session, entry), "other meaning", now=accepted.meaning)
    return Offer(glossary.view(session, entry), "new")
