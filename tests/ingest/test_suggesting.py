from __future__ import annotations

from dataclasses import replace

import pytest

from ingest import Extracted, Page, suggest

TOPICS = {
    "supervision": ("Peer supervision", "co-reflection"),
    "hope": ("Hope",),
    "human-rights": ("Human rights", "your rights"),
    "ips": ("Intentional Peer Support", "IPS"),
    "self-care": ("Self-care",),
}


def about(title: str, *texts: str, headings: tuple[str, ...] = (), **said: object) -> Extracted:
    named = (*headings, *[""] * len(texts))
    pages = tuple(Page(at, str(at), named[at - 1], text) for at, text in enumerate(texts, start=1))
    return Extracted(pages=pages, title=title, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "text", "kind", "audience"),
    [
        ("A Charter of Peer Support", "We believe consumers lead.", "charter", "consumers"),
        (
            "Module 2: Group facilitation",
            "Learning outcomes. The facilitator training.",
            "training-module",
            "staff",
        ),
        ("A systematic review of peer workers", "Included studies, abstract, methods.", "review", "staff"),
        ("Caring for someone: fact sheet", "For family and friends and carers.", "fact-sheet", "carers"),
        ("Hiring peer workers: a toolkit for employers", "Recruitment, managers.", "guideline", "providers"),
        ("My recovery story", "I was lost. I felt alone. I began again.", "story", "consumers"),
        ("Peer supervision agreement", "Signed: ______________ Date: ____________", "template", "staff"),
        ("Privacy", "Policy. This policy applies to all staff of the organisation.", "policy", "providers"),
    ],
)
def test_words_point_to_a_kind_and_an_audience(title: str, text: str, kind: str, audience: str) -> None:
    found = suggest(about(title, text))
    assert found.kind == kind
    assert audience in found.audiences


def test_a_document_that_names_itself_in_its_first_line_is_that() -> None:
    text = "Fact sheet for everybody. " + "Some people meet in a hall and some meet on a walk. " * 40
    assert suggest(about("Meeting", text)).kind == "fact-sheet"
    assert (
        suggest(about("Meeting", text.removeprefix("Fact sheet for everybody. ") + "See the fact sheet.")).kind
        is None
    )


def test_somebody_s_own_account_is_a_story_and_several_voices_are_a_transcript() -> None:
    own = "I went back to the ward that week. My sister drove me, and I said nothing on the way. " * 10
    found = suggest(about("The kettle", own))
    assert (found.kind, found.audiences[:1]) == ("story", ("consumers",))
    assert found.because["kind"] == ("“I”, “me” and “my” 40 times",)
    talk = "\n".join(f"{who}: I think so, and I said so to my friends." for who in ["Kim", "Jo Lee"] * 5)
    assert suggest(about("On a bench", talk)).kind == "video"


def test_a_registered_paper_is_one_whatever_its_title_says() -> None:
    text = f"Abstract. References. {'Words of a page. ' * 20}"
    paper = about("A toolkit for evaluation", text, identifiers={"doi": "10.5555/1"})
    assert suggest(paper).kind == "research-paper"
    assert suggest(about("A toolkit for evaluation", text)).kind == "guideline"


@pytest.mark.parametrize("note", ["Policy review pending", "We need a template.", "Read the framework by Monday."])
def test_a_note_that_only_speaks_of_a_kind_is_none_and_one_that_bears_its_name_is(note: str) -> None:
    assert suggest(about("", note)).kind is None
    assert suggest(about("", f"Fact sheet\n{note}")).kind == "fact-sheet"
    assert suggest(about("Guidelines for peer workers", note)).kind == "guideline"


def test_topics_are_suggested_by_the_library_s_own_words() -> None:
    text = "Peer supervisions are no line management. Co reflection is time to think. Hope was said once. "
    found = suggest(about("Peer supervision", text, "IPS and IPS.", headings=("", "Self care")), TOPICS)
    assert found.topics == ("supervision", "self-care", "ips")
    assert found.because["topics"][0] == (
        "supervision: “peer supervision” in the title, “co reflection” once, “peer supervisions” once"
    )


def test_a_word_that_only_looks_like_a_topic_suggests_none() -> None:
    assert (
        suggest(about("Maps", "Turn right, then right again, and right. The ship tips and sips."), TOPICS).topics
        == ()
    )


def test_words_that_everything_here_says_are_a_topic_in_the_title_alone() -> None:
    topics = {"peer-worker": ("Peer worker",), "stigma": ("Stigma",)}
    text = "A peer worker hears of stigma. Stigma tires a peer worker. " * 3
    assert suggest(about("What tires people", text), topics).topics == ("stigma",)
    assert suggest(about("A peer worker at rest", text), topics).topics == ("peer-worker", "stigma")


def test_the_keywords_of_its_authors_count_like_its_title() -> None:
    found = suggest(replace(about("A study", "Nothing to see."), keywords=("Stigma",)), {"stigma": ("Stigma",)})
    assert (found.topics, found.because["topics"]) == (("stigma",), ("“stigma” among its keywords",))


def test_words_that_only_point_to_a_topic_count_half() -> None:
    topics = {"self-advocacy": ("Self-advocacy",), "young-people": ("Young people",)}
    text = "You may speak up. Speak up again. Speak up, and speak up. A teenager may too."
    found = suggest(about("What to do", text), topics)
    assert (found.topics, found.because["topics"]) == (("self-advocacy",), ("“speak up” 4 times",))


def test_a_document_that_names_its_readers_is_for_them() -> None:
    found = suggest(about("Rest: a leaflet for families", "Sleep comes first. Eat well. Ask for a walk."))
    assert found.audiences[0] == "carers"
    assert "“for families” in the title" in str(found.because["audiences"])


def test_a_topic_s_word_said_now_and_then_in_a_long_text_is_not_what_it_is_about() -> None:
    text = "There is a field behind the house with some sheep in it. " * 300 + "We hope. Hope is there. "
    assert suggest(about("A field", text), TOPICS).topics == ()


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        (
            "As a consumer I say this. It was written by people with lived experience. It is peer-led.",
            "consumer-led",
        ),
        ("As a mother I say this. My son was ill. My son came home. Made by carers.", "carer-led"),
        ("It was co-designed and co-written, and developed with consumers.", "co-produced"),
        ("This policy is ours. Our organisation and our staff keep it. We employ peers.", "organisation"),
        ("Some people walk and some swim.", None),
        ("It is peer-led and carer-led, by a consumer and by a carer.", None),
    ],
)
def test_who_speaks_is_only_said_where_the_words_are_clear(text: str, speaks: str | None) -> None:
    assert suggest(about("A text", text)).speaks == speaks


def test_the_words_that_led_there_are_told_with_where_and_how_often() -> None:
    found = suggest(about("A Charter of Peer Support", "For service users. Service users said so."))
    assert found.because["kind"] == ("“charter” in the title",)
    assert (
        "consumers: “service users” twice, “for service users” once, it seems to be a charter"
        in found.because["audiences"]
    )


def test_words_that_point_nowhere_suggest_nothing() -> None:
    found = suggest(about("Bread", "Mix flour and water, and wait."), TOPICS)
    assert (found.kind, found.audiences, found.topics, found.speaks, found.because) == (None, (), (), None, {})
    assert suggest(about("Bread", "Mix flour and water, and wait."), web_page=True).kind == "web-page"


def test_captions_are_those_of_a_video_whatever_they_say() -> None:
    page = Page(1, "0:00", "", "This guideline is a handbook of good practice.")
    found = suggest(Extracted((page,), title="A guideline"), captions=True)
    assert (found.kind, found.because["kind"]) == ("video", ("it came as captions",))
