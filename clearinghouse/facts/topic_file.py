"""Topics as a TOML file that a person can edit: `clearinghouse/facts/topics.toml` is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clearinghouse.facts import toml_text
from clearinghouse.facts.thesaurus import Entry

#: Key in the file to kind of word.
WORDS: Mapping[str, str] = {
    "other_words": "other",
    "historical_words": "historical",
    "clinical_words": "clinical",
}
_TEXTS = ("slug", "preferred", "scope_note", "broader")
_LISTS = (*WORDS, "related")


def read(text: str) -> list[Entry]:
    """The topics of a TOML file, whether or not they keep the rules.

    Raises `Invalid`, with a line for each fault, for what is no such file: broken TOML, a key nobody knows.
    """
    rows = toml_text.rows(text, "topic", "topics", _wrong_keys)
    return [_entry(row, number) for number, row in enumerate(rows, start=1)]


def write(entries: Sequence[Entry], head: str) -> str:
    """`entries` as TOML, below the comment `head`."""
    return head + toml_text.tables("topic", [_table(entry) for entry in entries])


def _wrong_keys(row: Mapping[str, Any], number: int) -> Iterable[str]:
    name = f"Topic “{row.get('slug') or row.get('preferred') or '?'}” (entry {number})"
    for key, value in row.items():
        if key in _TEXTS:
            if not isinstance(value, str):
                yield f"{name}: “{key}” must be words in quotation marks."
        elif key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
                yield f'{name}: “{key}” must be a list of words, such as ["one", "two"].'
        else:
            yield f"{name}: there is no “{key}”; known are {', '.join((*_TEXTS, *_LISTS))}."


def _entry(row: Mapping[str, Any], number: int) -> Entry:
    words = {kind: _unique(row.get(key, [])) for key, kind in WORDS.items()}
    return Entry(
        slug=row.get("slug", "").strip(),
        preferred=_tidy(row.get("preferred", "")),
        scope_note=row.get("scope_note", "").strip(),
        words={kind: values for kind, values in words.items() if values},
        broader=row.get("broader", "").strip() or None,
        related=_unique(row.get("related", [])),
        place=f"entry {number}",
    )


def _table(entry: Entry) -> dict[str, toml_text.Value]:
    shown: dict[str, toml_text.Value] = {"slug": entry.slug, "preferred": entry.preferred}
    if entry.scope_note:
        shown["scope_note"] = entry.scope_note
    shown.update((key, entry.words[kind]) for key, kind in WORDS.items() if kind in entry.words)
    if entry.broader:
        shown["broader"] = entry.broader
    if entry.related:
        shown["related"] = entry.related
    return shown


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_tidy(each) for each in values))


def _tidy(text: str) -> str:
    return " ".join(text.split())
