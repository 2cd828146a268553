"""Every setting: its name, what it is when nobody sets it, and a line of help."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import quote

from clearinghouse.errors import BadSetting

PREFIX = "CLEARINGHOUSE_"
_YES = {"1", "yes", "true", "on"}
_NO = {"0", "no", "false", "off", ""}
_ADDRESS = re.compile(
    r"(https?://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::[0-9]{1,5})?)/?", re.IGNORECASE
)


def _setting(default: Any, help: str, *, least: int = 1) -> Any:  # noqa: A002 - the word a reader expects
    return field(default=default, metadata={"help": help, "least": least})


@dataclass(frozen=True, slots=True)
class Settings:
    """Read once from ``CLEARINGHOUSE_*`` variables; each field is a variable of the same name in capitals."""

    home: Path = _setting(Path("clearinghouse-data"), "Folder of the database, the originals and the index.")
    database: str = _setting("", "Database URL; empty for SQLite in the home folder.")
    index: str = _setting(
        "", "Search engine and its folder: whoosh:// or tantivy://, or with a folder tantivy:///srv/index."
    )
    files: str = _setting("", "URL of the folder of originals (file:///...); empty for one in the home folder.")
    jobs: int = _setting(2, "Documents read at the same time by `add`.")
    extract_seconds: int = _setting(60, "Longest time, in seconds, that reading one document may take.")
    extract_memory: int = _setting(1024, "Most memory, in MiB, that reading one document may take.")
    ocr_seconds: int = _setting(
        600, "Longest time, in seconds, that reading the pictures of one document may take (see docs/formats.md)."
    )
    ocr_pages: int = _setting(200, "Most pictures of text read in one document.")
    ocr_languages: str = _setting(
        "", "Tesseract's languages tried where a document does not say, such as eng+ita; empty for English."
    )
    max_megabytes: int = _setting(200, "Largest document, in MB, that is taken in.")
    fetch_seconds: int = _setting(60, "Longest time, in seconds, that fetching one address may take.")
    fetch_redirects: int = _setting(5, "Most redirects followed from one address.")
    fetch_pause: int = _setting(
        1, "Seconds between two requests to the same web server; a longer Crawl-delay of its own counts.", least=0
    )
    allow_private: bool = _setting(False, "Fetch addresses inside this network too (yes or no).")
    site_name: str = _setting("Peer Support Clearing House", "Name shown on every page.")
    address: str = _setting(
        "",
        "Address at which others reach this site, such as https://library.example.org; empty for the one asked.",
    )
    leave_to: str = _setting("https://www.bom.gov.au/", "Where `Leave this page` goes: a neutral page.")
    enquiry_days: int = _setting(90, "Days after which a closed enquiry is deleted by `enquiries purge`.")
    count_searches: bool = _setting(True, "Count what is searched for, never who searches (yes or no).")
    contact: str = _setting("", "E-mail address or telephone number of the project officer, shown on About.")
    threads: int = _setting(8, "Visitors served at the same time by `serve`.")
    curator: str = _setting("", "Name written in the history; empty for the name of the login.")

    @property
    def database_url(self) -> str:
        """SQLAlchemy URL of the database."""
        return self.database or f"sqlite:///{(self.home / 'library.db').absolute()}"

    @property
    def index_url(self) -> str:
        """URL that `index.open` takes. An engine named without a folder keeps its index in the home."""
        if self.index and not self.index.endswith("://"):
            return self.index
        return f"{self.index or 'whoosh://'}{quote(str((self.home / 'index').absolute()))}"

    @property
    def engine(self) -> str:
        """Name of the search engine: ``whoosh`` or ``tantivy``."""
        return self.index_url.partition("://")[0]

    @property
    def files_url(self) -> str:
        """URL that `files.Originals` takes."""
        return self.files or (self.home / "originals").absolute().as_uri()


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that `environment` asks for. Raises `BadSetting` for a value of the wrong kind."""
    values: dict[str, Any] = {}
    for each in fields(Settings):
        name = PREFIX + each.name.upper()
        if name in environment:
            values[each.name] = _read(name, environment[name], each.default, each.metadata["least"])
    if "address" in values:
        values["address"] = _address(values["address"])
    return Settings(**values)


def _address(text: str) -> str:
    found = _ADDRESS.fullmatch(text.strip())
    if text.strip() and found is None:
        raise BadSetting(
            f"{PREFIX}ADDRESS is “{text}”; set it to where this site's addresses begin, without a path, such as "
            "https://library.example.org."
        )
    return found[1].lower() if found else ""


def _read(name: str, text: str, default: Any, least: int) -> Any:
    if isinstance(default, bool):
        if text.strip().lower() not in _YES | _NO:
            raise BadSetting(f"{name} is “{text}”; set it to yes or no.")
        return text.strip().lower() in _YES
    if isinstance(default, int):
        if not text.strip().isdigit() or int(text) < least:
            allowed = "above zero" if least else "from zero up"
            raise BadSetting(f"{name} is “{text}”; set it to a whole number {allowed}.")
        return int(text)
    if isinstance(default, Path):
        return Path(text).expanduser() if text else default
    return text


def described() -> list[tuple[str, str, str]]:
    """(variable, default, help) of every setting, for the documentation and `--help`."""
    return [
        (PREFIX + each.name.upper(), str(each.default), str(each.metadata["help"])) for each in fields(Settings)
    ]
