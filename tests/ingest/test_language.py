from __future__ import annotations

import pytest

from ingest import Extracted, Page, language

ENGLISH = (
    "Peer support means that people who have been through the same help one another, and that they are equals."
)
SAID = {
    "ar": "الدعم من الأقران يعني أن يساعد الناس الذين مروا بتجارب متشابهة بعضهم بعضاً.",
    "zh-Hans": "同伴支持是由有亲身经历的人给予彼此的支持，他们分享曾经帮助过自己的方法。",
    "zh-Hant": "同伴支持是由有親身經歷的人給予彼此的支持，他們分享曾經幫助過自己的方法。",
    "vi": "Hỗ trợ đồng đẳng là khi những người có trải nghiệm giống nhau giúp đỡ lẫn nhau.",
    "it": "Il sostegno tra pari è l'aiuto che le persone che hanno vissuto lo stesso si danno a vicenda.",
    "el": "Η υποστήριξη από ομοτίμους σημαίνει ότι οι άνθρωποι βοηθούν ο ένας τον άλλο.",
    "hi": "साथी सहायता का अर्थ है कि लोग एक दूसरे की मदद करते हैं।",
    "pa": "ਸਾਥੀ ਸਹਾਇਤਾ ਦਾ ਮਤਲਬ ਹੈ ਕਿ ਲੋਕ ਇੱਕ ਦੂਜੇ ਦੀ ਮਦਦ ਕਰਦੇ ਹਨ।",
    "fa": "حمایت همتایان یعنی افرادی که تجربهٔ مشابه دارند به یکدیگر کمک می‌کنند؛ خدمات سلامت روان و بیمارستان.",
    "prs": "حمایت همتایان یعنی کسانی که تجربهٔ مشابه دارند با یکدیگر کمک می‌کنند؛ خدمات صحت روانی و شفاخانه.",
    "ta": "சக ஆதரவு என்பது ஒரே அனுபவம் உள்ள மக்கள் ஒருவருக்கொருவர் உதவுவது.",
    "tl": "Ang suporta ng kapwa ay ang pagtutulungan ng mga taong may parehong karanasan sa buhay.",
    "ne": "साथी सहयोग भनेको उस्तै अनुभव भएका मानिसहरूले एक अर्कालाई मद्दत गर्नु हो।",
    "ur": "ہم مرتبہ مدد کا مطلب ہے کہ لوگ ایک دوسرے کی مدد کرتے ہیں۔",
    "ko": "동료 지원은 같은 경험을 한 사람들이 서로 돕는 것을 뜻합니다.",
    "so": "Taageerada asaaga waxay ka dhigan tahay in dadku ay is caawiyaan oo ay wadaagaan waayo-aragnimadooda.",
    "km": "ការគាំទ្រពីមិត្តភក្តិមានន័យថាមនុស្សជួយគ្នាទៅវិញទៅមក។",
    "am": "የእኩዮች ድጋፍ ማለት ሰዎች እርስ በርሳቸው መረዳዳት ማለት ነው።",
    "mk": "Врсничка поддршка значи дека луѓето со исто искуство си помагаат едни на други.",
    "tr": "Akran desteği, aynı deneyimi yaşamış insanların birbirine yardım etmesi demektir.",
    "en": ENGLISH,
}


def pages(*texts: str) -> list[Page]:
    return [Page(number, str(number), "", text) for number, text in enumerate(texts, start=1)]


@pytest.mark.parametrize("tag", SAID)
def test_the_languages_of_communities_in_australia_are_told_by_a_sentence(tag: str) -> None:
    assert language.spoken(SAID[tag]) == tag


@pytest.mark.parametrize("text", ["", "Quick exit", "12 34 56", "Via Roma 12, Torino", "PHQ-9 GAD-7 K10"])
def test_a_few_words_tell_no_language(text: str) -> None:
    assert language.weighed(pages(text), None) == (None, "")
    assert language.weighed(pages(text), "it") == ("it", "")


@pytest.mark.parametrize("stated", ["en-AU", "en-GB", "en"])
def test_the_document_says_which_english_it_is(stated: str) -> None:
    assert language.weighed(pages(ENGLISH), stated) == (stated, "")


def test_a_translation_that_still_says_it_is_english_is_not_believed() -> None:
    tag, warning = language.weighed(pages(SAID["ar"]), "en-AU")
    assert (tag, warning) == ("ar", "It says that it is in English, but its words are Arabic, which was taken.")
    assert language.weighed(pages("Mental health service", SAID["it"] * 4), "en")[0] == "it"


def test_a_single_sentence_in_latin_letters_is_not_enough_to_contradict() -> None:
    assert language.weighed(pages(SAID["it"]), "en") == ("en", "")


def test_the_document_s_word_counts_among_languages_that_are_much_alike() -> None:
    persian = "حمایت همتایان یعنی مردم به یکدیگر کمک می‌کنند و با هم راه می‌روند."
    assert language.weighed(pages(persian), None) == ("fa", "")
    assert language.weighed(pages(persian), "prs") == ("prs", "")
    assert language.weighed(pages(persian), "fa-AF") == ("fa-AF", "")


def test_chinese_that_does_not_say_how_it_is_written_is_told_by_its_signs() -> None:
    assert language.weighed(pages(SAID["zh-Hant"]), "zh") == ("zh-Hant", "")
    assert language.weighed(pages(SAID["zh-Hant"]), "zh-TW") == ("zh-TW", "")


def test_where_the_language_comes_from_stands_beside_it() -> None:
    found = language.told(Extracted(pages=tuple(pages(SAID["vi"])), language="en", warnings=("First.",)))
    assert (found.language, dict(found.told_by)) == ("vi", {"language": "its text"})
    assert found.warnings[0] == "First."
    assert "Vietnamese" in found.warnings[1]
    same = Extracted(pages=tuple(pages(ENGLISH)), language="en-AU")
    assert language.told(same) == same


def test_a_long_translation_with_an_english_first_page_is_told_by_the_rest() -> None:
    assert language.weighed(pages(ENGLISH * 10, *[SAID["el"] * 40] * 5), None) == ("el", "")
