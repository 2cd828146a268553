"""The processes that read documents: what one may cost, and a beginning before the program itself is loaded.

It takes a while to load the database's library, and as long what readers need; on two cores both are done at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from clearinghouse.settings import Settings
from ingest.reader import Limits
from ingest.sandbox import Early

_early: list[Early] = []


@contextmanager
def begun(settings: Settings) -> Iterator[None]:
    """Begin what readers start from, which `early` gives to whoever asks first within the block."""
    made = Early(limits(settings))
    made.begin()
    _early.append(made)
    try:
        yield
    finally:
        if made in _early:
            _early.remove(made)
        made.end()


def early(settings: Settings) -> Early | None:
    """What was begun for these settings, once; None where nothing was."""
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
