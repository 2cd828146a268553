"""Use case: the overview as one page that needs nothing else: to be printed, or sent as a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from clearinghouse import places
from clearinghouse.library import Library
from clearinghouse.overview import parts, pictures

_NO_PICTURES = (
    "Without pictures, as Matplotlib is not installed: `pip install 'peer-support-clearinghouse[report]'` adds it."
)


@dataclass(frozen=True, slots=True)
class Overview:
    """The page, and what to tell whoever asked for it."""

    html: str
    note: str
    """A sentence where the page could be better, else empty."""


def make(library: Library, today: date | None = None) -> Overview:
    """The library as it stands today."""
    day = today or date.today()  # noqa: DTZ011 - the day where the library stands
    templates = Environment(
        loader=FileSystemLoader(places.templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = templates.get_template("overview/page.html").render(
        site_name=library.settings.site_name,
        day=f"{day.day} {day:%B %Y}",
        parts=list(parts.every(library, day)),
    )
    return Overview(page, "" if pictures.can_be_drawn() else _NO_PICTURES)
