"""A draft as `review` shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from clearinghouse import showing, vocabulary
from clearinghouse.acquisition.drafts import Draft, Found
from clearinghouse.cli import paper
from clearinghouse.holdings.guesses import Guess
from clearinghouse.views import EditionView

NAMES: Mapping[str, str] = {
    "audiences": "For",
    "speaks": "Who speaks",
    "jurisdiction": "Where",
    "content_notes": "Notes",
    "identifiers": "Identifiers",
}
#: Fields with a controlled list, and its name.
_LISTS: Mapping[str, str] = {"audiences": "audience", "kind": "kind", "speaks": "speaks"}
_BEGINNING_LINES = 8
_LEADER = re.compile(r"([._·…-])(?: ?\1){3,}")


def lines(draft: Draft) -> Iterator[str]:
    """Everything that helps to decide, most telling first."""
    yield from paper.entry("Title", draft.title, beside=_from(draft.found[0]))
    guessed = {each.name: each for each in draft.guessed}
    found = {each.name: each for each in draft.found}
    for name in ("authors", "year", "kind", "audiences", "topics", "speaks"):
        yield from _field(name, found.get(name), guessed.get(name), lacks=name in draft.lacks)
    for each in draft.found:
        if each.name not in {"title", "authors", "year", "kind", "audiences", "topics", "speaks"}:
            yield from _field(each.name, each, None)
    for edition in draft.editions:
        yield from _edition(edition)
    for other in draft.alike:
        yield from paper.entry("Alike", f"{other.in_words}: {other.title}")
    if draft.alike:
        yield from paper.entry(
            "", f"Another form of it? `move {draft.alike[0].slug}`. The same again? `discard`. Neither? `not`."
        )
    beginning = list(text_lines(draft))
    if beginning:
        yield ""
        yield paper.strong("It begins")
        yield from beginning[:_BEGINNING_LINES]
        if len(beginning) > _BEGINNING_LINES:
            yield "  … (t for more)"


def text_lines(draft: Draft) -> Iterator[str]:
    """How its text begins; the dots and lines that lead across a page are cut short."""
    return paper.lines(_LEADER.sub(r"\1\1\1", draft.beginning), "  ")


def name_of(field: str) -> str:
    """How a field is called here."""
    return NAMES.get(field, field.capitalize())


def in_words(name: str, value: Any) -> str:
    """A field's value as a curator reads and types it."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {each}" for key, each in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(in_words(name, each) for each in value)
    label = vocabulary.label(_LISTS.get(name, ""), str(value))
    same = {label.lower(), label.lower().replace(" ", "-")}
    return label if str(value).lower() in same else f"{value} ({label})"


def _field(name: str, found: Found | None, guess: Guess | None, *, lacks: bool = False) -> Iterator[str]:
    if found is not None:
        yield from paper.entry(name_of(name), in_words(name, found.value), beside=_from(found))
    elif guess is not None:
        because = f"because: {'; '.join(guess.because)}" if guess.because else ""
        yield from paper.entry(name_of(name), f"guessed: {in_words(name, guess.value)}", beside=because)
    elif lacks:
        yield from paper.entry(name_of(name), "not known; needed before visitors can see it")
    elif name in {"authors", "year"}:
        yield from paper.entry(name_of(name), "not known")


def _from(found: Found) -> str:
    return {"": "", showing.BY_HAND: "by hand"}.get(found.told_by, f"from {found.told_by}")


def _edition(edition: EditionView) -> Iterator[str]:
    facts = [edition.location or edition.link, edition.language_name]
    if edition.page_count:
        facts += [_count(edition.page_count, "page"), _count(edition.word_count, "word")]
    yield from paper.entry(edition.form_label, ", ".join(filter(None, facts)))
    if edition.not_read:
        yield from paper.entry("", f"{edition.not_read}.")
    for warning in edition.warnings:
        yield from paper.entry("", warning)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")
