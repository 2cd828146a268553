from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Damaged, Extracted
from ingest.extract import html

FILLER = "<p>" + "Peers listen to one another and share what has helped them along the way. " * 8 + "</p>"


def read(
    folder: Path, head: str = "", body: str = "<h1>Peers</h1>" + FILLER, encoding: str = "utf-8"
) -> Extracted:
    path = folder / "page.html"
    path.write_bytes(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    return html.extract(path, "page.html")


def test_a_page_is_cut_at_its_headings(files: Path) -> None:
    found = html.extract(files / "guide-with-furniture.html", "guide.html")
    assert [page.heading for page in found.pages] == [
        "Starting a peer group",
        "Find a room",
        "Agree how you will talk",
    ]
    assert found.pages[1].text.endswith(
        "\n\n• Visit it first at the hour you will meet.\n• Ask who holds the key."
    )


def test_a_page_says_who_wrote_it_when_and_for_whom_to_use(files: Path) -> None:
    found = html.extract(files / "guide-with-furniture.html", "guide.html")
    assert (found.title, found.title_from) == ("Starting a peer group", "metadata")
    assert (found.authors, found.year, found.language) == (("Amina Sayed",), 2019, "en-AU")
    assert (found.publisher, found.licence) == ("Example Network", "CC BY-SA 4.0")
    assert found.summary == "How to begin a peer support group, in four steps."


def test_menus_banners_and_quick_exits_are_left_out(files: Path) -> None:
    found = html.extract(files / "guide-with-furniture.html", "guide.html")
    text = " ".join(page.text for page in found.pages)
    for furniture in ("Skip to content", "Quick Escape", "cookies", "network shop"):
        assert furniture not in text


def test_highwire_tags_name_a_paper(tmp_path: Path) -> None:
    head = """<title>Paper | Journal</title><meta name="citation_title" content="Peers in wards">
    <meta name="citation_author" content="Lee, Kim"><meta name="citation_author" content="Ruiz, Ana">
    <meta name="citation_doi" content="https://doi.org/10.5555/abc.(1).">
    <meta name="citation_date" content="2015/02/01">"""
    found = read(tmp_path, head)
    assert (found.title, found.authors) == ("Peers in wards", ("Kim Lee", "Ana Ruiz"))
    assert (found.year, found.identifiers) == (2015, {"doi": "10.5555/abc.(1)"})


def test_the_site_s_name_is_taken_off_a_title(tmp_path: Path) -> None:
    body = "<h1>Hope - a beginning</h1>" + FILLER
    assert read(tmp_path, "<title>Hope - a beginning | The Site</title>", body).title == "Hope - a beginning"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_letters_are_right_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    head = f"<meta charset={encoding}>"
    found = read(tmp_path, head, "<h1>Café für alle</h1>" + FILLER, encoding)
    assert found.title == "Café für alle"


def test_a_short_page_is_read_whole(tmp_path: Path) -> None:
    found = read(tmp_path, "", "<div><h1>Contact</h1><p>Ring the bell.</p><p>Ask for Jo.</p></div>")
    assert [(page.heading, page.text) for page in found.pages] == [("Contact", "Ring the bell.\n\nAsk for Jo.")]


def test_a_page_made_only_by_scripts_is_explained(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="without its scripts"):
        read(tmp_path, "<title>App</title>", "<div id=root></div><script>start()</script>")


@pytest.mark.parametrize("data", [b"<html>", b"<html><body>" + b"<div>" * 5000, b"<!doctype html><?x?>"])
def test_a_broken_page_is_damaged_and_no_crash(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    with pytest.raises(Damaged):
        html.extract(path, "page.html")


def said(about: str) -> str:
    return (
        f"<p>{about} is said here in a sentence long enough that nobody would take it for a label or a menu.</p>"
    )


def sections_of(folder: Path, body: str) -> list[tuple[str, str]]:
    return [(page.heading, page.text) for page in read(folder, "<title>Peers</title>", body).pages]


@pytest.mark.parametrize(
    "fold",
    [
        "<h3><button aria-controls=a{0}>Question {0}</button></h3><div id=a{0} hidden>{1}</div>",
        "<button aria-controls=a{0}>Question {0}</button><div id=a{0} aria-hidden=true>{1}</div>",
        "<h2><button data-bs-target='#a{0}'>Question {0}</button></h2><div id=a{0} class=collapse>{1}</div>",
        "<details><summary>Question {0}</summary>{1}</details>",
    ],
)
def test_answers_that_a_page_keeps_folded_are_read_under_their_questions(tmp_path: Path, fold: str) -> None:
    folds = "".join(fold.format(number, said(f"Answer {number}")) for number in range(1, 4))
    found = sections_of(tmp_path, f"<main><h1>Peers</h1>{FILLER}{folds}</main>")
    assert [heading for heading, _ in found] == ["Peers", "Question 1", "Question 2", "Question 3"]
    assert found[2][1].startswith("Answer 2 is said here")


def test_a_menu_that_unfolds_and_a_window_that_pops_up_stay_out(tmp_path: Path) -> None:
    menu = "<button aria-controls=m>Menu</button><div id=m hidden><a href=/b>Shop for all</a></div>"
    popup = f"<button aria-controls=w>Why</button><div id=w role=dialog hidden>{said('The window')}</div>"
    text = " ".join(text for _, text in sections_of(tmp_path, f"{menu}<main><h1>Peers</h1>{FILLER}</main>{popup}"))
    assert "Shop for all" not in text
    assert "The window" not in text


def test_a_page_that_stands_in_a_form_from_end_to_end_is_read(tmp_path: Path) -> None:
    found = sections_of(
        tmp_path, f"<form><div><h1>Peers</h1>{FILLER}<h2>Rooms</h2>{said('The room')}</div></form>"
    )
    assert found[-1] == ("Rooms", said("The room")[3:-4])


def test_all_parts_of_an_article_are_read_and_not_the_first_alone(tmp_path: Path) -> None:
    part = "<div class=article__body><h2>Part {0}</h2>{1}{2}</div><div class=advert><a href=/x>Shop</a></div>"
    parts = "".join(part.format(at, said(f"Beginning {at}"), said(f"End {at}")) for at in range(1, 5))
    found = sections_of(tmp_path, f"<article><h1>Peers</h1>{parts}</article>")
    assert [heading for heading, _ in found][-4:] == ["Part 1", "Part 2", "Part 3", "Part 4"]
    assert "End 4 is said here" in found[-1][1]


def test_headings_that_stand_in_boxes_of_their_own_are_kept(tmp_path: Path) -> None:
    box = "<div class='box widget'><div class=inner><h2>Part {0}</h2></div></div><div class=box>{1}</div>"
    boxes = "".join(f"<section>{box.format(at, said(f'Text {at}'))}</section>" for at in range(1, 4))
    found = sections_of(tmp_path, f"<div class=page><h1>Peers</h1>{FILLER}{boxes}</div>")
    assert [heading for heading, _ in found][-3:] == ["Part 1", "Part 2", "Part 3"]


def test_a_list_of_links_under_its_heading_is_text_and_under_related_stories_is_none(tmp_path: Path) -> None:
    links = "".join(f"<li><a href=/{at}>Certificate IV at college {at}</a></li>" for at in range(5))
    others = links.replace("Certificate IV at college", "Story of the day")
    body = f"<h1>Peers</h1>{FILLER}<h2>Courses</h2><ul>{links}</ul><h2>Related stories</h2><ul>{others}</ul>"
    found = dict(sections_of(tmp_path, f"<main>{body}</main>"))
    assert found["Courses"].startswith("• Certificate IV at college 0")
    assert "Story of the day" not in " ".join(found.values())


@pytest.mark.parametrize(
    "line",
    [
        "Skip to navigation Skip to content",
        "Quick Escape",
        "Read more: Ten years of peer work",
        "Share this page",
        "Subscribe to our newsletter",
        "Was this page helpful?",
        "https://example.org/peers",
    ],
)
def test_lines_that_lead_away_or_ask_for_something_are_left_out(tmp_path: Path, line: str) -> None:
    body = f"<main><h1>Peers</h1>{FILLER}<p>{line}</p>{said('The end')}</main>"
    found = read(tmp_path, "<link rel=canonical href='https://example.org/peers/'>", body)
    assert line not in found.pages[0].text
    assert "The end is said here" in found.pages[0].text


@pytest.mark.parametrize(
    "line",
    [
        "Share with the group only what you want to share.",
        "Tea and cookies are there from nine.",
        "Related disorders are not spoken of here.",
        "Subscribe to nothing that you do not believe.",
        "More in common than you think",
    ],
)
def test_lines_that_only_begin_like_those_stay(tmp_path: Path, line: str) -> None:
    body = f"<main><h1>Peers</h1>{FILLER}<p>{line}</p>{said('The end')}</main>"
    assert line in read(tmp_path, "", body).pages[0].text


def test_a_copy_that_only_search_engines_are_shown_is_left_out(tmp_path: Path) -> None:
    text = "".join(said(f"Thought {at}") for at in range(6))
    copy = f"<div itemscope style='display: none;'><div itemprop=articleBody>{text}</div></div>"
    whole = " ".join(text for _, text in sections_of(tmp_path, f"<div><div>{text}</div>{copy}{copy}</div>"))
    assert whole.count("Thought 5 is said") == 1


def test_the_page_s_own_word_for_where_its_text_stands_is_taken(tmp_path: Path) -> None:
    around = f"<div>{said('The newsletter box')}{said('The box of the app')}</div>"
    text = "".join(said(f"Thought {at}") for at in range(6))
    body = f"<div>{around}<div itemprop=articleBody><h1>Peers</h1>{text}</div></div>"
    whole = " ".join(text for _, text in sections_of(tmp_path, body))
    assert "Thought 5 is said" in whole
    assert "newsletter box" not in whole


def test_a_short_page_in_chinese_is_text_enough(tmp_path: Path) -> None:
    text = (
        "<p>同伴支持是由有亲身经历的人给予彼此的支持，他们分享曾经帮助过自己的方法，一起走过艰难的时刻。</p>" * 3
    )
    menu = "<div class=top><p>电话：1800 000 000</p><a href=/>首页</a><a href=/b>联系我们</a></div>"
    found = read(tmp_path, "", f"{menu}<article><h1>同伴支持</h1>{text}</article>")
    assert "联系我们" not in found.pages[0].text
    assert found.words > 50


def test_control_characters_in_a_page_do_not_stop_it(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><title>Hope</title><meta name='author' content='A&#2;B'></head><body>"
        "<nav>menu</nav>\x01&#1;<h1>Hope\x0c</h1><p>"
        + "Words\x08 of &#x1f;hope, shared by all. " * 20
        + "</p></body>"
    )
    found = html.extract(path, "a.html")
    assert found.pages[0].text.startswith("Words of hope, shared by all.")
