"""Turn `text/*.md` into the sample library's files. A developer's tool: nothing needs it at run time.

    python -m clearinghouse.samples.build            # every file whose text changed
    python -m clearinghouse.samples.build charter    # only texts whose name starts so

Each text opens with a TOML header between `+++` lines: title, file (the extension says the format),
and optionally subtitle, description, language, look (``easy-read``) and cover (true gives a PDF a cover page
labelled ``Cover``, so that printed page 1 is the second sheet). PDFs need Chromium; the rest needs nothing
outside Python.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import cast

from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from clearinghouse.samples.text_files import AUTHOR, BUILT, Text, parser, read

HERE = Path(__file__).parent
TEXTS = HERE / "text"
FILES = HERE / "files"


def page(text: Text, *, for_print: bool) -> str:
    """A whole HTML document that loads nothing from anywhere else."""
    body = parser().render(text.body)
    opening = f"<h1>{html.escape(text.title)}</h1>"
    if text.subtitle:
        opening += f'<p class="subtitle">{html.escape(text.subtitle)}</p>'
    style = (TEXTS / "style.css").read_text(encoding="utf-8")
    if text.cover and for_print:
        style += "@page :first { counter-reset: page 0; @bottom-center { content: none; } }\n"
    classes = f"{text.look}{' print' if for_print else ''}{' cover' if text.cover else ''}"
    return (
        f'<!doctype html>\n<html lang="{text.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(text.title)}</title>\n"
        f'<meta name="author" content="{AUTHOR}">\n'
        f'<meta name="description" content="{html.escape(text.description)}">\n'
        f'<meta name="dcterms.issued" content="{BUILT:%Y}">\n'
        f'<meta name="dcterms.license" content="CC BY 4.0">\n'
        f'<style>\n{style}</style>\n</head>\n<body class="{classes}">\n<main>\n<article>\n'
        f"<header>{opening}</header>\n{body}"
        f"<footer><p>{html.escape(text.note)}</p></footer>\n</article>\n</main>\n</body>\n</html>\n"
    )


def write_html(text: Text, to: Path) -> None:
    """A web page."""
    to.write_text(page(text, for_print=False), encoding="utf-8")


def write_markdown(text: Text, to: Path) -> None:
    """The text itself, with its title."""
    subtitle = f"*{text.subtitle}*\n\n" if text.subtitle else ""
    to.write_text(f"# {text.title}\n\n{subtitle}{text.body}\n---\n\n{text.note}\n", encoding="utf-8")


def write_plain(text: Text, to: Path) -> None:
    """Plain text, folded at 76 columns, headings underlined."""
    lines = [text.title, "=" * len(text.title), "", *([text.subtitle, ""] if text.subtitle else [])]
    for block in text.body.split("\n\n"):
        lines += [*_plain_block(block.strip("\n")), ""]
    to.write_text("\n".join([*lines, textwrap.fill(text.note, 76), ""]), encoding="utf-8")


def _plain_block(block: str) -> list[str]:
    block = re.sub(r"\*\*?|`", "", block)
    if block.startswith("#"):
        heading = block.lstrip("# ")
        return [heading, "-" * len(heading)]
    if re.match(r"(- |\d+\. )", block):
        items = re.split(r"\n(?=- |\d+\. )", block)
        return [textwrap.fill(" ".join(item.split()), 76, subsequent_indent="  ") for item in items]
    return [textwrap.fill(" ".join(block.split()), 76)]


def write_pdf(text: Text, to: Path) -> None:
    """A tagged PDF with title, author, language, outline and page labels. Needs Chromium."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise RuntimeError("PDFs are printed with Chromium; install it and try again.")
    with tempfile.TemporaryDirectory() as folder:
        source, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page(text, for_print=True), encoding="utf-8")
        command = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            "--generate-pdf-document-outline", f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={printed}", source.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        _describe(text, printed, to)


def _describe(text: Text, printed: Path, to: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(printed))
    writer.pdf_header = "%PDF-1.4"
    stamp = f"D:{BUILT:%Y%m%d%H%M%S}Z"
    writer.metadata = {
        "/Title": text.title, "/Author": AUTHOR, "/Subject": text.description,
        "/CreationDate": stamp, "/ModDate": stamp, "/Producer": "Chromium and pypdf",
    }  # fmt: skip
    writer.root_object[NameObject("/Lang")] = TextStringObject(text.language)
    outline = writer.get_outline_root()
    if "/First" in outline:  # Chromium runs words together where the printed title turns a line
        heading = cast(DictionaryObject, outline["/First"].get_object())
        heading[NameObject("/Title")] = TextStringObject(text.title)
    last, first = len(writer.pages) - 1, 1 if text.cover else 0
    if text.cover:
        writer.set_page_label(0, 0, prefix="Cover")
    writer.set_page_label(first, last, style=PageLabelStyle.DECIMAL)
    writer.compress_identical_objects()
    writer.write(to)


def build(path: Path, folder: Path = FILES) -> Path:
    """Make the one file the text at `path` asks for in `folder`, and return where it is."""
    from clearinghouse.samples.build_docx import write_docx

    writers = {
        ".docx": write_docx,
        ".html": write_html,
        ".md": write_markdown,
        ".pdf": write_pdf,
        ".txt": write_plain,
    }
    text = read(path)
    to = folder / text.file
    writers[to.suffix](text, to)
    return to


def main(names: list[str]) -> None:
    """Build texts whose names start with one of `names`, or every text newer than its file."""
    FILES.mkdir(exist_ok=True)
    for path in sorted(TEXTS.glob("*.md")):
        to = FILES / read(path).file
        changed = max(path.stat().st_mtime, (TEXTS / "style.css").stat().st_mtime)
        stale = not to.exists() or to.stat().st_mtime < changed
        if path.name.startswith(tuple(names)) if names else stale:
            made = build(path)
            sys.stderr.write(f"{made.name}  {made.stat().st_size // 1024} KiB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
