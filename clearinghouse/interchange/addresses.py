"""Whole addresses of what the library shows, as they stand in what other systems keep."""

from __future__ import annotations

from typing import Protocol


class Addresses(Protocol):
    """Where each thing is. The site gives its own; what is written to be read elsewhere may give others."""

    @property
    def site_name(self) -> str:
        """The name of the library."""

    @property
    def host(self) -> str:
        """The library's host, without a port: what its identifiers begin with."""

    def home(self) -> str:
        """The first page."""

    def resource(self, slug: str) -> str:
        """The page of a resource."""

    def reading(self, slug: str, key: str) -> str:
        """The text of an edition."""

    def original(self, slug: str, key: str) -> str:
        """The file of an edition as it came."""

    def collection(self, slug: str) -> str:
        """The page of a collection."""

    def topic(self, slug: str) -> str:
        """The page of a topic."""

    def oai(self) -> str:
        """Where harvesters ask."""
