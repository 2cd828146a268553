"""Whatever the bytes are: text or a sentence, never another exception, never long.

Each format gets some dozens of documents here, the same in every run. For a long run that looks for new ones:
``FUZZ_EXAMPLES=20000 python -m pytest tests/ingest/test_fuzz.py -n 2``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest import (
    Damaged,
    Encrypted,
    Extracted,
    Extractor,
    IngestProblem,
    Limits,
    TooLarge,
    Unsupported,
    detect,
    extract,
    read_file,
    safe_xml,
    suggest,
)
from ingest.extracted import Page
from tests.files import hostile
from tests.ingest import fuzzing

_EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "100"))
_LONG = "FUZZ_EXAMPLES" in os.environ
_FORMATS = sorted(fuzzing.SEEDS)
_SECONDS = 20
_OWN_FAULT = re.compile(
    r"could not be read \(\w+\)|made its reader|took longer|took too long|stopped by the system"
)
_fuzzed = settings(
    max_examples=_EXAMPLES,
    deadline=None,
    derandomize=not _LONG,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor(limits=Limits(seconds=_SECONDS)) as opened:
        yield opened


def test_each_format_that_is_read_is_fuzzed() -> None:
    assert set(extract.SUPPORTED) == set(fuzzing.SEEDS) | set(fuzzing.ELSEWHERE)


@pytest.mark.parametrize("media_type", [each for each in _FORMATS if not each.startswith("image/")])
def test_the_files_that_are_changed_can_be_read_as_they_are(
    media_type: str, extractor: Extractor, tmp_path: Path
) -> None:
    path = tmp_path / "document"
    path.write_bytes(fuzzing.SEEDS[media_type]()[0])
    source = replace(read_file(path, max_bytes=1_000_000), media_type=media_type)
    ((_, outcome),) = extractor.run([source])
    assert isinstance(outcome, Extracted)
    assert any(page.text for page in outcome.pages)


@pytest.mark.parametrize("media_type", _FORMATS)
def test_a_document_of_any_bytes_ends_as_text_or_a_sentence(
    media_type: str, extractor: Extractor, tmp_path: Path
) -> None:
    path = tmp_path / "document"

    # text recognition is a program that must be started for each picture
    few = settings(_fuzzed, max_examples=_EXAMPLES // 10 if media_type.startswith("image/") else _EXAMPLES)

    @few
    @given(fuzzing.documents(media_type))
    def ends_well(data: bytes) -> None:
        path.write_bytes(data)
        try:
            source = replace(read_file(path, max_bytes=1_000_000), media_type=media_type)
        except (Damaged, Encrypted):
            return
        ((_, outcome),) = extractor.run([source])
        assert isinstance(outcome, Extracted | IngestProblem)
        assert isinstance(outcome, Extracted) or not _OWN_FAULT.search(str(outcome)), str(outcome)

    ends_well()


@_fuzzed
@given(data=st.one_of([fuzzing.documents(each) for each in _FORMATS]))
@example(data=hostile.overlapping(50))
@example(data=hostile.lying(100))
@example(data=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
@example(data=b"[" * 100_000)
def test_what_a_file_is_can_be_told_of_any_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "document"
    path.write_bytes(data)
    try:
        assert detect.media_type(path)
    except (Damaged, Encrypted):
        return


@_fuzzed
@given(st.one_of(st.binary(max_size=2_000), st.text(max_size=500).map(lambda text: f"<a>{text}</a>".encode())))
@example(hostile.laughing_xml().encode())
@example(hostile.laughing_xml("attribute").encode())
def test_xml_of_any_bytes_is_a_tree_or_damaged(data: bytes) -> None:
    try:
        assert safe_xml.parse(data, "a.xml") is not None
    except Damaged:
        return


@_fuzzed
@given(st.lists(st.text(max_size=2_000), max_size=5))
def test_kind_and_audience_are_suggested_for_any_text(texts: list[str]) -> None:
    pages = tuple(Page(at, str(at), "", text) for at, text in enumerate(texts, 1))
    assert suggest(Extracted(pages)) is not None


_UNSUPPORTED = (b"PK\x05\x06" + bytes(18), b"\x89PNG\r\n\x1a\n", b"GIF89a", bytes(100))


@pytest.mark.parametrize("data", _UNSUPPORTED)
def test_what_is_no_document_says_what_it_is(data: bytes, extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "thing"
    path.write_bytes(data)
    ((_, outcome),) = extractor.run([read_file(path, max_bytes=1_000_000)])
    assert isinstance(outcome, Unsupported | Damaged | TooLarge)
