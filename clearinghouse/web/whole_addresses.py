"""Whole addresses of this site, for what other systems keep; nothing a visitor chose is carried in them."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import url_for

from clearinghouse.web import site


class WholeAddresses:
    """`interchange.addresses.Addresses` of this site, within a request."""

    @property
    def site_name(self) -> str:
        """The name of the library."""
        return site.library().settings.site_name

    @property
    def host(self) -> str:
        """As set by a curator, else as asked."""
        return urlsplit(self.home()).hostname or "localhost"

    def home(self) -> str:
        """The first page."""
        return url_for("home.index", _external=True)

    def resource(self, slug: str) -> str:
        """The page of a resource."""
        return url_for("resources.show", slug=slug, _external=True)

    def reading(self, slug: str, key: str) -> str:
        """The text of an edition."""
        return url_for("resources.read", slug=slug, key=key, _external=True)

    def original(self, slug: str, key: str) -> str:
        """The file of an edition as it came."""
        return url_for("resources.original", slug=slug, key=key, _external=True)

    def collection(self, slug: str) -> str:
        """The page of a collection."""
        return url_for("collections.show", slug=slug, _external=True)

    def topic(self, slug: str) -> str:
        """The page of a topic."""
        return url_for("topics.show", slug=slug, _external=True)

    def oai(self) -> str:
        """Where harvesters ask."""
        return url_for("oai.answer", _external=True)
