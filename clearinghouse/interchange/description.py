"""One resource as every format describes it: what it is, how it is cited, and where each form of it can be had."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from clearinghouse import vocabulary
from clearinghouse.citation import citing
from clearinghouse.interchange import licences
from clearinghouse.interchange.addresses import Addresses
from clearinghouse.views import EditionView, ResourceView

#: What XML 1.0 has no letter for, https://www.w3.org/TR/xml/#charsets; other formats do well without it too.
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Form:
    """One edition, with whole addresses; empty where there is none."""

    edition: EditionView
    reading: str
    """Its text on this site."""
    original: str
    """Its file on this site."""
    elsewhere: str

    @property
    def address(self) -> str:
        """Where it is best had."""
        return self.reading or self.original or self.elsewhere

    @property
    def media_type(self) -> str:
        """Of the file, such as ``application/pdf``; empty without a file."""
        return self.edition.original.media_type.partition(";")[0].strip() if self.edition.original else ""


@dataclass(frozen=True)
class Description:
    """A resource, how it is cited (CSL-JSON), and where it is."""

    resource: ResourceView
    work: citing.Item
    addresses: Addresses
    forms: tuple[Form, ...]

    @cached_property
    def address(self) -> str:
        """The page of the resource."""
        return self.addresses.resource(self.resource.card.slug)

    @cached_property
    def title(self) -> str:
        """On one line."""
        return " ".join(text(self.resource.card.title).split())

    @cached_property
    def summary(self) -> str:
        """In paragraphs."""
        return text(self.resource.card.summary).strip()

    @cached_property
    def organisation(self) -> str:
        """Who published it; of an article, the journal with its number."""
        return " ".join(text(self.resource.card.organisation).split())

    @property
    def publisher(self) -> str:
        """Who published it; empty for an article, whose journal is said otherwise."""
        return "" if self.journal else self.organisation

    @property
    def journal(self) -> str:
        """The journal it appeared in."""
        return str(self.work.get("container-title", ""))

    @property
    def topics(self) -> tuple[str, ...]:
        """Preferred terms."""
        return tuple(text(topic.label) for topic in self.resource.topics)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Topics, then the author's own keywords that are no topic's name."""
        known = {each.casefold() for each in self.topics}
        own = dict.fromkeys(" ".join(text(each).split()) for each in self.resource.keywords)
        return (*self.topics, *(each for each in own if each and each.casefold() not in known))

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 tags of its editions, each once."""
        return tuple(each for each in self.resource.card.languages if _TAG.fullmatch(each))

    @property
    def language(self) -> str:
        """The one language that it is in; empty where there are several or none is known."""
        return self.languages[0] if len(self.languages) == 1 else ""

    @property
    def doi(self) -> str:
        """Without its prefix, such as ``10.1000/182``."""
        return str(self.work.get("DOI", ""))

    @property
    def lasting(self) -> str:
        """The address to cite: of the DOI where there is one, else of its page here."""
        return f"https://doi.org/{self.doi}" if self.doi else self.address

    @cached_property
    def licence(self) -> str:
        """As a curator wrote it."""
        return " ".join(text(self.resource.licence).split())

    @cached_property
    def licence_address(self) -> str:
        """Where the licence is written out; empty where that cannot be told."""
        return licences.address(self.licence)

    @property
    def place(self) -> str:
        """Where it applies, in words."""
        where = text(self.resource.jurisdiction)
        return "Australia" if where == "National" else vocabulary.JURISDICTIONS.get(where, where)

    @property
    def elsewhere(self) -> str:
        """Its address outside this library; empty where it has none."""
        return web(self.resource.card.link)


def describe(resource: ResourceView, addresses: Addresses) -> Description:
    """`resource` with every address that is needed to describe it."""
    slug = resource.card.slug
    forms = tuple(
        Form(
            edition=each,
            reading=addresses.reading(slug, each.key) if each.page_count else "",
            original=addresses.original(slug, each.key) if each.original else "",
            elsewhere=web(each.link),
        )
        for each in resource.editions
    )
    return Description(resource, citing.item(resource, addresses.resource(slug)), addresses, forms)


def text(said: str) -> str:
    """`said` without what no format can write."""
    return _UNWRITABLE.sub(" ", said)


def web(address: str) -> str:
    """`address` where it is one of the web, and can be written without spaces; else empty."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    sound = parts.scheme in {"http", "https"} and parts.netloc and not re.search(r"[\s<>\"{}|\\^`]", address)
    return text(address) if sound else ""
