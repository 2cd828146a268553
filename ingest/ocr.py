"""Text recognition: pages that are pictures are read by Tesseract, where it is installed.

The picture is looked at, never changed: the original stays as it came.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PIL import Image

from ingest import safe_xml, tools
from ingest.errors import Damaged
from ingest.extracted import Page
from ingest.layout import Line, Sheet
from ingest.pictures import Picture

OCR = "ocr"
"""`Page.read_by` of a page that was read from its picture."""
SURE = 40.0
"""Of 100: how sure Tesseract must be of a line's words, taken together; less is specks taken for letters."""
_PAGE_SECONDS = 60.0
"""Longest time for one page."""
_FEWEST_LETTERS = 3
_POINT = re.compile(r"^(?:[¢©®°«»*+¤§]|[eo](?= [A-Z]))\s+(?=\S)")
_FEWEST_POINTS = 2
_LANGUAGES = {
    "af": "afr",
    "am": "amh",
    "ar": "ara",
    "bg": "bul",
    "bn": "ben",
    "bs": "bos",
    "ca": "cat",
    "cs": "ces",
    "cy": "cym",
    "da": "dan",
    "de": "deu",
    "el": "ell",
    "en": "eng",
    "es": "spa",
    "et": "est",
    "eu": "eus",
    "fa": "fas",
    "fi": "fin",
    "fil": "fil",
    "fr": "fra",
    "ga": "gle",
    "gu": "guj",
    "he": "heb",
    "hi": "hin",
    "hr": "hrv",
    "hu": "hun",
    "hy": "hye",
    "id": "ind",
    "is": "isl",
    "it": "ita",
    "ja": "jpn",
    "km": "khm",
    "ko": "kor",
    "ku": "kmr",
    "lo": "lao",
    "lt": "lit",
    "lv": "lav",
    "mi": "mri",
    "mk": "mkd",
    "ml": "mal",
    "mr": "mar",
    "ms": "msa",
    "mt": "mlt",
    "my": "mya",
    "nb": "nor",
    "ne": "nep",
    "nl": "nld",
    "nn": "nor",
    "no": "nor",
    "pa": "pan",
    "pl": "pol",
    "ps": "pus",
    "pt": "por",
    "ro": "ron",
    "ru": "rus",
    "si": "sin",
    "sk": "slk",
    "sl": "slv",
    "sq": "sqi",
    "sr": "srp",
    "sv": "swe",
    "sw": "swa",
    "ta": "tam",
    "te": "tel",
    "th": "tha",
    "ti": "tir",
    "tl": "fil",
    "to": "ton",
    "tr": "tur",
    "uk": "ukr",
    "ur": "urd",
    "vi": "vie",
    "yi": "yid",
    "zh": "chi_sim",
    "zh-Hant": "chi_tra",
    "zh-HK": "chi_tra",
    "zh-TW": "chi_tra",
}
"""Primary tag of BCP 47 (or a longer one) to Tesseract's name for its data."""


@dataclass(slots=True)
class Eye:
    """Reads pictures of one document until its pages or its seconds are used up."""

    languages: str
    """As Tesseract takes them: ``eng`` or ``ita+eng``."""
    seconds: float
    pages: int
    missing: str = ""
    """Language that the document is in and Tesseract does not have."""
    until: float = 0.0
    left_out: int = 0
    """Pages that were not looked at any more."""

    def __post_init__(self) -> None:
        self.until = time.monotonic() + self.seconds

    def read(self, pictures: Iterable[tuple[int, Picture | None]]) -> Mapping[int, Sheet]:
        """The sheets of `pictures` in which words were found, by the number each came with."""
        found: dict[int, Sheet] = {}
        for at, picture in pictures:
            if self.pages <= 0 or time.monotonic() >= self.until:
                self.left_out += 1
                continue
            self.pages -= 1
            sheet = self.sheet(picture) if picture else None
            if sheet:
                found[at] = sheet
        return found

    def sheet(self, picture: Picture) -> Sheet | None:
        """The lines of one picture; None where it shows no words, or they took too long."""
        lines, angle = self._lines(picture.image, picture.scale, turns=tools.tesseract_turns())
        if angle:
            turned = picture.image.rotate(-angle, expand=True)
            lines, _ = self._lines(turned, picture.scale, turns=False)
        if sum(sign.isalnum() for line in lines for sign in line.text) < _FEWEST_LETTERS:
            return None
        height, width = picture.image.height * picture.scale, picture.image.width * picture.scale
        return Sheet(tuple(lines), height, width)

    def _lines(self, image: Image.Image, scale: float, *, turns: bool) -> tuple[list[Line], int]:
        """Lines, and by how many degrees the page is turned (counter-clockwise) from how it is read."""
        import pytesseract  # type: ignore[import-untyped]

        left = min(_PAGE_SECONDS, self.until - time.monotonic())
        if left <= 0:
            return [], 0
        config = f"--psm {1 if turns else 3} --dpi {min(2400, max(70, round(72 / scale)))}"
        try:
            said = pytesseract.image_to_pdf_or_hocr(
                image, lang=self.languages, config=config, timeout=left, extension="hocr"
            )
            root = safe_xml.parse(said, "The page")
        except (RuntimeError, OSError, UnicodeError, Damaged):  # its own errors are RuntimeErrors
            return [], 0
        found = [(_line(each, image.height, scale), _angle(each)) for each in root.iterfind(".//{*}span[@class]")]
        lines = [(line, angle) for line, angle in found if line]
        turned = [angle for _, angle in lines if angle]
        most = max(set(turned), key=turned.count) if len(turned) > len(lines) / 2 else 0
        return _with_bullets([line for line, _ in lines if line]), most


def eye(language: str | None, *, usual: str = "", seconds: float, pages: int) -> Eye | None:
    """What reads pictures in `language` (BCP 47; None where nobody knows); None where Tesseract is not installed.

    `usual`: Tesseract's names of the languages tried where the language is not known, such as ``eng+ita``.
    """
    there = tools.tesseract_languages()
    if not there:
        return None
    known = " ".join(one for one in usual.replace(",", "+").split("+") if one.strip() in there).split()
    fallback = "+".join(known) or ("eng" if "eng" in there else there[0])
    wanted = _code(language) if language else ""
    if wanted in there:
        return Eye(wanted, seconds, pages)
    return Eye(fallback, seconds, pages, missing=(language or "") if wanted or language else "")


def unread(pages: Sequence[Page], used: Eye | None) -> tuple[str, ...]:
    """Sentences on the pages without text, and on what text recognition did; none where every page has its text."""
    said = [*_read_by_ocr(pages, used)]
    empty = [page for page in pages if not page.text]
    if used and used.left_out:
        said.append(
            f"{used.left_out} pages were not looked at by text recognition, which had used up its pages or its time: "
            "split the document, or raise the limits."
        )
    cure = "" if used or tools.tesseract_languages() else " Install Tesseract to have pictures of text read."
    if empty and len(empty) == len(pages):
        said.append(f"No page has text: it is probably a scan, and only its description can be searched.{cure}")
    elif empty:
        labels = ", ".join(page.label for page in empty[:10]) + ("…" if len(empty) > 10 else "")
        said.append(f"Without text, so not searchable: {len(empty)} of {len(pages)} pages (page {labels}).{cure}")
    return tuple(said)


def _read_by_ocr(pages: Sequence[Page], used: Eye | None) -> Iterator[str]:
    read = [page for page in pages if page.read_by == OCR]
    if not read:
        return
    of = "1 page was" if len(read) == 1 else f"{len(read)} pages were"
    yield f"{of} read from pictures by text recognition: check the text against the original."
    if used and used.missing:
        yield (
            f"Tesseract has no data here for the language {used.missing}, so {used.languages} was used: install it "
            "and add the document again."
        )


def _code(language: str) -> str:
    parts = language.split("-")
    return next(
        (_LANGUAGES[tag] for end in range(len(parts), 0, -1) if (tag := "-".join(parts[:end])) in _LANGUAGES), ""
    )


def _line(element: Any, height: int, scale: float) -> Line | None:
    """A line of hOCR (kba.cloud/hocr-spec/1.2); None for what is none, or of which Tesseract is not sure enough."""
    if not str(element.get("class")).startswith(("ocr_line", "ocr_caption", "ocr_header", "ocr_textfloat")):
        return None
    about = _properties(element)
    words = [
        (word, float(_properties(each).get("x_wconf", ["0"])[0]))
        for each in element.iterfind("{*}span[@class='ocrx_word']")
        if (word := "".join(each.itertext()).strip())
    ]
    box = [float(value) for value in about.get("bbox", ())]
    letters = sum(len(word) for word, _ in words)
    if len(box) != 4 or sum(len(word) * sure for word, sure in words) < SURE * max(1, letters):
        return None
    left, _, right, bottom = box
    rise = float(about.get("baseline", ["0", "0"])[-1])
    size = float(about.get("x_size", [str(box[3] - box[1])])[0])
    return Line(" ".join(word for word, _ in words), left * scale, right * scale, (height - bottom - rise) * scale, size * scale)


def _with_bullets(lines: list[Line]) -> list[Line]:
    """Points before the items of a list, which Tesseract takes for letters that look alike, as points again."""
    taken = [bool(_POINT.match(line.text)) for line in lines]
    if sum(taken) < _FEWEST_POINTS:
        return lines
    return [
        replace(line, text=_POINT.sub("• ", line.text)) if point else line
        for line, point in zip(lines, taken, strict=True)
    ]


def _angle(element: Any) -> int:
    return int(float(_properties(element).get("textangle", ["0"])[0])) % 360


def _properties(element: Any) -> dict[str, list[str]]:
    """``bbox 1 2 3 4; baseline 0 -5`` as names with their values."""
    parts = [part.split() for part in (element.get("title") or "").split(";")]
    return {part[0]: part[1:] for part in parts if part}
