"""Files that reference managers read: BibTeX, RIS and CSL-JSON, each of any number of works (see `citing.item`).

pybtex and rispy, which know the formats, are loaded when they are first needed.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from clearinghouse.citation import author_names
from clearinghouse.citation.author_names import NameParts
from clearinghouse.citation.citing import Item

if TYPE_CHECKING:
    from pybtex.database import Entry, Person

#: CSL type to the types of BibTeX and RIS; a genre that says more of RIS comes first.
_BIBTEX = {"article-journal": "article", "report": "techreport"}
_RIS = {"article-journal": "JOUR", "report": "RPRT", "motion_picture": "VIDEO", "webpage": "ELEC"}
_RIS_GENRES = {"Fact sheet": "PAMP", "Training module": "GEN", "Template": "GEN"}

#: What TeX would take for its own, as it is written to be printed. Braces by name, because BibTeX counts them all.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "$": r"\$",
    }
)
#: Fields that BibTeX styles print as they are, without reading TeX in them.
_VERBATIM = frozenset({"doi", "url"})
_SAFE_IN_AN_ADDRESS = "".join(map(chr, range(0x21, 0x7F))).translate(str.maketrans("", "", '"{}\\'))


@dataclass(frozen=True, slots=True)
class CitationFile:
    """One format: how its files end, what they are, and how one is made."""

    ending: str
    name: str
    media_type: str
    write: Callable[[Iterable[Item]], str]


def bibtex(works: Iterable[Item]) -> str:
    """`works` as BibTeX in UTF-8. A title stands in braces of its own, so that no style changes its capitals."""
    from pybtex.database import BibliographyData
    from pybtex.database.output.bibtex import Writer

    class AddressesAsTheyAre(Writer):  # type: ignore[misc]
        def _write_field(self, stream: io.StringIO, type: str, value: str) -> None:  # noqa: A002 - the parent's name
            if type in _VERBATIM:
                stream.write(f",\n    {type} = {self.quote(value)}")
            else:
                super()._write_field(stream, type, value)

    written = io.StringIO()
    entries = {work["id"]: _bibtex_entry(work) for work in works}
    AddressesAsTheyAre(encoding="utf-8").write_stream(BibliographyData(entries), written)
    return written.getvalue()


def ris(works: Iterable[Item]) -> str:
    """`works` as RIS in UTF-8."""
    import rispy

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        NEWLINE = "\r\n"  # as the format asks

        def set_header(self, count: int) -> str:
            return ""  # no number above a record: the format knows none

    return str(rispy.dumps(list(map(_ris_record, works)), implementation=Writer))


def csl_json(works: Iterable[Item]) -> str:
    """`works` as a list in CSL-JSON."""
    return json.dumps(list(works), ensure_ascii=False, indent=2) + "\n"


#: Every format by how its files end.
FORMATS: Mapping[str, CitationFile] = {
    each.ending: each
    for each in (
        CitationFile("bib", "BibTeX", "application/x-bibtex", bibtex),
        CitationFile("ris", "RIS", "application/x-research-info-systems", ris),
        CitationFile("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
    )
}


def _bibtex_entry(work: Item) -> Entry:
    from pybtex.database import Entry

    kind = _bibtex_kind(work)
    publisher = {"techreport": "institution", "article": "publisher"}.get(kind, "howpublished")
    fields = {
        "title": "{" + _tex(work.get("title", "")) + "}",
        "journal": _tex(work.get("container-title", "")),
        "volume": _tex(work.get("volume", "")),
        "number": _tex(work.get("issue", "")),
        "pages": work.get("page", "").replace("-", "--"),
        publisher: _tex(work.get("publisher", "")),
        "type": _tex(work.get("genre", "")),
        "year": _year(work),
        "language": _tex(work.get("language", "")),
        "isbn": _tex(work.get("ISBN", "")),
        "issn": _tex(work.get("ISSN", "")),
        "doi": quote(work.get("DOI", ""), safe=_SAFE_IN_AN_ADDRESS),
        "url": quote(work.get("URL", ""), safe=_SAFE_IN_AN_ADDRESS),
    }
    if kind == "techreport" and not fields["institution"]:  # BibTeX asks for one, and the author is it
        fields["institution"] = _tex(", ".join(map(author_names.inverted, work.get("author", [])[:1])))
    persons = [_person(name) for name in work.get("author", [])]
    return Entry(kind, {name: value for name, value in fields.items() if value}, {"author": persons})


def _ris_record(work: Item) -> dict[str, Any]:
    first, _, last = work.get("page", "").partition("-")
    said: dict[str, Any] = {
        "type_of_reference": _RIS_GENRES.get(work.get("genre", ""), _RIS[work["type"]]),
        "id": work["id"],
        "title": work.get("title", ""),
        "authors": [author_names.inverted(name) for name in work.get("author", [])],
        "year": _year(work),
        "journal_name": work.get("container-title", ""),
        "volume": work.get("volume", ""),
        "number": work.get("issue", ""),
        "start_page": first,
        "end_page": last,
        "publisher": work.get("publisher", ""),
        "type_of_work": work.get("genre", ""),
        "language": work.get("language", ""),
        "issn": work.get("ISBN") or work.get("ISSN", ""),  # the format has one place for both
        "doi": work.get("DOI", ""),
        "urls": [work["URL"]] if work.get("URL") else [],
    }
    return {name: value for name, value in said.items() if value}


def _bibtex_kind(work: Item) -> str:
    return "misc" if work.get("genre") else _BIBTEX.get(work["type"], "misc")


def _year(work: Item) -> str:
    return str(work["issued"]["date-parts"][0][0]) if "issued" in work else ""


def _tex(text: str) -> str:
    return re.sub("-(?=-)", "-{}", text.translate(_TEX))  # hyphens in a row would be printed as a dash


def _person(name: NameParts) -> Person:
    from pybtex.database import Person

    if "literal" in name:  # in braces, so that no part of it is taken for a family name
        return Person(last="{" + _tex(name["literal"]) + "}")
    return Person(
        first=_tex(name.get("given", "")),
        prelast=_tex(name.get("non-dropping-particle", "")),
        last=_tex(name.get("family", "")),
        lineage=_tex(name.get("suffix", "")),
    )
