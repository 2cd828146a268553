"""Topics as SKOS Turtle, for other thesauri and for tools that read them.

Historical and clinical words are `skos:hiddenLabel`, which is what SKOS has for words that find and are not shown.
Which of the two a word is stands in a property of our own beneath it, so that what is written can be read again.

SKOS Reference, W3C Recommendation of 18 August 2009: https://www.w3.org/TR/skos-reference/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.term import Node

from clearinghouse.errors import Invalid
from clearinghouse.facts.thesaurus import Entry

#: Where topics live unless a library says otherwise; `.example` belongs to nobody, by RFC 2606.
BASE = "https://peer-support-clearinghouse.example/topics/"
LANGUAGE = "en-AU"

_ENGLISH = (LANGUAGE, "en", "en-GB", "")
"""Languages of labels that are ours to read, the likest first."""
_OWN = {"historical": "historicalLabel", "clinical": "clinicalLabel"}


def write(entries: Sequence[Entry], title: str, base: str = BASE) -> str:
    """`entries` as one concept scheme whose address is `base` without its last slash.

    Raises `Invalid` where `base` cannot be the beginning of an address.
    """
    concepts, own = Namespace(_checked(base)), Namespace(_checked(base) + "terms#")
    graph = Graph()
    for prefix, namespace in (("skos", SKOS), ("dcterms", DCTERMS), ("terms", own)):
        graph.bind(prefix, namespace)
    for name in _OWN.values():
        graph.add((own[name], RDF.type, RDF.Property))
        graph.add((own[name], RDFS.subPropertyOf, SKOS.hiddenLabel))
    scheme = URIRef(base.rstrip("/#"))
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, DCTERMS.title, Literal(title, lang=LANGUAGE)))
    for entry in entries:
        _add(graph, entry, scheme, concepts, own)
    return graph.serialize(format="turtle")


def read(text: str) -> list[Entry]:
    """The concepts of a Turtle file, whether or not they keep the rules; a slug is the end of an address.

    Raises `Invalid`, with a line for each fault, for what cannot be topics at all.
    """
    graph = Graph()
    try:
        graph.parse(data=text, format="turtle")
    except Exception as problem:  # its parser has no one kind of error: AssertionError, IndexError, …
        raise Invalid(f"This is not Turtle that can be read: {_short(problem)}.") from problem
    found = sorted(set(graph.subjects(RDF.type, SKOS.Concept)), key=str)
    if not found:
        raise Invalid("There are no topics in it; each is a skos:Concept.")
    wrong: list[str] = []
    entries = [_entry(graph, concept, wrong) for concept in found]
    if wrong:
        raise Invalid("\n".join(wrong))
    return entries


def _checked(base: str) -> str:
    if not base.startswith(("https://", "http://", "urn:")) or not base.endswith(("/", "#", ":")) or " " in base:
        raise Invalid(
            f"“{base}” cannot be where topics live; give the beginning of an address that ends in /, "
            "such as https://library.example.org/topics/."
        )
    return base


def _add(graph: Graph, entry: Entry, scheme: URIRef, concepts: Namespace, own: Namespace) -> None:
    concept = concepts[entry.slug]
    graph.add((concept, RDF.type, SKOS.Concept))
    graph.add((concept, SKOS.inScheme, scheme))
    graph.add((concept, SKOS.prefLabel, Literal(entry.preferred, lang=LANGUAGE)))
    if entry.scope_note:
        graph.add((concept, SKOS.scopeNote, Literal(entry.scope_note, lang=LANGUAGE)))
    for kind, words in entry.words.items():
        for word in words:
            label = Literal(word, lang=LANGUAGE)
            graph.add((concept, SKOS.altLabel if kind == "other" else SKOS.hiddenLabel, label))
            if kind in _OWN:
                graph.add((concept, own[_OWN[kind]], label))
    if entry.broader:
        graph.add((concept, SKOS.broader, concepts[entry.broader]))
        graph.add((concepts[entry.broader], SKOS.narrower, concept))
    else:
        graph.add((concept, SKOS.topConceptOf, scheme))
        graph.add((scheme, SKOS.hasTopConcept, concept))
    for slug in entry.related:
        graph.add((concept, SKOS.related, concepts[slug]))


def _entry(graph: Graph, concept: Node, wrong: list[str]) -> Entry:
    slug = _slug(concept)
    broader = {_slug(each) for each in graph.objects(concept, SKOS.broader)}
    broader |= {_slug(each) for each in graph.subjects(SKOS.narrower, concept)}
    if len(broader) > 1:
        listed = " and ".join(f"“{each}”" for each in sorted(broader))
        wrong.append(f"Topic “{slug}” has {listed} as broader; here a topic has one at most, so keep one.")
    preferred = _labels(graph, concept, SKOS.prefLabel)
    if len(preferred) > 1:
        listed = " and ".join(f"“{each}”" for each in preferred)
        wrong.append(f"Topic “{slug}” has the preferred words {listed} in one language; keep one.")
    return Entry(
        slug=slug,
        preferred=preferred[0] if preferred else "",
        scope_note="\n\n".join(_labels(graph, concept, SKOS.scopeNote)),
        words=_words(graph, concept),
        broader=min(broader, default=None),
        related=tuple(sorted({_slug(each) for each in graph.objects(concept, SKOS.related)})),
    )


def _words(graph: Graph, concept: Node) -> Mapping[str, tuple[str, ...]]:
    """Other, historical and clinical words; a hidden label that says no more counts as historical."""
    own = {kind: set(_own_labels(graph, concept, name)) for kind, name in _OWN.items()}
    hidden = set(_labels(graph, concept, SKOS.hiddenLabel)) - own["clinical"]
    found = {
        "other": tuple(_labels(graph, concept, SKOS.altLabel)),
        "historical": tuple(sorted(hidden | own["historical"])),
        "clinical": tuple(sorted(own["clinical"])),
    }
    return {kind: words for kind, words in found.items() if words}


def _own_labels(graph: Graph, concept: Node, name: str) -> Iterator[str]:
    """Labels of our own property of this name, wherever the library that wrote them says that it lives."""
    for each in graph.subjects(RDFS.subPropertyOf, SKOS.hiddenLabel):
        if str(each).endswith("#" + name):
            yield from _labels(graph, concept, each)


def _labels(graph: Graph, concept: Node, name: Node) -> list[str]:
    """Texts in our English where there are any, else in another English, else without a language; in order."""
    texts: dict[str, list[str]] = {}
    for each in graph.objects(concept, name):
        if isinstance(each, Literal):
            texts.setdefault((each.language or "").lower(), []).append(str(each).strip())
    if name != SKOS.prefLabel and name != SKOS.scopeNote:
        return sorted({text for language in _ENGLISH for text in texts.get(language.lower(), [])})
    chosen: Iterable[str] = next((texts[each.lower()] for each in _ENGLISH if each.lower() in texts), [])
    return sorted(set(chosen))


def _slug(concept: Node) -> str:
    return str(concept).rstrip("/#").replace("#", "/").replace(":", "/").rsplit("/", 1)[-1]


def _short(problem: Exception) -> str:
    """What the parser says, on one line and without the whole of the file."""
    return " ".join(str(problem).split())[:160].rstrip(".")
