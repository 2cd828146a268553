"""What Tesseract calls the languages it has data for."""

from __future__ import annotations

_LANGUAGES = {
    "af": "afr",
    "am": "amh",
    "ar": "ara",
    "bg": "bul",
    "bn": "ben",
    "bs": "bos",
    "ca": "cat",
    "cs": "ces",
    "cy": "cym",
    "da": "dan",
    "de": "deu",
    "el": "ell",
    "en": "eng",
    "es": "spa",
    "et": "est",
    "eu": "eus",
    "fa": "fas",
    "fi": "fin",
    "fil": "fil",
    "fr": "fra",
    "ga": "gle",
    "gu": "guj",
    "he": "heb",
    "hi": "hin",
    "hr": "hrv",
    "hu": "hun",
    "hy": "hye",
    "id": "ind",
    "is": "isl",
    "it": "ita",
    "ja": "jpn",
    "km": "khm",
    "ko": "kor",
    "ku": "kmr",
    "lo": "lao",
    "lt": "lit",
    "lv": "lav",
    "mi": "mri",
    "mk": "mkd",
    "ml": "mal",
    "mr": "mar",
    "ms": "msa",
    "mt": "mlt",
    "my": "mya",
    "nb": "nor",
    "ne": "nep",
    "nl": "nld",
    "nn": "nor",
    "no": "nor",
    "pa": "pan",
    "pl": "pol",
    "ps": "pus",
    "pt": "por",
    "ro": "ron",
    "ru": "rus",
    "si": "sin",
    "sk": "slk",
    "sl": "slv",
    "sq": "sqi",
    "sr": "srp",
    "sv": "swe",
    "sw": "swa",
    "ta": "tam",
    "te": "tel",
    "th": "tha",
    "ti": "tir",
    "tl": "fil",
    "to": "ton",
    "tr": "tur",
    "uk": "ukr",
    "ur": "urd",
    "vi": "vie",
    "yi": "yid",
    "zh": "chi_sim",
    "zh-Hant": "chi_tra",
    "zh-HK": "chi_tra",
    "zh-TW": "chi_tra",
}
"""Primary tag of BCP 47 (or a longer one) to Tesseract's name for its data."""

_NOT_LATIN = frozenset(
    [
        "amh",
        "ara",
        "ben",
        "bul",
        "chi_sim",
        "chi_tra",
        "ell",
        "fas",
        "guj",
        "heb",
        "hin",
        "hye",
        "jpn",
        "khm",
        "kor",
        "lao",
        "mal",
        "mar",
        "mkd",
        "mya",
        "nep",
        "pan",
        "pus",
        "rus",
        "sin",
        "srp",
        "tam",
        "tel",
        "tha",
        "tir",
        "ukr",
        "urd",
        "yid",
    ]
)


def name_of(tag: str) -> str:
    """Tesseract's name of a language (BCP 47, such as ``en-AU``); empty where it is not known."""
    parts = tag.split("-")
    longest_first = ("-".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((_LANGUAGES[each] for each in longest_first if each in _LANGUAGES), "")


def tag_of(name: str) -> str:
    """The language (BCP 47) that Tesseract calls `name`; empty where that is not known."""
    return next((tag for tag, known in _LANGUAGES.items() if known == name), "")


def are_latin(names: str) -> bool:
    """Whether all of Tesseract's languages in `names` (``eng+ita``) are written in Latin letters."""
    return _NOT_LATIN.isdisjoint(names.split("+"))
