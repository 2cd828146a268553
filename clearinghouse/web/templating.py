"""Jinja as this site uses it: a page of results has some six hundred values, and what each costs is felt."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

#: What `markupsafe.escape` changes; a test holds that it is all.
_TO_ESCAPE = re.compile("[&<>\"']")


def said(value: Any) -> str:
    """What is written of `value`: as `escape` makes it, in a third of the time where there is nothing to escape.

    No `Markup`, which takes longer to make than all the rest: what is written is joined, and never escaped again.
    """
    if type(value) is str:
        return escape(value) if _TO_ESCAPE.search(value) else value
    if type(value) is Markup:
        return value
    return str(value) if type(value) is int else escape(value)


class _Writer(CodeGenerator):
    """Writes templates as Python that asks `said`, where Jinja's asks `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.said(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Templates(Environment):
    """Flask's environment, with quicker escaping, and one set of names for all templates."""

    code_generator_class = _Writer
    said = staticmethod(said)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """As Jinja's, without a layer for what is empty.

        No template has names of its own, so all share what is known everywhere. Jinja would compare the two name
        by name for each template that imports another.
        """
        return super().make_globals(d) if d else self.globals
