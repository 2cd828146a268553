from __future__ import annotations

import pytest

from ingest import abstracts, byline, facts


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("See https://doi.org/10.1002/j.2051-5545.2012.tb00113.x.", "10.1002/j.2051-5545.2012.tb00113.x"),
        ("(doi: 10.1016/S0140-6736(12)61234-5)", "10.1016/s0140-6736(12)61234-5"),
        ("DOI 10.5555/ABC;", "10.5555/abc"),
        ("Section 10.1234/5 of the act", ""),
        ("References\nDavidson. doi:10.1002/other", ""),
    ],
)
def test_a_doi_is_read_without_the_sentence_around_it(text: str, doi: str) -> None:
    assert facts.doi([text], stated={}) == doi


def test_the_doi_in_the_running_foot_wins_over_one_that_is_cited() -> None:
    first = "As in doi:10.1/cited before.\n doi:10.5555/own\n".replace("10.1/", "10.1111/")
    assert facts.doi([first, "more\ndoi:10.5555/own", "doi:10.5555/own"], stated={}) == "10.5555/own"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Published: 04 July 2018", 2018),
        ("First published online 3 May 2011 in", 2011),
        ("© 2016 Example Network", 2016),
        ("A plan\nMarch 2019\n", 2019),
        ("They met in 1998 and later.", None),
        ("© 2950", None),
    ],
)
def test_a_year_is_read_only_where_it_is_stated(text: str, year: int | None) -> None:
    assert facts.year([text], stated={}) == year


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("under a Creative Commons Attribution 4.0 International License (CC-BY).", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/3.0/au/", "CC BY-NC-ND 3.0"),
        ("Creative Commons Attribution-NonCommercial-ShareAlike 4.0", "CC BY-NC-SA 4.0"),
        ("CC0 1.0 Universal", "CC0 1.0"),
        ("All rights reserved. Send a cc by post.", ""),
        ("All rights reserved.", ""),
    ],
)
def test_a_licence_is_named_as_people_write_it(text: str, licence: str) -> None:
    assert facts.licence([text]) == licence


@pytest.mark.parametrize(
    ("stated", "tag"),
    [
        ("en_au", "en-AU"),
        ("EN", "en"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("English (Australia)", None),
        ("und", None),
        ("", None),
    ],
)
def test_a_language_becomes_a_tag_or_nothing(stated: str, tag: str | None) -> None:
    assert facts.language(stated) == tag


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Sam Hill; Ana Ruiz", ("Sam Hill", "Ana Ruiz")),
        ("Sam Hill, Ana Ruiz and Jo Lee", ("Sam Hill", "Ana Ruiz", "Jo Lee")),
        ("Davidson, Larry", ("Larry Davidson",)),
        ("Department of Health, Disability and Ageing", ("Department of Health, Disability and Ageing",)),
        ("Administrator", ()),
        ("Microsoft Office User", ()),
        ("jsmith2", ()),
        ("", ()),
    ],
)
def test_authors_are_people_and_not_accounts(stated: str, names: tuple[str, ...]) -> None:
    assert facts.names(stated) == names


def test_a_line_that_is_no_byline_gives_no_authors() -> None:
    assert byline.under("Working Together\n\nA Guide For Teams, With Notes on Practice", "Working Together") == ()


@pytest.mark.parametrize(
    "said",
    [
        "Kim Lee* and Jo Taylor, PhD",
        "by Kim Lee and Jo Taylor",
        "KIM LEE, JO TAYLOR",
        "Kim Lee1 · Jo Taylor2",
        "Kim Lee\nUniversity of Nowhere\nJo Taylor\nExample Institute",
        "Kim Lee,\nJo Taylor",
        "Kim Lee, Jo\nTaylor",
        "Kim Lee, University of Nowhere\nJo Taylor, Example Institute, Nowhere",
        "Stories from nine teams\n\nKim Lee, MPH; Jo Taylor, RN, PhD",
        "Kim Lee a,*, Jo Taylor b\na School of Examples, Nowhere",
    ],
)
def test_names_are_read_under_a_title_however_they_stand(said: str) -> None:
    assert byline.under(f"Working Together\n{said}\n\nAbstract\nAna Ruiz", "Working Together") == (
        "Kim Lee",
        "Jo Taylor",
    )


def test_a_family_name_is_not_taken_for_a_degree() -> None:
    text = "Working Together\nJack Ma, Ba Nguyen, MD, and Yo-Yo Ma, MA\n"
    assert byline.under(text, "Working Together") == ("Jack Ma", "Ba Nguyen", "Yo-Yo Ma")


def test_without_a_sign_of_a_paper_only_a_line_that_says_by_is_believed() -> None:
    assert byline.under("Working Together\nKim Lee\n", "Working Together", labelled=True) == ()
    assert byline.under("Working Together\nWritten by Kim Lee\n", "Working Together", labelled=True) == (
        "Kim Lee",
    )


def test_an_abstract_ends_where_the_next_heading_begins() -> None:
    abstract = "We asked forty peer workers what keeps them well at work, and listened to their answers."
    assert abstracts.abstract([f"Title\n\nAbstract\n\n{abstract}\n\nIntroduction\n\nLong ago"]) == abstract
