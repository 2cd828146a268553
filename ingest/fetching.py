"""An address on the web, brought to this machine."""

from __future__ import annotations

import hashlib
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ingest import detect, formats
from ingest.asking import Answer, BeforeHop, FetchPolicy, asked
from ingest.errors import Damaged
from ingest.source import Source, Validators

if TYPE_CHECKING:
    import httpx


def fetch(
    address: str,
    into: Path,
    *,
    policy: FetchPolicy | None = None,
    known: Validators | None = None,
    before_hop: BeforeHop | None = None,
) -> Source:
    """The document at `address`, stored under a passing name in the folder `into`, as a `Source`.

    The caller owns the file and deletes it; after a failure none is left. `Source.location` is the address
    that answered in the end. Raises what `asking.asked` does, `Damaged` or `Encrypted`, each with a sentence that
    names the address; with `known`, `NotModified` where the server says that it is as it was.
    """
    with asked(address, policy or FetchPolicy(), known=known, before_hop=before_hop) as answer:
        return _store(answer, into)


def _store(answer: Answer, into: Path) -> Source:
    into.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=into, prefix="fetch-", delete=False) as file:
        path = Path(file.name)
        try:
            for block in answer.blocks():
                size += len(block)
                digest.update(block)
                file.write(block)
            file.flush()
            name = _name(answer.response)
            media = detect.media_type(path, name) if size else ""
            if not media:
                raise Damaged("it answers with an empty document")
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    if "." not in name:
        name += formats.ending_of(media)
    return Source(answer.address, path, name, media, digest.hexdigest(), size, answer.validators)


def _name(response: httpx.Response) -> str:
    """A safe file name from what the server says, or from the address."""
    stated = response.headers.get("content-disposition", "")
    starred = re.search(r"filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)", stated, re.I)
    plain = re.search(r'filename\s*=\s*(?:"([^"]*)"|([^;\s]+))', stated, re.I)
    if starred:
        name = unquote(starred.group(1))
    elif plain:
        name = plain.group(1) or plain.group(2) or ""
    else:
        name = ""
    return _safe(name) or _safe(unquote(response.url.path).rstrip("/")) or _safe(response.url.host) or "document"


def _safe(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    clean = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*').strip(" .")
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:10]}" if dot else clean[:100]
