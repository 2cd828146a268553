"""The folder of a tantivy index: opening it, and writing it safely.

``tantivy.current`` names the folder of the generation that readers open. A write commits within it, which
tantivy does by one rename; a replacement is made beside it and published by renaming a new
``tantivy.current`` over the old one. The number of our schema is part of the generation's name.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import tantivy

from index import beside
from index import folder as folders
from index.document import Document
from index.errors import IndexProblem, Outdated
from index.tantivy_fields import ROW, SCHEMA_NUMBER, key, schema
from index.tantivy_layout import Laid, lay_out
from index.tantivy_vectors import Rows

CURRENT = "tantivy.current"
_GENERATION = re.compile(r"tantivy(\d+)\.(\d+)$")
_WRITE_BYTES = 16 << 20
"""Memory of a writer of a few documents; tantivy asks for at least 15 MB."""
_REPLACE_BYTES = 64 << 20
_BLOCK_BYTES = 4 << 10
"""Of what is kept of documents. With 16 KiB, as it comes, reading ten takes twice the time, a fifth less space."""

State = tuple[str, int, int, int]
"""What tells one commit from the next: generation, and its table of contents by time, inode and size."""


class DamagedError(Exception):
    """What tantivy reads does not hold what it should."""


@contextmanager
def reading() -> Iterator[None]:
    """Turn whatever tantivy says of files it cannot read into `DamagedError`.

    It panics on some: pyo3 raises that as a `BaseException` of no importable class.
    """
    try:
        yield
    except IndexProblem:
        raise
    except BaseException as problem:
        if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
            raise DamagedError(str(problem)) from problem
        raise


class _Named(NamedTuple):
    """The generation that is named as the one in use."""

    written: tuple[int, int, int]
    """What tells the file that names it from another: time, inode and size."""
    name: str
    contents: Path
    """Its table of contents."""


class Store:
    """The folder an index is kept in."""

    def __init__(self, folder: Path, patience: float) -> None:
        """`patience`: seconds to wait for another writer before saying `Busy`."""
        self.folder = folder
        self._patience = patience
        self._pointer = folder / CURRENT
        self._named: _Named | None = None

    def state(self) -> State | None:
        """What tells one state of the index from the next; None where nothing was ever written.

        Raises `Outdated` or `Unavailable`.
        """
        current = self._current()
        if current is None:
            folders.refuse_others(self.folder, "tantivy")
            return None
        found = _GENERATION.match(current.name)
        if found is None:
            raise folders.damaged(self.folder)
        if int(found[1]) != SCHEMA_NUMBER:
            raise Outdated(f"The search index in {self.folder} was made by another version. {folders.REBUILD}")
        try:
            facts = current.contents.stat()
        except OSError as problem:
            if self._current() != current:  # a replacement was published in between
                return self.state()
            raise folders.damaged(self.folder) from problem
        return current.name, facts.st_mtime_ns, facts.st_ino, facts.st_size

    def _current(self) -> _Named | None:
        """The generation in use: read again only where the file that names it is another. Every search asks."""
        try:
            facts = self._pointer.stat()
            written = facts.st_mtime_ns, facts.st_ino, facts.st_size
            named = self._named
            if named is None or named.written != written:
                name = self._pointer.read_text("ascii", "replace")
                named = self._named = _Named(written, name, self.folder / name / "meta.json")
            return named
        except FileNotFoundError:
            return None
        except OSError as problem:
            raise folders.unreadable(self.folder, problem) from problem

    def open(self, state: State) -> tantivy.Index:
        """The index of `state`, for reading. Raises `DamagedError`."""
        with reading():
            index = tantivy.Index.open(str(self.folder / state[0]))
            # Otherwise a thread would look for new commits by itself.
            index.config_reader(reload_policy="manual")
            index.reload()
            return index

    def write(self, documents: dict[str, Document], drop: Iterable[str]) -> None:
        """Put `documents` (by id) and drop ids, in one commit."""
        with folders.locked(self.folder, self._patience):
            state = self.state()
            self._sweep(None if state is None else state[0])
            folders.remove_others(self.folder, "tantivy")  # a replacement that was killed last of all leaves them
            if state is None:
                self._publish(beside.laid_out_here(lay_out, documents.values()))
                return
            place = self.folder / state[0]
            with self._damage():
                index = tantivy.Index.open(str(place))
                before = set(folders.names(place))

            def fill(writer: Any) -> None:
                for id in (*documents, *drop):  # noqa: A001
                    writer.delete_documents_by_term("id", key(id))
                searcher = index.searcher()
                laid = beside.laid_out_here(lay_out, documents.values())
                self._add_all(writer, laid, Rows(place, searcher.num_docs, lambda: _rows_of(searcher)))

            self._commit(index, _WRITE_BYTES, fill)
            folders.settle(
                [*(place / name for name in {*folders.names(place)} - before), place / "meta.json", place]
            )

    def replace(self, documents: Iterable[Document]) -> None:
        """Publish an index of exactly `documents`, without reading what is there now."""
        with folders.locked(self.folder, self._patience):
            with closing(beside.laid_out(lay_out, documents)) as all_laid:
                self._publish(all_laid)
            folders.remove_others(self.folder, "tantivy")

    def _publish(self, all_laid: Iterable[Laid]) -> None:
        name = self._next_name()
        place = self.folder / name
        try:
            with self._writing():
                place.mkdir()
                index = _made(place)
            self._commit(index, _REPLACE_BYTES, lambda writer: self._add_all(writer, all_laid, Rows(place)))
            with self._writing():
                folders.settle([*place.iterdir(), place])
                fresh = self.folder / f"{CURRENT}.new"
                fresh.write_text(name, "ascii")
                folders.settle([fresh])
                fresh.replace(self.folder / CURRENT)
                folders.settle([self.folder])
        except BaseException:
            folders.remove([place])
            raise
        self._sweep(name)

    def _next_name(self) -> str:
        found = [int(match[2]) for name in folders.names(self.folder) if (match := _GENERATION.match(name))]
        return f"tantivy{SCHEMA_NUMBER}.{max(found, default=0) + 1:06}"

    def _commit(self, index: tantivy.Index, memory: int, fill: Callable[[Any], None]) -> None:
        """Let `fill` say what is to change, and commit it, or leave everything as it was."""
        with self._writing():
            writer = index.writer(heap_size=memory, num_threads=1)
        try:
            try:
                fill(writer)
            except ValueError as problem:  # tantivy's thread has met a disk that is full
                raise folders.unwritable(self.folder, _said(problem)) from problem
            with self._writing():
                writer.commit()
                # What nothing names any more is removed before the next writer comes.
                writer.garbage_collect_files()
        finally:
            with suppress(Exception):
                writer.wait_merging_threads()  # gives the writer up, and tantivy's own lock with it

    def _add_all(self, writer: Any, all_laid: Iterable[Laid], rows: Rows) -> None:
        """Add documents, the last of each id, and their vectors to `rows`."""
        seen: set[str] = set()
        with closing(rows):
            for laid in all_laid:
                if laid.id in seen:
                    writer.delete_documents_by_term("id", key(laid.id))
                seen.add(laid.id)
                row = None
                if any(laid.meaning):  # zeros say nothing, and where they stand later something was lost
                    with self._writing():
                        row = rows.add(laid.meaning)
                writer.add_document(laid.document(row))
            with self._writing():
                rows.settle()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Say so where the folder cannot be written."""
        try:
            with reading():
                yield
        except DamagedError as problem:
            raise folders.unwritable(self.folder, _said(problem)) from problem

    @contextmanager
    def _damage(self) -> Iterator[None]:
        """Say so where what is in the folder cannot be read."""
        try:
            with reading():
                yield
        except DamagedError as problem:
            raise folders.damaged(self.folder) from problem

    def _sweep(self, current: str | None) -> None:
        """Remove generations that are over, and what killed writers left."""
        left = [name for name in folders.names(self.folder) if _GENERATION.match(name) and name != current]
        folders.remove(self.folder / name for name in [*left, f"{CURRENT}.new"])


def _made(place: Path) -> tantivy.Index:
    """A new index in `place`. Documents are kept in small blocks: to read one, all of its block is unpacked.

    That is a setting of tantivy that its Python package does not offer, but reads from where it is written down.
    """
    tantivy.Index(schema(), str(place), reuse=False)
    contents = place / "meta.json"
    said = json.loads(contents.read_text("utf-8"))
    said["index_settings"]["docstore_blocksize"] = _BLOCK_BYTES
    contents.write_text(json.dumps(said), "utf-8")
    return tantivy.Index.open(str(place))


def _rows_of(searcher: tantivy.Searcher) -> set[Any]:
    """The rows of vectors that documents have."""
    every = searcher.search(tantivy.Query.all_query(), limit=max(searcher.num_docs, 1), count=False).hits
    return set(searcher.fast_field_values(ROW, [address for _, address in every]))


def _said(problem: BaseException) -> str:
    """What went wrong, without the names of Rust's types."""
    system = re.search(r"\(os error (\d+)\)|\[Errno (\d+)\]", str(problem))
    return os.strerror(int(system[1] or system[2])) if system else str(problem)
