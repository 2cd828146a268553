"""`evaluate`: how good the answers are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from clearinghouse.cli.base import as_json, bar, example, print_json, table
from clearinghouse.search import evaluation, judged
from clearinghouse.search.evaluation import Figures, Progress


@click.command(
    epilog=example("clearinghouse evaluate judged/medquad", "clearinghouse evaluate judged/medquad --json")
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--engine", default="", metavar="URL", help="The engine to try, such as whoosh://.")
@as_json
def evaluate(folder: Path, engine: str, as_json: bool) -> None:
    """Measure how good the answers are on a judged collection.

    FOLDER has corpus.jsonl, queries.jsonl and qrels/test.tsv (the layout of BEIR). It is indexed in a library
    of its own that is deleted afterwards, and asked through the very code that serves visitors. Your own
    library is not touched.
    """
    with _bars() as progress:
        figures = evaluation.evaluate(judged.read(folder), engine, progress)
    if as_json:
        print_json(_json(figures))
    else:
        _print(figures)


@contextmanager
def _bars() -> Iterator[Progress]:
    """A progress bar for each thing done, one after the other."""
    with ExitStack() as last:
        shown: dict[str, object] = {}

        def progress(what: str, done: int, of: int) -> None:
            if what not in shown:
                last.close()
                shown[what] = last.enter_context(bar(of, what))
            shown[what](done)  # type: ignore[operator]

        yield progress


def _json(figures: Figures) -> dict[str, object]:
    return {
        "documents": figures.documents,
        "queries": figures.questions,
        "ndcg@10": round(figures.ndcg, 4),
        "map": round(figures.map, 4),
        "recall@100": round(figures.recall, 4),
        "zero_results": round(figures.nothing, 4),
        "p50_ms": round(figures.p50 * 1000, 2),
        "p95_ms": round(figures.p95 * 1000, 2),
        "load_s": round(figures.load, 2),
        "index_s": round(figures.indexing, 2),
    }


def _print(figures: Figures) -> None:
    click.echo(f"{figures.questions:,} questions asked of {figures.documents:,} documents.")
    table(
        [
            ("nDCG@10", f"{figures.ndcg:.3f}"),
            ("MAP", f"{figures.map:.3f}"),
            ("recall@100", f"{figures.recall:.3f}"),
            ("nothing found", f"{figures.nothing:.1%} of questions"),
            ("time a question", f"p50 {figures.p50 * 1000:.1f} ms, p95 {figures.p95 * 1000:.1f} ms"),
            ("time to index", f"{figures.indexing:.1f} s, after {figures.load:.1f} s in the database"),
        ]
    )


COMMANDS = {"evaluate": evaluate}
