"""Which forms are taken: a person's, from our own page, not too fast, not too late, not too many."""

from __future__ import annotations

import pytest

from clearinghouse.web import guard
from clearinghouse.web.guard import Forms, Senders, Verdict

NOON = 1_800_000_000.0


@pytest.fixture
def forms() -> Forms:
    return Forms("a key")


def test_a_form_is_fine_from_two_seconds_to_a_day(forms: Forms) -> None:
    slip = forms.issue(NOON, "same-origin", None)

    def after(seconds: float) -> Verdict:
        return forms.judge(slip.token, NOON + seconds, "same-origin", None)

    assert [after(each) for each in (0, 1.9, 2, 86_400, 86_401)] == [
        Verdict.FAST,
        Verdict.FAST,
        Verdict.FINE,
        Verdict.FINE,
        Verdict.OLD,
    ]


@pytest.mark.parametrize("token", ["", "nonsense", "W10.nonsense", "é", "a" * 10_000])
def test_a_token_we_never_gave_is_as_one_that_is_too_old(forms: Forms, token: str) -> None:
    assert forms.judge(token, NOON, "same-origin", None) is Verdict.OLD


def test_a_token_of_another_key_or_one_that_was_changed_is_not_ours(forms: Forms) -> None:
    other = Forms("another key").issue(NOON, "same-origin", None).token
    mine = forms.issue(NOON, "same-origin", None).token
    changed = ("X" if mine[5] != "X" else "Y").join((mine[:5], mine[6:]))
    for token in (other, changed):
        assert forms.judge(token, NOON + 9, "same-origin", None) is Verdict.OLD


@pytest.mark.parametrize("site", ["cross-site", "same-site", "anything else"])
def test_what_another_site_sent_is_refused_even_with_a_good_token_and_cookie(forms: Forms, site: str) -> None:
    slip = forms.issue(NOON, None, None)
    assert forms.judge(slip.token, NOON + 9, site, slip.cookie) is Verdict.FOREIGN


def test_where_the_browser_says_who_sent_it_no_cookie_is_needed(forms: Forms) -> None:
    slip = forms.issue(NOON, "none", "whatever cookie it has")
    assert slip.cookie is None
    assert forms.judge(slip.token, NOON + 9, "same-origin", None) is Verdict.FINE


@pytest.mark.parametrize("site", [None, "none"])
def test_where_it_does_not_the_cookie_must_come_back_with_its_own_token(forms: Forms, site: str | None) -> None:
    mine = forms.issue(NOON, None, None)
    theirs = forms.issue(NOON, None, None)
    modern = forms.issue(NOON, "none", None)
    assert mine.cookie
    assert forms.judge(mine.token, NOON + 9, site, mine.cookie) is Verdict.FINE
    assert forms.judge(mine.token, NOON + 9, site, None) is Verdict.UNSURE
    assert forms.judge(theirs.token, NOON + 9, site, mine.cookie) is Verdict.UNSURE
    assert forms.judge(modern.token, NOON + 9, site, mine.cookie) is Verdict.UNSURE
    assert forms.judge("", NOON + 9, site, mine.cookie) is Verdict.UNSURE


def test_two_tabs_share_one_cookie_and_both_work(forms: Forms) -> None:
    first = forms.issue(NOON, None, None)
    second = forms.issue(NOON, None, first.cookie)
    assert second.cookie == first.cookie
    assert second.token != first.token
    for slip in (first, second):
        assert forms.judge(slip.token, NOON + 9, None, first.cookie) is Verdict.FINE
    assert forms.issue(NOON, None, "<b>planted</b>").cookie != "<b>planted</b>"


def test_ten_questions_of_one_sender_in_ten_minutes_and_no_more() -> None:
    senders = Senders()
    for at in range(10):
        assert senders.may_ask("192.0.2.7", NOON + at)
        senders.count("192.0.2.7", NOON + at)
    assert not senders.may_ask("192.0.2.7", NOON + 10)
    assert senders.may_ask("192.0.2.8", NOON + 10)
    assert not senders.may_ask("192.0.2.7", NOON + 599.9)
    assert senders.may_ask("192.0.2.7", NOON + 600)


def test_one_household_is_one_sender_and_another_is_not() -> None:
    senders = Senders()
    for at in range(10):
        senders.count(f"2001:db8:1:1::{at:x}", NOON)
    assert not senders.may_ask("2001:db8:1:1:ffff::1", NOON)
    assert senders.may_ask("2001:db8:1:2::1", NOON)
    assert senders.may_ask(None, NOON)


def test_neither_the_address_nor_an_endless_list_of_senders_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_MOST_SENDERS", 50)
    senders = Senders()
    for at in range(200):
        senders.count(f"192.0.2.{at}", NOON)
    assert len(senders._seen) == 50
    assert b"192.0.2" not in repr(senders._seen).encode()
    assert senders._name("192.0.2.1") != Senders()._name("192.0.2.1"), "each process has a salt of its own"
