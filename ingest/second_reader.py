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
        reader = pypdf.PdfReader(path, strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
        about = None if locked else reader.metadata
        stated = {
            "title": (about.title if about else "") or "",
            "author": (about.author if about else "") or "",
        }
    except MemoryError:
        raise
    except Exception:  # a broken file makes pypdf raise anything
        raise damaged from None
    if locked:
        raise Encrypted(f"{name} asks for a password: save it again without one, then add that copy.")
    found = pages(path, range(count))
    if not found:
        raise damaged
    return [found.get(at, "") for at in range(count)], {
        key: tidy.line(value) for key, value in stated.items() if value
    }


def pages(path: Path, wanted: Iterable[int]) -> dict[int, str]:
    """The text of the pages `wanted` (counted from 0), at most 200. Those it cannot read are left out."""
    found: dict[int, str] = {}
    try:
        reader = pypdf.PdfReader(path, strict=False)
        if reader.is_encrypted:
            reader.decrypt("")
        count = len(reader.pages)
    except MemoryError:
        raise
    except Exception:  # a broken file makes pypdf raise anything
        return found
    for at in [at for at in wanted if at < count][:_MOST]:
        try:
            found[at] = reader.pages[at].extract_text()
        except MemoryError:
            raise
        except Exception:  # noqa: S112 - as above; the page is told as unread
            continue
    return found
