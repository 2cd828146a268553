"""Collections: resources in an order that somebody chose."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clearinghouse.orm import Base

if TYPE_CHECKING:
    from clearinghouse.models.works import Resource


class Collection(Base):
    """An ordered list of resources: a training series, a shelf, or the answer to an enquiry."""

    __tablename__ = "collection"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(String(20), default="shelf")
    """``training``, ``shelf``, or ``pack``: an answer pack, found by its address alone and listed nowhere."""
    door: Mapped[str | None] = mapped_column(String(20), unique=True, index=True)
    """The audience whose page begins with this shelf."""
    made_at: Mapped[datetime | None]
    """When an answer pack was made."""
    withdrawn_at: Mapped[datetime | None]
    """When an answer pack was taken away; whoever comes to its address is told so."""
    items: Mapped[list[CollectionItem]] = relationship(
        back_populates="collection", cascade="all, delete-orphan", order_by="CollectionItem.position"
    )


class CollectionItem(Base):
    """A resource's place in a collection, with a note on why it stands there."""

    __tablename__ = "collection_item"

    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True)
    resource_id: Mapped[int] = mapped_column(
        ForeignKey("resource.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    position: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    collection: Mapped[Collection] = relationship(back_populates="items")
    resource: Mapped[Resource] = relationship(back_populates="places")
