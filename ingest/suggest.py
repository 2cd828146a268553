"""What kind of document this may be, and whom it is for: a suggestion a curator confirms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extracted import Extracted

_BEGINNING = 1500
"""Words of the text that are looked at: a document says early what it is."""
_TITLE_WEIGHT = 6
_ENOUGH_KIND = 4
_ENOUGH_AUDIENCE = 2
_MOST_OF_ONE = 3
"""How often one clue may count: a word said fifty times is still one clue."""

_KINDS: dict[str, tuple[tuple[str, int], ...]] = {
    "research-paper": (
        (r"\bdoi:? ?(?:https?://doi\.org/)?10\.\d{4}", 3),
        (r"\babstract\b", 2),
        (r"\bmethods?\b", 1),
        (r"\bparticipants\b", 1),
        (r"\brandomi[sz]ed\b", 2),
        (r"\bqualitative (?:study|interviews)\b", 2),
        (r"\bet al\.", 1),
        (r"\bjournal of\b", 2),
        (r"\breferences\b", 1),
        (r"\bfindings\b", 1),
    ),
    "review": (
        (r"\b(?:systematic|scoping|literature|narrative|rapid|umbrella) review\b", 4),
        (r"\bmeta-?analysis\b", 4),
        (r"\bincluded studies\b", 2),
        (r"\bprisma\b", 2),
    ),
    "charter": (
        (r"\bcharter\b", 3),
        (r"\bposition (?:statement|paper)\b", 4),
        (r"\bdeclaration\b", 3),
        (r"\bwe believe\b", 1),
    ),
    "framework": ((r"\bframework\b", 3), (r"\bdomains?\b", 1), (r"\bmodel of\b", 1), (r"\bstrategic\b", 1)),
    "guideline": (
        (r"\bguidelines?\b", 3),
        (r"\bguide\b", 2),
        (r"\bhandbook\b", 3),
        (r"\btoolkit\b", 3),
        (r"\bgood practice\b", 2),
        (r"\btips for\b", 2),
        (r"\bhow to\b", 1),
        (r"\bstandards\b", 1),
        (r"\bmanual\b", 2),
    ),
    "training-module": (
        (r"\btraining\b", 1),
        (r"\bmodule\b", 2),
        (r"\blearning (?:objectives|outcomes)\b", 4),
        (r"\bfacilitators?\b", 2),
        (r"\bworkbook\b", 3),
        (r"\bsession \d\b", 2),
        (r"\bactivity \d\b", 2),
        (r"\bworkshop\b", 1),
    ),
    "template": (
        (r"\btemplate\b", 4),
        (r"\bsample (?:form|letter|agreement)\b", 3),
        (r"\bform\b", 1),
        (r"\bchecklist\b", 3),
        (r"_{6,}|\.{8,}", 2),
        (r"\bsignature\b", 2),
        (r"\bposition description\b", 3),
    ),
    "fact-sheet": (
        (r"\bfact ?sheet\b", 5),
        (r"\binformation sheet\b", 4),
        (r"\bbrochure\b", 2),
        (r"\beasy (?:read|english)\b", 3),
        (r"\bat a glance\b", 2),
        (r"\bwhat is\b", 1),
    ),
    "story": (
        (r"\bmy (?:story|journey|experience|recovery)\b", 3),
        (r"\bi (?:was|felt|had|remember|began|started)\b", 1),
        (r"\bstories\b", 2),
        (r"\bin my own words\b", 3),
    ),
    "video": (
        (r"\bvideo\b", 1),
        (r"\btranscript\b", 3),
        (r"\bwatch\b", 1),
        (r"\bwebinar\b", 3),
        (r"\[music\]", 4),
    ),
    "policy": (
        (r"\bpolicy\b", 2),
        (r"\bpolicy (?:statement|directive)\b", 3),
        (r"\bprocedures?\b", 1),
        (r"\bact (?:19|20)\d\d\b", 2),
        (r"\blegislation\b", 2),
        (r"\bdirective\b", 2),
        (r"\bcompliance\b", 1),
    ),
    "directory-entry": (
        (r"\b(?:opening hours|how to (?:enrol|apply)|contact us)\b", 2),
        (r"\bphone:", 1),
        (r"\bchc\d{5}\b", 3),
        (r"\bcertificate i?[iv]+\b", 2),
        (r"\bpathways?\b", 2),
        (r"\bdirectory\b", 3),
        (r"\beligibility\b", 1),
        (r"\bcourse (?:fee|dates|code)\b", 2),
    ),
}

_AUDIENCES: dict[str, tuple[tuple[str, int], ...]] = {
    "consumers": (
        (r"\b(?:mental health )?consumers?\b", 2),
        (r"\bservice users?\b", 2),
        (r"\beasy (?:read|english)\b", 3),
        (r"\byour (?:recovery|rights|mental health|wellbeing|treatment)\b", 2),
        (r"\bpeople (?:who use|using) (?:\w+ ){0,3}services\b", 2),
        (r"\b(?:become|becoming) a peer (?:support )?worker\b", 2),
        (r"\bmy recovery\b", 2),
        (r"\bself-advocacy\b", 1),
    ),
    "carers": (
        (r"\bcarers?\b", 2),
        (r"\bfamil(?:y|ies)(?:,)? (?:and|or|&) (?:friends|carers|supporters)\b", 3),
        (r"\bcaregivers?\b", 2),
        (r"\bfamil(?:y|ies)\b", 1),
        (r"\bloved ones?\b", 2),
        (r"\bcaring for\b", 2),
    ),
    "staff": (
        (r"\bpeer (?:support )?(?:workers?|practitioners?|specialists?)\b", 2),
        (r"\bclinicians?\b", 2),
        (r"\bpractitioners?\b", 1),
        (r"\bsupervision\b", 2),
        (r"\bstaff\b", 1),
        (r"\bfacilitators?\b", 2),
        (r"\bprofessional development\b", 2),
        (r"\blived experience work(?:ers?|force)\b", 2),
        (r"\btraining\b", 1),
        (r"\bnurses?\b", 1),
    ),
    "providers": (
        (r"\borgani[sz]ations?\b", 1),
        (r"\bemployers?\b", 3),
        (r"\brecruit(?:ment|ing)?\b", 2),
        (r"\bimplement(?:ation|ing)\b", 1),
        (r"\bservice providers?\b", 3),
        (r"\bworkforce\b", 1),
        (r"\bmanagers?\b", 2),
        (r"\bevaluation\b", 1),
        (r"\bpolic(?:y|ies)\b", 1),
        (r"\bhiring\b", 2),
        (r"\bgovernance\b", 2),
        (r"\bframework\b", 1),
    ),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the words of a document point to."""

    kind: str | None
    """Such as ``guideline``; None where the words point nowhere."""
    audiences: tuple[str, ...]
    """Such as ``("staff", "providers")``, strongest first; may be empty."""
    because: tuple[str, ...]
    """The words that led there, as the document has them."""


def suggest(extracted: Extracted) -> Suggestion:
    """The kind and audiences that the title and the beginning of the text point to."""
    title = extracted.title.lower()
    text = _beginning(extracted)
    kinds = {kind: _weigh(clues, title, text) for kind, clues in _KINDS.items()}
    best = max(kinds, key=lambda kind: kinds[kind][0])
    kind = best if kinds[best][0] >= _ENOUGH_KIND else None
    found = {key: _weigh(clues, title, text) for key, clues in _AUDIENCES.items()}
    strongest = max(weight for weight, _ in found.values())
    audiences = sorted(
        (key for key, (weight, _) in found.items() if weight >= max(_ENOUGH_AUDIENCE, strongest * 0.4)),
        key=lambda key: -found[key][0],
    )
    because = [word for key in ([kind] if kind else []) for word in kinds[key][1]]
    because += [word for key in audiences for word in found[key][1]]
    return Suggestion(kind, tuple(audiences), tuple(dict.fromkeys(because)))


def _beginning(extracted: Extracted) -> str:
    words: list[str] = []
    for page in extracted.pages:
        words += f"{page.heading} {page.text}".lower().split()
        if len(words) >= _BEGINNING:
            break
    return " ".join([*extracted.keywords, extracted.summary.lower(), *words[:_BEGINNING]])


def _weigh(clues: tuple[tuple[str, int], ...], title: str, text: str) -> tuple[int, list[str]]:
    """The weight of all clues found, and their words, those of the title first."""
    weight = 0
    said: list[tuple[int, str]] = []
    for pattern, worth in clues:
        in_title = re.search(pattern, title)
        in_text = re.findall(pattern, text)
        gain = worth * (_TITLE_WEIGHT if in_title else 0) + worth * min(len(in_text), _MOST_OF_ONE)
        if gain:
            weight += gain
            first = in_title.group() if in_title else in_text[0]
            said.append((-gain, first.strip()))
    return weight, [word for _, word in sorted(said)][:4]
