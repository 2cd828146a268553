"""What a visitor is told of a form that could not be read everywhere, and of what it is about."""

from __future__ import annotations

from bs4 import BeautifulSoup
from sqlalchemy import update

from clearinghouse import indexing
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Page
from clearinghouse.search import discovery
from clearinghouse.search.discovery import Question
from clearinghouse.web import create_app
from tests.clearinghouse import making


def test_the_record_says_which_pages_could_not_be_read_and_where_to_look(library: Library) -> None:
    slug = making.a_resource(library, "A guide", "One page.", "\x1a\x1a", "Three pages.")
    client = create_app(library).test_client()
    assert "could not be read" not in client.get(f"/resources/{slug}").text
    with library.database.writing() as session:
        session.execute(update(Page).where(Page.number == 2).values(quality=0.1))
    shown = BeautifulSoup(client.get(f"/resources/{slug}").text, "html.parser").select_one(".not-read")
    assert shown is not None
    assert shown.text == (
        "1 of 3 pages could not be read: page 2. Searches do not find what it says; look in the original."
    )


def test_keywords_are_shown_and_find_it(library: Library) -> None:
    slug = making.a_resource(library, "A guide", "Nothing much.")
    catalogue.revise(library, slug, Record(keywords=("kookaburra calls", "hope")))
    indexing.sync(library)
    assert "kookaburra calls, hope" in create_app(library).test_client().get(f"/resources/{slug}").text
    assert [each.card.slug for each in discovery.search(library, Question("kookaburra")).found] == [slug]
