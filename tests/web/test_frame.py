"""The frame around every page: written once for all who have chosen the same, and never for anybody else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from clearinghouse.library import Library
from clearinghouse.models import HelpLine
from clearinghouse.web import create_app, frame


@pytest.fixture
def client(library: Library) -> FlaskClient:
    return create_app(library).test_client()


def _frame(client: FlaskClient, address: str, root: str = "") -> str:
    """A page without its main part, its title and what else is its own."""
    page = client.get(address, environ_overrides={"SCRIPT_NAME": root}).get_data(as_text=True)
    for own in (r"<title>.*?</title>", r"<main.*?</main>", r'<section class="kept".*?</section>'):
        page = re.sub(own, "", page, flags=re.DOTALL)
    return page


def test_ways_around_carry_what_this_visitor_chose_and_nobody_elses(client: FlaskClient) -> None:
    for _ in range(2):
        assert 'href="/topics"' in _frame(client, "/glossary")
        assert 'href="/topics?audience=staff"' in _frame(client, "/glossary?audience=staff")
        chosen = _frame(client, "/glossary?audience=carers&easy=first")
        assert 'href="/topics?audience=carers&amp;easy=first"' in chosen
        assert "audience=staff" not in chosen


def test_the_page_one_is_on_is_marked_and_no_other(client: FlaskClient) -> None:
    for _ in range(2):
        for path in ("/topics", "/glossary", "/help-now"):
            marked = re.findall(r'<a href="([^"]*)" aria-current="page"', _frame(client, path))
            assert marked == [path]
        assert "aria-current" not in _frame(client, "/searching")


def test_a_site_within_another_has_its_own_addresses(client: FlaskClient) -> None:
    for root in ("", "/library", ""):
        links = re.findall(r'(?:href|src)="(/[^"]*)"', _frame(client, "/topics", root))
        assert links
        assert all(link.startswith(f"{root}/") for link in links)
        assert any(link.startswith("/library/") for link in links) == bool(root)


def test_two_sites_of_one_program_keep_their_names(library: Library) -> None:
    settings = replace(library.settings, site_name="Words & <Wonders>")
    here, there = create_app(library).test_client(), create_app(replace(library, settings=settings)).test_client()
    for _ in range(2):
        assert "Wonders" not in _frame(here, "/topics")
        assert "Words &amp; &lt;Wonders&gt; keeps no record" in _frame(there, "/topics")


def test_a_help_line_that_is_changed_is_in_the_strip_at_once_and_escaped(
    library: Library, client: FlaskClient
) -> None:
    before = _frame(client, "/topics")
    with library.database.writing() as session:
        for line in session.query(HelpLine).where(HelpLine.name.like("Lifeline%")):
            line.name = "A <line> & another"
    after = _frame(client, "/topics")
    assert "A &lt;line&gt; &amp; another" not in before
    assert "A &lt;line&gt; &amp; another" in after


def test_what_is_kept_does_not_grow_without_end(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "_MOST", 5)
    pages = [_frame(client, path) for path in ("/topics", "/glossary", "/about", "/ask") * 2]
    assert pages[:3] == pages[4:7]
    assert len(client.application.extensions["clearinghouse.frame"]) <= 5
