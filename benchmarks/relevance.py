"""How good the answers are: this library beside plain Whoosh and SQLite FTS5, on the same judged collections."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from unittest.mock import patch

from whoosh import fields, qparser
from whoosh import index as whoosh_index

from benchmarks.report import Report, Table
from clearinghouse.search import judged
from clearinghouse.search.evaluation import CUT, ndcg
from clearinghouse.search.judged import Collection
from index.document import Document, PageText
from index.meaning import meaning
from index.parse import parse
from index.whoosh_engine import WhooshEngine

NAME = "relevance"
Search = Callable[[str], list[str]]
_WORDS = re.compile(r"\w+")


def run(data: Path, runs: int) -> Report:
    """nDCG@10 of each engine on each collection in ``data/judged``. `runs` is of no account here."""
    folders = sorted(path.parent for path in (data / "judged").glob("*/corpus.jsonl"))
    if not folders:
        return Report(NAME, skipped=f"there is no collection in {data / 'judged'}.")
    measured = {folder.name: _measured(judged.read(folder)) for folder in folders}
    names = list(_ENGINES)
    rows = [(name, *(f"{figures[each]:.3f}" for each in names)) for name, figures in measured.items()]
    gains = {each: mean(figures[each] / figures[_PLAIN] - 1 for figures in measured.values()) for each in names}
    rows.append(("beside plain Whoosh", *(f"{gains[each]:+.1%}" for each in names)))
    notes = ("Each finds any of the words; ours what it shows to visitors. Means of ratios in the last line.",)
    if meaning() is None:
        notes += ("The extra `meaning` is not installed: the first column goes by words alone too.",)
    table = Table("nDCG@10", ("collection", *names), tuple(rows), notes)
    return Report(NAME, tables=(table,), figures=dict(measured))


def _measured(collection: Collection) -> Mapping[str, float]:
    found = {}
    for name, engine in _ENGINES.items():
        with (
            TemporaryDirectory(prefix="clearinghouse-bench-") as folder,
            engine(Path(folder), collection) as search,
        ):
            questions = collection.judged.questions.items()
            found[name] = mean(ndcg(search(words), collection.judged.grades[each]) for each, words in questions)
    return found


@contextmanager
def _ours(folder: Path, collection: Collection) -> Iterator[Search]:
    engine = WhooshEngine(folder)
    engine.replace(
        Document(each.id, each.title, pages=(PageText("full-en", 1, each.text),)) for each in collection.texts
    )
    yield lambda words: [hit.id for hit in engine.search(parse(words, size=CUT, pages_per_hit=0)).hits]
    engine.close()


@contextmanager
def _words_alone(folder: Path, collection: Collection) -> Iterator[Search]:
    """Ours as it is where the extra was never installed."""
    with patch.dict(sys.modules, {"tokenizers": None}):
        meaning.cache_clear()
        with _ours(folder, collection) as search:
            yield search
    meaning.cache_clear()


@contextmanager
def _plain_whoosh(folder: Path, collection: Collection) -> Iterator[Search]:
    """Whoosh as it comes: BM25F on stemmed title and text."""
    text = fields.TEXT(analyzer=fields.analysis.StemmingAnalyzer())
    made = whoosh_index.create_in(str(folder), fields.Schema(id=fields.ID(stored=True), title=text, text=text))
    writer = made.writer()
    for each in collection.texts:
        writer.add_document(id=each.id, title=each.title, text=each.text)
    writer.commit()
    parser = qparser.MultifieldParser(["title", "text"], made.schema, group=qparser.OrGroup)
    with made.searcher() as searcher:
        yield lambda words: [
            hit["id"] for hit in searcher.search(parser.parse(" ".join(_WORDS.findall(words))), limit=CUT)
        ]


@contextmanager
def _fts5(folder: Path, collection: Collection) -> Iterator[Search]:
    """SQLite's own full-text search: BM25 on title and text, stemmed."""
    best = "SELECT id FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?"
    with closing(sqlite3.connect(folder / "fts5.db")) as database:
        database.execute(
            "CREATE VIRTUAL TABLE found USING fts5(id UNINDEXED, title, body, tokenize='porter unicode61')"
        )
        rows = ((each.id, each.title, each.text) for each in collection.texts)
        database.executemany("INSERT INTO found VALUES (?, ?, ?)", rows)

        def search(words: str) -> list[str]:
            asked = " OR ".join(f'"{word}"' for word in _WORDS.findall(words))
            return [id for (id,) in database.execute(best, (asked, CUT))] if asked else []  # noqa: A001

        yield search


_PLAIN = "plain Whoosh"
_ENGINES = {"ours": _ours, "ours, words alone": _words_alone, _PLAIN: _plain_whoosh, "SQLite FTS5": _fts5}
