"""Text recognition: pages that are pictures are read by Tesseract, where it is installed.

The picture is looked at, never changed: the original stays as it came.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest import hocr, ocr_languages, tools
from ingest.errors import Damaged
from ingest.extracted import OCR, Page
from ingest.hocr import Seen
from ingest.layout import Sheet

if TYPE_CHECKING:  # most documents have no picture of text, and Pillow takes a while to load
    from PIL import Image

    from ingest.pictures import Picture

DOUBTFUL = 70.0
"""Of 100: how sure Tesseract is of a page below which it is asked whether the page lies on its side."""
SURE = 50.0
"""Of 100: how sure it must be of a page; less is a drawing, or a language it has no data for."""
ILLEGIBLE = 0.2
"""Quality (see `quality`) of a page below which its own text says nothing, and its picture may."""
_PAGE_SECONDS = 30.0
"""Longest time for one page."""
_FEWEST_LETTERS = 3
_CLEAR = 10.0
"""Tesseract's measure of how much likelier a page stands one way up than another."""
_LATIN = "Latin"


@dataclass(slots=True)
class Eye:
    """Reads pictures of one document until its pages or its seconds are used up."""

    languages: str
    """As Tesseract takes them: ``eng`` or ``ita+eng``."""
    seconds: float
    pages: int
    wanted: tuple[int, ...] = ()
    """Places (from 0) of the pages that have no text, or none that can be read."""
    missing: str = ""
    """Language that the document is in and Tesseract does not have."""
    until: float = 0.0
    left_out: int = 0
    """Pages that were not looked at any more."""
    script: str = ""
    """Script that the document seems to be in and its `languages` are not, as Tesseract calls it: ``Han``."""
    too_large: int = 0
    """Pages whose pictures hold more pixels than are opened."""

    def __post_init__(self) -> None:
        self.until = time.monotonic() + self.seconds

    def read(self, pictures: Iterable[tuple[int, Picture | None]]) -> Mapping[int, Sheet]:
        """The sheets of `pictures` in which words were found, by the place each came with."""
        found: dict[int, Sheet] = {}
        for at, picture in pictures:
            if picture is None:
                self.too_large += 1
            elif self.pages <= 0 or self.script or time.monotonic() >= self.until:
                self.left_out = sum(place >= at for place in self.wanted)
                break
            else:
                self.pages -= 1
                if sheet := self.sheet(picture):
                    found[at] = sheet
        return found

    def sheet(self, picture: Picture) -> Sheet | None:
        """The lines of one picture; None where it shows no words, or they took too long."""
        image, scale = picture.image, picture.scale
        seen = self._seen(image, scale)
        if seen.sure < DOUBTFUL:
            turn, script = self._looks(image)
            if turn:
                image = image.rotate(-turn, expand=True)
                seen = self._seen(image, scale)
            elif seen.sure < SURE and script not in {"", _LATIN} and ocr_languages.are_latin(self.languages):
                self.script = script
        if seen.letters < _FEWEST_LETTERS or seen.sure < SURE:
            return None
        return Sheet(seen.lines, image.height * scale, image.width * scale)

    def _seen(self, image: Image.Image, scale: float) -> Seen:
        config = f"--psm 3 --dpi {min(2400, max(70, round(72 / scale)))}"
        try:
            said = tools.pytesseract().image_to_pdf_or_hocr(
                image, lang=self.languages, config=config, timeout=self._left(), extension="hocr"
            )
            return hocr.read(said, image.height, scale)
        except (RuntimeError, OSError, UnicodeError, Damaged):  # its own errors are RuntimeErrors
            return hocr.NOTHING

    def _looks(self, image: Image.Image) -> tuple[int, str]:
        """By how many degrees, clockwise, a page must be turned to stand upright; and its script, where clear.

        How sure Tesseract says it is of a script tells little; that it knows top from bottom, that it saw text.
        """
        if not tools.tesseract_turns():
            return 0, ""
        try:
            program = tools.pytesseract()
            said = program.image_to_osd(image, timeout=self._left(), output_type=program.Output.DICT)
            is_clear = float(said["orientation_conf"]) >= _CLEAR
            return int(said["rotate"]), str(said["script"]) if is_clear else ""
        except (RuntimeError, OSError, UnicodeError, KeyError, ValueError):  # too few letters to tell
            return 0, ""

    def _left(self) -> float:
        """Seconds that looking at one page may take now."""
        return max(1.0, min(_PAGE_SECONDS, self.until - time.monotonic()))


def eye(found: Sequence[Page], language: str | None, *, usual: str = "", seconds: float, pages: int) -> Eye | None:
    """What reads those pages of `found` that cannot be read; None where there are none, or no Tesseract.

    `language`: what the document is in (BCP 47), None where nobody knows.
    `usual`: Tesseract's names of the languages tried where the language is not known, such as ``eng+ita``.
    """
    # where nothing is drawn on a page, its quality is not known
    illegible = tuple(at for at, page in enumerate(found) if page.quality is not None and page.quality < ILLEGIBLE)
    there = tools.tesseract_languages() if illegible else ()
    if not there:
        return None
    known = [one for one in usual.split("+") if one in there]
    fallback = "+".join(known) or ("eng" if "eng" in there else there[0])
    data = ocr_languages.name_of(language) if language else ""
    if data in there:
        return Eye(data, seconds, pages, illegible)
    return Eye(fallback, seconds, pages, illegible, missing=language or "")


def unread(pages: Sequence[Page], used: Eye | None) -> tuple[str, ...]:
    """Sentences on pages without text, and on what text recognition did; none where every page has its text."""
    said = list(_told(pages, used)) if used else []
    empty = [page for page in pages if not page.text]
    cure = "" if used or tools.tesseract_languages() else " Install Tesseract to have pictures of text read."
    if empty and len(empty) == len(pages):
        why = "no words were found in its pictures" if used else "it is probably a scan"
        said.append(f"No page has text: {why}, and only its description can be searched.{cure}")
    elif empty:
        labels = ", ".join(page.label for page in empty[:10]) + ("…" if len(empty) > 10 else "")
        said.append(f"Without text, so not searchable: {len(empty)} of {len(pages)} pages (page {labels}).{cure}")
    return tuple(said)


def _told(pages: Sequence[Page], used: Eye) -> Iterator[str]:
    read = sum(page.read_by == OCR for page in pages)
    if read:
        were = "1 page was" if read == 1 else f"{read} pages were"
        yield f"{were} read from pictures by text recognition: check the text against the original."
    if read and used.missing:
        yield (
            f"Tesseract has no data here for the language {used.missing}, so {used.languages} was used: "
            "install it and add the document again."
        )
    if used.too_large:
        from ingest.pictures import MOST_UNPACKED

        yield (
            f"Pictures of more than {MOST_UNPACKED / 1e6:.0f} million pixels, or that cannot be drawn, were not "
            f"looked at: {used.too_large} of {len(pages)} pages."
        )
    if used.script:
        yield (
            f"Its pages seem to be in {used.script} script, which {used.languages} is not written in: install "
            "Tesseract's data for its language, and name that with --language."
        )
    elif used.left_out:
        yield (
            f"Text recognition had used up its pages or its time, so it did not look at {used.left_out} of "
            f"{len(pages)} pages: split the document, or raise the limits."
        )
