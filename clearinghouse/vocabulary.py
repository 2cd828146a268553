"""The controlled lists: audiences, kinds, forms, who speaks, languages, and how each is shown."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from clearinghouse.errors import Unknown

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")

AUDIENCES: Mapping[str, str] = {
    "consumers": "People who use, or have used, mental health services",
    "carers": "Family, friends and carers",
    "staff": "People who work in services",
    "providers": "Organisations that run services",
}

KINDS: Mapping[str, str] = {
    "research-paper": "Research paper",
    "review": "Review",
    "charter": "Charter or position statement",
    "framework": "Framework",
    "guideline": "Guideline",
    "training-module": "Training module",
    "template": "Template or form",
    "fact-sheet": "Fact sheet",
    "story": "Story",
    "video": "Video",
    "policy": "Policy",
    "directory-entry": "Course, program or service",
    "web-page": "Web page",
}

FORMS: Mapping[str, str] = {
    "full": "Full text",
    "summary": "Short summary",
    "easy-read": "Easy Read",
    "audio": "Audio",
    "video": "Video",
    "transcript": "Transcript",
    "translation": "Translation",
}

SPEAKS: Mapping[str, str] = {
    "consumer-led": "Consumer-led",
    "carer-led": "Carer-led",
    "co-produced": "Co-produced",
    "clinical": "Clinical",
    "academic": "Academic",
    "organisation": "Organisation",
}

STATUSES: Mapping[str, str] = {"draft": "Draft", "published": "Published", "withdrawn": "Withdrawn"}

COLLECTION_KINDS: Mapping[str, str] = {"training": "Training series", "shelf": "Shelf", "pack": "Answer pack"}

#: What each form is good for, said to a reader who chooses between them.
FORM_PURPOSES: Mapping[str, str] = {
    "full": "Everything it says.",
    "summary": "The main points, if you have a few minutes.",
    "easy-read": "Plain words, short sentences and large type.",
    "audio": "To listen to.",
    "video": "To watch.",
    "transcript": "What is said in it, to read and to search.",
    "translation": "The same in another language.",
}

#: Those that curators make and visitors look through; packs come about by answering.
LISTED_COLLECTIONS: Mapping[str, str] = {kind: label for kind, label in COLLECTION_KINDS.items() if kind != "pack"}

#: What a directory entry is.
ENTRIES: Mapping[str, str] = {
    "course": "Course",
    "program": "Program",
    "qualification": "Qualification",
    "network": "Network",
    "service": "Service",
}

ENQUIRY_STATUSES: Mapping[str, str] = {"open": "Open", "answered": "Answered", "closed": "Closed"}

JURISDICTIONS: Mapping[str, str] = {
    "National": "All of Australia",
    "ACT": "Australian Capital Territory",
    "NSW": "New South Wales",
    "NT": "Northern Territory",
    "QLD": "Queensland",
    "SA": "South Australia",
    "TAS": "Tasmania",
    "VIC": "Victoria",
    "WA": "Western Australia",
}

#: Languages most often met in Australian services, by BCP 47 primary tag; others are shown by their tag.
LANGUAGES: Mapping[str, str] = {
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

_LISTS: Mapping[str, Mapping[str, str]] = {
    "audience": AUDIENCES,
    "kind": KINDS,
    "form": FORMS,
    "speaks": SPEAKS,
    "status": STATUSES,
    "entry": ENTRIES,
    "enquiry-status": ENQUIRY_STATUSES,
    "collection-kind": LISTED_COLLECTIONS,
}


#: Lists whose own name would not be understood in a sentence.
_NAMES: Mapping[str, str] = {
    "speaks": "“who speaks” value",
    "entry": "kind of directory entry",
    "enquiry-status": "status of an enquiry",
    "collection-kind": "kind of collection",
}


def require(list_name: str, word: str) -> str:
    """`word` as the list spells it. Raises `Unknown`, naming the nearest word and the whole list."""
    known = _LISTS[list_name]
    key = word.strip().lower().replace(" ", "-").replace("_", "-")
    if key in known:
        return key
    for value, label in known.items():
        if label.lower() == word.strip().lower():
            return value
    shown = _NAMES.get(list_name, list_name)
    raise Unknown(f"There is no {shown} “{word}”.{did_you_mean(key, known)} Known: {', '.join(known)}.")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean “x”?`` with the nearest known word, or nothing where none is near.

    A long name that has the word whole is nearer than a short one that is spelt alike.
    """
    words = list(known)
    having = [each for each in words if word and word in each.split("-")]
    near = sorted(having, key=len) or difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    return f" Did you mean “{near[0]}”?" if near else ""


def language_name(tag: str | None) -> str:
    """The language in English, such as ``Italian`` for ``it``; the tag itself where it is not listed."""
    return _listed(LANGUAGES, tag) or tag or ""


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


def language_tag(word: str) -> str:
    """The BCP 47 tag that `word` is, or the tag of the language it names in English. Raises `Unknown`."""
    named = {**{name.lower(): tag for tag, name in LANGUAGES.items()}, **_ALSO_CALLED}
    tag = named.get(word.strip().lower(), word.strip())
    if not _TAG.fullmatch(tag):
        names = ", ".join(f"{tag} ({name})" for tag, name in LANGUAGES.items())
        raise Unknown(f"“{word}” is no language; give its tag, such as en-AU or it. Often met: {names}.")
    return tag


def label(filter_name: str, value: str) -> str:
    """How a filter's value is shown. Topics have labels of their own in the database."""
    if filter_name == "language":
        return language_name(value)
    if filter_name == "jurisdiction":
        return JURISDICTIONS.get(value, value)
    return _LISTS.get(filter_name, {}).get(value, value)
