"""Every kind of file that is told apart, how people call it, and the module that reads it.

A new format is a module in `ingest.extract` and a line in `FORMATS`: see docs/formats.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

PDF = "application/pdf"
HTML = "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PPT = "application/vnd.ms-powerpoint"
VTT = "text/vtt"
SRT = "application/x-subrip"
TEXT = "text/plain"
MARKDOWN = "text/markdown"
JSON = "application/json"
ZIP = "application/zip"
OLE = "application/x-ole-storage"
UNKNOWN = "application/octet-stream"
_ODF = "application/vnd.oasis.opendocument."


Unit = Literal["page", "slide", "section", "time"]
"""What the parts of a document are: printed pages, slides, headed sections, or stretches of time."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how its bytes show it, how people call it, and who reads it."""

    media_type: str
    name: str
    """How a person says it, with its article: ``a PNG picture``."""
    endings: tuple[str, ...] = ()
    """Endings of its files' names, the usual one first: ``(".html", ".htm")``."""
    reader: str = ""
    """The module of `ingest.extract` that reads it; empty for what is only told apart."""
    signs: tuple[bytes, ...] = ()
    """What its bytes may begin with."""
    opening: bytes = b""
    """For text: a regular expression that its beginning matches."""
    part: bytes = b""
    """For an Office file: what its ``[Content_Types].xml`` names."""
    stream: str = ""
    """For an old Office file: the stream that tells it from the others."""
    by_name: bool = False
    """Whether nothing but the ending tells it from other text."""
    unit: Unit = "section"
    """What its parts are, and so how one is named to a reader: ``Page 3``, ``Slide 3``, ``At 12:30``."""
    pictured: bool = False
    """Whether its pages may be pictures of text; its reader then takes an `eye` (see `ocr`)."""
    twice: bool = False
    """Whether its module can read it in a second way, should the first one end its process (`extract_again`)."""
    document: bool | None = None
    """Whether a curator would call it a document; None where that is so for what can be read."""

    @property
    def ending(self) -> str:
        """The usual ending of its files' names (``.png``), or nothing."""
        return self.endings[0] if self.endings else ""

    @property
    def label(self) -> str:
        """The same without its article, as a label: ``PNG picture``."""
        return self.name.removeprefix("a ").removeprefix("an ")

    @property
    def is_document(self) -> bool:
        """Whether a curator would call it a document: no picture, recording, archive or program."""
        return bool(self.reader) if self.document is None else self.document


def _picture(media_type: str, name: str, endings: tuple[str, ...], *signs: bytes) -> Format:
    """A picture, which may be one of text. In a folder it hardly ever is, so there it is no document."""
    return Format(media_type, name, endings, "image", signs=signs, unit="page", pictured=True, document=False)


FORMATS: tuple[Format, ...] = (
    Format(PDF, "a PDF", (".pdf",), "pdf", unit="page", pictured=True, twice=True),
    Format(HTML, "a web page", (".html", ".htm", ".xhtml"), "html"),
    Format(DOCX, "a Word document", (".docx", ".docm", ".dotx", ".dotm"), "docx", part=b"wordprocessingml"),
    Format(TEXT, "plain text", (".txt",), "plain"),
    Format(MARKDOWN, "Markdown text", (".md", ".markdown", ".mdown", ".mkd"), "markdown", by_name=True),
    Format(
        PPTX,
        "a PowerPoint presentation",
        (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"),
        "pptx",
        part=b"presentationml",
        unit="slide",
    ),
    Format(_ODF + "text", "an OpenDocument text", (".odt",), "opendocument"),
    Format(_ODF + "text-template", "an OpenDocument text template", (".ott",), "opendocument"),
    Format(_ODF + "presentation", "an OpenDocument presentation", (".odp",), "opendocument", unit="slide"),
    Format(
        _ODF + "presentation-template",
        "an OpenDocument presentation template",
        (".otp",),
        "opendocument",
        unit="slide",
    ),
    Format("application/epub+zip", "an EPUB book", (".epub",), "epub"),
    Format("application/rtf", "an RTF document", (".rtf",), "rtf", signs=(b"{\\rtf",)),
    Format("application/msword", "an old Word document", (".doc",), "doc", stream="WordDocument"),
    Format(
        PPT, "an old PowerPoint presentation", (".ppt", ".pps"), "ppt", stream="PowerPoint Document", unit="slide"
    ),
    Format(VTT, "WebVTT captions", (".vtt",), "captions", unit="time", opening=rb"WEBVTT(?=[ \t\r\n]|$)"),
    Format(
        SRT,
        "SubRip captions",
        (".srt",),
        "captions",
        unit="time",
        opening=rb"\s*\d+[ \t]*\r?\n\d+:\d\d:\d\d[,.]\d+[ \t]*-->[ \t]*\d+:\d\d:\d\d[,.]\d+",
    ),
    _picture("image/png", "a PNG picture", (".png",), b"\x89PNG\r\n\x1a\n"),
    _picture("image/jpeg", "a JPEG picture", (".jpg", ".jpeg"), b"\xff\xd8\xff"),
    _picture("image/tiff", "a TIFF picture", (".tif", ".tiff"), b"II*\x00", b"MM\x00*"),
    _picture("image/gif", "a GIF picture", (".gif",), b"GIF87a", b"GIF89a"),
    _picture("image/webp", "a WebP picture", (".webp",)),
    _picture("image/bmp", "a BMP picture", (".bmp",)),
    # what follows is told apart only, so that a curator hears what it is and what to do
    Format("application/vnd.ms-excel", "an old Excel workbook", (".xls",), stream="Workbook"),
    Format(OLE, "an old Microsoft Office file", document=True),
    Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "an Excel workbook",
        (".xlsx",),
        part=b"spreadsheetml",
    ),
    Format(_ODF + "spreadsheet", "an OpenDocument spreadsheet", (".ods",)),
    Format("application/postscript", "a PostScript file", (".ps",), signs=(b"%!PS",), document=True),
    Format(JSON, "JSON data", (".json",)),
    Format("application/xml", "an XML file", (".xml",)),
    Format("image/svg+xml", "an SVG drawing", (".svg",)),
    Format("audio/mpeg", "an MP3 recording", (".mp3",), signs=(b"ID3", b"\xff\xfb", b"\xff\xf3")),
    Format("audio/wav", "a WAV recording", (".wav",)),
    Format("audio/ogg", "an Ogg recording", (".ogg",), signs=(b"OggS",)),
    Format("audio/flac", "a FLAC recording", (".flac",), signs=(b"fLaC",)),
    Format("video/mp4", "an MP4 video or recording", (".mp4",)),
    Format("video/webm", "a WebM or Matroska video", (".webm",), signs=(b"\x1a\x45\xdf\xa3",)),
    Format("video/x-msvideo", "an AVI video", (".avi",)),
    Format(ZIP, "a ZIP archive", (".zip",)),
    Format("application/gzip", "a gzip archive", (".gz",), signs=(b"\x1f\x8b",)),
    Format("application/x-bzip2", "a bzip2 archive", (".bz2",), signs=(b"BZh",)),
    Format("application/x-xz", "an xz archive", (".xz",), signs=(b"\xfd7zXZ\x00",)),
    Format("application/x-7z-compressed", "a 7-Zip archive", (".7z",), signs=(b"7z\xbc\xaf\x27\x1c",)),
    Format("application/vnd.rar", "a RAR archive", (".rar",), signs=(b"Rar!\x1a\x07",)),
    Format("application/x-tar", "a tar archive", (".tar",)),
    Format("application/vnd.sqlite3", "an SQLite database", signs=(b"SQLite format 3\x00",)),
    Format("application/x-executable", "a program", signs=(b"\x7fELF",)),
    Format(
        "text/x-git-lfs",
        "a Git LFS pointer, which stands for a file kept elsewhere",
        signs=(b"version https://git-lfs.github.com/spec/",),
    ),
    Format(UNKNOWN, "a kind of file this library does not know"),
)

_BY_TYPE = {each.media_type: each for each in FORMATS}
_DOCUMENT_ENDINGS = frozenset(ending for each in FORMATS if each.is_document for ending in each.endings) - {
    ending for each in FORMATS if each.media_type == TEXT or each.by_name for ending in each.endings
}


def of(media_type: str) -> Format:
    """The format with this media type (parameters such as ``; charset=utf-8`` aside), or the unknown one."""
    return _BY_TYPE.get(media_type.split(";")[0].strip().lower(), _BY_TYPE[UNKNOWN])


def name_of(media_type: str) -> str:
    """How a person says this media type, with its article: ``a PNG picture``."""
    return of(media_type).name


def is_document(media_type: str, name: str) -> bool:
    """Whether a curator would call this a document: by what it is, or by what its name says it should be."""
    return of(media_type).is_document or PurePath(name).suffix.lower() in _DOCUMENT_ENDINGS


def label_of(media_type: str) -> str:
    """What kind of file this is, as a label (``PNG picture``); ``file`` where that is not known."""
    known = of(media_type)
    return "file" if known.media_type == UNKNOWN else known.label


def ending_of(media_type: str) -> str:
    """The usual ending of such a file's name (``.png``), or nothing."""
    return of(media_type).ending


def unit_of(media_type: str) -> Unit:
    """What the parts of such a file are."""
    return of(media_type).unit
