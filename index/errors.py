"""What can go wrong with an index, each as a sentence a curator can act on."""


class IndexProblem(Exception):  # noqa: N818 - a problem said to a person, not a programming error
    """Something the index cannot do just now. `str(problem)` is one sentence with advice."""


class Busy(IndexProblem):
    """Another process is writing this index."""


class Unavailable(IndexProblem):
    """The index cannot be opened or read. Browsing still works without it."""


class Outdated(IndexProblem):
    """The index was made by another version of this program and must be rebuilt."""
