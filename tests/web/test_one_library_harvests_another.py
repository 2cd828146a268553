"""Another instance of this library harvests it through its own pipeline, and ends with the same records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clearinghouse.acquisition import visits
from clearinghouse.acquisition.harvesting import running, sources
from clearinghouse.acquisition.harvesting.options import Options
from clearinghouse.holdings import catalogue
from clearinghouse.holdings.record import Record
from clearinghouse.interchange import oai
from clearinghouse.library import Library, open_library
from clearinghouse.settings import Settings
from clearinghouse.views import ResourceView
from ingest.polite import Visitor
from tests.clearinghouse import making
from tests.web.served import served


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """Another library, that may ask this machine, and need not wait."""
    settings = Settings(home=tmp_path / "other", curator="Another", allow_private=True, fetch_pause=0, jobs=1)
    opened = open_library(settings)
    yield opened
    opened.close()


@pytest.fixture
def visitor(other: Library) -> Visitor:
    """As which it goes out."""
    made = visits.visitor(other.settings)
    return Visitor(made.policy, made.manners, sleep=lambda _: None)


def _run(other: Library, visitor: Visitor, **rest: Any) -> running.Ended:
    *_, ended = running.run(other, "theirs", visitor=visitor, **rest)
    assert isinstance(ended, running.Ended)
    return ended


def _said(view: ResourceView) -> dict[str, object]:
    """What Dublin Core has a place for, of a record here and of its copy there."""
    return {
        "title": view.card.title,
        "authors": view.card.authors or (view.card.organisation,),
        "organisation": view.card.organisation,
        "summary": " ".join(view.card.summary.split()),
        "year": view.card.year,
        "kind": view.card.kind or view.guessed.get("kind"),
        "topics": {topic.slug for topic in view.topics},
        "licence": view.licence,
        "doi": view.identifiers.get("doi", "").lower(),  # capitals are all one in a DOI
    }


def _every(library: Library) -> dict[str, dict[str, object]]:
    """Title to what is said, of everything that is no longer withdrawn."""
    shown = [catalogue.show(library, card.slug).view for card in catalogue.listing(library)]
    return {view.card.title: _said(view) for view in shown if view.card.status != "withdrawn"}


def test_another_library_ends_with_the_same_records(
    sample_library: Library, other: Library, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oai, "PAGE", 25)
    with served(sample_library) as address:
        added = sources.add(other, "theirs", f"{address}/oai", visitor=visitor, options=Options(take_topics=True))
        assert added.view.kind == "oai"
        assert set(_run(other, visitor).counts) == {"added"}
        copies = catalogue.listing(other)
        links = {catalogue.show(other, card.slug).view.card.link for card in copies}
    assert _every(other) == _every(sample_library)
    assert links == {f"{address}/resources/{card.slug}" for card in catalogue.listing(sample_library)}


def test_another_library_learns_what_changed_and_what_is_gone(
    library: Library, other: Library, visitor: Visitor
) -> None:
    for title in ("One", "Two", "Three"):
        making.a_resource(library, title, f"Words of {title}.")
    with served(library) as address:
        sources.add(other, "theirs", f"{address}/oai", visitor=visitor, said=making.STAFF)
        assert _run(other, visitor).counts == {"added": 3}
        catalogue.revise(library, "two", Record(title="Two, mended", summary="About two."))
        catalogue.withdraw(library, "three", "Old")
        with library.database.writing() as session:
            session.delete(catalogue.find(session, "one"))
        making.a_resource(library, "Four", "Words of four.", licence="CC BY 4.0")
        ended = _run(other, visitor, withdraw_missing=True)
    assert {each.slug for each in ended.gone} == {"one", "three"}
    shown = {card.title for card in catalogue.listing(other, status="published")}
    assert shown == {"Two, mended", "Four"}
