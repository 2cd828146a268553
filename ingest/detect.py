"""What a file is, told from its bytes. The name decides nothing but plain text or Markdown."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

from ingest import archive
from ingest.errors import Damaged, Encrypted
from ingest.formats import DOCX, FORMATS, HTML, JSON, OLE, PDF, TEXT, UNKNOWN, ZIP

_HEAD = 64 * 1024
_TAIL = 4 * 1024
_MAX_MEMBER = 1024 * 1024
_ODF = "application/vnd.oasis.opendocument."
_STATED = (_ODF, "application/epub+zip")
"""What a zip may say of itself in its member `mimetype`."""

_MAGIC = tuple((sign, each.media_type) for each in FORMATS for sign in each.signs)
_OPENINGS = tuple((re.compile(each.opening), each.media_type) for each in FORMATS if each.opening)
_BY_NAME = tuple((each.endings, each.media_type) for each in FORMATS if each.by_name)
_PARTS = tuple((each.part, each.media_type) for each in FORMATS if each.part)
_STREAMS = tuple(
    (re.compile(re.escape(each.stream.encode("utf-16-le")), re.I), each.media_type)
    for each in FORMATS
    if each.stream
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LATE_PDF = re.compile(rb"(?:^|[\r\n])%PDF-\d\.\d")
_BEFORE_ROOT = rb"^\s*(?:<\?xml[^>]*\?>\s*|<!--.*?-->\s*)*"
_HTML_ROOT = re.compile(_BEFORE_ROOT + rb"<(?:!doctype\s+html|html|head|body|title|meta|link)\b", re.I | re.S)
_HTML_ANY = re.compile(rb"<(?:html|head|body)[\s>]", re.I)
_HTML_PART = re.compile(
    _BEFORE_ROOT + rb"<(?:div|p|h[1-6]|table|article|main|section|ul|ol|span|a|script|style|nav|header)\b",
    re.I | re.S,
)
_XML = re.compile(rb"^\s*<\?xml\s")
_SVG = re.compile(rb"<svg[\s>]", re.I)
_MARKDOWN_SIGN = re.compile(rb"^(?:#{1,6} \S|```|\[[^\]]+\]: |[*-] \[[^\]]*\]\()|\]\(https?://", re.M)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def media_type(path: Path, name: str = "") -> str:
    """The media type of the file at `path`, from its bytes; `UNKNOWN` where nothing fits.

    `name` only settles whether text is Markdown. Raises `Damaged` for an empty file and `Encrypted` for
    an Office file that asks for a password.
    """
    shown = name or path.name
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(0, 2)
        file.seek(max(0, file.tell() - _TAIL))
        tail = file.read()
    if not head:
        raise Damaged(f"{shown} is empty (0 bytes): look for the whole file and add that one.")
    if head.startswith(_OLE):
        return _ole(path, shown)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(path)
    return _binary(head, tail) or _textual(head, shown)


def _binary(head: bytes, tail: bytes) -> str | None:
    if head.startswith(b"%PDF-") or (b"startxref" in tail and _LATE_PDF.search(head[:1024])):
        return PDF
    for magic, media in _MAGIC:
        if head.startswith(magic):
            return media
    if head[4:8] == b"ftyp":
        return "video/mp4"
    if head[257:262] == b"ustar":
        return "application/x-tar"
    if head[:4] == b"RIFF":
        kinds = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
        return kinds.get(head[8:12], UNKNOWN)
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    if head[:2] == b"MZ" and b"\x00" in head:
        return "application/x-executable"
    return None


def _textual(head: bytes, name: str) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    elif b"\x00" in head:
        narrowed = _utf16_without_mark(head)
        if narrowed is None:
            return UNKNOWN
        head = narrowed
    head = head.removeprefix(b"\xef\xbb\xbf")
    if len(_CONTROL.findall(head)) > len(head) // 50:
        return UNKNOWN
    return _opened_by(head) or _markup(head) or (JSON if _is_json(head) else _named(name))


def _opened_by(head: bytes) -> str | None:
    return next((media for opening, media in _OPENINGS if opening.match(head)), None)


def _markup(head: bytes) -> str | None:
    if _HTML_ROOT.match(head):
        return HTML
    if _XML.match(head):
        if _HTML_ANY.search(head[:4096]):
            return HTML
        return "image/svg+xml" if _SVG.search(head[:4096]) else "application/xml"
    if re.match(rb"\s*<svg[\s>]", head, re.I):
        return "image/svg+xml"
    if head.lstrip().startswith(b"<!--") and _HTML_ANY.search(head[:16384]):
        return HTML
    if _HTML_PART.match(head) and not _MARKDOWN_SIGN.search(head):
        return HTML
    return None


def _is_json(head: bytes) -> bool:
    """An object or an array and nothing after it but more of them; a long one may be cut off in `head`."""
    text = head.decode("utf-8", "ignore").strip()
    if not text.startswith(("{", "[")):
        return False
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as problem:
        return len(head) == _HEAD and problem.pos > len(text) // 2
    except RecursionError:
        return True
    return text[end:].lstrip(", \n\r\t")[:1] in {"", "{", "["}


def _named(name: str) -> str:
    """Text that only its name tells from other text, such as Markdown."""
    return next((media for endings, media in _BY_NAME if name.lower().endswith(endings)), TEXT)


def _utf16_without_mark(head: bytes) -> bytes | None:
    """UTF-16 text saved without its byte order mark, as UTF-8; None if this is no text."""
    sample = head[: len(head) // 2 * 2]
    for encoding, zeros, others in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if zeros.count(0) > 0.7 * len(zeros) and others.count(0) == 0:
            return sample.decode(encoding, "ignore").encode("utf-8", "ignore")
    return None


def _ole(path: Path, shown: str) -> str:
    """Old Office files, and new ones behind a password, share one container; stream names tell them apart."""
    data = path.read_bytes() if path.stat().st_size <= 64 * _MAX_MEMBER else b""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Encrypted(f"{shown} asks for a password: save it again without one, then add that copy.")
    return next((media for stream, media in _STREAMS if stream.search(data)), OLE)


def _zip(path: Path) -> str:
    """An Office file, book or plain archive. A zip too broken to list stays an archive."""
    try:
        if archive.entries(path, archive.Bounds().members + 1) > archive.Bounds().members:
            return ZIP
        with zipfile.ZipFile(path) as parts:
            members = set(parts.namelist())
            if "mimetype" in members:
                stated = _small(parts, "mimetype").decode("ascii", "ignore").strip()
                return stated if stated.startswith(_STATED) and len(stated) < 100 else ZIP
            types = _small(parts, "[Content_Types].xml") if "[Content_Types].xml" in members else b""
    except (*archive.BROKEN, RuntimeError, ValueError):
        return ZIP
    if b"wordprocessingml" in types and any(name.lower() == "word/document.xml" for name in members):
        return DOCX
    return next((media for part, media in _PARTS if part in types and media != DOCX), ZIP)


def _small(parts: zipfile.ZipFile, member: str) -> bytes:
    with parts.open(member) as file:
        return file.read(_MAX_MEMBER)
