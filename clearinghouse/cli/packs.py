"""`pack`: resources chosen for one person, as a page to send or to print."""

from __future__ import annotations

import click

from clearinghouse.cli.base import as_json, example, note, opened, print_json, table
from clearinghouse.cli.groups import group
from clearinghouse.cli.names import RESOURCE
from clearinghouse.enquiries import desk, packs
from clearinghouse.enquiries.packs import Contents, Pack


@group(epilog=example("clearinghouse pack create 'Starting a peer group' group-agreement --enquiry KM3R-7WHX"))
def pack() -> None:
    """Make answer packs: pages of chosen resources that never say who asked.

    A pack is listed nowhere. Whoever has its address can read and print it.
    """


@pack.command(
    epilog=example(
        "clearinghouse pack create 'Starting a peer group' group-agreement module-2-running-a-group",
        "clearinghouse pack create 'For your first week' our-guide --enquiry KM3R-7WHX \\\n"
        "      --introduction 'Three things to begin with.' --note our-guide='Page 4 is about you.'",
    )
)
@click.argument("title")
@click.argument("slugs", nargs=-1, required=True, metavar="SLUG...", type=RESOURCE)
@click.option("--introduction", default="", metavar="TEXT", help="A few words before the resources.")
@click.option("--note", "notes", multiple=True, metavar="SLUG=TEXT", help="Why you chose this one; repeatable.")
@click.option("--enquiry", metavar="REF", help="The enquiry it answers: noted there, and never in the pack.")
@as_json
def create(
    title: str,
    slugs: tuple[str, ...],
    introduction: str,
    notes: tuple[str, ...],
    enquiry: str | None,
    as_json: bool,
) -> None:
    """Make a pack called TITLE of published resources, in this order."""
    contents = Contents(title, slugs, introduction, _notes(notes))
    with opened() as library:
        made = desk.make_pack(library, enquiry, contents) if enquiry else packs.create(library, contents)
        site = library.settings.address
    if as_json:
        print_json(made)
        return
    click.echo(f"Made: {made.title}, {_size(made)}")
    click.echo(f"{site}/packs/{made.slug}")
    before = "" if site else "Put the address of your site before it. "
    note(f"{before}Write nobody’s name into a pack: it can be passed on.")


@pack.command(name="list", epilog=example("clearinghouse pack list"))
@as_json
def list_(as_json: bool) -> None:
    """List every pack, the newest first."""
    with opened() as library:
        found = packs.packs(library)
    if as_json:
        print_json(found)
    elif found:
        table([_row(each) for each in found])
    else:
        note("There are no answer packs yet; `clearinghouse pack create` makes one.")


@pack.command(epilog=example("clearinghouse pack show 7k3m-9x2t-q4wd-e8rh-v5yn"))
@click.argument("name", metavar="PACK")
@as_json
def show(name: str, as_json: bool) -> None:
    """Show what a pack holds. PACK is its slug or its whole address."""
    with opened() as library:
        found = packs.pack(library, name)
        site = library.settings.address
    if as_json:
        print_json(found)
        return
    click.echo(f"{found.title}\n{site}/packs/{found.slug}")
    if found.introduction:
        click.echo(f"\n{found.introduction}\n")
    for number, (card, said) in enumerate(found.items, start=1):
        click.echo(f"{number}. {card.title} [{card.slug}]" + (f": {said}" if said else ""))
    if found.dropped:
        note(f"{found.dropped} of its resources are no longer shown to visitors, and have dropped out.")
    if found.withdrawn_at:
        note(f"It was withdrawn on {found.withdrawn_at:%Y-%m-%d}.")


@pack.command(epilog=example("clearinghouse pack withdraw 7k3m-9x2t-q4wd-e8rh-v5yn"))
@click.argument("name", metavar="PACK")
@as_json
def withdraw(name: str, as_json: bool) -> None:
    """Take a pack away. Whoever comes to its address is told that it is no longer there."""
    with opened() as library:
        done = packs.withdraw(library, name)
        found = packs.pack(library, name)
    if as_json:
        print_json(found)
    else:
        click.echo(f"Withdrawn: {found.title}" if done else f"“{found.title}” was withdrawn already.")


def _notes(given: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for each in given:
        slug, equals, text = each.partition("=")
        if not equals or not text.strip():
            raise click.UsageError(
                f"--note is “{each}”; write the slug, = and the note, such as our-guide='Page 4'."
            )
        found[slug.strip()] = text.strip()
    return found


def _size(found: Pack) -> str:
    return f"{len(found.items)} resource{'' if len(found.items) == 1 else 's'}"


def _row(found: Pack) -> tuple[str, ...]:
    state = "withdrawn" if found.withdrawn_at else _size(found)
    return (found.slug, f"{found.made_at:%Y-%m-%d}" if found.made_at else "-", state, found.title)


COMMANDS = {"pack": pack}
