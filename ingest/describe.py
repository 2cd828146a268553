"""A sensible title for every document, whatever it says of itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ingest import furniture, tidy

_ENDING = re.compile(
    r"\.(?:doc[xm]?|dot[xm]?|rtf|odt|pdf|indd|indb|qxd|qxp|pmd|p65|fm|pub|ai|eps|ps|dvi|tex|cdr|ppt[xm]?|pps[xm]?|pot[xm]?|"
    r"xlsx?|pages|key|txt|md|markdown|html?|xml|tmp|jpe?g|png|tiff?|wpd|odp|ot[tp]|epub|vtt|srt|gif|webp|bmp)$",
    re.I,
)
_MADE_BY = re.compile(
    r"^(?:(?:microsoft )?(?:office )?(?:word|powerpoint|excel|publisher)|print(?:ing)?|adobe \w+)\s*[-–:]\s*",
    re.I,
)
_EMPTY_WORDS = re.compile(
    r"""^(?:
        untitled.* | no\ title | title | none | null | n/?a | unknown | unnamed | new
        | (?:new\ )?(?:document|presentation|doc|book)\s*\d*
        | (?:slide|page|sheet|layout|chapter|section|appendix|part)\s*\d+(?:\s*of\s*\d+)?
        | powerpoint\ presentation | powerpoint-pr[äa]sentation | pr[ée]sentation\ powerpoint
        | microsoft\ .* | adobe\ .*
        | (?:blank|normal|default|standard|letterhead|template|letter|memo|report|manuscript|article|draft
            |final|cover|print|test|temp|copy|index|home|home\s?page|main|welcome|content|body|file|merged\s?file|scan
            |scanned.*|fax|image|img|full\ page\ photo|paper|submission|layout|brochure|flyer|word)
          (?:\ (?:template|document|version|page|file|copy))*[\s_v.-]*\d*
        | (?:ms|microsoft)?\s?word\ (?:template|document) | (?:click|type|insert|enter|your)\b.*\btitle\b.*
        | access\ denied | forbidden | page\ not\ found | not\ found | error\ \d+ | just\ a\ moment.*
        | loading.*
    )$""",
    re.I | re.X,
)
_PATH = re.compile(r"^[a-z]:[\\/]|\\|^(?:file|https?)://|^/\S+/\S+$|^\S+/\S+/\S+$", re.I)
_PRODUCTION = re.compile(
    r"\d+\.\.\d+$|^(?:doi:?\s*)?10\.\d{4,9}/\S+$|^(?:pii|issn|isbn)\b"
    r"|^[a-z]{0,12}[-_. ]?\d[\d\-_.:()a-z]{3,}$",
    re.I,
)
_VERSION = re.compile(
    r"(?:[\s_.()-]+(?:v(?:er(?:sion)?)?[\s_.-]?\d+(?:[._]\d+)*|final|draft|copy|rev(?:ised)?|web|print|clean"
    r"|\d{1,2}|tracked|edited|accessible|lowres|hires))+[\s_.()-]*$",
    re.I,
)

_LINES_LOOKED_AT = 40
_MOST_HEADING_WORDS = 20
_ENOUGH_WORDS = 30
"""Words of a beginning that would hold its title."""
_LEADING_UP = re.compile(
    r"\b(?:a|about|an|and|are|as|at|by|for|from|in|into|is|of|on|or|that|the|to|with)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title and where it was found (see `Extracted.title_from`), with what the curator should know."""

    words: str
    found: str
    warnings: tuple[str, ...] = ()


def choose(
    *,
    stated: Sequence[str] = (),
    shown: str = "",
    stands_out: bool = True,
    shown_from: str = "first page",
    text: str = "",
    name: str,
) -> Title:
    """The best title for a document.

    `stated`: what its metadata says, best first. `shown`: the heading it shows, `stands_out` where its look
    leaves little doubt. `text`: its beginning, against which a stated title is checked (programs leave the
    titles of old templates behind). `name`: its file name.
    """
    stem = _ENDING.sub("", name).casefold()
    usable = [
        words
        for words in (clean(one) for one in stated)
        if not is_junk(words) and (" " in words or _is_said(words, stem, text))
    ]
    shown = clean(shown)
    if is_junk(shown):
        shown = ""
    for words in usable:
        if not (shown and stands_out) or share_found(words, text) >= 0.6:
            return Title(words, "metadata")
    if shown:
        return Title(shown, shown_from)
    first = first_line(text)
    if first:
        return Title(first, "first line")
    words = from_name(stated, name)
    return Title(words, "file name", (f"No title was found in the document, so its file name was used: {words}.",))


def clean(title: str) -> str:
    """`title` on one line, without mark-up, a full stop or the mark of a footnote at its end."""
    words = re.sub(r"</?[a-z]+[^>]*>", "", tidy.line(title), flags=re.I)
    words = words.strip(" \t|*#_•")
    if words.endswith((".", ":", ";", ",")) and words.count(".") <= 1:
        words = words[:-1].rstrip()
    words = re.sub(r"(?<=\w)[\d*†‡§]?\s?[*†‡§]$", "", words)
    return _shorten(words)


def is_junk(title: str) -> bool:
    """Whether `title` is what a program or a publisher's system left behind, not what an author would say."""
    words = title.strip()
    letters = sum(sign.isalpha() for sign in words)
    return bool(
        letters < 3
        or letters < len(words) * 0.4
        or _MADE_BY.match(words)
        or _EMPTY_WORDS.match(words)
        or _ENDING.search(words)
        or _PATH.search(words)
        or _PRODUCTION.search(words)
        or furniture.is_frame(words)
        or _is_file_name(words)
        or "\ufffd" in words
    )


def share_found(title: str, text: str) -> float:
    """The share (0 to 1) of `title`'s words that `text` holds."""
    wanted = re.findall(r"\w{2,}", title.casefold())
    there = set(re.findall(r"\w{2,}", text.casefold()))
    return sum(word in there for word in wanted) / len(wanted) if wanted else 0.0


def first_line(text: str) -> str:
    """The first line of `text` that could be a title: not furniture, not a list item, rather not a sentence.

    Where a line leads up to a list ("This book tells you about"), what it leads up to is the title.
    """
    sentence = ""
    led_up_to = False
    for said in text.split("\n")[:_LINES_LOOKED_AT]:
        words = clean(said.lstrip("#"))
        listed = said.lstrip().startswith(("•", "| "))
        if len(words) < 5 or is_junk(words) or (listed and not led_up_to):
            continue
        led_up_to = bool(_LEADING_UP.search(words))
        if not led_up_to and _heads(said, words):
            return words
        sentence = sentence or (words if len(words) <= 150 else _first_sentence(words))
    return sentence


def _heads(said: str, words: str) -> bool:
    """Whether a line looks like a heading rather than a sentence."""
    return len(words.split()) <= _MOST_HEADING_WORDS and not said.rstrip().endswith((".", ",", ";", ":"))


def from_name(stated: Sequence[str], name: str) -> str:
    """A file name as words: ``peer-work_guide_FINAL_v3.pdf`` is ``Peer work guide``. Never empty."""
    for kept in (*[_MADE_BY.sub("", one) for one in stated if _MADE_BY.match(one)], name):
        stem = _ENDING.sub("", PurePath(kept.replace("\\", "/")).name)
        words = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", _VERSION.sub("", stem))
        words = tidy.line(re.sub(r"[_+%]+|(?<=\w)[-.](?=\w)|%20", " ", words)).strip(" -.")
        if words and not is_junk(words):
            return words[0].upper() + words[1:]
    return "Document without a title"


def _is_said(word: str, stem: str, text: str) -> bool:
    """Whether one word alone is a title: not the file's name again, and said by the text, where there is one."""
    told = len(text.split()) >= _ENOUGH_WORDS
    return word.casefold() != stem and (not told or word.casefold() in text.casefold())


def _is_file_name(words: str) -> bool:
    if " " in words:
        return False
    return "_" in words or words.count("-") >= 2 or words.count(".") >= 2 or bool(re.search(r"\d{3}|v\d+$", words))


def _first_sentence(words: str) -> str:
    sentence = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0].rstrip(".")
    return sentence if len(sentence) <= 150 else words[:140].rsplit(" ", 1)[0] + "…"


def _shorten(words: str) -> str:
    return words if len(words) <= 300 else words[:290].rsplit(" ", 1)[0] + "…"
