"""The search index: what is indexed, what is asked, and the engines that answer.

A leaf: it imports neither `clearinghouse` nor `ingest`, and knows nothing of Flask or SQLAlchemy.
"""
