"""How well a page was read."""

from __future__ import annotations

import random

import pytest

from ingest import quality
from ingest.extracted import Page
from tests.files.make import LONG

ENGLISH = f"{LONG} Nobody has to be well to be welcome; groups that last are those that rest, laugh and eat."
LANGUAGES = {
    "German": (
        "Die Würde des Menschen ist unantastbar. Sie zu achten und zu schützen ist Verpflichtung aller "
        "staatlichen Gewalt. Das Deutsche Volk bekennt sich darum zu unverletzlichen Menschenrechten."
    ),
    "Vietnamese": (
        "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. Mọi con người đều được "
        "tạo hoá ban cho lý trí và lương tâm và cần phải đối xử với nhau trong tình bằng hữu."
    ),
    "Somali": (
        "Aadanaha dhammaantiis wuxuu dhashaa isagoo xor ah kana siman xagga sharafta iyo xuquuqada Waxaa Alle "
        "siiyay aqoon iyo wacyi, waana in la isula dhaqmaa si walaaltinimo ah."
    ),
    "Arabic": (
        "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا "
        "بروح الإخاء. لكل إنسان حق التمتع بكافة الحقوق والحريات الواردة في هذا الإعلان"
    ),
    "Chinese": "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。",
    "Hindi": (
        "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। उन्हें बुद्धि "
        "और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए।"
    ),
}


def judged(text: str) -> float:
    found = quality.of(text, quality.spoken(text))
    assert found is not None
    return found


def test_plain_words_were_read_well() -> None:
    assert judged(ENGLISH) > 0.95


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_does_not_count_as_unreadable(language: str) -> None:
    assert judged(LANGUAGES[language]) > 0.6


@pytest.mark.parametrize("by", [3, 7, 11, 19])
def test_letters_put_for_others_count_as_unreadable(by: int) -> None:
    moved = "".join(
        chr((ord(sign) - 97 + by) % 26 + 97) if "a" <= sign <= "z" else sign for sign in ENGLISH.lower()
    )
    assert judged(moved) < quality.UNREADABLE


@pytest.mark.parametrize(
    "spoiled",
    [
        ENGLISH.replace("e", "\ufffd").replace("o", "\ufffd").replace("a", "\ufffd").replace("t", "\ufffd"),
        ENGLISH.replace(" ", ""),
        " ".join(ENGLISH),
        "".join(chr(ord(sign) - 29) if sign > "=" else sign for sign in ENGLISH),
        "".join(chr(0xE000 + ord(sign)) for sign in ENGLISH),
    ],
    ids=["lost", "run together", "spaced out", "another encoding", "private letters"],
)
def test_what_fonts_and_programs_do_to_a_text_is_seen(spoiled: str) -> None:
    assert judged(spoiled) < quality.UNREADABLE


def test_the_worse_a_text_was_recognised_the_lower_it_stands() -> None:
    chance = random.Random(5)

    def mistaken(sign: str, part: float) -> str:
        return chance.choice("abcdefilmnortu1I|") if sign.isalpha() and chance.random() < part else sign

    worse = [judged("".join(mistaken(sign, part) for sign in f"{ENGLISH} " * 4)) for part in (0.0, 0.1, 0.25, 0.5)]
    assert worse == sorted(worse, reverse=True)
    assert worse[0] - worse[3] > 0.4


def test_names_and_references_are_readable() -> None:
    text = (
        "Davidson, L., Bellamy, C., Guy, K., & Miller, R. (2012). Peer support among persons with severe mental "
        "illnesses. World Psychiatry, 11(2), 123-128. Okafor, C. and Nguyen, L. (2021). Imagined Studies 3, 7-19. "
        "Repper, J., & Carter, T. (2011). Journal of Mental Health, 20(4), 392-411. https://doi.org/10.5555/x.1"
    )
    assert judged(text) > 0.75


def test_of_a_page_of_figures_nothing_is_said() -> None:
    assert quality.of("12 34 56.7 89% 2011 2012 2013") is None


def test_a_page_without_text_keeps_what_its_reader_said() -> None:
    pages = quality.judged((Page(1, "1", "", ENGLISH), Page(2, "2", "", "", 0.0), Page(3, "3", "", "")))
    assert [page.quality == 0.0 for page in pages] == [False, True, False]
    assert pages[2].quality is None
