"""PDF. PDFium reads text, labels and metadata (quick); pypdf reads what PDFium cannot."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from ingest import describe, facts, layout, tidy, xmp
from ingest.errors import Damaged, Encrypted
from ingest.extracted import Extracted, Page
from ingest.layout import Line, Sheet

_PASSWORD = pdfium.FPDF_ERR_PASSWORD
_DAMAGED = "The file is damaged; its text was read as far as it goes: check it against the original."
_Parts = tuple[list[Sheet], list[str], dict[str, str], list[str]]
"""Sheets, printed labels, what is stated, warnings."""


def extract(path: Path, name: str) -> Extracted:
    """Every page's text with its printed label, and what the document says of itself.

    Raises `Encrypted` where a password is asked for, `Damaged` where no page can be read.
    """
    try:
        parts = _by_pdfium(path, path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise Encrypted(
                f"{name} asks for a password: save it again without one, then add that copy."
            ) from None
        parts = _mended(path) or _by_pypdf(path, name)
    sheets, labels, stated, warnings = parts
    if not sheets:
        raise Damaged(f"{name} is a PDF without a page: look for a whole copy and add that one.")
    pages = tuple(Page(at + 1, labels[at] or str(at + 1), "", words) for at, words in enumerate(_texts(sheets)))
    return _described(pages, sheets[0], stated, name, warnings)


def _by_pdfium(opened: Path | bytes, path: Path) -> _Parts:
    with _opened(opened) as document:
        sheets, warnings = _sheets(document, path)
        labels = [_label(document, at) for at in range(len(sheets))]
        return sheets, labels, _stated(document, path), warnings


def _mended(path: Path) -> _Parts | None:
    """A file cut short before its table of objects, read with a new end; None where that does not help."""
    data = path.read_bytes()
    catalogue = re.search(rb"(\d+)\s+(\d+)\s+obj\s*<<[^>]{0,2000}?/Type\s*/Catalog\b", data)
    if not catalogue:
        return None
    end = b"\ntrailer\n<< /Root %b %b R >>\nstartxref\n0\n%%%%EOF\n" % catalogue.groups()
    try:
        sheets, labels, stated, warnings = _by_pdfium(data + end, path)
    except pypdfium2.PdfiumError:
        return None
    return (sheets, labels, stated, [*warnings, _DAMAGED]) if any(sheet.lines for sheet in sheets) else None


def _described(
    pages: tuple[Page, ...], first: Sheet, stated: Mapping[str, str], name: str, warnings: list[str]
) -> Extracted:
    shown, stands_out = layout.title(first)
    title = describe.choose(
        stated=(stated.get("title", ""),),
        shown=shown,
        stands_out=stands_out,
        text="\n".join(page.text for page in pages[:3]),
        name=name,
    )
    authors = facts.names(stated.get("author", ""))
    texts = [page.text for page in pages]
    doi = facts.doi(texts, stated=stated)
    abstract = facts.abstract(texts)
    if not authors and (doi or abstract):  # without either, capitals under a title are as likely a slogan
        authors = facts.byline(pages[0].text, title.words) or facts.byline(pages[0].text, shown)
    return Extracted(
        pages=pages,
        title=title.words,
        title_from=title.found,
        authors=authors,
        year=facts.year(texts[:2], stated=stated, title=title.words),
        language=facts.language(stated.get("language", "")),
        summary=abstract or facts.description(stated.get("subject", ""), title.words),
        publisher=tidy.line(stated.get("publisher", "")),
        licence=facts.licence(texts, stated=stated.get("rights", "")),
        identifiers={"doi": doi} if doi else {},
        keywords=facts.keywords(stated.get("keywords", "")),
        warnings=(*warnings, *title.warnings, *_empty_pages(pages), *facts.lost_characters(pages)),
    )


@contextmanager
def _opened(opened: Path | bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(opened)
    try:
        yield document
    finally:
        document.close()


def _sheets(document: pypdfium2.PdfDocument, path: Path) -> tuple[list[Sheet], list[str]]:
    sheets: list[Sheet] = []
    lost: list[int] = []
    for at in range(len(document)):
        try:
            sheets.append(_sheet(document, at))
        except pypdfium2.PdfiumError:
            lost.append(at)
            sheets.append(Sheet((), 0.0))
    if not lost:
        return sheets, []
    from ingest import second_reader  # pypdf takes a while to import, and few files need it

    for at, words in second_reader.pages(path, lost).items():
        sheets[at] = _plain_sheet(words)
    still = [at + 1 for at in lost if not sheets[at].lines]
    if not still:
        return sheets, []
    return sheets, [f"Not every page could be read (page {', '.join(map(str, still[:10]))}): check the original."]


def _sheet(document: pypdfium2.PdfDocument, at: int) -> Sheet:
    page = document[at]
    try:
        text_page = page.get_textpage()
        try:
            return Sheet(tuple(_lines(text_page.raw, careful=at == 0)), page.get_height())
        finally:
            text_page.close()
    finally:
        page.close()


def _lines(text_page: Any, *, careful: bool) -> Iterator[Line]:
    """Lines as PDFium parts them. `careful` asks too whether each stands upright (a call more a line)."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return
    buffer = ctypes.create_string_buffer((count + 1) * 4)
    written = pdfium.FPDFText_GetText(text_page, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    text = buffer.raw[: max(0, written - 1) * 2].decode("utf-16-le", "surrogatepass")
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = text.replace("\ufffe", "\x02")  # how PDFium marks a hyphen that ended a line
    start = 0
    box = pdfium.FS_RECTF()
    for said in text.split("\r\n"):
        inside = said.strip(" \t\x02")
        if inside:
            first = start + said.index(inside[0])
            yield _placed(text_page, said, first, start + len(said.rstrip(" \t\x02")) - 1, box, careful=careful)
        start += len(said) + 2


def _placed(text_page: Any, said: str, first: int, last: int, box: Any, *, careful: bool) -> Line:
    at = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, first)
    if at < 0 or not pdfium.FPDFText_GetLooseCharBox(text_page, at, box):
        return Line(said, upright=False)
    left, right, bottom, top = box.left, box.right, box.bottom, box.top
    end = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, last)
    if end >= 0 and pdfium.FPDFText_GetLooseCharBox(text_page, end, box):
        right = box.right
    if not careful:
        return Line(said, left, right, bottom, top, top - bottom)
    angle = pdfium.FPDFText_GetCharAngle(text_page, at)
    middle = (at + max(at, end)) // 2
    size = median(_type_size(text_page, one) for one in (at, middle, max(at, end)))
    return Line(said, left, right, bottom, top, size, upright=angle < 0.1 or angle > 6.18)


def _type_size(text_page: Any, at: int) -> float:
    """The size in points at which a letter is shown: its font's, as the page scales it."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(text_page, at))
    if pdfium.FPDFText_GetMatrix(text_page, at, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return size


def _texts(sheets: list[Sheet]) -> list[str]:
    running = layout.running_lines(sheets)
    # the first page keeps its foot: it often holds the citation
    bodies = [layout.body(sheet, running if at else frozenset()) for at, sheet in enumerate(sheets)]
    known = tidy.vocabulary("\n".join(bodies))
    return [tidy.text(tidy.join_broken_words(words, known)) for words in bodies]


def _label(document: pypdfium2.PdfDocument, at: int) -> str:
    try:
        return tidy.line(document.get_page_label(at))[:20]
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return ""


def _stated(document: pypdfium2.PdfDocument, path: Path) -> dict[str, str]:
    """What the document says of itself: the information dictionary first, then its XMP packet."""
    stated = {}
    for key in ("Title", "Author", "Subject", "Keywords"):
        try:
            value = tidy.line(document.get_metadata_value(key))
        except UnicodeDecodeError:
            value = ""
        if value:
            stated[key.lower()] = value
    language = _language(document)
    if language:
        stated["language"] = language
    return {**xmp.read(path), **stated}


def _language(document: pypdfium2.PdfDocument) -> str:
    buffer = ctypes.create_string_buffer(64)
    try:
        size = pdfium.FPDFCatalog_GetLanguage(
            document.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), len(buffer)
        )
    except (AttributeError, ctypes.ArgumentError):
        return ""
    return buffer.raw[: max(0, min(size, len(buffer)) - 2)].decode("utf-16-le", "ignore")


def _plain_sheet(words: str) -> Sheet:
    """Lines whose place is not known, one above the other in one size."""
    lines = words.split("\n")
    return Sheet(
        tuple(Line(said, 0, 400 if said.strip() else 0, 800 - at, 801 - at, 1) for at, said in enumerate(lines)),
        0.0,
    )


def _by_pypdf(path: Path, name: str) -> _Parts:
    """The whole document by pypdf, for a file PDFium will not open."""
    from ingest import second_reader

    texts, stated = second_reader.whole(path, name)
    return [_plain_sheet(words) for words in texts], [""] * len(texts), stated, [_DAMAGED]


def _empty_pages(pages: tuple[Page, ...]) -> tuple[str, ...]:
    empty = [page for page in pages if not page.text]
    if len(empty) == len(pages):
        return ("No page has text: it is probably a scan, and only its description can be searched.",)
    if empty:
        said = ", ".join(page.label for page in empty[:10]) + ("…" if len(empty) > 10 else "")
        return (f"Without text, so not searchable: {len(empty)} of {len(pages)} pages (page {said}).",)
    return ()
