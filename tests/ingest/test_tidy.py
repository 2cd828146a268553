from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import sections, tidy
from ingest.sections import Block


def test_ligatures_soft_hyphens_and_control_characters_are_mended() -> None:
    assert tidy.text(
        "e\ufb03cient o\ufb00\u00ad\x00er\x07 \ud800now\u00a0here"
    ) == "efficient offer nowhere".replace("nowhere", "now here")


def test_bullets_from_symbol_fonts_become_bullets() -> None:
    assert tidy.text("\uf0b7\tfirst\n\uf0a7 second") == "• first\n• second"


@given(st.text())
def test_repaired_text_can_be_stored_and_repair_is_done_in_one_go(raw: str) -> None:
    clean = tidy.text(raw)
    clean.encode("utf-8")
    assert "\x00" not in clean
    assert "\n\n\n" not in clean
    assert tidy.text(clean) == clean


@given(st.lists(st.builds(Block, st.text(alphabet="ab \n", max_size=30), st.integers(0, 6)), max_size=20))
def test_cutting_at_headings_loses_no_word_and_numbers_pages_in_order(blocks: list[Block]) -> None:
    pages = sections.cut(blocks)
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    kept = " ".join(f"{page.heading} {page.text}" for page in pages).split()
    assert sorted(kept) == sorted(" ".join(block.text for block in blocks).split())


@pytest.mark.parametrize(
    ("raw", "searchable"),
    [
        ("ﬁrst ofﬁce", "first office"),
        ("recovery² and hope", "recovery 2 and hope"),
        ("20 m²", "20 m2"),
        ("2½ days", "2 1⁄2 days"),
        ("Ｆｕｌｌ width", "Full width"),
        ("Poincar´e and M¨uller", "Poincaré and Müller"),
        ("well\u2011being", "well-being"),
        ("co\u00adoper\u00adate", "cooperate"),
        ("plain", "plain"),
    ],
)
def test_text_is_made_searchable(raw: str, searchable: str) -> None:
    assert tidy.searchable(raw) == searchable


def test_a_long_run_of_lost_letters_costs_no_more_than_other_text() -> None:
    started = time.process_time()
    assert tidy.text("lost" + "\ufffd" * 100_000 + "found") == "lost" + "\ufffd" * 100_000 + "found"
    assert tidy.text("lost" + "\ufffd" * 100_000 + " found") == "lost found"
    assert time.process_time() - started < 2  # a search that begins again at each of them takes minutes
