from __future__ import annotations

import gzip

import pytest

from ingest.harvest import guess
from ingest.polite import Body
from ingest.source import Validators


@pytest.mark.parametrize(
    ("content", "media", "kind"),
    [
        (
            '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>',
            "text/xml",
            "sitemap",
        ),
        ("<!-- made by a program --><sitemapindex/>", "text/xml", "sitemap"),
        ("https://a.test/1\nhttps://a.test/2\n", "text/plain", "sitemap"),
        ('<rss version="2.0"><channel><title>A & B</title></channel></rss>', "text/xml", "feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"/>', "application/atom+xml", "feed"),
        ('<rdf:RDF xmlns:rdf="x"/>', "text/xml", "feed"),
        ('<OAI-PMH xmlns="x"><error code="badVerb"/></OAI-PMH>', "text/xml", "oai"),
        ("title,kind\nA,guideline\n", "text/csv", "catalogue"),
        ('[{"title": "A"}]', "text/plain", "catalogue"),
        ("TY  - JOUR\nTI  - A\nER  - \n", "text/plain", "catalogue"),
        ("% made by a program\n@article{a, title={A}}\n", "text/plain", "catalogue"),
        ("<!doctype html><html><head><title>A</title></head><body><p>A</body></html>", "text/html", "page"),
        ("# Words of hope\n", "text/plain", "page"),
        ("%PDF-1.7", "application/pdf", "page"),
    ],
)
def test_an_address_is_told_from_what_it_answers(content: str, media: str, kind: str) -> None:
    body = Body("https://a.test/x", content.encode(), media, Validators())
    assert guess.kind_of(body) == kind


def test_gzip_is_looked_into() -> None:
    body = Body("https://a.test/x.gz", gzip.compress(b"<urlset/>"), "application/gzip", Validators())
    assert guess.kind_of(body) == "sitemap"
