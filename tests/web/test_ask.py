"""Asking the project officer, through Flask's test client."""

from __future__ import annotations

import re
import sqlite3
import time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from clearinghouse.enquiries import asking, desk
from clearinghouse.library import Library, open_library
from clearinghouse.models import Enquiry
from clearinghouse.settings import Settings
from clearinghouse.web import ask, create_app
from clearinghouse.web.guard import Forms

MODERN = {"Sec-Fetch-Site": "same-origin"}
ASKED = {
    "need": "How do I begin a group?\r\nAnd where?",
    "audience": "carers",
    "reach": "sam@example.org",
    "may-leave-message": "yes",
    "nickname": "Sam",
}


@pytest.fixture
def visitor(library: Library) -> FlaskClient:
    return create_app(library).test_client()


def token(library: Library, seconds_ago: float = 10) -> str:
    """The token of a form that a browser of today was given so long ago."""
    return Forms(asking.signing_key(library)).issue(time.time() - seconds_ago, "none", None).token


def send(visitor: FlaskClient, sent_token: str, headers: dict[str, str] = MODERN, **changed: Any) -> TestResponse:
    return visitor.post("/ask", data={**ASKED, "token": sent_token, **changed}, headers=headers)


def still_there(shown: str, need: str = ASKED["need"]) -> bool:
    """Whether everything that was typed stands in the form that came back."""
    page = BeautifulSoup(shown, "lxml")
    form = page.select_one("form.ask-form")
    return (
        form.select_one("#need").text.strip() == need.replace("\r\n", "\n")
        and form.select_one("#reach")["value"] == "sam@example.org"
        and form.select_one("#nickname")["value"] == "Sam"
        and form.select_one("[name=audience][value=carers]").has_attr("checked")
        and form.select_one("[name=may-leave-message]").has_attr("checked")
    )


def token_in(shown: str) -> str:
    return str(BeautifulSoup(shown, "lxml").select_one("[name=token]")["value"])


def test_the_form_asks_for_one_thing_and_says_first_what_happens_with_it(visitor: FlaskClient) -> None:
    page = BeautifulSoup(visitor.get("/ask").text, "lxml")
    assert [each["name"] for each in page.select("form.ask-form [required]")] == ["need"]
    before = page.select_one(".ask-before").text
    assert "reads what you wrote" in before
    assert "kept for 90 days more, and then deleted" in before
    assert "not a crisis service" in page.select_one(".ask-help").text
    assert page.select_one(".ask-help a")["href"] == "tel:000"
    assert "maxlength" not in str(page.select_one("#need")), "a browser would cut off what is pasted, silently"


def test_a_question_is_kept_and_the_address_after_it_says_nothing_of_the_person(
    library: Library, visitor: FlaskClient
) -> None:
    response = send(visitor, token(library))
    assert response.status_code == 303
    (kept,) = desk.listing(library)
    assert response.headers["Location"] == f"/ask/thanks/{kept.reference}"
    assert (kept.need, kept.audience, kept.reach, kept.may_leave_message, kept.nickname) == (
        "How do I begin a group?\nAnd where?",
        "carers",
        "sam@example.org",
        True,
        "Sam",
    )
    thanks = visitor.get(response.headers["Location"])
    assert kept.reference in thanks.text
    assert "answers in the way you chose" in thanks.text
    for word in ("Sam", "sam@example.org", "group", "carers"):
        assert word not in re.sub(r"Peer Support Clearing House|family, friends and carers", "", thanks.text)


def test_nothing_but_the_need_is_required_and_without_a_way_to_reach_the_thanks_say_so(
    library: Library, visitor: FlaskClient
) -> None:
    response = visitor.post("/ask", data={"token": token(library), "need": "Just this"}, headers=MODERN)
    assert response.status_code == 303
    assert "we cannot send you an answer" in visitor.get(response.headers["Location"]).text
    assert desk.listing(library)[0].reach == ""


def test_pressing_twice_makes_one_enquiry_and_leads_to_the_same_reference(
    library: Library, visitor: FlaskClient
) -> None:
    one = token(library)
    first, second = send(visitor, one), send(visitor, one)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(desk.listing(library)) == 1


def test_a_form_sent_too_fast_comes_back_whole_and_the_same_form_is_taken_a_moment_later(
    library: Library, visitor: FlaskClient
) -> None:
    response = send(visitor, token_in(visitor.get("/ask", headers={"Sec-Fetch-Site": "none"}).text))
    assert response.status_code == 422
    assert "Please press Send once more" in response.text
    assert still_there(response.text)
    assert desk.listing(library) == ()
    time.sleep(2.1)
    assert send(visitor, token_in(response.text)).status_code == 303


def test_what_is_missing_is_said_before_that_it_came_too_fast(library: Library, visitor: FlaskClient) -> None:
    response = send(visitor, token_in(visitor.get("/ask", headers={"Sec-Fetch-Site": "none"}).text), need=" ")
    assert response.status_code == 422
    assert "Please press Send once more" not in response.text
    assert 'href="#need"' in response.text
    assert desk.listing(library) == ()


@pytest.mark.parametrize("made", ["old", "forged", "missing"])
def test_an_old_or_unknown_form_comes_back_filled_in_with_a_fresh_token(
    library: Library, visitor: FlaskClient, made: str
) -> None:
    sent = {"old": token(library, 90_000), "forged": "eyJ.nonsense", "missing": ""}[made]
    response = send(visitor, sent)
    assert response.status_code == 422
    assert "open for a long time" in response.text
    assert still_there(response.text)
    fresh = token_in(response.text)
    judged = Forms(asking.signing_key(library)).judge(fresh, time.time() + 5, "same-origin", None)
    assert judged.value == "fine"


def test_a_form_without_a_need_says_so_at_the_top_and_at_the_field_and_keeps_the_rest(
    library: Library, visitor: FlaskClient
) -> None:
    response = send(visitor, token(library), need=" \r\n ")
    assert response.status_code == 422
    assert still_there(response.text, "")
    page = BeautifulSoup(response.text, "lxml")
    assert page.title.text.startswith("Not sent yet")
    assert page.select_one("[role=alert] a")["href"] == "#need"
    assert page.select_one("#need")["aria-describedby"].split() == ["need-hint", "need-fault"]
    assert page.select_one("#need-fault")
    assert page.select_one("#need")["aria-invalid"] == "true"


def test_too_much_comes_back_whole_with_a_sentence(library: Library, visitor: FlaskClient) -> None:
    need = ("What I need is long. " * 400).strip()
    response = send(visitor, token(library), need=need)
    assert response.status_code == 422
    assert "8,399 characters long, and there is room for 5,000" in response.text
    assert still_there(response.text, need)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_mebibyte_of_text_is_refused_with_a_page(library: Library, visitor: FlaskClient, kind: str) -> None:
    text = b"a" * 1_048_576
    parts = b'--x\r\nContent-Disposition: form-data; name="need"\r\n\r\n' + text + b"\r\n--x--\r\n"
    body = parts if kind.startswith("multipart") else b"need=" + text
    response = visitor.post("/ask", data=body, headers=MODERN, content_type=kind)
    assert response.status_code == 413
    assert "That is too long to send" in response.text
    assert 'href="tel:000"' in response.text
    assert desk.listing(library) == ()


def test_markup_is_kept_as_it_was_typed_and_shown_as_text(library: Library, visitor: FlaskClient) -> None:
    markup = '</textarea><script>alert("x")</script>{{ 7*7 }}'
    shown = send(visitor, "", need=markup, nickname=markup, reach=markup).text
    assert "<script>alert" not in shown
    assert shown.count("&lt;/textarea&gt;&lt;script&gt;alert") == 3
    assert "49" not in re.findall(r"(?s)<textarea.*?</textarea>", shown)[0]
    assert send(visitor, token(library), need=markup).status_code == 303
    assert desk.listing(library)[0].need == markup


def test_control_characters_and_an_audience_that_is_none_are_left_out(
    library: Library, visitor: FlaskClient
) -> None:
    send(
        visitor, token(library), need="One\x00 \x1b[31mred\x9b\ttab\r\nline", audience="martians", nickname="A\nB"
    )
    (kept,) = desk.listing(library)
    assert (kept.need, kept.audience, kept.nickname) == ("One [31mred\ttab\nline", None, "A B")


def test_a_robot_that_fills_in_everything_is_stopped_and_a_person_loses_nothing(
    library: Library, visitor: FlaskClient
) -> None:
    response = send(visitor, token(library), **{ask.TRAP: "https://spam.example"})
    assert response.status_code == 422
    assert still_there(response.text)
    assert "spam.example" not in response.text
    assert desk.listing(library) == ()
    assert send(visitor, token_in(response.text)).status_code == 303


def test_the_trap_is_hidden_from_everybody(visitor: FlaskClient) -> None:
    trap = BeautifulSoup(visitor.get("/ask").text, "lxml").select_one(f"#{ask.TRAP}")
    assert trap.parent.has_attr("hidden")
    assert trap["tabindex"] == "-1"
    assert trap["autocomplete"] == "off"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_sends_is_refused_and_not_put_into_our_form(
    library: Library, visitor: FlaskClient, site: str
) -> None:
    response = send(visitor, token(library), {"Sec-Fetch-Site": site})
    assert response.status_code == 403
    assert "came from another website" in response.text
    assert "How do I begin" not in response.text
    assert desk.listing(library) == ()


def test_a_browser_that_says_nothing_is_known_by_the_cookie_of_the_form_alone(
    library: Library, visitor: FlaskClient
) -> None:
    page = visitor.get("/ask")
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Path=/ask" in cookie
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie
    assert "Secure" in visitor.get("/ask", base_url="https://localhost").headers["Set-Cookie"]
    time.sleep(2.1)
    assert send(visitor, token_in(page.text), {}).status_code == 303
    assert len(desk.listing(library)) == 1


def test_without_that_cookie_the_form_comes_back_and_says_what_to_do(
    library: Library, visitor: FlaskClient
) -> None:
    stranger = visitor.application.test_client(use_cookies=False)
    one = token_in(visitor.get("/ask").text)
    time.sleep(2.1)
    response = send(stranger, one, {})
    assert response.status_code == 403
    assert "allow cookies for this site" in response.text
    assert still_there(response.text)
    assert desk.listing(library) == ()


def test_a_browser_that_says_which_site_it_is_gets_no_cookie(visitor: FlaskClient) -> None:
    assert "Set-Cookie" not in visitor.get("/ask", headers={"Sec-Fetch-Site": "cross-site"}).headers
    for address in ("/", "/about", "/ask/thanks/KM3R-7WHX"):
        assert "Set-Cookie" not in visitor.get(address).headers


def test_a_hundred_from_one_sender_are_ten_and_the_others_keep_what_they_typed(
    library: Library, visitor: FlaskClient
) -> None:
    answers = [send(visitor, token(library), need=f"Spam {at}") for at in range(100)]
    assert [each.status_code for each in answers] == [303] * 10 + [429] * 90
    assert len(desk.listing(library)) == 10
    refused = answers[-1]
    assert int(refused.headers["Retry-After"]) > 0
    assert still_there(refused.text, "Spam 99")
    assert 'href="tel:000"' in refused.text
    assert visitor.get("/").status_code == 200
    elsewhere = visitor.application.test_client()
    other = elsewhere.post(
        "/ask",
        data={**ASKED, "token": token(library)},
        headers=MODERN,
        environ_base={"REMOTE_ADDR": "192.0.2.9"},
    )
    assert other.status_code == 303


def test_a_hundred_in_an_hour_from_everywhere_are_enough(library: Library, visitor: FlaskClient) -> None:
    with library.database.writing() as session:
        session.add_all(Enquiry(reference=f"R{at}", need="spam", nickname="", reach="") for at in range(100))
    response = send(visitor, token(library))
    assert response.status_code == 429
    assert still_there(response.text)


def test_a_refusal_names_the_telephone_where_there_is_one(tmp_path: Any) -> None:
    opened = open_library(Settings(home=tmp_path / "home", contact="02 5550 0000"))
    visitor = create_app(opened).test_client()
    for _ in range(11):
        response = send(visitor, token(opened), need=str(_))
    assert response.status_code == 429
    assert 'href="tel:0255500000"' in response.text.split('class="ask"')[0].split("<main")[1]
    opened.close()


def test_a_library_that_cannot_be_written_to_gives_everything_back(library: Library, visitor: FlaskClient) -> None:
    one = token(library)
    visitor.get("/ask")  # the key of the form is known by now
    place = library.settings.home / "library.db"
    with sqlite3.connect(place) as connection:
        connection.execute("ALTER TABLE enquiry RENAME TO lost")
    connection.close()
    response = send(visitor, one)
    assert response.status_code == 503
    assert still_there(response.text)
    assert "sqlite" not in response.text.lower()


def test_nothing_of_it_is_kept_by_the_browser(library: Library, visitor: FlaskClient) -> None:
    good = send(visitor, token(library))
    for response in (
        visitor.get("/ask"),
        good,
        visitor.get(good.headers["Location"]),
        send(visitor, ""),
        visitor.get("/ask/thanks/NONE"),
    ):
        assert response.headers["Cache-Control"] == "private, no-store"


def test_a_reference_that_is_deleted_or_was_never_given_is_not_here(visitor: FlaskClient) -> None:
    for reference in ("KM3R-7WHX", "x", "<script>"):
        assert visitor.get(f"/ask/thanks/{reference}").status_code == 404


def test_about_leads_to_the_form(visitor: FlaskClient) -> None:
    page = BeautifulSoup(visitor.get("/about").text, "lxml")
    assert page.select("main a[href='/ask']")
