"""Languages: their BCP 47 tags, and their names in English and as those who speak them say them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from clearinghouse.errors import Unknown

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")

#: Languages most often met in Australian services, by BCP 47 primary tag; others are shown by their tag.
NAMES: Mapping[str, str] = {
    "en": "English",
    "am": "Amharic",
    "ar": "Arabic",
    "bn": "Bengali",
    "bs": "Bosnian",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "km": "Khmer",
    "kn": "Kannada",
    "ko": "Korean",
    "ku": "Kurdish",
    "lo": "Lao",
    "mk": "Macedonian",
    "ml": "Malayalam",
    "mr": "Marathi",
    "ms": "Malay",
    "mt": "Maltese",
    "my": "Burmese",
    "ne": "Nepali",
    "nl": "Dutch",
    "om": "Oromo",
    "pa": "Punjabi",
    "pl": "Polish",
    "prs": "Dari",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "si": "Sinhala",
    "sm": "Samoan",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "ti": "Tigrinya",
    "tl": "Tagalog",
    "to": "Tongan",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
    "zh-Hans": "Simplified Chinese",
    "zh-Hant": "Traditional Chinese",
}

#: How Chinese is written in a region, for tags that name that alone.
_CHINESE_WHERE: Mapping[str, str] = {"CN": "Hans", "SG": "Hans", "HK": "Hant", "MO": "Hant", "TW": "Hant"}

_ALSO_CALLED: Mapping[str, str] = {"farsi": "fa", "filipino": "tl", "mandarin": "zh-Hans", "cantonese": "yue-Hant"}

#: The same languages as those who speak them call them.
OWN_NAMES: Mapping[str, str] = {
    "am": "አማርኛ",
    "ar": "العربية",
    "bn": "বাংলা",
    "bs": "Bosanski",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "gu": "ગુજરાતી",
    "he": "עברית",
    "hi": "हिन्दी",
    "hr": "Hrvatski",
    "hu": "Magyar",
    "hy": "Հայերեն",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "km": "ខ្មែរ",
    "kn": "ಕನ್ನಡ",
    "ko": "한국어",
    "ku": "Kurdî",
    "lo": "ລາວ",
    "mk": "Македонски",
    "ml": "മലയാളം",
    "mr": "मराठी",
    "ms": "Bahasa Melayu",
    "mt": "Malti",
    "my": "မြန်မာ",
    "ne": "नेपाली",
    "nl": "Nederlands",
    "om": "Afaan Oromoo",
    "pa": "ਪੰਜਾਬੀ",
    "pl": "Polski",
    "prs": "دری",
    "ps": "پښتو",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "si": "සිංහල",
    "sm": "Gagana Samoa",
    "so": "Soomaali",
    "sq": "Shqip",
    "sr": "Српски",
    "sw": "Kiswahili",
    "ta": "தமிழ்",
    "te": "తెలుగు",
    "th": "ไทย",
    "ti": "ትግርኛ",
    "tl": "Tagalog",
    "to": "Lea fakatonga",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "zh": "中文",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
}


def name(tag: str | None) -> str:
    """The language in English, such as ``Italian`` for ``it``; the tag itself where it is not listed."""
    return _listed(NAMES, tag) or tag or ""


def own_name(tag: str | None) -> str:
    """The language as its speakers call it; empty for English, and where it is not listed."""
    return _listed(OWN_NAMES, tag)


def _listed(names: Mapping[str, str], tag: str | None) -> str:
    """The name of the language and script of `tag`, else of the language alone."""
    primary, *rest = (tag or "").split("-")
    primary = primary.lower()
    script = rest[0].title() if rest else ""
    if primary in {"zh", "yue"}:
        primary, script = "zh", _CHINESE_WHERE.get(script.upper(), script)
    return names.get(f"{primary}-{script}", names.get(primary, ""))


def tag(word: str) -> str:
    """The BCP 47 tag that `word` is, or the tag of the language it names in English. Raises `Unknown`."""
    named = {**{label.lower(): known for known, label in NAMES.items()}, **_ALSO_CALLED}
    meant = named.get(word.strip().lower(), word.strip())
    if not _TAG.fullmatch(meant):
        often = ", ".join(f"{known} ({label})" for known, label in NAMES.items())
        raise Unknown(f"“{word}” is no language; give its tag, such as en-AU or it. Often met: {often}.")
    return meant
