"""What the library holds. The database is the only truth; everything else can be made again from it."""

from __future__ import annotations

from clearinghouse.models.collections import Collection, CollectionItem
from clearinghouse.models.desk import Enquiry, EnquiryNote
from clearinghouse.models.fingerprints import Fingerprint, FingerprintBand, KeptApart
from clearinghouse.models.harvests import Harvest, HarvestItem, Proposal, Statement
from clearinghouse.models.help_lines import HelpLine
from clearinghouse.models.keeping import Change, Event, Ingestion, Lease, Secret, Tombstone
from clearinghouse.models.links import LinkCheck
from clearinghouse.models.searches import SearchDay, SearchTally
from clearinghouse.models.words import CrisisPhrase, GlossaryEntry, Topic, TopicEvent, TopicWord, topic_related
from clearinghouse.models.works import Author, Edition, Original, Page, Resource, ResourceAudience, resource_topic

__all__ = [
    "Author",
    "Change",
    "Collection",
    "CollectionItem",
    "CrisisPhrase",
    "Edition",
    "Enquiry",
    "EnquiryNote",
    "Event",
    "Fingerprint",
    "FingerprintBand",
    "GlossaryEntry",
    "Harvest",
    "HarvestItem",
    "HelpLine",
    "Ingestion",
    "KeptApart",
    "Lease",
    "LinkCheck",
    "Original",
    "Page",
    "Proposal",
    "Resource",
    "ResourceAudience",
    "SearchDay",
    "SearchTally",
    "Secret",
    "Statement",
    "Tombstone",
    "Topic",
    "TopicEvent",
    "TopicWord",
    "resource_topic",
    "topic_related",
]
