"""PowerPoint presentations (.pptx): a page a slide, with its speaker notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml.etree import LxmlError  # type: ignore[import-untyped]
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.opc.package import PartFactory
from pptx.package import Package
from pptx.parts.presentation import PresentationPart

from ingest import archive, office, safe_xml, sections, tidy
from ingest.errors import Damaged
from ingest.extracted import Extracted, Page

# shows, templates, and those with macros, which nobody runs here, are presentations too
for _variant in (
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
    "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
):
    PartFactory.part_type_for[_variant] = PresentationPart

NOTES = "Speaker notes:"
"""What stands above the notes of a slide."""
_FURNITURE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.SLIDE_NUMBER}
_LISTS = {PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY}
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DIAGRAM = "/diagramData"
_DEEPEST = 20
"""Groups in groups that are looked into."""


def extract(path: Path, name: str) -> Extracted:
    """A page for every slide, empty ones too, so that numbers stay those of the slides.

    Raises `Damaged` for a broken file and one without a word, `TooLarge` for one that unpacks beyond reason.
    """
    damaged = Damaged(
        f"{name} is not a whole PowerPoint presentation: open it in PowerPoint, save it again and add that copy."
    )
    with archive.opened(path, name) as parts:
        parts.check()
    try:
        with path.open("rb") as file:
            part = Package.open(file).main_document_part
            if not isinstance(part, PresentationPart):
                raise damaged
            deck = part.presentation
            pages = tuple(_page(at, slide) for at, slide in enumerate(deck.slides, 1))
            stated = office.properties(deck)
    except (*archive.BROKEN, PythonPptxError, LxmlError, KeyError, ValueError):
        raise damaged from None
    except (AttributeError, IndexError, TypeError, AssertionError, RuntimeError):
        raise damaged from None  # how python-pptx meets parts that are missing or make no sense
    heading = next((page.heading for page in pages if page.heading), "")
    return office.described(pages, name, stated=stated, heading=heading, stands_out=bool(heading))


def _page(number: int, slide: Any) -> Page:
    title = slide.shapes.title
    paragraphs = [
        paragraph for shape in slide.shapes if title is None or shape != title for paragraph in _said(shape, slide)
    ]
    notes = _notes(slide)
    if notes:
        paragraphs += [NOTES, *notes]
    heading = tidy.line(title.text_frame.text) if title is not None and title.has_text_frame else ""
    return Page(number, str(number), heading, tidy.text(sections.join(each for each in paragraphs if each)))


def _said(shape: Any, slide: Any, depth: int = 0) -> Iterator[str]:
    """Paragraphs, list items and table rows of a shape and of those grouped in it."""
    if hasattr(shape, "shapes"):
        if depth < _DEEPEST:
            for inner in shape.shapes:
                yield from _said(inner, slide, depth + 1)
    elif shape.is_placeholder and shape.placeholder_format.type in _FURNITURE:
        return
    elif getattr(shape, "has_table", False):
        yield from _rows(shape.table)
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape.chart)
    elif shape.has_text_frame:
        listed = shape.is_placeholder and shape.placeholder_format.type in _LISTS
        yield from _paragraphs(shape.text_frame, listed=listed)
    else:
        yield from _diagram(shape, slide)


def _paragraphs(frame: Any, *, listed: bool) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        words = tidy.text(paragraph.text)
        if words:
            yield f"• {words}" if _is_item(paragraph, listed=listed) and not sections.is_item(words) else words


def _is_item(paragraph: Any, *, listed: bool) -> bool:
    """Whether a paragraph has a bullet or a number: its own, or the one its placeholder gives it."""
    properties = paragraph._p.pPr  # noqa: SLF001 - python-pptx shows bullets no other way
    if properties is None:
        return listed
    if properties.find(f"{_A}buNone") is not None:
        return False
    return listed or any(properties.find(f"{_A}{tag}") is not None for tag in ("buChar", "buAutoNum", "buBlip"))


def _rows(table: Any) -> Iterator[str]:
    """A row a line; cells that another one spans are not said again."""
    for row in table.rows:
        cells = [tidy.line(cell.text_frame.text) for cell in row.cells if not cell.is_spanned]
        if any(cells):
            yield "| " + " | ".join(cell for cell in cells if cell)


def _chart(chart: Any) -> Iterator[str]:
    """A chart's title, and its numbers as a table: a row of categories, then a row a series."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield tidy.line(chart.chart_title.text_frame.text)
    for plot in chart.plots:
        categories = [tidy.line(str(each)) for each in plot.categories]
        if any(categories):
            yield "| " + " | ".join(categories)
        for series in plot.series:
            values = [f"{value:g}" for value in series.values if value is not None]
            yield "| " + " | ".join([tidy.line(series.name), *values])


def _diagram(shape: Any, slide: Any) -> Iterator[str]:
    """The words of a SmartArt diagram, which stand in a part of their own."""
    data = shape._element.find(".//{*}relIds")  # noqa: SLF001 - python-pptx does not know diagrams
    if data is None:
        return
    wanted = {value for key, value in data.attrib.items() if key.endswith("}dm")}
    for key, relation in slide.part.rels.items():
        if key in wanted and relation.reltype.endswith(_DIAGRAM) and not relation.is_external:
            root = safe_xml.parse(relation.target_part.blob, "The presentation")
            for paragraph in root.iter(f"{_A}p"):
                words = tidy.line("".join(node.text or "" for node in paragraph.iter(f"{_A}t")))
                if words:
                    yield f"• {words}"


def _notes(slide: Any) -> list[str]:
    if not slide.has_notes_slide:
        return []
    frame = slide.notes_slide.notes_text_frame
    return list(_paragraphs(frame, listed=False)) if frame is not None else []
