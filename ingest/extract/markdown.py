"""Markdown, cut at its headings, its marks taken off so that it reads as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest import abstracts, describe, facts, sections, tidy, told
from ingest.errors import Damaged
from ingest.extract.plain import decode
from ingest.extracted import Extracted
from ingest.sections import Block

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_PANDOC = re.compile(r"\A%[ \t]*(.+)\r?\n(?:%[ \t]*(.*)\r?\n)?(?:%[ \t]*(.*)\r?\n)?")
_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]+>", re.S)
"""A comment, which goes on to the end where nothing ends it, or a tag."""
_FIELD = re.compile(r"^([A-Za-z][\w -]*?)\s*:\s*(.*)$")


def extract(path: Path, name: str) -> Extracted:
    """Pages cut at headings; title, authors and more from front matter. Raises `Damaged` without a word."""
    raw, warnings = decode(path.read_bytes())
    stated, body = front_matter(raw)
    blocks = list(_Reader().blocks(MarkdownIt("commonmark").enable("table").parse(body)))
    heading = next((block.text for block in blocks if block.level == 1), "")
    pages = sections.cut(blocks, title=heading or stated.get("title", ""))
    if not any(page.text or page.heading for page in pages):
        raise Damaged(f"{name} holds no words: look for the whole file and add that one.")
    texts = [page.text for page in pages]
    first = heading or next((block.text for block in blocks if block.level), "")
    title = describe.choose(
        stated=(stated.get("title", ""),),
        shown=first,
        stands_out=False,
        shown_from="heading",
        text="\n".join(texts[:2]),
        name=name,
    )
    doi = facts.doi(texts, stated=stated)
    found = Extracted(
        pages=pages,
        title=title.words,
        title_from=title.found,
        authors=facts.names(stated.get("author", "") or stated.get("authors", "")),
        year=facts.year(texts[:1], stated=stated, title=title.words),
        language=facts.language(stated.get("lang", "") or stated.get("language", "")),
        summary=(stated.get("summary") or stated.get("description") or stated.get("abstract") or "")[:2000],
        publisher=stated.get("publisher", ""),
        licence=facts.licence(texts, stated=stated.get("licence", "") or stated.get("license", "")),
        identifiers={"doi": doi} if doi else {},
        keywords=abstracts.parted(stated.get("keywords", "") or stated.get("tags", "")),
        warnings=(*warnings, *title.warnings, *facts.lost_characters(pages)),
    )
    return told.told(found, told.stated_or(told.TEXT, {**stated, "rights": stated.get("licence", "")}))


def front_matter(raw: str) -> tuple[dict[str, str], str]:
    """The ``key: value`` lines that lead a document, and the rest. Lists become one line parted by ``; ``."""
    raw = raw.lstrip("\ufeff")
    block = _FRONT.match(raw)
    if block:
        stated = _fields(block.group(1).splitlines())
        return (stated, raw[block.end() :]) if stated else ({}, raw)
    pandoc = _PANDOC.match(raw)
    if pandoc:
        found = zip(("title", "author", "date"), pandoc.groups(), strict=True)
        return {key: tidy.line(value) for key, value in found if value}, raw[pandoc.end() :]
    return {}, raw


def _fields(lines: Iterable[str]) -> dict[str, str]:
    stated: dict[str, list[str]] = {}
    key = ""
    for line in lines:
        field = _FIELD.match(line)
        item = re.match(r"^\s*-\s+(?:name:\s*)?(.*)$", line)
        if field:
            key = field.group(1).strip().lower()
            stated[key] = [_unquoted(one) for one in _values(field.group(2))]
        elif key and item:
            stated[key].append(_unquoted(item.group(1)))
        elif key and line.startswith((" ", "\t")) and line.strip():
            stated[key] = [" ".join([*stated[key], line.strip()])]
    joined = {key: tidy.line("; ".join(value for value in values if value)) for key, values in stated.items()}
    return {key: value for key, value in joined.items() if value}


def _values(said: str) -> list[str]:
    said = said.strip()
    if said in {"|", ">", "|-", ">-"}:
        return []
    return said[1:-1].split(",") if said.startswith("[") and said.endswith("]") else [said]


def _unquoted(said: str) -> str:
    said = said.strip()
    return said[1:-1] if len(said) > 1 and said[0] == said[-1] and said[0] in "\"'" else said


class _Reader:
    """Turns tokens into blocks; holds where in a heading, list or table it stands."""

    def __init__(self) -> None:
        self.level = 0
        self.mark = ""
        self.counters: list[int] = []
        self.row: list[str] | None = None

    def blocks(self, tokens: list[Token]) -> Iterator[Block]:
        for token in tokens:
            if token.type == "inline":
                yield from self._inline(_plain(token.children or []))
            elif token.type == "tr_close" and self.row:
                yield Block("| " + " | ".join(self.row))
                self.row = None
            elif token.type in {"fence", "code_block"}:
                yield Block(token.content.rstrip())
            elif token.type == "html_block":
                yield Block(_MARKUP.sub(" ", token.content))
            else:
                self._step(token)

    def _step(self, token: Token) -> None:
        if token.type == "heading_open":
            self.level = int(token.tag[1])
        elif token.type == "ordered_list_open":
            self.counters.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            self.counters.append(0)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self.counters.pop()
        elif token.type == "list_item_open":
            self.mark = f"{self.counters[-1]}. " if self.counters[-1] else "• "
            self.counters[-1] += 1 if self.counters[-1] else 0
        elif token.type == "tr_open":
            self.row = []

    def _inline(self, words: str) -> Iterator[Block]:
        if self.row is not None:
            self.row.append(words)
        elif words:
            yield Block(words if self.level else self.mark + words, self.level)
            self.mark, self.level = "", 0


def _plain(children: list[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    shown = {"text", "code_inline", "image"}
    return "".join(child.content if child.type in shown else breaks.get(child.type, "") for child in children)
