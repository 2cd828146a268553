"""A page's frame taken away and its folds opened, before anything looks for its main text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_FRAME = ("script", "style", "noscript", "template", "svg", "iframe", "nav")
_FRAME_ROLES = "//*[@role='navigation' or @role='search' or @role='alertdialog']"
_HIDDEN = (
    "//*[@hidden or (@aria-hidden='true' and not(.//p))"
    # a second copy, for search engines only
    " or (@itemscope and contains(translate(@style, ' ', ''), 'display:none'))]"
)
_BANNER = re.compile(r"cookie|gdpr|consent|quick-?exit|quick-?escape|skip-?link", re.I)
_BANNERS = ("div", "section", "aside", "a", "button", "p", "form", "dialog")
_BANNER_LONGEST = 3000
"""Letters in a banner at most: a larger element only has such a word in its class."""
_KEPT_WHOLE = {"body", "html", "main"}
_SENTENCE = 15
"""Words from which a paragraph counts as prose rather than as a label or a menu's item."""
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"}
_LOOKS = ("hidden", "aria-hidden", "style", "class")


def clear(tree: Any) -> None:
    """Take out menus, scripts, cookie banners and quick exits; open what the page keeps folded.

    A page of questions and answers often hides its answers until a button is pressed, and an old one stands
    inside a form from end to end: both are text like any other.
    """
    for element in (*tree.iter(*_FRAME), *tree.xpath(_FRAME_ROLES)):
        _drop(element)
    _open_folds(tree)
    for element in tree.xpath(_HIDDEN):
        _drop(element)
    for element in list(tree.iter(*_BANNERS)):
        marks = f"{element.get('id', '')} {element.get('class', '')}"
        if len(marks) > 1 and _sounds_like_banner(marks) and len(element.text_content()) < _BANNER_LONGEST:
            _drop(element)
    for form in tree.xpath("//form"):
        if any(prose(form)):
            form.drop_tag()


@lru_cache(maxsize=1000)  # most names of a page come again and again
def _sounds_like_banner(marks: str) -> bool:
    return bool(_BANNER.search(marks))


def prose(element: Any) -> Iterator[str]:
    """The paragraphs, list items and quotations inside that are sentences, and not mostly links."""
    for each in element.iter("p", "li", "blockquote", "dd", "td"):
        if next(each.iterdescendants("p", "li", "td"), None) is not None:
            continue
        words = each.text_content().split()
        linked = sum(len(link.text_content().split()) for link in each.iterdescendants("a"))
        if len(words) >= _SENTENCE and linked * 2 < len(words):
            yield " ".join(words)


def _open_folds(tree: Any) -> None:
    """Show what buttons unfold, and make the words of such a button a heading."""
    buttons = tree.xpath("//*[@aria-controls or @data-target or @data-bs-target]")
    folded = {each.get("id"): each for each in tree.xpath("//*[@id]")} if buttons else {}
    for button in buttons:
        names = button.get("aria-controls") or button.get("data-bs-target") or button.get("data-target")
        shown = [folded[name.lstrip("#")] for name in names.split() if name.lstrip("#") in folded]
        shown = [each for each in shown if not _is_dialog(each) and any(prose(each))]
        for each in shown:
            for look in _LOOKS:
                each.attrib.pop(look, None)
        if shown and not any(parent.tag in _HEADINGS for parent in button.iterancestors()):
            button.tag = "h3"
            button.attrib.clear()
    for button in tree.xpath(
        "//button[ancestor::h1|ancestor::h2|ancestor::h3|ancestor::h4|ancestor::h5|ancestor::dt]"
    ):
        button.drop_tag()


def _is_dialog(element: Any) -> bool:
    return (
        element.get("role") == "dialog" or element.tag == "dialog" or "modal" in element.get("class", "").split()
    )


def _drop(element: Any) -> None:
    if element.getparent() is not None and element.tag not in _KEPT_WHOLE:
        element.drop_tree()
