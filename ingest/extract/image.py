"""Pictures of text: a page for each picture, read by text recognition where Tesseract is installed."""

from __future__ import annotations

from pathlib import Path

from ingest import pictures
from ingest.extract import pdf
from ingest.extracted import Extracted
from ingest.layout import Sheet
from ingest.ocr import Eye


def extract(path: Path, name: str, *, eye: Eye | None = None) -> Extracted:
    """A page for each picture; they have no text where there is no `eye` to read them.

    Raises `Damaged` where it is no whole picture, `TooLarge` where it holds too many pixels.
    """
    sheets = [Sheet((), 0.0, pictured=True)] * pictures.count(path, name)
    read = eye.read(enumerate(pictures.of_file(path, name))) if eye else {}
    if not eye:
        for _ in pictures.of_file(path, name):
            break  # whether it is whole
    return pdf.of_sheets(sheets, [""] * len(sheets), {}, name, eye=eye, read=read)
