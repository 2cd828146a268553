"""What can go wrong in the library, each as a sentence, and the one table of what each one means outside.

`ingest.errors` and `index.errors` hold the problems of those packages; the table covers all three.
"""

from __future__ import annotations

from index import errors as index_errors
from ingest import errors as ingest_errors


class Problem(Exception):  # noqa: N818 - a problem said to a person, not a programming error
    """Something that could not be done. `str(problem)` is one sentence that says what to do next."""


class BadSetting(Problem):
    """A ``CLEARINGHOUSE_*`` variable that cannot be used."""


class Unknown(Problem):
    """A word that is not in a controlled list: an audience, a kind, a form, a topic."""


class NotFound(Problem):
    """No resource, collection or topic of that name."""


class Invalid(Problem):
    """A record that cannot be kept or published as it is."""


class Withdrawn(Problem):
    """The resource was here and has been withdrawn."""


class TooMany(Problem):
    """More enquiries in a short time than one officer could read."""


class Occupied(Problem):
    """Another process is writing, and did not finish in the time we waited."""


class StorageFailed(Problem):
    """The database or the folder of originals cannot be read or written: a full disk, a lost permission."""


AnyProblem = (Problem, ingest_errors.IngestProblem, index_errors.IndexProblem)

WRONG_USAGE = 2
FAILED = 1

#: Problem class to (exit code of a command, HTTP status of a page). First match wins.
_MEANING: tuple[tuple[type[Exception], int, int], ...] = (
    (BadSetting, WRONG_USAGE, 500),
    (Unknown, WRONG_USAGE, 400),
    (NotFound, FAILED, 404),
    (Invalid, FAILED, 400),
    (Withdrawn, FAILED, 410),
    (TooMany, FAILED, 429),
    (Occupied, FAILED, 503),
    (StorageFailed, FAILED, 503),
    (index_errors.IndexProblem, FAILED, 503),
    (ingest_errors.IngestProblem, FAILED, 400),
)


def exit_code(problem: Exception) -> int:
    """1 where something failed, 2 where it was asked for wrongly."""
    return next((code for kind, code, _ in _MEANING if isinstance(problem, kind)), FAILED)


def http_status(problem: Exception) -> int:
    """The status a page that meets `problem` is sent with."""
    return next((status for kind, _, status in _MEANING if isinstance(problem, kind)), 500)
