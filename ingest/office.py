"""What office documents and books have in common: pages with headings, and properties kept by a program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml.etree import LxmlError  # type: ignore[import-untyped]

from ingest import abstracts, describe, facts, tidy, told
from ingest.errors import Damaged
from ingest.extracted import Extracted, Page


def described(
    pages: tuple[Page, ...],
    name: str,
    *,
    stated: Mapping[str, str],
    heading: str = "",
    stands_out: bool = False,
    warnings: tuple[str, ...] = (),
) -> Extracted:
    """`pages` with what the document says of itself.

    `stated`: its properties, as one line each: title, author, subject, keywords, language, publisher, rights,
    date, doi, isbn. `heading`: the title that its text shows; `stands_out` where its style says that it is one.
    `name`: its file name. Raises `Damaged` where no page holds a word.
    """
    if not any(page.text or page.heading for page in pages):
        raise Damaged(f"{name} holds no words that can be read: if it holds pictures of text, add a text version.")
    texts = [f"{page.heading}\n{page.text}" for page in pages]
    title = describe.choose(
        stated=(stated.get("title", ""),),
        shown=heading,
        stands_out=stands_out,
        shown_from="heading",
        text="\n".join(texts[:2]),
        name=name,
    )
    found = {"doi": facts.doi(texts, stated=stated), "isbn": stated.get("isbn", "")}
    extracted = Extracted(
        pages=pages,
        title=title.words,
        title_from=title.found,
        authors=facts.names(stated.get("author", "")),
        year=facts.year(texts[:1], stated=stated, title=title.words),
        language=facts.language(stated.get("language", "")),
        summary=facts.description(stated.get("subject", ""), title.words),
        publisher=tidy.line(stated.get("publisher", ""))[:200],
        licence=facts.licence(texts, stated=stated.get("rights", "")),
        identifiers={kind: value for kind, value in found.items() if value},
        keywords=abstracts.parted(stated.get("keywords", "")),
        warnings=(*warnings, *title.warnings, *facts.lost_characters(pages)),
    )
    where = told.stated_or(told.TEXT, stated)
    return told.told(extracted, {**where, "identifiers": told.METADATA} if found["isbn"] else where)


def properties(document: Any) -> dict[str, str]:
    """The core properties of a Word or PowerPoint file that python-docx or python-pptx opened, if not broken."""
    found: dict[str, str] = {}
    for key in ("title", "author", "subject", "keywords", "language"):
        try:
            found[key] = tidy.line(str(getattr(document.core_properties, key) or ""))
        except (LxmlError, AttributeError, KeyError, TypeError, ValueError):
            continue
    return found
