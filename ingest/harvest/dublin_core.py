"""Simple Dublin Core (the 15 elements; `oai_dc`) as repositories really write it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from ingest import facts, tidy
from ingest.harvest import markup
from ingest.harvest.listing import Description

_FILE = re.compile(r"\.(?:pdf|docx?|pptx?|odt|odp|epub|rtf)$", re.I)
#: Where repositories keep documents under addresses without an ending: bepress, DSpace, OJS, and this library.
_DOWNLOAD = re.compile(r"/(?:download|bitstreams?|original)(?:/|$)|/viewcontent\.cgi$", re.I)
_FORMAT = re.compile(r"^application/(?:pdf|msword|rtf|epub|vnd\.)", re.I)
_DOI = re.compile(r"^(?:doi:\s*|info:doi/|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)$", re.I)
_NUMBERS = (
    ("isbn", re.compile(r"^(?:urn:)?isbn[:\s]*([\dX-]{10,17})$", re.I)),
    ("issn", re.compile(r"^(?:urn:)?issn[:\s]*(\d{4}-?\d{3}[\dX])$", re.I)),
)
_TAG = re.compile(r"</?[a-zA-Z][\w:]*(?:\s[^<>]*)?/?>")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
#: Says who may open it, and is no licence (COAR and OpenAIRE write it among the rights).
_ACCESS = re.compile(
    r"info:eu-repo/semantics/|purl\.org/coar/access_right|^(?:open|closed|restricted) ?access$", re.I
)
_TYPE_URI = re.compile(r"^(?:info:eu-repo/semantics/|https?://purl\.org/coar/resource_type/)", re.I)


def read(metadata: Any) -> tuple[Description, tuple[str, ...]]:
    """The description in a `dc` element, and the addresses of documents it names."""
    said: dict[str, list[str]] = {}
    for element in metadata:
        words = _without_markup("".join(element.itertext()))
        if words:
            said.setdefault(markup.name(element), []).append(words)
    named = [*said.get("identifier", ()), *said.get("relation", ()), *said.get("source", ())]
    files = _files(named, said.get("format", ()))
    identifiers = _identifiers(said.get("identifier", ()))
    title = _first(said.get("title", ()))
    described = Description(
        title=title,
        summary=max(said.get("description", ()), key=len, default=""),
        authors=tuple(dict.fromkeys(map(person, said.get("creator", ())))),
        organisation=_first([*said.get("publisher", ()), *_journals(said.get("source", ()))]),
        year=_year(said.get("date", ())),
        language=language(_first(said.get("language", ()))),
        licence=_licence(said.get("rights", ())),
        link=_link(said.get("identifier", ()), files, identifiers),
        identifiers=tuple(identifiers.items()),
        subjects=_subjects(said.get("subject", ())),
        types=tuple(_TYPE_URI.sub("", each) for each in said.get("type", ())),
        audiences=tuple(said.get("audience", ())),
    )
    return described, files


def person(name: str) -> str:
    """``Family, Given`` as a title page has it; other names, and those of organisations, as they are."""
    family, comma, given = name.partition(",")
    turned = f"{given.strip()} {family.strip()}"
    return turned if comma and "," not in given and facts.is_name(turned) else name


def language(said: str) -> str | None:
    """``en`` for ``eng``, ``en_AU`` or ``English``; None where it cannot be told."""
    from babel import Locale  # large, and seldom needed
    from babel.core import get_global

    names = {each.lower(): code for code, each in Locale("en").languages.items()}
    tag = facts.language(names.get(said.strip().lower(), said))
    if tag is None:
        return None
    first, dash, rest = tag.partition("-")
    return str(get_global("language_aliases").get(first, first)) + dash + rest


def _without_markup(words: str) -> str:
    """A text without the HTML that many abstracts were pasted with."""
    if _TAG.search(words):
        from bs4 import BeautifulSoup

        words = BeautifulSoup(words, "lxml").get_text(" ")
    return tidy.line(words)


def _first(values: Iterable[str]) -> str:
    return next(iter(values), "")


def _journals(values: Iterable[str]) -> list[str]:
    """What an article is from, such as ``World Psychiatry 11:123-128``."""
    return [each for each in values if not _is_web(each)]


def _is_web(words: str) -> bool:
    try:
        return words.startswith(("http://", "https://")) and bool(urlsplit(words).hostname)
    except ValueError:
        return False


def _files(named: Iterable[str], formats: Iterable[str]) -> tuple[str, ...]:
    """Addresses of documents: by their ending, or as downloads of a record that says it has a document."""
    has_document = any(_FORMAT.match(each) for each in formats)
    found = []
    for address in filter(_is_web, named):
        path = urlsplit(address).path
        if _FILE.search(path) or (has_document and _DOWNLOAD.search(path)):
            found.append(address)
    return tuple(dict.fromkeys(found))


def _identifiers(values: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values:
        doi = _DOI.match(value)
        if doi:
            found.setdefault("doi", unquote(doi.group(1)).lower())
        for name, pattern in _NUMBERS:
            number = pattern.match(value)
            if number:
                found.setdefault(name, number.group(1))
    return found


def _link(values: Iterable[str], files: tuple[str, ...], identifiers: dict[str, str]) -> str:
    """The page of the work: rather a page than a file, and rather an address of its own than its DOI's."""
    pages = [each for each in values if _is_web(each) and each not in files]
    own = [each for each in pages if not _DOI.match(each)]
    doi = f"https://doi.org/{identifiers['doi']}" if "doi" in identifiers else ""
    return _first([*own, *filter(None, [doi]), *files])


def _year(values: Iterable[str]) -> int | None:
    """The earliest year: repositories add the days on which they took a work in and put it out."""
    years = [int(found.group(1)) for each in values if (found := _YEAR.search(each))]
    return min(years, default=None)


def _licence(values: Iterable[str]) -> str:
    said = [each for each in values if not _ACCESS.search(each)]
    open_ones = (facts.licence((), stated=each) for each in said)
    return next((each for each in open_ones if each.startswith(("CC", "Public domain"))), _first(said)[:200])


def _subjects(values: Iterable[str]) -> tuple[str, ...]:
    parts = (part for value in values for part in re.split(r"\s*(?:;|\|| -- )\s*", value))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip() and not part.startswith("http")))
