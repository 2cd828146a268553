"""What the words of a document suggest for its record, kept with the draft until a curator decides."""

from __future__ import annotations

from sqlalchemy.orm import Session

import ingest
from clearinghouse.models import Resource
from clearinghouse.words import topic_words
from ingest import Extracted, Source


def guess(session: Session, row: Resource, extracted: Extracted, source: Source) -> None:
    """Suggest kind, audiences, topics and who speaks of a draft, each with the words that led there."""
    topics = {slug: [term.text for term in terms] for slug, terms in topic_words.read(session).terms.items()}
    found = ingest.suggest(
        extracted,
        topics,
        web_page=source.media_type == "text/html",
        captions=ingest.unit_of(source.media_type) == "time",
    )
    row.guessed = {
        "kind": found.kind,
        "audiences": [*found.audiences],
        "topics": [*found.topics],
        "speaks": found.speaks,
        "because": {name: [*words] for name, words in found.because.items()},
    }
