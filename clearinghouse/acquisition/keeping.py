"""How what was read becomes rows: which resource it belongs to, and whose word counts on it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from clearinghouse import advice
from clearinghouse.acquisition import guessing
from clearinghouse.acquisition.alike import Alike, alike_to, leading_to, what_to_do
from clearinghouse.acquisition.wanted import Outcome, Wanted
from clearinghouse.errors import Invalid
from clearinghouse.holdings import catalogue, collections, editions, proposals, record, resource_fields
from clearinghouse.library import Library
from clearinghouse.models import Edition, Resource
from ingest import Extracted, Source


class Keeper:
    """Keeps the things of one run, remembering which of them belong together."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.groups: dict[str, str] = {}
        """Group to the slug of its resource."""
        self.recorded: set[int] = set()
        """Ids of the resources that records of this run were kept in."""

    def document(self, session: Session, wanted: Wanted, source: Source, extracted: Extracted) -> Outcome:
        with session.no_autoflush:  # all that is said of it is written at once, by `editions.settle`
            return self._document(session, wanted, source, extracted)

    def _document(self, session: Session, wanted: Wanted, source: Source, extracted: Extracted) -> Outcome:
        edition = editions.taken_from(session, source.location)
        edition_was_here = edition is not None
        new, heard, near = edition is None and not self._belongs(wanted), proposals.Heard(), list[Alike]()
        if edition is not None:
            row, outcome = edition.resource, "updated"
            before = editions.replace_text(session, edition, source, extracted)
            details = {"edition": edition.key, "original": [before, source.sha256]}
            catalogue.remember(session, self.library, row, "updated", details)
        else:
            outcome = "added"
            title = wanted.record.title or wanted.described.title or extracted.title
            row = self._resource(session, wanted, title)
            edition = editions.begin(session, row, source, extracted, wanted.form, wanted.language, wanted.label)
            details = {"edition": edition.key, "original": source.sha256}
            catalogue.remember(session, self.library, row, "edition", details)
            near = alike_to(session, extracted.fingerprint, row)
            told = {each.slug for each in near}
            near += [each for each in leading_to(session, source.location, row) if each.slug not in told]
        self.begin_group(wanted, row)
        if edition is row.editions[0]:
            heard = self._hear(session, wanted, source, extracted, row, new=new)
            if edition_was_here and heard.changed:
                catalogue.remember(session, self.library, row, "revised", heard.changed)
        if new or not wanted.harvested:
            # what is nearly the same as another waits for a curator's word
            self._said(session, replace(wanted, draft=wanted.draft or bool(near)), row)
            if row.status == "draft" and not row.guessed:
                guessing.guess(session, row, extracted, source)
        if edition_was_here:
            session.flush()
        else:
            editions.settle(session, edition, extracted)
        asked = (*proposals.sentence(row.slug, heard.proposed), *what_to_do(row, near))
        return Outcome(
            wanted.shown,
            outcome,
            row.slug,
            row.title,
            row.status,
            edition.page_count,
            edition.word_count,
            (*extracted.warnings, *asked, *advice.how_to_publish(row)),
            alike=tuple(near),
        )

    def _hear(
        self, session: Session, wanted: Wanted, source: Source, extracted: Extracted, row: Resource, *, new: bool
    ) -> proposals.Heard:
        """Take what the document says, and the list that named it."""
        word = record.over(wanted.described, record.of_document(extracted))
        heard = proposals.hear(session, row, source.location, word, new=new)
        resource_fields.note_tellers(row, extracted, wanted.described)
        return heard

    def record(self, session: Session, wanted: Wanted) -> Outcome:
        """A record without bytes: known by its link, else by its title."""
        title = wanted.record.title or wanted.described.title or wanted.edition_link
        if not (title or wanted.edition_of):
            raise Invalid(f"{wanted.shown} could not be understood; mend it there and import it again.")
        row = self._known(session, wanted)
        new, outcome = row is None, "added" if row is None else "duplicate"
        if row is None:
            row = self._resource(session, wanted, title)
        self.begin_group(wanted, row)
        self.recorded.add(row.id)
        if wanted.edition_link and not any(each.link == wanted.edition_link for each in row.editions):
            editions.linked(
                session, row, wanted.edition_link, wanted.form or "full", wanted.language, wanted.label
            )
            outcome = "added" if outcome == "added" else "updated"
        heard = proposals.Heard()
        if wanted.described.said():
            heard = proposals.hear(session, row, wanted.shown, wanted.described, new=new)
        if heard.changed and not new:
            catalogue.remember(session, self.library, row, "revised", heard.changed)
        changed = bool(heard.changed or heard.proposed)
        if new or not wanted.harvested:
            changed = self._said(session, wanted, row) or changed
        if changed and outcome == "duplicate":
            outcome = "updated"
        warnings = (*proposals.sentence(row.slug, heard.proposed), *advice.how_to_publish(row))
        return Outcome(wanted.shown, outcome, row.slug, row.title, row.status, warnings=warnings)

    def _known(self, session: Session, wanted: Wanted) -> Resource | None:
        if self._belongs(wanted):
            return self._resource(session, wanted, "")
        known, title = select(Resource).order_by(Resource.id), wanted.record.title or wanted.described.title
        doi = (wanted.described.identifiers or {}).get("doi")
        if doi and (row := session.scalars(known.where(Resource.identifiers["doi"].as_string() == doi)).first()):
            return row
        link = wanted.record.link or wanted.edition_link or wanted.described.link
        if not link:
            unlinked = known.where(Resource.link == "", ~Resource.editions.any())
            return session.scalars(unlinked.where(Resource.title == title)).first()
        taken_there = and_(Resource.title == title, Resource.editions.any(Edition.location == link))
        linked = or_(Resource.link == link, Resource.editions.any(Edition.link == link), taken_there)
        rows = session.scalars(known.where(linked)).all()
        same = [row for row in rows if row.title == title]
        if not same and urlsplit(link).path.strip("/"):  # a front page is no one document's address
            # Nor need another page be: where a school lists its courses, each has a record of its own.
            same = [row for row in rows if row.id not in self.recorded]
        return same[0] if same else None

    def _belongs(self, wanted: Wanted) -> bool:
        """Whether it is said to belong to a resource that is here."""
        return bool(wanted.edition_of or (wanted.group and wanted.group in self.groups))

    def _resource(self, session: Session, wanted: Wanted, title: str) -> Resource:
        """The resource this belongs to: named, begun by its group, or new."""
        slug = wanted.edition_of or self.groups.get(wanted.group or "")
        return catalogue.find(session, slug) if slug else catalogue.new_row(session, self.library, title)

    def begin_group(self, wanted: Wanted, row: Resource) -> None:
        if wanted.group:
            self.groups.setdefault(wanted.group, row.slug)

    def _said(self, session: Session, wanted: Wanted, row: Resource) -> bool:
        """Apply the curator's word, place and publish. Returns whether the word changed anything."""
        changed = resource_fields.apply(session, row, wanted.record, by_curator=True)
        if changed and row.status != "draft":
            catalogue.remember(session, self.library, row, "revised", changed)
        if wanted.placement:
            collections.put(session, row, wanted.placement)
        if row.status == "draft" and wanted.record.publishable and not wanted.draft:
            catalogue.publish_row(session, self.library, row)
        return bool(changed)

    def remembered(self) -> tuple[dict[str, str], set[int]]:
        """What belongs together so far, for `forget`."""
        return dict(self.groups), set(self.recorded)

    def forget(self, to: tuple[dict[str, str], set[int]]) -> None:
        """Remember only what was `remembered` then: what was kept since was undone."""
        self.groups, self.recorded = to

    def by_itself(self, wanted: Wanted) -> Wanted:
        """`wanted` as it can be tried again alone: it still belongs to what its group began."""
        slug = self.groups.get(wanted.group or "")
        return replace(wanted, edition_of=slug) if slug else wanted
