"""The same library on PostgreSQL: a real server of the test's own, where one is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from clearinghouse import indexing
from clearinghouse.acquisition import drafts, failures, importing, reviewing
from clearinghouse.acquisition.harvesting import running, sources
from clearinghouse.acquisition.harvesting.running import Ended
from clearinghouse.acquisition.reviewing import Decision
from clearinghouse.enquiries import asking, desk, enquiry_words, packs
from clearinghouse.enquiries.packs import Contents
from clearinghouse.holdings import proposals
from clearinghouse.holdings.catalogue import withdraw
from clearinghouse.holdings.record import Record
from clearinghouse.interchange import records, sitemaps
from clearinghouse.interchange.records import Wanted
from clearinghouse.library import Library, open_library
from clearinghouse.models import CrisisPhrase, Enquiry
from clearinghouse.orm import now
from clearinghouse.overview import page as overview
from clearinghouse.search import discovery
from clearinghouse.search.discovery import Question
from clearinghouse.settings import Settings
from clearinghouse.transfer import exporting
from clearinghouse.transfer import importing as transferred
from clearinghouse.upkeep import health, link_checks, links
from clearinghouse.visiting import browsing
from clearinghouse.words import crisis
from tests.clearinghouse.making import a_resource, take_in, wanted
from tests.needs import missing
from tests.oai import Repository, record
from tests.site import serving

pytestmark = pytest.mark.slow

_MISSING = "PostgreSQL is not installed: `apt install postgresql` and `pip install 'psycopg[binary]'`."


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or (str(found[0]) if found else None)


def _as_somebody_else(*command: str) -> None:
    """PostgreSQL refuses to run as root; the account its package made will do."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, capture_output=True, cwd="/")


@pytest.fixture
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of an empty database on a server that lives as long as the test."""
    initdb, ctl = _program("initdb"), _program("pg_ctl")
    try:
        import psycopg
    except ModuleNotFoundError:
        psycopg = None  # type: ignore[assignment]
    if not initdb or not ctl or psycopg is None:
        missing(_MISSING)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path("/tmp") / f"clearinghouse-postgresql-{port}"  # somebody else cannot enter pytest's own folder
    _as_somebody_else(initdb, "-D", str(folder), "-A", "trust", "-U", "curator", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    _as_somebody_else(ctl, "-D", str(folder), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql+psycopg://curator@127.0.0.1:{port}/postgres"
    finally:
        _as_somebody_else(ctl, "-D", str(folder), "-m", "immediate", "stop")
        shutil.rmtree(folder)


def test_the_sample_library_lives_on_postgresql_too(postgresql: str, tmp_path: Path) -> None:
    library = open_library(
        Settings(
            home=tmp_path / "home", database=postgresql, curator="A Curator", allow_private=True, fetch_pause=0
        )
    )
    with importing.samples() as manifest:
        outcomes = list(importing.import_file(library, manifest))
    assert {outcome.outcome for outcome in outcomes} == {"added"}

    question = Question("supervision", {"audience": ("staff",)})
    before = discovery.search(library, question)
    assert before.total > 1
    assert before.found[0].pages
    assert all("staff" in found.card.audiences for found in before.found)

    unnoted = browsing.home(library, hide_noted=True)
    assert 0 < unnoted.total < browsing.home(library).total
    assert not any(card.content_notes for card in unnoted.newest)

    withdraw(library, before.found[0].card.slug, "For the test")
    assert discovery.search(library, question).total == before.total - 1
    indexing.sync(library)
    assert not indexing.check(library)
    assert [finding.name for finding in health.examine(library) if not finding.well] == []
    _ask_and_answer(library, before.found[1].card.slug)
    _harvested(library, before.found[0].card.slug)
    _kept_up(library, tmp_path)
    _takes_in_what_others_list(library)
    library.close()


def _takes_in_what_others_list(library: Library) -> None:
    """Records are known by their DOI, a curator's word stays, and what is gone is told."""
    a_resource(library, "Ours", identifiers={"doi": "10.1000/1"})
    with serving() as site:
        repository = Repository(site)
        doi = ("identifier", "10.1000/1")
        repository.put(record("1", "2026-01-01T00:00:00Z", "Theirs", doi, ("subject", "Hope")))
        sources.add(library, "theirs", repository.address)
        list(running.run(library, "theirs"))
        repository.put(record("1", "2026-11-27T00:00:00Z", "Theirs, again", doi))
        list(running.run(library, "theirs"))
        assert [(each.slug, each.here, each.there) for each in proposals.listing(library)] == [
            ("ours", "Ours", "Theirs, again")
        ]
        repository.delete("1", "2026-11-28T00:00:00Z")
        *_, ended = running.run(library, "theirs")
    assert isinstance(ended, Ended)
    assert [each.slug for each in ended.gone] == ["ours"]


def _harvested(library: Library, withdrawn: str) -> None:
    """Records in order, sets, and the sitemap; and stamps that differ though transactions commit side by side."""
    every = records.some(library, Wanted(), most=1000)
    assert [each.slug for each in every if each.deleted] == [withdrawn]
    assert every[-1].slug == withdrawn
    middle = every[len(every) // 2]
    assert records.some(library, Wanted(), most=1000, after=middle.place) == every[len(every) // 2 + 1 :]
    carers = records.some(library, Wanted(group="audience:carers"), most=1000)
    assert carers == tuple(each for each in every if "audience:carers" in each.groups)
    ((number, newest),) = sitemaps.parts(library)
    assert newest == max(each.changed_at for each in every if not each.deleted)
    assert len(sitemaps.resources(library, number)) == len(every) - 1
    with ThreadPoolExecutor(8) as curators:
        list(curators.map(lambda at: a_resource(library, f"At once {at}"), range(16)))
    stamps = [each.changed_at for each in records.some(library, Wanted(), most=1000, whole=False)]
    assert len(set(stamps[-16:])) == 16


def test_an_export_comes_in_on_postgresql_and_can_be_added_to(
    postgresql: str, sample_library: Library, tmp_path: Path
) -> None:
    exported = exporting.export(sample_library, tmp_path / "out")
    library = open_library(Settings(home=tmp_path / "home", database=postgresql, curator="A Curator"))
    imported = transferred.import_bag(library, tmp_path / "out")
    assert (imported.same, imported.digest) == (True, exported.digest)
    a_resource(library, "Added afterwards", "Words about numbats.")
    indexing.sync(library)
    assert discovery.search(library, Question("numbats")).total == 1
    library.close()


def _ask_and_answer(library: Library, slug: str) -> None:
    """One form sent at the same moment by several is one enquiry here too, and purge forgets it."""
    asked = enquiry_words.Question("A question", reach="somebody@example.org")
    with ThreadPoolExecutor(4) as senders:
        kept = list(senders.map(lambda _: asking.ask(library, asked, "form"), range(8)))
        keys = set(senders.map(lambda _: asking.signing_key(library), range(8)))
    assert (len({each.reference for each in kept}), sum(each.new for each in kept), len(keys)) == (1, 1, 1)
    reference = kept[0].reference
    pack = desk.make_pack(library, reference, Contents("To begin", [slug]))
    desk.answer(library, reference, "", pack.slug)
    desk.close(library, reference)
    with library.database.writing() as session:
        session.execute(update(Enquiry).values(closed_at=now() - timedelta(days=91)))
    assert desk.purge(library) == (reference,)
    assert desk.listing(library) == ()
    assert packs.reading(library, pack.slug).items[0][0].slug == slug


def _kept_up(library: Library, tmp_path: Path) -> None:
    """Failures, drafts and links, and all of it on one page."""
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4\nbroken")
    (tmp_path / "draft.md").write_text("# A handbook\n\nA guide to supervision, a handbook for peer workers.\n")
    take_in(library, wanted(tmp_path / "broken.pdf"), wanted(tmp_path / "draft.md", Record()))
    take_in(library, wanted(tmp_path / "broken.pdf"))
    assert [each.times for each in failures.listing(library)] == [2]
    assert drafts.waiting(library, kind="guideline") == ("a-handbook",)
    decided = reviewing.decide(library, Decision("a-handbook", "publish"))
    reviewing.undo(library, decided)
    assert drafts.waiting(library) == ("a-handbook",)
    assert links.report(library).never_asked == len(link_checks.due(library)) > 0
    assert "One thing waits" not in overview.make(library).html


def test_a_commit_on_postgresql_is_noticed_whoever_makes_it(postgresql: str, tmp_path: Path) -> None:
    ours, theirs = (open_library(Settings(home=tmp_path / name, database=postgresql)) for name in ("our", "their"))
    known = crisis.phrases(ours)
    with theirs.database.writing() as session:  # begun before and committed after the next look
        session.add(CrisisPhrase(phrase="slow to commit"))
        session.flush()
        assert crisis.phrases(ours) == known
        crisis.add(ours, "quick to commit")
        assert crisis.phrases(ours) == tuple(sorted([*known, "quick to commit"]))
    assert crisis.phrases(ours) == tuple(sorted([*known, "quick to commit", "slow to commit"]))
    crisis.remove(theirs, "quick to commit")
    assert crisis.phrases(ours) == tuple(sorted([*known, "slow to commit"]))
    for each in (ours, theirs):
        each.close()
