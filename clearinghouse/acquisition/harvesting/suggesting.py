"""What the words of a list suggest: they are another library's, so that a curator chooses among them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from clearinghouse import vocabulary
from clearinghouse.acquisition.harvesting.options import Options
from clearinghouse.holdings import resource_fields, topic_names
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
#: Whom catalogues say a thing is for, as our audiences.
_AUDIENCES = {
    **{each: each for each in vocabulary.AUDIENCES},
    **{label.lower(): each for each, label in vocabulary.AUDIENCES.items()},
    **dict.fromkeys(("service users", "people with lived experience", "patients"), "consumers"),
    **dict.fromkeys(("families", "family", "family and friends", "caregivers", "parents"), "carers"),
    **dict.fromkeys(
        ("peer workers", "professionals", "health professionals", "practitioners", "clinicians", "workers"),
        "staff",
    ),
    **dict.fromkeys(("organisations", "organizations", "service providers", "employers", "managers"), "providers"),
}
_SET = "audience:"


def suggest(session: Session, row: Resource, described: Description, options: Options, *, new: bool) -> None:
    """Suggest kind, audiences and topics of a draft; topics count at once where the curator asked for that."""
    topics = topic_names.known_among(session, described.subjects)
    if new and options.take_topics and topics:
        resource_fields.apply(session, row, Record(topics=topics), by_curator=False)
    if row.status != "draft":
        return
    kind, audiences = _kind(described.types), _audiences(described.audiences)
    if not (kind or topics or audiences):
        return
    guessed, because = row.guessed, dict(row.guessed.get("because", {}))
    for name, words in (
        ("kind", [f"listed as “{each}”" for each in described.types] if kind else []),
        ("audiences", list(audiences.values())),
        ("topics", [f"listed as “{each}”" for each in described.subjects] if topics else []),
    ):
        listed = dict.fromkeys((*words, *because.get(name, ())))
        because |= {name: [*listed]} if listed else {}
    row.guessed = {
        **guessed,
        "kind": kind or guessed.get("kind"),
        "audiences": list(dict.fromkeys((*audiences, *guessed.get("audiences", ())))),
        "topics": list(dict.fromkeys((*topics, *guessed.get("topics", ())))),
        "because": because,
    }


def _audiences(said: Iterable[str]) -> dict[str, str]:
    """Our audience to how the list says so."""
    found: dict[str, str] = {}
    for each in said:
        audience = _AUDIENCES.get(each.removeprefix(_SET).strip().lower())
        if audience:
            words = f"in the set “{each}”" if each.startswith(_SET) else f"listed as for “{each}”"
            found.setdefault(audience, f"{audience}: {words}")
    return found


def _kind(types: Iterable[str]) -> str | None:
    return next((_KINDS[each.lower()] for each in types if each.lower() in _KINDS), None)
