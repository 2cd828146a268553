"""Whatever a server sends, a reader gives items or a sentence."""

from __future__ import annotations

import gzip
from contextlib import suppress
from itertools import islice

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.errors import IngestProblem
from ingest.harvest import Cursor, feed, guess, oai, sitemap
from ingest.polite import Body
from ingest.source import Validators

_SEEDS = (
    b"<urlset><url><loc>http://a.test/1</loc><lastmod>2026</lastmod></url></urlset>",
    b"<sitemapindex><sitemap><loc>http://a.test/2.xml</loc></sitemap></sitemapindex>",
    b'<rss version="2.0"><channel><item><link>/1</link><pubDate>Mon, 02 Nov 2026</pubDate></item></channel></rss>',
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><link href="http://[::1/"/></entry></feed>',
    (
        b"<OAI-PMH><ListRecords><record><header><identifier>1</identifier></header><metadata><dc><title>A</title>"
        b"<identifier>http://[a/x.pdf</identifier><date>9999</date><language>--</language></dc></metadata></record>"
        b"</ListRecords></OAI-PMH>"
    ),
    b"TY  - JOUR\nTI  - A\nER  - \n",
    b"User-agent: *\nSitemap: http://a.test/s.xml\n",
    gzip.compress(b"<urlset/>"),
)


@st.composite
def _mangled(draw: st.DrawFn) -> bytes:
    """A good answer with a piece cut out, doubled or replaced."""
    seed = draw(st.sampled_from(_SEEDS))
    start = draw(st.integers(0, len(seed)))
    end = draw(st.integers(start, len(seed)))
    return seed[:start] + draw(st.binary(max_size=20)) + seed[end:] + draw(st.sampled_from((b"", seed[start:])))


@settings(max_examples=200, deadline=None)
@given(st.one_of(_mangled(), st.binary(max_size=300)))
@example(b"<")
@example(b"\xff\xfe<\x00u\x00")
@example(b"<urlset><url><loc>http://[</loc></url></urlset>")
def test_a_reader_gives_items_or_a_sentence(content: bytes) -> None:
    def ask(address: str) -> Body:
        return Body(address, content, "text/xml", Validators())

    for listing in (sitemap.listing, feed.listing, oai.listing):
        with suppress(IngestProblem):
            batches = list(islice(listing(ask, "http://a.test/s.xml", Cursor()), 20))
            assert len(batches) < 20
    with suppress(IngestProblem):
        guess.kind_of(ask("http://a.test/s.xml"))
    feed.offered(ask("http://a.test/s.xml"))
