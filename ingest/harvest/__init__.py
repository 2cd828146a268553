"""Places that list documents: the sitemap of a site, a feed, an OAI-PMH repository. One small module each.

Each reads what is listed and says where it stands, so that a listing cut off can go on; none fetches what is
listed. They ask through a function that is handed to them, so that every request goes through the guard and the
manners of `ingest.polite`: that is why none is a client library, each of which brings a connection of its own.
"""

from ingest.harvest.listing import Ask, Batch, Cursor, Description, Item, joined

__all__ = ["Ask", "Batch", "Cursor", "Description", "Item", "joined"]
