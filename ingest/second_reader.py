"""PDFs by pypdf, for files and pages PDFium will not read: slow, but forgiving."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pypdf

from ingest import tidy
from ingest.errors import Damaged, Encrypted

_MOST = 200
"""Pages read this way; each can take a second."""


def whole(path: Path, name: str) -> tuple[list[str], dict[str, str]]:
    """Every page's text, empty where it cannot be read, and the `title` and `author` stated.

    Raises `Encrypted` where a password is asked for, `Damaged` where no page can be read.
    """
    damaged = Damaged(f"{name} is damaged and no page of it can be read: look for a whole copy and add that one.")
    try:
        reader = _opened(path)
        count = len(reader.pages) if reader else 0
        about = reader.metadata if reader else None
        stated = {
            "title": (about.title if about else "") or "",
            "author": (about.author if about else "") or "",
        }
    except MemoryError:
        raise
    except Exception:  # a broken file makes pypdf raise anything
        raise damaged from None
    if not reader:
        raise Encrypted(f"{name} asks for a password: save it again without one, then add that copy.")
    found = _texts(reader, range(min(count, _MOST)))
    if not found:
        raise damaged
    return [found.get(at, "") for at in range(count)], {
        key: tidy.line(value) for key, value in stated.items() if value
    }


def pages(path: Path, wanted: Iterable[int]) -> dict[int, str]:
    """The text of the pages `wanted` (counted from 0), at most 200. Those it cannot read are left out."""
    try:
        reader = _opened(path)
        count = len(reader.pages) if reader else 0
    except MemoryError:
        raise
    except Exception:  # a broken file makes pypdf raise anything
        return {}
    return _texts(reader, [at for at in wanted if at < count][:_MOST]) if reader else {}


def _opened(path: Path) -> pypdf.PdfReader | None:
    """What reads it, or None where it asks for a password. Raises anything where it is broken."""
    reader = pypdf.PdfReader(path, strict=False)
    return None if reader.is_encrypted and not reader.decrypt("") else reader


def _texts(reader: pypdf.PdfReader, wanted: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at in wanted:
        try:
            found[at] = reader.pages[at].extract_text()
        except MemoryError:
            raise
        except Exception:  # noqa: S112 - as above; the page is told as unread
            continue
    return found
