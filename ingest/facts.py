"""Who, when, under which licence: read where a document says so, otherwise left unknown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from ingest import tidy
from ingest.extracted import Page

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|]+")
_DOI_LABEL = re.compile(r"(?:doi(?:\.org/|\.org:|:)?\s*|/)$", re.I)
_REFERENCES = re.compile(
    r"^\W*(?:\d+\.?\s*)?(?:references|bibliography|works cited|literature cited)\W*$", re.I | re.M
)
_YEAR_STATED = re.compile(
    r"\b(?:(?:first )?published(?: online)?|publication date|date of publication|issued)\b[:\s]{1,3}"
    r"(?:[^\n]{0,25}?)\b((?:19|20)\d\d)\b",
    re.I,
)
_YEAR_COPYRIGHT = re.compile(r"(?:©|\(c\)|\bcopyright\b)[^\n]{0,40}?\b((?:19|20)\d\d)\b", re.I)
_YEAR_OF_VOLUME = re.compile(
    r"\b\d{1,4}\s?(?:\([\w–-]{1,9}\)\s?)?\(((?:19|20)\d\d)\)|\b((?:19|20)\d\d)\s?;\s?\d{1,4}\b"
    r"|\bvol(?:ume|\.)?\s?\d{1,4}[^\n]{0,40}?\b((?:19|20)\d\d)\b",
    re.I,
)
_YEAR_ACCEPTED = re.compile(r"\b(?:accepted|available online|revised)\b[^\n]{0,25}?\b((?:19|20)\d\d)\b", re.I)
_YEAR_CITED = re.compile(r"\(((?:19|20)\d\d)\)[.,]")
_YEAR_ALONE = re.compile(
    r"^\W*(?:(?:version [\d.]+,? ?)?\d{0,2}\s?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r",?\s(?:\d{1,2},?\s)?)?"
    r"((?:19|20)\d\d)\W*$",
    re.I | re.M,
)
_CC_LINK = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)", re.I)
_CC_SHORT = re.compile(r"\bCC[\s-]?(BY(?:[\s-](?:NC|SA|ND))*|0)(?:[\s-]v?(\d\.\d))?")
_CC_LONG = re.compile(
    r"Creative\s+Commons\s+((?:Attribution|Non-?Commercial|Share-?Alike|No-?Deriv\w*|[\s,–-])+)"
    r"(?:\(.{0,20}?\)\s*)?(?:(\d\.\d)|International|Licen[cs]e)?",
    re.I,
)
_PARTS = (("attribution", "BY"), ("noncommercial", "NC"), ("noderiv", "ND"), ("sharealike", "SA"))
_PARTICLES = frozenset(
    "’t 't de da del della der den di dos du el la le van von bin al y".split()  # noqa: SIM905
)
_PROGRAM = re.compile(
    r"\b(?:acrobat|pdf[a-z]\w*|pdf (?:creator|writer|printer)|adobe|microsoft|"
    r"latex|tex|quark\w*|indesign|ghostscript|distiller|libreoffice|openoffice|"
    r"scanner|canon|xerox|ricoh|konica|epson|kyocera|for word|writer)\b",
    re.I,
)
_CAPITAL = re.compile(r"(?:[dlDLnN][’'`])?(?![a-zß-öø-ÿ])[^\W\d_]|['’]t$")
_NOT_A_NAME = re.compile(
    r"\b(?:university|universit|department|school|institute|college|centre|center|hospital|faculty|division|research|"
    r"laboratory|australia|england|states|street|road|abstract|summary|introduction|contents|the|for|in|with|of|to|"
    r"corresponding|editor|version|doi|software|review|journal|mental|health|peer|support|service|group|user|admin|"
    r"administrator|microsoft|author|unknown|owner|office|word|student|staff|default|report|annual|guide|guidelines?|"
    r"handbook|toolkit|framework|strategy|plan|policy|project|program|programme|national|community|government|"
    r"network|association|society|council|foundation|committee|ministry|agency|press|sciences?|technology|"
    r"engineering|studies|volume|chapter|part|table|figure|key|messages|edition|final|draft|article|repository|"
    r"archive|license|licence|original|paper|information|children|child|services|working|discussion|series|"
    r"training|workbook|manual|about|how|what|why|your|our|data|systems?|analysis|international)\b",
    re.I,
)
_DEGREES = re.compile(
    r",\s*(?:MA|BA|RN|MS|BS|AM|AO|OT|M\.A\.|B\.A\.|R\.N\.|Jr\.?|Sr\.?)(?=[\s,;)]|$)"
    r"|,?\s+(?:Ph\.?\s?D|DPhil|D\.Phil|M\.?D|M\.?Sc|B\.?Sc|M\.?P\.?H|MBBS|MBChB|PsyD|Psy\.D|LCSW|MSW|Ed\.?D|DrPH"
    r"|FRCP|FRCPsych|MRCPsych|FRANZCP|OTR|FACP|Hons|OAM|(?:Senior |Student |Life )?(?:Fellow|Member)|IEEE)\b\.?"
    r"(?=[\s,;)]|$)"
)


def doi(texts: Sequence[str], *, stated: Mapping[str, str]) -> str:
    """The document's own DOI in small letters, or empty: stated, or on its first two pages.

    Where several stand there, the one that comes on most pages (a running foot) is its own.
    """
    for value in (stated.get("doi", ""), stated.get("identifier", ""), stated.get("subject", "")):
        found = _DOI.search(value)
        if found:
            return _trim_doi(found.group())
    front = _REFERENCES.split("\n".join(texts[:2]), maxsplit=1)[0]
    labelled = [
        _trim_doi(found.group())
        for found in _DOI.finditer(front)
        if _DOI_LABEL.search(front[: found.start()][-20:])
    ]
    if not labelled:
        return ""
    # a DOI cut by the end of a line is the beginning of the whole one
    whole = [one for one in labelled if not any(other != one and other.startswith(one) for other in labelled)]
    pages = Counter(one for text in texts for one in {_trim_doi(found) for found in _DOI.findall(text)})
    return max(whole, key=lambda one: pages[one])


def year(texts: Sequence[str], *, stated: Mapping[str, str], title: str = "") -> int | None:
    """The year of publication where it is stated; never a date of the file itself."""
    dated = re.search(r"\b(?:19|20)\d\d\b", stated.get("date", ""))
    if dated and (known := _possible(dated.group())):
        return known
    front = "\n".join(texts)
    if known := _first_year(front, _YEAR_STATED, _YEAR_COPYRIGHT):
        return known
    if len(title) > 10:  # how to cite this: (2022). Its title
        cited = re.search(r"\(((?:19|20)\d\d)\)[.,]\s+[“\"‘']?" + re.escape(title[:40]), front, re.I)
        if cited and (known := _possible(cited.group(1))):
            return known
    top = _REFERENCES.split(front, maxsplit=1)[0]
    return _first_year(top, _YEAR_OF_VOLUME, _YEAR_ACCEPTED) or _first_year(front[:1500], _YEAR_ALONE, _YEAR_CITED)


def licence(texts: Sequence[str], *, stated: str = "") -> str:
    """The Creative Commons licence (``CC BY 4.0``), from metadata, the first two pages or the last."""
    ends = [*texts[:2], *texts[2:][-1:]]
    for text in (stated, *ends):
        found = _creative_commons(text)
        if found:
            return found
    return tidy.line(stated)[:200]


def language(stated: str) -> str | None:
    """A BCP 47 tag such as ``en-AU`` from `stated`, or None where it is none."""
    tag = re.fullmatch(
        r"\s*([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{4}))?(?:[-_]([a-zA-Z]{2}|\d{3}))?(?:[-_.].*)?\s*", stated
    )
    if not tag or tag.group(1).lower() in {"und", "zxx", "mul"}:
        return None
    parts = [tag.group(1).lower()]
    if tag.group(2):
        parts.append(tag.group(2).title())
    if tag.group(3):
        parts.append(tag.group(3).upper())
    return "-".join(parts)


def names(stated: str) -> tuple[str, ...]:
    """Authors from one line of metadata; empty for what programs write there, such as ``user``."""
    whole = tidy.line(stated)
    if re.fullmatch(r"[A-Z][\w'’-]+, (?:[A-Z][\w.'’-]*\s?){1,3}", whole):  # Surname, Given
        surname, given = whole.split(", ", 1)
        whole = f"{given.strip()} {surname}"
    parts = re.split(r"\s*;\s*|\s+(?:and|&)\s+|,\s*(?:and\s+)?", whole)
    if any(
        re.search(r"\b(?:department|university|institute|centre|office of|health)\b", part, re.I) for part in parts
    ):
        parts = re.split(r"\s*;\s*", whole)  # an organisation, commas and all
    kept = [part.strip() for part in parts if _is_author(part.strip())]
    return tuple(dict.fromkeys(kept))


def without_degrees(names: str) -> str:
    """`names` without what stands behind them, such as PhD and RN."""
    return _DEGREES.sub("", names)


@lru_cache(maxsize=1000)
def is_name(words: str) -> bool:
    """Whether `words` look like a person's name: two to six words with capitals, none of an institution."""
    tokens = words.split()
    if not 2 <= len(tokens) <= 6 or _NOT_A_NAME.search(words) or re.search(r"[\d@:/()]", words):
        return False
    named = [token for token in tokens if token.lower() not in _PARTICLES]
    return (
        len(named) >= 2
        and all(_CAPITAL.match(token) for token in named)
        and any(len(token) > 2 for token in named)
    )


def description(stated: str, title: str) -> str:
    """A stated subject where it says more than a label, a citation or the title again."""
    words = tidy.line(stated)
    if len(words) < 40 or _DOI.search(words) or words.casefold() == title.casefold():
        return ""
    return "" if re.search(r"\b\d{4}[.;:,]\s*\d+", words) else words[:1500]


def lost_characters(pages: Sequence[Page]) -> tuple[str, ...]:
    """A warning where characters of the text were lost before it came here."""
    count = sum(tidy.unreadable(page.text) for page in pages)
    if not count:
        return ()
    return (f"{count} characters could not be read and show as �: check the text against the original.",)


def _trim_doi(found: str) -> str:
    """Without the punctuation of the sentence around it; brackets stay where they are a pair."""
    value = found
    while value and (value[-1] in ".,;:'’”*]}" or (value[-1] == ")" and value.count(")") > value.count("("))):
        value = value[:-1]
    return value.lower()


def _first_year(text: str, *patterns: re.Pattern[str]) -> int | None:
    """The first year that can be one, by the first pattern that finds any."""
    for pattern in patterns:
        for found in pattern.finditer(text):
            if known := _possible(next(filter(None, found.groups()))):
                return known
    return None


def _possible(said: str) -> int | None:
    value = int(said)
    return value if 1900 <= value <= datetime.now(UTC).year + 1 else None


def _creative_commons(text: str) -> str:
    link = _CC_LINK.search(text)
    if link:
        if link.group(1).lower() == "publicdomain":
            return f"CC0 {link.group(3)}" if link.group(2).lower() == "zero" else "Public domain"
        return f"CC {link.group(2).upper()} {link.group(3)}"
    short = _CC_SHORT.search(text)
    long = _CC_LONG.search(text)
    version = next((found.group(2) for found in (short, long) if found and found.group(2)), None)
    if version is None and (near := re.search(r"Creative\s+Commons[^.]{0,60}?(\d\.\d)", text)):
        version = near.group(1)
    if short and short.group(1) == "0":
        return f"CC0 {version or '1.0'}"
    if short:
        parts = re.sub(r"[\s-]+", "-", short.group(1).upper())
    elif long:
        folded = re.sub(r"[^a-z]", "", long.group(1).lower())
        parts = "-".join(code for word, code in _PARTS if word in folded)
    else:
        return ""
    return f"CC {parts} {version or ''}".strip() if parts else ""


def _is_author(words: str) -> bool:
    if len(words) < 3 or len(words) > 200 or "@" in words or "\\" in words or _PROGRAM.search(words):
        return False
    if re.fullmatch(
        r"(?:microsoft.*|.*user\d*|admin\w*|owner|unknown|anonymous|author|test|default|dell|hp|.*\d{3,}.*)",
        words,
        re.I,
    ):
        return False
    return " " in words or (words[0].isupper() and words[1:].islower() is False) or words.istitle()
