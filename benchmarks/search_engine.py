"""The search engine by itself: how fast, how big, and how good its answers are beside plain Whoosh.

    python benchmarks/search_engine.py FOLDER [--sizes 1000 5000 20000]

FOLDER holds judged sets in the BEIR layout (``name/corpus.jsonl``, ``queries.jsonl``, ``qrels/test.tsv``).
The largest is repeated until it is as long as asked. Everything is written under a temporary folder.
"""

from __future__ import annotations

import argparse
import collections
import csv
import itertools
import json
import math
import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from whoosh import fields, qparser
from whoosh import index as whoosh_index

import index
from index.analysis import STOP_WORDS
from index.document import Document, PageText
from index.parse import parse

Search = Callable[[str], list[str]]


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open() as file:
        yield from map(json.loads, file)


def grown(path: Path, size: int) -> Iterator[Document]:
    """`size` documents made of the texts in `path`, with filters like a library's."""
    endless = itertools.chain.from_iterable(rows(path) for _ in itertools.count())
    for number, row in enumerate(itertools.islice(endless, size)):
        yield Document(
            id=f"{number}-{row['_id']}",
            title=row["title"],
            pages=(PageText("full-en", 1, row["text"]),),
            facets={
                "audience": (("consumers", "carers", "staff", "providers")[number % 4],),
                "kind": (f"kind{number % 13}",),
                "topic": (f"topic{number % 50}", f"topic{number % 37}"),
                "language": ("en",),
            },
            year=2000 + number % 25,
            added=f"2024-01-01T00:{number % 60:02d}",
        )


def questions(path: Path, many: int) -> list[str]:
    """One to three common words each, always the same."""
    counts: collections.Counter[str] = collections.Counter()
    for row in itertools.islice(rows(path), 1500):
        counts.update(set(re.findall(r"[a-z]{3,}", row["text"].lower())))
    common = [word for word, _ in counts.most_common(400) if word not in STOP_WORDS][:150]
    rng = random.Random(7)
    return [" ".join(rng.sample(common, rng.randint(1, 3))) for _ in range(many)]


def speed(corpus: Path, size: int, folder: Path) -> float:
    """Index `size` documents and search them; the 95th percentile in milliseconds."""
    engine = index.open(f"whoosh://{folder}/{size}")
    began = time.perf_counter()
    engine.replace(grown(corpus, size))
    written = time.perf_counter() - began
    took = []
    for number, typed in enumerate(questions(corpus, 300)):
        query = parse(typed, filters={"audience": ["carers"], "language": ["en"]} if number % 2 else {})
        began = time.perf_counter()
        engine.search(query)
        took.append((time.perf_counter() - began) * 1000)
    first, took = took[0], sorted(took[1:])
    p50, p95 = took[len(took) // 2], took[len(took) * 95 // 100]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{size:6} documents: written in {written:5.1f} s; first search {first:5.0f} ms, "
        f"then p50 {p50:5.1f} ms, p95 {p95:5.1f} ms; peak memory so far {memory} MiB"
    )
    return p95


def plain_whoosh(folder: Path, corpus: Path) -> Search:
    """Whoosh as it comes: stemmed title and text, any of the words."""
    folder.mkdir()
    text = fields.TEXT(analyzer=fields.analysis.StemmingAnalyzer())
    made = whoosh_index.create_in(str(folder), fields.Schema(id=fields.ID(stored=True), title=text, text=text))
    writer = made.writer()
    for row in rows(corpus):
        writer.add_document(id=row["_id"], title=row.get("title", ""), text=row["text"])
    writer.commit()
    searcher = made.searcher()
    parser = qparser.MultifieldParser(["title", "text"], made.schema, group=qparser.OrGroup)
    plain = re.compile(r"\W+")
    return lambda typed: [hit["id"] for hit in searcher.search(parser.parse(plain.sub(" ", typed)), limit=10)]


def ours(folder: Path, corpus: Path) -> Search:
    """Our engine, given what a visitor would type."""
    engine = index.open(f"whoosh://{folder}")
    engine.replace(
        Document(id=row["_id"], title=row.get("title", ""), pages=(PageText("full-en", 1, row["text"]),))
        for row in rows(corpus)
    )
    return lambda typed: [hit.id for hit in engine.search(parse(typed)).hits]


def gain(judged: Path, search: Search) -> float:
    """nDCG at ten, over the questions with a judgement."""
    grades: dict[str, dict[str, int]] = collections.defaultdict(dict)
    with (judged / "qrels" / "test.tsv").open() as file:
        for row in csv.DictReader(file, delimiter="\t"):
            grades[row["query-id"]][row["corpus-id"]] = int(row["score"])
    found = []
    for question in rows(judged / "queries.jsonl"):
        wanted = grades[question["_id"]]
        best = discounted(sorted(wanted.values(), reverse=True)[:10])
        if best:
            found.append(discounted([wanted.get(hit, 0) for hit in search(question["text"])]) / best)
    return sum(found) / len(found)


def discounted(grades: list[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("folder", type=Path)
    reader.add_argument("--sizes", type=int, nargs="*", default=[1000, 5000, 20000])
    chosen = reader.parse_args()
    sets = sorted(path.parent for path in chosen.folder.glob("*/corpus.jsonl"))
    largest = max(sets, key=lambda judged: (judged / "corpus.jsonl").stat().st_size) / "corpus.jsonl"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        took = [speed(largest, size, folder) for size in chosen.sizes]
        for (small, before), (large, after) in itertools.pairwise(zip(chosen.sizes, took, strict=True)):
            print(f"{large / small:.0f} times the documents, {after / before:.1f} times the p95")
        for judged in sets:
            corpus = judged / "corpus.jsonl"
            our, theirs = (
                gain(judged, make(folder / f"{make.__name__}-{judged.name}", corpus))
                for make in (ours, plain_whoosh)
            )
            print(f"{judged.name}: nDCG@10 {our:.3f}, plain Whoosh {theirs:.3f}, ratio {our / theirs:.2f}")


if __name__ == "__main__":
    main()
