"""The table of formats is the one place that knows them: what it says is held here."""

from __future__ import annotations

import importlib
import re

import pytest

from ingest import formats
from ingest.formats import FORMATS


def test_no_media_type_and_no_ending_is_named_twice() -> None:
    types = [each.media_type for each in FORMATS]
    endings = [ending for each in FORMATS for ending in each.endings]
    assert len(types) == len(set(types))
    assert len(endings) == len(set(endings))
    assert all(re.fullmatch(r"\.[a-z0-9]+", ending) for ending in endings)


@pytest.mark.parametrize("reader", sorted({each.reader for each in FORMATS if each.reader}))
def test_every_reader_is_a_module_that_extracts(reader: str) -> None:
    assert callable(importlib.import_module(f"ingest.extract.{reader}").extract)


def test_a_format_is_called_the_same_with_and_without_its_article() -> None:
    assert (formats.name_of("image/png"), formats.label_of("image/png")) == ("a PNG picture", "PNG picture")
    assert formats.label_of("application/pdf; charset=binary") == "PDF"
    assert formats.label_of("text/plain") == "plain text"


def test_what_is_not_known_is_only_called_a_file() -> None:
    assert formats.label_of("application/x-made-up") == "file"
    assert formats.ending_of("application/x-made-up") == ""
