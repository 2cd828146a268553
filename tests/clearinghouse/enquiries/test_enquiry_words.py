"""The words of an enquiry."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clearinghouse.enquiries import enquiry_words


@given(st.text(max_size=300))
def test_no_control_character_is_kept_and_no_letter_is_lost(typed: str) -> None:
    kept = enquiry_words.clean(typed)
    assert not any((ord(each) < 32 and each not in "\n\t") or 127 <= ord(each) < 160 for each in kept)
    assert [each for each in kept if each.isprintable() and each != " "] == [
        each for each in typed if each.isprintable() and each != " "
    ]
    assert enquiry_words.clean(kept) == kept


def test_a_reference_is_easy_to_read_out_and_says_nothing() -> None:
    made = {enquiry_words.new_reference() for _ in range(500)}
    assert len(made) == 500
    assert not set("".join(made)) & set("AEIOU015BDPTVCGZSFLN82")
    assert {(len(each), each[4]) for each in made} == {(9, "-")}
    one = made.pop()
    for typed in (one.lower(), one.replace("-", " "), f" {one.replace('-', '').lower()} "):
        assert enquiry_words.reference(typed) == one
