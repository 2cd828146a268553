"""XML from strangers: no entity is expanded, nothing is fetched, and depth and size are bounded."""

from __future__ import annotations

from typing import Any

from ingest.errors import Damaged


def parse(data: bytes, name: str) -> Any:
    """The root element of the XML in `data`, without comments and processing instructions.

    libxml2 itself refuses more than 256 levels and text nodes over 10 MB. `name` is what to call the document in
    a sentence. Raises `Damaged` where `data` is no well-formed XML, or declares entities: what is made of a few
    of them can grow to gigabytes ("a billion laughs"), and no document that this library reads needs one.
    """
    from lxml import etree  # type: ignore[import-untyped]  # takes a while, and every command imports this module

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        if "amplification" in str(error):
            raise _bomb(name) from None
        raise Damaged(f"{name} holds XML that cannot be read: save it again and add that copy.") from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise _bomb(name)
    return root


def _bomb(name: str) -> Damaged:
    return Damaged(f"{name} holds entity declarations, which no such document needs: do not open it.")
