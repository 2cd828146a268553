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
from clearinghouse.cli.groups import Sections

#: Section heading to commands, each with the module that holds it, loaded when its command is run, and the first
#: sentence of its help, which a test holds equal to what it says there.
_COMMANDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "Add and mend": {
        "add": ("taking_in", "Add files, folders or web addresses to the library."),
        "import": ("taking_in", "Import a catalogue: CSV, JSON, TOML, RIS or BibTeX."),
        "review": ("review", "Go through the drafts: see what was found and what is guessed, and decide."),
        "ingest": ("attempts", "See what could not be taken in, and try it again."),
        "edit": ("records", "Change what is said of a resource."),
        "publish": ("records", "Show resources to visitors."),
        "withdraw": ("records", "Take resources away from visitors, and say why."),
        "edition": ("editions", "Look after the forms of a resource: full text, Easy Read, translations."),
        "collection": ("collections", "Put resources in order: training series and shelves."),
        "proposals": ("proposing", "See what sources now say differently from you, and take it or leave it."),
        "harvest": ("harvesting", "Take in what other places list, and again what is new there."),
    },
    "Look": {
        "todo": ("todo", "Say what wants doing now, and the command for each."),
        "search": ("searching", "Search the library as a visitor does."),
        "list": ("records", "List the resources, by title."),
        "show": ("records", "Show everything known of a resource."),
        "history": ("records", "Show who changed what, and when."),
    },
    "Answer": {
        "enquiries": ("enquiries", "Read and answer what visitors asked the project officer."),
        "pack": ("packs", "Make answer packs: pages of chosen resources that never say who asked."),
    },
    "Words and facts": {
        "topics": ("topics", "Look at and change the topics: preferred words, and the words that lead to them."),
        "glossary": ("glossary", "Keep the words that visitors can have explained."),
        "facts": ("facts", "Keep help lines and directory entries true: what must be checked, and that it was."),
        "crisis": ("crisis", "Choose the phrases that show the help card above the results of a search."),
    },
    "Keep": {
        "index": ("keeping", "Keep the search index equal to the database."),
        "doctor": ("keeping", "Look over the whole library."),
        "links": ("links", "Find out which links to other places still work."),
        "report": ("reports", "Say what the library lacks, how hard it is to read, and what people look for."),
        "export": ("transferring", "Export the library to a new folder, for another library or an archive."),
        "evaluate": ("evaluating", "Measure how good the answers are on a judged collection."),
    },
    "Run": {
        "serve": ("serving", "Serve the library to visitors until stopped with Ctrl-C."),
        "sample": ("taking_in", "Load the sample library, to look around with."),
    },
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
