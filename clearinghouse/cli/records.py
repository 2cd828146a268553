"""`list`, `show`, `edit`, `publish`, `withdraw` and `history`: one resource at a time."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import click

from clearinghouse.acquisition.harvesting import sources
from clearinghouse.cli.base import (
    as_json,
    each_by_itself,
    end_failed,
    example,
    index_follows,
    note,
    opened,
    print_json,
    say_failed,
    table,
)
from clearinghouse.cli.names import RESOURCE
from clearinghouse.cli.options import describing, emptied, said
from clearinghouse.cli.telling import history_line, in_words, tell_changes, years
from clearinghouse.cli.values import AUDIENCE, KIND, STATUS
from clearinghouse.holdings import catalogue, proposals, topic_names
from clearinghouse.holdings.catalogue import Filing
from clearinghouse.holdings.proposals import Proposed
from clearinghouse.library import Library
from clearinghouse.upkeep import links
from clearinghouse.upkeep.links import Link
from clearinghouse.views import Card, EditionView, PageView


@click.command(name="list", epilog=example("clearinghouse list --audience carers --status published"))
@click.option("--audience", type=AUDIENCE, help="Only what is for this audience.")
@click.option("--kind", type=KIND, help="Only this kind.")
@click.option("--status", type=STATUS, help="Only draft, published or withdrawn.")
@as_json
def list_(audience: str | None, kind: str | None, status: str | None, as_json: bool) -> None:
    """List the resources, by title."""
    with opened() as library:
        cards = catalogue.listing(library, audience=audience, kind=kind, status=status)
        home = library.settings.home.absolute()
    if as_json:
        print_json([_card(card) for card in cards])
    elif cards:
        table([(card.slug, card.status, card.kind or "-", card.title) for card in cards])
    elif audience or kind or status:
        note("There are no such resources; without options, `clearinghouse list` lists all there are.")
    else:
        note(f"Nothing is in {home} yet; add a document with `clearinghouse add`, or load `clearinghouse sample`.")


@click.command(epilog=example("clearinghouse show charter-of-peer-support --text"))
@click.argument("slug", type=RESOURCE)
@click.option("--text", is_flag=True, help="Print the text of every page too.")
@as_json
def show(slug: str, text: bool, as_json: bool) -> None:
    """Show everything known of a resource."""
    with opened() as library:
        filing = catalogue.show(library, slug)
        asked = links.of_resource(library, filing.view)
        waiting = proposals.listing(library, slug)
        gone = sources.gone(library, slug)
    if as_json:
        print_json({**_filing(filing), "links": asked, "proposals": waiting, "gone": gone})
        return
    _print(filing)
    for link in asked:
        _print_link(link)
    for sentence in gone:
        click.echo(sentence)
    _print_proposals(slug, waiting)
    if text:
        for edition, pages in zip(filing.view.editions, filing.texts, strict=True):
            for page in pages:
                _print_page(edition, page)


@click.command(
    epilog=example(
        "clearinghouse edit our-guide --kind guideline --audience staff --year 2024",
        'clearinghouse edit our-guide --topic "peer supervision" --topic self-care --link ""',
    )
)
@click.argument("slug", type=RESOURCE)
@describing
@as_json
def edit(slug: str, as_json: bool, **given: Any) -> None:
    """Change what is said of a resource.

    Only what you name changes. Audiences, topics, authors, keywords and content notes are replaced as a whole;
    an empty word takes a field away. What you set here stays, whatever the document says when it is added
    again.
    """
    gone = emptied(given)
    word = said(given)
    if not (word.said() or gone):
        raise click.UsageError("Say what to change, such as --title or --audience; see --help.")
    with opened() as library:
        topic_names.slugs(library, word.topics or ())
        changed = catalogue.revise(library, slug, word, gone)
        index_follows(library)
    tell_changes(changed, as_json=as_json, slug=slug)


@click.command(epilog=example("clearinghouse publish our-guide another-guide"))
@click.argument("slugs", nargs=-1, required=True, metavar="SLUG...", type=RESOURCE)
@as_json
def publish(slugs: tuple[str, ...], as_json: bool) -> None:
    """Show resources to visitors."""
    _each(slugs, catalogue.publish, "published", "Published", "was published already", as_json=as_json)


@click.command(epilog=example('clearinghouse withdraw old-guide --reason "Replaced by the 2024 edition"'))
@click.argument("slugs", nargs=-1, required=True, metavar="SLUG...", type=RESOURCE)
@click.option("--reason", required=True, help="Why, for those who come looking for it.")
@as_json
def withdraw(slugs: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Take resources away from visitors, and say why. Nothing is deleted."""

    def use_case(library: Library, slug: str) -> bool:
        return catalogue.withdraw(library, slug, reason)

    _each(slugs, use_case, "withdrawn", "Withdrawn", "was withdrawn already", as_json=as_json)


@click.command(epilog=example("clearinghouse history our-guide"))
@click.argument("slug", type=RESOURCE)
@as_json
def history(slug: str, as_json: bool) -> None:
    """Show who changed what, and when. Earlier originals stay in the library; their SHA-256 stands here."""
    with opened() as library:
        entries = catalogue.history(library, slug)
        places = {
            sha256: str(place)
            for entry in entries
            for sha256 in _originals(entry.details)
            if (place := library.originals.path(sha256)).exists()
        }
    if as_json:
        print_json([{**dataclasses.asdict(entry), "files": _files(entry.details, places)} for entry in entries])
        return
    for entry in entries:
        click.echo(history_line(entry.at, entry.who, entry.what, entry.details))
        for path in _files(entry.details, places):
            click.echo(f"  {path}")


def _each(
    slugs: tuple[str, ...],
    use_case: Callable[[Library, str], bool],
    status: str,
    done: str,
    already: str,
    *,
    as_json: bool,
) -> None:
    def one(slug: str) -> None:
        sentence = f"{done}: {slug}" if use_case(library, slug) else f"{slug} {already}."
        if as_json:
            print_json({"slug": slug, "status": status, "error": None}, one_line=True)
        else:
            click.echo(sentence)

    def fail(slug: str, problem: Exception) -> None:
        say_failed(problem, {"slug": slug, "status": None}, as_json=as_json)

    with opened() as library:
        well = each_by_itself(slugs, one, fail)
        index_follows(library)
    if not well:
        end_failed()


def _card(card: Card) -> dict[str, Any]:
    return dataclasses.asdict(card)


def _filing(filing: Filing) -> dict[str, Any]:
    view = dataclasses.asdict(filing.view)
    editions = [
        {**edition, "pages": [dataclasses.asdict(page) for page in pages]}
        for edition, pages in zip(view.pop("editions"), filing.texts, strict=True)
    ]
    return {**view.pop("card"), **view, "editions": editions}


def _print(filing: Filing) -> None:
    view, card = filing.view, filing.view.card
    lines = [
        ("Title", card.title),
        ("Slug", card.slug),
        ("Status", card.status + (f": {view.withdrawn_reason}" if view.withdrawn_reason else "")),
        ("Kind", card.kind_label),
        ("For", "; ".join(card.audience_labels)),
        ("Topics", "; ".join(topic.label for topic in view.topics)),
        ("Authors", "; ".join(card.authors)),
        ("Organisation", card.organisation),
        ("Year", str(card.year or "")),
        ("Who speaks", view.speaks_label),
        ("Where", view.jurisdiction),
        ("Licence", view.licence),
        ("Link", card.link),
        *(
            (name.upper() if name == "doi" else name.capitalize(), value)
            for name, value in view.identifiers.items()
        ),
        *((name.capitalize(), value) for name, value in view.details.items()),
        ("Content notes", "; ".join(card.content_notes)),
        ("Keywords", "; ".join(view.keywords)),
        ("Summary", card.summary),
        ("Told by", "; ".join(f"{name}: {where}" for name, where in view.told_by.items())),
    ]
    table([(f"{name}:", value) for name, value in lines if value])
    for edition in view.editions:
        size = f", {edition.page_count} pages, {edition.word_count} words" if edition.page_count else ""
        if edition.schooling is not None:
            said = " as you said" if edition.schooling_by_hand else ""
            size += f", {years(edition.schooling)} of schooling{said}"
        name = edition.original.name if edition.original else edition.link
        click.echo(f"Edition {edition.key}: {edition.form_label}{size}, {name}")
        if edition.not_read:
            click.echo(f"  {edition.not_read}.")
        for warning in edition.warnings:
            click.echo(f"  {warning}")


def _print_link(link: Link) -> None:
    """What an address outside answered, where that is more than that it is well."""
    moved = f"It has moved for good to {link.moved_to}." if link.moved_to else ""
    said = " ".join(filter(None, [link.sentence, moved]))
    if said:
        broken = "broken since" if link.broken else "last asked on"
        day = link.failing_since if link.broken else link.asked_at and link.asked_at.date()
        click.echo(f"{link.address} ({broken} {day})")
        click.echo(f"  {said}")


def _print_proposals(slug: str, waiting: Sequence[Proposed]) -> None:
    for each in waiting:
        click.echo(f"Its source now says another {each.name.replace('_', ' ')}: {in_words(each.there)}")
    if waiting:
        click.echo(
            f"  Take it with `clearinghouse proposals accept {slug}`, or keep yours with `proposals dismiss`."
        )


def _print_page(edition: EditionView, page: PageView) -> None:
    click.echo(
        f"\n--- {edition.key}, page {page.label or page.number}" + (f": {page.heading}" if page.heading else "")
    )
    click.echo(page.text)


def _originals(details: dict[str, Any]) -> list[str]:
    found = details.get("original") or []
    return [each for each in (found if isinstance(found, list) else [found]) if each]


def _files(details: dict[str, Any], places: dict[str, str]) -> list[str]:
    return [places[sha256] for sha256 in _originals(details) if sha256 in places]


COMMANDS = {
    "list": list_,
    "show": show,
    "edit": edit,
    "publish": publish,
    "withdraw": withdraw,
    "history": history,
}
