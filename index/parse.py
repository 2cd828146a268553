"""What a visitor types becomes a `Query`. Whatever is typed, the answer is a query and never an error.

``"quoted words"``, ``-word``, ``-"quoted words"``, ``this OR that``, ``begin*``, ``title:word`` (title,
author, topic, summary, text), ``year:2015``, ``year:2010..2020`` and the filters ``kind:``, ``audience:``,
``language:``, ``form:``, ``speaks:`` and ``where:``. Anything else is plain words. A short search wants
every word, a question in a sentence the words that say most.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from index.analysis import LONGEST_WORD, is_stop_word, numbers_in_digits, run_pattern
from index.query import Clause, Query, Sort

LONGEST_QUESTION = 4096
"""Characters that are read."""
MOST_CLAUSES = 40
EVERY_WORD = 4
"""Up to this many words, every one is wanted; in a question written as a sentence, the words that say most."""
MOST_PHRASE_WORDS = 30

_FIELDS = {"title": "title", "author": "author", "authors": "author", "topic": "topic", "topics": "topic"}
_FIELDS |= {"summary": "summary", "text": "text"}
_FILTERS = {name: name for name in ("kind", "audience", "language", "form", "speaks", "jurisdiction")}
_FILTERS |= {"where": "jurisdiction"}

_STRAIGHT = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"−": "-", "：": ":"})
_PART = re.compile(
    r'(?P<minus>(?<!\S)-)?(?:(?P<field>[A-Za-z]{2,20}):(?=[^\s]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)|")'
)
_YEARS = re.compile(r"(?P<first>\d{4})?(?P<to>\.\.|-|–)?(?P<last>\d{4})?$")
_QUESTION = re.compile(
    r"^\s*(what|how|why|when|where|who|which|is|are|do|does|did|can|could|should|would|will|i|my|am)\b|\?\s*$",
    re.IGNORECASE,
)
"""How a question in whole sentences begins or ends: people who write so do not choose each word."""
_CODE = re.compile(r"(?=\S*[A-Za-z])\S*\d{3}|10\.\d{4,9}/")
"""Course codes, report numbers and DOIs, which mean exactly themselves."""
_DOI = re.compile(r"10\.\d{4,9}/\S+")
"""Found in addresses too: people paste https://doi.org/..."""
_NOTHING_AFTER = re.compile(rf"(?i:{'|'.join((*_FIELDS, *_FILTERS, 'year', 'years'))}):[:,.]*")
_ESCAPED_DOI = re.compile(r"\b(10\.\d{4,9})%2F", re.IGNORECASE)
_PREFIX = re.compile(r"[^\W_]{2,}\*$")


@dataclass
class _Read:
    """What has been read so far."""

    groups: list[list[Clause]] = field(default_factory=list)
    plain: list[bool] = field(default_factory=list)
    """Whether each group is one word, as typed."""
    unwanted: list[Clause] = field(default_factory=list)
    filters: dict[str, set[str]] = field(default_factory=dict)
    years: tuple[int | None, int | None] = (None, None)
    after_or: bool = False

    def want(self, clause: Clause, plain: bool = False) -> None:
        if self.after_or and self.groups:
            self.groups[-1].append(clause)
            self.plain[-1] = False
        else:
            self.groups.append([clause])
            self.plain.append(plain)
        self.after_or = False

    def full(self) -> bool:
        return sum(map(len, self.groups)) + len(self.unwanted) >= MOST_CLAUSES


def parse(
    text: str,
    *,
    filters: Mapping[str, Iterable[str]] | None = None,
    years: tuple[int | None, int | None] = (None, None),
    sort: Sort = "relevance",
    page: int = 1,
    size: int = 10,
    pages_per_hit: int = 3,
    within: str | None = None,
    without: Iterable[str] = (),
) -> Query:
    """The query that `text`, as typed, asks; the rest is what was chosen beside it.

    Filters and years typed (``kind:review``, ``year:2010..``) are added to those chosen.
    """
    read = _Read()
    cleaned = _cleaned(text)
    for part in _PART.finditer(cleaned):
        if read.full():
            break
        _take(read, part)
    chosen = {name: frozenset(values) for name, values in (filters or {}).items()}
    for name, values in read.filters.items():
        chosen[name] = chosen.get(name, frozenset()) | values
    must, every = _wanted(read, text)
    return Query(
        typed=text,
        must=must,
        every=every,
        must_not=tuple(read.unwanted),
        filters={name: values for name, values in chosen.items() if values},
        years=_narrower(years, read.years),
        sort=sort,
        page=max(page, 1),
        size=max(size, 0),
        pages_per_hit=max(pages_per_hit, 0),
        within=within,
        about=_about(read, cleaned, every=every),
        without=frozenset(without),
    )


def _about(read: _Read, cleaned: str, *, every: bool) -> str:
    """The words of a plain question: of a long one whatever it says, of a short one if all are plain words."""
    if not every:
        return cleaned
    words = [word for group in read.groups for clause in group for word in clause.words]
    exact = read.unwanted or not all(read.plain) or any(map(_CODE.match, words))
    return "" if exact else " ".join(words)


def _cleaned(text: str) -> str:
    """`text` of a bearable length, with straight quotes, ``cert 4`` for ``Cert IV``, no control characters."""
    text = text[:LONGEST_QUESTION]
    if not text.isascii():
        text = text.translate(_STRAIGHT)
    if not text.isprintable():
        text = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text)
    return numbers_in_digits(_ESCAPED_DOI.sub(r"\1/", text))


def _take(read: _Read, part: re.Match[str]) -> None:
    name, phrase, word = part["field"], part["phrase"], part["word"]
    quoted = phrase is not None
    doi = None if quoted else _DOI.search(part[0])
    if doi:
        name, word = None, doi[0]
    value = phrase if quoted else word
    if value is None or (not quoted and _NOTHING_AFTER.fullmatch(value)):  # a quote that is never closed; "title:"
        return
    if word == "OR" and not part["minus"] and not name:
        read.after_or = bool(read.groups)
        return
    if name and not part["minus"] and _take_filter(read, name.lower(), value):
        return
    field_name = _FIELDS.get(name.lower()) if name else None
    if name and field_name is None and not part["minus"]:
        _take_value(read, name, None, quoted=False, unwanted=False)
    _take_value(read, value, field_name, quoted=quoted, unwanted=bool(part["minus"]))


def _take_value(read: _Read, value: str, field_name: str | None, *, quoted: bool, unwanted: bool) -> None:
    """Add `value`, a word or the words between quotes, to what is wanted or not wanted."""
    prefix = not quoted and _PREFIX.match(value) is not None
    words = [value.rstrip("*")] if prefix else (value.split() if quoted else [value])
    words = [word[:LONGEST_WORD] if word.isalnum() else word[: 4 * LONGEST_WORD] for word in words]
    words = [word for word in words if run_pattern(word).search(word)][:MOST_PHRASE_WORDS]
    if not words:
        return
    clause = Clause(tuple(words), field_name, prefix)
    if unwanted:
        read.unwanted.append(clause)
    else:
        read.want(clause, plain=not quoted and not prefix and field_name is None)


def _take_filter(read: _Read, name: str, value: str) -> bool:
    """Whether ``name:value`` is a filter or a span of years; if so it is added."""
    if name in _FILTERS:
        values = {"-".join(each.lower().split()) for each in value.split(",")} - {""}
        read.filters.setdefault(_FILTERS[name], set()).update(values)
        return bool(values)
    years = _YEARS.match(value.strip()) if name in ("year", "years") else None
    if years is None or not (years["first"] or years["last"]):
        return False
    first = int(years["first"]) if years["first"] else None
    last = int(years["last"]) if years["last"] else None
    read.years = _narrower(read.years, (first, last if years["to"] else first))
    return True


def _narrower(
    one: tuple[int | None, int | None], other: tuple[int | None, int | None]
) -> tuple[int | None, int | None]:
    """The years in both spans."""
    firsts = [year for year in (one[0], other[0]) if year is not None]
    lasts = [year for year in (one[1], other[1]) if year is not None]
    return (max(firsts) if firsts else None, min(lasts) if lasts else None)


def _wanted(read: _Read, text: str) -> tuple[tuple[tuple[Clause, ...], ...], bool]:
    """The groups that say something, and whether a resource needs all of them.

    Quotes, fields and OR are a choice to be kept to, but not where they stand in a long story.
    """
    saying = [
        (tuple(group), plain)
        for group, plain in zip(read.groups, read.plain, strict=True)
        if not (plain and is_stop_word(group[0].words[0]))
    ]
    if not saying:
        saying = [(tuple(group), False) for group in read.groups]
    unlike = dict(saying)
    few = 1 if _QUESTION.search(text[:LONGEST_QUESTION]) else EVERY_WORD
    plain_words = sum(unlike.values())
    chosen = plain_words < len(unlike) and plain_words <= 2 * EVERY_WORD
    return tuple(unlike), chosen or len(unlike) <= few
