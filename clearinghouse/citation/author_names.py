"""Authors' names, as a title page has them, in the parts that citation styles ask for."""

from __future__ import annotations

import re
import unicodedata

#: Of a name in CSL-JSON: ``family``, ``given``, ``non-dropping-particle``, ``suffix``; or ``literal`` alone.
NameParts = dict[str, str]

#: Words that a person's name has not. Not those that are also family or given names, such as House or Victoria.
_ORGANISATION = re.compile(
    r"""[0-9(/@&]|\b(?:
        academy|agency|alliance|association|australian?|authority|bureau|cent(?:er|re)|clearing|clinic|coalition
        |collective|college|commission|committee|company|consortium|consumers|cooperative|co-operative|corporation
        |council|department|division|faculty|federation|forum|foundation|government|group|health|healthcare|hospital
        |inc|incorporated|initiative|institute|institution|laboratory|library|limited|ltd|ministry|national|networks?
        |nsw|organi[sz]ation|panel|partnership|program|programme|project|publishing|queensland|secretariat
        |services?|society|taskforce|team|tribunal|university|workforce|and|of|for|the
    )\b|\.(?:au|com|org|net|gov|edu)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DEGREES = re.compile(r"(?:,\s*(?:PhD|Ph\.D\.?|DPhil|MD|M\.D\.|MPH|MSW|MSc|MA|BA|BSc|RN|OT|OAM|AM|AO))+$")
_SUFFIX = re.compile(r"\s+((?:Jr|Sr)\.?|II|III|IV)$")
_INITIALS_LAST = re.compile(r"(?P<family>[^,]*\w[^,]*?)\s(?P<given>[A-Z]{1,3})")
_SUFFIX_ALONE = re.compile(r"(?:Jr|Sr)\.?|II|III|IV", re.IGNORECASE)


def parts(name: str, *, organisations: tuple[str, ...] = ()) -> NameParts:
    """A name in parts, or whole as a ``literal`` where it has none: an organisation, a single name, or a name in a
    script whose order of names cannot be told.

    Reads ``Given Family``, ``Family, Given``, ``Family, Jr., Given`` and ``Family GH`` (as PubMed writes). Small
    words before the family name (``van``, ``de la``) are its particle, by BibTeX's rule: it begins with a small
    letter. `organisations`: names known to be those of organisations.
    """
    whole = _DEGREES.sub("", " ".join(name.split())).strip(" ,")
    if whole in organisations or not _is_a_person(whole):
        return {"literal": whole}
    family, *others = (each.strip() for each in whole.split(","))
    if others:
        suffix = next((each for each in others if _SUFFIX_ALONE.fullmatch(each)), "")
        given = ", ".join(each for each in others if each != suffix)
        if suffix and not given:
            return parts(family) | {"suffix": suffix}
        return _said(*_particle(family), given, suffix) if family and given else {"literal": whole}
    last = _SUFFIX.search(whole)
    suffix, rest = (last[1], whole[: last.start()]) if last else ("", whole)
    initials = _INITIALS_LAST.fullmatch(rest)
    if initials:
        return _said(*_particle(initials["family"]), initials["given"], suffix)
    return _given_first(rest, suffix)


def inverted(name: NameParts) -> str:
    """`name` as catalogues and RIS files write it: ``van den Berg, Bo, Jr.``; a literal as it is."""
    if "literal" in name:
        return name["literal"]
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return ", ".join(filter(None, (family, name.get("given"), name.get("suffix"))))


def _is_a_person(whole: str) -> bool:
    if " " not in whole or _ORGANISATION.search(whole):
        return False
    if "," in whole:
        return whole.count(",") <= 2
    return len(whole.split()) <= 6 and all(_has_known_order(each) for each in whole if each.isalpha())


def _has_known_order(letter: str) -> bool:
    """Whether names in this letter's script are commonly written given name first, and parted by spaces."""
    return unicodedata.name(letter, "").startswith(("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "MODIFIER"))


def _given_first(rest: str, suffix: str) -> NameParts:
    words = rest.split()
    # The particle begins at the first small word after the given name; without one, the family name is one word.
    at = next((number for number, word in enumerate(words[:-1]) if number and word[0].islower()), len(words) - 1)
    return _said(*_particle(" ".join(words[at:])), " ".join(words[:at]), suffix)


def _particle(family: str) -> tuple[str, str]:
    """(particle, family name): the small words at the beginning, and the rest."""
    words = family.split()
    small = 0
    while small < len(words) - 1 and words[small][0].islower():
        small += 1
    return " ".join(words[:small]), " ".join(words[small:])


def _said(particle: str, family: str, given: str, suffix: str = "") -> NameParts:
    named = {"family": family, "given": given, "non-dropping-particle": particle, "suffix": suffix}
    return {part: value for part, value in named.items() if value}
