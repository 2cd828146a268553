"""Use cases: the glossary. Visitors look a word up; a curator lists, adds, mends, removes and accepts words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from clearinghouse import slugs, topic_tree, vocabulary
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.library import Library
from clearinghouse.models import GlossaryEntry, Resource, Topic, TopicWord
from clearinghouse.orm import now
from clearinghouse.views import TopicName, WordView
from clearinghouse.words.explaining import Explainer, same_word

LONGEST_WORD = 80
LONGEST_MEANING = 2_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A word on the glossary page."""

    word: WordView
    topic: TopicName | None
    """The topic of the same name, where something is published about it."""
    source: tuple[str, str] | None
    """Slug and title of the published resource whose Dictionary it was read from."""


def words(library: Library, *, offered: bool = False) -> tuple[WordView, ...]:
    """The words visitors see, or those that documents offered and nobody has accepted, A to Z."""
    with library.database.reading() as session:
        return _views(session, select(GlossaryEntry).where(GlossaryEntry.accepted.is_not(offered)))


def a_to_z(library: Library) -> tuple[Listed, ...]:
    """The accepted words, A to Z."""
    with library.database.reading() as session:
        topics = _topics_with_resources(session)
        found = _views(session, select(GlossaryEntry).where(GlossaryEntry.accepted))
        slugs_read = [each.source for each in found if each.source]
        titles = dict(
            session.execute(
                select(Resource.slug, Resource.title).where(Resource.slug.in_(slugs_read), Resource.shown())
            ).all()
        )
    return tuple(
        Listed(
            word=each,
            topic=topics.get(each.word.lower()),
            source=(each.source, titles[each.source]) if each.source in titles else None,
        )
        for each in found
    )


def explainer(library: Library) -> Explainer:
    """What finds the accepted words in a text."""
    return library.database.remembered(_explainer)


def _explainer(session: Session) -> Explainer:
    # Compiling the pattern takes longest, and Python keeps that for a pattern it has met.
    return Explainer(_views(session, select(GlossaryEntry).where(GlossaryEntry.accepted)))


def meaning(library: Library, question: str) -> WordView | None:
    """The word that `question` is about as a whole: “stigma”, “peer workers”, “what is seclusion?”."""
    return explainer(library).asked_for(question) if question.strip() else None


def show(library: Library, word: str) -> WordView:
    """The entry of this word or slug, accepted or offered. Raises `NotFound`, naming the nearest."""
    with library.database.reading() as session:
        return view(session, find(session, word))


def add(library: Library, word: str, said: str, examples: Sequence[str] = ()) -> WordView:
    """A new word that visitors see at once. Raises `Invalid` where it is there already or cannot be kept."""
    with library.database.writing() as session:
        taken = accepted_entry(session, word)
        if taken is not None:
            raise Invalid(
                f"“{taken.word}” is in the glossary already; change it with "
                f"`clearinghouse glossary edit {taken.slug}`."
            )
        row = new_row(session, word)
        _set(row, word=word, meaning=said, examples=examples)
        require_fit_to_show(session, row)
        session.add(row)
        session.flush()
        return view(session, row)


def edit(
    library: Library,
    word: str,
    *,
    new_word: str | None = None,
    meaning: str | None = None,
    examples: Sequence[str] | None = None,
) -> WordView:
    """Change what is said; None leaves a thing as it is. Raises `NotFound` or `Invalid`.

    The slug, and so the word's address, stays.
    """
    with library.database.writing() as session:
        row = find(session, word)
        if new_word is not None:
            taken = accepted_entry(session, new_word)
            if taken is not None and taken is not row and row.accepted:
                raise Invalid(
                    f"“{taken.word}” is in the glossary already; choose another word, or remove that one."
                )
        _set(
            row,
            word=row.word if new_word is None else new_word,
            meaning=row.meaning if meaning is None else meaning,
            examples=row.examples if examples is None else examples,
        )
        if row.accepted:
            require_fit_to_show(session, row)
        row.updated_at = now()
        return view(session, row)


def remove(library: Library, word: str) -> WordView:
    """Take a word out for good; returns what it said. Raises `NotFound`."""
    with library.database.writing() as session:
        row = find(session, word)
        said = view(session, row)
        session.delete(row)
        return said


def find(session: Session, word: str) -> GlossaryEntry:
    """The row of this slug or word, an accepted one before an offered one. Raises `NotFound`."""
    by_slug = session.scalars(select(GlossaryEntry).where(GlossaryEntry.slug == word.strip().lower())).first()
    row = by_slug or accepted_entry(session, word) or _of_word(session, word, accepted=False)
    if row is None:
        known = session.scalars(select(GlossaryEntry.slug).order_by(GlossaryEntry.slug))
        near = vocabulary.did_you_mean(slugs.slugify(word), known)
        raise NotFound(f"The glossary has no word “{word}”.{near} See `clearinghouse glossary list`.")
    return row


def accepted_entry(session: Session, word: str) -> GlossaryEntry | None:
    """The accepted row of this word, however it is spelt: `Codesign` for `co-design`."""
    return _of_word(session, word, accepted=True)


def new_row(session: Session, word: str) -> GlossaryEntry:
    """A row for `word` with a slug of its own, not yet part of the session."""
    taken = set(session.scalars(select(GlossaryEntry.slug)))
    return GlossaryEntry(slug=slugs.free(slugs.slugify(word, "word"), taken), examples=[], accepted=True)


def require_fit_to_show(session: Session, row: GlossaryEntry) -> None:
    """Raises `Invalid` where an entry uses a word that the vocabulary marks as historical: never shown."""
    never = {
        word.lower() for word in session.scalars(select(TopicWord.word).where(TopicWord.kind == "historical"))
    }
    for text in (row.word, row.meaning, *row.examples):
        said = f" {' '.join(''.join(each if each.isalpha() else ' ' for each in text.lower()).split())} "
        for word in sorted(never, key=len):
            if f" {word} " in said or f" {word}s " in said:
                raise Invalid(
                    f"“{row.word}” is explained with the word “{word}”, which this library never shows; say it in "
                    f"other words with `clearinghouse glossary edit {row.slug}`, then accept it."
                )


def view(session: Session, row: GlossaryEntry) -> WordView:
    """The row as it is shown."""
    source = session.get(Resource, row.resource_id) if row.resource_id else None
    return WordView(
        slug=row.slug,
        word=row.word,
        meaning=row.meaning,
        examples=tuple(row.examples),
        accepted=row.accepted,
        source=source.slug if source else None,
        updated_at=row.updated_at or now(),
    )


def _views(session: Session, wanted: Select[GlossaryEntry]) -> tuple[WordView, ...]:
    rows = session.scalars(wanted)
    return tuple(sorted((view(session, row) for row in rows), key=lambda each: (each.word.casefold(), each.slug)))


def _of_word(session: Session, word: str, *, accepted: bool) -> GlossaryEntry | None:
    rows = select(GlossaryEntry).where(GlossaryEntry.accepted.is_(accepted)).order_by(GlossaryEntry.id)
    return next((row for row in session.scalars(rows) if same_word(row.word, word)), None)


def _set(row: GlossaryEntry, *, word: str, meaning: str, examples: Sequence[str]) -> None:
    """Raises `Invalid` for a word or a meaning that is empty or far too long."""
    word, meaning = " ".join(word.split()), " ".join(meaning.split())
    if not any(each.isalnum() for each in word):
        raise Invalid("The word is empty; give the word first and its meaning in quotes after it.")
    if not meaning:
        raise Invalid(f"The meaning of “{word}” is empty; give one or two short sentences in quotes.")
    if len(word) > LONGEST_WORD:
        raise Invalid(f"The word has {len(word)} letters; give a word or term of at most {LONGEST_WORD}.")
    if len(meaning) > LONGEST_MEANING:
        raise Invalid(f"The meaning has {len(meaning)} letters; say it in at most {LONGEST_MEANING}.")
    row.word, row.meaning = word, meaning
    row.examples = [clean for each in examples if (clean := " ".join(each.split()))]


def _topics_with_resources(session: Session) -> dict[str, TopicName]:
    """Preferred and other words, in small letters, to the topic, where something published is about it."""
    topics = session.execute(
        select(Topic.slug, Topic.preferred, TopicWord.word, TopicWord.kind)
        .outerjoin(TopicWord, TopicWord.topic_id == Topic.id)
        .where(Topic.id.in_(select(topic_tree.numbers().c.topic_id)))
    ).all()
    found: dict[str, TopicName] = {}
    for slug, preferred, word, kind in topics:
        if word and kind == "other":
            found.setdefault(word.lower(), TopicName(slug, preferred))
    return found | {preferred.lower(): TopicName(slug, preferred) for slug, preferred, _, _ in topics}
