"""Pictures of counts, drawn by Matplotlib as SVG that stands inside a page: no colour means anything by itself.

Every number is written where it is drawn, and where there is nothing, that is said in a word. Colours are those of
docs/design.md for light paper.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from textwrap import wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INK, _SOFT, _LINE = "#1c2622", "#3d4b45", "#c9d3c8"
_PAPER, _GUM = "#fdfefb", "#1f5f54"
_SHADES = ("#eaf3ee", "#62a08d")
"""Of the heat map: the darkest is light enough for what is written on it (5 to 1)."""
_WIDE = 7.2
"""Inches across: what is left of an A4 page between its margins."""
_NOT_FOR_A_PAGE = re.compile(
    r' (?:xmlns(?::\w+)?|version)="[^"]*"|<metadata>.*?</metadata>|<style.*?</style>', re.DOTALL
)
_SIZE = re.compile(r' (?:width|height)="[^"]*"')
_ID = re.compile(r' id="([^"]*)"')


def can_be_drawn() -> bool:
    """Whether Matplotlib is here: the extra ``report`` brings it."""
    return find_spec("matplotlib") is not None


def heat_map(rows: Sequence[str], columns: Sequence[str], numbers: Sequence[Sequence[int]]) -> str:
    """A grid of counts: the more, the darker; a cell with nothing is hatched and says so."""
    with _Drawing(len(rows) * 0.34 + 0.6) as (figure, axes):
        from matplotlib.colors import LinearSegmentedColormap
        from matplotlib.patches import Rectangle

        most = max((max(row) for row in numbers), default=0) or 1
        shades = LinearSegmentedColormap.from_list("gum", _SHADES)
        for y, row in enumerate(numbers):
            for x, number in enumerate(row):
                colour = shades(number / most) if number else _PAPER
                cell = Rectangle((x, y), 1, 1, facecolor=colour, edgecolor=_SOFT, hatch="" if number else "//")
                axes.add_patch(cell)
                box = None if number else {"facecolor": _PAPER, "edgecolor": "none", "pad": 1.5}
                said = str(number) if number else "none"
                axes.text(x + 0.5, y + 0.5, said, ha="center", va="center", bbox=box)
        axes.set_xlim(0, len(columns))
        axes.set_ylim(len(rows), 0)
        axes.set_xticks([x + 0.5 for x in range(len(columns))], ["\n".join(wrap(name, 18)) for name in columns])
        axes.set_yticks([y + 0.5 for y in range(len(rows))], rows)
        axes.xaxis.tick_top()
        return _svg(figure, "heat map", *rows, *columns)


def columns(numbers: Mapping[str, int], *, every: int = 1) -> str:
    """Upright bars in order, each with its number on top; every so many is named below."""
    with _Drawing(2.6) as (figure, axes):
        places = range(len(numbers))
        bars = axes.bar(places, list(numbers.values()), color=_GUM, width=0.75)
        axes.bar_label(bars, [str(number) if number else "" for number in numbers.values()], padding=2)
        axes.set_xticks(list(places)[::every], list(numbers)[::every])
        axes.set_ylim(0, max(numbers.values(), default=0) * 1.15 or 1)
        axes.set_yticks([])
        axes.spines["bottom"].set_visible(True)
        return _svg(figure, "columns", *numbers)


def bars(numbers: Sequence[tuple[str, int]]) -> str:
    """Lying bars in order, each named before it and with its number behind it."""
    names, lengths = [name for name, _ in numbers], [number for _, number in numbers]
    with _Drawing(len(names) * 0.3 + 0.3) as (figure, axes):
        places = range(len(names))
        axes.bar_label(axes.barh(places, lengths, color=_GUM, height=0.65), padding=4)
        axes.set_yticks(list(places), names)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_xlim(0, max(lengths, default=0) * 1.12 or 1)
        axes.set_xticks([])
        return _svg(figure, "bars", *names)


class _Drawing:
    """A sheet to draw on, `height` inches high, in the library's own style."""

    def __init__(self, height: float) -> None:
        self.height = height

    def __enter__(self) -> tuple[Figure, Axes]:
        import matplotlib
        from matplotlib.figure import Figure

        self.style: Any = matplotlib.rc_context(
            {
                "svg.fonttype": "none",  # text stays text: it can be read out, found and copied
                "font.family": "DejaVu Sans",  # for measuring: the page's own is no wider
                "font.size": 9,
                "axes.edgecolor": _SOFT,
                "axes.labelcolor": _INK,
                "text.color": _INK,
                "xtick.color": _INK,
                "ytick.color": _INK,
                "xtick.bottom": False,
                "ytick.left": False,
                "hatch.color": _LINE,
                "figure.constrained_layout.use": True,
            }
        )
        self.style.__enter__()
        figure = Figure(figsize=(_WIDE, self.height))
        axes = figure.add_subplot()
        for side in ("top", "right", "bottom", "left"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0)
        return figure, axes

    def __exit__(self, *trouble: object) -> None:
        self.style.__exit__(*trouble)


def _svg(figure: Figure, *salt: str) -> str:
    """The drawing as an element of a page: without the file's own head, and with ids that no other drawing has."""
    import matplotlib

    file = io.StringIO()
    nobody = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with matplotlib.rc_context({"svg.hashsalt": "|".join(salt)}):
        figure.savefig(file, format="svg", metadata=nobody, transparent=True)
    drawing = file.getvalue()
    head, rest = drawing[drawing.index("<svg") :].split(">", 1)
    rest = _ID.sub(lambda found: found.group() if f"#{found.group(1)}" in rest else "", rest)
    return _NOT_FOR_A_PAGE.sub("", f"{_SIZE.sub('', head)}>{rest}")
