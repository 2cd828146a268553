from __future__ import annotations

import pytest

from ingest.harvest import Description, dublin_core, markup


def read(*said: tuple[str, str]) -> tuple[Description, tuple[str, ...]]:
    elements = "".join(f"<dc:{name}>{value}</dc:{name}>" for name, value in said)
    xml = f'<dc:dc xmlns:dc="http://purl.org/dc/elements/1.1/">{elements}</dc:dc>'
    return dublin_core.read(markup.tree(xml.encode(), "test"))


def described(*said: tuple[str, str]) -> Description:
    return read(*said)[0]


def test_a_record_of_a_university_repository_is_read_whole() -> None:
    found, files = read(
        ("title", "Peer support in rural services"),
        ("creator", "van den Berg, Bo"),
        ("creator", "Nguyễn, Thị Minh"),
        ("creator", "Department of Health, Victoria"),
        ("subject", "Peer support; Rural health"),
        ("subject", "Recovery"),
        ("description", "Short."),
        ("description", "The abstract, which says more than that."),
        ("publisher", "University of Somewhere"),
        ("date", "2021-03-04T00:00:00Z"),
        ("date", "2019"),
        ("type", "info:eu-repo/semantics/article"),
        ("identifier", "https://repository.test/handle/1/2"),
        ("identifier", "https://repository.test/bitstream/1/2/paper.pdf"),
        ("identifier", "doi:10.1000/ABC"),
        ("identifier", "urn:isbn:978-0-00-000000-2"),
        ("language", "eng"),
        ("rights", "info:eu-repo/semantics/openAccess"),
        ("rights", "https://creativecommons.org/licenses/by-nc/4.0/"),
    )
    assert found == Description(
        title="Peer support in rural services",
        summary="The abstract, which says more than that.",
        authors=("Bo van den Berg", "Thị Minh Nguyễn", "Department of Health, Victoria"),
        organisation="University of Somewhere",
        year=2019,
        language="en",
        licence="CC BY-NC 4.0",
        link="https://repository.test/handle/1/2",
        identifiers=(("doi", "10.1000/abc"), ("isbn", "978-0-00-000000-2")),
        subjects=("Peer support", "Rural health", "Recovery"),
        types=("article",),
    )
    assert files == ("https://repository.test/bitstream/1/2/paper.pdf",)


@pytest.mark.parametrize(
    ("identifiers", "link"),
    [
        (["https://doi.org/10.1000/1", "https://a.test/1"], "https://a.test/1"),
        (["https://doi.org/10.1000/1"], "https://doi.org/10.1000/1"),
        (["10.1000/1", "https://a.test/1.pdf"], "https://doi.org/10.1000/1"),
        (["https://a.test/1.pdf"], "https://a.test/1.pdf"),
        (["1 (2) 3", "javascript:alert(1)"], ""),
    ],
)
def test_the_link_is_rather_the_page_of_the_work_than_a_file(identifiers: list[str], link: str) -> None:
    assert described(("title", "T"), *(("identifier", each) for each in identifiers)).link == link


@pytest.mark.parametrize(
    ("address", "format", "is_file"),
    [
        ("https://a.test/1.PDF", "", True),
        ("https://a.test/cgi/viewcontent.cgi?article=1", "application/pdf", True),
        ("https://a.test/resources/one/full-en/original", "application/pdf", True),
        ("https://a.test/resources/one/full-en/original", "text/html", False),
        ("https://a.test/article/view/1/2", "application/pdf", False),
    ],
)
def test_a_document_is_known_by_its_ending_or_as_a_download(address: str, format: str, is_file: bool) -> None:  # noqa: A002
    _, files = read(("title", "T"), ("relation", address), ("format", format))
    assert files == ((address,) if is_file else ())


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("eng", "en"),
        ("en_AU", "en-AU"),
        ("English", "en"),
        ("vie", "vi"),
        ("zho", "zh"),
        ("und", None),
        ("", None),
    ],
)
def test_languages_are_known_by_every_name(said: str, tag: str | None) -> None:
    assert described(("title", "T"), ("language", said)).language == tag


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("O’Hagan, Mary", "Mary O’Hagan"),
        ("Mary O’Hagan", "Mary O’Hagan"),
        ("King, Martin Luther, Jr.", "King, Martin Luther, Jr."),
        ("Mental Health Commission, New South Wales", "Mental Health Commission, New South Wales"),
    ],
)
def test_names_of_people_are_turned_and_no_others(name: str, turned: str) -> None:
    assert dublin_core.person(name) == turned


def test_markup_in_an_abstract_is_left_out() -> None:
    said = "&lt;p&gt;For n &lt; 5 &lt;i&gt;peer&lt;/i&gt; workers.&lt;/p&gt; &lt;p&gt;More.&lt;/p&gt;"
    assert described(("description", said)).summary == "For n < 5 peer workers. More."
    assert described(("description", "For n &lt; 5 and m &gt; 6.")).summary == "For n < 5 and m > 6."


def test_rights_that_are_no_open_licence_are_kept_as_they_are() -> None:
    assert (
        described(("rights", "open access"), ("rights", "Copyright the authors")).licence
        == "Copyright the authors"
    )


def test_without_a_publisher_an_article_is_from_its_journal() -> None:
    journal = ("source", "World Psychiatry 11:123-128")
    elsewhere = ("source", "https://example.org/article")
    assert described(("title", "A"), elsewhere, journal).organisation == "World Psychiatry 11:123-128"
    assert described(("title", "A"), journal, ("publisher", "A press")).organisation == "A press"
