"""axe-core, run within a page."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome

from tests.needs import missing

#: WCAG 2.0 to 2.2 at A and AA, and contrast at AAA. In the dark only the colours differ.
RULES: dict[str, dict[str, Any]] = {
    "light": {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        "rules": {"color-contrast-enhanced": {"enabled": True}},
    },
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced"]}},
}
_AUDIT = """
const [options, done] = arguments;
axe.run(document, options).then(
  found => done(found.violations.map(each => each.id + ': ' + each.nodes.map(node => node.html).join(' '))));
"""


def see(browser: Chrome, scheme: str) -> None:
    """Show pages in the scheme that a system might ask for: `light` or `dark`."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def faults(browser: Chrome, scheme: str) -> list[str]:
    """What is wrong with the page shown: a rule and the elements that break it, each."""
    browser.execute_script(_script())
    found: list[str] = browser.execute_async_script(_AUDIT, RULES[scheme])
    return found


def _script() -> str:
    """axe-core as the package carries it; the package itself is not imported, so it needs no Playwright."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        missing("Run `pip install --no-deps axe-playwright-python` to check the pages with axe-core.")
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")
