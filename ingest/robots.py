"""What a site asks of programs that visit it: robots.txt, as RFC 9309 has it."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

#: The name under which this program is spoken to in a robots.txt, and with which its User-Agent begins.
PRODUCT = "peer-support-clearinghouse"

#: Bytes of a robots.txt that are read; what comes after counts for nothing (RFC 9309, 2.5, asks for 500 KiB).
MOST_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site. Empty ones allow everything."""

    said: Protego | None = None

    def allow(self, address: str) -> bool:
        """Whether this program may ask for `address`."""
        return self.said is None or bool(self.said.can_fetch(address, PRODUCT))

    @property
    def delay(self) -> float:
        """Seconds that the site asks to be left alone between two requests; 0 where it does not say."""
        return float(self.said.crawl_delay(PRODUCT) or 0) if self.said else 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Addresses of the sitemaps it names."""
        return tuple(self.said.sitemaps) if self.said else ()


def read(body: bytes) -> Rules:
    """The rules in a robots.txt; what is none in it counts for nothing."""
    return Rules(Protego.parse(body[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")))
