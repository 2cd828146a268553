"""Which editions of a resource are the same in other languages."""

from __future__ import annotations

from collections.abc import Sequence

from clearinghouse.views import EditionView

_WHOLE = frozenset({"full", "translation"})


def of(edition: EditionView, editions: Sequence[EditionView]) -> tuple[EditionView, ...]:
    """`edition` and those that say the same in another language and can be read here; none where it has no like.

    Of two in one language only the first counts, or `edition` itself.
    """
    found: dict[str, EditionView] = {}
    for each in (edition, *editions):
        if each.language and each.page_count and _form(each) == _form(edition):
            found.setdefault(each.language.lower(), each)
    return tuple(found.values()) if len(found) > 1 and edition.language else ()


def _form(edition: EditionView) -> str:
    return "full" if edition.form in _WHOLE else edition.form
