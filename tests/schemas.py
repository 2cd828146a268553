"""The schemas of `tests/files/schemas`, which name one another by addresses that no test may ask."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

_FOLDER = Path(__file__).parent / "files" / "schemas"
_NAMES = {
    "http://dublincore.org/schemas/xmls/simpledc20021212.xsd": "simpledc.xsd",
    "http://www.w3.org/2001/03/xml.xsd": "xml.xsd",
    "http://www.loc.gov/mods/xml.xsd": "xml.xsd",
    "http://www.loc.gov/standards/xlink/xlink.xsd": "xlink.xsd",
}
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_HOLDERS = ("metadata", "description", "setDescription")
_TOGETHER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="http://www.openarchives.org/OAI/2.0/" schemaLocation="OAI-PMH.xsd"/>
<xs:import namespace="http://www.openarchives.org/OAI/2.0/oai_dc/" schemaLocation="oai_dc.xsd"/>
<xs:import namespace="http://www.openarchives.org/OAI/2.0/oai-identifier" schemaLocation="oai-identifier.xsd"/>
<xs:import namespace="http://www.loc.gov/mods/v3" schemaLocation="mods-3-4.xsd"/>
<xs:import namespace="http://www.sitemaps.org/schemas/sitemap/0.9" schemaLocation="sitemap.xsd"/>
</xs:schema>"""


class _Here(etree.Resolver):
    def resolve(self, address: str, _id: str, context: Any) -> Any:
        path = _FOLDER / _NAMES.get(address, address.rsplit("/", 1)[-1])
        return self.resolve_string(path.read_bytes(), context, base_url=str(path))


@cache
def atom() -> etree.RelaxNG:
    """What RFC 4287 says of a feed."""
    return etree.RelaxNG.from_rnc_string((_FOLDER / "atom.rnc").read_text(encoding="utf-8"))


@cache
def _together() -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Here())
    return etree.XMLSchema(etree.fromstring(_TOGETHER, parser))


def valid(document: str | bytes) -> Any:
    """The root of `document`, which fits its schemas; fails where it does not, or where it has none of them."""
    root = etree.fromstring(document.encode() if isinstance(document, str) else document)
    # The protocol's schema skips what stands within these: each is held against its own.
    within = (child for name in _HOLDERS for holder in root.iter(f"{_OAI}{name}") for child in holder)
    schema = _together()
    for each in (root, *within):
        assert schema.validate(each), "\n".join(
            f"line {fault.line}: {fault.message}" for fault in schema.error_log
        )
    return root
