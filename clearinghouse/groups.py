"""Groups of resources that other systems can ask for by name: ``audience:carers``, ``kind:guideline``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

AUDIENCE, KIND, COLLECTION = "audience", "kind", "collection"


def of(*, audiences: Iterable[str], kind: str | None, collections: Iterable[str]) -> Iterator[str]:
    """The groups a resource is in: one for each audience, its kind, and each listed collection (slugs)."""
    yield from (f"{AUDIENCE}:{each}" for each in audiences)
    if kind:
        yield f"{KIND}:{kind}"
    yield from (f"{COLLECTION}:{each}" for each in collections)


def written(names: Iterable[str]) -> str:
    """Names as one text, with a space before and after each, so that `sought` finds one in it."""
    return f" {' '.join(names)} "


def sought(name: str) -> str:
    """What `written` has of a group of this name, or of any in it: ``audience`` has ``audience:carers``."""
    return f" {name} " if ":" in name else f" {name}:"
