"""Citations, as a person would copy them and as a reference manager would read them."""

from __future__ import annotations

import codecs
import json
from dataclasses import replace
from typing import Any

import latexcodec  # noqa: F401 - makes the codec below known
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from hypothesis import given, settings
from hypothesis import strategies as some
from pybtex.database import Entry, parse_string

from clearinghouse.citation import author_names, citing
from clearinghouse.citation.citation_files import FORMATS, bibtex, csl_json, ris
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.views import ResourceView

ADDRESS = "https://library.example.org/resources/a-work"
BAD_TITLES = (
    "An unmatched { brace",
    "Closed } before { opened",
    "Élan, naïveté and Übermut: ß, ø and ł",
    "Rights & wrongs: 100% of $5_000 #1 ~ ^ \\",
    'The "quoted" and the ‘quoted’ word',
    r"\emph{TeX} and \'e as they are typed",
    "Either -- or --- or – or —",
    "כותרת בעברית",
    "عنوان بالعربية",
    "A rainbow 🌈 and a family 👩‍👩‍👧",
    "Long " + "x" * 495,
    '<script>alert("x")</script>',
    "@article{key, title = {not mine}}",
    "TY - JOUR ER -",
)


@pytest.fixture(scope="module")
def any_view(sample_library: Library) -> ResourceView:
    """A resource as pages see it, to be changed."""
    return catalogue.show(sample_library, "the-kettle").view


def _view(view: ResourceView, *, identifiers: dict[str, str] | None = None, **card: Any) -> ResourceView:
    blank = {"authors": (), "organisation": "", "year": None, "kind": "guideline", "title": "A work"}
    return replace(view, card=replace(view.card, **{**blank, **card}), identifiers=identifiers or {})


def _bibtex(work: citing.Item) -> Entry:
    """The one entry of the BibTeX file, as pybtex reads it."""
    (entry,) = parse_string(bibtex([work]), "bibtex").entries.values()
    return entry


def _printed(field: str) -> str:
    """A BibTeX field as TeX would print it."""
    for name, sign in (("braceleft", "{"), ("braceright", "}"), ("asciicircum", "^")):
        field = field.replace(rf"\text{name}{{}}", f"\x00{ord(sign)}\x00")
    field = field.replace("-{}", "-\x00").replace(r"\$", "\x0036\x00").removeprefix("{").removesuffix("}")
    field = codecs.decode(field.replace(r"\textbackslash{}", "\x0092\x00"), "ulatex")
    for sign in "{}^$\\":
        field = field.replace(f"\x00{ord(sign)}\x00", sign)
    return field.replace("\x00", "").replace("{}", "")


def test_a_guideline_of_people_and_an_organisation(any_view: ResourceView) -> None:
    work = citing.item(
        _view(any_view, authors=("Ana Ito", "van den Berg, Bo"), organisation="Harbour Collective", year=2019),
        ADDRESS,
    )
    assert citing.apa(work) == f"Ito, A., & van den Berg, B. (2019). A work. Harbour Collective. {ADDRESS}"
    assert (
        citing.vancouver(work)
        == f"Ito A, van den Berg B. A work [Internet]. Harbour Collective; 2019. Available from: {ADDRESS}"
    )


def test_an_article_is_cited_with_its_journal_and_doi(any_view: ResourceView) -> None:
    work = citing.item(
        _view(
            any_view,
            kind="research-paper",
            title="Peer support: a theoretical perspective",
            authors=("Shery Mead", "David Hilton"),
            organisation="Psychiatric Rehabilitation Journal 25(2):134–141",
            year=2001,
            identifiers={"doi": "10.1037/h0095032"},
        ),
        ADDRESS,
    )
    assert citing.apa(work) == (
        "Mead, S., & Hilton, D. (2001). Peer support: a theoretical perspective. "
        "Psychiatric Rehabilitation Journal, 25(2), 134–141. https://doi.org/10.1037/h0095032"
    )
    assert citing.vancouver(work) == (
        "Mead S, Hilton D. Peer support: a theoretical perspective. "
        "Psychiatric Rehabilitation Journal. 2001;25(2):134–41. doi:10.1037/h0095032"
    )
    entry = _bibtex(work)
    assert entry.type == "article"
    kept = {name: entry.fields[name] for name in ("journal", "volume", "number", "pages", "doi", "url")}
    assert kept == {
        "journal": "Psychiatric Rehabilitation Journal",
        "volume": "25",
        "number": "2",
        "pages": "134--141",
        "doi": "10.1037/h0095032",
        "url": "https://doi.org/10.1037/h0095032",
    }
    (record,) = rispy.loads(ris([work]))
    assert record["type_of_reference"] == "JOUR"
    assert (record["start_page"], record["end_page"], record["doi"]) == ("134", "141", "10.1037/h0095032")
    assert record["authors"] == ["Mead, Shery", "Hilton, David"]


@pytest.mark.parametrize("doi", ["10.1037/h0095032", "https://doi.org/10.1037/h0095032", "doi: 10.1037/h0095032"])
def test_a_doi_is_known_however_it_was_typed(any_view: ResourceView, doi: str) -> None:
    work = citing.item(_view(any_view, identifiers={"doi": doi}), ADDRESS)
    assert (work["DOI"], work["URL"]) == ("10.1037/h0095032", "https://doi.org/10.1037/h0095032")


def test_what_is_no_doi_does_not_take_the_place_of_the_address(any_view: ResourceView) -> None:
    work = citing.item(_view(any_view, identifiers={"doi": "none", "isbn": "978-1-4612-1260-4"}), ADDRESS)
    assert (work.get("DOI"), work["URL"]) == (None, ADDRESS)
    assert _bibtex(work).fields["isbn"] == rispy.loads(ris([work]))[0]["issn"] == "978-1-4612-1260-4"


def test_an_organisation_that_is_also_the_author_is_said_once(any_view: ResourceView) -> None:
    for authors in ((), ("Mind Australia",)):
        work = citing.item(_view(any_view, authors=authors, organisation="Mind Australia", year=2020), ADDRESS)
        assert citing.apa(work) == f"Mind Australia. (2020). A work. {ADDRESS}"
        assert _bibtex(work).persons["author"][0].last_names == ["{Mind Australia}"]
        assert rispy.loads(ris([work]))[0]["authors"] == ["Mind Australia"]


@pytest.mark.parametrize("kind", ["guideline", "story", "video", "web-page", "directory-entry", "review", None])
def test_a_work_without_a_year_says_no_date_once(any_view: ResourceView, kind: str | None) -> None:
    said = citing.apa(citing.item(_view(any_view, kind=kind, organisation="Mind Australia"), ADDRESS))
    assert said.startswith("Mind Australia. (n.d.). A work")
    assert said.endswith(f". {ADDRESS}")
    assert "Retrieved" not in said


def test_a_work_of_nobody_begins_with_its_title(any_view: ResourceView) -> None:
    assert citing.apa(citing.item(_view(any_view, year=2005), ADDRESS)) == f"A work. (2005). {ADDRESS}"
    asked = citing.apa(citing.item(_view(any_view, title="Who asks?", year=2005), ADDRESS))
    assert asked == f"Who asks? (2005). {ADDRESS}"


@pytest.mark.parametrize(
    ("kind", "csl", "of_bibtex", "of_ris"),
    [
        ("research-paper", "report", "techreport", "RPRT"),
        ("charter", "report", "techreport", "RPRT"),
        ("policy", "report", "techreport", "RPRT"),
        ("fact-sheet", "report", "misc", "PAMP"),
        ("template", "report", "misc", "GEN"),
        ("training-module", "report", "misc", "GEN"),
        ("video", "motion_picture", "misc", "VIDEO"),
        ("story", "webpage", "misc", "ELEC"),
        ("directory-entry", "webpage", "misc", "ELEC"),
        (None, "webpage", "misc", "ELEC"),
    ],
)
def test_each_kind_has_its_type_in_every_format(
    any_view: ResourceView, kind: str | None, csl: str, of_bibtex: str, of_ris: str
) -> None:
    work = citing.item(_view(any_view, kind=kind, organisation="Harbour"), ADDRESS)
    assert json.loads(csl_json([work]))[0]["type"] == csl
    assert _bibtex(work).type == of_bibtex
    assert rispy.loads(ris([work]))[0]["type_of_reference"] == of_ris


def test_the_first_citation_after_preparing_loads_no_style(any_view: ResourceView) -> None:
    citing._style.cache_clear()
    citing._rendered.cache_clear()
    citing.prepare()
    loaded = citing._style.cache_info().misses
    work = citing.item(any_view, ADDRESS)
    assert citing.apa(work)
    assert citing.vancouver(work)
    assert citing._style.cache_info().misses == loaded


@pytest.mark.parametrize("title", BAD_TITLES)
def test_a_bad_title_comes_through_every_format_unharmed(any_view: ResourceView, title: str) -> None:
    work = citing.item(
        _view(any_view, title=title, authors=("A & B {Inc",), organisation=title, year=2020), ADDRESS
    )
    assert _printed(_bibtex(work).fields["title"]) == title
    assert rispy.loads(ris([work]))[0]["title"] == title
    assert json.loads(csl_json([work]))[0]["title"] == title
    for said in (citing.apa(work), citing.vancouver(work)):
        assert title in said


def test_lines_and_signs_that_cannot_be_seen_break_no_record(any_view: ResourceView) -> None:
    title = "One\nER  - \r\nTY  - JOUR\x00\x0b\x1e two\u2028three"
    work = citing.item(_view(any_view, title=title), ADDRESS)
    (record,) = rispy.loads(ris([work]))
    assert record["title"] == "One ER - TY - JOUR two three"
    assert _bibtex(work).fields["title"] == "{One ER - TY - JOUR two three}"


def test_an_address_is_left_as_it_is_in_bibtex(any_view: ResourceView) -> None:
    work = citing.item(_view(any_view), "https://x.org/a_b/~c?d=%20&e={f}#g")
    assert _bibtex(work).fields["url"] == "https://x.org/a_b/~c?d=%20&e=%7Bf%7D#g"


@settings(deadline=None)  # the first citation loads the styles
@given(title=some.text(min_size=1), author=some.text(), organisation=some.text())
def test_nothing_that_can_be_typed_breaks_a_citation(
    any_view: ResourceView, title: str, author: str, organisation: str
) -> None:
    view = _view(any_view, title=f"T{title}", authors=(author,), organisation=organisation)
    work = citing.item(view, ADDRESS)
    assert citing.apa(work)
    assert citing.vancouver(work)
    for each in FORMATS.values():
        assert each.write([work])
    assert rispy.loads(ris([work]))[0]["title"] == work["title"]


#: What breaks formats, more often than chance would have it.
_awkward = some.text(
    some.one_of(
        some.sampled_from("{}\\%&#_$~^\"'`-@,.: éßøł–— אבג ابج 🌈\u200d\u202e"),
        some.characters(exclude_categories=["Cs"]),
    )
)
_names = some.lists(
    some.one_of(
        _awkward,
        some.tuples(
            some.sampled_from(["Ana", "Bo", "Élise"]), some.sampled_from(["Ito", "van den Berg", "Ó Briain"])
        ).map(" ".join),
    ),
    max_size=3,
)
_works = some.lists(
    some.tuples(_awkward, _names, some.one_of(some.none(), some.integers(1000, 2100))), min_size=1, max_size=4
)


@settings(deadline=None, max_examples=60)
@given(said=_works)
def test_many_works_are_read_back_with_the_same_titles_authors_and_years(
    any_view: ResourceView, said: list[tuple[str, list[str], int | None]]
) -> None:
    works = [
        citing.item(
            _view(any_view, slug=f"work-{at}", title=f"T{title}", authors=tuple(names), year=year), ADDRESS
        )
        for at, (title, names, year) in enumerate(said)
    ]
    expected = [
        (work["title"], [author_names.inverted(name) for name in work.get("author", [])], _year(work))
        for work in works
    ]
    in_bibtex = parse_string(bibtex(works), "bibtex").entries.values()
    assert [_of_bibtex(entry) for entry in in_bibtex] == expected
    in_ris = rispy.loads(ris(works))
    assert [(each["title"], each.get("authors", []), each.get("year", "")) for each in in_ris] == expected
    read = CiteProcJSON(json.loads(csl_json(works)))
    assert [_of_csl(read[work["id"]]) for work in works] == expected


def _year(work: citing.Item) -> str:
    return str(work["issued"]["date-parts"][0][0]) if "issued" in work else ""


def _of_bibtex(entry: Entry) -> tuple[str, list[str], str]:
    names = [
        ", ".join(
            filter(
                None,
                (
                    " ".join(each.prelast_names + each.last_names),
                    " ".join(each.first_names + each.middle_names),
                    " ".join(each.lineage_names),
                ),
            )
        )
        for each in entry.persons.get("author", [])
    ]
    return _printed(entry.fields["title"]), [_printed(each) for each in names], entry.fields.get("year", "")


def _of_csl(reference: Any) -> tuple[str, list[str], str]:
    """What a CSL processor made of one work."""
    names = [
        author_names.inverted({part.replace("_", "-"): str(value) for part, value in name.items()})
        for name in reference.get("author", [])
    ]
    return str(reference.title), names, str(reference.issued.year) if "issued" in reference else ""
