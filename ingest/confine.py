"""What a reader process denies itself before it opens what a stranger made: memory, files, network.

Linux does all of it. Elsewhere what the system lacks is left out; the limits on time and on what comes back are
the keeper's (`ingest.reader`) and hold everywhere.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path

OPEN_FILES = 256
"""Files open at one time; LibreOffice, which a reader may start, needs about a hundred."""
WRITTEN = 64 * 1024 * 1024
"""Bytes of one file that is written."""
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def confine(memory: int, parent: int) -> None:
    """Bound this process, which has one thread, and what it starts, to `memory` bytes of address space each.

    It ends with the process `parent`, gains no rights by any program it starts, and reaches no network where the
    system allows a process to give that up.
    """
    if sys.platform == "linux":
        end_with(parent)
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _leave_the_network()
    _limit(memory)


def end_with(parent: int) -> None:
    """End when the process `parent` does, even while a library loops and never looks at standard input."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the line above
        sys.exit(1)


def left_to_the_keeper() -> None:
    """Do not end by Ctrl-C, nor with the terminal: the keeper is told too, and ends this process in its time."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def _leave_the_network() -> None:
    """Go on in a network of its own, which leads nowhere.

    Root may do that; others only with a user namespace of their own, in which they stay who they are. Where the
    system allows neither (some containers), nothing that reads a document asks for the network anyway.
    """
    system = ctypes.CDLL(None)
    user, group = os.geteuid(), os.getegid()
    if system.unshare(_CLONE_NEWNET) == 0 or system.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has none; time limits still hold
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, WRITTEN),
    ):
        hard = resource.getrlimit(kind)[1]
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS
            resource.setrlimit(kind, (value, value))
