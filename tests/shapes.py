"""schema.org as shapes (SHACL), which pyshacl carries: what pages say of themselves is held against it."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pyshacl
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

_VOCABULARY = "http://schema.org/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
#: Of schema.org's own context, which no test may fetch, what is said here.
_CONTEXT = {
    "@vocab": _VOCABULARY,
    **{name: {"@type": "@id"} for name in ("url", "license", "sameAs", "contentUrl")},
    **{name: {"@type": f"{_XSD}date"} for name in ("datePublished", "sdDatePublished")},
}
#: A class that is newer than the shapes.
_NEWER = (("DefinedTerm", "Thing"),)


@cache
def _shapes() -> Graph:
    shapes = Graph().parse(str(files(pyshacl) / "assets" / "schema.ttl"))
    for name, parent in _NEWER:
        shapes.add((URIRef(_VOCABULARY + name), RDFS.subClassOf, URIRef(_VOCABULARY + parent)))
    return shapes


def faults(said: Iterable[dict[str, Any]]) -> list[str]:
    """What is wrong with these things (JSON-LD) by schema.org; properties that their classes do not have, too."""
    graph = Graph()
    for each in said:
        assert each["@context"] == "https://schema.org"
        # A year alone is a date by ISO 8601, which schema.org goes by, and none by XML Schema, as the shapes do.
        year = re.fullmatch(r"[0-9]{4}", each.get("datePublished", ""))
        dated = {**each, "datePublished": f"{year[0]}-01-01"} if year else each
        with warnings.catch_warnings():  # rdflib's reader of JSON-LD uses what rdflib will do away with
            warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
            graph.parse(data=json.dumps({**dated, "@context": _CONTEXT}), format="json-ld")
    fits, _, report = pyshacl.validate(graph, shacl_graph=_shapes(), ont_graph=_shapes(), inference="none")
    return [*([] if fits else [report]), *_unknown(graph)]


def _unknown(graph: Graph) -> Iterator[str]:
    for thing, kind in graph.subject_objects(RDF.type):
        for name in set(graph.predicates(thing)) - {RDF.type} - _properties(kind):
            if not str(name).endswith("-input"):  # https://schema.org/docs/actions.html#part-4
                yield f"{kind} has no {name}"


@cache
def _properties(kind: Node) -> frozenset[Node]:
    shapes = _shapes()
    return frozenset(
        path
        for parent in shapes.transitive_objects(kind, RDFS.subClassOf)
        for shape in shapes.objects(parent, SH.property)
        for path in shapes.objects(shape, SH.path)
    )
