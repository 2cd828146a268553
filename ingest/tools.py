"""Programs that read what Python alone cannot, used where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

_SUITES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_TURNS = "osd"
"""Tesseract's data for which way up a page is."""
_NOT_LANGUAGES = {_TURNS, "equ", "snum"}
_DIES_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


@cache
def libreoffice() -> Path | None:
    """LibreOffice's program, which reads old Word and PowerPoint files; None where it is not installed."""
    for name in _SUITES:
        found = shutil.which(name)
        if found:
            real = Path(found).resolve()
            # the script that starts it leaves a process of its own between it and us, which outlives a kill
            binary = real.with_name("soffice.bin")
            return binary if binary.exists() else real
    return None


@cache
def offline() -> tuple[str, ...]:
    """Words to put before a command so that it has no network; none where the system does not allow that."""
    without = ("unshare", "--map-current-user", "--net", "--")
    try:
        tried = subprocess.run([*without, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return () if tried.returncode else without


def with_parent() -> Callable[[], None] | None:
    """What a child runs before its program, so that it ends when this process does; None but on Linux."""
    if not hasattr(os, "fork") or not Path("/proc/self/statm").exists():
        return None
    import ctypes
    import signal

    library = ctypes.CDLL(None)
    return lambda: library.prctl(_DIES_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


@cache
def pytesseract() -> Any:
    """What runs Tesseract, which ends with this process: one that outlived a kill would have nobody to stop it."""
    import pytesseract as found  # type: ignore[import-untyped]
    from pytesseract import pytesseract as within

    given = within.subprocess_args
    within.subprocess_args = lambda *said: {**given(*said), "preexec_fn": with_parent()}
    return found


@cache
def tesseract_languages() -> tuple[str, ...]:
    """Languages that Tesseract has here, by its own names (``eng``); none where it is not installed."""
    return tuple(one for one in _tesseract_data() if one not in _NOT_LANGUAGES)


def tesseract_version() -> str:
    """Such as ``5.3.0``; empty where it is not installed."""
    try:
        return str(pytesseract().get_tesseract_version())
    except (RuntimeError, OSError, SystemExit):  # the last where it is not found, or says no version
        return ""


@cache
def tesseract_turns() -> bool:
    """Whether Tesseract can tell that a page lies on its side."""
    return _TURNS in _tesseract_data()


@cache
def _tesseract_data() -> tuple[str, ...]:
    try:
        return tuple(sorted(pytesseract().get_languages()))
    except (RuntimeError, OSError, ValueError):  # not installed, or not whole
        return ()
