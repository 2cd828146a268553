"""Names of authors, in the parts that citation styles ask for."""

from __future__ import annotations

import pytest

from clearinghouse.citation.author_names import inverted, parts


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Kim Lee", "Lee|Kim"),
        ("Lee, Kim", "Lee|Kim"),
        ("  Lee ,  Kim ", "Lee|Kim"),
        ("Mary Ann O'Neill", "O'Neill|Mary Ann"),
        ("Ludwig van Beethoven", "Beethoven|Ludwig|van"),
        ("van den Berg, Bo", "Berg|Bo|van den"),
        ("Ana de la Cruz", "Cruz|Ana|de la"),
        ("de la Cruz, Ana", "Cruz|Ana|de la"),
        ("bell hooks", "hooks|bell"),
        ("Davidson L", "Davidson|L"),
        ("van Gogh VW", "Gogh|VW|van"),
        ("Martin Luther King Jr.", "King|Martin Luther||Jr."),
        ("King, Jr., Martin Luther", "King|Martin Luther||Jr."),
        ("King, Martin Luther, Jr.", "King|Martin Luther||Jr."),
        ("Larry Davidson, PhD, OAM", "Davidson|Larry"),
        ("Мария Иванова", "Иванова|Мария"),
        ("أحمد, محمد", "أحمد|محمد"),
    ],
)
def test_a_persons_name_is_read_in_the_ways_it_is_written(name: str, expected: str) -> None:
    said = parts(name)
    shown = [said.get(part, "") for part in ("family", "given", "non-dropping-particle", "suffix")]
    assert "|".join(shown).rstrip("|") == expected


@pytest.mark.parametrize(
    "name",
    [
        "Cher",
        "Mind Australia",
        "Centre of Excellence in Peer Support",
        "training.gov.au, the national register",
        "Top End Mental Health Consumers Organisation (TEMHCO)",
        "Smith, J., Jones, K., Li, M.",
        "محمد أحمد",
        "山田 太郎",
        "A,",
        "",
    ],
)
def test_an_organisation_a_single_name_and_a_name_of_unknown_order_stay_whole(name: str) -> None:
    assert parts(name) == {"literal": name.strip(" ,")}


def test_a_name_that_is_also_the_organisation_is_an_organisation() -> None:
    assert parts("Harbour Light", organisations=("Harbour Light",)) == {"literal": "Harbour Light"}
    assert parts("Harbour Light") == {"family": "Light", "given": "Harbour"}


def test_a_name_as_catalogues_write_it_is_read_again_as_the_same() -> None:
    for name in ("Bo van den Berg", "Martin Luther King Jr.", "Mind Australia", "Kim Lee"):
        assert parts(inverted(parts(name))) == parts(name)
    assert inverted(parts("Martin Luther King Jr.")) == "King, Martin Luther, Jr."
