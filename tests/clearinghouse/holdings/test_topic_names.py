"""The topics that words name."""

from __future__ import annotations

import pytest

from clearinghouse.errors import Unknown
from clearinghouse.holdings import topic_names
from clearinghouse.library import Library


def test_a_topic_is_found_by_slug_by_its_words_and_by_other_words(library: Library) -> None:
    for word in ("peer-worker", "Peer worker", "peer practitioner", "PEER PRACTITIONER"):
        assert topic_names.slugs(library, [word]) == ("peer-worker",)


def test_an_unknown_topic_names_the_nearest_and_lists_all(library: Library) -> None:
    with pytest.raises(Unknown, match=r"no topic “peer-wroker”. Did you mean “peer-worker”\? Known: .*stigma"):
        topic_names.slugs(library, ["peer-wroker"])
