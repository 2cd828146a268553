"""The list of help lines: files are taken whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clearinghouse import facts
from clearinghouse.errors import Invalid
from clearinghouse.facts import help_line_file, toml_text
from clearinghouse.facts.help_line_file import Line
from clearinghouse.library import Library
from clearinghouse.upkeep import dated_facts, days, help_lines

TODAY = days.today()
STANDING = help_line_file.read(facts.text("help_lines.toml"))
LIFELINE = next(line for line in STANDING if line.name == "Lifeline")


def _file(*lines: Line) -> str:
    return help_line_file.write(lines, toml_text.head(facts.text("help_lines.toml")))


def test_loading_what_was_exported_changes_nothing(library: Library) -> None:
    dated_facts.checked(library, "lifeline")
    before = help_lines.lines(library)
    text = help_lines.as_toml(library)
    assert text.startswith("# Help lines shown to visitors.")
    loaded = help_lines.load(library, text)
    assert (loaded.added, loaded.changed, loaded.removed) == ((), (), ())
    assert help_lines.lines(library) == before


def test_a_file_adds_changes_removes_and_orders(library: Library) -> None:
    kept = [line for line in STANDING if line.name != "SANE"]
    new = Line("A New Line", "1800 000 000", "Weekdays", "https://example.org/new", jurisdiction="TAS")
    changed = [replace(line, hours="24/7") if line.name == "Lifeline" else line for line in kept]
    loaded = help_lines.load(library, _file(new, *reversed(changed)))
    assert (loaded.added, loaded.changed, loaded.removed) == (("A New Line",), ("Lifeline",), ("SANE",))
    assert [each.name for each in help_lines.lines(library)] == [
        new.name,
        *(line.name for line in reversed(kept)),
    ]


def test_a_check_that_a_file_does_not_know_of_is_not_lost(library: Library) -> None:
    dated_facts.checked(library, "lifeline")
    dated_facts.checked(library, "sane")
    other = [replace(line, number="1800 000 000") if line.name == "SANE" else line for line in STANDING]
    help_lines.load(library, _file(*other))
    by_name = {each.name: each for each in help_lines.lines(library)}
    assert by_name["Lifeline"].checked_on == TODAY
    assert by_name["SANE"].checked_on is None  # another number, which nobody has checked
    assert by_name["SANE"].overdue


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"source": ""}, "“Lifeline”: it has no source"),
        ({"hours": ""}, "“Lifeline”: it has no hours"),
        ({"number": "13 11 1x"}, "“Lifeline”: “13 11 1x” cannot be dialled in Australia"),
        ({"number": "13 11 1"}, "“13 11 1” cannot be dialled"),
        ({"number": "911"}, "“911” cannot be dialled"),
        ({"number": "tel:131114"}, "cannot be dialled"),
        ({"text_number": "0477"}, "“0477” cannot be sent a text"),
        ({"jurisdiction": "Victoria"}, "there is no jurisdiction “Victoria”; known are National, ACT"),
        ({"link": "lifeline.org.au"}, "its link “lifeline.org.au” is not a web address"),
        ({"check_by": date(2026, 1, 1)}, "has no day on which it was"),
        ({"checked_on": date(2026, 1, 2), "check_by": date(2026, 1, 1)}, "cannot be due by 2026-01-01"),
        ({"checked_on": TODAY + timedelta(days=2)}, "is yet to come"),
        (
            {"always": False},
            "Two lines that answer 24 hours, besides 000, must stand on every page, and only 13YARN",
        ),
        ({"hours": "Weekdays"}, "must stand on every page"),
        ({"name": "13YARN"}, "Two help lines are called “13YARN”"),
        ({"name": ""}, "it has no name"),
    ],
)
def test_a_line_that_cannot_be_rung_or_trusted_is_refused_with_the_whole_file(
    library: Library, change: dict[str, object], sentence: str
) -> None:
    before = help_lines.lines(library)
    wrong = [replace(line, **change) if line is LIFELINE else line for line in STANDING]  # type: ignore[arg-type]
    with pytest.raises(Invalid) as problem:
        help_lines.load(library, _file(*wrong))
    assert sentence in str(problem.value)
    assert help_lines.lines(library) == before


def test_a_file_without_triple_zero_is_refused(library: Library) -> None:
    with pytest.raises(Invalid, match="000 must stand on every page"):
        help_lines.load(library, _file(*(line for line in STANDING if line.number != "000")))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[line", "This is not TOML that can be read"),
        ("", "There are no help lines in it"),
        ("x = 1\n[[line]]\n", "There is no “x” in a file of help lines"),
        ('[[line]]\nphone = "1"', "Help line “1”: there is no “phone”; known are name, number"),
        (
            '[[line]]\nname = "A"\nchecked_on = "2026"',
            "Help line “A”: “checked_on” must be a day without quotation",
        ),
        ('[[line]]\nname = "A"\nalways = "yes"', "“always” must be true or false"),
        ("[[line]]\nnumber = 000", "This is not TOML"),
        ("[[line]]\nnumber = 131114", "“number” must be words in quotation marks"),
    ],
)
def test_a_file_that_is_no_file_of_help_lines_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Invalid) as problem:
        help_line_file.read(text)
    assert sentence in str(problem.value)


@pytest.mark.parametrize(("hours", "expected"), [("24 hours, every day", True), ("24/7", True), ("24 hour", True)])
def test_lines_that_answer_at_any_time_are_known_by_their_hours(hours: str, expected: bool) -> None:
    assert help_line_file.is_day_and_night(hours) is expected
    assert not help_line_file.is_day_and_night("2 pm to 4 pm")
    assert not help_line_file.is_day_and_night("240 minutes")
