"""The language of a text: what its words say, weighed against what the document says of itself.

Many a translated page still says that it is in English, because a program wrote that into it, so the words count
for more. But they cannot tell Dari from Persian by a line, nor Australian English from British: there, and where
there are too few words, the document's own word counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest import quality, tidy
from ingest.extracted import Extracted, Page
from ingest.told import TEXT

_FEWEST = 8
"""Words from which a language can be told; a script that few languages share tells it sooner."""
_FEWEST_LETTERS = 12
_LOOKED_AT = 12_000
"""Letters that are looked at, from the beginning, the middle and the end."""
_CONTRADICTS = 25
"""Words from which a text says more than what the document says of itself."""

_KIN: tuple[frozenset[str], ...] = (
    frozenset(("fa", "prs", "tg")),
    frozenset(("zh", "yue", "cmn", "wuu", "nan")),
    frozenset(("hr", "bs", "sr", "sh", "cnr")),
    frozenset(("ms", "id")),
    frozenset(("tl", "fil")),
    frozenset(("no", "nb", "nn", "da")),
    frozenset(("am", "ti")),
    frozenset(("hi", "ne", "mr")),
    frozenset(("ar", "ary", "arz", "apc")),
    frozenset(("ku", "kmr", "ckb", "sdh")),
    frozenset(("sm", "to", "mi", "haw", "fj", "ht", "tpi")),
)
"""Languages that a few lines do not tell apart: the document's own word counts among them."""
_AS = {"fil": "tl", "ary": "ar", "arz": "ar", "cmn": "zh", "nb": "no", "uzs": "uz", "sdh": "ku", "pcm": "en"}
_TOLD = frozenset(
    re.findall(
        r"\w+",
        """af am ar az be bg bn bs cs cy da de el en es et fa fi fr ga gu he hi hr hu hy id ig it ja ka kk km
        kn ko ku ky lo lt lv mk ml mn mr ms mt my ne nl no om pa pl ps pt ro ru rw si sk sl so sq sr sv sw
        ta te th tl tr uk ur uz vi yo yue zh zu""",
    )
)
"""What is believed; whatever else the detector says of a text is more often a list of names or of figures."""
_SHARED_SCRIPT = re.compile(r"[^\W\d_a-zA-ZÀ-ɏА-я]")
"""A letter that is neither Latin nor Cyrillic."""

# Words of official translations in Australia: how Dari, the Persian of Afghanistan, and Persian say the same.
_DARI = re.compile(r"شفاخانه|صحت روانی|صحی\b|داکتر|آسترالیا|پولیس|فامیل|مکتب|افغان|دوا(?:ها|های)?\b|می‌?باشد|طبابت")
_PERSIAN = re.compile(r"بیمارستان|سلامت روان|پزشک|دکتر|استرالیا|پلیس|خانواده|مدرسه|ایران|دارو(?:ها|های)?\b|می‌?شود")


def told(extracted: Extracted) -> Extracted:
    """`extracted` in the language that it turns out to be in, with a warning where it says another."""
    tag, warning = weighed(extracted.pages, extracted.language)
    told_by = {**extracted.told_by, "language": TEXT} if tag and tag != extracted.language else extracted.told_by
    warnings = (*extracted.warnings, warning) if warning else extracted.warnings
    return replace(extracted, language=tag, told_by=told_by, warnings=warnings)


def weighed(pages: Sequence[Page], stated: str | None) -> tuple[str | None, str]:
    """The language of `pages` as a BCP 47 tag, and a warning where it is not the one `stated` (empty elsewhere).

    None where nothing tells it.
    """
    text = _sample(page.text for page in pages)
    told = spoken(text)
    if told is None or (stated and _same(stated, told)):
        return (_with_script(stated, text) if stated else None), ""
    if stated and tidy.count_words(text) < _CONTRADICTS and not _SHARED_SCRIPT.search(text):
        return stated, ""
    if not stated:
        return told, ""
    return told, f"It says that it is in {_name(stated)}, but its words are {_name(told)}, which was taken."


def spoken(text: str) -> str | None:
    """The language that the words of `text` are in, as a BCP 47 tag; None where they are too few to tell."""
    words = tidy.count_words(text)
    letters = sum(map(str.isalpha, text))
    if letters < _FEWEST_LETTERS or (words < _FEWEST and not _SHARED_SCRIPT.search(text)):
        return None
    if quality.spoken(text) == "English":  # nearly always, and known without the detector
        return "en"
    from ingest.language_model import identifier  # needed by few documents

    try:
        found = str(identifier().classify(text)[0])
    except (OSError, ValueError, ImportError, MemoryError):  # no room for its model: that costs no document
        return None
    found = _AS.get(found, found)
    if found not in _TOLD:
        return None
    if found == "fa" and len(_DARI.findall(text)) > len(_PERSIAN.findall(text)):
        return "prs"
    return _with_script(found, text)


def _name(tag: str) -> str:
    """The language in English, such as ``Italian``."""
    from babel import Locale

    return str(Locale("en").languages.get(tag.split("-")[0].lower(), tag))


def _same(stated: str, told: str) -> bool:
    one, other = (tag.split("-")[0].lower() for tag in (stated, told))
    return one == other or any(one in kin and other in kin for kin in _KIN)


def _with_script(tag: str, text: str) -> str:
    """`tag`, for Chinese with its script: a reader of the one often cannot read the other."""
    if tag.lower() not in {"zh", "yue", "cmn"}:
        return tag
    simple, traditional = (sum(map(test, text)) for test in (_is_simplified, _is_traditional))
    return tag if simple == traditional else f"{tag}-{'Hans' if simple > traditional else 'Hant'}"


def _is_simplified(sign: str) -> bool:
    return _can_be(sign, "gb2312") and not _can_be(sign, "big5")


def _is_traditional(sign: str) -> bool:
    return _can_be(sign, "big5") and not _can_be(sign, "gb2312")


def _can_be(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _sample(texts: Iterable[str]) -> str:
    """Some of a long text from its beginning, middle and end: the first page of a translation may be English."""
    whole = "\n".join(texts)
    if len(whole) <= _LOOKED_AT:
        return whole
    part = _LOOKED_AT // 3
    middle = (len(whole) - part) // 2
    return "\n".join((whole[:part], whole[middle : middle + part], whole[-part:]))
