"""Years of schooling that a text asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Extracted, Extractor, Page, read_file, years_of_schooling

#: The summary of Coleman and Liau's own article, whose index is well known: 14.5.
COLEMAN_AND_LIAU = """
Existing computer programs that measure readability are based largely upon subroutines which estimate number
of syllables, usually by counting vowels. The shortcoming in estimating syllables is that it necessitates
keypunching the prose into the computer. There is no need to estimate syllables since word length in letters
is a better predictor of readability than word length in syllables. Therefore, a new readability formula was
computed that has for its predictors letters per 100 words and sentences per 100 words. Both predictors can be
counted by an optical scanning device, and thus the formula makes it economically feasible for an organization
such as the U.S. Office of Education to calibrate the readability of all textbooks for the public school
system."""
LINES = [
    "A peer worker is a person",
    "They have been unwell too",
    "They know what it is like",
    "You can ask to see one",
    "You can say no to this",
    "It is up to you",
    "They will not tell you what to do",
    "They will listen to what you say",
]


def _years(text: str, language: str | None = "en") -> float | None:
    return years_of_schooling([Page(1, "1", "", text)], language)


def test_the_formula_gives_what_its_authors_article_is_known_for() -> None:
    assert _years(COLEMAN_AND_LIAU) == pytest.approx(14.5, abs=0.05)


def test_lines_of_easy_read_are_sentences_though_they_have_no_full_stop() -> None:
    lines = LINES * 3
    as_lines = _years("\n\n".join(lines))
    assert as_lines == _years(". ".join(lines) + ".")
    assert as_lines == _years("\n".join(f"• {line}" for line in lines))
    as_one_sentence = _years(" and ".join(line.lower() for line in lines) + ".")
    assert as_lines is not None
    assert as_one_sentence is not None
    assert as_lines < as_one_sentence - 1


def test_lines_that_a_margin_broke_are_one_sentence() -> None:
    assert _years(COLEMAN_AND_LIAU) == _years(" ".join(COLEMAN_AND_LIAU.split()))


def test_pages_are_read_as_one_text() -> None:
    first, _, rest = " ".join(COLEMAN_AND_LIAU.split()).partition("There is")
    pages = [Page(1, "1", "", first), Page(2, "2", "A heading", f"There is{rest}")]
    assert years_of_schooling(pages, None) == _years(COLEMAN_AND_LIAU)


def test_rows_of_figures_addresses_and_abbreviations_change_nothing() -> None:
    plain = "Dr Lee met Mrs Hall at the house of a friend and they talked for the day. " * 8
    noisy = "Dr. Lee met Mrs. Hall at the house of a friend and they talked for the day. " * 8
    assert _years(noisy) == _years(plain)
    addresses = " ".join(f"https://www.example.org/a-very-long-address-{number} 2019 3.5" for number in range(50))
    assert _years(f"{plain}\n\n{addresses}") == _years(plain)


@pytest.mark.parametrize("text", ["", "   \n\n ", "12 13 14 " * 200, " ".join(LINES), "• \n• \n" * 90])
def test_a_text_that_is_too_short_has_no_level(text: str) -> None:
    assert _years(text) is None


def test_another_language_has_no_level_whether_or_not_it_is_said() -> None:
    italian = "La speranza è una cosa che si impara insieme agli altri, un giorno dopo l’altro, con calma. " * 12
    assert _years(italian, "it") is None
    assert _years(italian, None) is None
    assert _years(italian, "en") is None
    assert _years(COLEMAN_AND_LIAU, "it-IT") is None
    assert _years(COLEMAN_AND_LIAU, "EN-au") is not None


def test_years_stay_within_what_school_can_mean() -> None:
    assert _years("I am to go on it. " * 40) == 1.0
    assert _years("the interdepartmental institutionalisation of counterrevolutionary " * 60) == 18.0


def test_a_huge_text_costs_no_more_than_its_beginning() -> None:
    beginning = (COLEMAN_AND_LIAU + "\n\n") * 1500
    assert _years(beginning + "Go. See. Run. " * 200_000) == _years(beginning)


def test_a_document_is_measured_where_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(f"On readability\n\n{COLEMAN_AND_LIAU}\n", encoding="utf-8")
    with Extractor() as extractor:
        ((_, found),) = extractor.run([read_file(path, max_bytes=100_000)])
    assert isinstance(found, Extracted)
    assert found.schooling is not None
    assert 12 < found.schooling < 15
