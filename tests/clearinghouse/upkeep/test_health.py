"""Is the library well? Each finding is made wrong on purpose."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from clearinghouse import indexing
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.upkeep import dated_facts, health, help_lines
from ingest import tools
from tests.clearinghouse import making


def _findings(library: Library) -> dict[str, health.Finding]:
    return {finding.name: finding for finding in health.examine(library)}


def _wrong(library: Library) -> dict[str, str]:
    return {name: finding.sentence for name, finding in _findings(library).items() if not finding.well}


@pytest.fixture
def well(library: Library) -> Library:
    for number in range(3):
        making.a_resource(library, f"Guide {number}", "Words.")
    indexing.sync(library)
    return library


def test_a_well_library_is_well_in_every_finding(well: Library) -> None:
    findings = _findings(well)
    names = [
        "database",
        "migrations",
        "files",
        "index",
        "meaning",
        "tesseract",
        "libreoffice",
        "address",
        "disk",
        "enquiries",
        "help lines",
        "entries",
        "links",
    ]
    assert list(findings) == names
    assert all(finding.well for finding in findings.values())
    assert findings["files"].sentence == "All 3 originals are as they came."


def test_a_new_library_is_well_and_says_what_nobody_has_checked(library: Library) -> None:
    assert _wrong(library) == {}
    assert _findings(library)["help lines"].sentence == (
        "10 never checked (Emergency, Lifeline, 13YARN …); see `clearinghouse facts due`."
    )


def test_the_address_that_others_keep_is_said_and_asked_for_where_nobody_set_it(library: Library) -> None:
    finding = _findings(library)["address"]
    assert finding.well
    assert finding.sentence.startswith("CLEARINGHOUSE_ADDRESS is not set: feeds, site maps")
    named = replace(library, settings=replace(library.settings, address="https://library.example.org"))
    assert _findings(named)["address"].sentence.endswith("are told https://library.example.org.")


def test_a_help_line_whose_day_has_passed_is_found(library: Library) -> None:
    for line in help_lines.lines(library):
        dated_facts.checked(library, line.name)
    assert _findings(library)["help lines"].sentence == "All were checked, and none is due."
    dated_facts.checked(library, "SANE", on=date(2020, 1, 1))
    assert _wrong(library) == {
        "help lines": "1 overdue to be checked again (SANE); see `clearinghouse facts due`."
    }


def test_entries_that_nobody_has_checked_are_said(library: Library) -> None:
    slug = making.a_resource(library, "A course", kind="directory-entry")
    indexing.sync(library)
    finding = _findings(library)["entries"]
    assert (finding.well, finding.sentence) == (
        True,
        "1 directory entry is to be checked; see `clearinghouse facts due`.",
    )
    dated_facts.checked(library, slug)
    assert _findings(library)["entries"].sentence.startswith("Every course, program and service was checked")


def test_an_original_that_was_changed_or_lost_is_named(well: Library) -> None:
    changed, lost, _ = sorted(well.originals.kept())
    with well.originals.path(changed).open("ab") as file:
        file.write(b"!")
    well.originals.path(lost).unlink()
    sentence = _wrong(well)["files"]
    assert sentence.startswith("1 missing (guide-")
    assert "; 1 changed since they were added (guide-" in sentence
    assert sentence.endswith("of 3 originals; put them back from a copy.")


def test_an_index_that_differs_is_found_with_its_cure(well: Library) -> None:
    shutil.rmtree(well.settings.home / "index")
    assert _wrong(well) == {
        "index": "It differs from the database in 3 places; run `clearinghouse index check --repair`."
    }
    indexing.repair(well)
    assert _wrong(well) == {}


def test_changes_that_wait_are_mended_by_a_sync(well: Library) -> None:
    catalogue.revise(well, "guide-1", Record(title="Another"))
    assert "run `clearinghouse index sync`" in _wrong(well)["index"]
    indexing.sync(well)
    assert _wrong(well) == {}


def test_a_library_that_outgrew_its_engine_is_told_the_faster_one(
    well: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _findings(well)["index"].sentence == "It is equal to the database. Whoosh answers."
    monkeypatch.setattr(health, "OUTGROWN", 2)
    assert "for 3 resources tantivy is several times faster" in _findings(well)["index"].sentence
    assert _findings(well)["index"].well
    faster = replace(well, settings=replace(well.settings, index="tantivy://"))
    indexing.rebuild(faster)
    assert _findings(faster)["index"].sentence == "It is equal to the database. Tantivy answers."


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves the file open
def test_a_damaged_index_is_a_finding_and_not_the_end(well: Library) -> None:
    for path in (well.settings.home / "index").iterdir():
        path.write_bytes(b"rubbish")
    well.engine.close()
    assert "`clearinghouse index rebuild`" in _wrong(well)["index"]
    assert _findings(well)["disk"].well


def test_tables_of_another_version_are_found(well: Library) -> None:
    with well.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert "version 0000" in _wrong(well)["migrations"]


def test_a_damaged_database_is_found(well: Library) -> None:
    well.database.close()
    path = well.settings.home / "library.db"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xff" * (size // 2))
    wrong = _wrong(well)
    assert "put back a copy of library.db" in wrong["database"].lower()
    assert "\n" not in wrong["database"]


def test_a_disk_that_is_nearly_full_is_found(well: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    free = shutil.disk_usage(Path(well.settings.home)).free
    monkeypatch.setattr(health, "_ROOM", free + (1 << 40))
    assert "make room before you add more" in _wrong(well)["disk"]


def test_programs_that_are_there_are_named_with_what_they_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "tesseract_languages", lambda: ("eng", "ita", "lat"))
    monkeypatch.setattr(tools, "tesseract_turns", lambda: False)
    monkeypatch.setattr(tools, "tesseract_version", lambda: "5.3.0")
    monkeypatch.setattr(tools, "libreoffice", lambda: Path("/usr/lib/libreoffice/program/soffice.bin"))
    monkeypatch.setattr(tools, "offline", lambda: ())
    findings = _findings(library)
    assert findings["tesseract"].sentence == (
        "Tesseract 5.3.0 reads scanned PDFs and pictures of text in English, Italian, lat. "
        "It cannot tell which way up a page is: install tesseract-ocr-osd."
    )
    assert findings["libreoffice"].sentence == (
        "/usr/lib/libreoffice/program/soffice.bin reads old Word and PowerPoint files (.doc, .ppt). "
        "This system does not let us take the network from it; its settings do."
    )


def test_programs_that_are_missing_are_no_fault_and_what_is_lost_is_said(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "tesseract_languages", lambda: ())
    monkeypatch.setattr(tools, "libreoffice", lambda: None)
    findings = _findings(library)
    assert findings["tesseract"].well
    assert "nobody finds their words. Install it (`apt install tesseract-ocr`)" in findings["tesseract"].sentence
    assert findings["libreoffice"].well
    assert "old Word and PowerPoint files (.doc, .ppt) are refused" in findings["libreoffice"].sentence


def test_a_language_set_for_text_recognition_must_be_there(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools, "tesseract_languages", lambda: ("eng",))
    asking = replace(library, settings=replace(library.settings, ocr_languages="eng+ita"))
    assert _wrong(asking)["tesseract"] == (
        "CLEARINGHOUSE_OCR_LANGUAGES names ita, for which Tesseract has no data here; it has eng."
    )
