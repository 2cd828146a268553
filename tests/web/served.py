"""A library's site on a port of its own, for programs that ask it from outside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import waitress
from flask import Flask
from waitress import wasyncore
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


@contextmanager
def by_waitress(app: Flask, threads: int = 4) -> Iterator[str]:
    """Where the server that serves visitors serves `app`, for as long as the block lasts."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=threads)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.task_dispatcher.shutdown()
        # by its own thread: what is closed under one that waits for it fails there, now and then
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join()
