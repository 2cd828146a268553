"""Catalogue files: CSV, JSON, TOML, RIS or BibTeX records, each row with the line it begins on."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from clearinghouse import vocabulary
from clearinghouse.acquisition import reference_file
from clearinghouse.acquisition.rows import Row
from clearinghouse.errors import Invalid

#: What a row may say. `docs/importing.md` explains each; a test holds the two together.
COLUMNS = (
    "title",
    "kind",
    "audiences",
    "topics",
    "summary",
    "authors",
    "organisation",
    "year",
    "jurisdiction",
    "speaks",
    "licence",
    "link",
    "doi",
    "keywords",
    "content_notes",
    "entry",
    "provider",
    "cost",
    "time",
    "checked_on",
    "collection",
    "position",
    "note",
    "file",
    "form",
    "language",
    "label",
    "status",
)
_SINGULAR = {"audience": "audiences", "topic": "topics", "author": "authors", "keyword": "keywords", "url": "link"}
_REFERENCES = {".ris": reference_file.ris, ".bib": reference_file.bibtex}
_LARGEST = 100_000_000
#: How PDFs, spreadsheets and documents begin, of today and of before.
_OFFICE = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_HALF_A_SIGN = re.compile("[\ud800-\udfff]")
_WHITE = re.compile(r"[\s,]*")


def read(path: Path) -> tuple[list[Row], list[Mapping[str, Any]]]:
    """Rows of the file, and its collections (TOML and JSON objects only).

    Raises `Invalid` where the file as a whole is not a catalogue.
    """
    text = _text(path)
    if reader := _REFERENCES.get(path.suffix.lower()):
        return list(reader(text)), []
    if path.suffix.lower() == ".toml":
        return _toml(path, text)
    if path.suffix.lower() in {".json", ".jsonl"} or text.lstrip()[:1] in {"[", "{"}:
        return list(_json(path, text)), []
    return list(_csv(path, text)), []


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise Invalid(f"{path} is over 100 MB; split the catalogue into smaller files.")
        content = path.read_bytes()
        # A spreadsheet's “Unicode text” is UTF-16, and says so in its first two bytes.
        encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
        return io.StringIO(content.decode(encoding), newline=None).read()
    except FileNotFoundError as problem:
        raise Invalid(f"There is no file {path}; check the name and the folder.") from problem
    except IsADirectoryError as problem:
        raise Invalid(
            f"{path} is a folder; name the catalogue file in it, or use `clearinghouse add`."
        ) from problem
    except UnicodeDecodeError as problem:
        sentence = "is not UTF-8 text; in the spreadsheet choose “CSV UTF-8” when you save, elsewhere UTF-8."
        if content.startswith(_OFFICE):
            sentence = (
                "is no catalogue: save a spreadsheet as “CSV UTF-8” and import that; take a document in with "
                "`clearinghouse add`."
            )
        raise Invalid(f"{path} {sentence}") from problem
    except OSError as problem:
        raise Invalid(f"{path} cannot be read ({problem.strerror}).") from problem


def _csv(path: Path, text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        heading = next(reader, [])
        columns = [_column(path, name) for name in heading]
        if twice := {name for name in columns if columns.count(name) > 1}:
            raise Invalid(f"{path} has more than one column for {', '.join(sorted(twice))}; keep one of them.")
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _csv_row(line, columns, cells)
            line = reader.line_num + 1
    except csv.Error as problem:
        raise Invalid(f"{path} line {reader.line_num}: {problem}; check the quotation marks there.") from problem


def _delimiter(text: str) -> str:
    """What stands between columns: spreadsheets put semicolons where commas are decimal, or tabs."""
    heading = text.partition("\n")[0]
    return max(",;\t", key=lambda sign: sum(_plain(name.strip('"')) in COLUMNS for name in heading.split(sign)))


def _csv_row(line: int, columns: list[str], cells: list[str]) -> Row:
    if len(cells) > len(columns):
        sentence = f"it has {len(cells)} values for {len(columns)} columns; put quotation marks round commas."
        return Row(line, {}, problem=sentence)
    values = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if cell.strip()}
    return Row(line, values)


def _column(path: Path, name: str) -> str:
    plain = _plain(name)
    if plain not in COLUMNS:
        near = vocabulary.did_you_mean(plain, COLUMNS)
        raise Invalid(f"{path} has a column “{name}” that means nothing here.{near} Known: {', '.join(COLUMNS)}.")
    return plain


def _plain(name: str) -> str:
    plain = re.sub(r"[\s-]+", "_", name.strip().lower())
    return _SINGULAR.get(plain, plain)


def _json(path: Path, text: str) -> Iterator[Row]:
    """An array of objects, or an object a line; each row is decoded where it stands, so its line is known."""
    decoder = json.JSONDecoder()
    at = _skip(text, 1 if text.lstrip().startswith("[") else 0, start=text)
    while at < len(text) and text[at] != "]":
        line = text.count("\n", 0, at) + 1
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as problem:
            raise Invalid(f"{path} line {problem.lineno}: this is not JSON ({problem.msg}).") from problem
        except (ValueError, RecursionError) as problem:  # a number or a nesting beyond all reason
            raise Invalid(f"{path} line {line}: this is no record ({problem}).") from problem
        yield _object(line, value)
        at = _skip(text, at)
    if text.lstrip().startswith("[") and at >= len(text):
        raise Invalid(f"{path} ends before its list does; it was cut off, so get the whole file again.")


def _skip(text: str, at: int, *, start: str = "") -> int:
    if start:
        at += len(start) - len(start.lstrip())
    match = _WHITE.match(text, at)
    return match.end() if match else at


def _object(line: int, value: Any) -> Row:
    if not isinstance(value, dict):
        return Row(line, {}, problem="it is not an object with a title; write {“title”: …}.")
    if _HALF_A_SIGN.search(json.dumps(value, ensure_ascii=False, default=str)):
        return Row(line, {}, problem="it holds half a character (a lone \\ud800 to \\udfff); write it whole.")
    values: dict[str, Any] = {}
    editions = value.get("edition", value.get("editions", []))
    for name, cell in value.items():
        plain = _SINGULAR.get(name, name)
        if plain in {"edition", "editions"} or cell in (None, "", [], {}):
            continue
        if plain not in COLUMNS:
            return Row(line, {}, problem=f"“{name}” means nothing here.{vocabulary.did_you_mean(name, COLUMNS)}")
        values[plain] = cell
    if not isinstance(editions, list) or not all(isinstance(each, dict) for each in editions):
        return Row(line, {}, problem="its editions are not a list of objects with a file or a link.")
    return Row(line, values, tuple(editions))


def _toml(path: Path, text: str) -> tuple[list[Row], list[Mapping[str, Any]]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Invalid(f"{path} is not TOML: {problem}.") from problem
    heads = [
        number
        for number, line in enumerate(text.split("\n"), start=1)
        if line.partition("#")[0].strip() == "[[resource]]"
    ]
    entries, lists = content.get("resource", []), content.get("collection", [])
    if not isinstance(entries, list) or not isinstance(lists, list):
        raise Invalid(f"{path}: begin each record with [[resource]] and each list with [[collection]].")
    rows = [_object(heads[index] if index < len(heads) else 1, entry) for index, entry in enumerate(entries)]
    return rows, lists
