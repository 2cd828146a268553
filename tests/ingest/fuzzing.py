"""Documents gone wrong: any bytes, and real files of each format changed a little, by hypothesis."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from hypothesis import strategies as st
from PIL import Image

from ingest import formats
from tests.files import hostile, make, office

_FILES = Path(__file__).resolve().parent.parent / "files"
_LARGEST = 200_000
_NUMBER = re.compile(rb"\d+")
_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483647", b"4294967296", b"99999999999999999999")
_RTF = rb"""{\rtf1\ansi\deff0\deflang3081{\fonttbl{\f0 Arial;}}{\info{\title Walking beside}{\author Rosa Example}}
\pard\outlinelevel0\b Walking beside\b0\par\pard Hope is shared \'e9 \u8217? in a group
{\footnote \chftn In 2019.}.\par
\trowd\cellx100\cellx200 One\cell Two\cell\row
{\field{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt here}}}"""
_VTT = (
    b"WEBVTT\n\nNOTE Made by hand\n\n1\n00:00:01.000 --> 00:00:04.000\n<v Rosa>Hope is shared.\n\n"
    b"00:05.000 --> 00:06.000\nYes.\n"
)
_SRT = b"1\n00:00:01,000 --> 00:00:04,000\nHope is shared.\n\n2\n00:00:05,000 --> 00:00:06,000\n<i>Yes.</i>\n"
_ODF_BODY = '<text:h text:outline-level="1">Hope</text:h><text:p>It is <text:s text:c="3"/>shared.</text:p>'
_SLIDE = (
    '<draw:page draw:name="p1"><draw:frame><draw:text-box><text:p>Hope</text:p></draw:text-box></draw:frame>'
    "</draw:page>"
)


def _named(*names: str) -> list[bytes]:
    return [(_FILES / name).read_bytes() for name in names]


def _picture(kind: str) -> list[bytes]:
    """A picture so small that text recognition has nothing to do in it."""
    out = io.BytesIO()
    Image.new("L", (30, 20), 200).save(out, kind)
    return [out.getvalue()]


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    formats.PDF: lambda: [
        *_named("research-paper.pdf", "labelled-pages.pdf", "encrypted-empty-password.pdf", "damaged.pdf"),
        make.filled_form(),
    ],
    formats.HTML: lambda: _named("guide-with-furniture.html"),
    formats.DOCX: lambda: _named("charter.docx", "noted.docx"),
    formats.TEXT: lambda: ["Hope\n\nPeople who were there – once – help.\n".encode(), "Café".encode("utf-16")],
    formats.MARKDOWN: lambda: _named("front-matter.md"),
    formats.PPTX: lambda: [office.slides()],
    "application/vnd.oasis.opendocument.text": lambda: [office.odt(_ODF_BODY)],
    "application/vnd.oasis.opendocument.presentation": lambda: [office.odt(_SLIDE, kind="presentation")],
    "application/epub+zip": lambda: [office.book({"one": "<h1>Hope</h1><p>Shared.</p>", "two": "<p>Later.</p>"})],
    "application/rtf": lambda: [_RTF],
    formats.VTT: lambda: [_VTT],
    formats.SRT: lambda: [_SRT],
    **{f"image/{kind}": partial(_picture, kind) for kind in ("png", "jpeg", "gif", "webp", "tiff", "bmp")},
}
"""Media type to real files of it, small enough to be read many times a second."""
ELSEWHERE = {
    "application/msword": "read by LibreOffice, which takes seconds",
    formats.PPT: "read by LibreOffice, which takes seconds",
    "application/vnd.oasis.opendocument.text-template": "read as the text is",
    "application/vnd.oasis.opendocument.presentation-template": "read as the presentation is",
}
"""Media types that have no seed, and why."""


def documents(media_type: str) -> st.SearchStrategy[bytes]:
    """Any bytes, and files of `media_type` changed in up to eight places, inside their zip where they are one."""
    seeds = SEEDS[media_type]()
    whole = _changed(st.sampled_from(seeds), seeds)
    kinds = [st.binary(max_size=2_000), whole, whole]
    if any(zipfile.is_zipfile(io.BytesIO(seed)) for seed in seeds):
        kinds += [_changed_inside(seed) for seed in seeds] * 3
    return st.one_of(kinds)


@st.composite
def _changed(draw: st.DrawFn, start: st.SearchStrategy[bytes], others: Sequence[bytes]) -> bytes:
    data = draw(start)
    for _ in range(draw(st.integers(1, 8))):
        data = draw(st.sampled_from(_CHANGES))(draw, data, others)[:_LARGEST]
    return data


@st.composite
def _changed_inside(draw: st.DrawFn, seed: bytes) -> bytes:
    """The archive with one of its members changed, left out, or under another name."""
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(members)))
    content = members.pop(name)
    what = draw(st.sampled_from(("change", "change", "change", "change", "drop", "rename")))
    if what == "change":
        members[name] = draw(_changed(st.just(content), list(members.values()) or [content]))
    elif what == "rename":
        members[draw(st.text(min_size=1, max_size=30)).replace("\0", "")[:30] or "x"] = content
    return hostile.zipped(members)


def _span(draw: st.DrawFn, data: bytes, longest: int = 200) -> tuple[int, int]:
    start = draw(st.integers(0, len(data)))
    return start, min(len(data), start + draw(st.integers(0, longest)))


def _cut_short(draw: st.DrawFn, data: bytes, others: Sequence[bytes]) -> bytes:
    return data[: draw(st.integers(0, len(data)))]


def _left_out(draw: st.DrawFn, data: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _span(draw, data)
    return data[:start] + data[end:]


def _overwritten(draw: st.DrawFn, data: bytes, others: Sequence[bytes]) -> bytes:
    start, _ = _span(draw, data, 0)
    new = draw(st.binary(min_size=1, max_size=8))
    return data[:start] + new + data[start + len(new) :]


def _repeated(draw: st.DrawFn, data: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _span(draw, data)
    return data[:start] + data[start:end] * draw(st.sampled_from((2, 10, 1_000))) + data[end:]


def _from_another(draw: st.DrawFn, data: bytes, others: Sequence[bytes]) -> bytes:
    start, _ = _span(draw, data, 0)
    other = draw(st.sampled_from(others))
    begin, end = _span(draw, other, 2_000)
    return data[:start] + other[begin:end] + data[start:]


def _another_number(draw: st.DrawFn, data: bytes, others: Sequence[bytes]) -> bytes:
    found = [match.span() for match in _NUMBER.finditer(data)][:500]
    if not found:
        return data
    start, end = draw(st.sampled_from(found))
    return data[:start] + draw(st.sampled_from(_NUMBERS)) + data[end:]


def _packed(draw: st.DrawFn, data: bytes, others: Sequence[bytes]) -> bytes:
    """With much in little: a bomb where anything unpacks it."""
    start, _ = _span(draw, data, 0)
    return data[:start] + zlib.compress(bytes(1_000_000)) + data[start:]


_CHANGES = (_cut_short, _left_out, _overwritten, _overwritten, _repeated, _from_another, _another_number, _packed)
