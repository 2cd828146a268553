"""Help lines and directory entries: what is due, what was checked, and files taken whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clearinghouse import facts
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.facts import help_line_file, toml_text
from clearinghouse.facts.help_line_file import Line
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.upkeep import dated_facts
from tests.clearinghouse import making

TODAY = dated_facts.today()
STANDING = help_line_file.read(facts.text("help_lines.toml"))
LIFELINE = next(line for line in STANDING if line.name == "Lifeline")


def _names(library: Library, within: int = 0) -> list[str]:
    return [each.name for each in dated_facts.due(library, within=within)]


def _check_all(library: Library) -> None:
    for line in STANDING:
        dated_facts.checked(library, line.name)


def _file(*lines: Line) -> str:
    return help_line_file.write(lines, toml_text.head(facts.text("help_lines.toml")))


def test_every_line_of_a_new_library_is_due_and_says_how_to_check_it(library: Library) -> None:
    found = dated_facts.due(library)
    assert [each.name for each in found] == [line.name for line in STANDING]
    lifeline = next(each for each in found if each.name == "Lifeline")
    assert lifeline.to_do == (
        "Nobody has checked it yet. Compare 13 11 14 and its hours with https://www.lifeline.org.au, "
        "then `clearinghouse facts checked lifeline`."
    )
    assert lifeline.source.startswith("https://www.healthdirect.gov.au")


def test_a_checked_line_is_due_again_after_half_a_year(library: Library) -> None:
    done = dated_facts.checked(library, "lifeline")
    assert (done.on, done.by, done.again_by) == (TODAY, "A Curator", dated_facts.months_later(TODAY, 6))
    assert "Lifeline" not in _names(library)
    days = (done.again_by - TODAY).days
    assert "Lifeline" not in _names(library, within=days - 1)
    assert "Lifeline" in _names(library, within=days)
    (line,) = [each for each in dated_facts.lines(library) if each.name == "Lifeline"]
    assert (line.checked_on, line.checked_by, line.overdue) == (TODAY, "A Curator", False)


def test_a_line_that_was_checked_long_ago_is_due_first(library: Library) -> None:
    _check_all(library)
    dated_facts.checked(library, "SANE", on=date(2020, 1, 31), again_by=date(2020, 7, 31))
    assert _names(library) == ["SANE"]
    assert next(each for each in dated_facts.lines(library) if each.name == "SANE").overdue


def test_what_has_changed_is_written_down_in_the_same_breath(library: Library) -> None:
    done = dated_facts.checked(library, "sane", details={"hours": "Every day", "text_number": "0400 000 000"})
    assert done.changed == {"hours": ("Weekdays", "Every day"), "text_number": ("", "0400 000 000")}
    (line,) = [each for each in dated_facts.lines(library) if each.name == "SANE"]
    assert (line.hours, line.text_number, line.number) == ("Every day", "0400 000 000", "1800 187 263")
    assert dated_facts.checked(library, "sane", details={"text_number": ""}).changed == {
        "text_number": ("0400 000 000", "")
    }


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"on": TODAY + timedelta(days=1)}, "is yet to come"),
        ({"again_by": TODAY}, "cannot be due again by"),
        ({"on": date(2026, 3, 1), "again_by": date(2026, 2, 1)}, "cannot be due again by 2026-02-01"),
        ({"details": {"number": "13 11"}}, "“13 11” cannot be dialled"),
        ({"details": {"number": ""}}, "it has no number"),
        ({"details": {"source": ""}}, "it has no source"),
        ({"details": {"hours": " "}}, "it has no hours"),
        ({"details": {"link": "javascript:alert(1)"}}, "is not a web address"),
    ],
)
def test_a_check_that_cannot_be_is_refused_and_changes_nothing(
    library: Library, given: dict[str, object], sentence: str
) -> None:
    before = dated_facts.lines(library)
    with pytest.raises(Invalid) as problem:
        dated_facts.checked(library, "Lifeline", **given)  # type: ignore[arg-type]
    assert sentence in str(problem.value)
    assert dated_facts.lines(library) == before


def test_triple_zero_stays_triple_zero(library: Library) -> None:
    with pytest.raises(Invalid, match="000 stays as it is"):
        dated_facts.checked(library, "Emergency", details={"number": "106"})


def test_a_directory_entry_is_due_until_it_is_checked_and_again_after_a_year(library: Library) -> None:
    _check_all(library)
    making.a_resource(library, "A course", kind="directory-entry", link="https://example.org/course")
    making.a_resource(
        library, "A network", kind="directory-entry", checked_on=dated_facts.months_later(TODAY, -12)
    )
    making.a_resource(library, "A service", kind="directory-entry", checked_on=TODAY - timedelta(days=300))
    making.a_resource(library, "A guide", kind="guideline")
    gone = making.a_resource(library, "Gone", kind="directory-entry")
    catalogue.withdraw(library, gone, "It has closed.")
    assert sorted(_names(library)) == ["A course", "A network"]
    assert sorted(_names(library, within=100)) == ["A course", "A network", "A service"]
    done = dated_facts.checked(library, "a-course")
    assert (done.what, done.again_by) == ("directory entry", dated_facts.months_later(TODAY, 12))
    assert _names(library) == ["A network"]
    last = catalogue.history(library, "a-course")[-1]
    assert (last.who, last.what, last.details) == (
        "A Curator",
        "checked",
        {"checked_on": [None, TODAY.isoformat()]},
    )


def test_what_is_no_dated_fact_is_said_to_be_none(library: Library) -> None:
    making.a_resource(library, "A guide")
    making.a_resource(library, "A course", kind="directory-entry")
    with pytest.raises(Invalid, match=r"not a directory entry but a guideline; .*edit a-guide --checked-on"):
        dated_facts.checked(library, "a-guide")
    with pytest.raises(Invalid, match="mend what it says with `clearinghouse edit a-course`"):
        dated_facts.checked(library, "a-course", details={"hours": "always"})
    with pytest.raises(Invalid, match="due again after 12 months"):
        dated_facts.checked(library, "a-course", again_by=TODAY + timedelta(days=9))
    with pytest.raises(
        NotFound, match=r"There is no help line or directory entry “lifelin”. Did you mean “lifeline”"
    ):
        dated_facts.checked(library, "lifelin")


def test_loading_what_was_exported_changes_nothing(library: Library) -> None:
    dated_facts.checked(library, "lifeline")
    before = dated_facts.lines(library)
    text = dated_facts.as_toml(library)
    assert text.startswith("# Help lines shown to visitors.")
    loaded = dated_facts.load(library, text)
    assert (loaded.added, loaded.changed, loaded.removed) == ((), (), ())
    assert dated_facts.lines(library) == before


def test_a_file_adds_changes_removes_and_orders(library: Library) -> None:
    kept = [line for line in STANDING if line.name != "SANE"]
    new = Line("A New Line", "1800 000 000", "Weekdays", "https://example.org/new", jurisdiction="TAS")
    changed = [replace(line, hours="24/7") if line.name == "Lifeline" else line for line in kept]
    loaded = dated_facts.load(library, _file(new, *reversed(changed)))
    assert (loaded.added, loaded.changed, loaded.removed) == (("A New Line",), ("Lifeline",), ("SANE",))
    assert [each.name for each in dated_facts.lines(library)] == [
        new.name,
        *(line.name for line in reversed(kept)),
    ]


def test_a_check_that_a_file_does_not_know_of_is_not_lost(library: Library) -> None:
    dated_facts.checked(library, "lifeline")
    dated_facts.checked(library, "sane")
    other = [replace(line, number="1800 000 000") if line.name == "SANE" else line for line in STANDING]
    dated_facts.load(library, _file(*other))
    by_name = {each.name: each for each in dated_facts.lines(library)}
    assert by_name["Lifeline"].checked_on == TODAY
    assert by_name["SANE"].checked_on is None  # another number, which nobody has checked
    assert "SANE" in _names(library)


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
    before = dated_facts.lines(library)
    wrong = [replace(line, **change) if line is LIFELINE else line for line in STANDING]  # type: ignore[arg-type]
    with pytest.raises(Invalid) as problem:
        dated_facts.load(library, _file(*wrong))
    assert sentence in str(problem.value)
    assert dated_facts.lines(library) == before


def test_a_file_without_triple_zero_is_refused(library: Library) -> None:
    with pytest.raises(Invalid, match="000 must stand on every page"):
        dated_facts.load(library, _file(*(line for line in STANDING if line.number != "000")))


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


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 15), -12, date(2025, 1, 15)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, expected: date) -> None:
    assert dated_facts.months_later(day, months) == expected


@pytest.mark.parametrize(("hours", "expected"), [("24 hours, every day", True), ("24/7", True), ("24 hour", True)])
def test_lines_that_answer_at_any_time_are_known_by_their_hours(hours: str, expected: bool) -> None:
    assert help_line_file.is_day_and_night(hours) is expected
    assert not help_line_file.is_day_and_night("2 pm to 4 pm")
    assert not help_line_file.is_day_and_night("240 minutes")
