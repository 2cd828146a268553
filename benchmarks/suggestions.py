"""What is suggested of the sample library's documents, beside what its curator said of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.report import Report, Table
from clearinghouse import facts
from clearinghouse.acquisition import importing
from clearinghouse.facts import topic_file
from ingest import Suggestion, read_file, suggest
from ingest.extract import extract

NAME = "suggestions"
_FIELDS = ("kind", "audiences", "topics")
_MOST_BYTES = 10_000_000


def run(data: Path, runs: int) -> Report:
    """Precision and recall of each suggestion on the samples. Neither `data` nor `runs` is used."""
    judged = list(_judged())
    rows, figures = [], {}
    for name in _FIELDS:
        said = [(_values(truth.get(name)), _values(getattr(found, name))) for truth, found in judged]
        right = sum(len(one & other) for one, other in said)
        suggested, wanted = (sum(len(pair[at]) for pair in said) for at in (1, 0))
        all_right = sum(one == other for one, other in said) / len(said)
        figures[name] = {"precision": right / suggested, "recall": right / wanted, "all_right": all_right}
        rows.append((name, *(f"{figure:.2f}" for figure in figures[name].values())))
    table = Table(
        f"Suggestions for {len(judged)} documents of the sample library",
        ("field", "precision", "recall", "documents all right"),
        tuple(rows),
        ("Who speaks is the organisation in every sample, so that it tells nothing here.",),
    )
    return Report(NAME, (table,), figures=figures)


def _judged() -> Iterator[tuple[Mapping[str, Any], Suggestion]]:
    shipped = topic_file.read(facts.text("topics.toml"))
    topics = {each.slug: (each.preferred, *chain.from_iterable(each.words.values())) for each in shipped}
    with importing.samples() as manifest:
        for each in tomllib.loads(manifest.read_text(encoding="utf-8"))["resource"]:
            files = [edition["file"] for edition in each.get("edition", ()) if edition.get("file")]
            if files:
                source = read_file(manifest.parent / files[0], max_bytes=_MOST_BYTES)
                page = source.media_type == "text/html"
                read = extract(source.path, source.media_type, source.name)
                yield each, suggest(read, topics, web_page=page)


def _values(said: str | Sequence[str] | None) -> frozenset[str]:
    return frozenset([said] if isinstance(said, str) else said or ())
