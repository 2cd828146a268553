"""`edition`: the forms of a resource, one at a time."""

from __future__ import annotations

import dataclasses
from typing import Any

import click

from clearinghouse.acquisition import rereading
from clearinghouse.cli.base import as_json, bar, example, index_follows, note, opened, print_json, table
from clearinghouse.cli.groups import group
from clearinghouse.cli.names import RESOURCE
from clearinghouse.cli.taking_in import report
from clearinghouse.cli.telling import tell_changes, years
from clearinghouse.cli.values import FORM
from clearinghouse.holdings import apart, erasing, fingerprints, forms
from clearinghouse.views import EditionView


@group(epilog=example("clearinghouse edition list our-charter"))
def edition() -> None:
    """Look after the forms of a resource: full text, Easy Read, translations."""


class Years(click.ParamType[int | None]):
    """A whole number of years, or ``none``."""

    name = "years"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | None:
        """The number; None for ``none``."""
        if value is None or isinstance(value, int):
            return value
        if str(value).strip().lower() == "none":
            return None
        if not (str(value).isascii() and str(value).isdigit()):
            self.fail(f"“{value}” is no number of years; give one such as 7, or none.", param, ctx)
        return int(value)


@edition.command(name="list", epilog=example("clearinghouse edition list our-charter"))
@click.argument("slug", type=RESOURCE)
@as_json
def list_(slug: str, as_json: bool) -> None:
    """List the forms of a resource by their keys."""
    with opened() as library:
        found = forms.listing(library, slug)
    if as_json:
        print_json(found)
    elif found:
        table([_row(each) for each in found])
    else:
        note(f"It has no form yet; add one with `clearinghouse add FILE --edition-of {slug}`.")


@edition.command(
    epilog=example(
        "clearinghouse edition edit our-charter full-en --schooling 9",
        "clearinghouse edition edit our-charter full-en --schooling none",
        "clearinghouse edition edit our-charter full-2 --form translation --language it",
    )
)
@click.argument("slug", type=RESOURCE)
@click.argument("key")
@click.option("--form", type=FORM, help="Which form of the work this is.")
@click.option("--language", help="Language of its text, such as en-AU or it.")
@click.option("--link", help="Where it lives, for a form that lives elsewhere.")
@click.option("--label", help="What it is called beside the other forms; empty for the form’s own name.")
@click.option(
    "--schooling", type=Years(), help="Years of schooling it takes to read; none for what was worked out."
)
@as_json
def edit(slug: str, key: str, as_json: bool, **given: Any) -> None:
    """Change what is said of one form of a resource.

    Only what you name changes, and the key and its address stay. Years of schooling are worked out from the text
    (Coleman-Liau index); what you say by hand counts before that, also when the file is added again.
    """
    context = click.get_current_context()
    typed = {
        name for name in given if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    }
    if not typed:
        raise click.UsageError("Say what to change, such as --schooling or --form; see --help.")
    with opened() as library:
        changed = forms.revise(library, slug, key, {name: given[name] for name in sorted(typed)})
        index_follows(library)
    tell_changes(changed, as_json=as_json, slug=slug, key=key)


@edition.command(
    epilog=example(
        "clearinghouse edition remove our-charter easy-read-en",
        "clearinghouse edition remove my-story full-en --with-originals",
    )
)
@click.argument("slug", type=RESOURCE)
@click.argument("key")
@click.option("--with-originals", is_flag=True, help="Delete its originals for good, earlier ones too.")
@as_json
def remove(slug: str, key: str, with_originals: bool, as_json: bool) -> None:
    """Take one form of a resource away.

    Visitors no longer find or read it. The original stays in the library; `clearinghouse history SLUG` says where,
    so that you can add it again. With --with-originals nothing of it stays, for somebody who takes back a story or
    holds the rights; that cannot be undone.
    """
    with opened() as library:
        removed = (erasing.erase if with_originals else forms.remove)(library, slug, key)
        place = library.originals.path(removed.original.sha256) if removed.original else None
        kept = str(place) if place and place.exists() else None
        index_follows(library)
    if as_json:
        print_json({"slug": slug, "removed": removed, "original": kept})
        return
    click.echo(f"Removed from {slug}: {key} ({removed.form_label}).")
    if kept and with_originals:
        note(f"Another form has the same original, so that stays: {kept}")
    elif kept:
        click.echo(f"Its original stays here: {kept}")
    elif with_originals:
        note("Backups and exports made before still hold it; its words leave the index with `index rebuild`.")


@edition.command(epilog=example("clearinghouse edition move charter-2024 our-charter"))
@click.argument("slug", type=RESOURCE)
@click.argument("to", type=RESOURCE)
@as_json
def move(slug: str, to: str, as_json: bool) -> None:
    """Make every form of the resource SLUG a form of the resource TO.

    For a document that turns out to be another edition of a work that is here already. SLUG is withdrawn, and its
    address says where its text is now. Say then which form it is with `clearinghouse edition edit`.
    """
    with opened() as library:
        keys = forms.move(library, slug, to)
        index_follows(library)
    if as_json:
        print_json({"slug": slug, "to": to, "keys": keys})
        return
    click.echo(f"Moved to {to}: {', '.join(keys)}.")
    note(f"Say which form it is: clearinghouse edition edit {to} {keys[0]} --form summary")


@edition.command(
    name="not-the-same",
    epilog=example(
        "clearinghouse edition not-the-same charter-2024 our-charter",
        "clearinghouse edition not-the-same charter-2024 our-charter --undo",
    ),
)
@click.argument("slug", type=RESOURCE)
@click.argument("others", nargs=-1, required=True, metavar="OTHER...", type=RESOURCE)
@click.option("--undo", is_flag=True, help="Take it back: they may be the same after all.")
@as_json
def not_the_same(slug: str, others: tuple[str, ...], undo: bool, as_json: bool) -> None:
    """Say that the resource SLUG and each OTHER are two works, though their texts are nearly the same.

    Neither `review` nor `report duplicates` names them as alike any more, until one of the texts is replaced by
    another. `report duplicates --not-the-same` lists what you said so of.
    """
    with opened() as library:
        changed = (apart.together if undo else apart.keep)(library, slug, *others)
    if as_json:
        print_json({"slug": slug, "changed": changed, "undone": undo})
        return
    for other in changed:
        click.echo(f"{slug} and {other} {'may be the same again' if undo else 'are not the same'}.")
    if not changed:
        note("Nothing changed: that was never said." if undo else "Nothing changed: that was said before.")


@edition.command(name="work-out", epilog=example("clearinghouse edition work-out"))
@as_json
def work_out(as_json: bool) -> None:
    """Work out the reading level and the fingerprint of every form that has none.

    Both are worked out when a document is added; this is for those that were added before that was done. Short
    texts have neither, and texts that are not in English have no level. By its fingerprint, a text is known again
    when nearly the same is added: see `clearinghouse report duplicates`.
    """
    with (
        opened() as library,
        bar(forms.waiting(library) + fingerprints.waiting(library), "Working out") as progress,
    ):
        done = forms.work_out(library, progress=progress)
        known = fingerprints.work_out(library, progress=lambda more: progress(done.looked_at + more))
    if as_json:
        print_json({**dataclasses.asdict(done), "fingerprints": known})
        return
    left = done.looked_at - done.told
    click.echo(f"Reading level worked out for {done.told} forms; {left} are too short, or not in English.")
    if known:
        click.echo(f"Fingerprint worked out for {known} forms.")


@edition.command(
    epilog=example(
        "clearinghouse edition reread", "clearinghouse edition reread our-charter", "clearinghouse doctor"
    )
)
@click.argument("slug", default="")
@click.argument("key", default="")
@as_json
def reread(slug: str, key: str, as_json: bool) -> None:
    """Read the originals of the resource SLUG again, or of its form KEY; without them, all that could not be read.

    For scans that were added before Tesseract was installed: see `clearinghouse doctor`. What you know of the
    resource stays, and where an original cannot be read now, its text stays too.
    """
    with opened() as library:
        ids = rereading.choose(library, slug, key)
        if not ids and not as_json:
            note("Every page of every form could be read.")
        report(rereading.reread(library, ids), len(ids), "Reading", as_json=as_json)


def _row(each: EditionView) -> tuple[str, ...]:
    level = (
        "-"
        if each.schooling is None
        else f"{years(each.schooling)}{' (by hand)' if each.schooling_by_hand else ''}"
    )
    size = f"{each.word_count} words" if each.page_count else "-"
    where = each.original.name if each.original else each.link
    return (each.key, each.form_label, each.language or "-", size, level, where)


COMMANDS = {"edition": edition}
