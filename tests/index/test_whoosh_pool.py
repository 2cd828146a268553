from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.whoosh_pool import _CHUNK, Pool

FIELDS = ("facts", "words")


def gathered(pool: Pool) -> dict[tuple[str, bytes], list[tuple[int, bytes]]]:
    """Field and term to documents and values, as the pool gives them back; each term must come once, in order."""
    postings = list(pool.iter_postings())
    keys = [(field, term) for field, term, _, _ in postings]
    assert keys == sorted(set(keys))
    return {(field, term): list(zip(numbers, values, strict=True)) for field, term, numbers, values in postings}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    documents=st.lists(st.sets(st.integers(0, 4 * _CHUNK), max_size=3 * _CHUNK), max_size=12),
    limit=st.sampled_from([1, 20_000, 60_000, 1 << 30]),
)
def test_every_posting_comes_back_however_often_the_pool_is_emptied_to_a_file(
    documents: list[set[int]], limit: int, tmp_path: Path
) -> None:
    pool = Pool(tmp_path, limit)
    given_to_it: dict[tuple[str, bytes], list[tuple[int, bytes]]] = {}
    for number, terms in enumerate(documents):
        for field in FIELDS:
            words = {f"term{term:04}".encode(): f"{field} {number}".encode() for term in terms}
            pool.add_document(field, number, words)
            for term, value in words.items():
                given_to_it.setdefault((field, term), []).append((number, value))
    assert gathered(pool) == given_to_it
    pool.cleanup()


def test_more_terms_than_go_to_a_file_at_one_time_all_come_back(tmp_path: Path) -> None:
    pool = Pool(tmp_path, limit=1)
    words = {f"term{at:04}".encode(): b"here" for at in range(3 * _CHUNK)}
    pool.add_document("words", 7, words)
    assert gathered(pool) == {("words", term): [(7, b"here")] for term in words}
    pool.cleanup()
    assert not list(tmp_path.iterdir())
