"""The letters without which a pattern finds nothing: looking for them first takes a fraction of the time.

Regular expressions that begin at the edge of a word are tried at every place of a text. Most clues stand in few
documents, and that a document lacks some letters is told at once.
"""

from __future__ import annotations

import re

_ATOM = re.compile(r"(?P<escape>\\.)|(?P<class>\[[^\]]*\])|(?P<letter>[a-z -])|(?P<other>.)")
_OPTIONAL = ("?", "*", "{")


def of(pattern: str) -> tuple[str, ...]:
    """Runs of letters, one of which stands in whatever `pattern` finds; empty where that cannot be told.

    `pattern`: in small letters, with groups that begin with ``(?:``.
    """
    found = [_of_way(way) for way in _ways(pattern)]
    return tuple(each for some in found for each in some) if all(found) else ()


def _of_way(way: str) -> tuple[str, ...]:
    """As `of`, for a pattern that has no ``|`` but in groups: what is longest where it is shortest."""
    told = [(run,) for run in _runs(way)] + [of(inner) for inner in _groups(way)]
    return max((each for each in told if each), key=lambda each: min(map(len, each)), default=())


def _ways(pattern: str) -> list[str]:
    """`pattern`, taken apart at each ``|`` that is in no group."""
    ways, depth = [""], 0
    for atom in _ATOM.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(atom.group(), 0)
        if atom.group() == "|" and not depth:
            ways.append("")
        else:
            ways[-1] += atom.group()
    return ways


def _groups(way: str) -> list[str]:
    """What stands in the groups of `way` that must be there."""
    found, depth, start = [], 0, 0
    for atom in _ATOM.finditer(way):
        if atom.group() == "(":
            depth += 1
            start = start if depth > 1 else atom.end() + len("?:")
        elif atom.group() == ")":
            depth -= 1
            if not depth and not way.startswith(_OPTIONAL, atom.end()):
                found.append(way[start : atom.start()])
    return found


def _runs(way: str) -> list[str]:
    """The letters that stand side by side in `way`, outside of its groups."""
    runs, depth = [""], 0
    for atom in _ATOM.finditer(way):
        depth += {"(": 1, ")": -1}.get(atom.group(), 0)
        is_certain = atom["letter"] and not depth and not way.startswith(_OPTIONAL, atom.end())
        if is_certain:
            runs[-1] += atom.group()
        if not is_certain or way.startswith("+", atom.end()):
            runs.append("")
    return [run for run in runs if run]
