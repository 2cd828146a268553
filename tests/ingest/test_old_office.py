"""Old Office files by way of the real LibreOffice, where it is installed."""

from __future__ import annotations

import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import Damaged, Extracted, Unsupported, formats, office_suite, read_file, tools
from ingest.extract import extract
from tests import needs
from tests.files import office


@pytest.fixture(scope="module")
def suite() -> Path:
    """LibreOffice's program."""
    found = tools.libreoffice()
    if found is None:
        needs.missing(
            "LibreOffice reads old Office files: apt install libreoffice-writer-nogui libreoffice-impress-nogui"
        )
    return found


@pytest.fixture(scope="module")
def old(suite: Path, files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with charter.doc and slides.ppt, and a document that wants a picture from elsewhere."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "slides.pptx").write_bytes(office.slides())
    for source, ending in ((files / "charter.docx", "doc"), (folder / "slides.pptx", "ppt")):
        command = [suite, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        for _ in range(2):  # the first time it only makes its profile
            subprocess.run(
                [*command, "--convert-to", ending, "--outdir", folder, source], check=False, capture_output=True
            )
    return folder


def read(path: Path) -> Extracted:
    source = read_file(path, max_bytes=1 << 30)
    return extract(source.path, source.media_type, source.name)


def test_an_old_word_document_keeps_its_headings_lists_and_tables(old: Path) -> None:
    found = read(old / "charter.doc")
    assert [page.heading for page in found.pages] == ["", "What we hold to", "How it is kept"]
    assert "• Respect comes first." in found.pages[1].text
    assert "| Consumers | Lead the work" in found.pages[1].text
    assert found.title == "A Charter of Mutual Support"


def test_an_old_presentation_keeps_its_slides_and_notes(old: Path) -> None:
    found = read(old / "slides.ppt")
    assert [page.heading for page in found.pages][1:] == ["What a group needs", "Who does what"]
    assert found.pages[1].text.endswith("Speaker notes:\n\nAsk who has been in a group before.")


def test_a_damaged_old_document_ends_as_a_sentence(old: Path, tmp_path: Path) -> None:
    broken = bytearray((old / "charter.doc").read_bytes())
    broken[512:4096] = bytes(4096 - 512)
    (tmp_path / "broken.doc").write_bytes(broken)
    with pytest.raises(Damaged, match=r"^broken\.doc "):
        read(tmp_path / "broken.doc")


@pytest.fixture
def visits() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what was asked of it."""
    asked: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                asked.append(connection.recv(1000).decode("latin-1"))

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    listener.close()


@pytest.mark.parametrize("withheld", [True, False], ids=["without a network", "by its profile alone"])
def test_a_picture_from_elsewhere_is_never_asked_for(
    suite: Path, visits: tuple[str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, withheld: bool
) -> None:
    address, asked = visits
    if not withheld:
        monkeypatch.setattr(tools, "offline", lambda: ())
    image = f'<draw:image xlink:type="simple" xlink:href="{address}/spy.png"/>'
    body = f"<text:p>Words</text:p><text:p><draw:frame>{image}</draw:frame></text:p>"
    (tmp_path / "linked.odt").write_bytes(office.odt(body))
    with office_suite.converted(tmp_path / "linked.odt", "linked.odt", "docx") as made:
        assert made.stat().st_size > 1000
    assert asked == []


def test_where_libreoffice_is_missing_the_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tools, "libreoffice", lambda: None)
    path = tmp_path / "minutes.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    assert read_file(path, max_bytes=1 << 30).media_type == "application/msword"
    with pytest.raises(Unsupported, match=r"LibreOffice.*not installed.*save the document as \.docx"):
        read(path)
    assert formats.is_document("application/msword", "minutes.doc")
