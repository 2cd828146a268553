"""Where this site is, for whoever is told a whole address: a citation, a feed, a sitemap, a harvester."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Request
from werkzeug.routing import MapAdapter

from clearinghouse.web.templating import Templates


class Site(Flask):
    """An application whose whole addresses (`url_for(…, _external=True)`) begin as a curator set it.

    Without a setting they begin with the address that was asked, which a web server in front may have changed and
    which differs where one site has two names.
    """

    jinja_environment = Templates
    address = ""
    """Such as ``https://library.example.org``; empty for the address that was asked."""

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Flask's own, at the address set."""
        adapter = super().create_url_adapter(request)
        if adapter is not None and self.address:
            parts = urlsplit(self.address)
            adapter.url_scheme, adapter.server_name = parts.scheme, parts.netloc
        return adapter
