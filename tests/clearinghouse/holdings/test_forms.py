"""The forms of a work: how hard each is to read, and which are missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from clearinghouse import indexing
from clearinghouse.acquisition import intake
from clearinghouse.acquisition.wanted import Wanted
from clearinghouse.errors import Invalid, NotFound, Unknown
from clearinghouse.holdings import catalogue, forms
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Change, Edition
from clearinghouse.search.discovery import Question, search
from clearinghouse.upkeep import reports

EASY = "# {title}\n\n" + "You can ask for one. You can say no. They will help you.\n\n" * 12
HARD = (
    "# {title}\n\n"
    + (
        "Organisational implementation of the recommendations necessitates comprehensive consultation "
        "and the evaluation of institutional responsibilities for the communities that are affected.\n\n"
    )
    * 12
)

Add = Callable[..., str]


@pytest.fixture
def add(library: Library, tmp_path: Path) -> Add:
    """Take in a text as a published resource (or as another form of one); returns its slug."""

    def take_in(
        title: str, text: str, *audiences: str, form: str = "full", of: str | None = None, language: str = "en"
    ) -> str:
        path = tmp_path / f"{title}-{form}-{language}.md"
        path.write_text(text.format(title=title), encoding="utf-8")
        record = Record(kind="guideline", audiences=audiences) if audiences else Record()
        wanted = Wanted(str(path), str(path), record, form=form, edition_of=of, language=language)
        (outcome,) = intake.take_in(library, [wanted])
        assert outcome.slug, outcome.error
        if audiences and outcome.alike:  # kept as a draft, because these texts are much the same
            catalogue.publish(library, outcome.slug)
        return outcome.slug

    return take_in


def _level(library: Library, slug: str, key: str = "full-en") -> float | None:
    return next(each.schooling for each in forms.listing(library, slug) if each.key == key)


def test_a_level_is_worked_out_when_a_document_is_added(library: Library, add: Add) -> None:
    hard, easy = add("Hard", HARD, "staff"), add("Easy", EASY, "staff")
    assert _level(library, hard) == 18.0
    assert _level(library, easy) == 1.0
    assert catalogue.show(library, hard).view.editions[0].schooling_by_hand is False


def test_what_is_said_to_be_in_another_language_has_no_level(library: Library, add: Add) -> None:
    slug = add("Hard", HARD, "staff", language="it")
    assert _level(library, slug, "full-it") is None
    assert forms.revise(library, slug, "full-it", {"language": "English"}) == {"language": ["it", "en"]}
    assert _level(library, slug, "full-it") == 18.0


def test_a_curators_years_count_before_what_was_worked_out_until_they_are_taken_back(
    library: Library, add: Add, tmp_path: Path
) -> None:
    slug = add("Hard", HARD, "staff")
    assert forms.revise(library, slug, "full-en", {"schooling": 9}) == {"schooling": [None, 9]}
    (view,) = forms.listing(library, slug)
    assert (view.schooling, view.schooling_by_hand) == (9.0, True)
    add("Hard", EASY, "staff")  # the file has changed
    assert _level(library, slug) == 9.0
    forms.revise(library, slug, "full-en", {"schooling": None})
    assert _level(library, slug) == 1.0
    said = [each.details for each in catalogue.history(library, slug) if "schooling" in each.details]
    assert said == [
        {"edition": "full-en", "schooling": [None, 9]},
        {"edition": "full-en", "schooling": [9, None]},
    ]


def test_a_form_that_is_said_to_be_another_is_found_as_that(library: Library, add: Add) -> None:
    slug = add("Easy", EASY, "staff")
    changed = forms.revise(library, slug, "full-en", {"form": "Easy Read", "label": " In  short "})
    assert changed == {"form": ["full", "easy-read"], "label": ["", "In short"]}
    assert forms.revise(library, slug, "full-en", {"form": "easy-read"}) == {}
    indexing.sync(library)
    found = search(library, Question(filters={"form": ("easy-read",)}))
    assert [each.card.slug for each in found.found] == [slug]


def test_what_cannot_be_said_of_a_form_is_a_sentence_and_changes_nothing(library: Library, add: Add) -> None:
    slug = add("Hard", HARD, "staff")
    before = forms.listing(library, slug)
    wrong: tuple[tuple[str, dict[str, object], type[Exception], str], ...] = (
        ("easy-en", {}, NotFound, "“hard” has no form “easy-en”. It has full-en."),
        ("full-en", {"schooling": 0}, Invalid, "Nobody has 0 years of schooling; give from 1 to 18, or none."),
        ("full-en", {"schooling": 19}, Invalid, "Nobody has 19 years of schooling"),
        ("full-en", {"form": "easyread"}, Unknown, "There is no form “easyread”. Did you mean “easy-read”?"),
        ("full-en", {"language": "Klingonese!"}, Unknown, "“Klingonese!” is no language; give its tag, such as"),
    )
    for key, said, problem, sentence in wrong:
        with pytest.raises(problem) as told:
            forms.revise(library, slug, key, {"label": "Lost", **said})
        assert str(told.value).startswith(sentence)
    assert forms.listing(library, slug) == before


def test_a_form_that_is_removed_is_gone_for_visitors_and_kept_for_the_curator(library: Library, add: Add) -> None:
    slug = add("Hard", HARD, "staff")
    add("Easy", EASY, form="easy-read", of=slug)
    indexing.sync(library)
    removed = forms.remove(library, slug, "easy-read-en")
    assert removed.original is not None
    assert library.originals.path(removed.original.sha256).is_file()
    assert [each.key for each in forms.listing(library, slug)] == ["full-en"]
    last = catalogue.history(library, slug)[-1]
    assert (last.what, last.details["original"], last.details["file"]) == (
        "form removed",
        removed.original.sha256,
        "Easy-easy-read-en.md",
    )
    indexing.sync(library)
    assert not search(library, Question(filters={"form": ("easy-read",)})).found
    add("Easy", EASY, form="easy-read", of=slug)
    assert [each.key for each in forms.listing(library, slug)] == ["full-en", "easy-read-en"]


def test_levels_missing_in_an_older_library_are_worked_out_without_touching_the_index(
    library: Library, add: Add
) -> None:
    hard, easy = add("Hard", HARD, "staff"), add("Easy", EASY, "staff")
    add("Short", "# {title}\n\nToo short to tell.\n", "staff")
    with library.database.writing() as session:
        session.execute(update(Edition).values(schooling=None))
    seen: list[int] = []
    assert forms.waiting(library) == 3
    assert forms.work_out(library, progress=seen.append) == forms.WorkedOut(looked_at=3, told=2)
    assert seen == [1, 2, 3]
    assert (_level(library, hard), _level(library, easy)) == (18.0, 1.0)
    with library.database.reading() as session:
        assert session.query(Change).count() == 0
    assert forms.work_out(library) == forms.WorkedOut(looked_at=1, told=0)


def test_resources_without_easy_read_are_reported_hardest_first(library: Library, add: Add) -> None:
    hard = add("Hard", HARD, "consumers")
    longer = add("Longer", HARD + HARD, "carers", "staff")
    easy = add("Easy", EASY, "carers")
    unknown = add("Unknown", "# {title}\n\nToo short to tell.\n", "consumers")
    add("Not for them", HARD, "staff")
    twin = add("Twin", HARD, "consumers")
    add("Twin", EASY, form="easy-read", of=twin)
    found = reports.missing_forms(library)
    assert [each.slug for each in found.missing] == [longer, hard, easy, unknown]
    assert (found.audiences, found.published, found.with_easy_read) == (("consumers", "carers"), 5, 1)
    assert [each.schooling for each in found.missing] == [18.0, 18.0, 1.0, None]
    assert [each.slug for each in reports.missing_forms(library, "staff").missing] == [longer, "not-for-them"]
    with pytest.raises(Unknown):
        reports.missing_forms(library, "everybody")


def test_an_easy_read_form_that_is_only_a_link_counts(library: Library, add: Add) -> None:
    slug = add("Hard", HARD, "consumers")
    linked = Wanted("link", form="easy-read", edition_link="https://example.org/easy", edition_of=slug)
    assert [each.outcome for each in intake.take_in(library, [linked])] == ["updated"]
    assert reports.missing_forms(library).missing == ()


def test_a_summary_that_is_easier_puts_a_resource_later(library: Library, add: Add) -> None:
    hard = add("Hard", HARD, "consumers")
    helped = add("Also hard", HARD + HARD, "consumers")
    add("Also hard", EASY, form="summary", of=helped)
    assert [each.slug for each in reports.missing_forms(library).missing] == [hard, helped]


def test_levels_are_reported_for_what_visitors_can_read(library: Library, add: Add) -> None:
    hard, easy = add("Hard", HARD, "staff"), add("Easy", EASY, "carers")
    add("Draft", HARD)
    add("Short", "# {title}\n\nToo short to tell.\n", "staff")
    found = reports.reading_levels(library)
    assert [(each.slug, each.key, each.schooling) for each in found.forms] == [
        (hard, "full-en", 18.0),
        (easy, "full-en", 1.0),
    ]
    assert found.without == 1
    assert [each.slug for each in reports.reading_levels(library, over=12).forms] == [hard]
    assert [each.slug for each in reports.reading_levels(library, "carers").forms] == [easy]
