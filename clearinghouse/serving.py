"""Runs the web site: a production server with several threads, and a keeper that follows the outbox."""

from __future__ import annotations

import errno
import gc
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import waitress
from werkzeug.serving import WSGIRequestHandler

from clearinghouse import indexing
from clearinghouse.citation import citing
from clearinghouse.errors import AnyProblem, Occupied, StorageFailed
from clearinghouse.library import Library
from clearinghouse.search import tally
from clearinghouse.web import create_app

#: Seconds between looks at the outbox for changes that a killed command left behind.
_LOOKS_EVERY = 5.0
#: Seconds that visitors have to themselves between reading some cards ahead and the next.
_PAUSE = 0.01
#: Looks after which the searches that were counted are written down.
_LOOKS_A_TALLY = 12

#: A web server on this machine speaks for the visitor: who asks, and whether by HTTPS.
_BEHIND_A_PROXY = {
    "trusted_proxy": "127.0.0.1",
    "trusted_proxy_count": 1,
    "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto",
}
#: Nobody sends more than a form here. Waitress takes in the whole body before we are asked.
_BOUNDS = {"max_request_body_size": 8 * 1024 * 1024}

_log = logging.getLogger(__name__)


class _Discreet(WSGIRequestHandler):
    """The development server logs each request; what somebody searched for is left out."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        whole, self.path = self.path, self.path.partition("?")[0]
        super().log_request(code, size)
        self.path = whole


def serve(library: Library, host: str, port: int, *, debug: bool, say: Callable[[str], None]) -> None:
    """Serve until stopped. Raises `StorageFailed` where the port cannot be had."""
    app = create_app(library)
    if debug:
        app.run(host=host, port=port, debug=True, use_reloader=True, request_handler=_Discreet)
        return
    with _bound(host, port) as door:
        server = waitress.create_server(
            app, sockets=[door], threads=library.settings.threads, ident="", **_BEHIND_A_PROXY, **_BOUNDS
        )
        at = f"[{host}]" if ":" in host else host
        say(f"{library.settings.site_name} is at http://{at}:{door.getsockname()[1]} — stop it with Ctrl-C.")
        with _keeper(library):
            server.run()


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as problem:
        raise StorageFailed(_why_not(problem, host, port)) from problem


@contextmanager
def _keeper(library: Library) -> Iterator[None]:
    """See that there is an index, and now and then to changes whose own command could not; write the tally."""
    done = threading.Event()
    thread = threading.Thread(target=_keep, args=(library, done), daemon=True, name="keeper")
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(timeout=_LOOKS_EVERY)


def _keep(library: Library, done: threading.Event) -> None:
    _try(lambda: _make_index(library))
    _try(citing.prepare)
    _try(lambda: _fill(library, done))
    looks = 0
    while not done.wait(_LOOKS_EVERY):
        looks += 1
        _try(lambda: _index(library))
        if looks % _LOOKS_A_TALLY == 0:
            _try(lambda: tally.write(library))
    _try(lambda: tally.write(library))


def _make_index(library: Library) -> None:
    """After this program, or its engine, was changed, or a copy put back that has no index."""
    if indexing.is_of_no_use(library):
        _log.warning("The search index is made again, for this version; people can read and browse meanwhile.")
        made = indexing.rebuild(library)
        _log.warning("The search index is made: %d resources.", made.put)


def _fill(library: Library, done: threading.Event) -> None:
    """Read the cards of the library before anybody asks for them, making way for who asks meanwhile."""
    for _ in library.cards.fill(library.database):
        if done.wait(_PAUSE):
            return
    # All this stays until the end: looked through for what may go, it would hold a visitor up now and then.
    gc.collect()
    gc.freeze()


def _index(library: Library) -> None:
    if indexing.pending(library):
        indexing.sync(library, wait=0)


def _try(task: Callable[[], object]) -> None:
    """Do what the keeper does. It outlives whatever happens, and the next round tries again."""
    try:
        task()
    except Occupied:
        pass  # a command is at it: nothing to say
    except AnyProblem as problem:
        _log.warning("%s", problem)  # visitors can browse meanwhile
    except Exception:
        _log.exception("What the server does beside serving failed.")


def _why_not(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} is in use already; stop the other program, or choose another with --port."
    if problem.errno == errno.EACCES:
        return f"Port {port} may only be used by the administrator; choose one above 1023 with --port."
    return f"{host}:{port} cannot be listened on ({problem.strerror}); choose another with --host and --port."
