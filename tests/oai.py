"""A small OAI-PMH repository for tests: pages with tokens that can expire, deletions, dates, sets and errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape

from tests.site import Said, Site

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
    "<responseDate>{now}</responseDate><request>x</request>{body}</OAI-PMH>"
)
_DC = (
    '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">{elements}</oai_dc:dc></metadata>'
)


@dataclass(frozen=True)
class Kept:
    """One record."""

    identifier: str
    datestamp: str
    said: tuple[tuple[str, str], ...] = ()
    """Element and value, such as ``("title", "On hope")``."""
    deleted: bool = False
    sets: tuple[str, ...] = ()


def record(
    identifier: str, datestamp: str, title: str, *said: tuple[str, str], sets: tuple[str, ...] = ()
) -> Kept:
    """A record with a title."""
    return Kept(f"oai:test:{identifier}", datestamp, (("title", title), *said), sets=sets)


@dataclass
class Repository:
    """Answers as the protocol says. Tests change `records`, and let tokens expire."""

    site: Site
    records: list[Kept] = field(default_factory=list)
    page: int = 2
    now: str = "2026-11-26T10:00:00Z"
    granularity: str = "YYYY-MM-DDThh:mm:ssZ"
    expired: bool = False
    """Whether no token is known any more; new ones are good."""
    expired_status: int = 200
    asked: list[Mapping[str, str]] = field(default_factory=list)
    life: int = 0

    def __post_init__(self) -> None:
        self.address = self.site.put("/oai", self._answer)

    def put(self, *records: Kept) -> None:
        """Add records, or new versions of some."""
        new = {each.identifier: each for each in records}
        self.records = [new.pop(each.identifier, each) for each in self.records] + list(new.values())

    def delete(self, identifier: str, datestamp: str) -> None:
        """Mark a record as deleted."""
        whole = f"oai:test:{identifier}"
        self.records = [
            replace(each, said=(), deleted=True, datestamp=datestamp) if each.identifier == whole else each
            for each in self.records
        ]

    def expire(self) -> None:
        """Forget every token that was given out."""
        self.life += 1

    def _answer(self, query: Mapping[str, str]) -> Said:
        self.asked.append(dict(query))
        verb = query.get("verb", "")
        if verb == "Identify":
            return self._say(
                "<Identify><repositoryName>A Library</repositoryName><deletedRecord>persistent</deletedRecord>"
                f"<granularity>{self.granularity}</granularity></Identify>"
            )
        if verb != "ListRecords":
            return self._say('<error code="badVerb">Illegal verb</error>')
        start, since, only = 0, query.get("from", ""), query.get("set", "")
        if token := query.get("resumptionToken"):
            life, start_said, since, only = token.split("|")
            if int(life) != self.life:
                return self._say('<error code="badResumptionToken">Expired</error>', self.expired_status)
            start = int(start_said)
        elif query.get("metadataPrefix") != "oai_dc":
            return self._say('<error code="cannotDisseminateFormat">No</error>')
        found = [each for each in self.records if each.datestamp >= since and (not only or only in each.sets)]
        if not found:
            return self._say('<error code="noRecordsMatch">Nothing</error>')
        shown, more = found[start : start + self.page], len(found) > start + self.page
        next_token = f"{self.life}|{start + self.page}|{since}|{only}" if more else ""
        end = f"<resumptionToken>{escape(next_token)}</resumptionToken>" if more or start else ""
        return self._say(f"<ListRecords>{''.join(map(_record, shown))}{end}</ListRecords>")

    def _say(self, body: str, status: int = 200) -> Said:
        return Said(_HEAD.format(now=self.now, body=body).encode(), status, {"Content-Type": "text/xml"})


def _record(kept: Kept) -> str:
    status = ' status="deleted"' if kept.deleted else ""
    sets = "".join(f"<setSpec>{each}</setSpec>" for each in kept.sets)
    header = (
        f"<header{status}><identifier>{kept.identifier}</identifier>"
        f"<datestamp>{kept.datestamp}</datestamp>{sets}</header>"
    )
    elements = "".join(f"<dc:{name}>{escape(value)}</dc:{name}>" for name, value in kept.said)
    return f"<record>{header}{'' if kept.deleted else _DC.format(elements=elements)}</record>"
