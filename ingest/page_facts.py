"""What a web page says of itself: Highwire and Dublin Core tags, JSON-LD, Open Graph, title and headings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest import facts, tidy

_TAGS = {
    "date": (
        "citation_publication_date",
        "citation_date",
        "citation_year",
        "dc.date",
        "dcterms.issued",
        "dc.date.issued",
        "dcterms.date",
        "article:published_time",
        "date",
        "pubdate",
        "dcterms.created",
    ),
    "publisher": (
        "citation_publisher",
        "dc.publisher",
        "dcterms.publisher",
        "og:site_name",
        "application-name",
    ),
    "summary": (
        "citation_abstract",
        "dc.description",
        "dcterms.description",
        "description",
        "og:description",
    ),
    "keywords": ("citation_keywords", "dc.subject", "dcterms.subject", "keywords", "article:tag"),
    "doi": ("citation_doi", "dc.identifier.doi", "prism.doi", "dc.identifier", "dcterms.identifier"),
    "rights": ("dc.rights", "dcterms.rights", "dcterms.license", "dc.rights.license"),
    "language": ("citation_language", "dc.language", "dcterms.language", "content-language", "og:locale"),
}
_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author")
_WORKS = re.compile(
    r"Article|Book|Report|WebPage|Course|CreativeWork|Guide|HowTo|FAQPage|Blog|Video|Dataset|Thesis"
)
_SEPARATOR = re.compile(r"\s+[|•·»›:]{1,2}\s+|\s+[-–—]\s+")
_MAX_JSON = 500_000


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What was found, each in the page's own words; empty where it does not say."""

    title: str
    """The <title>, whole."""
    stated_titles: tuple[str, ...]
    headings: tuple[str, ...]
    """Its <h1> headings."""
    authors: tuple[str, ...]
    address: str = ""
    """Where the page says it stands on the web."""
    stated: Mapping[str, str] = field(default_factory=dict)
    """`date`, `publisher`, `summary`, `keywords`, `doi`, `rights`, `language`."""

    def titles(self, heading: str) -> tuple[str, ...]:
        """Titles, best first, without the site's name at either end. `heading` is the one above the text."""
        site = self.stated.get("publisher", "")
        known = [one for one in (heading, *self.headings) if one]
        return tuple(without_site(one, site, known) for one in (*self.stated_titles, self.title) if one)


def read(tree: Any) -> PageFacts:
    """What the parsed page `tree` says of itself."""
    metas = _metas(tree)
    works = list(_works(tree))
    stated = {name: value for name, tags in _TAGS.items() if (value := _first(metas, tags))}
    for name, keys in (
        ("date", ("datePublished", "dateCreated")),
        ("publisher", ("publisher",)),
        ("summary", ("description",)),
        ("keywords", ("keywords",)),
        ("rights", ("license",)),
        ("language", ("inLanguage",)),
    ):
        for value in (_text(work.get(key)) for work in works for key in keys):
            if value:
                stated.setdefault(name, value)
    if tree.get("lang") or tree.get("xml:lang"):
        stated["language"] = tree.get("lang") or tree.get("xml:lang")
    licence = " ".join(
        tree.xpath("//a[contains(concat(' ', @rel, ' '), ' license ')]/@href | //link[@rel='license']/@href")
    )
    if licence:
        stated["rights"] = f"{licence} {stated.get('rights', '')}".strip()
    titles = [value for tag in _TITLES[:3] for value in metas.get(tag, [])[:1]]
    titles += [value for work in works if (value := _text(work.get("headline")))]
    titles += [value for tag in _TITLES[3:] for value in metas.get(tag, [])[:1]]
    return PageFacts(
        title=tidy.line(" ".join(tree.xpath("(//head/title | //title)[1]//text()"))),
        stated_titles=tuple(dict.fromkeys(titles)),
        headings=tuple(words for one in tree.xpath("//h1") if (words := tidy.line(one.text_content()))),
        authors=_authors(metas, works),
        address=" ".join(tree.xpath("(//link[@rel='canonical'])[1]/@href")) or _first(metas, ("og:url",)),
        stated={name: tidy.line(value)[:2000] for name, value in stated.items()},
    )


def without_site(title: str, site: str, headings: list[str]) -> str:
    """`title` without the site's name, told by the page's heading or by the site's own name for itself."""
    parts = [part for part in _SEPARATOR.split(title) if part]
    if len(parts) < 2:
        return title
    folded = {heading.casefold(): heading for heading in headings}
    for part in parts:
        if part.casefold() in folded and len(part) > 3:
            return part
    for heading in headings:
        if title.casefold().startswith(heading.casefold()) and len(heading) > 10:
            return title[: len(heading)]
    if site and parts[-1].casefold() == site.casefold():
        return (
            _SEPARATOR.split(title)[0] if len(parts) == 2 else title[: title.rfind(parts[-1])].rstrip(" |•·»›:-–—")
        )
    if site and parts[0].casefold() == site.casefold():
        return title[len(parts[0]) :].lstrip(" |•·»›:-–—")
    bars = re.split(r"\s+[|»]\s+", title)
    return max(bars[:2], key=len) if len(bars) > 1 else title


def _metas(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv") or meta.get("itemprop")
        value = tidy.line(meta.get("content") or "")
        if name and value:
            found.setdefault(name.strip().lower(), []).append(value)
    return found


def _first(metas: Mapping[str, list[str]], tags: tuple[str, ...]) -> str:
    for tag in tags:
        values = metas.get(tag, [])
        if values:
            return "; ".join(values[:30]) if "keyword" in tag or "subject" in tag or "tag" in tag else values[0]
    return ""


def _works(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The JSON-LD objects that speak of a work, whatever they are nested in."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        raw = script.text_content()
        if len(raw) > _MAX_JSON:
            continue
        try:
            data = json.loads(raw, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            if _WORKS.search(str(thing.get("@type", ""))):
                yield thing


def _things(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list):
        for one in data[:50]:
            yield from _things(one)
    elif isinstance(data, dict):
        yield data
        if isinstance(data.get("@graph"), list):
            yield from _things(data["@graph"])


def _text(value: Any) -> str:
    """A JSON-LD value as words: a string, a thing's name, or a list of either."""
    if isinstance(value, list):
        return "; ".join(words for one in value[:50] if (words := _text(one)))
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@id") or "")
    return tidy.line(value) if isinstance(value, str) else ""


def _authors(metas: Mapping[str, list[str]], works: list[Mapping[str, Any]]) -> tuple[str, ...]:
    for tag in _AUTHORS:
        values = [value for value in metas.get(tag, []) if not value.startswith(("http", "@", "/"))]
        found = tuple(dict.fromkeys(name for value in values for name in facts.names(value)))
        if found:
            return found
    for work in works:
        value = work.get("author")
        people = value if isinstance(value, list) else [value] if value else []
        found = tuple(
            dict.fromkeys(name for one in people if (name := _text(one)) and not name.startswith("http"))
        )
        if found:
            return found
    return ()
