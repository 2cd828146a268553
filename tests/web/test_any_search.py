"""Whatever is asked, there is a page, quickly: on both engines."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearinghouse.acquisition import importing
from clearinghouse.library import open_library
from clearinghouse.settings import Settings
from clearinghouse.web import create_app

SLOWEST = 3.0
"""Seconds of processor time for any page: measured 0.01 to 0.15, and a machine that tests may be much slower."""


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def visitor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A visitor of the sample library, on each engine."""
    home: Path = tmp_path_factory.mktemp(request.param)
    library = open_library(Settings(home=home, index=f"{request.param}://{home}/index", curator="A Curator"))
    with importing.samples() as manifest:
        assert {each.outcome for each in importing.import_file(library, manifest)} == {"added"}
    visitor = create_app(library).test_client()
    visitor.get("/search?q=recovry")  # what is read once
    yield visitor
    library.close()


def page(visitor: FlaskClient, **asked: object) -> BeautifulSoup:
    """The page that answers, which must come in time."""
    began = time.process_time()
    response = visitor.get("/search?" + urlencode(asked, doseq=True, errors="surrogatepass"))
    took = time.process_time() - began
    assert response.status_code == 200
    assert took < SLOWEST
    answer = BeautifulSoup(response.text, "lxml")
    assert len(answer.select("h1")) == 1
    return answer


FIELDS = (
    "title",
    "author",
    "topic",
    "summary",
    "text",
    "year",
    "kind",
    "audience",
    "language",
    "form",
    "speaks",
    "where",
)
ODD = {
    "ten thousand words": "recovery is what people say it is " * 1429,
    "ten thousand different words": " ".join(f"word{n}" for n in range(10_000)),
    "misspelt words": " ".join(f"recovr{chr(97 + n % 26)}{chr(97 + n // 26)}y" for n in range(300)),
    "a mebibyte": "x" * (1 << 20),
    # Three signs each in the address: as long as waitress reads, 256 KiB; it refuses longer ones itself.
    "quotes without end": '"' * 85_000,
    "stop words": "the of and to be or not what is it",
    "punctuation": "!@#$%^&*()_+-=[]{}|;':,./<>?`~",
    "unbalanced quotes": '"peer support" "recovery',
    "nested brackets": "(" * 2000 + "peer" + ")" * 2000,
    "wildcards at the front": "*covery ?ecovery **",
    "wildcards alone": "a* b* c* d* e* ab* co* re* in* un* pe* su* st* th*",
    "control characters": "peer\x00\x01\x1b\x7f\x9fsupport\r\n\t",
    "emoji": "🙂👩‍👩‍👧‍👦🏳️‍🌈 peer 💚",
    "right to left": "الصحة النفسية \u202eyrevocer\u202c שלום",
    "half a character": "\ud83d peer",
    "combining marks": "e" + "\u0301" * 5000,
    "field names": " ".join(f"{name}:" for name in FIELDS),
    "field names upon field names": ":".join(FIELDS) + ":",
    "years backwards": "year:9999..0 peer",
    "years beyond all": "year:0000..9999 year:99999 year:.. year:-1",
    "minus signs": "-" * 500 + "peer -support -recovery -people",
    "ors": "OR " * 2000 + "peer OR",
    "sql": "'; DROP TABLE resource; -- \" OR 1=1",
    "html": "<script>alert(1)</script>",
    "a long phrase": '"' + "peer support " * 500 + '"',
    "hyphens": "-".join(["peer"] * 3000),
    "dots": "10.1000/" + "." * 5000,
    "numerals": "cert " * 500 + "iv " * 500,
}


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD.keys())
def test_any_words_have_their_page(visitor: FlaskClient, typed: str) -> None:
    page(visitor, q=typed)


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_with_nothing_after_it_is_passed_over(visitor: FlaskClient, field: str) -> None:
    titles = [
        [title.text for title in page(visitor, q=words, sort="title").select(".results .card-title")]
        for words in (f"{field}: recovery", "recovery")
    ]
    assert titles[0] == titles[1] != []


ASKED = (
    {"page": -1},
    {"page": 0},
    {"page": 10**30},
    {"page": "two"},
    {"from": 9999, "to": 0},
    {"from": "MMXV", "to": "-5"},
    {"kind": "poem", "audience": "'; --", "topic": "no-such-topic", "form": "x" * 5000},
    {"kind": [f"kind{n}" for n in range(2000)]},
    {"language": "xx", "speaks": "", "jurisdiction": "mars"},
    {"sort": "random", "notes": "maybe", "easy": "\x00"},
    {"no-such-thing": 1, "q ": "x"},
)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: " ".join(asked))
def test_whatever_stands_in_the_address_has_its_page(visitor: FlaskClient, asked: dict[str, object]) -> None:
    page(visitor, **{"q": "recovery", **asked})


_SIGNS = st.sampled_from(
    [*'":*-()', " OR ", " -", "title:", "year:20", "kind:", "cert iv ", "recovry ", "peer", "’"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.one_of(st.text(), st.lists(st.one_of(_SIGNS, st.text(max_size=5))).map("".join)))
def test_any_text_has_its_page_in_time(visitor: FlaskClient, typed: str) -> None:
    page(visitor, q=typed)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.dictionaries(st.sampled_from(["page", "from", "to", "kind", "sort", "language"]), st.text()))
def test_any_choices_have_their_page_in_time(visitor: FlaskClient, asked: dict[str, str]) -> None:
    page(visitor, q="peer", **asked)
