"""Which part of a page holds its text, told by where the sentences stand."""

from __future__ import annotations

import pytest
from lxml import html  # type: ignore[import-untyped]

from ingest import main_part


def said(what: str, times: int = 3) -> str:
    return "".join(
        f"<p>{what} is said here, number {at}, in a sentence long enough that nobody takes it for a label.</p>"
        for at in range(times)
    )


def text_of(body: str) -> str:
    tree = html.document_fromstring(f"<html><body>{body}</body></html>")
    return " ".join(" ".join(each.text_content().split()) for each in main_part.find(tree))


def test_the_element_that_holds_most_sentences_is_the_text() -> None:
    text = text_of(f"<div>{said('Hope', 6)}</div><div><div>{said('A teaser', 1)}</div></div>")
    assert "Hope is said here, number 5" in text
    assert "teaser" not in text


def test_sections_of_unlike_length_stand_in_order() -> None:
    text = text_of(
        f"<div><div>{said('First', 2)}</div><section>{said('Second', 9)}</section>"
        f"<div>{said('Third', 2)}</div></div>"
    )
    assert text.index("First") < text.index("Second") < text.index("Third")


@pytest.mark.parametrize("name", ["comments", "sidebar-right", "relatedPosts", "post__share", "newsletter_box"])
def test_what_says_that_it_stands_beside_a_text_is_left_out(name: str) -> None:
    text = text_of(f"<article>{said('Hope', 6)}<div class='{name}'>{said('An aside', 2)}</div></article>")
    assert "Hope" in text
    assert "aside" not in text


@pytest.mark.parametrize("name", ["content-with-sidebar", "community-support", "download", "header"])
def test_a_name_that_only_sounds_like_it_costs_no_text(name: str) -> None:
    assert "Hope" in text_of(f"<div class='{name}'><h1>Peers</h1>{said('Hope', 6)}</div>")


def test_a_list_of_links_stays_under_its_heading_only() -> None:
    links = "".join(f"<li><a href=/{at}>Pathway number {at}</a></li>" for at in range(4))
    assert "Pathway" in text_of(f"<main>{said('Hope', 6)}<h2>Where to go</h2><ul>{links}</ul></main>")
    assert "Pathway" not in text_of(f"<main>{said('Hope', 6)}<ul>{links}</ul></main>")


def test_a_page_whose_sentences_are_scattered_is_left_as_it_was() -> None:
    scattered = "".join(f"<div class=sidebar>{said(f'Box {at}', 2)}</div>" for at in range(6))
    tree = html.document_fromstring(f"<html><body>{scattered}</body></html>")
    before = html.tostring(tree)

    assert main_part.find(tree) == []
    assert html.tostring(tree) == before


def test_a_page_without_a_word_has_no_text() -> None:
    assert main_part.find(html.document_fromstring("<html><body></body></html>")) == []


def test_a_wrapper_named_for_what_is_at_its_side_is_no_sidebar() -> None:
    text = text_of(f"<div class=with_sidebar><div>{said('Hope', 9)}</div><div>{said('A box', 1)}</div></div>")
    assert "Hope is said here, number 8" in text
