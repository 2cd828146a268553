"""Pictures of text, read by the real Tesseract where it is installed."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image

from ingest import (
    Damaged,
    Extracted,
    Extractor,
    IngestProblem,
    Limits,
    TooLarge,
    ocr,
    ocr_languages,
    pictures,
    tools,
)
from ingest import read_file as opened
from ingest.extract import image, pdf
from ingest.extracted import Page
from ingest.hocr import Seen
from ingest.ocr import Eye
from ingest.pictures import Picture
from tests import needs
from tests.files import make, office

WORDS = ("Walking beside one another", "Peer workers know the road,", "for they have gone it before.")


@pytest.fixture(autouse=True)
def _one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a reader process has it: Tesseract's threads wait for one another on a busy machine."""
    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")


@pytest.fixture
def tesseract() -> None:
    """Tesseract with English."""
    if "eng" not in tools.tesseract_languages():
        needs.missing("Install tesseract-ocr, which reads pictures of text.")


def read(folder: Path, data: bytes, name: str, limits: Limits | None = None) -> Extracted | IngestProblem:
    """As `add` reads it: in a process of its own."""
    path = folder / name
    path.write_bytes(data)
    with Extractor(limits=limits) as extractor:
        ((_, outcome),) = extractor.run([opened(path, max_bytes=1 << 30)])
    return outcome


def as_png(drawn: Image.Image) -> bytes:
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


@pytest.mark.usefixtures("tesseract")
def test_a_scanned_pdf_is_read_page_by_page_and_each_page_says_so(tmp_path: Path) -> None:
    data = office.scan(office.picture(*WORDS), office.picture("Hope is a road for two"))
    found = read(tmp_path, data, "scan.pdf")
    assert isinstance(found, Extracted)
    assert [page.read_by for page in found.pages] == ["ocr", "ocr"]
    assert "Peer workers know the road, for they have gone it before." in " ".join(found.pages[0].text.split())
    assert found.pages[1].text == "Hope is a road for two"
    assert found.title == WORDS[0]
    assert found.warnings[0].startswith("2 pages were read from pictures by text recognition")
    assert (tmp_path / "scan.pdf").read_bytes() == data


@pytest.mark.usefixtures("tesseract")
def test_only_pages_without_text_are_read_from_their_pictures(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    written = make.pdf([[(20, 60, 700, "Written by a program"), *make.paragraph(make.LONG, 650)]])
    for each in (written, office.scan(office.picture(*WORDS)), make.pdf([[]])):
        writer.append(io.BytesIO(each))
    out = io.BytesIO()
    writer.write(out)
    found = read(tmp_path, out.getvalue(), "mixed.pdf")
    assert isinstance(found, Extracted)
    assert [page.read_by for page in found.pages] == ["", "ocr", ""]
    assert found.pages[0].text.startswith("Written by a program")
    assert "Without text, so not searchable: 1 of 3 pages (page 3)." in found.warnings


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_a_picture_of_any_kind_is_a_page(tmp_path: Path, kind: str) -> None:
    out = io.BytesIO()
    office.picture(*WORDS).convert("RGB").save(out, kind)
    (tmp_path / "picture").write_bytes(out.getvalue())
    assert opened(tmp_path / "picture", max_bytes=1 << 30).media_type == f"image/{kind.lower()}"
    found = image.extract(tmp_path / "picture", "poster", eye=Eye("eng", 60, 5))
    assert WORDS[0] in found.pages[0].text


@pytest.mark.usefixtures("tesseract")
def test_a_tiff_has_a_page_for_each_of_its_pictures(tmp_path: Path) -> None:
    out = io.BytesIO()
    office.picture(*WORDS).save(
        out, "TIFF", save_all=True, append_images=[office.picture("Hope is a road for two")], dpi=(150, 150)
    )
    found = read(tmp_path, out.getvalue(), "from-the-scanner.tiff")
    assert isinstance(found, Extracted)
    assert [page.number for page in found.pages] == [1, 2]
    assert found.pages[1].text == "Hope is a road for two"


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_turned_before_it_is_read(turn: int) -> None:
    if not tools.tesseract_turns():
        needs.missing("Install tesseract-ocr-osd, which tells which way up a page is.")
    lines = [WORDS[at % 3] + f" {at}" for at in range(11)]
    drawn = office.picture(*lines).rotate(turn, expand=True)
    sheet = Eye("eng", 60, 5).sheet(Picture(drawn, 72 / 150))
    assert sheet is not None
    assert [line.text for line in sheet.lines][:2] == lines[:2]


@pytest.mark.usefixtures("tesseract")
def test_a_picture_without_words_has_no_text_and_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, as_png(Image.effect_noise((600, 400), 90)), "a-photo-of-us.png")
    assert isinstance(found, Extracted)
    assert [(page.text, page.read_by) for page in found.pages] == [("", "")]
    assert found.title == "A photo of us"
    assert "No page has text: no words were found in its pictures" in found.warnings[0]


@pytest.mark.usefixtures("tesseract")
def test_pages_beyond_the_limit_are_counted_and_the_others_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, office.scan(*[office.picture(*WORDS)] * 3), "long.pdf", Limits(ocr_pages=1))
    assert isinstance(found, Extracted)
    assert [page.read_by for page in found.pages] == ["ocr", "", ""]
    assert "it did not look at 2 of 3 pages" in " ".join(found.warnings)


READING = """
import sys
from PIL import Image
from ingest import tools
tools.pytesseract().image_to_pdf_or_hocr(Image.open(sys.argv[1]), extension="hocr")
"""


@pytest.mark.usefixtures("tesseract")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_tesseract_ends_with_a_reader_that_was_killed(tmp_path: Path) -> None:
    page = tmp_path / "page.png"
    office.picture(*WORDS * 12, height=2800).save(page)
    passing = tmp_path / "passing"
    passing.mkdir()
    reader = subprocess.Popen(
        [sys.executable, "-c", READING, str(page)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TMPDIR": str(passing)},
    )
    children = Path(f"/proc/{reader.pid}/task/{reader.pid}/children")
    while not (started := children.read_text().split()) or "tesseract" not in _name(started[0]):
        assert reader.poll() is None
        time.sleep(0.01)
    reader.kill()
    reader.wait()
    until = time.monotonic() + 60
    while "tesseract" in _name(started[0]) and time.monotonic() < until:
        time.sleep(0.01)
    assert not _name(started[0])
    assert not list(passing.glob("*.hocr")), "it went on to its end"


def _name(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return ""


@pytest.mark.usefixtures("tesseract")
def test_what_is_known_already_is_kept_where_text_recognition_takes_too_long(tmp_path: Path) -> None:
    found = read(tmp_path, office.scan(office.picture(*WORDS)), "slow.pdf", Limits(ocr_seconds=0.0))
    assert isinstance(found, Extracted)
    assert (found.title, found.words) == ("Slow", 0)
    assert "it did not look at 1 of 1 pages" in " ".join(found.warnings)


def test_without_tesseract_a_scan_is_kept_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tools, "tesseract_languages", lambda: ())
    path = tmp_path / "scan.pdf"
    path.write_bytes(office.scan(office.picture(*WORDS)))
    found = pdf.extract(path, "scan.pdf")
    assert found.warnings[0].endswith("Install Tesseract to have pictures of text read.")
    assert ocr.eye(found.pages, None, seconds=1, pages=1) is None


def billion(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that says it were so large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_picture_of_a_billion_pixels_is_not_opened(tmp_path: Path) -> None:
    found = read(tmp_path, billion(40_000, 40_000), "bomb.png")
    assert isinstance(found, TooLarge)
    assert "more than 120 million pixels" in str(found)


def test_a_page_that_draws_a_billion_pixels_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    packed = zlib.compress(bytes(1_000_000), 9)
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /XObject << /I 5 0 R >> >> >>"
    )
    drawn = b"q 595 0 0 842 0 0 cm /I Do Q"
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 40000 /Height 40000 /BitsPerComponent 1 /ColorSpace /DeviceGray"
        b" /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed)
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
        picture,
    ]
    path.write_bytes(make._assembled(objects, b""))
    assert list(pictures.of_pdf(path, [0])) == [(0, None)]
    eye = Eye("eng", 60, 5, wanted=(0,))
    assert "more than 120 million pixels" in " ".join(pdf.extract(path, "bomb.pdf", eye=eye).warnings)


def test_half_a_picture_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "half.png").write_bytes(as_png(office.picture(*WORDS))[:4000])
    with pytest.raises(Damaged, match=r"^half\.png is not a whole picture"):
        image.extract(tmp_path / "half.png", "half.png")


def test_the_language_a_document_says_is_read_where_tesseract_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "tesseract_languages", lambda: ("eng", "ita"))
    scanned = [Page(1, "1", "", "", quality=0.0)]

    def used(language: str | None, usual: str = "") -> tuple[str, str]:
        eye = ocr.eye(scanned, language, usual=usual, seconds=1, pages=1)
        assert eye is not None
        return eye.languages, eye.missing

    assert used("it-IT") == ("ita", "")
    assert used(None) == ("eng", "")
    assert used(None, "ita+eng+xyz") == ("ita+eng", "")
    assert used("el") == ("eng", "el")
    missing = Eye("eng", 1, 1, missing="el")
    assert "no data here for the language el" in ocr.unread([Page(1, "1", "", "a", read_by="ocr")], missing)[1]


def test_pages_that_can_be_read_and_blank_ones_need_no_eye() -> None:
    pages = [Page(1, "1", "", "words", quality=0.9), Page(2, "2", "", "", quality=None)]
    assert ocr.eye(pages, None, seconds=1, pages=1) is None


def test_languages_are_known_by_their_longest_tag() -> None:
    assert [ocr_languages.name_of(tag) for tag in ("en-AU", "zh", "zh-Hant", "zh-Hant-TW", "xx")] == [
        "eng",
        "chi_sim",
        "chi_tra",
        "chi_tra",
        "",
    ]


def test_a_document_in_a_script_nobody_asked_for_is_left_and_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Eye, "_seen", lambda *_: Seen((), 30.0))
    monkeypatch.setattr(Eye, "_looks", lambda *_: (0, "Han"))
    page = Picture(Image.new("L", (10, 10)), 1.0)
    eye = Eye("eng", 60, 5, wanted=(0, 1, 2))
    assert eye.read(enumerate([page] * 3)) == {}
    assert (eye.script, eye.left_out) == ("Han", 2)
    said = ocr.unread([Page(1, "1", "", "")], eye)
    assert said[0].startswith("Its pages seem to be in Han script, which eng is not written in: install")
    reads_it = Eye("chi_sim", 60, 5, wanted=(0,))
    assert reads_it.read([(0, page)]) == {}
    assert reads_it.script == ""
