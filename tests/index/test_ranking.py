"""How much a word is worth to a document, and which documents meaning puts in another order."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import index
from index import ranking
from index.engine import Engine
from index.layout import Field
from index.occurrences import Stretches
from index.parse import parse
from tests.index.library import document


def stretches(*rows: tuple[int, Field, int]) -> Stretches:
    """What stands in these documents and fields so often."""
    docs, fields, often = zip(*rows, strict=True)
    return Stretches.of(np.array(docs), np.array(fields), np.array(often, dtype=np.float32))


def lengths(*rows: dict[Field, int]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Words of each field in each document."""
    return np.array([[row.get(field, 0) for row in rows] for field in Field], dtype=np.float32)


def test_a_word_of_the_text_is_worth_what_bm25_says() -> None:
    gain = ranking.gains(lengths(*[{Field.TEXT: 10}] * 3))
    found = stretches((0, Field.TEXT, 1), (2, Field.TEXT, 4))
    rarity = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    assert ranking.worth(found, gain, 3) == pytest.approx([rarity * 2.2 / 2.2, rarity * 2.2 * 4 / 5.2], rel=1e-6)


def test_a_word_of_a_short_field_is_worth_what_it_is_worth_there_besides() -> None:
    gain = ranking.gains(lengths(*[{Field.TITLE: 4, Field.TEXT: 10}] * 3))
    found = stretches((0, Field.TITLE, 1), (0, Field.TEXT, 1), (2, Field.TEXT, 4))
    both, text = ranking.worth(found, gain, 3)
    rarity, in_titles = math.log(1 + 1.5 / 2.5), math.log(1 + 2.5 / 1.5)
    # 3 of the title and 1 of the text, saturated together; 0.6 of what one in the title says among titles.
    assert both == pytest.approx(rarity * 2.2 * 4 / 5.2 + 0.6 * in_titles * 2.2 / 2.2, rel=1e-6)
    assert text == pytest.approx(rarity * 2.2 * 4 / 5.2, rel=1e-6)


def test_nothing_is_worth_more_than_the_most() -> None:
    gain = ranking.gains(lengths(dict.fromkeys(Field, 1), {Field.TEXT: 900}, {Field.TEXT: 900}))
    found = stretches(*((0, field, 60_000) for field in Field))
    assert 0.99 * ranking.most_worth(3) < ranking.worth(found, gain, 3)[0] <= ranking.most_worth(3)


def test_meaning_has_a_say_in_the_best_by_words_and_in_all_that_equal_the_last_of_them() -> None:
    words = np.array([1.0] * 50 + [3.0] * 10 + [2.0] * (ranking.CANDIDATES - 5))
    assert ranking.nearest(words).tolist() == list(range(50, len(words)))
    assert ranking.nearest(words[:40]).tolist() == list(range(40))
    assert ranking.nearest(words[:0]).tolist() == []


@pytest.fixture(params=["whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened = index.open(f"{request.param}://{tmp_path}")
    yield opened
    opened.close()


FILLER = "Other things are said here too, of this and that, so that every text is long enough to be a text. "


def test_what_a_document_is_about_comes_before_what_it_says_by_the_way(engine: Engine) -> None:
    engine.replace(
        [
            document("about", "Leg pain", f"What may cause it and what to do. {FILLER * 3}"),
            document("by-the-way", "A long stay", f"{FILLER} That was leg pain, they said. {FILLER * 6}"),
            *(document(f"n{n}", f"Note {n}", FILLER * 4) for n in range(20)),
        ]
    )
    assert [hit.id for hit in engine.search(parse('"leg pain"')).hits] == ["about", "by-the-way"]
