"""The OAI-PMH repository: as the protocol says, valid by its schemas, harvested by a client that others wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import NoRecordsMatch

from clearinghouse.enquiries import packs
from clearinghouse.holdings import catalogue, shelves
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record
from clearinghouse.interchange import oai, oai_request, oai_tokens
from clearinghouse.library import Library
from clearinghouse.visiting import browsing
from clearinghouse.web import create_app
from tests.clearinghouse import making
from tests.schemas import valid
from tests.web.served import served

OAI = "{http://www.openarchives.org/OAI/2.0/}"
HOST = "http://library.example.org"
PREFIX = "oai:library.example.org:"
FORM = "application/x-www-form-urlencoded"
HOSTILE = 'Ängste & <b>"Mut"</b> \x0b\ud83d\udc9a עברית'.encode("utf-16", "surrogatepass").decode("utf-16")


@pytest.fixture
def visitor(library: Library) -> FlaskClient:
    """Somebody who asks a library of four: a guide on a shelf, a story, a draft, and a withdrawn policy."""
    making.a_resource(library, "Guide", "Words.", topics=("hope",), place=Placement("Shelf"), year=2020)
    making.a_resource(library, HOSTILE, "Words.", kind="story", audiences=("carers",), summary=HOSTILE * 3)
    making.a_resource(library, "Draft", "Words.", draft=True)
    making.a_resource(library, "Policy", "Words.", kind="policy")
    catalogue.withdraw(library, "policy", "Old")
    return create_app(library).test_client()


def ask(visitor: FlaskClient, query: str) -> Any:
    """The valid answer to a request."""
    return valid(visitor.get(f"/oai?{query}", base_url=HOST).data)


def error(root: Any) -> str:
    """The protocol's word for what is wrong; empty where nothing is."""
    found = root.find(f"{OAI}error")
    return "" if found is None else found.get("code")


def slugs(root: Any) -> list[str]:
    """What an answer lists, in order, with a minus before what is deleted."""
    return [
        ("-" if header.get("status") == "deleted" else "")
        + header.findtext(f"{OAI}identifier").removeprefix(PREFIX)
        for header in root.iter(f"{OAI}header")
    ]


def test_it_says_who_it_is(visitor: FlaskClient) -> None:
    said = ask(visitor, "verb=Identify").find(f"{OAI}Identify")
    assert said.findtext(f"{OAI}baseURL") == f"{HOST}/oai"
    assert said.findtext(f"{OAI}deletedRecord") == "persistent"
    assert said.findtext(f"{OAI}adminEmail") == "postmaster@library.example.org"
    stamps = [
        each.text for each in ask(visitor, "verb=ListIdentifiers&metadataPrefix=mods").iter(f"{OAI}datestamp")
    ]
    assert said.findtext(f"{OAI}earliestDatestamp") == min(stamps)


def test_a_library_without_a_record_or_a_name_of_its_own_answers_too(library: Library) -> None:
    empty = create_app(replace(library, settings=replace(library.settings, contact="officer@example.org")))
    for host in ("http://127.0.0.1:8000", "http://localhost"):
        root = valid(empty.test_client().get("/oai?verb=Identify", base_url=host).data)
        assert root.findtext(f".//{OAI}adminEmail") == "officer@example.org"
    assert error(ask(empty.test_client(), "verb=ListRecords&metadataPrefix=oai_dc")) == "noRecordsMatch"


def test_what_is_withdrawn_is_listed_as_deleted_and_a_draft_not_at_all(visitor: FlaskClient) -> None:
    for verb in ("ListRecords", "ListIdentifiers"):
        listed = slugs(ask(visitor, f"verb={verb}&metadataPrefix=mods"))
        assert (listed[0], listed[2], len(listed)) == ("guide", "-policy", 3)
    assert error(ask(visitor, f"verb=GetRecord&metadataPrefix=mods&identifier={PREFIX}draft")) == "idDoesNotExist"
    gone = ask(visitor, f"verb=GetRecord&metadataPrefix=mods&identifier={PREFIX}policy")
    assert (slugs(gone), gone.find(f".//{OAI}metadata")) == (["-policy"], None)


def test_what_is_discarded_stays_deleted_in_its_sets(visitor: FlaskClient, library: Library) -> None:
    with library.database.writing() as session:
        session.delete(catalogue.find(session, "guide"))
    assert slugs(ask(visitor, "verb=ListRecords&metadataPrefix=oai_dc"))[-1] == "-guide"
    assert slugs(ask(visitor, "verb=ListIdentifiers&metadataPrefix=oai_dc&set=collection:shelf")) == ["-guide"]
    assert slugs(ask(visitor, "verb=ListIdentifiers&metadataPrefix=oai_dc&set=kind"))[-1] == "-guide"
    assert slugs(ask(visitor, f"verb=GetRecord&metadataPrefix=mods&identifier={PREFIX}guide")) == ["-guide"]


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("audience:staff", ["guide", "-policy"]),
        ("audience:carers", ["hostile"]),
        ("audience", ["guide", "hostile", "-policy"]),
        ("kind:story", ["hostile"]),
        ("kind", ["guide", "hostile", "-policy"]),
        ("collection:shelf", ["guide"]),
        ("collection", ["guide"]),
    ],
)
def test_a_set_is_a_part_of_the_list(visitor: FlaskClient, library: Library, name: str, listed: list[str]) -> None:
    found = slugs(ask(visitor, f"verb=ListIdentifiers&metadataPrefix=oai_dc&set={name}"))
    known = {"guide", "-policy"}
    assert [each if each in known else "hostile" for each in found] == listed


def test_every_set_a_record_is_in_is_listed(visitor: FlaskClient) -> None:
    named = {each.text for each in ask(visitor, "verb=ListSets").iter(f"{OAI}setSpec")}
    used = {each.text for each in ask(visitor, "verb=ListRecords&metadataPrefix=mods").iter(f"{OAI}setSpec")}
    assert used == {
        "audience:staff",
        "audience:carers",
        "kind:guideline",
        "kind:story",
        "kind:policy",
        "collection:shelf",
    }
    assert used <= named


def test_an_answer_pack_is_no_set(visitor: FlaskClient, library: Library) -> None:
    pack = packs.create(library, packs.Contents("For somebody", ["guide"]))
    assert pack.slug not in visitor.get("/oai?verb=ListSets").text
    assert pack.slug not in visitor.get("/oai?verb=ListRecords&metadataPrefix=mods").text
    asked = f"verb=ListRecords&metadataPrefix=mods&set=collection:{pack.slug}"
    assert error(ask(visitor, asked)) == "noRecordsMatch"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=", "badVerb"),
        ("verb=Harvest", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=kind", "badArgument"),
        ("verb=Identify&%3Cb%3E=1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=kind&set=kind", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=a%20b", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01T00:00:00", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=2020-1-1", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2021-01-01&until=2020-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2021-01-01T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=9999-12-31&until=9999-12-31", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=nothing:here", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=audience:martians", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=%F0%9F%92%9A", "cannotDisseminateFormat"),
        (f"verb=GetRecord&metadataPrefix=marc21&identifier={PREFIX}guide", "cannotDisseminateFormat"),
        (f"verb=GetRecord&metadataPrefix=oai_dc&identifier={PREFIX}nowhere", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%00%01 %25", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=guide", "idDoesNotExist"),
        ("verb=ListRecords&resumptionToken=nonsense", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=%C3%A4%00", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=" + "a" * 5000, "badResumptionToken"),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=a", "badArgument"),
        ("verb=ListSets&resumptionToken=a", "badResumptionToken"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_in_the_protocol_s_words(
    visitor: FlaskClient, query: str, code: str
) -> None:
    response = visitor.get(f"/oai?{query}", base_url=HOST)
    root = valid(response.data)
    assert (response.status_code, error(root)) == (200, code)
    if code in {"badVerb", "badArgument"}:
        assert not root.find(f"{OAI}request").attrib


NAMES = ("verb", "metadataPrefix", "identifier", "set", "from", "until", "resumptionToken")
VALUES = (
    *oai_request.VERBS,
    *oai.FORMATS,
    f"{PREFIX}una-guida",
    "audience:carers",
    "kind",
    "2020-01-01",
    "2020-01-01T00:00:00Z",
)
SAID = st.tuples(st.sampled_from(NAMES) | st.text(), st.sampled_from(VALUES) | st.text())


@given(said=st.lists(SAID, max_size=5))
@settings(max_examples=200, deadline=None)
def test_whatever_is_asked_has_a_valid_answer(app: Flask, said: list[tuple[str, str]]) -> None:
    for response in (
        app.test_client().get(f"/oai?{urlencode(said)}", base_url=HOST),
        app.test_client().post("/oai", data=urlencode(said), base_url=HOST, content_type=FORM),
    ):
        assert response.status_code == 200
        valid(response.data)


def test_a_form_that_is_sent_is_answered_as_an_address_is(visitor: FlaskClient) -> None:
    asked = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "set": "collection:shelf"}
    assert slugs(valid(visitor.post("/oai", data=asked, base_url=HOST).data)) == ["guide"]
    assert error(valid(visitor.post("/oai?verb=Identify", base_url=HOST).data)) == "badVerb"
    assert error(valid(visitor.post("/oai", data=b"\xff\x00", base_url=HOST).data)) == "badVerb"
    assert visitor.put("/oai").status_code == 405


def test_from_and_until_take_in_their_own_second_and_day(visitor: FlaskClient) -> None:
    first = ask(visitor, f"verb=GetRecord&metadataPrefix=oai_dc&identifier={PREFIX}guide").findtext(
        f".//{OAI}datestamp"
    )
    listing = "verb=ListIdentifiers&metadataPrefix=oai_dc"
    assert "guide" in slugs(ask(visitor, f"{listing}&from={first}&until={first}"))
    assert "guide" in slugs(ask(visitor, f"{listing}&from={first[:10]}&until={first[:10]}"))
    later = (datetime.fromisoformat(first) + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert "guide" not in slugs(ask(visitor, f"{listing}&from={later}"))


def test_a_harvester_that_comes_back_with_the_moment_of_the_answer_misses_nothing(
    visitor: FlaskClient, library: Library
) -> None:
    said = ask(visitor, "verb=ListRecords&metadataPrefix=oai_dc").findtext(f"{OAI}responseDate")
    catalogue.revise(library, "guide", Record(title="New"))
    assert "guide" in slugs(ask(visitor, f"verb=ListRecords&metadataPrefix=oai_dc&from={said}"))
    assert datetime.fromisoformat(said) < datetime.now(UTC)


def test_a_record_says_its_title_as_it_is_but_for_what_xml_cannot_write(visitor: FlaskClient) -> None:
    for prefix in ("oai_dc", "mods"):
        text = visitor.get(f"/oai?verb=ListRecords&metadataPrefix={prefix}&set=kind:story").text
        assert 'Ängste &amp; &lt;b&gt;"Mut"&lt;/b&gt; 💚 עברית' in text


@pytest.fixture
def long(library: Library, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Somebody who asks a library of seven that gives two records at a time."""
    monkeypatch.setattr(oai, "PAGE", 2)
    for number in range(7):
        making.a_resource(library, f"Guide {number}", f"Words {number}.")
    return create_app(library).test_client()


def walk(visitor: FlaskClient, query: str, between: Any = lambda at: None) -> list[list[str]]:
    """What each answer of a whole list has; `between` is called before each but the first."""
    root = ask(visitor, query)
    found = [slugs(root)]
    verb = query.partition("&")[0]
    while token := root.findtext(f".//{OAI}resumptionToken"):
        between(len(found))
        root = ask(visitor, f"{verb}&resumptionToken={token}")
        found.append(slugs(root))
        assert error(root) == ""
    return found


def test_a_list_in_parts_has_everything_once_and_says_how_much(long: FlaskClient) -> None:
    parts = walk(long, "verb=ListIdentifiers&metadataPrefix=oai_dc")
    assert parts == [["guide-0", "guide-1"], ["guide-2", "guide-3"], ["guide-4", "guide-5"], ["guide-6"]]
    token = ask(long, "verb=ListRecords&metadataPrefix=mods&set=audience").find(f".//{OAI}resumptionToken")
    assert (token.get("completeListSize"), token.get("cursor")) == ("7", "0")
    assert datetime.fromisoformat(token.get("expirationDate")) > datetime.now(UTC)
    last = ask(long, f"verb=ListRecords&resumptionToken={token.text}").find(f".//{OAI}resumptionToken")
    assert last.get("cursor") == "2"


def test_a_list_that_fits_one_answer_has_no_token(visitor: FlaskClient) -> None:
    assert ask(visitor, "verb=ListRecords&metadataPrefix=oai_dc").find(f".//{OAI}resumptionToken") is None


def test_nothing_is_missed_while_the_library_changes_under_the_list(long: FlaskClient, library: Library) -> None:
    def change(at: int) -> None:
        if at == 1:  # given already, about to be given, to come
            catalogue.revise(library, "guide-0", Record(title="New"))
            catalogue.withdraw(library, "guide-2", "Old")
            making.a_resource(library, "Newcomer", "Words.")
            with library.database.writing() as session:
                session.delete(catalogue.find(session, "guide-3"))
            shelves.create(library, "Shelf")
            shelves.add(library, "shelf", "guide-6")

    found = [each for part in walk(long, "verb=ListRecords&metadataPrefix=oai_dc", change) for each in part]
    assert found == [
        "guide-0",
        "guide-1",
        "guide-4",
        "guide-5",
        "guide-0",
        "-guide-2",
        "newcomer",
        "-guide-3",
        "guide-6",
    ]


def test_a_token_keeps_to_what_was_asked(long: FlaskClient, library: Library) -> None:
    catalogue.revise(library, "guide-3", Record(audiences=("carers",)))
    parts = walk(long, "verb=ListIdentifiers&metadataPrefix=oai_dc&set=audience:staff")
    assert [each for part in parts for each in part] == [
        "guide-0",
        "guide-1",
        "guide-2",
        "guide-4",
        "guide-5",
        "guide-6",
    ]


def test_a_token_is_good_for_its_own_verb_until_it_expires(
    long: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = ask(long, "verb=ListRecords&metadataPrefix=mods").findtext(f".//{OAI}resumptionToken")
    assert error(ask(long, f"verb=ListIdentifiers&resumptionToken={token}")) == "badResumptionToken"
    assert error(ask(long, f"verb=ListRecords&resumptionToken={token[:-1]}~")) == "badResumptionToken"
    assert error(ask(long, f"verb=ListRecords&resumptionToken={token}")) == ""
    monkeypatch.setattr(oai_tokens, "LASTS", timedelta(days=-1))
    late = ask(long, f"verb=ListRecords&resumptionToken={token}")
    assert (error(late), "expired" in late.findtext(f"{OAI}error")) == ("badResumptionToken", True)


def test_scythe_harvests_the_whole_sample_library(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oai, "PAGE", 25)
    published = {card.slug: card for card in catalogue.listing(sample_library, status="published")}
    with served(sample_library) as harvested, Scythe(f"{harvested}/oai") as client:
        assert client.identify().repositoryName == sample_library.settings.site_name
        assert {each.metadataPrefix for each in client.list_metadata_formats()} == {"oai_dc", "mods"}
        assert len(list(client.list_sets())) > 20
        found = {each.header.identifier.rpartition(":")[2]: each for each in client.list_records()}
        assert found.keys() == published.keys()
        for slug, record in found.items():
            assert record.metadata["title"] == [published[slug].title]
            assert record.metadata["identifier"][0] == f"{harvested}/resources/{slug}"
            assert record.metadata.get("subject", []) == [
                topic.label for topic in browsing.resource(sample_library, slug).topics
            ]
        carers = list(client.list_identifiers(set_="audience:carers"))
        assert len(carers) == browsing.home(sample_library).counts["carers"]
        assert len(list(client.list_records(metadata_prefix="mods"))) == len(published)


def test_scythe_harvests_what_changed_since_and_a_withdrawal(library: Library) -> None:
    for title in ("One", "Two", "Three"):
        making.a_resource(library, title, f"Words of {title}.")
    copy: dict[str, list[str] | None] = {}
    with served(library) as address, Scythe(f"{address}/oai") as client:
        _take(copy, client, None)
        moment = (datetime.now(UTC) + timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        with pytest.raises(NoRecordsMatch):
            list(client.list_records(from_=moment))
        before = _stamp(library)
        catalogue.revise(library, "two", Record(title="Two, mended"))
        catalogue.withdraw(library, "three", "Old")
        making.a_resource(library, "Four", "Words of four.")
        changed = _take(copy, client, before)
    assert changed[-3:] == ["two", "three", "four"]
    assert copy == {"one": ["One"], "two": ["Two, mended"], "three": None, "four": ["Four"]}


def _stamp(library: Library) -> str:
    """The last datestamp, which a harvester that keeps them would come back with."""
    newest = max(card.changed_at for card in catalogue.listing(library))
    return newest.strftime("%Y-%m-%dT%H:%M:%SZ")


def _take(copy: dict[str, list[str] | None], client: Scythe, since: str | None) -> list[str]:
    """Bring a harvester's copy up to date; returns what came, in order."""
    came = []
    for each in client.list_records(from_=since):
        slug = each.header.identifier.rpartition(":")[2]
        copy[slug] = None if each.deleted else each.metadata["title"]
        came.append(slug)
    return came
