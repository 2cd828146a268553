"""Settings: read from variables, refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearinghouse.errors import BadSetting
from clearinghouse.settings import Settings, described, from_environment


def test_everything_stands_in_the_home_unless_said_otherwise() -> None:
    settings = from_environment({"CLEARINGHOUSE_HOME": "/srv/library"})
    assert settings.database_url == "sqlite:////srv/library/library.db"
    assert settings.index_url == "whoosh:///srv/library/index"
    assert settings.files_url == "file:///srv/library/originals"


def test_each_part_may_stand_elsewhere() -> None:
    settings = from_environment(
        {
            "CLEARINGHOUSE_DATABASE": "postgresql+psycopg://x@y/z",
            "CLEARINGHOUSE_INDEX": "whoosh:///fast/index",
            "CLEARINGHOUSE_FILES": "file:///big/originals",
        }
    )
    assert settings.database_url == "postgresql+psycopg://x@y/z"
    assert settings.index_url == "whoosh:///fast/index"
    assert settings.files_url == "file:///big/originals"


def test_an_engine_may_be_named_without_a_folder() -> None:
    settings = from_environment({"CLEARINGHOUSE_HOME": "/srv/our library", "CLEARINGHOUSE_INDEX": "whoosh://"})
    assert settings.index_url == "whoosh:///srv/our%20library/index"


def test_nothing_set_is_a_library_in_this_folder() -> None:
    assert from_environment({}) == Settings()
    assert Settings().home == Path("clearinghouse-data")


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("1", True), ("No", False), ("", False)])
def test_yes_and_no_may_be_said_in_several_ways(text: str, value: bool) -> None:
    assert from_environment({"CLEARINGHOUSE_ALLOW_PRIVATE": text}).allow_private is value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("CLEARINGHOUSE_JOBS", "two"),
        ("CLEARINGHOUSE_JOBS", "0"),
        ("CLEARINGHOUSE_EXTRACT_SECONDS", "-5"),
        ("CLEARINGHOUSE_ALLOW_PRIVATE", "perhaps"),
    ],
)
def test_a_value_of_the_wrong_kind_names_the_variable_and_says_what_to_set(name: str, text: str) -> None:
    with pytest.raises(BadSetting, match=f"{name} is .* set it to"):
        from_environment({name: text})


def test_every_setting_has_a_line_of_help() -> None:
    assert all(help_.endswith(".") for _, _, help_ in described())


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("https://Library.example.org/", "https://library.example.org"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("", ""),
    ],
)
def test_the_site_s_address_is_kept_without_a_slash(said: str, kept: str) -> None:
    assert from_environment({"CLEARINGHOUSE_ADDRESS": said}).address == kept


@pytest.mark.parametrize(
    "said", ["library.example.org", "https://example.org/library", "ftp://example.org", "https://a b"]
)
def test_an_address_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(BadSetting, match="without a path"):
        from_environment({"CLEARINGHOUSE_ADDRESS": said})
