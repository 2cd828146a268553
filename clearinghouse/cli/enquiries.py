"""`enquiries`: what visitors asked, read and answered one by one."""

from __future__ import annotations

import dataclasses
import sys
from typing import Any

import click

from clearinghouse import vocabulary
from clearinghouse.cli.base import (
    as_json,
    each_by_itself,
    end_failed,
    example,
    note,
    opened,
    print_json,
    say_failed,
    table,
)
from clearinghouse.cli.groups import group
from clearinghouse.cli.values import Word
from clearinghouse.enquiries import desk
from clearinghouse.enquiries.desk import EnquiryView

_BEGINNING = 60


@group(epilog=example("clearinghouse enquiries list --status open"))
def enquiries() -> None:
    """Read and answer what visitors asked the project officer.

    A reference may be typed in small letters and without its hyphen.
    """


@enquiries.command(name="list", epilog=example("clearinghouse enquiries list --status open"))
@click.option("--status", type=Word("enquiry-status"), help="Only open, answered or closed.")
@as_json
def list_(status: str | None, as_json: bool) -> None:
    """List enquiries: open ones first, the oldest of them on top."""
    with opened() as library:
        found = desk.listing(library, status)
    if as_json:
        print_json([_json(each) for each in found])
    elif found:
        table([_row(each) for each in found])
    else:
        note("There are no such enquiries." if status else "Nobody has asked anything yet.")


@enquiries.command(epilog=example("clearinghouse enquiries show KM3R-7WHX"))
@click.argument("reference", metavar="REF")
@as_json
def show(reference: str, as_json: bool) -> None:
    """Show an enquiry whole: what was asked, how to reach them, and your notes."""
    with opened() as library:
        found = desk.show(library, reference)
    if as_json:
        print_json(_json(found))
    else:
        _print(found)


@enquiries.command(
    name="note",
    epilog=example("clearinghouse enquiries note KM3R-7WHX 'Rang back; try again on Monday.'"),
)
@click.argument("reference", metavar="REF")
@click.argument("text")
@as_json
def note_(reference: str, text: str, as_json: bool) -> None:
    """Write a note for yourself. TEXT may be - to read it from standard input."""
    with opened() as library:
        found = desk.note(library, reference, _read(text))
    if as_json:
        print_json(_json(found))
        return
    click.echo(f"Noted on {found.reference}.")
    if found.deleted_after:
        note(f"It is closed, and will be deleted with its notes after {found.deleted_after:%Y-%m-%d}.")


@enquiries.command(
    epilog=example(
        "clearinghouse enquiries answer KM3R-7WHX 'Two guides may help; their addresses are below.'",
        "cat letter.txt | clearinghouse enquiries answer KM3R-7WHX - --pack 7k3m-9x2t-q4wd-e8rh-v5yn",
    )
)
@click.argument("reference", metavar="REF")
@click.argument("text", default="")
@click.option("--pack", metavar="PACK", help="The answer pack that goes with it: its slug or its address.")
@as_json
def answer(reference: str, text: str, pack: str | None, as_json: bool) -> None:
    """Record what you answer, and print what to send and to whom.

    This program sends nothing: telephone, or copy it into your own e-mail. TEXT may be - to read it from
    standard input; with --pack it may be left out.
    """
    with opened() as library:
        before = desk.show(library, reference)
        found = desk.answer(library, reference, _read(text), pack)
        site = library.settings.address
    if as_json:
        print_json(_json(found))
    else:
        _print_letter(found, site)
    if before.status == "closed":
        note("It was closed, and counts as answered again: close it when you have sent this.")
    if not found.can_be_answered:
        note("They left no way to reach them, so this cannot be sent. It is kept, in case they ask again.")


@enquiries.command(epilog=example("clearinghouse enquiries close KM3R-7WHX"))
@click.argument("references", nargs=-1, required=True, metavar="REF...")
@as_json
def close(references: tuple[str, ...], as_json: bool) -> None:
    """Close enquiries. From then on their days are counted, until `purge` deletes them."""

    def one(reference: str) -> None:
        found, done = desk.close(library, reference)
        if as_json:
            print_json({**_json(found), "error": None}, one_line=True)
        else:
            said = "Closed" if done else "Was closed already"
            click.echo(f"{said}: {found.reference}, kept until {found.deleted_after:%Y-%m-%d}.")

    def fail(reference: str, problem: Exception) -> None:
        if as_json:  # beside what the program reads, for whoever watches it
            note(f"Error: {problem}")
        say_failed(problem, {"reference": reference, "status": None}, as_json=as_json)

    with opened() as library:
        well = each_by_itself(references, one, fail)
    if not well:
        end_failed()


@enquiries.command(epilog=example("clearinghouse enquiries delete KM3R-7WHX"))
@click.argument("references", nargs=-1, required=True, metavar="REF...")
@as_json
def delete(references: tuple[str, ...], as_json: bool) -> None:
    """Delete enquiries now, with their notes and answers, for somebody who asks for that.

    It cannot be taken back. Answer packs, which never say who asked, stay.
    """

    def one(reference: str) -> None:
        gone = desk.delete(library, reference)
        if as_json:
            print_json({"reference": gone, "deleted": True, "error": None}, one_line=True)
        else:
            click.echo(f"Deleted: {gone}, with its notes and answers.")

    def fail(reference: str, problem: Exception) -> None:
        say_failed(problem, {"reference": reference, "deleted": False}, as_json=as_json)

    with opened() as library:
        well = each_by_itself(references, one, fail)
    if not well:
        end_failed()
    note("Backups that you made before still hold it.")


@enquiries.command(epilog=example("clearinghouse enquiries purge --dry-run", "clearinghouse enquiries purge"))
@click.option("--dry-run", is_flag=True, help="Say which would be deleted, and delete nothing.")
@as_json
def purge(dry_run: bool, as_json: bool) -> None:
    """Delete enquiries that were closed long enough ago, with their notes.

    CLEARINGHOUSE_ENQUIRY_DAYS says how many days that is. Run it every day; nothing else does.
    `enquiries delete` deletes one at once.
    """
    with opened() as library:
        gone = desk.purge(library, dry_run=dry_run)
        days = library.settings.enquiry_days
    if as_json:
        print_json({"deleted": [] if dry_run else gone, "due": gone if dry_run else []})
        return
    for reference in gone:
        click.echo(f"{'Would delete' if dry_run else 'Deleted'}: {reference}")
    if not gone:
        note(f"Nothing to delete: no enquiry was closed more than {days} day{'' if days == 1 else 's'} ago.")


def _read(text: str) -> str:
    return sys.stdin.read() if text == "-" else text


def _row(found: EnquiryView) -> tuple[str, ...]:
    beginning = " ".join(found.need.split())
    return (
        found.reference,
        found.status,
        f"{found.received_at:%Y-%m-%d}",
        found.audience or "-",
        "can be answered" if found.can_be_answered else "no way to reach",
        beginning[:_BEGINNING] + ("…" if len(beginning) > _BEGINNING else ""),
    )


def _json(found: EnquiryView) -> dict[str, Any]:
    return {**dataclasses.asdict(found), "can_be_answered": found.can_be_answered}


def _print(found: EnquiryView) -> None:
    lines = [
        ("Reference", found.reference),
        ("Status", vocabulary.ENQUIRY_STATUSES[found.status]),
        ("Received", f"{found.received_at:%Y-%m-%d %H:%M} UTC"),
        ("Asked by", vocabulary.AUDIENCES.get(found.audience or "", "not said")),
        ("Call them", found.nickname or "not said"),
        *_reaching(found),
    ]
    if found.deleted_after:
        lines.append(("Deleted after", f"{found.deleted_after:%Y-%m-%d}"))
    table([(f"{name}:", value) for name, value in lines])
    click.echo(f"\n{found.need}")
    for each in found.notes:
        what = "answered" if each.kind == "answer" else "noted"
        click.echo(f"\n--- {each.who} {what}, {each.at:%Y-%m-%d %H:%M} UTC")
        if each.text:
            click.echo(each.text)
        if each.pack:
            click.echo(f"Answer pack: /packs/{each.pack}")


def _reaching(found: EnquiryView) -> list[tuple[str, str]]:
    if not found.can_be_answered:
        return [("Reach them", "no way was left; an answer cannot be sent")]
    message = "yes" if found.may_leave_message else "NO: speak to nobody else, and leave nothing"
    return [("Reach them", found.reach), ("Leave a message", message)]


def _print_letter(found: EnquiryView, site: str) -> None:
    said = found.notes[-1]
    click.echo(f"Recorded on {found.reference}.\n")
    table(
        [(f"{name}:", value) for name, value in [("Call them", found.nickname or "not said"), *_reaching(found)]]
    )
    click.echo()
    if said.text:
        click.echo(said.text)
    if said.pack:
        click.echo(f"Answer pack: {site}/packs/{said.pack}")
        if not site:
            note("Put the address of your site before /packs/ when you send it.")


COMMANDS = {"enquiries": enquiries}
