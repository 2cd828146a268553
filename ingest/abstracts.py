"""The abstract and the keywords that a document gives of itself, from its metadata or its first pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from ingest import tidy

_LONGEST = 1600
"""Letters of an abstract that are kept: a longer one is no abstract."""
_SHORTEST = 80
_NAME = r"(?:abstract|a\s+b\s+s\s+t\s+r\s+a\s+c\s+t|executive summary|plain language summary|summary|overview)"
_HEADING = re.compile(rf"^\W*(?:\d\.?\s+)?{_NAME}\W*$", re.I)
_BESIDE = re.compile(r"\ba\s+b\s+s\s+t\s+r\s+a\s+c\s+t\W*$", re.I)
_INLINE = re.compile(r"^\W*(?:(?:Abstract|ABSTRACT)(?:\s?[-–—:.]|\s)|(?:Summary|SUMMARY)\s?[-–—:.])\s*(\w.{80,})")
_KEYWORDS = re.compile(r"^\W*(?:author )?(?:key\s?words?(?: and phrases)?|index terms)\b\s*[-–—:.]?\s*(.*)$", re.I)
_NEXT = re.compile(
    r"^\W*(?:author )?(?:key\s?words?|index terms|introduction|background|contents|ccs concepts|highlights|jel\b|"
    r"(?:\d{1,2}\.?|[IVX]{1,4}\.)\s+[A-Z][^.!?]{2,60}$|references\W*$)",
    re.I,
)
_BETWEEN_WORDS = re.compile(r"\s*[;|•·]\s*|\s+[–—-]\s+")


def abstract(texts: Sequence[str]) -> str:
    """What stands under or behind the word Abstract, or Summary, on the first two of `texts`; else empty."""
    lines = "\n".join(texts[:2]).split("\n")
    for at, said in enumerate(lines):
        inline = _INLINE.match(said)
        if inline:
            return _whole(
                [inline.group(1), *lines[at + 1 : at + 3]] if not said.endswith(".") else [inline.group(1)]
            )
        beside = not _HEADING.match(said) and _BESIDE.search(said)  # what is beneath the other heading comes first
        if _HEADING.match(said) or beside:
            found = _whole(list(dropwhile(_is_short, lines[at + 1 :])) if beside else lines[at + 1 :])
            if len(found) >= _SHORTEST:
                return found
    return ""


def keywords(stated: str, texts: Sequence[str] = ()) -> tuple[tuple[str, ...], bool]:
    """At most 30 keywords, and whether they are `stated` (by metadata) rather than printed on the first pages."""
    said = parted(stated)
    if said:
        return said, True
    lines = "\n".join(texts[:2]).split("\n")
    for at, line in enumerate(lines):
        found = _KEYWORDS.match(line)
        if found:
            beneath = list(takewhile(lambda each: each.strip() and len(each) < 80, lines[at + 1 : at + 12]))
            return _printed(found.group(1), beneath), False
    return (), False


def parted(stated: str) -> tuple[str, ...]:
    """Keywords from one line, parted at semicolons or commas; at most 30."""
    said = tidy.line(stated)
    parts = _BETWEEN_WORDS.split(said) if _BETWEEN_WORDS.search(said) else said.split(",")
    kept = (part.strip().strip(".,;") for part in parts)
    return tuple(dict.fromkeys(part for part in kept if 1 < len(part) <= 80))[:30]


def _printed(behind: str, beneath: Sequence[str]) -> tuple[str, ...]:
    """Keywords in the line of that name, with the rest of a list that does not end in it, or beneath it."""
    if not behind.strip():
        listed = [line.strip() for line in beneath]
        return parted(listed[0] if len(listed) == 1 else ";".join(line.strip(" ,;") for line in listed))
    if behind.rstrip().endswith((",", ";")) and beneath:
        behind = f"{behind} {beneath[0]}"
    found = parted(behind)
    # a sentence that begins with "Keywords" lists none
    return found if all(len(word.split()) <= 6 for word in found) else ()


def _is_short(line: str) -> bool:
    return len(line) < 60


def _whole(lines: Sequence[str]) -> str:
    """`lines` up to the next heading, as one paragraph."""
    held: list[str] = []
    for said in map(str.strip, lines):
        if not said:
            continue
        is_short = len(said) < 60 and not said.endswith((".", ",", ";", ":")) and said[:1].isupper()
        if _NEXT.match(said) or (held and is_short and len(held[-1]) > 60) or sum(map(len, held)) > _LONGEST - 100:
            break
        held.append(said)
    return _shortened(tidy.line(" ".join(held)))


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    end = max(words.rfind(mark, 0, _LONGEST) for mark in (". ", "? ", "! "))
    return words[: end + 1] if end > _LONGEST // 2 else words[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
