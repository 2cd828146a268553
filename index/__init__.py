"""The search index: what is indexed, what is asked, and the engines that answer.

A leaf: it imports neither `clearinghouse` nor `ingest`, and knows nothing of Flask or SQLAlchemy.
"""

from index.document import Document, PageText
from index.engine import BestPage, Engine, Hit, Results
from index.query import Clause, Query, Sort

__all__ = ["BestPage", "Clause", "Document", "Engine", "Hit", "PageText", "Query", "Results", "Sort"]
