"""The overview on one page: what it counts, what it says, and that it needs nothing else."""

from __future__ import annotations

import importlib.util
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup, Tag

from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.models import LinkCheck
from clearinghouse.overview import holdings, page, parts, pictures
from clearinghouse.overview.parts import Part
from clearinghouse.search import tally
from tests.clearinghouse.making import a_resource, document, take_in, wanted

TODAY = date(2026, 11, 26)


def part(library: Library, title: str) -> Part:
    return next(each for each in parts.every(library, TODAY) if each.title == title)


def rows(found: Part) -> dict[object, tuple[object, ...]]:
    assert found.table is not None
    return {row[0]: row[1:] for row in found.table.rows}


@pytest.fixture
def soup(sample_library: Library) -> BeautifulSoup:
    return BeautifulSoup(page.make(sample_library, TODAY).html, "lxml")


def test_resources_are_counted_by_kind_and_audience_and_holes_are_named(library: Library) -> None:
    a_resource(library, "One", kind="story", audiences=("staff", "carers"))
    a_resource(library, "Two", kind="story", audiences=("staff",))
    a_resource(library, "Three", kind="policy", audiences=("providers",))
    a_resource(library, "Waiting", kind="policy", audiences=("carers",), draft=True)
    counted = holdings.count(library, TODAY)
    assert counted.grid["story"] == {"consumers": 0, "carers": 1, "staff": 2, "providers": 0}
    assert ("policy", "carers") in counted.holes
    assert ("video", "carers") not in counted.holes  # there is no video for anybody
    assert dict(counted.by_status) == {"draft": 1, "published": 3, "withdrawn": 0}
    found = part(library, "Who finds something here")
    assert rows(found)["Story"] == ("none", 1, 2, "none", 2)
    assert rows(found)["All kinds"] == ("none", 1, 2, 1, 3)
    assert "In 5 places of the grid there is nothing." in found.sentence
    assert "Of these kinds there is nothing for anybody: research paper, " in found.sentence


def test_additions_are_counted_by_the_month_in_which_visitors_first_saw_them(library: Library) -> None:
    for title, moment in (("Old", datetime(2020, 1, 1, tzinfo=UTC)), ("New", datetime(2026, 10, 3, tzinfo=UTC))):
        slug = a_resource(library, title)
        with library.database.writing() as session:
            catalogue.find(session, slug).published_at = moment
    counted = holdings.count(library, TODAY)
    assert next(iter(counted.added)) == "2024-12"
    assert list(counted.added)[-1] == "2026-11"
    assert (counted.added["2026-10"], sum(counted.added.values()), counted.added_before) == (1, 1, 1)
    assert rows(part(library, "When it came")) == {"Oct 2026": (1,)}


def test_ages_tell_the_last_ten_years_from_before_and_what_is_not_known(library: Library) -> None:
    for number, year in enumerate((1999, 2016, 2017, 2026, None)):
        a_resource(library, f"Work {number}", year=year)
    found = part(library, "How old it is")
    assert found.sentence.startswith("Of 4 resources whose year is known, 2 are from the last ten years. Of 1")
    assert rows(found) == {"before 2007": (1,), "2016": (1,), "2017": (1,), "2026": (1,), "not known": (1,)}


def test_links_are_spoken_of_once_they_were_asked(library: Library) -> None:
    a_resource(library, "A film", link="https://example.org/film")
    assert part(library, "Links to other places").command == "clearinghouse links check"
    with library.database.writing() as session:
        row = LinkCheck(address="https://example.org/film", asked_at=datetime(2026, 11, 25, tzinfo=UTC))
        row.outcome, row.failed_days, row.sentence = "failed", 2, "There is no such page (404)."
        session.add(row)
    found = part(library, "Links to other places")
    assert "failed on two days or more, as of 25 November 2026" in found.sentence
    assert rows(found) == {"https://example.org/film": ("There is no such page (404).", "A film")}


def test_unmet_needs_are_told_by_their_words(library: Library) -> None:
    for days in (2, 1, 0):
        tally.count(library, "warmline", found=False)
        tally.write(library, date.today() - timedelta(days=days))  # noqa: DTZ011
    found = part(library, "What people look for and do not find")
    assert found.sentence == "3 searches in 90 days; 3 found nothing."
    assert rows(found) == {"warmline": (3, 3)}


def test_what_waits_for_a_curator_is_counted_with_its_command(library: Library) -> None:
    a_resource(library, "Waiting", draft=True)
    found = part(library, "What waits for a curator")
    assert found.sentence == "One thing waits for a curator."
    assert rows(found)["Drafts to decide on"] == (1, "clearinghouse review")


def test_an_empty_library_has_a_page_too(library: Library) -> None:
    made = page.make(library, TODAY)
    assert "0 resources can be found by visitors." in made.html


def test_long_lists_are_cut_and_say_which_command_has_the_rest(library: Library) -> None:
    for number in range(20):
        a_resource(library, f"Course {number}", kind="directory-entry")
    made = BeautifulSoup(page.make(library, TODAY).html, "lxml")
    assert re.search(r"\d+ more: clearinghouse facts due", made.get_text())


def test_the_page_asks_nothing_of_any_other_place_and_runs_nothing(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(True):
        assert tag.name not in {"script", "link", "iframe", "img", "object", "a"}, tag
        for name, value in tag.attrs.items():
            assert not name.startswith("on"), tag
            if name in {"href", "src", "xlink:href"}:
                assert str(value).startswith("#"), tag
    assert "http" not in str(soup.style)
    assert not re.search(r"url\((?!#)|@import", str(soup))


def test_every_picture_has_a_table_with_the_same_numbers(soup: BeautifulSoup) -> None:
    drawn = [each for each in soup.find_all("section") if each.find("svg")]
    assert len(drawn) >= 4
    for section in drawn:
        assert section.table is not None
        figure = section.figure
        assert isinstance(figure, Tag)
        assert figure["role"] == "img"
        assert str(section.caption.get_text()) in str(figure["aria-label"])  # type: ignore[union-attr]


def test_a_place_with_nothing_says_so_in_a_word_and_is_hatched(soup: BeautifulSoup) -> None:
    (section,) = [each for each in soup.find_all("section") if "Who finds" in each.get_text()]
    assert section.svg is not None
    assert {each.get_text(strip=True) for each in section.svg.find_all("text")} >= {"none", "Research paper", "9"}
    assert section.svg.find("pattern") is not None


def test_no_two_elements_have_one_id_and_every_one_that_is_used_is_there(soup: BeautifulSoup) -> None:
    ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    used = set(re.findall(r"url\(#([^)]+)\)", str(soup))) | {
        str(tag[name])[1:] for name in ("href", "xlink:href") for tag in soup.find_all(attrs={name: True})
    }
    assert used <= set(ids)


def test_titles_cannot_change_the_page(library: Library) -> None:
    a_resource(library, "<script>alert(1)</script>", kind="directory-entry")
    made = page.make(library, TODAY)
    assert "<script>" not in made.html
    assert "&lt;script&gt;" in made.html


def test_the_same_library_gives_the_same_page(library: Library) -> None:
    a_resource(library, "One", year=2020)
    assert page.make(library, TODAY).html == page.make(library, TODAY).html


def test_without_matplotlib_the_page_has_its_tables_and_one_sentence_says_what_would_draw(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_resource(library, "One", year=2020)
    real = importlib.util.find_spec
    monkeypatch.setattr(pictures, "find_spec", lambda name: None if name == "matplotlib" else real(name))
    made = page.make(library, TODAY)
    assert "<svg" not in made.html
    assert "<table>" in made.html
    assert "pip install 'peer-support-clearinghouse[report]'" in made.note


def test_pages_that_could_not_be_read_are_counted_with_their_form(library: Library) -> None:
    slug = a_resource(library, "A scan", "", "Words of hope and of supervision.")
    with library.database.writing() as session:
        catalogue.find(session, slug).editions[0].pages[0].quality = 0.0
    a_resource(library, "All well", "Words of hope.")
    found = part(library, "How well the text was read")
    assert found.sentence.startswith("1 of 2 forms have a page that could not be read")
    assert rows(found) == {"A scan": ("full-en", 1, 0, 2)}
    assert found.picture


def test_texts_that_are_nearly_the_same_wait_for_a_curator(library: Library) -> None:
    text = " ".join(f"Word number {number} of a long text about hope and peers." for number in range(60))
    for name, more in (("one.md", ""), ("two.md", " And a few words more.")):
        take_in(library, wanted(document(library, name, f"# A guide\n\n{text}{more}\n")))
    found = rows(part(library, "What waits for a curator"))
    assert found["Texts nearly the same as another"] == (1, "clearinghouse report duplicates")
