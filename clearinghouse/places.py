"""Where this program's own files lie."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def templates() -> Path:
    """Inside the package where it was installed from a wheel; beside the checkout otherwise."""
    inside = PACKAGE / "templates"
    return inside if (inside / "base.html").is_file() else PACKAGE.parent / "templates"
