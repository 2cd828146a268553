"""Use case: the library as a folder of plain pages."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from clearinghouse import indexing
from clearinghouse.errors import StorageFailed
from clearinghouse.library import Library
from clearinghouse.orm import now
from clearinghouse.static_site import extra, words
from clearinghouse.static_site.pages import turned
from clearinghouse.static_site.places import Map, Place, from_page
from clearinghouse.transfer import new_folder
from clearinghouse.visiting import browsing, everything
from clearinghouse.web import create_app

Progress = Callable[[int], None]

#: Pages of such a copy that stand in the place of the site's own.
_INSTEAD = {"/search": "/offline/search", "/ask": "/offline/ask"}
_FIRST = ("/", "/search", "/offline/everything", "/help-now")
_INDEX = "search-index"
_READ_ME = """{name}

This folder is the whole library. It needs no network, and no other program than a browser.

Open index.html: press it twice, or drag it into a browser's window.

"Leave this page" opens {leave_to}, which needs a network; without one, close the window instead.
Help lines are as they were on {day}. In an emergency call 000.
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What a copy has."""

    folder: str
    resources: int
    pages: int
    originals: int
    bytes: int


class _Site:
    """The site, asked for a page at a time as a visitor would ask."""

    def __init__(self, library: Library) -> None:
        self.library = library
        # A copy counts nothing, and says so on its own pages.
        app = create_app(replace(library, settings=replace(library.settings, count_searches=False)))
        extra.attach(app, library)
        self._client = app.test_client()
        self._map = Map(app.url_map.bind("localhost"), everything.originals(library))

    def find(self, address: str) -> Place | None:
        """Where what stands at `address` goes."""
        return self._map.place(address)

    def get(self, place: Place) -> tuple[bytes, str]:
        """Body and media type of a page. Raises `StorageFailed` where it cannot be made."""
        path = urlsplit(place.address).path
        with self._client.get(_INSTEAD.get(path, place.address), buffered=True) as response:
            if response.status_code != 200:
                said = f"The page {path} cannot be made (it answers {response.status_code})"
                raise StorageFailed(f"{said}; see `clearinghouse doctor`.")
            return response.data, response.mimetype or ""


def size(library: Library) -> int:
    """Number of resources, which is what the progress of `write` counts."""
    return indexing.size(library)


def write(library: Library, folder: Path, *, progress: Progress = lambda done: None) -> Written:
    """Write every page, every original and a search to the new folder `folder`: what visitors see, and no more.

    Raises `Invalid` where something stands there, `Occupied` where another export writes there, `StorageFailed`
    where the disk is full; nothing stands at `folder` then.
    """
    site = _Site(library)
    with new_folder.made(folder) as making:
        written = _Folder(site, making)
        for address in _FIRST:
            written.want(site.find(address))
        written.write(progress)
        for name, script in words.scripts(library, written.resources):
            written.put(f"{_INDEX}/{name}.js", script.encode("utf-8", "replace"))
        written.put("READ ME FIRST.txt", _read_me(library).encode())
    return Written(str(folder), len(written.resources), written.pages, written.originals, written.bytes)


class _Folder:
    """The folder while it is filled: every place that is wanted is written once."""

    def __init__(self, site: _Site, root: Path) -> None:
        self._site = site
        self._root = root
        self._waiting: deque[Place] = deque()
        self._known: set[str] = set()
        self.resources: dict[str, str] = {}
        """Slug to the file of the resource's page."""
        self.pages = self.originals = self.bytes = 0

    def want(self, place: Place | None) -> None:
        """Let `place` be written, unless it is already, or waits."""
        if place is not None and place.file not in self._known:
            self._known.add(place.file)
            self._waiting.append(place)

    def write(self, progress: Progress) -> None:
        """Write what is wanted, and all that it leads to."""
        while self._waiting:
            place = self._waiting.popleft()
            if place.original is not None:
                self._copy(place)
                continue
            body, kind = self._site.get(place)
            if kind != "text/html":
                self.put(place.file, body)
                continue
            page = turned(body.decode(), place, self._site.find, self._site.library.settings.leave_to)
            self.put(place.file, page.text.encode())
            self.pages += 1
            if place.address.startswith("/resources/") and place.address.count("/") == 2:
                self.resources[place.address.rpartition("/")[2]] = from_page("search.html", place.file)
                progress(len(self.resources))
            for each in page.wanted:
                self.want(each)

    def put(self, file: str, content: bytes) -> None:
        """Write a file."""
        path = self._room(file)
        path.write_bytes(content)
        self.bytes += len(content)

    def _copy(self, place: Place) -> None:
        assert place.original is not None
        _, source = browsing.original(self._site.library, *place.original)
        path = self._room(place.file)
        shutil.copyfile(source, path)
        self.originals += 1
        self.bytes += path.stat().st_size

    def _room(self, file: str) -> Path:
        path = self._root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def _read_me(library: Library) -> str:
    settings = library.settings
    return _READ_ME.format(name=settings.site_name, leave_to=settings.leave_to, day=f"{now():%d %B %Y}")
