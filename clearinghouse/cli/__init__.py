"""The curator's desk: a module a group of commands; each parses, calls one use case, and prints."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Mapping
from typing import Any

import click

from clearinghouse import settings
from clearinghouse.acquisition import readers
from clearinghouse.cli import stopping
from clearinghouse.cli.base import Sections

#: Section heading to commands, each with the module that holds it: a module is loaded when its command is run.
_COMMANDS: Mapping[str, Mapping[str, str]] = {
    "Add and mend": {
        "add": "taking_in",
        "import": "taking_in",
        "review": "review",
        "ingest": "attempts",
        "edit": "records",
        "publish": "records",
        "withdraw": "records",
        "edition": "editions",
        "collection": "collections",
        "proposals": "proposing",
        "harvest": "harvesting",
    },
    "Look": {"todo": "todo", "search": "searching", "list": "records", "show": "records", "history": "records"},
    "Answer": {"enquiries": "enquiries", "pack": "packs"},
    "Words and facts": {"topics": "topics", "glossary": "glossary", "facts": "facts", "crisis": "crisis"},
    "Keep": {
        "index": "keeping",
        "doctor": "keeping",
        "links": "links",
        "report": "reports",
        "export": "transferring",
        "evaluate": "evaluating",
    },
    "Run": {"serve": "serving", "sample": "taking_in"},
}


def _load(module: str, name: str) -> click.Command:
    commands: Mapping[str, click.Command] = importlib.import_module(f"clearinghouse.cli.{module}").COMMANDS
    return commands[name]


class _Desk(Sections):
    """Begins what reads documents for the command that will want it, before that is loaded."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """As click does, and stopped by other signals as by Ctrl-C."""
        with stopping.in_order():
            return super().main(*args, **kwargs)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As all sections do."""
        if args[:1] == ["add"] and len(args) > 1 and not {"-h", "--help"} & set(args):
            ctx.with_resource(readers.begun(settings.from_environment()))
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Desk,
    commands_by_section=_COMMANDS,
    load=_load,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Every command has an example in its own help: clearinghouse add --help",
)
@click.version_option(package_name="peer-support-clearinghouse", prog_name="clearinghouse")
def main() -> None:
    """A searchable library of resources for mental health peer support.

    The library lives in the folder that CLEARINGHOUSE_HOME names (./clearinghouse-data if nothing does) and
    is made when first needed. Exit codes: 0 done, 1 failed, 2 asked for wrongly.
    """
    # Commands make many rows and few cycles: at its usual pace the collector would go through every imported
    # module again and again, a tenth of the time of `add`.
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
