"""The controlled vocabulary of topics as plain values, and the rules it must keep before it may be loaded.

Terms are those of ISO 25964 and SKOS: a preferred word, other words that lead to it, broader, related. Two words
are the same word where they differ only in capitals, hyphens, apostrophes or spaces: `key` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

#: Kind of word to what a curator reads: how such a word is named in a sentence.
WORD_KINDS: Mapping[str, str] = {
    "other": "an other word",
    "historical": "a historical word",
    "clinical": "a clinical word",
}

LONGEST_SLUG = 80
LONGEST_WORD = 120
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_BETWEEN = re.compile(r"[\s‐‑–_-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One topic as a file or the library has it."""

    slug: str
    preferred: str
    scope_note: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind of word (``other``, ``historical``, ``clinical``) to words, in the order given; no empty tuples."""
    broader: str | None = None
    related: tuple[str, ...] = ()
    place: str = ""
    """Where it stands, such as ``entry 3``, for sentences about faults."""

    @property
    def name(self) -> str:
        """How a sentence names it."""
        return f"“{self.slug or self.preferred}”" + (f" ({self.place})" if self.place else "")


def key(word: str) -> str:
    """What is the same for two spellings of one word."""
    return " ".join(_BETWEEN.sub(" ", _APOSTROPHES.sub("", word)).casefold().split())


def faults(entries: Sequence[Entry]) -> list[str]:
    """Every rule that `entries` break together, a sentence each that names the entry; empty where all is well."""
    by_slug: dict[str, Entry] = {}
    found: list[str] = []
    for entry in entries:
        found += _own_faults(entry)
        if entry.slug in by_slug:
            found.append(f"Topic {entry.name} has the slug of another; give one of them a slug of its own.")
        elif entry.slug:
            by_slug[entry.slug] = entry
    for entry in entries:
        found += _faults_between(entry, by_slug)
    return [*found, *_shared_words(entries), *_loops(by_slug)]


def _own_faults(entry: Entry) -> Iterator[str]:
    if not _SLUG.fullmatch(entry.slug) or len(entry.slug) > LONGEST_SLUG:
        yield (
            f"Topic {entry.name} has no slug that can stand in an address; use small letters, digits and single "
            f"hyphens, at most {LONGEST_SLUG} characters."
        )
    if not entry.preferred:
        yield f"Topic {entry.name} has no preferred word; say which words are shown for it."
    texts = [entry.preferred, *(word for words in entry.words.values() for word in words)]
    for text in texts:
        if len(text) > LONGEST_WORD:
            yield f"Topic {entry.name} has a word of more than {LONGEST_WORD} characters; shorten “{text[:40]}…”."
    if any(_CONTROL.search(text) for text in (*texts, entry.scope_note.replace("\n", " "))):
        yield f"Topic {entry.name} has characters that nobody can see; type its words again."
    yield from _repeated_words(entry)


def _repeated_words(entry: Entry) -> Iterator[str]:
    """A word may stand in one list of a topic only, and not beside the same preferred word."""
    kinds = {key(entry.preferred): "the preferred word"} if entry.preferred else {}
    for kind, words in entry.words.items():
        for word in words:
            if not key(word):
                yield f"Topic {entry.name} has an empty word among its {kind} words; take it out."
                continue
            before = kinds.setdefault(key(word), WORD_KINDS[kind])
            if before != WORD_KINDS[kind]:
                yield f"Topic {entry.name} has “{word}” as {before} and as {WORD_KINDS[kind]}; keep one of them."


def _faults_between(entry: Entry, by_slug: Mapping[str, Entry]) -> Iterator[str]:
    for what, slugs in (("broader", [entry.broader] if entry.broader else []), ("related", entry.related)):
        for slug in slugs:
            if slug == entry.slug:
                yield f"Topic {entry.name} is {what} to itself; take that out."
            elif slug not in by_slug:
                yield f"Topic {entry.name} has “{slug}” as {what}; there is no such topic, so add it or mend that."
    above = _above(entry, by_slug)
    for slug in entry.related:
        # SKOS S27: what is broader, however far up, is not also related; related goes both ways.
        below = slug in by_slug and entry.slug in _above(by_slug[slug], by_slug)
        if slug != entry.slug and (slug in above or below):
            where = "above" if slug in above else "below"
            yield f"Topic {entry.name} has “{slug}” as related, which stands {where} it already; take it out."


def _above(entry: Entry, by_slug: Mapping[str, Entry]) -> list[str]:
    """Slugs of every broader topic, the nearest first; stops where it would go round."""
    found: list[str] = []
    slug = entry.broader
    while slug is not None and slug in by_slug and slug not in found:
        found.append(slug)
        slug = by_slug[slug].broader
    return found


def _shared_words(entries: Iterable[Entry]) -> Iterator[str]:
    """A word that would lead to two topics: which of them would it find?"""
    owner: dict[str, Entry] = {}
    for entry in entries:
        leading = [entry.slug, entry.preferred, *(word for words in entry.words.values() for word in words)]
        for word in leading:
            first = owner.setdefault(key(word), entry) if key(word) else entry
            if first.slug != entry.slug:
                yield f"“{word}” leads to topic {entry.name} and to topic {first.name}; keep it in one of them."


def _loops(by_slug: Mapping[str, Entry]) -> Iterator[str]:
    """Topics that are, in the end, broader than themselves; each loop is said once."""
    seen: set[str] = set()
    for slug in by_slug:
        path: list[str] = []
        at: str | None = slug
        while at is not None and at in by_slug and at not in seen:
            seen.add(at)
            path.append(at)
            at = by_slug[at].broader
        if at in path and len(path[path.index(at) :]) > 1:
            loop = path[path.index(at) :]
            shown = " → ".join(f"“{each}”" for each in [*loop, loop[0]])
            yield f"Broader goes round in a loop: {shown}; take “broader” out of one of them."
