"""Connections that go only where they may: the guard under `fetch`.

A name is resolved once, every address it has is checked, and the connection is made to a checked address
itself. So a name that answers differently the second time (DNS rebinding) gains nothing, while Host and TLS
still carry the name. Each read also minds the deadline for the whole, so that a server which sends a byte now
and then cannot hold on for ever.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache

import httpcore
import httpx

from ingest.errors import Refused, TooSlow, Unreachable

_UNICAST = ipaddress.ip_network("2000::/3")  # all of IPv6 that was ever given out for the open internet
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ASSIGNMENTS = ipaddress.ip_network("192.0.0.0/24")  # of protocols, and of one cloud's own secrets

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


def is_public(address: Address) -> bool:
    """Whether `address` belongs to the open internet, looking through IPv6 forms that carry an IPv4 one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast and address not in _ASSIGNMENTS
    if address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    inner = [address.sixtofour, *(address.teredo or ())]
    return address in _UNICAST and address.is_global and all(is_public(one) for one in inner if one is not None)


class Deadline:
    """A moment by which all must be done. `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, more than 0. Raises `TooSlow` when there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TooSlow(f"it took longer than {self.seconds:g} seconds")
        return left

    def extend(self, seconds: float) -> None:
        """Leave out time that was spent waiting out of politeness."""
        self._until += seconds

    def cap(self, timeout: float | None) -> float:
        """`timeout`, or what is left if that is less."""
        return self.left() if timeout is None else min(timeout, self.left())


class _Stream(httpcore.NetworkStream):
    """A stream whose every wait ends at the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout))
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Makes each connection to an address that was checked."""

    def __init__(self, deadline: Deadline, allow_private: bool) -> None:
        self._inner = httpcore.SyncBackend()
        self._deadline, self._allow_private = deadline, allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._checked(host, port, timeout)
        for at, address in enumerate(addresses):
            try:
                wait = self._deadline.cap(timeout)
                stream = self._inner.connect_tcp(str(address), port, wait, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if at == len(addresses) - 1:
                    raise
        raise Unreachable(f"the name {host} has no address")

    def _checked(self, host: str, port: int, timeout: float | None) -> list[Address]:
        addresses = _resolve(host, port, self._deadline.cap(timeout))
        if not self._allow_private and not all(is_public(address) for address in addresses):
            raise Refused(f"{host} points inside a private network")
        return addresses


def _resolve(host: str, port: int, timeout: float) -> list[Address]:
    """Each address of `host` once. The system's look-up knows no time limit: a thread waits for it."""
    answers: queue.Queue[list[str] | OSError] = queue.Queue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([str(entry[4][0]).partition("%")[0] for entry in found])
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, daemon=True, name="name look-up").start()
    try:
        answer = answers.get(timeout=timeout)
    except queue.Empty:
        raise TooSlow(f"looking up the name {host} took too long") from None
    if isinstance(answer, OSError):
        raise Unreachable(f"there is no server of the name {host}")
    return [ipaddress.ip_address(address) for address in dict.fromkeys(answer)]


class _Body(httpx.SyncByteStream):
    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts

    def close(self) -> None:
        close = getattr(self._parts, "close", None)
        if close is not None:
            with suppress(httpcore.NetworkError):
                close()


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to trust: read once, because reading the list takes longer than most requests."""
    return httpx.create_ssl_context(trust_env=False)


class GuardedTransport(httpx.BaseTransport):
    """An httpx transport over a connection pool of our own making. No proxy: a proxy would resolve for us."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trusted(),
            network_backend=_Backend(deadline, allow_private),
            max_connections=1,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        parts = response.stream
        if not isinstance(parts, Iterable):
            raise Unreachable("the answer has no body that can be read")
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(parts), extensions=response.extensions
        )

    def close(self) -> None:
        self._pool.close()
