"""The controlled lists: audiences, kinds, forms, who speaks, and how each is shown."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from clearinghouse import languages
from clearinghouse.errors import Unknown

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

_LISTS: Mapping[str, Mapping[str, str]] = {
    "audience": AUDIENCES,
    "kind": KINDS,
    "form": FORMS,
    "speaks": SPEAKS,
    "status": STATUSES,
    "entry": ENTRIES,
    "jurisdiction": JURISDICTIONS,
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


def words(list_name: str) -> Mapping[str, str]:
    """The words of a list, and how each is shown."""
    return _LISTS[list_name]


def require(list_name: str, word: str) -> str:
    """`word` as the list spells it. Raises `Unknown`, naming the nearest word and the whole list."""
    known = _LISTS[list_name]
    key = word.strip().lower().replace(" ", "-").replace("_", "-")
    for value, label in known.items():
        if value.lower() == key or label.lower() == word.strip().lower():
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


def label(filter_name: str, value: str) -> str:
    """How a filter's value is shown. Topics have labels of their own in the database."""
    if filter_name == "language":
        return languages.name(value)
    if filter_name == "jurisdiction":
        return JURISDICTIONS.get(value, value)
    return _LISTS.get(filter_name, {}).get(value, value)
