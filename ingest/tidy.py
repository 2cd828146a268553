"""Light repair of text: what readers would stumble over is mended, what the author wrote is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF0FC, 0x25CF, 0x2022, 0x25AA, 0xF02D), "•")
_NOTHING = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF), "")
_SPACES = dict.fromkeys((0x09, 0x0B, 0xA0, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200B)), " ")
_LINES = dict.fromkeys((0x85, 0x2028), "\n") | {0x2029: "\n\n"}
_REPAIR = _LIGATURES | _BULLETS | _NOTHING | _SPACES | _LINES
_REPAIRED = re.compile("[" + "".join(map(chr, _REPAIR)) + "]")
_LEADER = re.compile(r" ?(?:\. ?){4,}")
_SYMBOL = re.compile("^[\ue000-\uf8ff](?=\\s)", re.M)
_BROKEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LOST_SPACE = re.compile("(?<!\\S)\ufffd++|(?<!\ufffd)\ufffd++(?!\\S)")
_SPACES_TOGETHER = re.compile(" {2,}")
_LINES_TOGETHER = re.compile("\n{3,}")
_CUT = re.compile("\x02|[-\u2010]\n")
_WORD = re.compile(r"\w+")
_REST = re.compile(r"[^\W\d_]\w*")
_KEEPS_HYPHEN = {"self", "peer"}
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
"""Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
_UNSPACED = re.compile(f"[{UNSPACED}]")
_HYPHENATED = re.compile(r"(?<!\w)\w+-\w+")
#: What NFKC would put on the word before it: the number of a note ("recovery²"), a fraction ("2½").
_NOTE = re.compile(r"(?<=[^\W\d_]{4})(?=[⁰¹²³⁴-⁹]+(?!\w))|(?<=\d)(?=[¼-¾⅐-⅞])")
_RAISED = re.compile("[⁰¹²³⁴-⁹¼-¾⅐-⅞]")
#: Accents that old programs draw as letters of their own, before the one they belong to.
_ACCENTS = {"´": "\u0301", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "¸": "\u0327"}
_ACCENT = re.compile("[´¨ˆ˜ˇ¸]")
_LOOSE_ACCENT = re.compile(r"(?:(?<=[^\W\d_])(´)|([¨ˆ˜ˇ¸]))([aeiouycnszAEIOUYCNSZı])")


def text(raw: str) -> str:
    """`raw` with ligatures spelled out and without control characters, lone surrogates or soft hyphens.

    Lines keep their breaks; runs of spaces become one, and no more than one blank line stands together.
    """
    clean = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n")
    is_plain = clean.isascii()
    clean = clean.replace("\t", " ").replace("\x0b", " ") if is_plain else _REPAIRED.sub(_repaired, clean)
    if not clean.replace("\n", "").isprintable():  # told much sooner than what it is
        clean = _SYMBOL.sub("•", _BROKEN.sub("", clean))  # a font's own sign before a line is a bullet
    if "\ufffd" in clean:
        clean = _LOST_SPACE.sub("", clean)
    return unicodedata.normalize("NFC", _spaced(clean))


def searchable(raw: str) -> str:
    """`raw` repaired as by `text`, and in Unicode's NFKC: letters that only look different are the same."""
    clean = text(raw)
    if "...." in clean or ". . . ." in clean:
        clean = _LEADER.sub(" ... ", clean)
    if clean.isascii():
        return clean
    if _ACCENT.search(clean):
        clean = _LOOSE_ACCENT.sub(_joined_accent, clean)
    if _RAISED.search(clean):
        clean = _NOTE.sub(" ", clean)
    # compatibility forms can bring spaces with them
    return _spaced(unicodedata.normalize("NFKC", clean).replace("\u2010", "-"))


def _repaired(sign: re.Match[str]) -> str:
    return str(_REPAIR[ord(sign.group())])


def _spaced(text: str) -> str:
    if "  " in text:
        text = _SPACES_TOGETHER.sub(" ", text)
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    return (_LINES_TOGETHER.sub("\n\n", text) if "\n\n\n" in text else text).strip()


def line(raw: str) -> str:
    """`raw` repaired and on one line, as for a title or a name."""
    return " ".join(text(raw).split())


def join_broken_words(raw: str, known: AbstractSet[str]) -> str:
    """`raw` with words put together that were cut at a line's end, or left with the hyphen they have.

    `known` holds the document's other words (see `vocabulary`), which tell the one from the other: ``lived-``
    and ``experience`` are a compound where both stand elsewhere, ``responsi-`` and ``bility`` are not. U+0002
    is how PDFium marks a hyphen that ended a line.
    """

    if not _CUT.search(raw):
        return raw
    pieces: list[str] = []
    end = 0
    for start, first, second, after in _cuts(raw):
        if start < end:  # a word cut twice: its middle is said already
            pieces[-1] += _mended("", second, known)
        else:
            pieces += [raw[end:start], _mended(first, second, known)]
        end = after
    return "".join([*pieces, raw[end:]]).replace("\x02", "-")


def vocabulary(raw: str) -> frozenset[str]:
    """The words of `raw` in small letters, those with a hyphen too, but no halves from the ends of lines.

    Empty where no word is cut, as nothing is asked of it then.
    """
    if not _CUT.search(raw):
        return frozenset()
    end, pieces = 0, []
    for start, _, _, after in _cuts(raw):
        pieces.append(raw[end : max(start, end)])
        end = after
    whole = " ".join([*pieces, raw[end:]]).lower()
    return frozenset(_HYPHENATED.findall(whole)).union(_WORD.findall(whole))


def _cuts(raw: str) -> Iterator[tuple[int, str, str, int]]:
    """Where a word begins that the end of a line cuts, its two parts, and where the second ends."""
    for cut in _CUT.finditer(raw):
        second = _REST.match(raw, cut.end())
        start = cut.start()
        while start and (raw[start - 1].isalnum() or raw[start - 1] == "_"):
            start -= 1
        if second and start < cut.start():
            yield start, raw[start : cut.start()], second.group(), second.end()


def _mended(first: str, second: str, known: AbstractSet[str]) -> str:
    joined, compound = first + second, f"{first}-{second}"
    if not first:
        return second
    if not second[0].islower() or first[-1].isdigit() or compound.lower() in known:
        return compound
    if first.lower() in _KEEPS_HYPHEN:
        return compound
    if joined.lower() in known or len(first) < 3 or len(second) < 4:
        return joined
    return compound if first.lower() in known and second in known else joined


def count_words(clean: str) -> int:
    """Number of words; in scripts that put no space between words, two letters are taken for one."""
    if clean.isascii():
        return len(clean.split())
    unspaced = len(_UNSPACED.findall(clean))
    return len(_UNSPACED.sub(" ", clean).split() if unspaced else clean.split()) + (unspaced + 1) // 2


def unreadable(clean: str) -> int:
    """How many characters of `clean` stand for ones that were lost (U+FFFD)."""
    return clean.count("\ufffd")


def _joined_accent(found: re.Match[str]) -> str:
    letter = "i" if found.group(3) == "ı" else found.group(3)
    return unicodedata.normalize("NFC", letter + _ACCENTS[found.group(1) or found.group(2)])
