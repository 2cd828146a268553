"""How to cite a resource: CSL-JSON made from what the library knows, and from it APA and Vancouver.

Files for reference managers are made in `citation_files`. citeproc-py, which knows the styles, is loaded when it
is first needed, or by `prepare`.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from clearinghouse.citation import author_names
from clearinghouse.views import ResourceView

#: A work in CSL-JSON, https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
Item = Mapping[str, Any]

_STYLES = Path(__file__).parent / "styles"
_APA, _VANCOUVER = "apa", "nlm-citation-sequence"


#: Kind of resource to CSL type; an article of a journal is told by its journal, and the rest are web pages.
_TYPES: Mapping[str | None, str] = {
    "video": "motion_picture",
    **dict.fromkeys(
        (
            "research-paper",
            "review",
            "charter",
            "framework",
            "guideline",
            "policy",
            "training-module",
            "template",
            "fact-sheet",
        ),
        "report",
    ),
}
#: What APA and Vancouver put in brackets behind a title that does not say what it is.
_GENRES: Mapping[str | None, str] = {
    "training-module": "Training module",
    "template": "Template",
    "fact-sheet": "Fact sheet",
    "video": "Video",
}

#: A journal as catalogues write it: ``World Psychiatry 11:123-128``, ``Psychiatric Services 25(2):134-141``.
_IN_JOURNAL = re.compile(
    r"(?P<journal>.*\D)\s(?P<volume>\d{1,4})(?:\s?\((?P<issue>[^()]{1,12})\))?:\s?(?P<page>e?\d+(?:[-–]e?\d+)?)"
)
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
#: Identifiers that go into a citation as they are.
_NUMBERS = ("ISBN", "ISSN", "PMID", "PMCID")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NUMBER = re.compile(r"^\s*1\.\s*")


def item(resource: ResourceView, address: str) -> Item:
    """The resource in CSL-JSON. `address`: where it can be found, unless it has a DOI."""
    card = resource.card
    known = {name.upper(): _plain(str(value)) for name, value in resource.identifiers.items()}
    doi = _DOI.search(known.get("DOI", ""))
    organisation = _plain(card.organisation)
    article = card.kind in {"research-paper", "review"}
    journal = _journal(organisation) if article else None
    if article and doi and organisation and not journal:
        journal = {"container-title": organisation}
    by = "" if journal else organisation
    authors = [author_names.parts(_plain(name), organisations=(organisation,)) for name in card.authors]
    authors = [name for name in authors if name != {"literal": ""}] or ([{"literal": by}] if by else [])
    said = {
        "id": card.slug,
        "type": "article-journal" if journal else _TYPES.get(card.kind, "webpage"),
        "title": _plain(card.title),
        "author": authors,
        "issued": {"date-parts": [[card.year]]} if card.year else None,
        **(journal or {}),
        # Its own publisher: APA says a name once.
        "publisher": by if authors != [{"literal": by}] else "",
        "genre": _GENRES.get(card.kind, ""),
        "language": card.languages[0] if len(card.languages) == 1 else "",
        "DOI": doi[0] if doi else "",
        **{name: known.get(name, "") for name in _NUMBERS},
        "URL": f"https://doi.org/{doi[0]}" if doi else address,
    }
    return {name: value for name, value in said.items() if value}


def apa(work: Item) -> str:
    """`work` as an entry of a list of references, by the APA's style, 7th edition."""
    title = work["title"]
    if not work.get("author"):
        # The title takes the author's place. citeproc-py would then say it a second time in its own.
        work = {**work, "author": [{"literal": title}], "title": ""}
    if not work.get("issued"):
        # Said in so many words, and of a report: of a page the style would begin a "Retrieved … from" that wants a
        # day, and would say "n.d." twice.
        work = {**work, "issued": {"literal": "n.d."}, "type": "report"}
    entry = _rendered(_APA, _frozen(work))
    return entry.replace(f"{title}.", title, 1) if title.endswith(("?", "!")) else entry


def vancouver(work: Item) -> str:
    """`work` as an entry of a list of references, by the NLM's style (Vancouver), without its number."""
    return _NUMBER.sub("", _rendered(_VANCOUVER, _frozen(work)))


def prepare() -> None:
    """Load citeproc-py and the styles: the first visitor who looks at a resource would wait for them."""
    for style in (_APA, _VANCOUVER):
        _style(style)


def _plain(text: str) -> str:
    """On one line and without what cannot be seen, which no format could carry."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def _journal(organisation: str) -> dict[str, str] | None:
    found = _IN_JOURNAL.fullmatch(organisation)
    if found is None:
        return None
    named = {"container-title": "journal", "volume": "volume", "issue": "issue", "page": "page"}
    return {name: found[group].replace("–", "-") for name, group in named.items() if found[group]}


def _frozen(work: Item) -> str:
    return json.dumps({name: value for name, value in work.items() if value}, sort_keys=True)


#: citeproc-py keeps what it is at in the style itself.
_one_at_a_time = threading.Lock()


@lru_cache(maxsize=2048)
def _rendered(style: str, work: str) -> str:
    """The entry for a work (as JSON). Kept by what was said of the work, so that it is never out of date."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    reference = json.loads(work)
    with _one_at_a_time:
        bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([reference]), formatter.plain)
        bibliography.register(Citation([CitationItem(reference["id"])]))
        (entry,) = bibliography.bibliography()
    return " ".join(str(entry).split())


@cache
def _style(name: str) -> Any:
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(str(_STYLES / f"{name}.csl"), locale="en-GB", validate=False)
