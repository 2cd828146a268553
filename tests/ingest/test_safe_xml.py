from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest import Damaged, safe_xml
from tests.files.hostile import laughing_xml


def test_comments_and_instructions_are_left_out() -> None:
    root = safe_xml.parse(b"<?xml version='1.0'?><!-- a --><a><?b c?><!-- d -->hope</a>", "a.odt")
    assert "".join(root.itertext()) == "hope"


@pytest.mark.parametrize("data", [b"", b"words", b"<a>", b"<a/><b/>", b"<a>\x00</a>", b"\xff\xfe<"])
def test_what_is_no_xml_is_damaged(data: bytes) -> None:
    with pytest.raises(Damaged, match="XML that cannot be read"):
        safe_xml.parse(data, "a.odt")


@pytest.mark.parametrize("place", ["text", "attribute"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_is_refused_at_once(place: str, encoding: str) -> None:
    started = time.process_time()
    with pytest.raises(Damaged, match="entity declarations"):
        safe_xml.parse(laughing_xml(place).encode(encoding), "a.odt")
    assert time.process_time() - started < 2


def test_a_file_named_by_an_entity_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    said = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]><a>&x;</a>'
    with pytest.raises(Damaged, match="entity declarations"):
        safe_xml.parse(said.encode(), "a.odt")


def test_a_document_type_without_entities_is_let_be() -> None:
    xhtml = (
        b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html/>'
    )
    assert safe_xml.parse(xhtml, "a.epub").tag == "html"


def test_xml_nested_beyond_sense_is_damaged() -> None:
    with pytest.raises(Damaged):
        safe_xml.parse(b"<a>" * 100_000 + b"</a>" * 100_000, "a.odt")
