"""Old Word files (.doc), made new by LibreOffice where it is installed."""

from __future__ import annotations

from pathlib import Path

from ingest import office_suite
from ingest.extract import docx
from ingest.extracted import Extracted


def extract(path: Path, name: str) -> Extracted:
    """What the new file says. Raises as `office_suite.converted` and the reader of new files do."""
    with office_suite.converted(path, name, "docx") as made:
        return docx.extract(made, name)
