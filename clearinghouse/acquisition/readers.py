"""The processes that read documents: what one may cost, and one that begins before the program itself is loaded.

It takes a while to load the database's library, and as long to load a reader; on two cores both are done at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from clearinghouse.settings import Settings
from ingest.sandbox import Early, Limits

_early: list[Early] = []


@contextmanager
def begun(settings: Settings) -> Iterator[None]:
    """Begin a reader, which `early` gives to whoever asks first within the block."""
    made = Early(limits(settings))
    _early.append(made)
    try:
        yield
    finally:
        if made in _early:
            _early.remove(made)
        made.end()


def early(settings: Settings) -> Early | None:
    """The reader that was begun for these settings, once; None where none was."""
    made = next((each for each in _early if each.limits == limits(settings)), None)
    if made is not None:
        _early.remove(made)
    return made


def limits(settings: Settings) -> Limits:
    """What reading one document may cost, by the settings."""
    return Limits(
        settings.extract_seconds,
        settings.extract_memory << 20,
        settings.ocr_seconds,
        settings.ocr_pages,
        settings.ocr_languages,
    )
