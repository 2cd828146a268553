"""Files of reference managers, RIS and BibTeX, as rows of a catalogue.

rispy and pybtex know the formats and are loaded when first needed. Each record is given to them alone, so that one
which is broken is a row with a problem and stops no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from clearinghouse import vocabulary
from clearinghouse.acquisition.rows import Row
from ingest.harvest import dublin_core

if TYPE_CHECKING:
    from pybtex.database import Person

_RIS_BEGINS = re.compile(r"^[ \t\ufeff]*TY {1,2}-", re.M)
_BIBTEX_BEGINS = re.compile(r"^[ \t]*@(\w+)[ \t]*[{(]", re.M)
_NO_RECORDS = {"string", "comment", "preamble"}
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_VERBATIM = {"doi", "url"}
"""Fields in which TeX stands for itself."""
_TEX_SIGNS = {
    r"\textbraceleft": "{",
    r"\textbraceright": "}",
    r"\textbackslash": "\\",
    r"\textasciitilde": "~",
    r"\textasciicircum": "^",
}
_TEX_SIGN = re.compile(r"(\\text(?:braceleft|braceright|backslash|asciitilde|asciicircum))(?: |$|(?=\W))")
_TEX_COMMAND = re.compile(r"\\[A-Za-z]+\s*")

#: Their types to our kinds, where one says enough. What a genre names counts before it.
_KINDS = {
    **dict.fromkeys(("JOUR", "EJOUR", "CPAPER", "CONF", "THES"), "research-paper"),
    **dict.fromkeys(("article", "inproceedings", "conference", "phdthesis", "mastersthesis"), "research-paper"),
    **dict.fromkeys(("VIDEO", "MPCT"), "video"),
    **dict.fromkeys(("ELEC", "BLOG", "online"), "web-page"),
    "PAMP": "fact-sheet",
}
_GENRES = {label.lower(): kind for kind, label in vocabulary.KINDS.items()}


def ris(text: str) -> Iterator[Row]:
    """Every record of a RIS file."""
    for begin, said in _parts(text, _RIS_BEGINS):
        yield _row(text, begin.start(), said, _ris)


def bibtex(text: str) -> Iterator[Row]:
    """Every entry of a BibTeX file; abbreviations made by ``@string`` are known to those that come after."""
    strings = ""
    for begin, said in _parts(text, _BIBTEX_BEGINS):
        kind = begin.group(1).lower()
        if kind == "string":
            strings += said
        elif kind not in _NO_RECORDS:
            yield _row(text, begin.start(), said, partial(_bibtex, strings))


def _parts(text: str, begins: re.Pattern[str]) -> Iterator[tuple[re.Match[str], str]]:
    """Each place where a record begins, and the text from there to the next."""
    found = list(begins.finditer(text))
    for begin, after in zip_longest(found, found[1:]):
        yield begin, text[begin.start() : after.start() if after else len(text)]


def _row(text: str, begin: int, said: str, read: Callable[[str], Mapping[str, Any]]) -> Row:
    line = text.count("\n", 0, begin) + 1
    try:
        return Row(line, {name: value for name, value in read(said).items() if value})
    except ValueError as problem:
        return Row(line, {}, problem=f"it cannot be read ({problem}); mend it in the program that wrote it.")


def _ris(said: str) -> Mapping[str, Any]:
    import rispy

    ended = said if re.search(r"^ER {1,2}-", said, re.M) else f"{said.rstrip()}\nER  - \n"
    record = next(iter(rispy.loads(ended.lstrip("\ufeff \t"))), None)
    if record is None or not any(name for name in record if name not in {"type_of_reference", "unknown_tag"}):
        raise ValueError("no tag of the RIS format stands in it")
    first, authors = _first_of(record), [*record.get("first_authors", ()), *record.get("authors", ())]
    return {
        "title": first("title", "primary_title", "translated_title", "short_title"),
        "authors": [dublin_core.person(each) for each in authors],
        "year": _year(first("year", "publication_year", "date")),
        "summary": first("abstract", "notes_abstract"),
        "organisation": first("publisher"),
        "doi": _doi(first("doi")),
        "link": _link(record.get("urls", ()), first("doi")),
        "keywords": list(record.get("keywords", ())),
        "kind": _kind(first("type_of_work"), record["type_of_reference"]),
    }


def _bibtex(strings: str, said: str) -> Mapping[str, Any]:
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    try:
        ((_, entry),) = parse_string(strings + said, "bibtex").entries.items()
    except PybtexError as problem:
        raise ValueError(str(problem)) from problem
    fields = {
        name.lower(): _verbatim(value) if name.lower() in _VERBATIM else _plain(value)
        for name, value in entry.fields.items()
    }
    first = _first_of(fields)
    doi = first("doi")
    return {
        "title": first("title"),
        "authors": [_name(each) for each in entry.persons.get("author", entry.persons.get("editor", ()))],
        "year": _year(first("year", "date")),
        "summary": first("abstract"),
        "organisation": first("publisher", "institution", "school", "organization", "howpublished"),
        "doi": _doi(doi),
        "link": _link((first("url"),), doi),
        "keywords": [each.strip() for each in re.split("[;,]", first("keywords")) if each.strip()],
        "kind": _kind(first("type"), entry.type.lower()),
    }


def _first_of(record: Mapping[str, Any]) -> Callable[..., str]:
    """Reads the first of several fields that says something."""

    def first(*names: str) -> str:
        return next((" ".join(str(record[name]).split()) for name in names if record.get(name)), "")

    return first


def _name(person: Person) -> str:
    """A name as a title page has it."""
    given = (*person.first_names, *person.middle_names)
    return " ".join(
        _plain(each) for each in (*given, *person.prelast_names, *person.last_names, *person.lineage_names)
    )


def _plain(said: str) -> str:
    """TeX as text: accents as letters, no braces and no commands."""
    from pybtex.exceptions import PybtexError
    from pybtex.richtext import Text

    said = re.sub(r"(?<!\\)%", r"\%", said)  # begins a comment in TeX, and is a per cent sign in most abstracts
    try:
        text = str(Text.from_latex(said))
    except (PybtexError, ValueError):
        text = said.replace("{", "").replace("}", "")
    text = _TEX_SIGN.sub(lambda found: _TEX_SIGNS[found.group(1)], text)
    return " ".join(_TEX_COMMAND.sub("", text).split())


def _verbatim(said: str) -> str:
    return re.sub(r"\\([_%&#~])", r"\1", said).strip("{} ")


def _year(said: str) -> str:
    found = _YEAR.search(said)
    return found.group(1) if found else ""


def _doi(said: str) -> str:
    found = _DOI.search(said)
    return found.group().lower() if found else ""


def _link(addresses: Any, doi: str) -> str:
    """The first address on the web; the DOI's where there is none."""
    on_the_web = (each.strip() for each in addresses if each.strip().startswith(("http://", "https://")))
    return next(on_the_web, f"https://doi.org/{_doi(doi)}" if _doi(doi) else "")


def _kind(genre: str, kind: str) -> str:
    return _GENRES.get(genre.lower(), _KINDS.get(kind, ""))
