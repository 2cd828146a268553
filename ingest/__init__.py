"""From a file or an address to text with pages and a description.

A leaf: it imports neither `clearinghouse` nor `index`, and knows nothing of Flask or SQLAlchemy.
"""
