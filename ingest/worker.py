"""A reader process: reads one document after another as `sandbox` asks, under limits it sets on itself.

Run as ``python -m ingest.worker MEMORY SECONDS PARENT``.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import math
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from ingest import fingerprint, quality, reading_level, wire
from ingest.errors import Damaged, IngestProblem, TooLarge
from ingest.extract import extract
from ingest.extracted import Extracted

MAX_TEXT = 50 * 1024 * 1024
"""Bytes of text kept of one document."""
_OPEN_FILES = 64
_WRITTEN = 64 * 1024 * 1024
_GRACE = 5
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Answer requests from standard input until it closes."""
    memory, seconds, parent = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process
    _end_with(parent)
    _limit(memory)
    logging.disable(logging.CRITICAL)
    out = os.dup(1)
    os.dup2(2, 1)  # what a library prints must not end up between two answers
    _write(out, wire.frame({"ready": True}))
    with contextlib.suppress(ImportError):
        import ingest.extract.pdf  # noqa: F401 - the usual kind of file, loaded while the parent is busy
    while request := _request():
        if hasattr(signal, "setitimer"):
            # should the parent hang too, this process still ends
            signal.setitimer(signal.ITIMER_REAL, math.ceil(seconds) + _GRACE)
        result, spent = _read(request, memory)
        _write(out, wire.frame(wire.answer(result, spent=spent)))
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        if spent:
            return


def bounded(extracted: Extracted, limit: int = MAX_TEXT) -> Extracted:
    """`extracted` with no more than `limit` bytes of text, and a warning where some was cut off."""
    left = limit
    for at, page in enumerate(extracted.pages):
        size = len(page.text.encode("utf-8", "replace"))
        if size > left:
            cut = page.text.encode("utf-8", "replace")[:left].decode("utf-8", "ignore")
            warning = f"The text is longer than can be kept; it was cut off on page {page.label}."
            kept = (*extracted.pages[:at], replace(page, text=cut))
            return replace(extracted, pages=kept, warnings=(*extracted.warnings, warning))
        left -= size
    return extracted


def _read(request: dict[str, str], memory: int) -> tuple[Extracted | IngestProblem, bool]:
    """The result, and whether this process has grown so much that another should take over."""
    name = request["name"]
    try:
        found = bounded(extract(Path(request["path"]), request["media_type"], name))
        found = replace(found, pages=quality.judged(found.pages))
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
    except Exception as error:  # a reader's own fault must not end the batch; the name helps a bug report
        return Damaged(
            f"{name} could not be read ({type(error).__name__}): open it, save it again and add that copy."
        ), True
    return found, _address_space() > memory // 2


def _request() -> dict[str, str] | None:
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


def _end_with(parent: int) -> None:
    """End when the parent does, even while a library loops and never looks at standard input."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the line above
        sys.exit(1)


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none; time limits still hold
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, _WRITTEN),
    ):
        hard = resource.getrlimit(kind)[1]
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS
            resource.setrlimit(kind, (value, value))


def _address_space() -> int:
    """Bytes of address space in use; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


if __name__ == "__main__":
    main()
