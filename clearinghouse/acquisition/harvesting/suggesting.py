"""What the words of a list suggest: they are another library's, so that a curator chooses among them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from clearinghouse import vocabulary
from clearinghouse.acquisition.harvesting.options import Options
from clearinghouse.holdings import record
from clearinghouse.holdings.record import Record
from clearinghouse.models import Resource
from ingest.harvest import Description

#: What repositories call things (DCMI types, COAR, DRIVER), as our kinds; other words say too little.
_KINDS = {
    **{label.lower(): kind for kind, label in vocabulary.KINDS.items()},
    **{kind: kind for kind in vocabulary.KINDS},
    **dict.fromkeys(
        (
            *("article", "journal article", "research article", "journalarticle", "conference paper"),
            *("conferenceobject", "thesis", "doctoral thesis", "doctoralthesis", "masterthesis", "preprint"),
        ),
        "research-paper",
    ),
    **dict.fromkeys(("review article", "systematic review", "book review"), "review"),
    **dict.fromkeys(("movingimage", "moving image"), "video"),
    **dict.fromkeys(("learning object", "lecture", "course"), "training-module"),
    "website": "web-page",
}


def suggest(session: Session, row: Resource, described: Description, options: Options, *, new: bool) -> None:
    """Suggest kind and topics of a draft; topics count at once where the curator asked for that."""
    topics = record.topics_named(session, described.subjects)
    if new and options.take_topics and topics:
        record.apply(session, row, Record(topics=topics), by_curator=False)
    if row.status != "draft":
        return
    kind = _kind(described.types)
    if not (kind or topics):
        return
    guessed, because = row.guessed, dict(row.guessed.get("because", {}))
    for name, words in (
        ("kind", described.types if kind else ()),
        ("topics", described.subjects if topics else ()),
    ):
        listed = dict.fromkeys((*(f"listed as “{each}”" for each in words), *because.get(name, ())))
        because |= {name: [*listed]} if listed else {}
    row.guessed = {
        **guessed,
        "kind": kind or guessed.get("kind"),
        "audiences": guessed.get("audiences", []),
        "topics": list(dict.fromkeys((*topics, *guessed.get("topics", ())))),
        "because": because,
    }


def _kind(types: Iterable[str]) -> str | None:
    return next((_KINDS[each.lower()] for each in types if each.lower() in _KINDS), None)
