"""Help lines and directory entries: what is due, and what was checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clearinghouse import facts
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.facts import help_line_file
from clearinghouse.holdings import catalogue
from clearinghouse.library import Library
from clearinghouse.upkeep import dated_facts, days, help_lines
from tests.clearinghouse import making

TODAY = days.today()
STANDING = help_line_file.read(facts.text("help_lines.toml"))
LIFELINE = next(line for line in STANDING if line.name == "Lifeline")


def _names(library: Library, within: int = 0) -> list[str]:
    return [each.name for each in dated_facts.due(library, within=within)]


def _check_all(library: Library) -> None:
    for line in STANDING:
        dated_facts.checked(library, line.name)


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
    assert (done.on, done.by, done.again_by) == (TODAY, "A Curator", days.months_later(TODAY, 6))
    assert "Lifeline" not in _names(library)
    away = (done.again_by - TODAY).days
    assert "Lifeline" not in _names(library, within=away - 1)
    assert "Lifeline" in _names(library, within=away)
    (line,) = [each for each in help_lines.lines(library) if each.name == "Lifeline"]
    assert (line.checked_on, line.checked_by, line.overdue) == (TODAY, "A Curator", False)


def test_a_line_that_was_checked_long_ago_is_due_first(library: Library) -> None:
    _check_all(library)
    dated_facts.checked(library, "SANE", on=date(2020, 1, 31), again_by=date(2020, 7, 31))
    assert _names(library) == ["SANE"]
    assert next(each for each in help_lines.lines(library) if each.name == "SANE").overdue


def test_what_has_changed_is_written_down_in_the_same_breath(library: Library) -> None:
    done = dated_facts.checked(library, "sane", details={"hours": "Every day", "text_number": "0400 000 000"})
    assert done.changed == {"hours": ("Weekdays", "Every day"), "text_number": ("", "0400 000 000")}
    (line,) = [each for each in help_lines.lines(library) if each.name == "SANE"]
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
    before = help_lines.lines(library)
    with pytest.raises(Invalid) as problem:
        dated_facts.checked(library, "Lifeline", **given)  # type: ignore[arg-type]
    assert sentence in str(problem.value)
    assert help_lines.lines(library) == before


def test_triple_zero_stays_triple_zero(library: Library) -> None:
    with pytest.raises(Invalid, match="000 stays as it is"):
        dated_facts.checked(library, "Emergency", details={"number": "106"})


def test_a_directory_entry_is_due_until_it_is_checked_and_again_after_a_year(library: Library) -> None:
    _check_all(library)
    making.a_resource(library, "A course", kind="directory-entry", link="https://example.org/course")
    making.a_resource(library, "A network", kind="directory-entry", checked_on=days.months_later(TODAY, -12))
    making.a_resource(library, "A service", kind="directory-entry", checked_on=TODAY - timedelta(days=300))
    making.a_resource(library, "A guide", kind="guideline")
    gone = making.a_resource(library, "Gone", kind="directory-entry")
    catalogue.withdraw(library, gone, "It has closed.")
    assert sorted(_names(library)) == ["A course", "A network"]
    assert sorted(_names(library, within=100)) == ["A course", "A network", "A service"]
    done = dated_facts.checked(library, "a-course")
    assert (done.what, done.again_by) == ("directory entry", days.months_later(TODAY, 12))
    assert _names(library) == ["A network"]
    last = catalogue.history(library, "a-course")[-1]
    assert (last.who, last.what, last.details) == (
        "A Curator",
        "checked",
        {"checked_on": [None, TODAY.isoformat()]},
    )


def test_what_was_checked_on_a_leap_day_is_due_on_the_last_of_february(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _check_all(library)
    making.a_resource(library, "A course", kind="directory-entry", checked_on=date(2024, 2, 29))
    monkeypatch.setattr(days, "today", lambda: date(2025, 2, 27))
    assert "A course" not in _names(library)
    assert "A course" in _names(library, within=1)
    monkeypatch.setattr(days, "today", lambda: date(2025, 2, 28))
    (found,) = [each for each in dated_facts.due(library) if each.name == "A course"]
    assert found.due_on == date(2025, 2, 28)


def test_a_line_is_named_however_its_letters_are_written(library: Library) -> None:
    amiga = replace(LIFELINE, name="Línea Amiga", always=False)
    other = replace(amiga, name="Linea-Amiga")
    help_lines.load(library, help_line_file.write([*STANDING, amiga, other], ""))
    assert dated_facts.checked(library, other.name).name == other.name
    for name in ("línea amiga", "LÍNEA  AMIGA", "Li\u0301nea Amiga", "linea-amiga"):
        assert dated_facts.checked(library, name).name == "Línea Amiga"


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


def test_a_service_with_a_help_line_has_its_entry_checked_by_the_command_that_is_named(library: Library) -> None:
    line = help_lines.lines(library)[1].name
    slug = making.a_resource(library, line, kind="directory-entry", link="https://example.org/a")
    (entry,) = (each for each in dated_facts.due(library) if each.what == "directory entry")
    assert entry.to_do.endswith(f"`clearinghouse facts checked {slug} --entry`.")
    assert dated_facts.checked(library, slug, entry=True).what == "directory entry"
    assert not [each for each in dated_facts.due(library) if each.what == "directory entry"]
    assert line in {each.name for each in dated_facts.due(library)}
