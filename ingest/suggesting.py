"""What kind of document this may be, whom it is for, what it is about, who speaks: suggestions a curator confirms.

Nothing here is known; everything comes with the words that led to it, so that a person can see at a glance whether
it is right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ingest import clues, needles
from ingest.clues import Clues
from ingest.extracted import Extracted

_LOOKED_AT = 4000
"""Words of the text that are looked at."""
_BEGINNING = 400
"""Words of the text that say what kind it is."""
_OPENING = 30
"""Words in which a document often names itself: "Fact sheet", "A guide for …"."""
_LONG_ENOUGH = 60
"""Words of a text that has an opening. A shorter one may speak of anything; only a line of its own names it."""
_IN_TITLE, _IN_OPENING, _IN_HEADING, _MOST = 6, 3, 2, 3
_ENOUGH_KIND, _ENOUGH_AUDIENCE, _ENOUGH_SPEAKS = 5.0, 2.5, 5.0
_SHARE_OF_BEST = 0.25
"""How much of what points to the likeliest audience must point to another."""
_LEAD = 1.5
"""How much likelier one speaker must be than the next."""
_MOST_TOPICS = 5
_TOPIC_ENOUGH, _TOPIC_SHARE = 2.0, 0.2
_POINTS_TO = 0.5
"""Worth of a word that points to a topic without meaning it."""
_ONCE_IN = 350
"""Words in which a topic's word must come once, to say what the text is about."""
_MOST_TIMES = 8
"""How often a topic's word may count."""
_TOLD = 3
"""Words that are told for each suggestion."""
_DOI = 8
"""What it is worth to be registered as journals register their papers."""
_FIRST_PERSON = 0.04
"""Share of "I", "me" and "my" among the words of somebody's own story."""
_SECOND_PERSON = 0.025
"""Share of "you" and "your" where a text speaks to its reader."""
_LINES_OF_TALK = 6
_TALK = re.compile(r"^(?:[A-Z][\w’'.]*(?: [A-Z][\w’'.]*){0,2}|[A-Z]{2,12}(?: \d)?)(?: \([^)]{1,30}\))?: \S", re.M)
_I = re.compile(r"\b(?:I|I[’'](?:m|d|ve|ll)|[Mm]y|me|myself)\b")
_YOU = re.compile(r"\byou(?:rs?|rself|[’'](?:re|ve|ll|d))?\b", re.I)
_WORD = re.compile(r"\w+(?:[’']\w+)?")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the words of a document point to; None and empty where they point nowhere."""

    kind: str | None = None
    """Such as ``guideline``."""
    audiences: tuple[str, ...] = ()
    """Such as ``("staff", "providers")``, strongest first."""
    topics: tuple[str, ...] = ()
    """Slugs, strongest first."""
    speaks: str | None = None
    """Such as ``consumer-led``."""
    because: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name of a field above to what led there: ``“supervision” 6 times``, ``“guide” in the title``."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A document as it is weighed."""

    title: str
    keywords: str
    """Those that its authors chose, a line each."""
    headings: tuple[str, ...]
    body: str
    """The whole text that is looked at, in its own letters."""
    words: int
    doi: str

    def first(self, words: int) -> str:
        """Its first words, in small letters, in their lines."""
        found = re.match(rf"(?:\s*\S+){{0,{words}}}", self.body)
        return found.group().lower() if found else ""


@dataclass(frozen=True, slots=True)
class _Weight:
    points: float = 0.0
    because: tuple[str, ...] = ()

    def __add__(self, other: _Weight) -> _Weight:
        return _Weight(self.points + other.points, (*self.because, *other.because))


def suggest(
    extracted: Extracted,
    topics: Mapping[str, Sequence[str]] | None = None,
    *,
    web_page: bool = False,
    captions: bool = False,
) -> Suggestion:
    """What the title, the headings and the text point to.

    `topics`: slug to the words that mean it, as the library's own list has them; without it no topic is suggested.
    `web_page`: it came as one, which is its kind where nothing else is. `captions`: it came as those of a video.
    """
    text = _text(extracted)
    kind, why_kind = _kind(text)
    if kind is None and web_page:
        kind, why_kind = "web-page", ("it came as a web page",)
    if captions:
        kind, why_kind = "video", ("it came as captions",)
    audiences = _audiences(text, kind)
    about = _topics(text, topics or {})
    speaks, why_speaks = _speaks(text, kind)
    because = {
        "kind": why_kind,
        "audiences": _each(audiences),
        "topics": _each(about),
        "speaks": why_speaks,
    }
    return Suggestion(
        kind, tuple(audiences), tuple(about), speaks, {name: words for name, words in because.items() if words}
    )


def _each(found: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words behind each value, with its name where there is more than one."""
    if len(found) == 1:
        return next(iter(found.values()))
    return tuple(f"{name}: {', '.join(words)}" for name, words in found.items())


def _text(extracted: Extracted) -> _Text:
    parts: list[str] = [*extracted.keywords, extracted.summary]
    words = 0
    for page in extracted.pages:
        parts += [page.heading, page.text]
        words += len(page.text.split())
        if words >= _LOOKED_AT:
            break
    headings = tuple(dict.fromkeys(page.heading.lower() for page in extracted.pages if page.heading))
    body = "\n".join(part for part in parts if part)
    return _Text(
        extracted.title.lower(),
        "\n".join(extracted.keywords),
        headings,
        body,
        max(1, len(body.split())),
        extracted.identifiers.get("doi", ""),
    )


def _kind(text: _Text) -> tuple[str | None, tuple[str, ...]]:
    beginning, opening = text.first(_BEGINNING), text.first(_OPENING)
    found = {name: _weigh(known, text, beginning, opening) for name, known in clues.KINDS.items()}
    talk = len(_TALK.findall(text.body))
    mine = len(_I.findall(text.body))
    if talk >= _LINES_OF_TALK and talk * 60 > text.words:
        found["video"] += _Weight(8, (f"{talk} lines of somebody speaking",))
    elif mine >= _FIRST_PERSON * text.words and mine > len(_YOU.findall(text.body)) and text.words > 100:
        found["story"] += _Weight(8, (f"“I”, “me” and “my” {mine} times",))
    if text.doi:
        found["research-paper"] += _Weight(_DOI, ("it has a DOI",))
    best = max(found, key=lambda name: found[name].points)
    if found[best].points < _ENOUGH_KIND:
        return None, ()
    return best, found[best].because[:_TOLD]


def _audiences(text: _Text, kind: str | None) -> dict[str, tuple[str, ...]]:
    low = text.body.lower()
    found = {name: _weigh(known, text, low) for name, known in clues.AUDIENCES.items()}
    spoken_to = len(_YOU.findall(text.body))
    if spoken_to >= _SECOND_PERSON * text.words and kind in {"fact-sheet", "guideline", "story", None}:
        found["consumers"] += _Weight(3, (f"“you” and “your” {spoken_to} times",))
    for name, points in clues.FOR_KIND.get(kind or "", {}).items():
        found[name] += _Weight(points, (f"it seems to be a {(kind or '').replace('-', ' ')}",))
    enough = max(_ENOUGH_AUDIENCE, _SHARE_OF_BEST * max(weight.points for weight in found.values()))
    chosen = sorted((name for name in found if found[name].points >= enough), key=lambda each: -found[each].points)
    return {name: found[name].because[:_TOLD] for name in chosen}


def _speaks(text: _Text, kind: str | None) -> tuple[str | None, tuple[str, ...]]:
    low = text.body.lower()
    found = {name: _weigh(known, text, low) for name, known in clues.SPEAKS.items()}
    if kind in {"research-paper", "review"}:
        found["academic"] += _Weight(3, (f"it seems to be a {kind.replace('-', ' ')}",))
    elif kind == "story":
        found["consumer-led"] += _Weight(3, ("it seems to be a story",))
    first, second = sorted(found, key=lambda name: -found[name].points)[:2]
    if found[first].points < max(_ENOUGH_SPEAKS, _LEAD * found[second].points):
        return None, ()
    return first, found[first].because[:_TOLD]


def _weigh(known: Clues, text: _Text, low: str, opening: str = "") -> _Weight:
    """The points of all clues in title, `opening`, headings and `low`, and their words, the best first."""
    points = 0.0
    said: list[tuple[float, str]] = []
    everything = "\n".join((text.title, *text.headings, low))
    for pattern, worth in known:
        clue, letters = _compiled(pattern)
        if letters and not any(each in everything for each in letters):
            continue
        titled, opened = clue.search(text.title), _opens(clue, opening, text)
        headed = next((found for heading in text.headings if (found := clue.search(heading))), None)
        times = Counter(found.group().strip() for found in clue.finditer(low))
        placed = (_IN_TITLE if titled else 0) + (_IN_OPENING if opened else 0) + (_IN_HEADING if headed else 0)
        gain = worth * (placed + min(times.total(), _MOST))
        if gain:
            points += gain
            said.append((-gain, _in_words(titled, headed, times)))
    return _Weight(points, tuple(words for _, words in sorted(said)))


def _opens(clue: re.Pattern[str], opening: str, text: _Text) -> bool:
    if text.words >= _LONG_ENOUGH:
        return bool(clue.search(opening))
    return any(clue.fullmatch(line.strip()) for line in opening.splitlines())


@cache
def _compiled(pattern: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What finds `pattern`, and the letters without which it finds nothing."""
    return re.compile(pattern, re.M), needles.of(pattern)


def _in_words(titled: re.Match[str] | None, headed: re.Match[str] | None, times: Counter[str]) -> str:
    if titled:
        return f"“{titled.group().strip()}” in the title"
    if headed:
        return f"“{headed.group().strip()}” in a heading"
    word, _ = times.most_common(1)[0]
    return f"“{word}” {_often(times.total())}"


def _often(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def _topics(text: _Text, topics: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Slug to the words that point there, for the topics that most words point to."""
    known = _known(topics)
    beginnings = _beginnings(known)
    found: dict[str, float] = {}
    said: dict[str, list[tuple[float, str]]] = {}
    parts = (text.title, text.keywords, "\n".join(text.headings), text.body)
    titled, listed, headed, written = (Counter(_phrases(part, known, beginnings)) for part in parts)
    for phrase in titled | listed | headed | written:
        slug, worth = known[phrase]
        often = written[phrase] * _ONCE_IN >= text.words and slug not in clues.EVERYWHERE
        points = worth * (
            (min(written[phrase], _MOST_TIMES) if often else 0)
            + (_IN_TITLE if phrase in titled or phrase in listed else 0)
            + (_IN_HEADING if phrase in headed else 0)
        )
        found[slug] = found.get(slug, 0) + points
        where = (
            "in the title"
            if phrase in titled
            else "among its keywords"
            if phrase in listed
            else _often(written[phrase] or headed[phrase])
        )
        said.setdefault(slug, []).append((-points, f"“{phrase}” {where}"))
    enough = max(_TOPIC_ENOUGH, _TOPIC_SHARE * max(found.values(), default=0))
    chosen = [
        slug for slug, points in sorted(found.items(), key=lambda each: (-each[1], each[0])) if points >= enough
    ]
    return {slug: tuple(words for _, words in sorted(said[slug]))[:_TOLD] for slug in chosen[:_MOST_TOPICS]}


def _known(topics: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, float]]:
    """Each word of each topic, in the plural too, to the topic's slug and its own worth; acronyms as they are."""
    known: dict[str, tuple[str, float]] = {}
    for slug, words in topics.items():
        pointing = clues.TOPICS.get(slug, ())
        for word, worth in (*((each, 1.0) for each in words), *((each, _POINTS_TO) for each in pointing)):
            phrase = " ".join(_WORD.findall(word))
            if not word.isupper():  # IPS is no lips
                phrase = phrase.lower()
                known.setdefault(f"{phrase}s", (slug, worth))
            if worth == 1:
                known[phrase] = (slug, worth)
            known.setdefault(phrase, (slug, worth))
    return known


def _beginnings(known: Iterable[str]) -> dict[str, int]:
    """First word to the number of words of the longest of the `known` phrases that begin with it."""
    found: dict[str, int] = {}
    for phrase in known:
        first = phrase.partition(" ")[0]
        found[first] = max(found.get(first, 0), phrase.count(" ") + 1)
    return found


def _phrases(text: str, known: Mapping[str, object], beginnings: Mapping[str, int]) -> Iterator[str]:
    """The longest of the `known` phrases at each place of `text`. Most places need one look at `beginnings`."""
    words = _WORD.findall(text)
    at = 0
    while at < len(words):
        word = words[at]
        most = max(beginnings.get(word, 0), beginnings.get(word.lower(), 0))
        for size in range(min(most, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            found = next((each for each in (phrase, phrase.lower()) if each in known), None)
            if found is not None:
                yield found
                at += size - 1
                break
        at += 1
