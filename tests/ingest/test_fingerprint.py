from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from ingest import Page, fingerprint


def pages(*texts: str) -> list[Page]:
    return [Page(number, str(number), "", text) for number, text in enumerate(texts, start=1)]


def words(seed: int, number: int = 1500) -> list[str]:
    """Words as text has them: the frequent ones often."""
    drawn = random.Random(seed)
    return [f"word{round(drawn.paretovariate(0.4)) % 3000}" for _ in range(number)]


def changed(text: Sequence[str], every: int) -> list[str]:
    return [f"other{at}" if at % every == 0 else word for at, word in enumerate(text)]


def of(text: Sequence[str]) -> tuple[int, ...]:
    return fingerprint.of(pages(" ".join(text)))


def common(one: Sequence[str], other: Sequence[str]) -> float:
    runs = [{tuple(text[at : at + 3]) for at in range(len(text) - 2)} for text in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


def test_the_same_words_have_the_same_fingerprint_however_they_are_set() -> None:
    plain = "Peer workers listen and share what has helped them. " * 8
    assert fingerprint.of(pages(plain)) == fingerprint.of(pages(plain.upper().replace(" ", "\n")))
    assert len(fingerprint.of(pages(plain))) == fingerprint.PLACES


@pytest.mark.parametrize("every", [50, 20, 10, 5])
def test_the_share_is_about_that_of_the_runs_in_common(every: int) -> None:
    for seed in range(5):
        text = words(seed)
        true = common(text, changed(text, every))
        assert fingerprint.share(of(text), of(changed(text, every))) == pytest.approx(true, abs=0.15)


def test_texts_that_are_alike_share_a_band_and_others_do_not() -> None:
    text = words(1)
    near, far = of(changed(text, 10)), of(words(2))
    assert set(fingerprint.bands(of(text))) & set(fingerprint.bands(near))
    assert not set(fingerprint.bands(of(text))) & set(fingerprint.bands(far))


def test_a_text_of_a_few_words_has_none() -> None:
    assert fingerprint.of(pages("Name: ______ Date: ______")) == ()
    assert fingerprint.of([]) == ()


def test_a_script_without_spaces_has_one_too() -> None:
    text = (
        "同伴支持是由有亲身经历的人给予彼此的支持，他们分享曾经帮助过自己的方法，一起走过艰难的时刻，也一起庆祝好的日子。"
        * 2
    )
    other = text.replace("一起庆祝好的日子", "一起安静地坐着")
    assert 0.5 < fingerprint.share(fingerprint.of(pages(text)), fingerprint.of(pages(other))) < 1


def test_fingerprints_kept_in_a_library_can_still_be_compared() -> None:
    """Should this fail after an update of rensa, `VERSION` must be another: libraries then make theirs again."""
    known = fingerprint.of(pages("Peer support is giving and receiving help between equals. " * 5))
    assert (fingerprint.VERSION, known[:3]) == (KNOWN_VERSION, KNOWN)


KNOWN_VERSION = 2
KNOWN = (51414611, 3235961411, 1319143003)
