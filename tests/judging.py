"""A judged collection small enough to work out by hand."""

from __future__ import annotations

import json
from pathlib import Path

CORPUS = (
    {"_id": "tea", "title": "Tea", "text": "A cup of tea with a friend."},
    {"_id": "walks", "title": "", "text": "A walk by the river helps."},
    {"_id": "sleep", "title": "Sleep", "text": "How to rest at night."},
)
QUESTIONS = (
    {"_id": "q1", "text": "cup of tea"},
    {"_id": "q2", "text": "xylophone"},
    {"_id": "q3", "text": "nobody judged this"},
)
JUDGEMENTS = (("q1", "tea", 2), ("q1", "sleep", 0), ("q2", "walks", 1))


def collection(folder: Path) -> Path:
    """A new folder with the collection; the first question is answered best, the second not at all."""
    made = folder / "collection"
    (made / "qrels").mkdir(parents=True)
    for name, rows in (("corpus.jsonl", CORPUS), ("queries.jsonl", QUESTIONS)):
        (made / name).write_text("".join(json.dumps(row) + "\n" for row in rows))
    lines = ["query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in JUDGEMENTS)]
    (made / "qrels" / "test.tsv").write_text("\n".join(lines) + "\n")
    return made
