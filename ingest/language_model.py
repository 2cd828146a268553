"""What tells languages apart: py3langid's model, unpacked once on a machine and mapped into memory after that.

py3langid unpacks its model anew in every process, which takes half a second and 200 MiB, and a file larger than a
reader process may write. Unpacked in a folder, all readers share it, and each loads what its texts touch.
"""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import io
import lzma
import os
import shutil
import tempfile
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from py3langid import langid

from ingest import wire

_LARGE = ("ptc", "nextmove")
"""Arrays that are mapped, 28 and 39 MB; the rest is read."""
_SMALL = ("pc", "classes", "nextmove_row", "out_feat")


@lru_cache(maxsize=1)
def identifier() -> langid.LanguageIdentifier:
    """What tells the language of a text, loaded once for a process.

    Raises `OSError` where there is no room to unpack it, `MemoryError` or `ValueError` where it cannot be loaded.
    """
    place = os.environ.get(wire.MODELS)
    if not place:
        return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    folder = Path(place) / f"py3langid-{version('py3langid')}"
    try:
        return _mapped(folder)
    except (OSError, ValueError, EOFError, BadZipFile):  # not there yet, or cut short by a crash of the machine
        return _mapped(_unpacked(folder))


def _mapped(folder: Path) -> langid.LanguageIdentifier:
    large = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _LARGE}
    with np.load(folder / "rest.npz", allow_pickle=False) as rest:
        small = {name: rest[name] for name in _SMALL}
    return langid.LanguageIdentifier(
        large["ptc"],
        small["pc"],
        small["classes"].tolist(),
        memoryview(large["nextmove"]),  # its items are ints, as a list's are
        small["out_feat"].tolist(),
        tk_row=small["nextmove_row"].tolist(),
    )


def _unpacked(folder: Path) -> Path:
    """`folder`, made whole at one stroke: another process may be at it too."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as name:
        made = Path(name) / "made"
        made.mkdir()
        _write(made)
        with suppress(OSError):  # another process was first
            made.rename(folder)
    return folder


def _write(folder: Path) -> None:
    with lzma.open(langid.MODEL_DIR / langid.MODEL_FILE) as packed:
        held = io.BytesIO(packed.read())
    with np.load(held, allow_pickle=False) as model:
        for name in _LARGE:
            np.save(folder / f"{name}.npy", model[name])
        np.savez(folder / "rest.npz", **{name: model[name] for name in _SMALL})
