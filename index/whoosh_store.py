"""The folder of a Whoosh index: which files are ours, opening it, and writing it safely.

The number of our schema is part of the name Whoosh gives its files, so the rename that publishes a new
generation publishes its schema with it, and an index of another version is known by its file names.
"""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.index import TOC, FileIndex, LockError, clean_files
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from index import beside
from index import folder as folders
from index.document import Document
from index.errors import Busy, Outdated
from index.layout import Laid, lay_out
from index.segment import open_files
from index.whoosh_format import SCHEMA, Codec
from index.whoosh_pool import Pool

SCHEMA_NUMBER = 5
"""Raise it whenever what is indexed, or how, changes: indexes made before are then `Outdated`."""
NAME = f"library{SCHEMA_NUMBER}"

_TOC = re.compile(r"_library(\d+)_(\d+)\.toc$")
_OURS = re.compile(r"_?library\d+[_.]")
_UNFINISHED = re.compile(r"_library\d+_\d+\.toc\..+$")
_POOL_BYTES = 16 << 20
_SMALL = 1000
"""Segments of fewer documents are merged as they gather; larger ones only once half is dropped."""


class Folder(FileStorage):
    """Whoosh's folder of files, but no file stays open when a damaged table of contents cannot be read."""

    def open_file(self, name: str, **options: Any) -> Any:
        """The file `name`, to read."""
        if name.endswith(".toc"):
            return BufferFile((Path(self.folder) / name).read_bytes(), name=name)
        return super().open_file(name, **options)


class Fresh(FileIndex):
    """An index as a writer sees it that starts from nothing, whatever the folder holds."""

    def __init__(self, storage: FileStorage, generation: int) -> None:
        self.storage = storage
        self.indexname = NAME
        self._schema = SCHEMA
        self._generation = generation

    def _read_toc(self) -> TOC:
        return TOC(SCHEMA, [], self._generation)


class Store:
    """The folder an index is kept in."""

    def __init__(self, folder: Path, patience: float) -> None:
        """`patience`: seconds to wait for another writer before saying `Busy`."""
        self.folder = folder
        self.storage = Folder(str(folder))
        self._patience = patience

    def generation(self) -> tuple[int, int, int] | None:
        """What tells one state of the index from the next; None where nothing was ever written.

        Raises `Outdated` or `Unavailable`.
        """
        names = self._names()
        found = [(int(match[1]), int(match[2])) for name in names if (match := _TOC.match(name))]
        mine = [generation for number, generation in found if number == SCHEMA_NUMBER]
        if mine:
            latest = max(mine)
            try:
                facts = (self.folder / f"_{NAME}_{latest}.toc").stat()
            except FileNotFoundError:  # a writer has just published the next
                return self.generation()
            return latest, facts.st_mtime_ns, facts.st_ino
        if found:
            raise Outdated(f"The search index in {self.folder} was made by another version. {folders.REBUILD}")
        folders.refuse_others(self.folder, "whoosh")
        return None

    def segments(self, generation: int) -> list[Any]:
        """The segments of a generation, as Whoosh's table of contents names them."""
        return list(TOC.read(self.storage, NAME, gen=generation, schema=SCHEMA).segments)

    def _names(self) -> list[str]:
        return folders.names(self.folder)

    def write(self, documents: dict[str, Document], drop: Iterable[str]) -> None:
        """Put `documents` (by id) and drop ids, in one commit."""
        with folders.locked(self.folder, self._patience):
            state = self.generation()
            self._sweep(None if state is None else state[0])
            folders.remove_others(self.folder, "whoosh")  # a replacement that was killed last of all leaves them
            index = Fresh(self.storage, 0) if state is None else FileIndex(self.storage, SCHEMA, NAME)
            with self._writer(index) as writer:
                with self._reading():
                    dropped = _drop(writer, [*documents, *drop])
                for laid in beside.laid_out_here(lay_out, documents.values()):
                    _add(writer, laid)
                if dropped or documents:
                    with self._reading():
                        writer.commit(mergetype=_merge)

    def replace(self, documents: Iterable[Document]) -> None:
        """Publish an index of exactly `documents`, without reading what is there now."""
        with folders.locked(self.folder, self._patience):
            found = [int(match[2]) for name in self._names() if (match := _TOC.match(name))]
            with (
                self._writer(Fresh(self.storage, max(found, default=0))) as writer,
                closing(beside.laid_out(lay_out, documents)) as all_laid,
            ):
                seen: dict[str, int] = {}
                for number, laid in enumerate(all_laid):
                    if laid.id in seen:
                        writer.newsegment.delete_document(seen[laid.id])
                    seen[laid.id] = number
                    _add(writer, laid)
                writer.commit(mergetype=_merge)
            self._sweep(max(found, default=0) + 1)
            self._remove_other_versions()

    @contextmanager
    def _writer(self, index: FileIndex) -> Iterator[Any]:
        """A writer that leaves the index as it was unless it commits; what it commits outlasts a power cut."""
        writer: Any = None
        try:
            before = set(self._names())
            writer = SegmentWriter(index, codec=Codec())
            writer.pool = Pool(Path(writer.temp_storage().folder), _POOL_BYTES)
            yield writer
            # Whoosh leaves it to chance when the new files come onto the disk.
            new = set(self._names()) - before
            folders.settle([*(self.folder / name for name in new), self.folder])
        except LockError as problem:
            raise Busy(folders.BUSY) from problem
        except OSError as problem:
            raise folders.unwritable(self.folder, problem.strerror or str(problem)) from problem
        finally:
            if writer is not None and not writer.is_closed:
                writer.cancel()

    def _sweep(self, generation: int | None) -> None:
        """Remove what killed writers left. Only files of ours that no generation names."""
        segments = [] if generation is None else self._read_segments(generation)
        clean_files(self.storage, NAME, generation, segments)
        self._remove([f"{NAME}.tmp", *(name for name in self._names() if _UNFINISHED.match(name))])

    def _remove_other_versions(self) -> None:
        self._remove(name for name in self._names() if _OURS.match(name) and NAME not in name)
        folders.remove_others(self.folder, "whoosh")

    def _remove(self, names: Iterable[str]) -> None:
        folders.remove(self.folder / name for name in names)

    def _read_segments(self, generation: int) -> list[Any]:
        with self._reading():
            return self.segments(generation)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Say so where what is in the folder cannot be read: damaged files raise anything."""
        try:
            yield
        except Exception as problem:
            if isinstance(problem, OSError) and not isinstance(problem, FileNotFoundError):
                raise
            raise folders.damaged(self.folder) from problem


def _add(writer: Any, laid: Laid) -> None:
    # The words go straight to the pool: Whoosh would take them there one at a time.
    writer.pool.add_document("words", writer.docnum, laid.postings)
    kept = {"facts": laid.facts, "pages": laid.pages}
    if laid.meaning:
        kept["meaning"] = laid.meaning
    writer.add_document(id={identifier(laid.id): b""}, **kept)


def identifier(id: str) -> bytes:  # noqa: A002 - the word for it
    """The term an id is indexed by."""
    return id.encode("utf-8", "surrogatepass")


def _drop(writer: Any, ids: Iterable[str]) -> bool:
    """Mark the documents with `ids` as deleted; whether there were any."""
    terms = [identifier(id) for id in ids]  # noqa: A001
    dropped = False
    for segment in writer.segments:
        reader = segment.codec().terms_reader(open_files(writer.storage, segment), segment)
        for term in terms:
            if ("id", term) in reader:
                numbers = reader.matcher("id", term, SCHEMA["id"].format).doc_numbers().tolist()
                alive = [number for number in numbers if not segment.is_deleted(number)]
                for number in alive:
                    segment.delete_document(number)
                dropped = dropped or bool(alive)
    return dropped


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Which segments stay; the others are written into the new one.

    A segment is merged once those smaller than it, and what is being written, come to half its size: so
    there are few of them, and each document is rewritten seldom. A large one only once half is dropped.
    """
    keep, gathered = [], writer.doc_count()
    for segment in sorted(segments, key=lambda segment: int(segment.doc_count())):
        live, whole = segment.doc_count(), segment.doc_count_all()
        if not live:
            continue
        if 2 * live < whole or (live < _SMALL and 2 * gathered >= live):
            reader = SegmentReader(writer.storage, SCHEMA, segment)
            writer.add_reader(reader)
            reader.close()
            gathered += live
        else:
            keep.append(segment)
    return keep
