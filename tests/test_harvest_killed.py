"""`kill -9` at many moments of `harvest run`: the next run goes on where it was, and nothing comes twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from clearinghouse import indexing
from clearinghouse.acquisition import visits
from clearinghouse.acquisition.harvesting import running, sources
from clearinghouse.acquisition.harvesting.running import Ended
from clearinghouse.holdings import catalogue
from clearinghouse.indexing import Drift
from clearinghouse.library import Library, open_library
from clearinghouse.models import Harvest, HarvestItem, Original
from clearinghouse.settings import Settings
from tests.clearinghouse.making import STAFF
from tests.killing import killed_after, killed_by, seconds
from tests.oai import Repository, record
from tests.site import Site, serving, some_words

pytestmark = pytest.mark.slow

_RECORDS, _PAGES, _KILLS = 12, 6, 4


def _open(home: Path) -> Library:
    return open_library(Settings(home=home, curator="A Curator", allow_private=True, fetch_pause=0))


def _run(home: Path, _folder: Path) -> None:
    """Run both harvests to their end."""
    library = _open(home)
    visitor = visits.visitor(library.settings)
    visitor.manners = replace(visitor.manners, first_wait=0.05)
    for name in ("records", "pages"):
        for each in running.run(library, name, visitor=visitor):
            assert not isinstance(each, Ended) or not each.sentence
    library.close()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as opened:
        yield opened


def _place(site: Site, home: Path) -> None:
    """A repository and a site, and a library that harvests both."""
    repository = Repository(site, page=3)
    repository.put(
        *(
            record(
                f"{number}", "2026-01-01T00:00:00Z", f"Record {number}", ("identifier", f"https://a.test/{number}")
            )
            for number in range(_RECORDS)
        )
    )
    for number in range(_PAGES):
        text = f"# Guide number {number}\n\nMutual support.\n\n" + some_words(str(number))
        site.put(f"/{number}.md", text)
    urls = "".join(f"<url><loc>{site.address}/{number}.md</loc></url>" for number in range(_PAGES))
    library = _open(home)
    sources.add(library, "records", repository.address, said=STAFF)
    sources.add(library, "pages", site.put("/sitemap.xml", f"<urlset>{urls}</urlset>"), said=STAFF)
    library.close()


def _afresh(site: Site, home: Path) -> None:
    shutil.rmtree(home)
    _place(site, home)


def _holds_everything_once(home: Path) -> None:
    library = _open(home)
    wanted = [
        *(f"Record {number}" for number in range(_RECORDS)),
        *(f"Guide number {number}" for number in range(_PAGES)),
    ]
    assert sorted(card.title for card in catalogue.listing(library, status="published")) == sorted(wanted)
    assert indexing.check(library) == Drift()
    with library.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Original)) == _PAGES
        assert session.scalar(select(func.count()).select_from(HarvestItem)) == _RECORDS + _PAGES
        assert set(session.scalars(select(HarvestItem.state))) == {"taken"}
        assert set(session.scalars(select(Harvest.stage))) == {""}
    library.close()


@pytest.fixture(scope="module")
def lasts(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds that both harvests take when nothing stops them."""
    home = tmp_path_factory.mktemp("timed") / "home"
    with serving() as site:
        _place(site, home)
        taken = seconds(_run, home, home)
    _holds_everything_once(home)
    return taken


def test_a_harvest_killed_at_any_moment_goes_on_where_it_was(tmp_path: Path, site: Site, lasts: float) -> None:
    random = Random(4)
    for number in range(_KILLS):
        home = tmp_path / f"home-{number}"
        _place(site, home)
        moment = lasts * (number + random.random()) / _KILLS
        killed_by(moment, _run, home, tmp_path, lambda home=home: _afresh(site, home))
        assert killed_after(300, _run, home, tmp_path) is False
        _holds_everything_once(home)


def test_one_harvest_survives_kill_after_kill(tmp_path: Path, site: Site, lasts: float) -> None:
    home, random = tmp_path / "home", Random(5)
    _place(site, home)
    for _ in range(_KILLS):
        killed_after(lasts * random.uniform(0.2, 0.7), _run, home, tmp_path)
    assert killed_after(300, _run, home, tmp_path) is False
    _holds_everything_once(home)
