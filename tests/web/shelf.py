"""A small library for looking at pages: real files of every awkward sort, described by a manifest."""

from __future__ import annotations

import html
from pathlib import Path

PAGES = 45
HOSTILE_TITLE = 'Rights & <script>alert("x")</script> "quoted"'

_MANIFEST = """
[[collection]]
slug = "starting-out"
title = "Starting out"
description = "Three steps, in order."
kind = "training"

[[resource]]
title = "Handbook of peer wayfinding"
kind = "guideline"
audiences = ["staff", "carers"]
topics = ["peer-supervision"]
summary = "How a team keeps its supervision going."
authors = ["Ana Ito", "Bo Lee", "Cy Okoro"]
organisation = "Harbour Collective"
year = 2019
licence = "CC BY 4.0"
speaks = "co-produced"
content_notes = ["seclusion"]
jurisdiction = "VIC"
collection = "starting-out"
position = 1
note = "Begin here."
[[resource.edition]]
file = "handbook.pdf"
language = "en-AU"
[[resource.edition]]
file = "handbook-easy.md"
form = "easy-read"
language = "en-AU"

[[resource]]
title = 'TITLE'
kind = "fact-sheet"
audiences = ["consumers"]
summary = "<img src=x onerror=alert(1)> summary"
collection = "starting-out"
position = 2
[[resource.edition]]
file = "hostile.html"
language = "en"

[[resource]]
title = "A course somewhere else"
kind = "directory-entry"
audiences = ["consumers", "staff"]
link = "https://www.example.org/course"
provider = "Example College"
cost = "Free"
collection = "starting-out"
position = 3

[[resource]]
title = "Una guida"
kind = "story"
audiences = ["carers"]
year = 2005
[[resource.edition]]
file = "guida.txt"
language = "it"

[[resource]]
title = "An old policy"
kind = "policy"
audiences = ["providers"]
link = "https://www.example.org/policy"
"""

_EASY = """# Finding the way

A wayfinder is a person. They have been there too. They help.

- You can ask for one.
- You can say no.

# Your rights

You decide.
"""

_HOSTILE = """<!doctype html><html lang="en"><head><title>Rights</title></head><body><main><h1>Rights</h1>
<p>Everybody has rights, and the word zeppelin stands here, so that this page can be found by it alone.
A second sentence makes the paragraph long enough to be taken for the main text of the page.</p>
<p>The text shows &lt;script&gt;alert("text")&lt;/script&gt; as it was written, because the page is about safety
on the web, and it goes on for a while about what a person may ask of a service and of its workers.</p>
<script>alert("never")</script></main></body></html>
"""


def write(folder: Path) -> Path:
    """Put the files and their manifest into `folder`; returns the manifest."""
    (folder / "handbook.pdf").write_bytes(pdf(_handbook()))
    (folder / "handbook-easy.md").write_text(_EASY, encoding="utf-8")
    (folder / "hostile.html").write_text(_HOSTILE, encoding="utf-8")
    (folder / "guida.txt").write_text(
        "Una guida per le famiglie.\n\nLa speranza è una cosa che si impara insieme.\n", encoding="utf-8"
    )
    manifest = folder / "manifest.toml"
    manifest.write_text(_MANIFEST.replace("TITLE", HOSTILE_TITLE), encoding="utf-8")
    return manifest


def _handbook() -> list[list[str]]:
    pages = [
        ["Handbook of peer wayfinding", f"This is leaf {number} of the handbook.", "It speaks of supervision."]
        for number in range(1, PAGES + 1)
    ]
    pages[6].append("Here alone stands the word marmalade.")
    pages[29].append("Here alone stands the word kookaburra.")
    return pages


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF with these lines on its pages: the smallest that real readers read."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, lines in enumerate(pages):
        drawn = " T* ".join(f"({line}) Tj" for line in lines)
        content = f"BT /F1 14 Tf 18 TL 72 720 Td {drawn} ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * at} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    written = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return f"{written}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def escaped(text: str) -> str:
    """`text` as a page may show it."""
    return html.escape(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
