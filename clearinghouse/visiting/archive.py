"""Use case: take a collection away: its contents on paper, and all its originals in one zip.

The zip is written to a stream as it is read from the disk, stored and not packed again (a PDF is packed
already), so that a shelf of any size costs no more memory than one block.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import ingest
from clearinghouse import showing
from clearinghouse.holdings import collections
from clearinghouse.library import Library
from clearinghouse.models import Collection
from clearinghouse.orm import now
from clearinghouse.views import Card, CollectionCard, EditionView

#: Bytes read at a time.
_BLOCK = 1 << 18
#: Bytes of a name before its ending. Systems allow 255 in all, and some count those of the folder with it.
_LONGEST_NAME = 120
#: What Windows forbids in a name, and what no system shows.
_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+'
)
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")
_LIST = "contents.txt"


@dataclass(frozen=True, slots=True)
class Packed:
    """An original on its way into the zip."""

    name: str
    """Its name there: safe on every system, and no other's."""
    path: Path
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A published resource in a collection."""

    number: int
    """Counted from 1 over what is published."""
    card: Card
    note: str
    licence: str
    editions: tuple[EditionView, ...]
    files: tuple[Packed, ...]
    """Its originals that are kept here."""
    missing: tuple[str, ...]
    """Forms whose original should be here and is not."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A collection with all that can be taken away of it."""

    card: CollectionCard
    items: tuple[Listed, ...]

    @property
    def files(self) -> tuple[Packed, ...]:
        """Every original, in order."""
        return tuple(file for item in self.items for file in item.files)

    @property
    def size(self) -> int:
        """Bytes of all originals together."""
        return sum(file.size for file in self.files)


def contents(library: Library, slug: str, *, hide_noted: bool = False) -> Contents:
    """What is published in a collection, in order, and where its originals stand.

    With `hide_noted`, without resources that have content notes. Raises `NotFound`.
    """
    with library.database.reading() as session:
        row = collections.find(session, slug)
        return Contents(showing.collection_card(row), tuple(_items(library, row, hide_noted=hide_noted)))


def as_zip(taken: Contents, site_name: str) -> Iterator[bytes]:
    """The zip, a block at a time: the originals, then a list of them with notes and licences.

    A file that is gone by the time its turn comes is named in that list. One that cannot be read to its
    end raises `OSError`, so that the download breaks off rather than seem whole.
    """
    out = _Stream()
    gone: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for file in taken.files:
            try:
                source = file.path.open("rb")
            except FileNotFoundError:
                gone.add(file.name)
                continue
            entry = _entry(file.name)
            entry.file_size = file.size  # so that one of over 2 GiB gets the larger fields
            with source, packed.open(entry, "w") as target:
                while block := source.read(_BLOCK):
                    target.write(block)
                    yield out.taken()
        packed.writestr(_entry(_LIST), _list(taken, site_name, gone))
    yield out.taken()


class _Stream(io.RawIOBase):
    """Takes what is written and gives it on; it cannot go back, as a connection cannot."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:  # a buffer of any sort, as zipfile gives it
        block = bytes(data)  # type: ignore[call-overload]
        self._waiting.append(block)
        return len(block)

    def taken(self) -> bytes:
        """Everything written since last asked."""
        block = b"".join(self._waiting)
        self._waiting.clear()
        return block


def _items(library: Library, row: Collection, *, hide_noted: bool) -> Iterator[Listed]:
    items = showing.shown(row, hide_noted=hide_noted)
    width = max(2, len(str(len(items))))
    names: set[str] = set()
    for number, item in enumerate(items, start=1):
        card = showing.card(item.resource)
        editions = tuple(map(showing.edition, item.resource.editions))
        files: list[Packed] = []
        missing: list[str] = []
        for edition in editions:
            if edition.original is None:
                continue
            path = library.originals.path(edition.original.sha256)
            if path.is_file():
                name = _name(f"{number:0{width}} {card.title}", edition, names)
                files.append(Packed(name, path, edition.original.size))
            else:
                missing.append(_form(edition))
        yield Listed(number, card, item.note, item.resource.licence, editions, tuple(files), tuple(missing))


def _name(title: str, edition: EditionView, taken: set[str]) -> str:
    """`01 Title (Easy Read).pdf`: a name that is safe on every system, added to those `taken`."""
    form = f" ({_form(edition)})" if edition.form != "full" or not _is_english(edition) else ""
    form = _cut(_plain(form), _LONGEST_NAME // 2)
    ending = _ending(edition)
    stem, number = _plain(title), 1
    while True:
        tail = form if number == 1 else f"{form} {number}"
        name = f"{_cut(stem, _LONGEST_NAME - len(tail.encode()))}{' ' if tail[:1] == '(' else ''}{tail}{ending}"
        # Windows and macOS take names that differ in case alone for one.
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
        number += 1


def _form(edition: EditionView) -> str:
    """`Easy Read`, `Translation, Italian`."""
    named = edition.form_label
    return named if _is_english(edition) else f"{named}, {edition.language_name}"


def _is_english(edition: EditionView) -> bool:
    return (edition.language or "en").lower().startswith("en")


def _plain(text: str) -> str:
    """`text` with what some system forbids taken out; no dot or space at its end, which Windows drops."""
    text = unicodedata.normalize("NFC", text).replace(":", " -")
    return " ".join(_FORBIDDEN.sub(" ", text).split()).rstrip(". ")


def _cut(text: str, most: int) -> str:
    """At most `most` bytes of `text` in UTF-8, without half a letter."""
    return text.encode()[:most].decode(errors="ignore").rstrip(". ")


def _ending(edition: EditionView) -> str:
    original = edition.original
    if original is None:
        return ""
    suffix = Path(original.name).suffix
    if _ENDING.fullmatch(suffix):
        return suffix.lower()
    return ingest.ending_of(original.media_type)


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry of this moment, readable by everybody who unpacks it."""
    entry = zipfile.ZipInfo(name, now().timetuple()[:6])
    entry.external_attr = 0o100644 << 16
    return entry


def _list(taken: Contents, site_name: str, gone: set[str]) -> bytes:
    """`contents.txt`, with the mark and the line ends that old Windows editors need to show it rightly."""
    lines = [taken.card.title, "=" * len(taken.card.title), ""]
    if taken.card.description:
        lines += [taken.card.description, ""]
    lines += [f"From {site_name}, {now().day} {now():%B %Y}.", ""]
    for item in taken.items:
        lines += [*_lines(item, gone), ""]
    return "\r\n".join(lines).encode("utf-8-sig", errors="replace")


def _lines(item: Listed, gone: set[str]) -> Iterator[str]:
    card = item.card
    yield f"{item.number}. {card.title}"
    who = ", ".join(filter(None, dict.fromkeys((*card.authors, card.organisation, str(card.year or "")))))
    said = (
        who,
        item.note,
        f"Content note: {'; '.join(card.content_notes)}" if card.content_notes else "",
        f"Licence: {item.licence or 'not said; ask before you copy it'}",
    )
    yield from (f"   {line}" for line in said if line)
    for file in item.files:
        here = "could not be packed: its file is missing from the library" if file.name in gone else "in this zip"
        yield f"   {file.name}: {here}"
    for form in item.missing:
        yield f"   {form}: not in this zip, because its file is missing from the library"
    links = [("It", card.link), *((each.form_label, each.link) for each in item.editions)]
    for name, link in dict.fromkeys((name, link) for name, link in links if link):
        yield f"   {name} is at {link}"
    if not (item.files or item.missing or any(link for _, link in links)):
        yield "   The library holds a record of it, and no copy."
