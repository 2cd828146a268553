"""What templates write of a value: always what `escape` would, however it is come by."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from clearinghouse.library import Library
from clearinghouse.web import create_app
from clearinghouse.web.templating import said


class _Speaking(str):
    """A text that says itself how it is written on a page."""

    __slots__ = ()

    def __html__(self) -> str:
        return f"<b>{escape(str(self))}</b>"


@pytest.fixture
def app(library: Library) -> Flask:
    return create_app(library)


@given(st.text() | st.text(alphabet="&<>\"' a"))
def test_any_text_is_written_as_escape_makes_it(text: str) -> None:
    assert said(text) == escape(text)


def test_each_sign_that_escape_changes_is_seen() -> None:
    changed = [chr(code) for code in range(0x1000) if escape(chr(code)) != chr(code)]
    assert [said(sign) for sign in changed] == [escape(sign) for sign in changed]


@pytest.mark.parametrize(
    "value",
    [Markup("<i>it</i>"), _Speaking("<she>"), 3, True, None, 2.5, date(2026, 3, 3), ["<x>"], {"a": "<&>"}],
)
def test_any_other_value_is_written_as_escape_makes_it(value: object) -> None:
    assert said(value) == escape(value)


def test_a_text_is_escaped_once_wherever_it_goes_through(app: Flask) -> None:
    template = """
    {%- macro within(text) %}<i>{{ text }}{{ caller() if caller }}</i>{% endmacro %}
    {%- set kept %}{{ text }}{% endset %}
    {{- text }}|{{ within(text) }}|{{ kept }}|{{ kept ~ text }}|{% call within(text) %}{{ text }}{% endcall %}
    {%- filter upper %}{{ text }}{% endfilter %}"""
    with app.test_request_context("/"):
        made = render_template_string(template, text="<&>")
    one = "&lt;&amp;&gt;"
    assert made == f"{one}|<i>{one}</i>|{one}|{one}{one}|<i>{one}{one}</i>{one.upper()}"
