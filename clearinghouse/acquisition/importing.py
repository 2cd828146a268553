"""Use case: take in a catalogue of records, with or without files: the rules of `add`, a row at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from clearinghouse import vocabulary
from clearinghouse.acquisition import catalogue_file, catalogue_lists, catalogue_values, intake
from clearinghouse.acquisition.rows import Row
from clearinghouse.acquisition.wanted import Outcome, Wanted
from clearinghouse.errors import Invalid, Problem
from clearinghouse.holdings import record
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Resource

_OF_AN_EDITION = ("file", "link", "form", "language", "label")


def import_file(
    library: Library, path: Path, *, dry_run: bool = False, otherwise: Record | None = None
) -> Iterator[Outcome]:
    """Take in every row of a catalogue; a bad row is a failure with its line and stops nothing.

    `otherwise` is said of a row in the fields that it leaves empty.
    With `dry_run` every row is checked and nothing is written: good rows end as ``checked``.
    Raises `Invalid` where the file as a whole is not a catalogue.
    """
    rows, lists = catalogue_file.read(path)
    described = catalogue_lists.read(path, lists)
    wanted = [each for row in rows for each in _wanted(library, path, row, otherwise or Record())]
    if dry_run:
        yield from (_checked(each) for each in wanted)
        yield from catalogue_lists.check(library, described, (str(row.values.get("title", "")) for row in rows))
        return
    yield from catalogue_lists.describe(library, described)
    yield from intake.take_in(library, wanted)
    yield from catalogue_lists.fill(library, described)


def size(path: Path) -> int:
    """How many outcomes `import_file` will yield, at most, for the rows themselves. Raises `Invalid`."""
    rows, _ = catalogue_file.read(path)
    return sum(max(1, len(row.editions)) for row in rows)


def is_empty(library: Library) -> bool:
    """Whether nothing was ever added."""
    with library.database.reading() as session:
        return not session.scalar(select(func.count()).select_from(Resource))


@contextmanager
def samples() -> Iterator[Path]:
    """The manifest of the sample library, on disk for as long as the block lasts."""
    with as_file(files("clearinghouse.samples")) as folder:
        yield folder / "manifest.toml"


def _wanted(library: Library, path: Path, row: Row, otherwise: Record) -> Iterator[Wanted]:
    """What a row asks for: one thing for each of its editions."""
    shown = f"{path} line {row.line}"
    try:
        if row.problem:
            raise Invalid(row.problem[0].upper() + row.problem[1:])
        said = record.over(catalogue_values.record_of(library, row.values), otherwise)
        editions = [dict(each) for each in row.editions] or [_own_edition(row.values)]
        for edition in editions:
            wanted = _edition(path, edition, row.values)
            if wanted.location is None and not said.title:
                raise Invalid("It has neither a title nor a file; give one of them.")
            yield replace(wanted, shown=shown, record=said, group=shown if len(editions) > 1 else None)
    except Problem as problem:
        yield Wanted(shown, problem=f"{shown}: {problem}")


def _own_edition(values: Mapping[str, Any]) -> dict[str, Any]:
    """The edition that a flat row describes: its file, or the form in which it stands at its link."""
    edition = {name: values[name] for name in ("file", "form", "language", "label") if name in values}
    if edition and "file" not in edition and "link" in values:
        edition["link"] = values["link"]
    return edition


def _location(path: Path, file: str) -> str:
    """The address in `file`, or the path beside the catalogue, which may be written as Windows writes it."""
    if file.startswith(("http://", "https://")):
        return file
    places = [path.parent / file, path.parent / file.replace("\\", "/")]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise Invalid(
            f"There is no file {places[0]}; paths are read from the catalogue's own folder: put the file there."
        )
    return str(found)


def _edition(path: Path, edition: Mapping[str, Any], values: Mapping[str, Any]) -> Wanted:
    for name in edition:
        if name not in _OF_AN_EDITION:
            near = vocabulary.did_you_mean(str(name), _OF_AN_EDITION)
            raise Invalid(f"“{name}” means nothing in an edition.{near} Known: {', '.join(_OF_AN_EDITION)}.")
    location = _location(path, str(edition["file"])) if edition.get("file") else None
    link = record.web_address(str(edition["link"])) if edition.get("link") else ""
    return Wanted(
        shown="",
        location=location,
        form=vocabulary.require("form", str(edition["form"])) if edition.get("form") else "",
        language=str(edition["language"]) if edition.get("language") else None,
        label=str(edition.get("label", "")),
        edition_link=link,
        placement=_placement(values),
        draft=_is_draft(values),
    )


def _is_draft(values: Mapping[str, Any]) -> bool:
    status = vocabulary.require("status", str(values.get("status", "published")))
    if status == "withdrawn":
        raise Invalid("A record cannot come in as withdrawn; leave it out, or use `clearinghouse withdraw`.")
    return status == "draft"


def _placement(values: Mapping[str, Any]) -> Placement | None:
    if not values.get("collection"):
        return None
    position = catalogue_values.whole_number(values, "position")
    return Placement(str(values["collection"]), position, str(values.get("note", "")))


def _checked(each: Wanted) -> Outcome:
    if each.problem:
        return Outcome(each.shown, "failed", error=each.problem)
    return Outcome(each.shown, "checked", title=each.record.title)
