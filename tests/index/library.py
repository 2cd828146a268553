"""A small library for trying engines on: real sentences, several fields, several pages."""

from __future__ import annotations

from index.document import Document, PageText


def document(id: str, title: str = "", text: str = "", **more: object) -> Document:  # noqa: A002
    """A document of one page, unless `pages` says otherwise."""
    more.setdefault("pages", (PageText("full-en", 1, text),) if text else ())
    return Document(id=id, title=title, **more)  # type: ignore[arg-type]


LIBRARY = (
    document(
        "charter",
        "Charter of Peer Support",
        summary="What peer support is founded on: respect, shared responsibility and mutual agreement.",
        authors=("Nadia Brontë",),
        organisation="Harbour Network",
        topics=("peer support", "human rights"),
        pages=(
            PageText("full-en", 1, "The charter. Peer support is offered and received as equals."),
            PageText("full-en", 2, "Recovery is the person's. Nobody recovers alone: hope is shared."),
            PageText("full-en", 3, "Peer supervision: not line management. Peer workers reflect in supervision."),
            PageText("easy-en", 1, "Peer support means people helping each other. Recovery is your own."),
        ),
        facets={"audience": ("consumers", "staff"), "kind": ("charter",), "language": ("en",)},
        year=2011,
        added="2024-01-03T00:00:00Z",
    ),
    document(
        "supervision",
        "Supervising peer workers",
        "A guide to supervision for those who employ a lived experience workforce in an organisation.",
        authors=("Tom Ward",),
        topics=("peer supervision",),
        identifiers=("10.1002/wps.20123", "CHC43515"),
        facets={"audience": ("staff", "providers"), "kind": ("guideline",), "language": ("en",)},
        year=2019,
        added="2024-01-01T00:00:00Z",
    ),
    document(
        "carers",
        "The carer's own support",
        "Family, friends and carers need support of their own. Co-design with carers takes time.",
        authors=("Nadia Brontë",),
        topics=("self-care",),
        facets={"audience": ("carers",), "kind": ("guideline",), "language": ("en",)},
        year=2015,
        added="2024-01-02T00:00:00Z",
    ),
    document(
        "evaluation",
        "An evaluation of peer work in hospitals",
        "Outcomes were measured in four hospitals. The program cost little. Depression scores fell.",
        facets={"audience": ("providers",), "kind": ("research-paper",), "language": ("en",)},
        added="2024-01-04T00:00:00Z",
    ),
)
