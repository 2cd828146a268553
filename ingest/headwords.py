"""Telling the words of a Dictionary from the text around them, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_WORD = 60
"""Letters of a word or term; what is longer is a sentence."""

_TITLE = re.compile(
    r"^(?:\d+\.?\s+)?(?:our\s+|the\s+)?(?:dictionary|glossary|word\s?(?:list|bank)|list\s+of\s+words"
    r"|(?:hard|key|difficult|new)\s+words|what\s+(?:(?:do\s+)?(?:the|these|some|our)\s+)?(?:\w+\s+)?words\s+mean"
    r"|meanings?\s+of\s+(?:the\s+)?words|words\s+(?:and\s+(?:their\s+|what\s+they\s+)?mean(?:ings?)?|explained))"
    r"(?:\s+(?:of\s+(?:words|terms)|section|explained))?\s*[:.?]?$",
    re.IGNORECASE,
)
#: A line that might be a title, found in a whole page at once: most documents have no Dictionary.
_MAYBE_TITLE = re.compile(
    r"^[^\n]{0,40}\b(?:dictionary|glossary|words?|word(?:list|bank)|meanings?)\b[^\n]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(
    r"^(?:more information|for more|find out more|contact|help now|get(?:ting)? help|where to|who to|"
    r"about (?:us|this)|thank|acknowledg|references?|sources?|notes?$|who (?:made|wrote)|credits?|images?|"
    r"pictures?|appendix|index$)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"©|copyright|\bCC BY|https?://|\bwww\.|^page \d+|^\d+$|^written (?:by|for) |^version \d|\bISBN\b",
    re.IGNORECASE,
)
EXAMPLE = re.compile(r"^(?:for (?:example|instance)|examples?|e\.?g\.?)(?:\s*[:,.–-]\s*|\s+|$)", re.IGNORECASE)
BULLET = re.compile(r"^\s*[•▪◦‣–*-]\s+")
_BOLD = re.compile(r"^(?:\*\*|__)(?P<word>[^*_]{1,60}?)(?P<mark>:?)(?:\*\*|__)(?P<rest>.*)$", re.DOTALL)
_MARKED = re.compile(r"^(?P<word>[^:.!?\t–—]{1,60}?)(?: *\t\s*|:\s+|:$|\s+[–—-]\s+)(?P<rest>.*)$", re.DOTALL)
_RUN_IN = re.compile(r"^(?P<word>[a-z][\w’'-]*(?: [a-z][\w’'-]*){0,4}) (?P<rest>(?:[“\"‘])?[A-Z].*)$", re.DOTALL)
_CARRYING_ON = (
    "a an and are as at because but by can for from he her his how if in is it its may my not of on or our she so "
    "some such than that the their them then there these they this to too up was we what when where which who why "
    "will with you your"
)
_NEVER_FIRST = frozenset(_CARRYING_ON.split())
LOST = re.compile("\ufffd+")


def plain(text: str) -> str:
    """`text` on one line, without lost characters and the marks of bold type."""
    return " ".join(LOST.sub(" ", text).replace("**", "").replace("__", "").split())


def is_title(line: str) -> bool:
    """Whether a line names a Dictionary: `Glossary`, `What these words mean`."""
    return bool(_TITLE.match(plain(line)))


def has_title(text: str) -> bool:
    """Whether any line of a whole page does: most documents have no Dictionary, and this is soon told."""
    return any(is_title(line[0]) for line in _MAYBE_TITLE.finditer(text))


def ends(text: str) -> bool:
    """Whether a Dictionary is over where this stands: `More information`, `Contact us`."""
    return bool(_END.match(plain(text))) and len(text.split()) < 8


def is_furniture(text: str) -> bool:
    """Whether this is printed on every page or at the end of a document: an address, a copyright."""
    return bool(_FURNITURE.search(text))


def without_bullet(text: str) -> str:
    """`text` without the sign of a list before it."""
    return BULLET.sub("", text)


def begins(line: str) -> bool:
    """Whether a line within a block begins something of its own: a row, a bullet, an example, a title, a word."""
    marked = line.startswith("| ") or BULLET.match(line) or EXAMPLE.match(line) or is_title(line)
    return bool(marked) or _opens(line)


def _opens(line: str) -> bool:
    """Whether a line within a block surely begins a word: one that is set apart by a sign or in bold."""
    clean = line.lstrip()
    marked = _BOLD.match(clean) or (
        _MARKED.match(clean) if "\t" in clean or " – " in clean or ": " in clean else None
    )
    return bool(marked and _is_word(marked["word"]) and not EXAMPLE.match(clean))


class Manner:
    """How this Dictionary writes its words, learnt from its first one: in small letters or with a capital."""

    def __init__(self) -> None:
        self.small: bool | None = None

    def heading(self, text: str) -> str:
        """The word that a heading is, or nothing."""
        return self._known(text) if self.is_word(text) else ""

    def split(self, text: str, after: str) -> tuple[str, str]:
        """The word that a paragraph begins, if it does, and the rest of it. `after` is the next paragraph."""
        text = text.strip()
        if EXAMPLE.match(without_bullet(text)):
            return "", text
        if text.startswith("| "):
            return self._of_row(text)
        if is_furniture(text):
            return "", text
        for word, rest in self._ways(without_bullet(text), bulleted=bool(BULLET.match(text)), after=after):
            if self.is_word(word):
                return self._known(word), rest
        return "", text

    def is_word(self, text: str) -> bool:
        """Whether `text` could be a word here."""
        clean = _clean(text)
        if not _is_word(clean) or _END.match(clean):
            return False
        small = clean[:1].islower()
        return self.small is None or self.small == small or clean.split()[0].isupper()

    def _known(self, word: str) -> str:
        clean = _clean(word)
        if self.small is None and not clean.split()[0].isupper():
            self.small = clean[:1].islower()
        return clean

    def _of_row(self, text: str) -> tuple[str, str]:
        cells = [cell.strip() for cell in text.removeprefix("| ").split(" | ")]
        heads = {"word", "words", "term", "meaning", "what it means", "definition", "example"}
        if len(cells) < 2 or _clean(cells[0]).lower() in heads or not _is_word(_clean(cells[0])):
            return "", "" if _clean(cells[0]).lower() in heads else text
        return self._known(cells[0]), "\n".join(filter(None, cells[1:]))

    def _ways(self, text: str, *, bulleted: bool, after: str) -> Iterator[tuple[str, str]]:
        for pattern in (_BOLD, _MARKED):
            match = pattern.match(text)
            if match:
                yield match["word"], match["rest"].lstrip(" :–—-\t")
        if bulleted:
            return
        first, _, rest = text.partition("\n")
        if rest and not rest.lstrip()[:1].islower() and not first.rstrip().endswith((".", "!", "?", ",")):
            yield first, rest
        run_in = _RUN_IN.match(text)
        if run_in and self.small is not False:
            yield run_in["word"], run_in["rest"]
        if not rest and _begins_sentence(after):
            yield first, ""


def _begins_sentence(text: str) -> bool:
    return text.strip()[:1].isupper() and not EXAMPLE.match(text) and len(text.split()) > 3


def _is_word(text: str) -> bool:
    """At most six words, none of them one that only goes on with a sentence, and no mark that ends one."""
    clean = _clean(text)
    words = clean.split()
    return (
        0 < len(words) <= 6
        and len(clean) <= LONGEST_WORD
        and words[0].lower() not in _NEVER_FIRST
        and not re.search(r"[.!?:;,•|]$|\d{3}", clean)
        and any(each.isalpha() for each in clean)
    )


def _clean(text: str) -> str:
    return re.sub(r"^[\s*_“\"‘#>-]+|[\s*_”\"’:–—-]+$", "", plain(text))
