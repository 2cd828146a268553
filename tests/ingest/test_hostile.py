"""Documents made to harm, through a real reader: each ends as text or as a sentence, soon, and stops nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import Extracted, Extractor, IngestProblem, Limits, formats, read_file
from tests.files import hostile, office

_FILES = Path(__file__).resolve().parent.parent / "files"
_ODT = office.odt("<text:p>Hope</text:p>")
_ARCHIVES = {
    formats.DOCX: ((_FILES / "charter.docx").read_bytes(), "word/document.xml"),
    formats.PPTX: (office.slides(), "ppt/slides/slide1.xml"),
    "application/vnd.oasis.opendocument.text": (_ODT, "content.xml"),
    "application/epub+zip": (office.book({"one": "<p>Hope</p>"}), "OEBPS/text/one.xhtml"),
}
_OWN_FAULT = re.compile(
    r"could not be read \(\w+\)|made its reader|took longer|took too long|stopped by the system"
)


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(limits=Limits(seconds=25, ocr_seconds=5)) as opened:
        yield opened


def _outcome(extractor: Extractor, path: Path, data: bytes, media_type: str) -> Extracted | IngestProblem:
    path.write_bytes(data)
    started = time.monotonic()
    try:
        source = replace(read_file(path, max_bytes=1 << 30), media_type=media_type)
    except IngestProblem as problem:
        return problem
    ((_, outcome),) = extractor.run([source])
    assert time.monotonic() - started < 30
    return outcome


@pytest.mark.parametrize("wrong", hostile.pdfs())
def test_a_pdf_that_goes_round_or_without_end(wrong: str, extractor: Extractor, tmp_path: Path) -> None:
    outcome = _outcome(extractor, tmp_path / "a.pdf", hostile.pdfs()[wrong], formats.PDF)
    assert isinstance(outcome, Extracted) or not _OWN_FAULT.search(str(outcome)), str(outcome)


def test_a_pdf_whose_page_labels_go_round_gives_its_text(extractor: Extractor, tmp_path: Path) -> None:
    # PDFium follows the labels until its stack is full, which ends the reader: a second one reads with pypdf
    outcome = _outcome(extractor, tmp_path / "a.pdf", hostile.with_labels_that_go_round(), formats.PDF)
    assert isinstance(outcome, Extracted)
    assert [page.text for page in outcome.pages] == ["Hope is shared"]
    assert any("damaged" in warning for warning in outcome.warnings)


@pytest.mark.parametrize("media_type", _ARCHIVES)
def test_a_zipped_document_that_is_a_bomb_or_leads_out(
    media_type: str, extractor: Extractor, tmp_path: Path
) -> None:
    for wrong, data in hostile.archives(*_ARCHIVES[media_type]).items():
        outcome = _outcome(extractor, tmp_path / "a.zip", data, media_type)
        assert isinstance(outcome, Extracted) or not _OWN_FAULT.search(str(outcome)), f"{wrong}: {outcome}"
        if "way out" in wrong or "entities" in wrong or "main part" in wrong:
            assert not (isinstance(outcome, Extracted) and "ha" * 50 in outcome.pages[0].text), wrong
    assert not Path("/tmp/evil").exists()


@pytest.mark.parametrize(("width", "height"), [(40_000, 40_000), (2**31 - 1, 1), (1, 2**31 - 1), (0, 0)])
def test_a_picture_of_a_thousand_million_pixels(
    extractor: Extractor, tmp_path: Path, width: int, height: int
) -> None:
    outcome = _outcome(extractor, tmp_path / "a.png", hostile.png(width, height), "image/png")
    assert isinstance(outcome, IngestProblem)
    assert not _OWN_FAULT.search(str(outcome)), str(outcome)


def test_after_all_of_them_the_reader_reads_on(extractor: Extractor, tmp_path: Path) -> None:
    text = "application/vnd.oasis.opendocument.text"
    assert isinstance(_outcome(extractor, tmp_path / "a.odt", _ODT, text), Extracted)
