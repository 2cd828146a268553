"""Use case: take in a catalogue of records, with or without files: the rules of `add`, a row at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from clearinghouse import vocabulary
from clearinghouse.acquisition import catalogue_file, catalogue_lists, intake
from clearinghouse.acquisition.catalogue_file import Row
from clearinghouse.acquisition.wanted import Outcome, Wanted
from clearinghouse.errors import Invalid, Problem, Unknown
from clearinghouse.holdings import record
from clearinghouse.holdings.collections import Placement
from clearinghouse.holdings.record import Record
from clearinghouse.library import Library
from clearinghouse.models import Resource

_OF_AN_EDITION = ("file", "link", "form", "language", "label")
_DIGITS = 9


def import_file(library: Library, path: Path, *, dry_run: bool = False) -> Iterator[Outcome]:
    """Take in every row of a catalogue; a bad row is a failure with its line and stops nothing.

    With `dry_run` every row is checked and nothing is written: good rows end as ``checked``.
    Raises `Invalid` where the file as a whole is not a catalogue.
    """
    rows, lists = catalogue_file.read(path)
    described = catalogue_lists.read(path, lists)
    wanted = [each for row in rows for each in _wanted(library, path, row)]
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


def _wanted(library: Library, path: Path, row: Row) -> Iterator[Wanted]:
    """What a row asks for: one thing for each of its editions."""
    shown = f"{path} line {row.line}"
    try:
        if row.problem:
            raise Invalid(row.problem[0].upper() + row.problem[1:])
        said = _record(library, row.values)
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


def _edition(path: Path, edition: Mapping[str, Any], values: Mapping[str, Any]) -> Wanted:
    for name in edition:
        if name not in _OF_AN_EDITION:
            near = vocabulary.did_you_mean(str(name), _OF_AN_EDITION)
            raise Invalid(f"“{name}” means nothing in an edition.{near} Known: {', '.join(_OF_AN_EDITION)}.")
    location = None
    if file := edition.get("file"):
        location = file if str(file).startswith(("http://", "https://")) else str(path.parent / str(file))
        if location != file and not Path(location).is_file():
            raise Invalid(f"There is no file {location}; paths are read from the catalogue's own folder.")
    link = str(edition.get("link", ""))
    if link and not link.startswith(("http://", "https://")):
        raise Invalid(f"The link “{link}” is not a web address; it must begin with https:// or http://.")
    return Wanted(
        shown="",
        location=location,
        form=vocabulary.require("form", str(edition.get("form", "full"))),
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
    position = _whole_number(values, "position")
    return Placement(str(values["collection"]), position, str(values.get("note", "")))


def _record(library: Library, values: Mapping[str, Any]) -> Record:
    """Raises `Unknown` or `Invalid`, also for a topic that is not in the vocabulary."""
    details = {name: str(values[name]) for name in record.DETAILS if name in values}
    said = record.checked(
        Record(
            title=_text(values, "title"),
            summary=_text(values, "summary"),
            organisation=_text(values, "organisation"),
            year=_whole_number(values, "year"),
            kind=_text(values, "kind"),
            audiences=_several(values, "audiences"),
            topics=_several(values, "topics"),
            authors=_several(values, "authors"),
            speaks=_text(values, "speaks"),
            jurisdiction=_jurisdiction(values),
            licence=_text(values, "licence"),
            link=_text(values, "link"),
            content_notes=_several(values, "content_notes"),
            identifiers={"doi": str(values["doi"])} if "doi" in values else None,
            details=details or None,
            checked_on=_day(values, "checked_on"),
        )
    )
    record.topic_slugs(library, said.topics or ())
    return said


def _text(values: Mapping[str, Any], name: str) -> str | None:
    return str(values[name]).strip() if name in values else None


def _several(values: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    """A list, or one text with semicolons or bars between its parts."""
    value = values.get(name)
    if value is None:
        return None
    parts: Iterable[Any] = value if isinstance(value, list) else str(value).replace("|", ";").split(";")
    return tuple(str(part).strip() for part in parts if str(part).strip())


def _whole_number(values: Mapping[str, Any], name: str) -> int | None:
    value = str(values.get(name, "")).strip()
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > _DIGITS:
        raise Invalid(f"The {name} “{value}” is not a whole number.")
    return int(value)


def _day(values: Mapping[str, Any], name: str) -> date | None:
    value = values.get(name)
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError as problem:
        raise Invalid(f"The day “{value}” in {name} is not a date; write it like 2026-11-22.") from problem


def _jurisdiction(values: Mapping[str, Any]) -> str | None:
    value = _text(values, "jurisdiction")
    if value is None or value in vocabulary.JURISDICTIONS:
        return value
    known = {each.lower(): each for each in vocabulary.JURISDICTIONS}
    if value.lower() in known:
        return known[value.lower()]
    raise Unknown(f"There is no jurisdiction “{value}”. Known: {', '.join(vocabulary.JURISDICTIONS)}.")


def _checked(each: Wanted) -> Outcome:
    if each.problem:
        return Outcome(each.shown, "failed", error=each.problem)
    return Outcome(each.shown, "checked", title=each.record.title)
