"""PDF. PDFium reads text, labels and metadata (quick); pypdf reads what PDFium cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from ingest import (
    abstracts,
    byline,
    describe,
    facts,
    front_page,
    layout,
    ocr,
    pdf_annotations,
    pdfium,
    quality,
    running,
    tidy,
    told,
    xmp,
)
from ingest.errors import Damaged, Encrypted
from ingest.extracted import OCR, Extracted, Page
from ingest.layout import Line, Sheet
from ingest.ocr import Eye

_DAMAGED = "The file is damaged; its text was read as far as it goes: check it against the original."
_CUT_OFF = re.compile(r"(?<!\w)(\w+)[\x02-]$")
_REST = re.compile(r"[^\W\d_]+")
_Parts = tuple[list[Sheet], list[str], dict[str, str], list[str]]
"""Sheets, printed labels, what is stated, warnings."""


def extract(path: Path, name: str, *, eye: Eye | None = None) -> Extracted:
    """Every page's text with its printed label, and what the document says of itself.

    Pages that `eye` wants are read from their pictures too, and kept so where that gives more.

    Raises `Encrypted` where a password is asked for, `Damaged` where no page can be read.
    """
    try:
        parts = _by_pdfium(path, path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise Encrypted(
                f"{name} asks for a password: save it again without one, then add that copy."
            ) from None
        parts = _mended(path) or _by_pypdf(path, name)
    sheets, labels, stated, warnings = parts
    if not sheets:
        raise Damaged(f"{name} is a PDF without a page: look for a whole copy and add that one.")
    seen = _seen(path, eye, len(sheets)) if eye else {}
    read = {at: sheet for at, sheet in seen.items() if _quality(sheet) > _quality(sheets[at])}
    return of_sheets(sheets, labels, stated, name, warnings=warnings, eye=eye, read=read)


def _seen(path: Path, eye: Eye, pages: int) -> Mapping[int, Sheet]:
    """The pages that `eye` wants, as far as there are that many, as it reads them from their pictures."""
    from ingest import pictures  # few documents need it, and Pillow takes a while to load

    return eye.read(pictures.of_pdf(path, [at for at in eye.wanted if at < pages]))


def extract_again(path: Path, name: str) -> Extracted:
    """The same by pypdf alone: PDFium, which is no Python, can end the process over a file made to harm it."""
    sheets, labels, stated, warnings = _by_pypdf(path, name)
    return of_sheets(sheets, labels, stated, name, warnings=warnings)


def of_sheets(
    sheets: Sequence[Sheet],
    labels: Sequence[str],
    stated: Mapping[str, str],
    name: str,
    *,
    warnings: Sequence[str] = (),
    eye: Eye | None = None,
    read: Mapping[int, Sheet] | None = None,
) -> Extracted:
    """The document that `sheets` are. `read`: those of them that `eye` read from pictures, by place from 0."""
    read = read or {}
    sheets = [replace(read[at], written=sheet.written) if at in read else sheet for at, sheet in enumerate(sheets)]
    own = running.without(sheets)
    pages = tuple(
        Page(
            at + 1,
            labels[at] or str(at + 1),
            "",
            _with_written(words, sheet.written),
            0.0 if not words and (sheet.pictured or sheet.lines) else None,
            OCR if at in read and words else "",
        )
        for at, (words, sheet) in enumerate(zip(_texts(own), sheets, strict=True))
    )
    return _described(pages, sheets, own, stated, name, [*warnings, *ocr.unread(pages, eye)])


def _by_pdfium(opened: Path | bytes, path: Path) -> _Parts:
    with pdfium.opened(opened) as document:
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
    pages: tuple[Page, ...],
    sheets: Sequence[Sheet],
    own: Sequence[Sequence[Line]],
    stated: Mapping[str, str],
    name: str,
    warnings: list[str],
) -> Extracted:
    """What the document says of itself. `own`: the lines of each sheet that are no heads or feet."""
    shown, stands_out = front_page.title(sheets[0])
    # the first page with its head and foot: they often hold the citation
    front = [tidy.text(layout.paragraphs(sheets[0].lines)), *(page.text for page in pages[1:3])]
    title = describe.choose(
        stated=(stated.get("title", ""),), shown=shown, stands_out=stands_out, text="\n".join(front), name=name
    )
    texts = [front[0], *(page.text for page in pages[1:])]
    seen = [front[0], *("\n".join(line.text for line in sheet.lines) for sheet in sheets[1:])]
    doi = facts.doi(seen, stated=stated)
    abstract = abstracts.abstract([page.text for page in pages[:3]])
    authors, told_authors = byline.authors(
        stated.get("author", ""), front_page.names(own), (title.words, shown), scholarly=bool(doi or abstract)
    )
    keywords, are_stated = abstracts.keywords(stated.get("keywords", ""), front)
    told_by = {
        **told.stated_or(told.FIRST_PAGES, stated),
        "authors": told_authors,
        "summary": told.FIRST_PAGES if abstract else told.METADATA,
        "keywords": told.METADATA if are_stated else told.FIRST_PAGES,
    }
    return told.told(
        Extracted(
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
            keywords=keywords,
            warnings=(*warnings, *title.warnings, *facts.lost_characters(pages)),
        ),
        told_by,
    )


def _sheets(document: pypdfium2.PdfDocument, path: Path) -> tuple[list[Sheet], list[str]]:
    sheets: list[Sheet] = []
    lost: list[int] = []
    with pdf_annotations.form_of(document) as form:
        for at in range(len(document)):
            try:
                sheets.append(pdfium.sheet(document, at, form))
            except pypdfium2.PdfiumError:
                lost.append(at)
                sheets.append(Sheet((), 0.0, pictured=True))
    if not lost:
        return sheets, []
    from ingest import second_reader  # pypdf takes a while to import, and few files need it

    for at, words in second_reader.pages(path, lost).items():
        sheets[at] = layout.plain_sheet(words)
    still = [at + 1 for at in lost if not sheets[at].lines]
    if not still:
        return sheets, []
    return sheets, [f"Not every page could be read (page {', '.join(map(str, still[:10]))}): check the original."]


def _texts(pages: Sequence[Sequence[Line]]) -> list[str]:
    bodies = [layout.paragraphs(lines) for lines in pages]
    known = tidy.vocabulary("\n".join(bodies))
    for at in range(len(bodies) - 1):
        bodies[at], bodies[at + 1] = _whole_word(bodies[at], bodies[at + 1])
    return [tidy.searchable(tidy.join_broken_words(words, known)) for words in bodies]


def _with_written(words: str, written: Sequence[str]) -> str:
    """A page's text, and after it what was written on the page."""
    return "\n\n".join(each for each in (words, tidy.searchable("\n".join(written))) if each)


def _whole_word(before: str, after: str) -> tuple[str, str]:
    """Two pages, the first with the whole of a word that the end of the page cuts."""
    cut = before.endswith(("\x02", "-")) and _CUT_OFF.search(before)
    rest = _REST.match(after)
    if not cut or not rest or not rest.group()[0].islower():
        return before, after
    return f"{before[:-1]}\x02{rest.group()}", after[rest.end() :].lstrip()


def _quality(sheet: Sheet) -> float:
    """How well a page can be read; a page of few words better than one of none."""
    text = tidy.searchable(layout.paragraphs(sheet.lines))
    return (quality.of(text) or 0.01) if text else 0.0


def _label(document: pypdfium2.PdfDocument, at: int) -> str:
    try:
        return tidy.line(document.get_page_label(at))[:20]
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return ""


def _stated(document: pypdfium2.PdfDocument, path: Path) -> dict[str, str]:
    """What the document says of itself: the information dictionary first, then its XMP packet."""
    stated = {}
    for key in ("Title", "Author", "Subject", "Keywords", "doi"):
        try:
            value = tidy.line(document.get_metadata_value(key))
        except UnicodeDecodeError:
            value = ""
        if value:
            stated[key.lower()] = value
    language = pdfium.language(document)
    if language:
        stated["language"] = language
    return {**xmp.read(path), **stated}


def _by_pypdf(path: Path, name: str) -> _Parts:
    """The whole document by pypdf, for a file PDFium will not open."""
    from ingest import second_reader

    texts, stated = second_reader.whole(path, name)
    return [layout.plain_sheet(words) for words in texts], [""] * len(texts), stated, [_DAMAGED]
