"""Help lines as a TOML file that a person can edit, checked before any of it may be loaded.

`clearinghouse/facts/help_lines.toml` is one. A wrong number here may be rung by somebody in danger, so a file is
taken whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from clearinghouse import vocabulary
from clearinghouse.errors import Invalid
from clearinghouse.facts import toml_text

#: The least that stands on every page: 000, and this many lines that answer day and night.
LEAST_ALWAYS = 2
EMERGENCY = "000"

_PARTS = re.compile(r"\+?[0-9]+(?:[ -][0-9]+)*")
#: Numbers that can be rung in Australia, by its Telecommunications Numbering Plan: 000; 106 (emergency by text
#: phone); 13 and 4 digits; 1300 or 1800 and 6; 180 and 4; 02, 03, 04, 05, 07 or 08 and 8; and those with +61.
_DIALLED = re.compile(r"000|106|13\d{4}|1[38]00\d{6}|180\d{4}|0[234578]\d{8}|\+61[234578]\d{8}")
_MOBILE = re.compile(r"04\d{8}|\+614\d{8}|13\d{4}|106|1[38]00\d{6}")
_WEB = re.compile(r"https?://[^\s/]+\.[^\s]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A help line as a file has it."""

    name: str
    number: str
    hours: str
    source: str
    text_number: str = ""
    jurisdiction: str = "National"
    who: str = ""
    link: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    check_by: date | None = None
    always: bool = False


#: Order of keys in a file: as a curator reads them.
_KEYS = (
    "name",
    "number",
    "text_number",
    "hours",
    "jurisdiction",
    "who",
    "link",
    "source",
    "checked_on",
    "checked_by",
    "check_by",
    "always",
)
_DAYS = ("checked_on", "check_by")


def read(text: str) -> list[Line]:
    """The lines of a TOML file. Raises `Invalid`, with a line for each fault, where anything in it is wrong."""
    lines = [_line(row) for row in toml_text.rows(text, "line", "help lines", _wrong_in)]
    wrong = [
        f"Help line “{line.name or number}”: {fault}"
        for number, line in enumerate(lines, 1)
        for fault in faults(line)
    ]
    wrong += together(lines)
    if wrong:
        raise Invalid("\n".join(wrong))
    return lines


def _wrong_in(row: Mapping[str, Any], number: int) -> Iterator[str]:
    return (f"Help line “{row.get('name') or number}”: {fault}" for fault in _wrong_keys(row))


def write(lines: Sequence[Line], head: str) -> str:
    """`lines` as TOML, below the comment `head`."""
    return head + toml_text.tables("line", [_table(line) for line in lines])


def faults(line: Line) -> Iterator[str]:
    """What is wrong with one line, a sentence each."""
    if not line.name:
        yield "it has no name; say what the service is called."
    yield from _wrong_numbers(line)
    if not line.hours:
        yield "it has no hours; say when somebody answers, such as “24 hours, every day”."
    if not line.source:
        yield "it has no source; say where the number was found, such as the service's own page."
    for what, address in (("link", line.link), ("source", line.source)):
        if address and not _WEB.fullmatch(address):
            yield f"its {what} “{address}” is not a web address; it must begin with https:// or http://."
    if line.jurisdiction not in vocabulary.JURISDICTIONS:
        known = ", ".join(vocabulary.JURISDICTIONS)
        yield f"there is no jurisdiction “{line.jurisdiction}”; known are {known}."
    yield from _wrong_days(line)


def together(lines: Sequence[Line]) -> Iterator[str]:
    """What is wrong with the lines as a list: every page must have 000 and two that answer day and night."""
    names: set[str] = set()
    for line in lines:
        if line.name.casefold() in names:
            yield f"Two help lines are called “{line.name}”; give each a name of its own."
        names.add(line.name.casefold())
    always = [line for line in lines if line.always]
    if not any(digits(line.number) == EMERGENCY for line in always):
        yield "000 must stand on every page; give it “always = true”."
    night = [line for line in always if digits(line.number) != EMERGENCY and is_day_and_night(line.hours)]
    if len(night) < LEAST_ALWAYS:
        yield (
            "Two lines that answer 24 hours, besides 000, must stand on every page, and "
            f"{'none does' if not night else 'only ' + night[0].name + ' does'}; give them “always = true”."
        )


def is_day_and_night(hours: str) -> bool:
    """Whether somebody answers at any time, by how `hours` begin: `24 hours, every day`, `24/7`."""
    return re.match(r"24\s*(?:/\s*7|-?\s*hours?)\b", hours.strip(), re.IGNORECASE) is not None


def digits(number: str) -> str:
    """A number without the spaces that people say it with."""
    return re.sub(r"[ -]", "", number.strip())


def _wrong_numbers(line: Line) -> Iterator[str]:
    if not line.number:
        yield "it has no number; say which to ring."
    elif not (_PARTS.fullmatch(line.number) and _DIALLED.fullmatch(digits(line.number))):
        yield f"“{line.number}” cannot be dialled in Australia; write a whole number, such as 13 11 14."
    if line.text_number and not (
        _PARTS.fullmatch(line.text_number) and _MOBILE.fullmatch(digits(line.text_number))
    ):
        yield f"“{line.text_number}” cannot be sent a text; write a whole number, such as 0477 13 11 14."


def _wrong_days(line: Line) -> Iterator[str]:
    if line.checked_on and line.checked_on > _today():
        yield f"it says it was checked on {line.checked_on}, which is yet to come; give the day somebody did."
    if line.check_by and not line.checked_on:
        yield f"it is to be checked by {line.check_by} and has no day on which it was; leave both out until it is."
    elif line.check_by and line.checked_on and line.check_by <= line.checked_on:
        yield f"it was checked on {line.checked_on}, so it cannot be due by {line.check_by}; give a later day."


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day where the library stands


def _wrong_keys(row: Mapping[str, Any]) -> Iterator[str]:
    for key, value in row.items():
        if key not in _KEYS:
            yield f"there is no “{key}”; known are {', '.join(_KEYS)}."
        elif key in _DAYS:
            if not isinstance(value, date) or isinstance(value, datetime):
                yield f"“{key}” must be a day without quotation marks, such as 2026-11-22."
        elif key == "always":
            if not isinstance(value, bool):
                yield "“always” must be true or false."
        elif not isinstance(value, str):
            yield f"“{key}” must be words in quotation marks."


def _line(row: Mapping[str, Any]) -> Line:
    values: dict[str, Any] = {"name": "", "number": "", "hours": "", "source": "", **row}
    for key, value in values.items():
        if isinstance(value, str):
            values[key] = " ".join(value.split())
    return Line(**values)


def _table(line: Line) -> dict[str, toml_text.Value]:
    values = {each.name: getattr(line, each.name) for each in fields(line)}
    return {key: values[key] for key in _KEYS if values[key] not in (None, "", False)}
