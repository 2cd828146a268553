from __future__ import annotations

from pathlib import Path

import pytest

from clearinghouse.acquisition import intake, rereading
from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.errors import NotFound
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.search import discovery
from clearinghouse.search.discovery import Question
from ingest import tools
from tests import needs
from tests.files import office


@pytest.fixture
def scanned(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library with a scan that was added while there was no Tesseract."""
    if "eng" not in tools.tesseract_languages():
        needs.missing("Install tesseract-ocr, which reads pictures of text.")
    (tmp_path / "scan.pdf").write_bytes(
        office.scan(office.picture("Walking beside", "Peers know the lantern road."))
    )
    empty = tmp_path / "nothing"
    empty.mkdir()
    said = Record(title="A scan", kind="guideline", audiences=("staff",))
    wanted = Wanted(shown="scan.pdf", location=str(tmp_path / "scan.pdf"), record=said)
    with monkeypatch.context() as without:
        without.setenv("TESSDATA_PREFIX", str(empty))  # readers have no language to read in
        (outcome,) = intake.take_in(library, [wanted])
    assert (outcome.outcome, outcome.words) == ("added", 0)
    return library


def test_a_scan_is_read_once_tesseract_is_there_and_is_found(scanned: Library) -> None:
    assert rereading.choose(scanned) == rereading.choose(scanned, "a-scan")
    (outcome,) = rereading.reread(scanned, rereading.choose(scanned))
    assert (outcome.outcome, outcome.title) == ("updated", "A scan")
    (found,) = discovery.search(scanned, Question("lantern")).found
    assert found.card.slug == "a-scan"
    (edition,) = catalogue.show(scanned, "a-scan").view.editions
    assert edition.by_machine == "Its text was read by a machine from pictures of its pages"
    assert rereading.choose(scanned) == []


def test_what_says_the_same_again_is_left_alone(scanned: Library) -> None:
    list(rereading.reread(scanned, rereading.choose(scanned)))
    before = catalogue.show(scanned, "a-scan").view.updated_at
    (outcome,) = rereading.reread(scanned, rereading.choose(scanned, "a-scan", "full"))
    assert outcome.outcome == "checked"
    assert catalogue.show(scanned, "a-scan").view.updated_at == before


def test_an_original_that_cannot_be_read_now_keeps_its_text(scanned: Library) -> None:
    list(rereading.reread(scanned, rereading.choose(scanned)))
    (edition,) = catalogue.show(scanned, "a-scan").view.editions
    assert edition.original is not None
    kept = scanned.originals.path(edition.original.sha256)
    kept.chmod(0o644)
    kept.write_bytes(b"%PDF-1.7\nbroken")
    (outcome,) = rereading.reread(scanned, rereading.choose(scanned, "a-scan"))
    assert outcome.outcome == "failed"
    assert str(outcome.error).endswith("Its text stays as it was.")
    assert catalogue.show(scanned, "a-scan").view.editions[0].word_count == edition.word_count


def test_a_form_that_is_not_there_is_named(scanned: Library) -> None:
    with pytest.raises(NotFound, match="no form “easy-read” with an original"):
        rereading.choose(scanned, "a-scan", "easy-read")
