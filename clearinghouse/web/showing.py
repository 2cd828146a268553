"""How values are put into words on a page: sizes, types of file, dates, citations, safe links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from flask import Flask, url_for
from markupsafe import Markup, escape

import ingest
from clearinghouse import dois, languages, vocabulary
from clearinghouse.citation import citation_files, citing
from clearinghouse.search.found import FoundPage
from clearinghouse.views import Card, EditionView, ResourceView, tel
from clearinghouse.visiting.browsing import PAGES_PER_PART
from clearinghouse.web import carried, site, text
from ingest import Unit

_NUMERAL = re.compile(r"(?:[A-Za-z]{1,3}[-.]?)?[0-9]+(?:[-.][0-9]+)*[a-z]?|[ivxlcdm]+", re.IGNORECASE)
#: Forms in the order a reader is offered them.
_OFFERED = ("easy-read", "full", "summary", "audio", "video", "transcript", "translation")
#: Years of school in Australia.
_SCHOOL = 12
_MARK = "\x02"
#: Characters that a text which is cut may be longer, rather than lose its last word.
_LEEWAY = 5
#: Authors who are named; of more, the first.
_NAMED = 3
#: Authors who stand open on a resource's own page; of more, the first few, and the others folded away.
_MOST_AUTHORS, _FEW_AUTHORS = 12, 8
#: Characters beyond which a title is set smaller, so that it does not fill a small screen.
_LONG_TITLE = 90
_IDENTIFIERS = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PubMed", "pmcid": "PubMed Central"}


def attach(app: Flask) -> None:
    """Make the words below known to every template."""
    app.jinja_env.filters.update(
        size=size,
        type_name=ingest.label_of,
        host=host,
        marked=marked,
        shortened=shortened,
        by_line=by_line,
        for_whom=for_whom,
        opened=opened,
        page_name=page_name,
        page_address=page_address,
        day=day,
        blocks=text.blocks,
        tel=tel,
        listed=listed,
        for_readers=for_readers,
        in_a_sentence=in_a_sentence,
        form_name=form_name,
        form_purpose=form_purpose,
        form_facts=form_facts,
        web_link=web_address,
    )
    app.jinja_env.globals.update(
        web_address=web_address,
        page_name=page_name,
        work=work,
        citation=citation,
        vancouver=vancouver,
        own_name=languages.own_name,
        citation_formats=citation_files.FORMATS,
        most_authors=_MOST_AUTHORS,
        few_authors=_FEW_AUTHORS,
        long_title=_LONG_TITLE,
        jurisdictions=vocabulary.JURISDICTIONS,
        identifier_name=identifier_name,
        identifier_link=identifier_link,
    )


def size(count: int) -> str:
    """Bytes as people say them: `1.2 MB`."""
    if count < 1000:
        return f"{count} bytes"
    if count < 999_500:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1_000_000:.1f} MB"


def host(address: str) -> str:
    """Whose site an address leads to, without `www.`; empty where it cannot be told."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def web_address(address: str) -> str:
    """`address` where it is http or https, and empty otherwise: a link never runs a script."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def marked(fragments: Sequence[tuple[str, bool]]) -> Markup:
    """Pieces of a text, escaped, those that were looked for within ``<mark>``."""
    # The whole is escaped at once, with a control sign, taken out of the text, where each mark begins and ends.
    signed = "".join(
        [
            f"{_MARK}{piece.replace(_MARK, '')}{_MARK}" if is_looked_for else piece.replace(_MARK, "")
            for piece, is_looked_for in fragments
        ]
    )
    parts = str(escape(signed)).split(_MARK)
    parts[1::2] = [f"<mark>{part}</mark>" for part in parts[1::2]]
    return Markup("".join(parts))  # noqa: S704 - escaped above


def shortened(words: str, most: int) -> str:
    """The whole words among the first `most` characters, and a sign that more follows; a little more may stand."""
    if len(words) <= most + _LEEWAY:
        return words
    return f"{words[:most].rsplit(' ', 1)[0].rstrip(' .,;:…')}…"


def by_line(card: Card) -> str:
    """Who made it, and when: `Amy Smith and Bo Li · Example Network · 2019`; empty where nothing is known."""
    many = len(card.authors) > _NAMED
    authors = f"{card.authors[0]} and others" if many else listed(card.authors)
    organisation = "" if card.organisation in card.authors else card.organisation
    return " · ".join(filter(None, (authors, organisation, str(card.year or ""))))


def for_whom(card: Card) -> str:
    """Its audiences: `People who use services; Organisations`."""
    return "; ".join(card.audience_labels)


def opened(card: Card, words: str = "") -> tuple[str, bool]:
    """Where its title leads, and whether to its Easy Read form: the visitor wants that first, and there is one."""
    easy = card.easy_read if carried.now().easy_first else None
    if easy:
        return carried.link("resources.read", slug=card.slug, key=easy, q=words or None), True
    return carried.link("resources.show", slug=card.slug, q=words or None), False


def day(moment: date | datetime) -> str:
    """A day as it is written in Australia: `3 March 2026`."""
    return f"{moment.day} {moment:%B %Y}"


def listed(values: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} and {values[-1]}"


def in_a_sentence(label: str) -> str:
    """`label` as it stands within a sentence: `Peer worker` in small letters, `NDIS` and names as they are."""
    return label if re.search(r"[A-Z]", label[1:]) else label[:1].lower() + label[1:]


def page_name(number: int, label: str, heading: str, unit: Unit) -> str:
    """What a page is called: `Page iv` or `Cover`, `Slide 3: Hope`, `At 12:30`, or a section's heading."""
    if unit == "page":
        return f"Page {label or number}" if not label or _NUMERAL.fullmatch(label) else label
    if unit == "slide":
        return f"Slide {number}: {heading}" if heading else f"Slide {number}"
    if unit == "time":
        return f"At {label}"
    return heading or f"Section {number}"


def page_address(page: FoundPage, slug: str, words: str = "") -> str:
    """Where a page that was found can be read, at that page."""
    part = (page.number - 1) // PAGES_PER_PART + 1
    return carried.link(
        "resources.read",
        slug=slug,
        key=page.edition,
        part=part if part > 1 else None,
        q=words or None,
        _anchor=f"page-{page.number}",
    )


def for_readers(editions: Sequence[EditionView]) -> list[EditionView]:
    """Forms in the order they are offered: Easy Read first, English before other languages."""
    return sorted(editions, key=lambda each: (bool(languages.own_name(each.language)), _OFFERED.index(each.form)))


def form_name(edition: EditionView) -> str:
    """What one form is called: a curator's label, `Full text`, `Full text in Italian`, `Italian translation`."""
    if edition.label:
        return edition.label
    language = edition.language_name
    if edition.form == "translation" and language:
        return f"{language} translation"
    return f"{edition.form_label} in {language}" if languages.own_name(edition.language) else edition.form_label


def form_purpose(edition: EditionView) -> str:
    """What one form is good for, in a sentence."""
    if edition.form == "translation" and edition.language_name:
        return f"The same in {edition.language_name}."
    return vocabulary.FORM_PURPOSES[edition.form]


def form_facts(edition: EditionView) -> list[str]:
    """How long one form is, how hard to read, and whose site it is on, as far as that is known."""
    facts = []
    if edition.page_count and edition.has_numbered_pages:
        facts.append("1 page" if edition.page_count == 1 else f"{edition.page_count} pages")
    if edition.word_count:
        facts.append(f"about {edition.minutes} {'minute' if edition.minutes == 1 else 'minutes'}")
    if edition.schooling is not None:
        facts.append(schooling(edition.schooling))
    if web_address(edition.link):
        facts.append(f"on {host(edition.link)}")
    return facts


def schooling(years: float) -> str:
    """How hard a text is to read: `about 7 years of schooling to read`."""
    if years > _SCHOOL:
        return f"more than {_SCHOOL} years of schooling to read"
    whole = max(1, round(years))
    return f"about {whole} {'year' if whole == 1 else 'years'} of schooling to read"


def identifier_name(name: str) -> str:
    """`DOI` for `doi`."""
    return _IDENTIFIERS.get(name.lower(), name)


def identifier_link(name: str, value: str) -> str:
    """Where an identifier leads, or nothing."""
    return dois.address({name.lower(): value})


def work(resource: ResourceView) -> citing.Item:
    """The resource as citation styles and reference managers want it, with the most lasting address known."""
    links = [web_address(resource.card.link), *map(_elsewhere, resource.editions)]
    found = next(filter(None, links), "")
    if not found and site.has_address():
        found = url_for("resources.show", slug=resource.card.slug, _external=True)
    return citing.item(resource, found)


def citation(resource: ResourceView) -> str:
    """How to cite it in APA style, as plain text."""
    return citing.apa(work(resource))


def vancouver(resource: ResourceView) -> str:
    """How to cite it in Vancouver style, as plain text."""
    return citing.vancouver(work(resource))


def _elsewhere(edition: EditionView) -> str:
    return web_address(edition.link) or web_address(edition.location)
