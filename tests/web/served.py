"""A library's site on a port of its own, for programs that ask it from outside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import make_server

from clearinghouse.library import Library
from clearinghouse.web import create_app


@contextmanager
def served(library: Library) -> Iterator[str]:
    """Where it is, for as long as the block lasts."""
    server = make_server("127.0.0.1", 0, create_app(library), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
