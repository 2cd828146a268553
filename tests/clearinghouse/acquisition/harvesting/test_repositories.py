"""Harvesting records: from an OAI-PMH repository, and from a catalogue at an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from clearinghouse import indexing
from clearinghouse.acquisition.harvesting import running, sources
from clearinghouse.acquisition.harvesting.options import Options
from clearinghouse.acquisition.wanted import Outcome
from clearinghouse.errors import Occupied
from clearinghouse.holdings import catalogue, proposals
from clearinghouse.holdings.record import Record
from clearinghouse.indexing import Drift
from clearinghouse.lease import held
from clearinghouse.library import Library
from clearinghouse.models import Resource
from tests.clearinghouse.acquisition.harvesting.conftest import Run
from tests.clearinghouse.making import STAFF, a_resource
from tests.conftest import FILES
from tests.oai import Kept, Repository, record
from tests.site import Said, Site

Add = Callable[..., str]
DAY = "2026-01-0{}T00:00:00Z"


@pytest.fixture
def repository(site: Site) -> Repository:
    made = Repository(site)
    made.put(*(_work(number) for number in range(1, 6)))
    return made


def _work(number: int, title: str = "", *said: tuple[str, str], day: str = "") -> Kept:
    return record(
        str(number),
        day or DAY.format(number),
        title or f"Work {number}",
        ("identifier", f"https://repository.test/{number}"),
        *said,
    )


def titles(library: Library, status: str | None = None) -> list[str]:
    return [card.title for card in catalogue.listing(library, status=status)]


def test_records_become_drafts_with_what_they_say(library: Library, site: Site, add: Add, run: Run) -> None:
    repository = Repository(site)
    repository.put(
        record(
            "1",
            DAY.format(1),
            "Peer support in the bush",
            ("creator", "O’Hagan, Mary"),
            ("description", "What it is like."),
            ("date", "2019"),
            ("type", "article"),
            ("identifier", "https://repository.test/1"),
            ("identifier", "10.1000/ABC"),
            ("rights", "https://creativecommons.org/licenses/by/4.0/"),
            ("publisher", "A University"),
            ("subject", "Hope; Something of theirs"),
        )
    )
    assert add(repository.address) == "oai"
    assert run().counts == {"added": 1}
    view = catalogue.show(library, "peer-support-in-the-bush").view
    assert (view.card.authors, view.card.year, view.card.organisation) == (("Mary O’Hagan",), 2019, "A University")
    assert (view.card.summary, view.licence, view.card.status) == ("What it is like.", "CC BY 4.0", "draft")
    assert view.identifiers == {"doi": "10.1000/abc"}
    assert (view.guessed["kind"], view.guessed["topics"]) == ("research-paper", ["hope"])
    with library.database.reading() as session:
        row = catalogue.find(session, "peer-support-in-the-bush")
        assert row.link == "https://repository.test/1"
        assert row.keywords == ["Hope", "Something of theirs"]


def test_the_audience_of_a_set_is_suggested_with_where_it_came_from(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    repository = Repository(site)
    repository.put(
        record(
            "1",
            DAY.format(1),
            "On an ordinary day",
            ("audience", "Families"),
            ("audience", "Whoever likes"),
            ("identifier", "https://a.test/1"),
            sets=("audience:consumers", "audience:martians", "kind:fact-sheet", "collection:a-shelf"),
        )
    )
    add(repository.address)
    run()
    guessed = catalogue.show(library, "on-an-ordinary-day").view.guessed
    assert (guessed["audiences"], guessed["kind"]) == (["consumers", "carers"], "fact-sheet")
    assert guessed["because"]["audiences"] == [
        "consumers: in the set “audience:consumers”",
        "carers: listed as for “Families”",
    ]


def test_topics_count_at_once_where_the_curator_asked_for_that(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    repository = Repository(site)
    repository.put(record("1", DAY.format(1), "One", ("subject", "Hope"), ("identifier", "https://a.test/1")))
    add(repository.address, said=STAFF, options=Options(take_topics=True))
    run()
    assert [topic.slug for topic in catalogue.show(library, "one").view.topics] == ["hope"]


def test_a_run_killed_before_it_wrote_down_what_it_took_loses_nothing_of_it(
    library: Library, site: Site, add: Add, run: Run, told: list[Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository(site)
    repository.put(record("1", DAY.format(1), "One", ("subject", "Hope"), ("identifier", "https://a.test/1")))
    add(repository.address, said=STAFF, options=Options(take_topics=True))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut_off:
        cut_off.setattr(running._Run, "_settled", killed)  # the next step after the rows are committed
        with pytest.raises(KeyboardInterrupt):
            run()
    assert titles(library, "published") == ["One"]
    run()
    assert [each.slug for each in told] == ["one"]
    assert [each.slug for each in catalogue.show(library, "one").view.topics] == ["hope"]
    assert titles(library) == ["One"]
    assert indexing.check(library) == Drift()
    assert run().counts == {}


def test_only_what_changed_since_the_last_run_is_asked_for(
    library: Library, repository: Repository, add: Add, run: Run
) -> None:
    add(repository.address)
    assert run().counts == {"added": 5}
    repository.put(_work(2, "Work two", day="2026-11-27T00:00:00Z"))
    repository.asked.clear()
    assert run().counts == {"updated": 1}
    assert [each["from"] for each in repository.asked if "from" in each] == ["2026-11-26T10:00:00Z"]
    assert "Work two" in titles(library)


def test_the_same_record_again_changes_nothing(repository: Repository, add: Add, run: Run) -> None:
    repository.now = "2026-01-01T00:00:00Z"  # so that all of them are listed again
    add(repository.address)
    run()
    assert run().counts == {}
    assert run(again=True).counts == {"duplicate": 5}


def test_a_deleted_record_is_told_and_stays(library: Library, repository: Repository, add: Add, run: Run) -> None:
    add(repository.address, said=STAFF)
    run()
    repository.delete("2", "2026-11-27T00:00:00Z")
    ended = run()
    assert [(each.slug, each.withdrawn) for each in ended.gone] == [("work-2", False)]
    assert "Work 2" in titles(library, "published")


def test_a_record_that_was_deleted_before_it_ever_came_is_passed_over(
    repository: Repository, add: Add, run: Run
) -> None:
    repository.delete("2", "2026-01-02T00:00:00Z")
    add(repository.address)
    assert run().counts == {"added": 4}


def test_a_run_cut_off_in_the_list_goes_on_at_its_token(
    library: Library, site: Site, repository: Repository, add: Add, run: Run
) -> None:
    add(repository.address)
    answer = site.answers["/oai"]

    def busy(query: Mapping[str, str]) -> Said:
        if query.get("resumptionToken") == "0|4||":
            return Said(b"later", 503, {"Retry-After": "7200"})
        return answer(query)  # type: ignore[operator, no-any-return]

    site.put("/oai", busy)
    ended = run()
    assert "Try again in 2 hours" in ended.sentence
    assert titles(library) == []
    site.answers["/oai"] = answer
    repository.asked.clear()
    ended = run()
    assert (ended.continued, ended.counts) == (True, {"added": 5})
    assert [each.get("resumptionToken") for each in repository.asked] == ["0|4||"]


def test_a_token_that_expired_in_between_begins_the_list_again(
    library: Library, repository: Repository, add: Add, run: Run
) -> None:
    add(repository.address)
    with library.database.writing() as session:
        harvest = sources.find(session, "ours")
        harvest.stage, harvest.runs, harvest.cursor = "listing", 1, {"token": "99|2||"}
    assert run().counts == {"added": 5}


def test_what_a_curator_said_stays_and_the_new_word_waits(
    library: Library, repository: Repository, add: Add, run: Run, told: list[Outcome]
) -> None:
    add(repository.address)
    run()
    catalogue.revise(library, "work-2", Record(title="The second"))
    repository.put(_work(2, "Work two, again", day="2026-11-27T00:00:00Z"))
    run()
    assert catalogue.show(library, "work-2").view.card.title == "The second"
    (waiting,) = proposals.listing(library)
    assert (waiting.name, waiting.here, waiting.there) == ("title", "The second", "Work two, again")
    assert "It now says another title; yours stays" in told[0].warnings[0]


def test_documents_are_fetched_only_where_that_is_asked_for(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    pdf = site.put("/paper.pdf", (FILES / "research-paper.pdf").read_bytes())
    repository = Repository(site)
    repository.put(
        record(
            "1",
            DAY.format(1),
            "As the repository has it",
            ("identifier", "https://repository.test/1"),
            ("identifier", pdf),
        )
    )
    add(repository.address)
    run()
    assert site.asked("/paper.pdf") == []
    sources.remove(library, "ours")
    add(repository.address, options=Options(with_files=True))
    run()
    view = catalogue.show(library, "as-the-repository-has-it").view
    assert view.card.title == "As the repository has it"
    assert [edition.page_count > 0 for edition in view.editions] == [True]
    assert len(titles(library)) == 1
    assert run(again=True).counts == {"duplicate": 2}


def test_a_document_that_fails_leaves_the_record_and_is_tried_again(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    repository = Repository(site)
    repository.put(record("1", DAY.format(1), "One", ("identifier", site.address + "/one.pdf")))
    add(repository.address, options=Options(with_files=True))
    assert run().counts == {"added": 1, "failed": 1}
    assert titles(library) == ["One"]
    assert run().counts == {"duplicate": 1, "failed": 1}


def test_a_work_that_is_here_by_its_doi_is_not_made_twice(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    slug = a_resource(library, "Ours", identifiers={"doi": "10.1000/abc"})
    repository = Repository(site)
    repository.put(record("1", DAY.format(1), "Theirs", ("identifier", "https://doi.org/10.1000/ABC")))
    add(repository.address)
    run()
    with library.database.reading() as session:
        assert [row.slug for row in session.query(Resource)] == [slug]
    assert catalogue.show(library, slug).view.card.title == "Ours"


def test_two_runs_of_one_harvest_do_not_go_at_once(
    library: Library, repository: Repository, add: Add, run: Run
) -> None:
    add(repository.address)
    with held(library.database, "harvest 1"), pytest.raises(Occupied, match="is being run already"):
        run()


CSV = "title,link,authors,year,kind,audiences,topics,file\n"


def test_the_rows_of_a_catalogue_at_an_address_become_drafts(
    library: Library, site: Site, add: Add, run: Run, told: list[Outcome]
) -> None:
    site.put("/a.md", "# A guide\n\nWords of hope.\n")
    rows = (
        "One,https://a.test/1,A Person; B Person,2020,guideline,staff,hope,\n"
        "A guide,,,,,,,a.md\n"
        ",https://a.test/3,,,,,,\n"
    )
    assert add(site.put("/list.csv", CSV + rows, Content_Type="text/csv")) == "catalogue"
    assert run().counts == {"added": 2, "failed": 1}
    assert "line 4: it has neither a title nor a file" in str(told[-1].error)
    view = catalogue.show(library, "one").view
    assert (view.card.authors, view.card.kind, view.guessed["kind"]) == (
        ("A Person", "B Person"),
        None,
        "guideline",
    )
    assert catalogue.show(library, "a-guide").view.editions[0].page_count == 1
    assert run().counts == {}


def test_a_catalogue_cannot_name_a_file_of_this_machine(
    library: Library, site: Site, tmp_path: Path, add: Add, run: Run, told: list[Outcome]
) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n\nWords.\n")
    row = f"One,https://a.test/1,,,,,,file://{tmp_path}/secret.md\n"
    add(site.put("/list.csv", CSV + row, Content_Type="text/csv"))
    assert run().counts == {"failed": 1}
    assert "is no web address" in str(told[0].error)


def test_rows_that_share_an_address_are_told_apart_by_their_titles(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    rows = "One,https://a.test/courses,,,,,,\nTwo,https://a.test/courses,,,,,,\n"
    add(site.put("/list.csv", CSV + rows, Content_Type="text/csv"))
    assert run().counts == {"added": 2}
    assert titles(library) == ["One", "Two"]


def test_a_row_that_changed_is_an_update_and_one_that_left_is_gone(
    library: Library, site: Site, add: Add, run: Run
) -> None:
    two = "One,https://a.test/1,,2020,,,,\nTwo,https://a.test/2,,2020,,,,\n"
    add(site.put("/list.csv", CSV + two, Content_Type="text/csv"))
    run()
    assert run().counts == {}
    site.put("/list.csv", CSV + "One,https://a.test/1,,2021,,,,\n", Content_Type="text/csv")
    ended = run()
    assert (ended.counts, [each.slug for each in ended.gone]) == ({"updated": 1, "missing": 1}, ["two"])
    assert catalogue.show(library, "one").view.card.year == 2021


def test_a_file_of_a_reference_manager_can_be_harvested(library: Library, site: Site, add: Add, run: Run) -> None:
    text = "TY  - JOUR\nTI  - One\nAU  - O’Hagan, Mary\nUR  - https://a.test/1\nER  - \n"
    assert add(site.put("/list.ris", text)) == "catalogue"
    assert run().counts == {"added": 1}
    assert catalogue.show(library, "one").view.card.authors == ("Mary O’Hagan",)


def test_a_folder_is_walked_again_and_only_what_changed_is_opened(
    library: Library, tmp_path: Path, add: Add, run: Run
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "a.md").write_text("# One\n\nWords.\n")
    (folder / "b.md").write_text("# Two\n\nWords.\n")
    (folder / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    assert add(str(folder)) == "folder"
    assert run().counts == {"added": 2, "skipped": 1}
    assert run().counts == {}
    (folder / "a.md").write_text("# One\n\nOther words.\n")
    (folder / "b.md").unlink()
    ended = run()
    assert (ended.counts, [each.slug for each in ended.gone]) == ({"updated": 1, "missing": 1}, ["two"])


def test_a_folder_that_is_not_there_loses_nothing(library: Library, tmp_path: Path, add: Add, run: Run) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "a.md").write_text("# One\n\nWords.\n")
    add(str(folder))
    run()
    folder.rename(tmp_path / "unplugged")
    ended = run()
    assert ended.sentence.startswith("There is no file or folder")
    assert ended.gone == ()
    (tmp_path / "unplugged").rename(folder)
    assert run().counts == {}
