"""What a page or a command shows: plain frozen values.

Templates and commands get these and never a row, so that nothing shown can reach the database. `showing`
makes them from rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import ingest
from clearinghouse import vocabulary
from ingest import Unit


@dataclass(frozen=True, slots=True)
class TopicName:
    """A topic as it is shown on a resource."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class FormName:
    """One form of a resource, as its card names it."""

    key: str
    """Names the edition in addresses."""
    form: str
    label: str
    """In words, with the language where it is not English: ``Full text in Italian``."""
    readable: bool
    """Whether its text can be read here."""


@dataclass(frozen=True, slots=True)
class Card:
    """A resource in a list."""

    id: int
    slug: str
    title: str
    summary: str
    kind: str | None
    kind_label: str
    audiences: tuple[str, ...]
    """In the vocabulary's order."""
    authors: tuple[str, ...]
    organisation: str
    year: int | None
    forms: tuple[str, ...]
    """Forms of its editions, such as ``("full", "easy-read")``, each once."""
    form_names: tuple[FormName, ...]
    """Every edition it comes in."""
    languages: tuple[str, ...]
    speaks_label: str
    content_notes: tuple[str, ...]
    status: str
    link: str
    published_at: datetime | None
    changed_at: datetime
    """When its record last changed, as `stamps` counts."""

    @property
    def form_labels(self) -> tuple[str, ...]:
        """Forms in words, such as ``Easy Read``."""
        return tuple(vocabulary.FORMS[form] for form in self.forms)

    @property
    def easy_read(self) -> str | None:
        """Key of the Easy Read form that can be read here, if there is one."""
        return next((each.key for each in self.form_names if each.form == "easy-read" and each.readable), None)

    @property
    def audience_labels(self) -> tuple[str, ...]:
        """Audiences in words."""
        return tuple(vocabulary.AUDIENCES[audience] for audience in self.audiences)


@dataclass(frozen=True, slots=True)
class OriginalView:
    """The file as it came."""

    sha256: str
    name: str
    media_type: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class PageName:
    """A page by its number, and by what is printed on it."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class EditionView:
    """One form of a work, without its text."""

    id: int
    key: str
    form: str
    form_label: str
    language: str | None
    language_name: str
    label: str
    link: str
    location: str
    original: OriginalView | None
    page_count: int
    word_count: int
    warnings: tuple[str, ...]
    schooling: float | None
    """Years of schooling its text asks for; a curator's word before what was worked out."""
    schooling_by_hand: bool
    """Whether `schooling` is a curator's word."""
    unread: tuple[PageName, ...] = ()
    """Pages that could not be read, where they were asked for."""
    pictured: tuple[PageName, ...] = ()
    """Pages whose text was read from pictures of them, where they were asked for."""

    @property
    def minutes(self) -> int:
        """Minutes it takes to read at an easy 180 words a minute, at least 1."""
        return max(1, round(self.word_count / 180))

    @property
    def not_read(self) -> str:
        """How many of its pages could not be read, and which, in words; empty where all could."""
        if not self.unread:
            return ""
        if len(self.unread) == self.page_count:
            return "Its page could not be read" if self.page_count == 1 else "None of its pages could be read"
        name = "page" if len(self.unread) == 1 else "pages"
        return f"{len(self.unread)} of {self.page_count} pages could not be read: {name} {spans(self.unread)}"

    @property
    def by_machine(self) -> str:
        """How many of its pages a machine read from pictures, and which, in words; empty where none."""
        if not self.pictured:
            return ""
        if len(self.pictured) == self.page_count:
            return "Its text was read by a machine from pictures of its pages"
        pages = "1 page was" if len(self.pictured) == 1 else f"{len(self.pictured)} pages were"
        name = "page" if len(self.pictured) == 1 else "pages"
        return f"{pages} read by a machine from a picture of the page: {name} {spans(self.pictured)}"

    @property
    def unit(self) -> Unit:
        """What its parts are: pages, slides, sections, or stretches of time."""
        return ingest.unit_of(self.original.media_type) if self.original else "section"

    @property
    def has_numbered_pages(self) -> bool:
        """Whether its pages are printed pages rather than sections."""
        return self.unit == "page"

    @property
    def opens_at_pages(self) -> bool:
        """Whether a browser opens its original at a page (a PDF)."""
        return self.original is not None and self.original.media_type == "application/pdf"


@dataclass(frozen=True, slots=True)
class PageView:
    """A page or section of an edition, to be read."""

    number: int
    label: str
    heading: str
    text: str
    by_machine: bool = False
    """Whether a machine read the text from a picture of the page."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a resource stands in a collection, with its neighbours among the published ones."""

    slug: str
    title: str
    kind: str
    kind_label: str
    position: int
    of: int
    note: str
    previous: tuple[str, str] | None = None
    """(slug, title) of the resource before it."""
    next: tuple[str, str] | None = None
    hidden: int = 0
    """How many of the others were passed over for their content notes."""


@dataclass(frozen=True, slots=True)
class ResourceView:
    """Everything the resource page shows."""

    card: Card
    speaks: str | None
    speaks_label: str
    jurisdiction: str
    licence: str
    topics: tuple[TopicName, ...]
    identifiers: Mapping[str, str]
    keywords: tuple[str, ...]
    told_by: Mapping[str, str]
    """Field to where it was found, or to ``a curator``."""
    details: Mapping[str, str]
    editions: tuple[EditionView, ...]
    places: tuple[Place, ...]
    withdrawn_reason: str
    guessed: Mapping[str, object]
    created_at: datetime
    updated_at: datetime
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class CollectionCard:
    """A collection in a list."""

    slug: str
    title: str
    description: str
    kind: str
    kind_label: str
    door: str | None
    """The audience whose page begins with it."""
    size: int
    """Number of published resources in it."""


@dataclass(frozen=True, slots=True)
class CollectionView:
    """A collection with its published resources in order, each with its note."""

    card: CollectionCard
    items: tuple[tuple[Card, str], ...]


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic's page. The words that only find it are left out: the preferred word alone is shown."""

    slug: str
    label: str
    scope_note: str
    broader: TopicName | None
    narrower: tuple[TopicName, ...]
    related: tuple[TopicName, ...]


@dataclass(frozen=True, slots=True)
class HelpLineView:
    """A help line with the day it was checked."""

    name: str
    number: str
    tel: str
    """Digits for a ``tel:`` link."""
    text_number: str
    hours: str
    jurisdiction: str
    who: str
    link: str
    source: str
    checked_on: date | None
    checked_by: str
    check_by: date | None
    overdue: bool
    """Due to be checked: said to the curator alone."""
    always: bool
    day_and_night: bool
    """Whether somebody answers at any time."""


@dataclass(frozen=True, slots=True)
class WordView:
    """A word of the glossary."""

    slug: str
    word: str
    meaning: str
    examples: tuple[str, ...]
    accepted: bool
    """Whether visitors see it; otherwise a document offered it."""
    source: str | None
    """Slug of the resource whose Dictionary it was read from."""
    updated_at: datetime


def spans(pages: Sequence[PageName]) -> str:
    """Pages in order as people say them: ``3, 7 to 9 and 12``."""
    runs: list[list[PageName]] = []
    for page in pages:
        if runs and page.number == runs[-1][-1].number + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    said = [run[0].label if len(run) == 1 else f"{run[0].label} to {run[-1].label}" for run in runs]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)


def tel(number: str) -> str:
    """The digits of a telephone number, for a link."""
    return "".join(each for each in number if each.isdigit() or each == "+")
