"""How a reader process and its keeper speak: frames of JSON, never pickles.

A reader opens files that may be hostile. JSON can say nothing but data, so a reader that was taken over can
lie about one document and no more.
"""

from __future__ import annotations

import json
import struct
from dataclasses import fields
from typing import Any

from ingest import errors
from ingest.errors import Damaged, IngestProblem
from ingest.extracted import Extracted, Page

HEADER = struct.Struct("!Q")
"""Length of the frame that follows, in bytes."""
FORK, ENDED = b"f", b"e"
"""What the server of readers is asked: for a new one, whose pipes come with it; if the one whose number follows
has ended."""
NUMBER = struct.Struct("!q")
RUNNING = 1 << 32
"""Said in place of an exit status where there is none yet."""
MAX_FRAME = 160 * 1024 * 1024
"""Bytes of the longest answer: three times the text that is kept, for JSON writes some characters as several."""
MODELS = "CLEARINGHOUSE_MODELS"
"""The environment variable that names to a reader the folder where large tables are kept, unpacked for all."""

_PROBLEMS = {
    name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, IngestProblem)
}


def frame(message: dict[str, Any]) -> bytes:
    """`message` as bytes with their length before them; file names keep bytes that are not UTF-8."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return HEADER.pack(len(body)) + body


def message(body: bytes) -> dict[str, Any]:
    """What a frame's bytes say. Raises `ValueError` where they are not one JSON object."""
    said = json.loads(body)
    if not isinstance(said, dict):
        raise TypeError("a frame holds one JSON object")
    return said


def answer(result: Extracted | IngestProblem, *, spent: bool, goes_on: bool = False) -> dict[str, Any]:
    """The message for a result; `spent` asks for a new reader process, `goes_on` says that a better follows."""
    if isinstance(result, IngestProblem):
        return {"problem": type(result).__name__, "says": str(result), "spent": spent, "goes_on": goes_on}
    said = {**_fields(result), "pages": [_fields(page) for page in result.pages]}
    return {"extracted": said, "spent": spent, "goes_on": goes_on}


def _fields(thing: Extracted | Page) -> dict[str, Any]:
    return {each.name: getattr(thing, each.name) for each in fields(thing)}


def result(said: dict[str, Any]) -> Extracted | IngestProblem:
    """The result a message holds. Raises `KeyError`, `TypeError` or `ValueError` for any other message."""
    if "problem" in said:
        return _PROBLEMS.get(said["problem"], Damaged)(str(said["says"]))
    held = dict(said["extracted"])
    held["pages"] = tuple(Page(**page) for page in held["pages"])
    for name in ("authors", "keywords", "warnings", "fingerprint"):
        held[name] = tuple(held[name])
    return Extracted(**held)
