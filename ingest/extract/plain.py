"""Plain text: form feeds part its pages; a long text without them is cut between paragraphs."""

from __future__ import annotations

import re
from pathlib import Path

from ingest import describe, facts, furniture, sections, tidy
from ingest.errors import Damaged
from ingest.extracted import Extracted, Page

_ENDS = 10
"""Lines at the beginning and at the end of a text where a page's frame may stand."""


def extract(path: Path, name: str) -> Extracted:
    """The text's pages, and the first line that could be a title. Raises `Damaged` where it holds no word."""
    raw, warnings = decode(path.read_bytes())
    pages = tuple(_pages(raw))
    if not pages:
        raise Damaged(f"{name} holds no words: look for the whole file and add that one.")
    return described(pages, name, warnings)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """`data` as text, and a warning where its encoding had to be guessed."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    sample = data[:4096]
    if b"\x00" in sample:
        return data.decode(
            "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be", "replace"
        ), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4 or data[error.start : error.start + 1] == b"\xff":
            return data.decode("utf-8", "replace"), ()
    return _guessed(data)


def described(pages: tuple[Page, ...], name: str, warnings: tuple[str, ...]) -> Extracted:
    """`pages` with what their text says of itself; the title is their first line fit to be one."""
    texts = [page.text for page in pages]
    title = describe.choose(text="\n".join(texts[:2]), name=name)
    doi = facts.doi(texts, stated={})
    return Extracted(
        pages=pages,
        title=title.words,
        title_from=title.found,
        year=facts.year(texts[:1], stated={}, title=title.words),
        licence=facts.licence(texts),
        identifiers={"doi": doi} if doi else {},
        warnings=(*warnings, *title.warnings, *facts.lost_characters(pages)),
    )


def _guessed(data: bytes) -> tuple[str, tuple[str, ...]]:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[: 1024 * 1024]).best()
    encoding = best.encoding if best else "cp1252"
    warning = f"The text does not say how it is encoded; it was read as {encoding}: check its accents and quotes."
    return data.decode(encoding, "replace"), (warning,)


def _pages(raw: str) -> list[Page]:
    pages: list[Page] = []
    sheets = raw.split("\f")
    for sheet in sheets:
        clean = tidy.text(_without_furniture(sheet))
        if len(sheets) > 1:
            # an empty sheet keeps its number, so that numbers stay those of the paper
            pages.append(Page(len(pages) + 1, str(len(pages) + 1), "", clean))
        elif clean:
            for part in sections.parts(re.split(r"\n\n", clean), long=700):
                pages.append(Page(len(pages) + 1, str(len(pages) + 1), "", part))
    while pages and not pages[-1].text:
        pages.pop()
    return pages


def _without_furniture(sheet: str) -> str:
    """Text copied from a web page often begins with its "Skip to content", and ends with its "Quick exit"."""
    lines = sheet.split("\n")
    last = len(lines) - _ENDS
    return "\n".join(line for at, line in enumerate(lines) if _ENDS <= at < last or not furniture.is_frame(line))
