"""Words that mean the same: British and American spellings, and the endings of English words."""

from __future__ import annotations

import re
from collections.abc import Callable

from whoosh.lang.porter import stem as porter

_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

# Each rule maps both spellings to one. What stands before the ending has a least length, so that a
# rule treats every form of a word alike: "rise" and "rising" stay as they are, "realise" and
# "realising" both change.
_RULES: tuple[_Rule, ...] = (
    (
        re.compile(r"^(?!precis|concis|incis)([a-z]{3,}[^v])is(e|ed|es|er|ers|ing|ation|ations|ational)$"),
        r"\1iz\2",
    ),
    (re.compile(r"^([a-z]{3,})ys(e|ed|es|er|ers|ing)$"), r"\1yz\2"),
    (
        re.compile(r"^([a-z]{3,})our(s|ed|ing|er|ers|al|ally|ite|ites|able|ful|less|hoods?|y)?$"),
        lambda match: f"{match[1]}or{match[2] or ''}",
    ),
    (re.compile(r"^([a-z]*(?:cent|theat|fib|lit|calib|spect|lust|met))re(s?)$"), r"\1er\2"),
    (re.compile(r"^(counsel|travel|model|label|cancel|enrol|fulfil|instal|marvel)l"), r"\1"),
    (re.compile(r"p(a)ed"), "ped"),
    (re.compile(r"haem|an(a)esth|gyn(a)ec|oestr|foet|rrhoea"), lambda match: _unligatured(match[0])),
)
_HINT = re.compile(r"is[aei]|ys[ei]|our|re|l{2}|ae|oe")
"""A word without any of these fits no rule; most words do not."""

_SAME = {
    "analysis": "analyze",
    "programme": "program",
    "programmes": "programs",
    "licence": "license",
    "licences": "licenses",
    "defence": "defense",
    "offence": "offense",
    "offences": "offenses",
    "practise": "practice",
    "practised": "practiced",
    "practises": "practices",
    "practising": "practicing",
    "ageing": "aging",
    "grey": "gray",
    "judgement": "judgment",
    "judgements": "judgments",
    "sceptical": "skeptical",
    "cert": "certificate",
    "certs": "certificates",
}

_OTHERWISE = (
    *(("ped", "paed"), ("hem", "haem"), ("anesth", "anaesth"), ("gynec", "gynaec"), ("estr", "oestr")),
    *(("fet", "foet"), ("fiber", "fibre"), ("liter", "litre"), ("meter", "metre"), ("grai", "grey")),
    ("skeptic", "sceptic"),
)
"""Stems that differ early from a spelling they stand for: other rules change only what comes later."""

_APART = re.compile(
    r"^(organiz|experienc|experienti|communit|universit|authorit|emergenc|generation|several"
    r"|internation|important|department|personalit)"
)
"""Beginnings that Porter's rules would cut too short: experience would find experiment."""


_DOUBLED = re.compile(r"^(.*(?:[^aeiou]|qu)[aeiouy])([^aeiouylsz])\2(?:ed|ings?)$")
_WITHOUT_E = re.compile(r"^(.*(?:at|iz|[aeiouy].*bl))(?:ed|ings?)$")


def _restored(word: str) -> str:
    """`word` without an ending before which a letter was doubled, or an e dropped: running -> run, rated -> rate.

    Step 1b of M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980). Whoosh's own looks for these
    letters at the beginning of a word and leaves runn and facilitat, which no other form of the word has.
    """
    if word.endswith(("ed", "ing", "ings")):
        word = _WITHOUT_E.sub(r"\1e", _DOUBLED.sub(r"\1\2", word))
    return word


def _unligatured(word: str) -> str:
    return word.replace("ae", "e").replace("oe", "e")


def one_spelling(word: str) -> str:
    """`word` (lower case) in the spelling that stands for all its spellings: organise -> organize."""
    same = _SAME.get(word)
    if same is not None:
        return same
    if _HINT.search(word):
        for pattern, mended in _RULES:
            word = pattern.sub(mended, word)
    return word


def beginnings(stem: str) -> set[str]:
    """What every word of this stem begins with one of: at most four letters, since endings may change more.

    A test holds this over all English words.
    """
    if not (stem.isascii() and stem.isalpha()):
        return {stem}  # a number or a code, which is its own stem
    same = {stem.replace(one, other) for one, other in _OTHERWISE if one in stem}
    last_is_sure = len(stem) < 4 and stem[-1] not in "ei"  # party and parti, hoping and hope
    return {each[: min(4, max(1, len(each) - (not last_is_sure)))] for each in {stem, *same}}


def stem(word: str) -> str:
    """What `word` (folded, lower case) has in common with its other forms: workers, working -> work.

    Numbers, codes and words of other alphabets stay whole. "Carer" stays apart from "care".
    """
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    word = one_spelling(word)
    apart = _APART.match(word)
    return apart[1] if apart else str(porter(_restored(word)))  # type: ignore[no-untyped-call]
