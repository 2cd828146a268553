"""From what a curator types to the files and addresses it stands for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.errors import Missing, Refused

_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*)://")
_LITTER = {"thumbs.db", "desktop.ini", "icon\r", "__macosx", "lost+found", "node_modules", "__pycache__"}
_LITTER_ENDS = ("~", ".tmp", ".part", ".crdownload", ".lock", ".swp")


def is_address(argument: str) -> bool:
    """Whether `argument` is an http or https address."""
    scheme = _SCHEME.match(argument.strip())
    return bool(scheme) and scheme.group(1).lower() in {"http", "https"} if scheme else False


def find(argument: str) -> Iterator[str]:
    """The files and addresses behind one argument, lazily, in a steady order.

    A file or address gives itself; a folder gives each file below it, without hidden files and what
    programs leave behind. Raises `Missing` when there is none, `Refused` for other kinds of address.
    """
    argument = argument.strip() if _SCHEME.match(argument.strip()) else argument
    if is_address(argument):
        yield argument
        return
    scheme = _SCHEME.match(argument)
    if scheme:
        raise Refused(_not_taken(argument, scheme.group(1).lower()))
    path = Path(argument)
    if not argument or not _exists(path):
        raise Missing(_not_there(argument, path))
    if not path.is_dir():
        yield argument
        return
    found = False
    for file in _below(path, set()):
        found = True
        yield str(file)
    if not found:
        raise Missing(f"There is no readable document in the folder {argument}: name a folder that holds some.")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return False


def _below(folder: Path, above: set[tuple[int, int]]) -> Iterator[Path]:
    """Every file below `folder`. `above` holds the folders on the way here, so that no link goes round."""
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: _natural(entry.name))
    except OSError:
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        return
    for entry in entries:
        if _is_litter(entry.name):
            continue
        path = folder / entry.name
        if path.is_dir():
            yield from _below(path, above | {here})
        elif path.is_file():
            yield path


def _is_litter(name: str) -> bool:
    folded = name.lower()
    return name.startswith((".", "~$")) or folded in _LITTER or folded.endswith(_LITTER_ENDS)


def _natural(name: str) -> list[tuple[int, int, str]]:
    """So that page 2 stands before page 10."""
    parts = re.split(r"([0-9]+)", name.lower())
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def _not_taken(argument: str, scheme: str) -> str:
    only = f"{argument} is no web address: only http and https addresses can be added"
    if scheme != "file":
        return f"{only}."
    return f"{only}. Give the path of the file alone: {unquote(urlsplit(argument).path)}"


def _not_there(argument: str, path: Path) -> str:
    if re.match(r"^(www\.|[\w-]+\.(com|org|net|gov|edu|au|uk|nz)(/|$|\.))", argument, re.I):
        return f"There is no file {argument}: for a web address, write https://{argument}"
    if argument.startswith("~") and _exists(path.expanduser()):
        return f"There is no file or folder {argument}: did you mean {path.expanduser()}?"
    folder = path.parent
    while not _exists(folder) and folder != folder.parent:
        folder = folder.parent
    wanted = path.relative_to(folder).parts[0] if path != folder else path.name
    near = get_close_matches(wanted.lower(), _names(folder), n=1, cutoff=0.6)
    if near:
        return f"There is no file or folder {argument}: did you mean {folder / _names(folder)[near[0]]}?"
    return f"There is no file or folder {argument}: check the name and the folder."


def _names(folder: Path) -> dict[str, str]:
    try:
        return {
            name.lower(): name for name in sorted(entry.name for entry in folder.iterdir()) if not _is_litter(name)
        }
    except OSError:
        return {}
