"""Addresses within the site: ours are exactly Flask's."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, url_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import BuildError

from clearinghouse.library import Library
from clearinghouse.web import create_app, paths

_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
_VALUE = st.one_of(
    *(_TEXT, st.integers(-3, 10**9), st.none(), st.booleans()),
    *(st.lists(st.one_of(_TEXT, st.none()), max_size=3), st.tuples(_TEXT, _TEXT)),
)
_REST = st.dictionaries(st.sampled_from(("q", "audience", "part", "from", "slug2", "_anchor")), _VALUE, max_size=4)


@pytest.fixture
def app(library: Library) -> Flask:
    return create_app(library)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), rest=_REST, root=st.sampled_from(("", "/", "/library", "/a b/c")))
def test_an_address_is_the_one_that_flask_would_make(
    app: Flask, data: st.DataObject, rest: dict[str, Any], root: str
) -> None:
    if "_anchor" in rest:
        rest["_anchor"] = str(rest["_anchor"])
    with app.test_request_context("/search?q=hope", environ_overrides={"SCRIPT_NAME": root}):
        for rule in app.url_map.iter_rules():
            wanted = {name: data.draw(_TEXT) for name in rule.arguments if name != "number"}
            if "number" in rule.arguments:
                wanted["number"] = data.draw(st.integers(1, 100))
            values = {**rest, **wanted}
            assert paths.to(rule.endpoint, **values) == url_for(rule.endpoint, **values)
            assert paths.to(rule.endpoint, **values) == url_for(rule.endpoint, **values)


def test_what_flask_refuses_is_refused(app: Flask) -> None:
    with app.test_request_context("/"):
        for endpoint, values in (
            ("nowhere.at_all", {}),
            ("resources.show", {}),
            ("resources.show", {"slug": None}),
        ):
            with pytest.raises(BuildError):
                paths.to(endpoint, **values)


def test_a_whole_address_is_still_whole(app: Flask) -> None:
    with app.test_request_context("/"):
        assert paths.to("resources.show", slug="guide", _external=True) == "http://localhost/resources/guide"


def test_what_was_typed_in_one_request_is_not_kept_for_the_next(app: Flask) -> None:
    with app.test_request_context("/"):
        paths.to("search.results", q="something private")
    assert "something private" not in repr(app.extensions)
