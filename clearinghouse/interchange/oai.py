"""The library as an OAI-PMH 2.0 repository: an answer, as XML, to whatever a harvester asks.

https://www.openarchives.org/OAI/2.0/openarchivesprotocol.htm
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from clearinghouse import groups, vocabulary
from clearinghouse.interchange import description, dublin_core, mods, oai_request, oai_tokens, records, xml_text
from clearinghouse.interchange.addresses import Addresses
from clearinghouse.interchange.description import Description
from clearinghouse.interchange.oai_request import Refused
from clearinghouse.interchange.oai_tokens import Going
from clearinghouse.interchange.records import Record, Wanted
from clearinghouse.interchange.xml_text import Element, add
from clearinghouse.library import Library
from clearinghouse.orm import now

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
_IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"

#: Records of one answer.
PAGE = 100
#: A transaction is stamped just before it is seen. Whoever comes back with `from` set to the moment of an answer
#: misses nothing, because the answer says a moment at which everything stamped before it can be seen.
_SETTLED = timedelta(seconds=5)

_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(?:\.[a-zA-Z][a-zA-Z0-9-]*)+")


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a record."""

    schema: str
    namespace: str
    write: Callable[[Description], Element]


FORMATS: Mapping[str, Format] = {
    "oai_dc": Format(dublin_core.SCHEMA, dublin_core.NAMESPACE, dublin_core.xml),
    "mods": Format(mods.SCHEMA, mods.NAMESPACE, mods.xml),
}


def answer(library: Library, said: Iterable[tuple[str, str]], addresses: Addresses) -> bytes:
    """The answer to a request with these arguments (name, value); what cannot be answered is said within it."""
    document = xml_text.root(NAMESPACE, "OAI-PMH", SCHEMA, {None: NAMESPACE})
    add(document, "responseDate", _written(now() - _SETTLED))
    request = add(document, "request", addresses.oai())
    try:
        arguments = oai_request.read(said)
        body = add(document, arguments["verb"])
        try:
            _Answer(library, addresses).to(arguments, body)
        except Refused as refusal:
            if refusal.code != "badArgument":
                request.attrib.update(oai_request.echoed(arguments))
            document.remove(body)
            raise
        request.attrib.update(oai_request.echoed(arguments))
    except Refused as refusal:
        add(document, "error", str(refusal), code=refusal.code)
    return xml_text.written(document)


def identifier(addresses: Addresses, slug: str) -> str:
    """What harvesters know the resource by, whatever its address becomes."""
    return f"{_namespace(addresses)}{slug}"


class _Answer:
    """Fills the element of a verb."""

    def __init__(self, library: Library, addresses: Addresses) -> None:
        self._library, self._addresses = library, addresses

    def to(self, arguments: Mapping[str, str], body: Element) -> None:
        verbs: Mapping[str, Callable[[Mapping[str, str], Element], None]] = {
            "Identify": self._identify,
            "ListMetadataFormats": self._formats,
            "ListSets": self._sets,
            "GetRecord": self._record,
            "ListIdentifiers": self._list,
            "ListRecords": self._list,
        }
        verbs[arguments["verb"]](arguments, body)

    def _identify(self, _arguments: Mapping[str, str], body: Element) -> None:
        contact, host = self._library.settings.contact.strip(), self._addresses.host
        add(body, "repositoryName", description.text(self._addresses.site_name))
        add(body, "baseURL", self._addresses.oai())
        add(body, "protocolVersion", "2.0")
        # Every domain that takes mail has a postmaster (RFC 2142).
        postmaster = f"postmaster@{host if _DOMAIN.fullmatch(host) else 'localhost.invalid'}"
        add(body, "adminEmail", contact if _MAIL.fullmatch(contact) else postmaster)
        add(body, "earliestDatestamp", _written(records.earliest(self._library) or now()))
        add(body, "deletedRecord", "persistent")
        add(body, "granularity", "YYYY-MM-DDThh:mm:ssZ")
        if _DOMAIN.fullmatch(host):
            about = xml_text.root(_IDENTIFIER, "oai-identifier", f"{_IDENTIFIER}.xsd", {None: _IDENTIFIER})
            add(about, "scheme", "oai")
            add(about, "repositoryIdentifier", host)
            add(about, "delimiter", ":")
            add(about, "sampleIdentifier", identifier(self._addresses, "a-guide-for-new-peer-workers"))
            add(body, "description").append(about)

    def _formats(self, arguments: Mapping[str, str], body: Element) -> None:
        if "identifier" in arguments:
            self._known(arguments["identifier"])
        for prefix, each in FORMATS.items():
            made = add(body, "metadataFormat")
            add(made, "metadataPrefix", prefix)
            add(made, "schema", each.schema)
            add(made, "metadataNamespace", each.namespace)

    def _sets(self, arguments: Mapping[str, str], body: Element) -> None:
        if "resumptionToken" in arguments:
            raise Refused("badResumptionToken", "The sets are given all at once, and no token with them.")
        sorts = (
            (groups.AUDIENCE, "By audience", vocabulary.AUDIENCES),
            (groups.KIND, "By kind", vocabulary.KINDS),
        )
        for sort, name, labels in sorts:
            _set(body, sort, name)
            for word, label in labels.items():
                _set(body, f"{sort}:{word}", label)
        _set(body, groups.COLLECTION, "By collection")
        for slug, title, about in records.collections(self._library):
            _set(body, f"{groups.COLLECTION}:{slug}", title, about)

    def _record(self, arguments: Mapping[str, str], body: Element) -> None:
        found = self._known(arguments["identifier"])
        self._whole(body, found, _format(arguments["metadataPrefix"]))

    def _list(self, arguments: Mapping[str, str], body: Element) -> None:
        verb = arguments["verb"]
        token = arguments.get("resumptionToken")
        going = oai_tokens.read(self._library, token, verb) if token is not None else None
        asked = going.arguments if going else {name: each for name, each in arguments.items() if name != "verb"}
        written = _format(asked["metadataPrefix"])
        since, before = oai_request.period(asked)
        wanted = Wanted(since, before, oai_request.group(asked))
        whole = verb == "ListRecords"
        found = records.some(
            self._library, wanted, most=PAGE + 1, after=going.after if going else None, whole=whole
        )
        if not found and not going:
            raise Refused("noRecordsMatch", "Nothing has changed in that time and set.")
        for each in found[:PAGE]:
            if whole:
                self._whole(body, each, written)
            else:
                self._header(body, each)
        if len(found) > PAGE or going:
            self._token(body, verb, asked, going, wanted, found)

    def _token(
        self,
        body: Element,
        verb: str,
        asked: Mapping[str, str],
        going: Going | None,
        wanted: Wanted,
        found: tuple[Record, ...],
    ) -> None:
        """Where to go on; empty at the end of a list that was given in parts."""
        size = going.size if going else records.size(self._library, wanted)
        given = going.given if going else 0
        counted = {"completeListSize": str(max(size, given + len(found[:PAGE]))), "cursor": str(given)}
        if len(found) <= PAGE:
            add(body, "resumptionToken", **counted)
            return
        after = found[PAGE - 1].place
        token, expires = oai_tokens.written(self._library, Going(verb, dict(asked), after, given + PAGE, size))
        add(body, "resumptionToken", token, expirationDate=_written(expires), **counted)

    def _known(self, asked: str) -> Record:
        prefix = _namespace(self._addresses)
        found = records.one(self._library, asked.removeprefix(prefix)) if asked.startswith(prefix) else None
        if found is None:
            raise Refused("idDoesNotExist", f"There is no such record; identifiers here begin with {prefix}.")
        return found

    def _header(self, parent: Element, found: Record) -> None:
        made = add(parent, "header", status="deleted" if found.deleted else "")
        add(made, "identifier", identifier(self._addresses, found.slug))
        add(made, "datestamp", _written(found.changed_at))
        for each in found.groups:
            add(made, "setSpec", each)

    def _whole(self, parent: Element, found: Record, written: Format) -> None:
        made = add(parent, "record")
        self._header(made, found)
        if found.resource is not None:
            said = description.describe(found.resource, self._addresses)
            add(made, "metadata").append(written.write(said))


def _namespace(addresses: Addresses) -> str:
    return f"oai:{addresses.host}:"


def _format(prefix: str) -> Format:
    if prefix not in FORMATS:
        raise Refused("cannotDisseminateFormat", f"Records are written as {' or '.join(FORMATS)}.")
    return FORMATS[prefix]


def _set(parent: Element, spec: str, name: str, about: str = "") -> None:
    made = add(parent, "set")
    add(made, "setSpec", spec)
    add(made, "setName", description.text(name))
    if about:
        prefixes: dict[str | None, str] = {"oai_dc": dublin_core.NAMESPACE, "dc": dublin_core.ELEMENTS}
        said = xml_text.root(dublin_core.NAMESPACE, "dc", dublin_core.SCHEMA, prefixes)
        add(said, f"{{{dublin_core.ELEMENTS}}}description", description.text(about))
        add(made, "setDescription").append(said)


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
