"""Who wrote a document: what its metadata says against what stands under its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest import facts, told

_LOOKED_AT, _NEAR = 150, 25
"""Lines under the title in which names are looked for: of a paper, which may have a hundred authors, or not."""
_BY = re.compile(
    r"^\W*(?:(?:(?:written|prepared|compiled|edited|developed|submitted|a (?:report|thesis|guide)) )?by|authors?|"
    r"editors?|author\(s\)|writers?)\b[:\s]*",
    re.I,
)
_SUBMITTED_BY = re.compile(r"\bby\s*$", re.I)
_STOP = re.compile(
    r"^\W*(?:\d{0,2}\.?\s*)?(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|a r t i c l e|summary|executive summary|introduction|"
    r"background|contents|table of contents|key ?words|index terms|foreword|preface|acknowledge?ments?|highlights|"
    r"overview)\b",
    re.I,
)
_PASSED_OVER = re.compile(
    r"@|https?:|www\.|\bdoi\b|\borcid\b|\bissn\b|^\W*(?:\d|[a-z]\s)|^\W*(?:received|accepted|published|submitted|"
    r"available|correspond|e-?mail|tel\b|fax\b|article (?:info|history)|keywords?|version|draft)",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:universit\w*|department|dept|school|institut\w*|college|cent(?:re|er)|hospital|faculty|division|research|"
    r"laborator\w*|clinic|academy|ministry|council|foundation|society|association|network|inc|ltd|llc|gmbh|"
    r"street|road|avenue|box|usa|uk|australia|canada|germany|france|china|india|japan|zealand|england|scotland|"
    r"ireland|spain|italy|netherlands|sweden|norway|denmark)\b",
    re.I,
)
_MARKS = re.compile(r"\([^()]*\)|[\d*†‡§¶#∗⁎¹²³⁰-⁹]+|(?<=\s)[a-f](?:\s*,\s*[a-f])*(?=[,;\s]|$)")
_BETWEEN = re.compile(r"\s*[,;·•|&]\s*(?:(?:and|&)\s+)?|\s+(?:and|und|et|y|with)\s+|^(?:and|&)\s+|\s+(?:and|&)$")
_NAMES_OF_A_LINE = 0.7
"""Share of a line's parts that must be names."""


def authors(stated: str, front: str, titles: Sequence[str], *, scholarly: bool) -> tuple[tuple[str, ...], str]:
    """The authors in their order, and where they were found (see `told`); empty where nothing says so.

    `stated`: the metadata's word. `front`: the first page's text. `titles`: the title, best guess first.
    `scholarly`: whether it has a DOI or an abstract. Without, capitals under a title are as likely a slogan, and
    only a line that says "by" is believed.
    """
    on_page = front.casefold()
    said = tuple(name for name in facts.names(stated) if _is_meant(name, on_page))
    shown = next((found for title in titles if (found := under(front, title, labelled=not scholarly))), ())
    there = [name for name in said if name.split()[-1].casefold() in on_page]
    if shown and (not there or set(said) < set(shown)):
        return shown, told.FIRST_PAGE
    return said, told.METADATA


def under(text: str, title: str, *, labelled: bool = False) -> tuple[str, ...]:
    """The names that stand under `title` in `text`; where `labelled`, only after "by" or "Authors"."""
    start = _end_of(title, text)
    found: list[str] = []
    misses = 0
    believed = not labelled
    with_place = False
    lines = text[start:].split("\n")[: _NEAR if labelled else _LOOKED_AT] if start >= 0 else []
    for said in _lines(lines):
        if _STOP.match(said):
            break
        label = _BY.match(said)
        listed = (believed or label) and not said[0].isdigit()  # a number leads an affiliation
        good = _names(said[label.end() :] if label else said) if listed else ()
        if listed and not good and (not found or with_place):
            good = _name_and_place(said)
            with_place = with_place or bool(good)
        believed = believed or bool(label or _SUBMITTED_BY.search(said))
        if good:
            found += good
        elif _PASSED_OVER.search(said) or _PLACE.search(said) or (label and label.end() == len(said)):
            continue
        elif found:
            break
        else:
            misses += 1
            if misses > 8:
                break
    return tuple(dict.fromkeys(found))


def _lines(lines: Sequence[str]) -> Iterator[str]:
    """Those that say something, the lines of one list of names joined."""
    held = ""
    for line in lines:
        said = line.strip()
        if not said:
            continue
        if held and _goes_on(held, said):
            held = f"{held} {said}"
            continue
        if held:
            yield held
        held = said
    if held:
        yield held


def _goes_on(held: str, said: str) -> bool:
    """Whether the list of names in `held` goes on in the next line, maybe in the middle of a name."""
    if _PLACE.search(held) or _STOP.match(said) or said[0].isdigit():
        return False
    if held.endswith((",", " and", " &", ";")):
        return True
    last, first = list(_parts(held)), list(_parts(said))
    cut = not (last and facts.is_name(last[-1])) or said[0].islower() or not (first and facts.is_name(first[0]))
    return cut and len(last) > 1 and bool(_names(f"{held} {said}"))


def _names(said: str) -> tuple[str, ...]:
    """The names in a line that holds little else."""
    if said.endswith(".") and len(said.split()) > 8 and "," not in said:
        return ()
    parts = [part for part in _parts(said) if part]
    good = [part for part in parts if facts.is_name(part)]
    return tuple(map(_cased, good)) if good and len(good) >= _NAMES_OF_A_LINE * len(parts) else ()


def _name_and_place(said: str) -> tuple[str, ...]:
    """The name in a line that holds one person, and where they work."""
    parts = [part for part in _parts(said) if part]
    return (_cased(parts[0]),) if len(parts) > 1 and facts.is_name(parts[0]) and _PLACE.search(parts[1]) else ()


def _parts(said: str) -> Iterator[str]:
    plain = _MARKS.sub(" ", facts.without_degrees(said))
    for part in _BETWEEN.split(plain):
        yield " ".join(part.split()).strip(" ,.;:-–—") if not part.rstrip().endswith(" Jr.") else part.strip()


def _cased(name: str) -> str:
    """A name in capitals as people write it."""
    if name != name.upper() or len(name) < 6:
        return name
    return re.sub(
        r"\w[\w’']*", lambda word: word.group() if len(word.group()) == 1 else word.group().title(), name
    )


def _is_meant(name: str, on_page: str) -> bool:
    """Whether a stated name is an author's rather than the login of who saved the file."""
    if name.casefold() in on_page:
        return True
    return " " in name and name != name.lower()


def _end_of(title: str, text: str) -> int:
    """Where `title` ends in `text`, whatever stands between its words; -1 if it is not there."""
    words = re.findall(r"\w+", title)
    if not words:
        return -1
    found = re.search(r"\W{1,6}".join(map(re.escape, words)) + r"[^\w\n]*", text[:6000], re.I)
    return found.end() if found else -1
