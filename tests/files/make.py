"""Makes the documents beside it. Run it again after a change: ``python tests/files/make.py``."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle

HERE = Path(__file__).resolve().parent

Said = tuple[float, float, float, str]
"""Size, left, bottom (points) and text of one line on a page of 595 by 842."""


def pdf(pages: list[list[Said]], info: dict[str, str] | None = None) -> bytes:
    """A PDF in Helvetica with those lines on its pages, and an information dictionary if given."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        drawn = b"\n".join(
            b"BT /F1 %.1f Tf %.1f %.1f Td (%b) Tj ET" % (size, left, bottom, _escaped(text))
            for size, left, bottom, text in lines
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    trailer = b""
    if info:
        pairs = b" ".join(b"/%b (%b)" % (key.encode(), _escaped(value)) for key, value in info.items())
        objects.append(b"<< %b >>" % pairs)
        trailer = b" /Info %d 0 R" % len(objects)
    return _assembled(objects, trailer)


def paragraph(text: str, top: float, size: float = 10, left: float = 60, width: int = 95) -> list[Said]:
    """`text` broken into lines of `width` letters, going down from `top`."""
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return [(size, left, top - at * size * 1.2, said) for at, said in enumerate(lines)]


def _escaped(text: str) -> bytes:
    data = text.encode("cp1252")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _assembled(objects: list[bytes], trailer: bytes) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R%b >>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def laughs(levels: int = 9) -> bytes:
    """A small PDF whose page draws a form ten times, which draws a form ten times, and so on for hours."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
            b" /Resources << /XObject << /X 6 0 R >> >> >>"
        ),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length 6 >>\nstream\n /X Do\nendstream",
    ]
    for level in range(levels):
        last = level == levels - 1
        drawn = b"BT /F1 9 Tf 10 10 Td (ha) Tj ET" if last else b" /X Do" * 10
        resources = b"/Font << /F1 4 0 R >>" if last else b"/XObject << /X %d 0 R >>" % (7 + level)
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %b >> /Length %d >>\n"
            b"stream\n%b\nendstream" % (resources, len(drawn), drawn)
        )
    return _assembled(objects, b"")


def filled_form(scanned: bool = False) -> bytes:
    """A page with a question, fields of every kind, filled in or hidden, text boxes, a note and a comment.

    With `scanned`, the page's own text is a picture that covers it.
    """
    shown = b"/Rect [60 600 300 620] /F 4"
    fields = [
        b"/Subtype /Widget /FT /Tx /T (name) /TU (Write your name here) /V (Rosa Example) " + shown,
        b"/Subtype /Widget /FT /Tx /T (hope) /Ff 4096 /V (To be heard.\\rTo walk beside others.) " + shown,
        b"/Subtype /Widget /FT /Ch /Ff 131072 /T (day) /Opt [(Monday) (Friday)] /V (Friday) " + shown,
        b"/Subtype /Widget /FT /Btn /T (agreed) /V /Yes /AS /Yes " + shown,
        b"/Subtype /Widget /FT /Tx /Ff 8192 /T (secret) /V (swordfish) " + shown,
        b"/Subtype /Widget /FT /Tx /T (unseen) /V (hidden words) /Rect [60 500 300 520] /F 2",
        b"/Subtype /Widget /FT /Tx /T (empty) " + shown,
        b"/Subtype /Widget /Parent 19 0 R " + shown,
        b"/Subtype /FreeText /DA (/F1 10 Tf) /Contents (Meet at the back door) " + shown,
        b"/Subtype /Text /Contents (a note that opens) " + shown,
        b"/Subtype /Highlight /QuadPoints [60 600 300 600 60 620 300 620] /Contents (a comment) " + shown,
        b"/Subtype /FreeText /DA (/F1 10 Tf) /Contents (out of sight) /Rect [60 400 300 420] /F 32",
    ]
    numbers = range(7, 7 + len(fields))
    drawn = b"595 0 0 842 0 0 cm /Im Do" if scanned else b"BT /F1 12 Tf 60 700 Td (What do you hope for?) Tj ET"
    listed = b" ".join(b"%d 0 R" % number for number in numbers)
    return _assembled(
        [
            (
                b"<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R"
                b" /OpenAction << /S /JavaScript /JS (while \\(1\\) ;) >> >>"
            ),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [%b]"
            b" /Resources << /Font << /F1 6 0 R >> /XObject << /Im 20 0 R >> >> >>" % listed,
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
            b"<< /Fields [%b 19 0 R] /DA (/F1 10 Tf) /DR << /Font << /F1 6 0 R >> >> >>" % listed,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            *[b"<< /Type /Annot %b >>" % field for field in fields],
            b"<< /FT /Tx /T (phone) /V (0491 570 006) /Kids [14 0 R] >>",
            (
                b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray"
                b" /Length 1 >>\nstream\n\xff\nendstream"
            ),
        ],
        b"",
    )


LONG = (
    "Peer workers draw on their own experience of recovery to walk beside other people. A team that makes "
    "room for this finds that hope is shared, that meetings change, and that people come back "
    "to ask for more of it."
)


def research_paper() -> bytes:
    """Two pages with a running foot, a byline, an abstract, a DOI of its own and one in its references."""
    foot = (8, 60, 30, "Nguyen and Okafor (2021). doi: 10.5555/peer.2021.7")
    first = [
        (9, 60, 800, "Journal of Imagined Studies, Volume 3"),
        (18, 60, 760, "What changes when peer workers lead"),
        (18, 60, 738, "supervision in community teams"),
        (11, 60, 710, "Linh Nguyen1, Chidi B. Okafor2 and Mary van der Berg1"),
        (8, 60, 692, "1 School of Examples, University of Nowhere"),
        (12, 60, 660, "Abstract"),
        *paragraph(LONG, 640),
        (12, 60, 580, "Introduction"),
        *paragraph(LONG, 560),
        (
            10,
            60,
            500,
            "This text is under a Creative Commons Attribution 4.0 International licence (CC BY 4.0).",
        ),
        (10, 60, 470, "Published: 4 May 2021"),
        foot,
    ]
    second = [
        *paragraph(LONG, 780),
        (12, 60, 700, "References"),
        (10, 60, 680, "Someone Else (2001). Another work. https://doi.org/10.5555/other.2001.1"),
        foot,
    ]
    return pdf([first, second], {"Title": "untitled-2.indd", "Author": "Administrator"})


def labelled() -> bytes:
    """Four pages whose printed labels are i, ii, 1, 2."""
    pages = [
        [(24, 60, 700, "A Handbook for Peer Workers")],
        *[paragraph(f"Page {at}. {LONG}", 760) for at in (2, 3, 4)],
    ]
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(pages, {"Title": "A Handbook for Peer Workers"}))))
    writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(2, 3, style=PageLabelStyle.DECIMAL, start=1)
    return _written(writer)


def encrypted(user_password: str) -> bytes:
    plain = pdf([[(20, 60, 700, "Minutes behind a lock"), *paragraph(LONG, 650)]])
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    writer.encrypt(user_password=user_password, owner_password="owner", algorithm="RC4-128")
    return _written(writer)


def charter() -> bytes:
    """A Word document with headings, a list and a table, and a template's left-over title."""
    document = docx.Document()
    document.core_properties.title = "Word template"
    document.core_properties.author = "Rosa Example"
    document.add_paragraph("A Charter of Mutual Support", style="Title")
    document.add_paragraph("We wrote this together.")
    document.add_heading("What we hold to", 1)
    document.add_paragraph("Respect comes first.", style="List Bullet")
    document.add_paragraph("Nobody is spoken for.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, (("Who", "What"), ("Consumers", "Lead the work")), strict=True):
        for cell, said in zip(row.cells, words, strict=True):
            cell.text = said
    document.add_heading("How it is kept", 1)
    document.add_paragraph("Each year it is read aloud and mended.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_WORDS_OF = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def noted_docx() -> bytes:
    """A Word document with foot and end notes, one taken out again, a comment, and a header and a footer."""
    document = docx.Document()
    document.core_properties.title = "Notes on Hope"
    document.sections[0].header.paragraphs[0].text = "Running head"
    document.sections[0].footer.paragraphs[0].text = "Running foot"
    document.add_heading("Where hope comes from", 1)
    said = [("Hope is shared.", "footnote", 2), ("It grows.", "endnote", 2), ("It was lost.", "footnote", 3)]
    for text, kind, number in said:
        run = document.add_paragraph(text).add_run()
        reference = OxmlElement(f"w:{kind}Reference")
        reference.set(qn("w:id"), str(number))
        run._r.append(reference)
    removed = OxmlElement("w:del")
    run._r.addprevious(removed)
    removed.append(run._r)
    document.add_comment(document.paragraphs[1].runs, "A comment for the editor", author="Editor")
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "Who", "Everybody"
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "4")
    row.cells[0].paragraphs[0].add_run()._r.append(reference)
    notes = {"footnote": {2: "Said by a peer worker in 2019.", 3: "Taken out.", 4: "Nobody left out."}}
    notes["endnote"] = {2: "See the charter."}
    for kind, texts in notes.items():
        inside = "".join(
            f'<w:{kind} w:id="{number}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'
            for number, text in texts.items()
        )
        separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        whole = f'<w:{kind}s xmlns:w="{_WORDS_OF}">{separator}{inside}</w:{kind}s>'
        name = PackURI(f"/word/{kind}s.xml")
        part = Part(name, f"{_WORD_PARTS}{kind}s+xml", whole.encode(), document.part.package)
        document.part.relate_to(part, f"{_RELATED}/{kind}s")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def not_really_docx() -> bytes:
    """The outside of a Word document with nonsense inside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", '<Types><Override ContentType="wordprocessingml"/></Types>')
        archive.writestr("word/document.xml", "<w:document>this never closes")
    return out.getvalue()


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def main() -> None:
    made = {
        "research-paper.pdf": research_paper(),
        "labelled-pages.pdf": labelled(),
        "encrypted.pdf": encrypted("secret"),
        "encrypted-empty-password.pdf": encrypted(""),
        "damaged.pdf": b"%PDF-1.7\nthis was cut off before anything came",
        "scan-without-text.pdf": pdf([[], []]),
        "no-title-metadata.pdf": pdf(
            [
                [
                    (9, 60, 800, "Fact sheet"),
                    (26, 60, 700, "Leading a Peer Support Group"),
                    *paragraph(LONG, 600),
                ]
            ]
        ),
        "charter.docx": charter(),
        "noted.docx": noted_docx(),
        "not-really.docx": not_really_docx(),
    }
    for name, data in made.items():
        (HERE / name).write_bytes(data)


if __name__ == "__main__":
    main()
