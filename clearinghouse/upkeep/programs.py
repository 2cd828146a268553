"""Which programs beside Python were found that read what it cannot, and what is lost without each."""

from __future__ import annotations

from clearinghouse import languages
from clearinghouse.settings import Settings
from ingest import ocr_languages, tools


def tesseract(settings: Settings) -> tuple[bool, str]:
    """Whether all is well with Tesseract, in a sentence too; without it all is well, though less is read."""
    there = tools.tesseract_languages()
    if not there:
        return True, (
            "Tesseract is not installed: scanned PDFs and pictures of text are kept, but nobody finds their "
            "words. "
            "Install it (`apt install tesseract-ocr`), and a package such as tesseract-ocr-ita for each language."
        )
    lacking = [name for name in settings.ocr_languages.split("+") if name and name not in there]
    if lacking:
        return False, (
            f"CLEARINGHOUSE_OCR_LANGUAGES names {' and '.join(lacking)}, for which Tesseract has no data here; "
            f"it has {', '.join(there)}."
        )
    names = ", ".join(_language(name) for name in there)
    turned = (
        "" if tools.tesseract_turns() else " It cannot tell which way up a page is: install tesseract-ocr-osd."
    )
    return (
        True,
        f"Tesseract {tools.tesseract_version()} reads scanned PDFs and pictures of text in {names}.{turned}",
    )


def libreoffice() -> str:
    """What LibreOffice is good for here, or what is lost without it."""
    program = tools.libreoffice()
    if program is None:
        return (
            "LibreOffice is not installed: old Word and PowerPoint files (.doc, .ppt) are refused. Install it "
            "(`apt install libreoffice-writer-nogui libreoffice-impress-nogui`), or save them as .docx and .pptx."
        )
    held = "" if tools.offline() else " This system does not let us take the network from it; its settings do."
    return f"{program} reads old Word and PowerPoint files (.doc, .ppt).{held}"


def _language(name: str) -> str:
    """Tesseract's name of a language as people call it, where they do."""
    tag = ocr_languages.tag_of(name)
    return languages.name(tag) if tag else name
