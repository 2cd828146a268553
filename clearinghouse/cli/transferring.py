"""`export`: the whole library out, and what `import` says of an export that came in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from clearinghouse.cli.base import as_json, bar, example, note, opened, print_json, say
from clearinghouse.library import Library
from clearinghouse.static_site import writing
from clearinghouse.transfer import exporting, importing
from clearinghouse.transfer.exporting import Exported

_DRAFTS = {"draft": ("draft", "drafts"), "withdrawn": ("withdrawn resource", "withdrawn resources")}


@click.command(
    epilog=example(
        "clearinghouse export /media/stick/library",
        "clearinghouse export /srv/moving --all",
        "clearinghouse export /media/stick/pages --static",
        "CLEARINGHOUSE_HOME=/srv/new clearinghouse import /media/stick/library",
    )
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--all", "everything", is_flag=True, help="Drafts, withdrawn resources and history too.")
@click.option("--static", is_flag=True, help="Plain pages that open without a server, search included.")
@click.option("--dry-run", is_flag=True, help="Count and digest every record, and write nothing.")
@as_json
def export(folder: Path | None, everything: bool, static: bool, dry_run: bool, as_json: bool) -> None:
    """Export the library to a new folder, for another library or an archive.

    The folder has every record as JSON, every original, and a digest of each file (BagIt, RFC 8493). It has
    what visitors see; with --all also drafts, withdrawn resources, history and attempts. Enquiries, secrets and
    counts of searches never go out: to move to another machine with those, copy the library's home.
    `clearinghouse import FOLDER` takes an export into an empty library, and proves that it is the same.

    With --static the folder has plain pages instead, as visitors see them, that open from a USB stick.
    """
    if static and (everything or dry_run):
        raise click.UsageError("--static writes what visitors see; leave --all and --dry-run out.")
    if folder is None and not dry_run:
        raise click.UsageError("Name a folder that does not exist yet, or ask for --dry-run.")
    with opened() as library:
        if static and folder is not None:
            _write_static(library, folder, as_json=as_json)
            return
        if dry_run or folder is None:
            exported = exporting.look(library, everything=everything)
        else:
            with bar(exporting.size(library, everything=everything), "Exporting") as progress:
                exported = exporting.export(library, folder, everything=everything, progress=progress)
    if as_json:
        print_json(exported)
    else:
        _say_exported(exported)
    if exported.missing:
        click.get_current_context().exit(1)


def _write_static(library: Library, folder: Path, *, as_json: bool) -> None:
    with bar(writing.size(library), "Writing pages") as progress:
        written = writing.write(library, folder, progress=progress)
    if as_json:
        print_json(written)
    else:
        what = f"{written.resources} resources on {written.pages} pages, with {written.originals} originals"
        say(f"Wrote {what}: {written.bytes / 1e6:.1f} MB.")
        say(f"Open {folder / 'index.html'} in a browser.")


def import_export(folder: Path, *, dry_run: bool, as_json: bool) -> None:
    """Take in the export in `folder`, and say so."""
    with opened() as library, bar(importing.size(folder), "Importing") as progress:
        imported = importing.import_bag(library, folder, dry_run=dry_run, progress=progress)
    if as_json:
        print_json(imported)
        return
    say(f"{'Checked' if dry_run else 'Imported'} {_counted(imported.counts)} from {folder}.")
    if imported.same is None:
        note("An older version of the program exported it, and its records say less; its files are as they were.")
    else:
        say(f"It is the same library: the digest of every record is {imported.digest}.")
    if imported.missing:
        note(f"{len(imported.missing)} originals were missing when it was exported; see `clearinghouse doctor`.")


def _say_exported(exported: Exported) -> None:
    where = f"Exported to {exported.folder}" if exported.folder else "It would have"
    say(f"{where}: {_counted(exported.counts)}.")
    if exported.left_out:
        parts = [
            f"{number} {_DRAFTS[status][number != 1]}" for status, number in sorted(exported.left_out.items())
        ]
        say(f"Left out: {' and '.join(parts)}; --all takes them too.")
    say(f"Digest of every record: {exported.digest}")
    for sha256 in exported.missing:
        note(
            f"The original {sha256} is missing or changed, so it is not in the export; see `clearinghouse doctor`."
        )


def _counted(counts: Mapping[str, int]) -> str:
    return (
        ", ".join(f"{number} {name.replace('-', ' ')}" for name, number in counts.items() if number) or "nothing"
    )


COMMANDS = {"export": export}
