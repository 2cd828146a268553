"""What was filled into a PDF's form and written onto its pages: no part of a page's text, and yet seen."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_OUT_OF_SIGHT = pdfium.FPDF_ANNOT_FLAG_INVISIBLE | pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_PASSWORD = 1 << 13
"""Of a text field's flags (ISO 32000-2, table 231): what is typed is not shown."""
_IN_WORDS = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
}
_MOST = 2_000
"""Annotations of one page that are looked at."""
_LONGEST = 200_000
"""Bytes of one value in UTF-16."""


@contextmanager
def form_of(document: pypdfium2.PdfDocument) -> Iterator[Any]:
    """PDFium's handle on the document's form, None where it has none. No script of it is ever run."""
    if pdfium.FPDF_GetFormType(document.raw) == pdfium.FORMTYPE_NONE:
        yield None
        return
    callbacks = pdfium.FPDF_FORMFILLINFO(version=2)  # must live as long as the handle
    form = pdfium.FPDFDOC_InitFormFillEnvironment(document.raw, callbacks)
    try:
        yield form or None
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)


def written(page: pypdfium2.PdfPage, form: Any) -> tuple[str, ...]:
    """What was typed into the page's fields or chosen in them, and its text boxes, in the order of the file.

    Not what is hidden, a password, a note that opens when it is pressed, a comment on marked words, or a hint.
    """
    found = []
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, at)
        if annotation:
            found.append(_said(annotation, form))
            pdfium.FPDFPage_CloseAnnot(annotation)
    return tuple(dict.fromkeys(said for said in found if said.strip()))


def _said(annotation: Any, form: Any) -> str:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind not in {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_WIDGET}:
        return ""
    if pdfium.FPDFAnnot_GetFlags(annotation) & _OUT_OF_SIGHT:
        return ""
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return _string(lambda *room: pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", *room))
    if form is None or pdfium.FPDFAnnot_GetFormFieldType(form, annotation) not in _IN_WORDS:
        return ""
    if pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD:
        return ""
    return _string(lambda *room: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, *room))


def _string(ask: Callable[[Any, int], int]) -> str:
    """What PDFium writes, in UTF-16 with a zero at its end, into room of the size it first says it needs."""
    size = min(ask(None, 0), _LONGEST)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    if ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size) > size:
        return ""
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
