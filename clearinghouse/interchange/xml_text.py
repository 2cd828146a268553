"""XML elements with text in them, where there is text."""

from __future__ import annotations

from typing import Any

from lxml import etree  # type: ignore[import-untyped]

#: An element of lxml, which has no types.
Element = Any

XSI = "http://www.w3.org/2001/XMLSchema-instance"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def root(namespace: str, name: str, schema: str, prefixes: dict[str | None, str]) -> Element:
    """An element that says which schema holds for it; `schema`: the schema's address."""
    made = etree.Element(f"{{{namespace}}}{name}", nsmap={**prefixes, "xsi": XSI})
    made.set(f"{{{XSI}}}schemaLocation", f"{namespace} {schema}")
    return made


def add(parent: Element, name: str, text: str | None = None, *, language: str = "", **attributes: str) -> Element:
    """A new last child of `parent`, in its namespace unless `name` says another (``{namespace}name``)."""
    whole = name if name.startswith("{") else f"{{{etree.QName(parent).namespace}}}{name}"
    made = etree.SubElement(parent, whole, {key: value for key, value in attributes.items() if value})
    if text is not None:
        made.text = text
    if language:
        made.set(LANGUAGE, language)
    return made


def add_said(parent: Element, name: str, text: str, **named: str) -> None:
    """As `add`, where there is a text."""
    if text:
        add(parent, name, text, **named)


def written(element: Element) -> bytes:
    """The element as a document in UTF-8."""
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", pretty_print=True))
