"""The words of a Word document's paragraphs, and its foot and end notes, which python-docx does not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest import safe_xml, tidy

if TYPE_CHECKING:
    from docx.document import Document as DocumentObject

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS = ("footnote", "endnote")
_OWN_MARK = "*"
"""Stands for the sign that the author put in place of a note's number."""


def words(paragraph: Any) -> str:
    """The text of a ``w:p``: what stands in links, content controls and tracked insertions too, what a tracked
    change took out not."""
    parts: list[str] = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif node.tag == f"{_W}br":
            parts.append("\n")
        elif node.getparent() is not None and node.getparent().tag == f"{_W}r":
            parts.append(" ")
    return "".join(parts)


class Notes:
    """The foot and end notes of one document, said where they are referred to."""

    def __init__(self, document: DocumentObject, name: str) -> None:
        """Raises `Damaged` where the part that holds them is no XML, or holds entities."""
        self._texts: dict[tuple[str, str], str] = {}
        self._met: Counter[str] = Counter()
        for relation in document.part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1].removesuffix("s")
            if kind in _KINDS and not relation.is_external:
                root = safe_xml.parse(relation.target_part.blob, name)
                for note in root.iter(f"{_W}{kind}"):
                    said = " ".join(tidy.line(words(each)) for each in note.iter(f"{_W}p"))
                    self._texts[kind, note.get(f"{_W}id") or ""] = said.strip()

    def of(self, element: Any) -> Iterator[str]:
        """The notes that `element` refers to, in order: ``[1] What it says.``

        Each kind is numbered from the beginning of the document, so ask for its parts in their order. A note is
        said once, however many places refer to it: a small file could say a long one a million times.
        """
        if not self._texts:
            return
        for mark in element.iter(*(f"{_W}{kind}Reference" for kind in _KINDS)):
            if next(mark.iterancestors(f"{_W}del", f"{_W}moveFrom"), None) is not None:
                continue
            kind = mark.tag.removeprefix(_W).removesuffix("Reference")
            own = mark.get(f"{_W}customMarkFollows") in {"1", "true", "on"}
            self._met[kind] += not own
            said = self._texts.pop((kind, mark.get(f"{_W}id") or ""), "")
            if said:
                yield f"[{_OWN_MARK if own else self._met[kind]}] {said}"
