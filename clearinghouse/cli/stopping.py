"""A command that is told to end, by whatever, ends as with Ctrl-C: it says so, and leaves nothing behind."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_TOLD_BY = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""A service manager, a container or a shutdown; and a terminal that is closed."""


@contextmanager
def in_order() -> Iterator[None]:
    """Raise `KeyboardInterrupt` in the block where this process is told to end.

    What it was started to ignore (`nohup`) it goes on ignoring.
    """
    if threading.current_thread() is not threading.main_thread():  # no other may set signals
        yield
        return
    taken = [each for each in _TOLD_BY if signal.getsignal(each) is signal.SIG_DFL]
    for each in taken:
        signal.signal(each, _stop)
    try:
        yield
    finally:
        for each in taken:
            signal.signal(each, signal.SIG_DFL)


def _stop(_number: int, _frame: FrameType | None) -> None:
    for each in _TOLD_BY:  # a terminal says it twice, and what is being put in order must come to its end
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt
