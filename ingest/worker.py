"""A reader process: reads one document after another as its keeper asks (see `reader`)."""

from __future__ import annotations

import contextlib
import errno
import math
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest import fingerprint, formats, language, ocr, quality, reading_level, told, wire
from ingest.bounds import bounded
from ingest.errors import Damaged, IngestProblem, TooLarge
from ingest.extract import extract, extract_again
from ingest.extracted import Extracted
from ingest.ocr import Eye

_GRACE = 5
_OUT_OF_FILES = {errno.EMFILE, errno.ENFILE}
_OUT_OF_ROOM = {errno.EFBIG, errno.ENOSPC, errno.EDQUOT}


def prepare() -> None:
    """Load what is asked of nearly every text."""
    quality.prepare()


def answer_requests(out: int, memory: int, seconds: float) -> None:
    """Answer requests from standard input to `out` until it closes, or this process has grown too much.

    `memory`: the bytes of address space that it is bound to. `seconds`: after which it ends over a document.
    """
    while request := _request():
        _end_after(seconds)
        result, spent = _read(request, memory)
        eye = _eye(request, result)
        if eye and not spent:
            # should text recognition end badly, what is known already is not lost
            _write(out, _framed(result, request["name"], goes_on=True))
            _end_after(seconds + eye.seconds)
            result, spent = _read(request, memory, eye)
        _write(out, _framed(result, request["name"], spent=spent))
        _end_after(0)
        if spent:
            return


def _end_after(seconds: float) -> None:
    """Should the parent hang too, this process still ends; never, where `seconds` is 0."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, math.ceil(seconds) + _GRACE if seconds else 0)


def _eye(request: dict[str, Any], result: Extracted | IngestProblem) -> Eye | None:
    """What reads the document's pictures of text; None where it has none, or where nothing here can."""
    if isinstance(result, IngestProblem) or not formats.of(request["media_type"]).pictured or request.get("again"):
        return None
    return ocr.eye(result.pages, request["language"] or result.language, **request["ocr"])


def _read(request: dict[str, Any], memory: int, eye: Eye | None = None) -> tuple[Extracted | IngestProblem, bool]:
    """The result, and whether this process has grown so much that another should take over."""
    name = request["name"]
    try:
        path, media_type = Path(request["path"]), request["media_type"]
        again = request.get("again", False)
        found = bounded(extract_again(path, media_type, name) if again else extract(path, media_type, name, eye))
        found = told.told(replace(found, pages=quality.judged(found.pages)))
        if not request["language"]:  # a curator's word on it leaves nothing to tell
            found = language.told(found)
        found = replace(
            found,
            schooling=reading_level.years(found.pages, found.language),
            fingerprint=fingerprint.of(found.pages),
        )
    except IngestProblem as problem:
        return problem, False
    except MemoryError:
        return TooLarge(
            f"{name} needs more memory than the {memory >> 20} MiB allowed: split it, or raise the limit."
        ), True
    except OSError as error:
        return _refused_by_the_system(error, name), True
    except Exception as error:  # a reader's own fault must not end the batch; the name helps a bug report
        return Damaged(
            f"{name} could not be read ({type(error).__name__}): open it, save it again and add that copy."
        ), True
    return found, _address_space() > memory // 2


def _framed(result: Extracted | IngestProblem, name: str, *, spent: bool = False, goes_on: bool = False) -> bytes:
    with contextlib.suppress(MemoryError):
        framed = wire.frame(wire.answer(result, spent=spent, goes_on=goes_on))
        if len(framed) <= wire.MAX_FRAME:
            return framed
    return wire.frame(wire.answer(TooLarge(f"{name} says more than can be kept: split it."), spent=True))


def _refused_by_the_system(error: OSError, name: str) -> IngestProblem:
    if error.errno in _OUT_OF_FILES:
        return TooLarge(f"{name} needs more files open at one time than reading a document may: split it.")
    if error.errno in _OUT_OF_ROOM:
        return TooLarge(
            f"{name} needs more room for its parts than the disk or one document's share of it has: "
            "split it, or make room."
        )
    return Damaged(f"{name} could not be read ({error.strerror}): open it, save it again and add that copy.")


def _request() -> dict[str, Any] | None:
    header = _exactly(wire.HEADER.size)
    body = _exactly(*wire.HEADER.unpack(header)) if header else b""
    return wire.message(body) if body else None


def _exactly(size: int) -> bytes:
    """`size` bytes of standard input; empty where it closed."""
    held = b""
    while len(held) < size:
        block = os.read(0, size - len(held))
        if not block:
            return b""
        held += block
    return held


def _write(out: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(out, view[: 1024 * 1024]) :]


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
