from __future__ import annotations

import pytest

from ingest.errors import Damaged, Gone, TryLater, Unsupported
from ingest.harvest import Ask, Batch, Cursor, Item, oai
from tests.oai import Repository, record
from tests.site import Said, Site


@pytest.fixture
def repository(site: Site) -> Repository:
    made = Repository(site)
    made.put(*(record(str(number), f"2026-01-0{number}T00:00:00Z", f"Work {number}") for number in range(1, 6)))
    return made


def read(ask: Ask, repository: Repository, cursor: Cursor | None = None, **rest: str) -> list[Batch]:
    return list(oai.listing(ask, repository.address, cursor or Cursor(), **rest))


def items(batches: list[Batch]) -> list[Item]:
    return [each for batch in batches for each in batch.items]


def numbers(batches: list[Batch]) -> list[str]:
    return [each.identifier.rpartition(":")[2] for each in items(batches)]


def test_every_page_is_followed_to_the_end(ask: Ask, repository: Repository) -> None:
    batches = read(ask, repository)
    assert [len(batch.items) for batch in batches] == [2, 2, 1]
    assert numbers(batches) == ["1", "2", "3", "4", "5"]
    assert batches[-1].after == Cursor(began="2026-11-26T10:00:00Z")
    assert "metadataPrefix" not in repository.asked[1]


def test_a_listing_cut_off_goes_on_at_its_token(ask: Ask, repository: Repository) -> None:
    cut_off = next(iter(oai.listing(ask, repository.address, Cursor()))).after
    repository.asked.clear()
    assert numbers(read(ask, repository, cut_off)) == ["3", "4", "5"]
    assert [each.get("resumptionToken") for each in repository.asked] == ["0|2||", "0|4||"]


@pytest.mark.parametrize("status", [200, 400, 404, 422])
def test_a_token_that_has_expired_begins_the_listing_again(ask: Ask, repository: Repository, status: int) -> None:
    cut_off = next(iter(oai.listing(ask, repository.address, Cursor(since="2026-01-02T00:00:00Z")))).after
    repository.expire()
    repository.expired_status = status
    assert numbers(read(ask, repository, cut_off)) == ["2", "3", "4", "5"]


def test_a_repository_that_forgets_every_token_is_given_up(site: Site, ask: Ask, repository: Repository) -> None:
    answer = site.answers["/oai"]

    def forgetful(query: dict[str, str]) -> Said:
        repository.expire()
        return answer(query)  # type: ignore[operator, no-any-return]

    site.put("/oai", forgetful)  # type: ignore[arg-type]
    with pytest.raises(Damaged, match="forgets"):
        read(ask, repository)


def test_a_repository_that_goes_round_is_given_up(site: Site, ask: Ask) -> None:
    page = "<OAI-PMH><ListRecords><resumptionToken>x</resumptionToken></ListRecords></OAI-PMH>"
    with pytest.raises(Damaged, match="same page"):
        list(oai.listing(ask, site.put("/oai", page), Cursor()))


def test_only_what_changed_since_is_asked_for(ask: Ask, repository: Repository) -> None:
    assert numbers(read(ask, repository, Cursor(since="2026-01-04T00:00:00Z"))) == ["4", "5"]


def test_the_moment_is_given_as_finely_as_the_repository_knows_it(ask: Ask, repository: Repository) -> None:
    repository.granularity = "YYYY-MM-DD"
    read(ask, repository, Cursor(since="2026-01-04T10:11:12Z"))
    assert [each["from"] for each in repository.asked if "from" in each] == ["2026-01-04"]


def test_nothing_new_is_an_empty_listing(ask: Ask, repository: Repository) -> None:
    (batch,) = read(ask, repository, Cursor(since="2027-01-01T00:00:00Z"))
    assert batch == Batch((), Cursor(since="2027-01-01T00:00:00Z", began="2026-11-26T10:00:00Z"))


def test_a_deleted_record_is_told(ask: Ask, repository: Repository) -> None:
    repository.delete("2", "2026-02-01T00:00:00Z")
    assert [each.deleted for each in items(read(ask, repository))] == [False, True, False, False, False]


def test_one_set_can_be_asked_for(ask: Ask, repository: Repository) -> None:
    repository.put(record("6", "2026-01-06T00:00:00Z", "Work 6", sets=("peer",)))
    assert numbers(read(ask, repository, only_set="peer")) == ["6"]


def test_a_format_that_is_not_given_is_a_sentence(ask: Ask, repository: Repository) -> None:
    with pytest.raises(Unsupported, match="does not give records as mods"):
        read(ask, repository, prefix="mods")


def test_the_repository_says_what_it_is(ask: Ask, repository: Repository) -> None:
    assert oai.identify(ask, repository.address) == oai.Repository(
        "A Library", "YYYY-MM-DDThh:mm:ssZ", "persistent"
    )


@pytest.mark.parametrize(
    "body", ["<html><p>Hello</p></html>", "<OAI-PMH><error code='badVerb'>x</error></OAI-PMH>", "%"]
)
def test_what_is_no_repository_says_so(site: Site, ask: Ask, body: str) -> None:
    with pytest.raises((Damaged, Unsupported), match="/oai"):
        oai.identify(ask, site.put("/oai", body))


def test_trouble_of_the_server_is_no_expired_token(site: Site, ask: Ask) -> None:
    site.put("/oai", Said(b"", 503))
    with pytest.raises(TryLater):
        list(oai.listing(ask, site.address + "/oai", Cursor(token="x")))
    site.put("/oai", Said(b"", 404))
    with pytest.raises(Gone):
        list(oai.listing(ask, site.address + "/oai", Cursor()))


def test_control_characters_in_a_title_spoil_nothing(ask: Ask, repository: Repository) -> None:
    repository.put(record("1", "2026-01-01T00:00:00Z", "Work\x0b one"))
    assert items(read(ask, repository))[0].described.title == "Work one"  # type: ignore[union-attr]


def test_a_record_without_a_title_is_a_row_with_a_sentence(ask: Ask, repository: Repository) -> None:
    repository.put(record("1", "2026-01-01T00:00:00Z", ""))
    assert "has no title" in items(read(ask, repository))[0].problem
