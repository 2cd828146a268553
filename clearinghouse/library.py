"""The library put together: settings, database, originals and index, opened as one."""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field
from functools import cached_property

import index
from clearinghouse import facts
from clearinghouse.counting import Searches
from clearinghouse.database import HEAD, Database
from clearinghouse.errors import StorageFailed
from clearinghouse.files import Originals
from clearinghouse.kept_cards import KeptCards
from clearinghouse.settings import Settings
from index import Engine


@dataclass(frozen=True)
class Library:
    """What every use case is given. Made by `open_library`."""

    settings: Settings
    database: Database
    originals: Originals
    searches: Searches = field(default_factory=Searches)
    """Searches that are counted and not yet written down."""
    cards: KeptCards = field(default_factory=KeptCards)
    """Cards that need not be read again."""

    @cached_property
    def engine(self) -> Engine:
        """The search index, opened when it is first asked for: what it is made of is slow to load.

        Raises `Unavailable` for an address that names no index.
        """
        return index.open(self.settings.index_url)

    @cached_property
    def curator(self) -> str:
        """The name written in the history."""
        if self.settings.curator:
            return self.settings.curator
        try:
            return getpass.getuser()
        except (KeyError, OSError):  # a container's user without a name
            return "curator"

    def close(self) -> None:
        """Give back files and connections."""
        if "engine" in self.__dict__:  # otherwise it was never opened
            self.engine.close()
        self.database.close()


def open_library(settings: Settings) -> Library:
    """Open the library, making its home, its tables and its standing facts when first needed.

    Raises `BadSetting` for a URL that cannot be used, `StorageFailed` where the home cannot be made.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise StorageFailed(
            f"The library's home {settings.home} cannot be made ({problem.strerror}); choose another with "
            "CLEARINGHOUSE_HOME."
        ) from problem
    database = Database(settings.database_url)
    if database.version() != HEAD:
        database.migrate()
    if facts.are_missing(database):  # a new library, or one whose making was killed before it had them
        facts.load_into_empty(database)
    return Library(settings, database, Originals(settings.files_url))
