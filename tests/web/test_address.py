"""Whole addresses, as other systems keep them."""

from __future__ import annotations

from dataclasses import replace

from clearinghouse.library import Library
from clearinghouse.web import create_app
from tests.clearinghouse import making


def test_whole_addresses_begin_as_the_curator_set_it_and_links_on_pages_stay_short(library: Library) -> None:
    slug = making.a_resource(library, "A guide", "Words.")
    settings = replace(library.settings, address="https://library.example.org")
    visitor = create_app(replace(library, settings=settings)).test_client()
    said = visitor.get(f"/resources/{slug}/cite.json", base_url="http://127.0.0.1:8000").text
    assert '"URL": "https://library.example.org/resources/a-guide"' in said
    assert 'href="/topics"' in visitor.get("/", base_url="http://127.0.0.1:8000").text


def test_whole_addresses_begin_with_the_one_that_was_asked_where_nobody_set_one(library: Library) -> None:
    slug = making.a_resource(library, "A guide", "Words.")
    said = create_app(library).test_client().get(f"/resources/{slug}/cite.json", base_url="http://here.test:8000")
    assert '"URL": "http://here.test:8000/resources/a-guide"' in said.text
