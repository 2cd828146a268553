"""The words of an enquiry: what may be written, how a reference is spelt, and where somebody is named."""

from __future__ import annotations

import re
import secrets
from dataclasses import astuple, dataclass

#: Most characters kept of each field; more comes back to the visitor, whole, with a sentence.
MOST_NEED, MOST_REACH, MOST_NICKNAME = 5_000, 300, 80

#: Letters and figures that neither look nor sound like one another, and no vowels, so that no word comes out.
_SAID_ALOUD = "HJKMQRWXY34679"
_HALF = 4
#: Everything that moves a cursor or rings a bell, except the new line and the tab; and halves of a character.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LONG_ENOUGH_TO_BE_A_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Question:
    """What a visitor wrote. Made with `written`."""

    need: str = ""
    audience: str | None = None
    reach: str = ""
    """How to reach them, in their own words."""
    may_leave_message: bool = False
    nickname: str = ""

    def everything(self) -> tuple[object, ...]:
        """The value of every field."""
        return astuple(self)


def clean(text: str) -> str:
    """`text` as it was typed, without control characters and without empty space around it."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    """`clean`, on one line."""
    return " ".join(clean(text).split())


def faults(question: Question) -> dict[str, str]:
    """Field to one sentence that says what to do; empty where the enquiry can be kept."""
    found = {}
    if not question.need:
        found["need"] = "Write what you need. A few words are enough."
    for name, most in (("need", MOST_NEED), ("reach", MOST_REACH), ("nickname", MOST_NICKNAME)):
        length = len(getattr(question, name))
        if length > most:
            found[name] = (
                f"This is {length:,} characters long, and there is room for {most:,}. "
                "Nothing is lost: please make it shorter, or send the rest as a second question."
                if name == "need"
                else f"This is {length:,} characters long, and there is room for {most:,}. Please make it shorter."
            )
    return found


def new_reference() -> str:
    """What a visitor keeps, such as ``KM3R-7WHX``: easy to read out, and says nothing of anybody."""
    letters = "".join(secrets.choice(_SAID_ALOUD) for _ in range(2 * _HALF))
    return f"{letters[:_HALF]}-{letters[_HALF:]}"


def reference(typed: str) -> str:
    """A reference as it is kept, however it was typed: ``km3r 7whx`` is ``KM3R-7WHX``."""
    letters = re.sub(r"[^0-9A-Z]", "", typed.upper())
    return f"{letters[:_HALF]}-{letters[_HALF:]}" if len(letters) > _HALF else letters


def named_in(text: str, reference: str, nickname: str, reach: str) -> str:
    """What `text` gives away of somebody, in words such as ``their nickname “Sam”``; empty for nothing."""
    folded = text.casefold()
    if reference.casefold() in folded or reference.replace("-", "").casefold() in folded:
        return f"their reference “{reference}”"
    if nickname and re.search(rf"(?<!\w){re.escape(nickname.casefold())}(?!\w)", folded):
        return f"their nickname “{nickname}”"
    digits = re.sub(r"\D", "", text)
    for word in (reach, *reach.split()):
        if "@" in word and word.casefold().strip(".,;<>()") in folded:
            return f"how to reach them, “{word}”"
    number = re.sub(r"\D", "", reach)
    if len(number) >= _LONG_ENOUGH_TO_BE_A_NUMBER and number in digits:
        return f"how to reach them, “{reach}”"
    return ""
