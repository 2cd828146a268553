"""Pages as pictures, for text recognition: those of a PDF drawn by PDFium, those of a picture file as they are.

A small file can hold a picture of a billion pixels. How many there are is asked before any is unpacked.
"""

from __future__ import annotations

import math
import struct
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.errors import Damaged, TooLarge

MOST_PIXELS = 25_000_000
"""Of a picture that is read: a sheet of A3 at 300 dots an inch has 17 million, a larger one is made smaller."""
MOST_UNPACKED = 120_000_000
"""Of a picture in a file: a sheet of A4 at 1,100 dots an inch. With more, it is not opened."""
MOST_SHEETS = 1000
"""Pictures taken from one file, such as the pages of a TIFF."""
_DPI = 300
"""Dots an inch that text recognition is made for."""
_MOST_DPI = 600
_POINTS = 72
_FEWEST_PIXELS = 400


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in shades of grey."""

    image: Image.Image
    scale: float
    """Points (1/72 inch) of a pixel's side."""


def of_pdf(path: Path, wanted: Iterable[int]) -> Iterator[tuple[int, Picture | None]]:
    """The pages `wanted` (counted from 0) on which something is drawn, one at a time.

    None for one whose pictures hold more pixels than `MOST_UNPACKED`, or that cannot be drawn.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return
    try:
        for at in wanted:
            try:
                page = document[at]
            except pypdfium2.PdfiumError:
                continue
            try:
                sizes = [_pixels(thing) for thing in page.get_objects(max_depth=8)]
                if sizes:
                    yield at, _drawn(page, sizes)
            finally:
                page.close()
    finally:
        document.close()


def of_file(path: Path, name: str) -> Iterator[Picture]:
    """The pictures in a picture file: one, or the sheets of a TIFF; of one that moves, the first.

    Raises `Damaged` where it is no whole picture, `TooLarge` where it holds more pixels than `MOST_UNPACKED`.
    """
    with _opened(path, name) as image:
        for at in range(sheets(image)):
            image.seek(at)
            if math.prod(image.size) > MOST_UNPACKED:
                raise _too_large(name)
            yield _as_read(ImageOps.exif_transpose(image), image.info.get("dpi"))


def count(path: Path, name: str) -> int:
    """How many pages a picture file holds. Raises `Damaged` where it is no picture."""
    with _opened(path, name) as image:
        return sheets(image)


def sheets(image: Image.Image) -> int:
    """Pages of an open picture: those of a TIFF, at most `MOST_SHEETS`; one of any other kind."""
    return min(MOST_SHEETS, getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


_ODD = (ValueError, TypeError, AttributeError, EOFError, NotImplementedError, RuntimeError)
"""What Pillow raises besides on tags and sizes that make no sense."""


@contextmanager
def _opened(path: Path, name: str) -> Iterator[Image.Image]:
    with warnings.catch_warnings():
        # Pillow warns of large pictures and of odd tags; sizes are checked here, and tags are not used
        warnings.simplefilter("ignore")
        try:
            with Image.open(path) as image:
                yield image
        except Image.DecompressionBombError:
            raise _too_large(name) from None
        except (UnidentifiedImageError, OSError, SyntaxError, ArithmeticError, LookupError, struct.error, *_ODD):
            raise Damaged(
                f"{name} is not a whole picture: open it in a picture program, save it again and add that copy."
            ) from None


def _too_large(name: str) -> TooLarge:
    return TooLarge(
        f"{name} holds a picture of more than {MOST_UNPACKED / 1e6:.0f} million pixels, the most that is opened: "
        "save it smaller and add that copy."
    )


def _as_read(image: Image.Image, dpi: object) -> Picture:
    """Dark on white, not larger than is read."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    grey = image.convert("L")
    shrink = math.sqrt(MOST_PIXELS / max(1, math.prod(grey.size)))
    if shrink < 1:
        grey = grey.resize((max(1, int(grey.width * shrink)), max(1, int(grey.height * shrink))))
    stated = dpi[0] if isinstance(dpi, tuple) and dpi and isinstance(dpi[0], int | float) else 0
    return Picture(grey, _POINTS / (stated * min(1.0, shrink) if 70 <= stated <= 1200 else _DPI))


def _pixels(thing: Any) -> tuple[float, float]:
    """Pixels of a picture on a page, and of its side by the inch; nothing for what is no picture."""
    if thing.type != pdfium.FPDF_PAGEOBJ_IMAGE:
        return 0.0, 0.0
    try:
        width, height = thing.get_px_size()
        left, _, right, _ = thing.get_bounds()
    except pypdfium2.PdfiumError:
        return 0.0, 0.0
    return float(width) * height, width * _POINTS / max(1.0, right - left)


def _drawn(page: Any, sizes: list[tuple[float, float]]) -> Picture | None:
    """The page at 300 dots an inch, or as fine as its pictures are, within what is read."""
    width, height = page.get_size()
    if sum(pixels for pixels, _ in sizes) > MOST_UNPACKED or not 0 < width * height < 1e10:
        return None
    dpi = min(
        _MOST_DPI, max(_DPI, *(fineness for _, fineness in sizes), _FEWEST_PIXELS * _POINTS / max(width, height))
    )
    scale = min(dpi / _POINTS, math.sqrt(MOST_PIXELS / (width * height)))
    try:
        image = page.render(scale=scale, grayscale=True).to_pil()
    except (pypdfium2.PdfiumError, ValueError):
        return None
    return Picture(image.convert("L"), 1 / scale)
