"""Which words of a long question will do, said to tantivy."""

from __future__ import annotations

import random
from itertools import chain, combinations

import pytest

from index.tantivy_question import smallest_sets


@pytest.mark.parametrize("seed", range(50))
def test_the_smallest_sets_are_those_that_reach_and_have_nothing_to_spare(seed: int) -> None:
    chance = random.Random(seed)
    steps = [chance.randint(1, 4) for _ in range(chance.randint(1, 6))]
    least = chance.randint(1, sum(steps))
    every = chain.from_iterable(combinations(range(len(steps)), size) for size in range(1, len(steps) + 1))
    reaching = [each for each in every if sum(steps[at] for at in each) >= least]
    wanted = {each for each in reaching if not any(set(other) < set(each) for other in reaching)}
    found = smallest_sets(steps, least)
    assert found is not None
    assert len(found) == len(wanted)
    assert {tuple(sorted(each)) for each in found} == wanted


def test_too_many_sets_are_not_made() -> None:
    assert smallest_sets([1] * 40, 20) is None
    assert smallest_sets([1] * 40, 1) is None
    assert smallest_sets([1] * 24, 1) is not None
