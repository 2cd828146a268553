"""Decisions on drafts as a program or a curator writes them: field names and values as in a catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clearinghouse import vocabulary
from clearinghouse.acquisition import catalogue_file, catalogue_values
from clearinghouse.acquisition.reviewing import DECISIONS, Decision
from clearinghouse.errors import Invalid, Problem, Unknown
from clearinghouse.holdings import record
from clearinghouse.library import Library

#: What may be set: the columns of a catalogue that are of the resource itself.
SETTABLE = tuple(
    name
    for name in catalogue_file.COLUMNS
    if name not in {"collection", "position", "note", "file", "form", "language", "label", "status"}
)
_KEYS = ("slug", "do", "set", "guesses", "reason", "to", "updated_at")


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that cannot be read."""

    slug: str
    sentence: str


def read(library: Library, text: str) -> Iterator[Decision | Refused]:
    """The decisions in a JSON array, or in an object a line; one that is wrong is refused by itself.

    Raises `Invalid` at once where the text as a whole is no such thing.
    """
    for entry in _entries(text):
        slug = str(entry.get("slug", "")) if isinstance(entry, dict) else ""
        try:
            yield _decision(library, entry)
        except Problem as problem:
            yield Refused(slug, str(problem))


def change(library: Library, slug: str, values: Mapping[str, Any]) -> Decision:
    """The decision to change fields. Raises `Unknown` or `Invalid`, also for what nobody can set."""
    return _decision(library, {"slug": slug, "do": "change", "set": dict(values)})


def field_named(word: str) -> str:
    """The settable field that `word` names, also in the singular or with a hyphen. Raises `Unknown`."""
    plain = word.strip().lower().replace("-", "_").replace(" ", "_")
    plain = {"audience": "audiences", "topic": "topics", "author": "authors", "for": "audiences"}.get(plain, plain)
    if plain in SETTABLE:
        return plain
    near = vocabulary.did_you_mean(plain, SETTABLE)
    raise Unknown(f"“{word}” is no field that can be set.{near} Known: {', '.join(SETTABLE)}.")


def _entries(text: str) -> list[Any]:
    text = text.removeprefix("\ufeff").strip()
    try:
        if text.startswith("["):
            entries = json.loads(text)
            return entries if isinstance(entries, list) else [entries]
    except (ValueError, RecursionError) as problem:
        raise Invalid(f"The decisions are not JSON ({problem}); nothing was decided.") from problem
    entries = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            entries += [json.loads(line)] if line.strip() else []
        except (ValueError, RecursionError) as problem:
            raise Invalid(
                f"Line {number} of the decisions is not JSON ({problem}); write an array, or an object a line. "
                "Nothing was decided."
            ) from problem
    return entries


def _decision(library: Library, entry: Any) -> Decision:
    if not isinstance(entry, dict) or not isinstance(entry.get("slug"), str):
        raise Invalid("A decision is an object with a slug and what to do, such as {“slug”: …, “do”: “publish”}.")
    for name in entry:
        if name not in _KEYS:
            near = vocabulary.did_you_mean(str(name), _KEYS)
            raise Invalid(f"“{name}” means nothing in a decision.{near} Known: {', '.join(_KEYS)}.")
    do, values, guesses = entry.get("do"), entry.get("set", {}), entry.get("guesses")
    if do not in DECISIONS:
        raise Unknown(f"Say what to do with “{entry['slug']}”: {', '.join(DECISIONS)}.")
    if not isinstance(values, dict):
        raise Invalid("“set” is not an object of fields and what they shall say.")
    if guesses is not None and not (isinstance(guesses, list) and all(isinstance(each, str) for each in guesses)):
        raise Invalid("“guesses” is not a list of fields whose guess to accept.")
    if do == "move" and not entry.get("to"):
        raise Invalid("Say in “to” which resource gets the forms.")
    said, emptied = _split({field_named(str(name)): value for name, value in values.items()})
    return Decision(
        slug=entry["slug"],
        do=do,
        said=catalogue_values.record_of(library, said),
        emptied=emptied,
        guesses=None if guesses is None else tuple(map(field_named, guesses)),
        reason=str(entry.get("reason") or ""),
        to=str(entry.get("to") or ""),
        seen=_moment(entry.get("updated_at")),
    )


def _split(values: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What is said, and the fields that shall say nothing."""
    said: dict[str, Any] = {}
    emptied: list[str] = []
    for name, value in values.items():
        if value not in (None, "", [], {}):
            said[name] = value
        elif name in record.DETAILS:
            said[name] = ""
        else:
            emptied.append("identifiers" if name == "doi" else name)
    return said, tuple(emptied)


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError as problem:
        raise Invalid(f"“{value}” in updated_at is no moment; copy it from `review --json`.") from problem
