"""Where licences are written out."""

from __future__ import annotations

import pytest

from clearinghouse.interchange import licences


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc by-nc-sa 3.0 AU", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("Creative Commons BY-ND 2.5", "https://creativecommons.org/licenses/by-nd/2.5/"),
        ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://example.org/terms", "https://example.org/terms"),
    ],
)
def test_a_licence_that_is_known_leads_to_its_text(said: str, address: str) -> None:
    assert licences.address(said) == address


@pytest.mark.parametrize("said", ["", "CC BY", "All rights reserved", "Ask us, see https://example.org", "BY 4.0"])
def test_what_cannot_be_told_leads_nowhere(said: str) -> None:
    assert licences.address(said) == ""
